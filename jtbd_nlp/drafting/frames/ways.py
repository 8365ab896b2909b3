"""Noun of a parsed sentence in, what a way that is wished for is to lead to, as frames: "I need a way to go back"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.speaking import below_able, is_denied_before, is_infinitive, is_question, is_speakers
from .frame import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_WAYS = frozenset("way means".split())
_GETTING = frozenset("need want have find get like love".split())


def is_way(noun: Token) -> bool:
    """Tell whether a noun names a way and not a thing."""
    return noun.lemma_.lower() in _WAYS


def asks_for_way(verb: Token, named: Token) -> bool:
    """Tell whether "there is" asks for a way: "is there any way to see it?"."""
    first = all(c.i > verb.i for c in verb.children if c.dep_ == "expl")
    return first and is_way(named) and verb.doc[-1].text == "?"


def way_of(noun: Token) -> Iterator[Frame]:
    """Yield what a way is to lead to: "a way to go back", "some way of knowing it"."""
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and is_infinitive(child) and doer_of(child) is None:
            yield Frame(below_able(child), "avoid" if is_negated(child) else "")
        if child.lower_ == "of":
            doing = (c for c in child.children if c.dep_ == "pcomp" and c.tag_ == "VBG" and doer_of(c) is None)
            yield from (Frame(c, "avoid" if is_negated(c) else "") for c in doing)


def needed_way(token: Token) -> Iterator[Frame]:
    """Yield for "I need a way to go back", "I had to have some way of knowing it"."""
    if not is_way(token):
        return
    verb = token.head
    wanted = verb.lemma_.lower() in _GETTING - {"find", "have"} or verb.dep_ == "xcomp"
    if token.dep_ != "dobj" or verb.lemma_.lower() not in _GETTING or not wanted:
        return
    if is_speakers(verb) and not is_denied_before(verb) and not is_question(verb):
        yield from way_of(token)
