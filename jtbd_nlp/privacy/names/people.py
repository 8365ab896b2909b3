"""Names of people: from speaker labels, from a list of names, and from what stands beside them.

In: one passage, the entities a language model saw in it, and names known from elsewhere. Out: hits. A name that is also
an ordinary word ("Will", "Grace") counts only beside a cue: a title, a relation, or a verb that people go with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..english import is_english
from ..finds import Hit
from ..lexicon import fold, names, words
from .context import Context
from .cues import (
    CONTRACTION,
    INITIALS,
    NICKNAME,
    STOP,
    TOKEN,
)
from .ends import (
    end_of_name,
    named_again,
)
from .fame import famous


def name_parts(known: Iterable[str]) -> frozenset[str]:
    """Return the parts of known names, folded, without generic labels ("Speaker 1"), roles ("Manager") and initials."""
    generic = words("generic_labels")
    parts = {fold(CONTRACTION.sub("", token)) for name in known for token in TOKEN.findall(name)}
    usable = (p for p in parts if p not in generic and p not in STOP and len(p) > 1)
    listed = names()
    return frozenset(p for p in usable if p in listed.given or p in listed.surnames or not is_english(p))


def find_people(
    text: str,
    persons: Sequence[tuple[int, int]] = (),
    places: Collection[tuple[int, int]] = (),
    known: Collection[str] = (),
) -> list[Hit]:
    """Return the names of people in one passage.

    Parameters
    ----------
    text : str
        One turn.
    persons, places : sequences of (start, end)
        What a language model took for people and for places, in characters of ``text``.
    known : Collection[str]
        Folded parts of names that are known to be people's, see `name_parts`.

    Returns
    -------
    list[Hit]
        In reading order; they may touch but a token is in one at most.
    """
    tokens = list(TOKEN.finditer(text))
    not_people = {i for start, end in famous(text) for i in range(start, end)}
    person_chars = {i for start, end in persons for i in range(start, end)}
    place_chars = {i for start, end in places for i in range(start, end)}
    hits: list[Hit] = []
    end = -1
    for index, token in enumerate(tokens):
        if token.start() < end:
            continue
        context = Context(text, token, token.start() in person_chars, token.start() in place_chars, known)
        context.chained = bool(hits) and token.start() - end < 8
        source = context.reason()
        if source and (source == "known" or token.start() not in not_people):
            end = end_of_name(text, tokens, index, known)
            start = context.start() if source == "title" else token.start()
            nick = NICKNAME.search(text[max(0, start - 8) : start])
            start -= len(nick[0]) if nick else 0
            hits.append(Hit(start, end, "NAME", 0.9 if source in ("known", "title", "introduced") else 0.7, source))
    hits += [
        Hit(*m.span(), "NAME", 0.8, "initials")
        for m in INITIALS.finditer(text)
        if not is_english(fold(m[0].split()[-1]))
    ]
    return [*hits, *named_again(text, tokens, hits)]
