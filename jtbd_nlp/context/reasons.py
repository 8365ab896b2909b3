"""Finds why somebody hires a solution or gave it up: the sentence that names it in, the sentence that tells why out.

By wording alone: "because", "it kept ...", "so I can ...". Where no wording gives a reason there is none, and nothing is
made up from what merely stands beside it.
"""

from __future__ import annotations

import re
from functools import cache

from ..records import NEGATIVE_EMOTIONS, Quote, Segment
from .lexicon import cue_list
from .material import Material

NEAR = 50  # characters between what is named and the words that give a reason; farther off it is one for something else


def reason_of(
    material: Material, segment: Segment, span: tuple[int, int] | None = None, *, fired: bool
) -> Quote | None:
    """Return the sentence in which somebody tells why they use, or gave up, what a sentence names.

    Parameters
    ----------
    material : Material
    segment : Segment
        The sentence that names it.
    span : tuple[int, int] or None, default=None
        Where it is named there, ``[start, end)``; None takes the whole sentence.
    fired : bool
        Whether it was given up there.

    Returns
    -------
    Quote or None
        That sentence itself; else the one after it, where that one opens as a reason; else, of what was given up, the
        one before it, where this one opens with "so" or "that's why". None: none told.
    """
    telling = _telling(material, segment, span or (0, len(segment.text)), fired)
    return None if telling is None else material.quote(telling, slot="reason")


def _telling(material: Material, segment: Segment, span: tuple[int, int], fired: bool) -> Segment | None:
    # a reason beside a bad feeling is one for the feeling: "frustrated when using it, because ..."
    gladly = material.tags_of(segment.segment_id).emotion not in NEGATIVE_EMOTIONS
    if (_gives_up if fired else _hires)(segment.text, *span) and (fired or gladly):
        return segment
    before, after = _around(material, segment)
    if after is not None and (_fired_opening() if fired else _hired_opening()).match(after.text):
        return after
    follows = fired and before is not None and _follows().match(segment.text)
    return before if before is not None and follows and _fired().search(before.text) else None


def _gives_up(text: str, start: int, end: int) -> bool:
    cues = _fired().finditer(text)
    return any(cue.start() - end <= NEAR and start - cue.end() <= NEAR for cue in cues)


def _hires(text: str, start: int, end: int) -> bool:
    """Say whether a reason stands right after what is named, or leads to it: "..., so I use it"."""
    if any(start - NEAR <= cue.end() <= start for cue in _hired_before().finditer(text)):
        return True
    return _hired().search(text, end, end + NEAR) is not None


def _around(material: Material, segment: Segment) -> tuple[Segment | None, Segment | None]:
    """Return the sentences of the same turn before and after one."""
    turn = [s for s in material.turns[segment.transcript_id, segment.turn_index] if not s.backchannel]
    at = next((n for n, s in enumerate(turn) if s.segment_id == segment.segment_id), None)
    if at is None:
        return None, None
    return turn[at - 1] if at else None, turn[at + 1] if at + 1 < len(turn) else None


@cache
def _fired() -> re.Pattern[str]:
    return _pattern("reasons", "fired_reasons")


@cache
def _hired() -> re.Pattern[str]:
    return _pattern("reasons", "hired_reasons")


@cache
def _hired_before() -> re.Pattern[str]:
    return _pattern("hired_reasons_before")


@cache
def _fired_opening() -> re.Pattern[str]:
    return _opening("fired_reasons")


@cache
def _hired_opening() -> re.Pattern[str]:
    return _opening("hired_opens")


@cache
def _follows() -> re.Pattern[str]:
    return _pattern("reason_before")


def _opening(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\W{{0,3}}(?:(?:and|but|well|just|yeah|mostly|mainly)\W{{1,3}})?{_any('reason_opens', name)}", re.IGNORECASE
    )


def _pattern(*names: str) -> re.Pattern[str]:
    return re.compile(_any(*names), re.IGNORECASE)


def _any(*names: str) -> str:
    return "(?:" + "|".join(cue for name in names for cue in cue_list("solutions")[name]).replace("'", "['’]") + ")"
