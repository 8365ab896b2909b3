"""What is meant by a passage of a job as evidence, and by a candidate: words that could fill a slot."""

from __future__ import annotations

from dataclasses import dataclass

from ...records import Segment, SentenceTags
from ..grammar.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that could fill a slot, and the passage that proves them; ``centrality`` is a cosine to the job's middle.

    ``member`` tells whether the passage belongs to the job's group, or was told beside one that does; ``wished`` whether it
    answers a question for a wish.
    """

    slot: str
    segment: Segment
    span: tuple[int, int]
    wording: Wording
    centrality: float
    member: bool = True
    wished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a job with its tags, its cosine to the middle of the job, and how far it backs the statement.

    ``backing`` is known once there is a statement, see `jtbd_nlp.drafting.backing`; ``wished`` tells whether it answers a
    question for a wish.
    """

    segment: Segment
    tags: SentenceTags
    centrality: float
    member: bool = True
    backing: float | None = None
    wished: bool = False
