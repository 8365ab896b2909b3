"""Tells whose and how real a feeling, need or wish is: in: a sentence and its cue words, out: a stance.

Works on words and clause borders alone, since the parser would cost more than the tagger itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..records import Cue
from .cues import compile_words, lexicon

# a clause that starts with somebody or something that is not the speaker, up to its verb
_SUBJECT = re.compile(
    r"\s{0,8}(?:(?:and|well|yeah|oh|so|no),? )?(?!(?:it|that|this|what|there|my|if|when|how|you)\b)[a-z]\w*\b",
    re.IGNORECASE,
)
# the speaker who does or feels something; not the one who only says that it is not so
_SPEAKER = re.compile(
    r"(?<!\w)(?:i|we|me|us|myself)(?:[’'](?:m|ve|d|ll|re))?(?!\w)"
    r"(?! (?:do|did|does|have|had|was|were|am|are|can|could)n[’']t| (?:don|haven|never|not|thought)\b|[’',])",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[;:.!?—–]|,(?=\s(?:but|i|we|it|and|so)\b)", re.IGNORECASE)
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
    state: re.Pattern[str]
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


@lru_cache(maxsize=256)
def _clause_before(text: str, start: int) -> str:
    """Return what stands between the last clause border before ``start`` and ``start``."""
    head = text[:start]
    cut = max((m.end() for m in _BORDER.finditer(head)), default=0)
    cut = max([cut, *(m.end() for m in _words().borders.finditer(head) if m.end() > cut)])
    return head[cut:]


def stance_of(text: str, cues: Sequence[Cue] = ()) -> str:
    """Return the stance of a sentence towards its cue words.

    Parameters
    ----------
    text : str
        One sentence.
    cues : sequence of Cue, default=()
        The words that carry the label in question; without any, the whole sentence is judged.

    Returns
    -------
    str
        "negated" when all cues are denied; "reported" when another's words are given before them; "hypothetical" when
        they are only imagined; "others" when the one who feels or wants is not the speaker; else "own".
    """
    if cues and all(is_negated(text, c.start) for c in cues):
        return "negated"
    start, end = min(((c.start, c.end) for c in cues), default=(len(text), len(text)))
    words = _words()
    person = _person(text, start, end)
    if any(m.start() < start for m in words.reported.finditer(text)) and (
        person != "own" or _told_by_others(text, start)
    ):
        return "reported"
    if any(m.start() < end for m in words.hypothetical.finditer(text)):
        return "hypothetical"
    return "others" if person == "others" else "own"


def _told_by_others(text: str, start: int) -> bool:
    """Tell whether what others said runs up to the cue without a new sentence or a "but" between."""
    last = max((m.end() for m in _words().reported.finditer(text) if m.start() < start), default=start)
    return not re.search(r"[.;!?]|\b(?:but|and i|so i|because)\b", text[last:start], re.IGNORECASE)


def _person(text: str, start: int, end: int) -> str | None:
    """Return whose feeling or wish the words at ``start`` are: "own", "others", or None where nobody is named.

    A speaker who appears at all makes it their own, unless only to say that it is not so ("..., I don't").
    """
    words = _words()
    if re.search(r"(?<!\w)(?:me|us|myself)(?!\w)", text[start : end + 4], re.IGNORECASE):
        return "own"
    clause = _clause_before(text, start) or text[:start]
    if _SPEAKER.search(clause) or _SPEAKER.search(text):
        return "own"
    if words.others.search(clause) or (words.state.match(text[start:end]) and _SUBJECT.match(clause)):
        return "others"
    return None
