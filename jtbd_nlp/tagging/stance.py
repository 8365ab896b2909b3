"""Tells whose and how real a feeling, need or wish is: in: a sentence and its cue words, out: a stance.

Works on words and clause borders alone, since the parser would cost more than the tagger itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..records import Cue
from .cues import compile_words, lexicon

STANCES = ("own", "negated", "hypothetical", "others", "reported")


@dataclass(frozen=True, slots=True)
class _Words:
    negation: re.Pattern[str]
    not_negation: re.Pattern[str]
    borders: re.Pattern[str]
    hypothetical: re.Pattern[str]
    others: re.Pattern[str]
    own: re.Pattern[str]
    reported: re.Pattern[str]
    reach: int


@cache
def _words() -> _Words:
    data = lexicon("stance")
    patterns = {k: compile_words(v) for k, v in data.items() if isinstance(v, list)}
    return _Words(reach=data["reach"], **patterns)


def is_negated(text: str, start: int) -> bool:
    """Tell whether a word of denial reaches the character ``start``: same clause, few words before."""
    words = _words()
    head = _clause_before(text, start)
    spared = [m.span() for m in words.not_negation.finditer(text) if m.start() < start]
    offset = start - len(head)
    for m in words.negation.finditer(head):
        at = (m.start() + offset, m.end() + offset)
        if any(a <= at[0] and at[1] <= b for a, b in spared):
            continue
        if len(head[m.end() :].split()) <= words.reach:
            return True
    return False


def _clause_before(text: str, start: int) -> str:
    """Return what stands between the last clause border before ``start`` and ``start``."""
    head = text[:start]
    cut = max((m.end() for m in re.finditer(r"[;:.!?—–]|,(?=\s(?:but|i|we|it|and|so)\b)", head, re.IGNORECASE)), default=0)
    cut = max([cut, *(m.end() for m in _words().borders.finditer(head) if m.end() > cut)])
    return head[cut:]


def stance_of(text: str, cues: Sequence[Cue] = ()) -> str:
    """Return the stance of a sentence towards its cue words.

    Parameters
    ----------
    text : str
        One sentence.
    cues : sequence of Cue, default=()
        The words that carry the label in question; without any, the whole sentence is judged by its start.

    Returns
    -------
    str
        "negated" when all cues are denied; "reported" when another's words are given before them; "hypothetical" when
        they are only imagined; "others" when the nearest person before them is not the speaker; else "own".
    """
    if cues and all(is_negated(text, c.start) for c in cues):
        return "negated"
    at = min((c.start for c in cues), default=len(text))
    end = min((c.end for c in cues), default=len(text))
    words = _words()
    if any(m.start() < at for m in words.reported.finditer(text)) and _person_before(text, at) != "own":
        return "reported"
    if any(m.start() < end for m in words.hypothetical.finditer(text)):
        return "hypothetical"
    return "others" if _person_before(text, at) == "others" else "own"


def _person_before(text: str, at: int) -> str | None:
    """Return whose clause holds ``at``: of the persons named before it, the one who comes first after the last border."""
    words = _words()
    clause = _clause_before(text, at) or text[:at]
    other = words.others.search(clause)
    own = re.search(r"(?<!\w)(?:i|we|me)(?!\w)|(?<!\w)(?:i|we)[’'](?:m|ve|d|ll|re)", clause, re.IGNORECASE)
    if other and (own is None or other.start() < own.start()):
        return "others"
    return "own" if own else None
