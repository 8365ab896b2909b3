"""Two candidates in, how near they were told out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..finding.candidates import Candidate

STRETCH = 2  # turns before and after one's own that are near: a question stands between two answers
NEXT = 60  # characters between two things said one after the other: a short sentence may stand between


def nearness(one: Candidate, other: Candidate) -> str:
    """Say how near two candidates were told: in one sentence, the next, one turn, around a question, by one person, or by others."""
    a, b = one.segment, other.segment
    if a.transcript_id != b.transcript_id:
        return "person" if a.participant_id and a.participant_id == b.participant_id else "other"  # two talks with one
    if a.segment_id == b.segment_id:
        return "sentence"
    if a.participant_id != b.participant_id:
        return "other"
    apart = abs(a.turn_index - b.turn_index)
    if apart:
        return "near" if apart <= STRETCH else "person"
    gap = max(a.start_char, b.start_char) - min(a.end_char, b.end_char)
    return "next" if gap <= NEXT else "turn"
