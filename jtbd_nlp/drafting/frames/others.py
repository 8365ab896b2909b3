"""Verb of a parsed sentence in, what the speaker wants of other people, or where a thing is to be, out as frames.

"I'd love for him to have a look", "I'd like somebody to walk through it", "I want my name on the list", "somebody should be
looking at him as one person": the doer is another one, and the wish the speaker's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..grammar.trees import EMPTY
from ..vetoes.speaking import has_auxiliary, is_described, is_infinitive, is_wish, of_person
from .aims import is_question_like
from .frame import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN = frozenset("i we me us you myself".split())
_ANYBODY = frozenset("somebody someone".split())
# where or how a thing is to be; "for" and "from" lead to something else
_PLACES = frozenset("in on at by before with without under within near behind inside beside".split())
_LONGEST_PLACE = 8  # words


def for_others(token: Token) -> Iterator[Frame]:
    """Yield for "I'd love for him to have a look"."""
    if not is_wish(token):
        return
    for child in token.children:
        doer = doer_of(child)
        led = any(c.lower_ == "for" and c.dep_ == "mark" for c in child.children)
        anothers = doer is not None and doer.lower_ not in _OWN and doer.lower_ != "it"
        if led and anothers and child.i > token.i and is_infinitive(child) and not is_negated(child):
            yield Frame(child, "have so", doer=doer)


def person_to(token: Token) -> Iterator[Frame]:
    """Yield for "I'd like somebody to walk through it", which is read as what describes somebody."""
    if of_person(token) and is_wish(token.head.head) and not is_negated(token):
        yield Frame(token, "have so", doer=token.head)


def thing_in_place(token: Token) -> Iterator[Frame]:
    """Yield for "I want my name on the other side of that list"."""
    if not is_wish(token):
        return
    noun = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if noun is None or noun.pos_ != "NOUN" or noun.lemma_.lower() in EMPTY or is_described(noun):
        return
    end = max(t.i for t in noun.subtree)
    place = next((c for c in token.children if c.i == end + 1 and c.lower_ in _PLACES and c.dep_ == "prep"), None)
    whole = place is not None and any(c.dep_ == "pobj" for c in place.children)
    if place is not None and whole and len(list(place.subtree)) <= _LONGEST_PLACE:
        yield Frame(place, "have so", doer=noun)


def somebody_should(token: Token) -> Iterator[Frame]:
    """Yield for "somebody should be looking at him as one person"; not for "somebody should be in on Monday"."""
    doer = doer_of(token)
    if doer is None or doer.lower_ not in _ANYBODY or not has_auxiliary(token, {"should"}) or is_negated(token):
        return
    late = has_auxiliary(token, {"have", "'ve", "’ve"})
    if token.tag_ in {"VB", "VBG"} and token.lemma_ != "be" and not late and not is_question_like(token):
        yield Frame(token, "have so", doer=doer)


OTHERS: tuple[Callable[[Token], Iterator[Frame]], ...] = (for_others, person_to, thing_in_place, somebody_should)
