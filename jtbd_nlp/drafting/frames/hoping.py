"""Verb of a parsed sentence in, what the speaker hoped for, cannot bear or says there must be, as frames.

"I was hoping we could meet", "if somebody would just tell me", "there has to be a way to see it", "I can't stand asking".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.complements import MEASURES
from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.speaking import below_able, has_auxiliary, is_denied_before, is_infinitive
from .aims import is_question_like
from .frame import Frame
from .ways import is_way, way_of
from .wishing import is_wanted_thing, states_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WOULD = frozenset("would 'd ’d could".split())
_OWN = frozenset("i we".split())
_BEARING = frozenset("stand bear face".split())
_MUST = frozenset("must should".split())
_TALK = frozenset("say think be".split())


def hoped(token: Token) -> Iterator[Frame]:
    """Yield for "I was hoping we could meet on Mondays", "I only hoped it'd tell me when it is full"."""
    doer = doer_of(token)
    if token.lemma_.lower() not in {"hope", "hop"} or token.pos_ != "VERB" or is_denied_before(token):
        return
    if doer is None or doer.lower_ not in _OWN or is_question_like(token):
        return
    for child in token.children:
        hoper = doer_of(child)
        if child.dep_ != "ccomp" or child.i < token.i or hoper is None or is_negated(child):
            continue
        if not has_auxiliary(child, _WOULD) or child.tag_ != "VB" or hoper.lower_ == "you":
            continue
        if hoper.lower_ not in _OWN:
            yield from states_of(child, hoper)
        elif has_auxiliary(child, {"could"}) and child.lemma_.lower() not in _TALK:
            yield Frame(below_able(child))


def if_only_somebody(token: Token) -> Iterator[Frame]:
    """Yield for a sentence that is only a condition: "If somebody would just tell me what came.", "If I could read it from bed."."""
    doer = doer_of(token)
    mark = next((c for c in token.children if c.lower_ == "if" and c.i < token.i), None)
    if mark is None or doer is None or token.dep_ != "ROOT" or is_negated(token) or is_question_like(token):
        return
    clauses = (c for c in token.children if c.dep_ in {"ccomp", "parataxis", "conj"} and doer_of(c) is not None)
    then = (t for t in token.subtree if t.i > token.i and has_auxiliary(t, {"would", "'d", "’d"}))
    if any(c.left_edge.tag_[:1] != "W" for c in clauses) or any(then):
        return  # the main clause was read as hanging on the condition
    whole = any(c.dep_ in {"dobj", "ccomp", "xcomp", "acomp", "attr"} for c in token.children)
    if doer.lower_ in _OWN and has_auxiliary(token, {"could"}) and whole:
        yield Frame(below_able(token), doubt=0.1)
    elif doer.lower_ not in {*_OWN, "you"} and has_auxiliary(token, {"would", "'d", "’d"}):
        yield from states_of(token, doer)


def must_be_way(token: Token) -> Iterator[Frame]:
    """Yield for "there has to be a way to see it", "there must be some way of stopping it"."""
    if token.lemma_ != "be" or is_negated(token) or is_question_like(token):
        return
    due = token.dep_ == "xcomp" and token.head.lower_ in {"has", "got", "had"}
    places = [*token.children, *(token.head.children if due else ())]
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in places)
    if there and (due or has_auxiliary(token, _MUST)):
        yield from (f for c in token.children if c.dep_ == "attr" and is_way(c) for f in way_of(c))


def cannot_bear(token: Token) -> Iterator[Frame]:
    """Yield for "I can't stand asking the neighbours"."""
    doer = doer_of(token)
    cannot = is_negated(token) and has_auxiliary(token, {"ca", "can", "could"})
    if token.lemma_.lower() not in _BEARING or not cannot or doer is None or doer.lower_ not in _OWN:
        return
    for child in token.children:
        if child.tag_ == "VBG" and child.dep_ in {"xcomp", "ccomp"} and doer_of(child) is None and child.i > token.i:
            yield Frame(child, "avoid")


def would_save(token: Token) -> Iterator[Frame]:
    """Yield for "it'd save me driving to the depot"."""
    doer = doer_of(token)
    would = has_auxiliary(token, {"would", "'d", "’d"})
    if token.lemma_.lower() != "save" or not would or doer is None or doer.lower_ not in {"it", "that"}:
        return
    for child in token.children:
        own = doer_of(child)
        mine = own is None or own.lower_ in {"me", "us"}
        if (
            child.tag_ == "VBG"
            and child.dep_ in {"xcomp", "ccomp"}
            and child.i > token.i
            and mine
            and not is_negated(token)
        ):
            yield Frame(child, "avoid")


def was_after(token: Token) -> Iterator[Frame]:
    """Yield for "I was after something that fits under the sink"."""
    doer = doer_of(token)
    if token.lemma_ != "be" or doer is None or doer.lower_ not in _OWN or is_negated(token):
        return
    for prep in token.children:
        if prep.lower_ == "after" and prep.i > token.i and not has_auxiliary(token, _WOULD | {"will", "'ll", "’ll"}):
            sought = (c for c in prep.children if c.dep_ == "pobj" and is_wanted_thing(c) and not _is_when_or_whom(c))
            yield from (Frame(c, "have") for c in sought)


def _is_when_or_whom(noun: Token) -> bool:
    """Tell whether "after" means later or behind: "after a long day at work", "after my sister in the queue"."""
    return noun.lemma_.lower() in MEASURES or any(c.tag_ == "PRP$" for c in noun.children)


def wanted_that(token: Token) -> Iterator[Frame]:
    """Yield for "I want that the parcels go to the porter"."""
    doer = doer_of(token)
    if token.lemma_.lower() != "want" or doer is None or doer.lower_ not in _OWN or is_denied_before(token):
        return
    for child in token.children:
        named = doer_of(child)
        marked = any(c.lower_ == "that" and c.dep_ == "mark" and c.i == token.i + 1 for c in child.children)
        if child.dep_ != "ccomp" or not marked or named is None or is_negated(child):
            continue
        if named.lower_ not in {*_OWN, "you", "this", "that", "it"} and not has_auxiliary(child, _MUST):
            yield Frame(child, "make sure", doer=named)


def dared(token: Token) -> Iterator[Frame]:
    """Yield for "I don't dare to go out on it"."""
    doer = doer_of(token)
    if has_auxiliary(token, _WOULD):
        return  # "I wouldn't dare to touch it" is no wish to
    if token.lemma_.lower() == "dare" and doer is not None and doer.lower_ in _OWN and is_negated(token):
        below = (c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB")
        yield from (Frame(c) for c in below if is_infinitive(c) and c.lemma_.lower() not in _TALK)


def all_so(token: Token) -> Iterator[Frame]:
    """Yield for "I want them to all be in one room", where "all" is read as the verb."""
    if token.lower_ != "all" or token.dep_ != "ccomp" or token.i + 1 >= len(token.doc):
        return
    named, verb, wisher = doer_of(token), token.nbor(1), doer_of(token.head)
    own = token.head.lemma_.lower() in {"want", "need", "like"} and wisher is not None and wisher.lower_ in _OWN
    if own and named is not None and verb.tag_ == "VB" and not is_denied_before(token.head):
        yield Frame(verb, "have so", doer=named)


HOPES: tuple[Callable[[Token], Iterator[Frame]], ...] = (
    hoped, if_only_somebody, must_be_way, cannot_bear, would_save, was_after, wanted_that, dared, all_so,
)  # fmt: skip
