"""Statement in, a short name of its job out: the goal's verb with what belongs to it, without what is missed least."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..language import load_parser, spacy_lock
from ..records import Statement
from .grammar.wording import DANGLING
from .shortened import LEADING, shortened

if TYPE_CHECKING:
    from spacy.tokens import Doc

LIMITS = (6, 7, 8, 10)  # words of a name where the parse gives none; a longer one where a shorter is another job's
# words beside the function words at which a new phrase begins
_BORDERS = frozenset(
    "without before after while regarding using during between through over within instead where".split()
)
_CLAUSES = frozenset("that which who because when so".split())
_RELATIVE = frozenset("that which who whose where".split())
_JOINING = frozenset("and or".split())
_LEAD = "I want to "
_KEPT = 6  # wordings of a goal, of which the first that is free is its name
_ASIDE = re.compile(r"\s*\([^)]*\)?")

Phrases = Callable[[str], Sequence[str]]


@lru_cache(maxsize=10_000)
def verb_phrases_of(goal: str) -> tuple[str, ...]:
    """Return the shorter wordings of a goal that the parse finds whole, best first; they decide names."""
    with spacy_lock:
        doc = load_parser()(_LEAD + _ASIDE.sub("", goal))
    return tuple(_phrases(doc))


def name_of(statement: Statement, taken: Iterable[str] = (), phrases: Phrases = verb_phrases_of) -> str:
    """Return a name from the motivation, else from another slot; unique among ``taken``.

    Three to six words where a reader loses little by it; more where a shorter one would say too little, or is taken.

    Parameters
    ----------
    statement : Statement
    taken : Iterable[str], default=()
        Names of other jobs.
    phrases : callable, default=verb_phrases_of
        The same, which may know what it gave before.

    Returns
    -------
    str
    """
    source = statement.motivation or statement.outcome or statement.situation or "Unworded job"
    source = source.removeprefix("that ")
    used = set(taken)
    names = _names(source, phrases if statement.motivation is not None else None)
    for name in names:
        if name not in used:
            return name
    first = names[0]
    return next(f"{first} ({n})" for n in range(2, 1000) if f"{first} ({n})" not in used)


def _names(source: str, phrases: Phrases | None) -> tuple[str, ...]:
    if len(source.split()) <= LIMITS[0]:
        return (_capital(source.strip(" ,;:.")),)
    found = [_capital(cut) for cut in phrases(source)] if phrases else []
    return tuple(dict.fromkeys([*found, *(_capital(_short(source, limit)) for limit in LIMITS)]))


def _phrases(doc: Doc) -> list[str]:
    """Return the shorter wordings of a goal that the parse finds whole, best first."""
    verb = next((t for t in doc if t.idx == len(_LEAD)), None)
    return [] if verb is None or verb.tag_ != "VB" else shortened(doc, verb)[:_KEPT]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(source: str, limit: int) -> str:
    """Cut to a number of words, at the last border between phrases where there is one."""
    words = re.split(r"\s+", re.split(r"[,;:(]", source)[0].strip())
    cut = len(words)
    if cut > limit:
        borders = [n for n in range(3, limit + 1) if _is_border(words, n)]
        clauses = [n for n in borders if words[n].lower() in _CLAUSES]
        whole = len(words) if len(words) <= LIMITS[-1] - 1 else limit
        cut = clauses[0] if clauses else borders[-1] if borders else whole
    kept = words[:cut]
    while (
        cut < len(words) and len(kept) > 2 and (kept[-1].lower() in DANGLING | LEADING or kept[-1][-2:] in {"'s", "’s"})
    ):
        kept.pop()
    return " ".join(kept)


def _is_border(words: list[str], n: int) -> bool:
    """Tell whether a name can end before a word: a phrase begins there, and the word before does not call for it."""
    here, before = words[n].lower(), words[n - 1].lower()
    going_on = here in {"to", "of"} and before.endswith("ing")
    if here in _JOINING and n < 4:
        return False  # "write a difficult | or complicated email"
    if (here in _RELATIVE and " ".join(words[n - 3 : n - 1]).lower() in {"be the", "being the"}) or before == "".join(
        words[n + 1 : n + 2]
    ).lower():
        return False  # "the one | who knows", "bit | by bit"
    return here in DANGLING | _BORDERS and before not in DANGLING | _BORDERS | LEADING and not going_on
