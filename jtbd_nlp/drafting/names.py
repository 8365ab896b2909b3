"""Statement in, a short name of its job out: the goal's verb with what belongs to it, cut where a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..language import load_parser
from ..records import Statement
from .trees import EMPTY, verb_phrase
from .wording import DANGLING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LIMITS = (6, 7, 8, 10)  # words; a longer name is taken where a shorter one is another job's, or would say too little
# words beside the function words at which a new phrase begins
_BORDERS = frozenset(
    "without before after while regarding using during between through over within instead where".split()
)
_CLAUSES = frozenset("that which who because when so".split())
_RELATIVE = frozenset("that which who whose where".split())
_JOINING = frozenset("and or".split())
_LEAD = "I want to "

Phrases = Callable[[str], Sequence[str]]


@lru_cache(maxsize=10_000)
def verb_phrases_of(goal: str) -> tuple[str, ...]:
    """Return the goal's verb phrase pruned to each of `LIMITS`, as far as the parse finds it whole; it decides names."""
    doc = load_parser()(_LEAD + goal)
    return tuple(_phrases(goal, doc))


def name_of(statement: Statement, taken: Iterable[str] = (), phrases: Phrases = verb_phrases_of) -> str:
    """Return a name of two to six words, taken from the motivation, else from another slot; unique among ``taken``.

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


def _phrases(goal: str, doc: Doc) -> Iterator[str]:
    verb = next((t for t in doc if t.idx == len(_LEAD)), None)
    if verb is not None and verb.tag_ == "VB":
        for limit in LIMITS:
            if cut := _phrase(goal, verb, limit):
                yield cut


def _phrase(goal: str, verb: Token, limit: int) -> str | None:
    """Return the goal's verb phrase pruned to a number of words; None where the parse does not find it whole."""
    passive = verb.dep_ in {"aux", "auxpass"} and verb.head.i == verb.i + 1
    tokens = [verb, *verb_phrase(verb.head, limit - 1)] if passive else verb_phrase(verb, limit)
    kept = {t.i for t in tokens}
    inside = [t for t in tokens if not t.is_punct]
    if (
        not min(3, len(goal.split())) <= len(inside) <= limit + 1
        or inside[-1].lower_ in DANGLING
        or _leaves_a_gap(tokens)
    ):
        return None
    rest = goal[tokens[-1].idx + len(tokens[-1].text) - len(_LEAD) :].split()
    broken = rest and rest[0][0].isalnum() and rest[0].lower() not in DANGLING | _BORDERS | _CLAUSES
    if inside[-1].dep_ == "predet" or inside[-1].lower_ in {"all", "both", "so", "much"}:
        return None
    if broken or (rest and inside[-1].lemma_.lower() in EMPTY):
        return None  # "have my model view | this data", "write in a way | that sounds like me"
    words = "".join(t.text + (" " if t.whitespace_ or t.i + 1 not in kept else "") for t in tokens)
    return None if rest and _calls_for(inside[-1], rest) else words.strip(" ,;:.")


def _calls_for(last: Token, rest: list[str]) -> bool:
    """Tell whether the last word asks for what was cut: "be the one | who knows", "take it along bit | by bit"."""
    pointed = (
        last.dep_ in {"attr", "dobj"} and any(c.lower_ == "the" for c in last.children) and rest[0].lower() in _RELATIVE
    )
    return pointed or (len(rest) > 1 and rest[1].lower() == last.lower_)


def _leaves_a_gap(tokens: list[Token]) -> bool:
    """Tell whether words were taken out of the middle: "make my day [to day work faster] at the office"."""
    places = [t.i for t in tokens]
    return places != list(range(places[0], places[-1] + 1))


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
    while cut < len(words) and len(kept) > 2 and kept[-1].lower() in DANGLING:
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
    return here in DANGLING | _BORDERS and before not in DANGLING and not going_on
