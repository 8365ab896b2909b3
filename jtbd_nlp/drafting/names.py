"""Statement in, a short name of its job out: the goal's verb with what belongs to it, cut where a phrase ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..language import load_parser, spacy_lock
from ..records import Statement
from .grammar.clauses import has_object
from .grammar.complements import MEASURES, completes, is_needed
from .grammar.trees import EMPTY
from .grammar.wording import DANGLING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LIMITS = (6, 7, 8, 10)  # words; a longer name is taken where a shorter one is another job's, or would say too little
# words beside the function words at which a new phrase begins
_BORDERS = frozenset(
    "without before after while regarding using during between through over within instead where".split()
)
_CLAUSES = frozenset("that which who because when so".split())
_RELATIVE = frozenset("that which who whose where".split())
_JOINING = frozenset("and or".split())
_LEAD = "I want to "
# no name ends with these
_LEADING = frozenset("where what how which who why whether when both all so much plus being 's ’s".split())
_PAIRS = frozenset("both between either".split())
_CALLED_FOR = frozenset("amod dobj pobj ccomp xcomp attr acomp pcomp oprd prt dative nsubj nsubjpass case".split())

Phrases = Callable[[str], Sequence[str]]


@lru_cache(maxsize=10_000)
def verb_phrases_of(goal: str) -> tuple[str, ...]:
    """Return the beginnings of a goal, within each of `LIMITS`, that the parse finds whole; they decide names."""
    with spacy_lock:
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
    """Yield the longest beginning of a goal within each of `LIMITS` that breaks nothing off."""
    verb = next((t for t in doc if t.idx == len(_LEAD)), None)
    if verb is None or verb.tag_ != "VB":
        return
    ends = [t for t in doc if t.i > verb.i and _ends_word(t) and _is_whole(doc, verb.i, t)]
    cuts = [goal[: t.idx + len(t.text) - len(_LEAD)].strip(" ,;:.-") for t in ends]
    least = min(3, len(goal.split()))
    for limit in (*LIMITS[:-1], LIMITS[-1] + 1):
        if fitting := [cut for cut in cuts if least <= len(cut.split()) <= limit]:
            yield fitting[-1]


def _ends_word(token: Token) -> bool:
    """Tell whether a space, a mark or nothing follows: not inside "once-a-year"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is None or bool(token.whitespace_ or (following.is_punct and following.whitespace_))


def _is_whole(doc: Doc, start: int, last: Token) -> bool:
    """Tell whether a phrase can end with a word: nothing before hangs on what follows, and nothing there is called for."""
    words, rest = doc[start : last.i + 1], doc[last.i + 1 :]
    hanging = any(t.head.i > last.i for t in words) or (len(rest) and _breaks_off(last, rest))
    return not hanging and not any(start <= t.head.i <= last.i and _is_called_for(t) for t in rest)


def _breaks_off(last: Token, rest: Span) -> bool:
    """Tell whether a last word leads to what follows, whatever the parse says of that."""
    if last.lower_ in DANGLING | _LEADING or last.lemma_.lower() in EMPTY:
        return True  # "write in a way | that sounds like me"
    if last.dep_ == "acl" and last.tag_ == "VBN" and last.head.head.lemma_ != "have":
        return True  # "filter the words provided | by the court"
    if len(rest) > 1 and rest[1].lower_ == last.lower_:
        return True  # "take it along bit | by bit"
    if last.pos_ == "VERB" and rest[0].tag_[:1] == "W":
        return True  # "make sure they know | how to sell"
    # "confirm the date | has come"
    return rest[0].tag_ in {"VBZ", "VBD", "VBP", "MD"} and last.pos_ in {"NOUN", "PROPN"}


def _is_called_for(token: Token) -> bool:
    """Tell whether the word that a token hangs on says too little without it: "better about understanding | it"."""
    head, role = token.head, token.dep_
    if role == "conj":
        paired = any(t.lower_ in _PAIRS for t in token.doc[head.left_edge.i - 1 : token.i])
        # "know how to sell | or make rolls"
        shared = head.pos_ == "VERB" and has_object(token) and not has_object(head)
        # "both our firm | and others", "a dear | or old one", "A, B | and C"
        return paired or shared or head.dep_ in {"amod", "conj"}
    if role in {"relcl", "acl"}:
        pointed = head.dep_ in {"attr", "dobj"} and any(c.lower_ == "the" for c in head.children) and role == "relcl"
        had = token.tag_ == "VBN" and head.head.lemma_ == "have"  # "have the bills | paid"
        return pointed or had or head.lemma_.lower() in EMPTY | MEASURES  # "the man who knows", "by the time I leave"
    if role == "prep":
        if not any(c.dep_ in {"pobj", "pcomp", "prep"} for c in token.children):
            return True  # what it is about stands before it: "the ideas my brain clings | onto"
        whole = head.tag_ == "VBN" and head.dep_ != "acl"  # "what had been done | on Monday"
        wanting = head.pos_ == "VERB" and not whole and (is_needed(token) or head.dep_ == "relcl")
        return wanting or head.dep_ == "acomp" or token.lower_ in {"of", "between"}
    return (role in _CALLED_FOR and token.lower_ != "other") or (role == "advcl" and completes(token))


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
        cut < len(words)
        and len(kept) > 2
        and (kept[-1].lower() in DANGLING | _LEADING or kept[-1][-2:] in {"'s", "’s"})
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
    return here in DANGLING | _BORDERS and before not in DANGLING | _BORDERS | _LEADING and not going_on
