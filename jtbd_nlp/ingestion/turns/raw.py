"""What every reader yields before roles and ids are known: turns as the source has them, and what the source says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...records import Role, Row

Anchor = tuple[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTurn:
    """One go of one speaker, words exactly as in the source.

    ``times`` are anchors ``(offset in text, seconds)``. ``role`` is set only where the format itself says so: a
    question heading, a row of a survey.
    """

    speaker: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None
    times: tuple[Anchor, ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTranscript:
    """What one reader found: turns in order, metadata as text, warnings in plain words.

    ``name`` is the transcript's own id where a file holds several; ``people`` are rows about speakers that the file
    itself carries (the further columns of a survey); ``interviewers`` and ``participants`` are names from the head.
    """

    turns: tuple[RawTurn, ...]
    format: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    name: str | None = None
    people: tuple[Row, ...] = ()
    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
