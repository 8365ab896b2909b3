"""Builds the normalised `Transcript`: one function for every format.

In: a `RawTranscript`, an id and what is known of the people. Out: text with turns joined by a blank line, each as
``Speaker: words``; turns that point at the words alone; roles and participant ids; and the rows of its participants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..checking import clean_text
from ..config import IngestionConfig
from ..errors import IngestionError
from ..records import Role, Row, Transcript, Turn
from .speakers.participants import People, participant_ids, row_role
from .speakers.roles import Roles, assign_roles
from .turns.labels import clean_label, label_key
from .turns.raw import RawTranscript, RawTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a transcript comes from: its id, its path relative to the input folder, the hash of the file, and the file."""

    transcript_id: str
    source: str
    sha256: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A transcript and one row per participant in it."""

    transcript: Transcript
    people: tuple[Row, ...]


def build_transcript(raw: RawTranscript, origin: Origin, people: People, config: IngestionConfig) -> Built:
    """Join the turns into one text and say who speaks each.

    Raises
    ------
    IngestionError
        If there is no word in it, or more than ``config.max_chars`` characters.
    """
    turns, warnings = _bounded(raw, config)
    rows = people.of(origin.transcript_id, origin.source, origin.path)
    roles = assign_roles(turns, named_roles(raw, rows, config))
    speakers = _participants(turns, roles)
    ids, given = participant_ids(origin.transcript_id, speakers, rows)
    people.used.update(given.values())
    text, placed, times = _join(turns)
    transcript = Transcript(
        transcript_id=origin.transcript_id,
        source=origin.source,
        text=text,
        turns=tuple(_turns(turns, placed, roles, ids)),
        format=raw.format,
        sha256=origin.sha256,
        role_confidence=roles.confidence,
        metadata={clean_text(key): clean_text(value) for key, value in raw.metadata.items()},
        warnings=(*raw.warnings, *warnings, *roles.notes, *_look_alikes(turns), *_nobody(roles)),
        times=times,
    )
    return Built(transcript, tuple(_people_rows(raw, origin, speakers, ids, given, people)))


def _bounded(raw: RawTranscript, config: IngestionConfig) -> tuple[list[RawTurn], list[str]]:
    turns = [replace(t, text=clean_text(t.text).strip(), times=_shift_strip(t)) for t in raw.turns if t.text.strip()]
    size = sum(len(turn.text) for turn in turns)
    if not any(c.isalpha() for turn in turns for c in turn.text):
        raise IngestionError("must hold words, got none. Check that the transcript is complete.")
    if size > config.max_chars:
        raise IngestionError(
            f"must be at most {config.max_chars:,} characters, got {size:,}. "
            "Split it, or raise max_chars in [ingestion]."
        )
    if len(turns) > config.max_turns:
        left = len(turns) - config.max_turns
        return turns[: config.max_turns], [f"{left:,} turns beyond max_turns = {config.max_turns:,} were left out"]
    return turns, []


def _shift_strip(turn: RawTurn) -> tuple[tuple[int, float], ...]:
    lead = len(turn.text) - len(turn.text.lstrip())
    size = len(turn.text.strip())
    return tuple((min(max(at - lead, 0), size), time) for at, time in turn.times)


def named_roles(raw: RawTranscript, rows: Sequence[tuple[int, Row]], config: IngestionConfig) -> dict[str, Role]:
    """Collect the roles that someone stated; later ones win: head, participants file, settings."""
    named: dict[str, Role] = {label_key(name): "participant" for name in raw.participants}
    named |= {label_key(name): "interviewer" for name in raw.interviewers}
    named |= {label_key(row["speaker"]): row_role(row) or "participant" for _, row in rows if row["speaker"]}
    named |= {label_key(name): "observer" for name in config.observer}
    return named | {label_key(name): "interviewer" for name in config.interviewer}


def _participants(turns: Sequence[RawTurn], roles: Roles) -> dict[str, str]:
    """Return key to shown label of the participants, in order of appearance."""
    found: dict[str, str] = {}
    for turn, role in zip(turns, roles.turns, strict=True):
        if role == "participant":
            found.setdefault(label_key(turn.speaker or ""), clean_label(turn.speaker or ""))
    return found


def _join(turns: Sequence[RawTurn]) -> tuple[str, list[tuple[int, int]], tuple[tuple[int, float], ...]]:
    parts: list[str] = []
    placed: list[tuple[int, int]] = []
    times: list[tuple[int, float]] = []
    length = 0
    for turn in turns:
        label = clean_label(turn.speaker) if turn.speaker else ""
        lead = ("\n\n" if parts else "") + (f"{label}: " if label else "")
        start = length + len(lead)
        parts += [lead, turn.text]
        length = start + len(turn.text)
        placed.append((start, length))
        times += [(start + at, time) for at, time in turn.times]
    return "".join(parts), placed, tuple(times)


def _turns(
    turns: Sequence[RawTurn], placed: Sequence[tuple[int, int]], roles: Roles, ids: Mapping[str, str]
) -> Iterator[Turn]:
    for index, (turn, (start, end), role) in enumerate(zip(turns, placed, roles.turns, strict=True)):
        speaker = clean_label(turn.speaker) if turn.speaker else ""
        person = ids.get(label_key(turn.speaker or ""))
        yield Turn(
            turn_index=index,
            speaker=speaker or None,
            role=role,
            participant_id=person if role == "participant" else None,
            start_char=start,
            end_char=end,
            start_s=turn.start_s,
            end_s=turn.end_s,
        )


def _look_alikes(turns: Sequence[RawTurn]) -> list[str]:
    """Warn of two labels that look the same but differ in letters of another script."""
    shown = {label_key(t.speaker): clean_label(t.speaker) for t in turns if t.speaker}
    skeletons: dict[str, str] = {}
    for key in shown:
        other = skeletons.setdefault(_skeleton(key), key)
        if other != key:
            return [
                f"the speakers {shown[other]!r} and {shown[key]!r} look alike but are written differently; kept apart"
            ]
    return []


_CONFUSABLE = str.maketrans("аеорсухіјѕԁһӏαορνι", "aeopcyxijsdhlaopvi")


def _skeleton(key: str) -> str:
    return key.translate(_CONFUSABLE)


def _nobody(roles: Roles) -> list[str]:
    return [] if "participant" in roles.turns else ["no participant speaks in it; nothing of it can be evidence"]


def _people_rows(
    raw: RawTranscript, origin: Origin, speakers: Mapping[str, str], ids: Mapping[str, str],
    given: Mapping[str, int], people: People,
) -> Iterator[Row]:  # fmt: skip
    own = {label_key(str(row["speaker"])): row for row in raw.people}
    for key, shown in speakers.items():
        row: Row = {"participant_id": ids[key], "transcript_id": origin.transcript_id, "speaker": shown}
        index = given.get(key)
        further = {**own.get(key, {}), **(people.rows[index] if index is not None else {})}
        yield row | {k: v for k, v in further.items() if k not in ("transcript", "speaker", "participant", *row)}
