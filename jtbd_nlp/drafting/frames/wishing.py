"""Verb or noun of a parsed sentence in, what the speaker wants to be so, to have or to find out, as frames.

"I want it written down", "I wish there was a sheet that clips on", "I'd rather it was on a wire", "I'm looking for a shelf
that holds", "I need a way to go back": wishes that are not "I want to do it".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.speaking import (
    asked_of,
    below_able,
    follows_there,
    has_auxiliary,
    is_denied_before,
    is_described,
    is_infinitive,
    is_question,
    is_speakers,
    is_wish,
)
from .frame import Frame
from .ways import asks_for_way, is_way, needed_way, way_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WOULD = frozenset("would 'd ’d".split())
_SELF = frozenset("i me we us you myself this what which who that anyone anybody".split())
_SEEKING = frozenset("look search hunt hope hop settle".split())
# what is looked for on a screen is a step, no goal
_SCREEN = frozenset("button link page menu tab icon screen box field option arrow sign word heading bit thing".split())
_PRICES = frozenset("lot anything everything arm".split())
_TELLING = frozenset("tell show remind warn".split())
_MOVING = frozenset("sit stand go come lie wake try start keep".split())
_PLACES = frozenset("back home out off away together indoors in on at by before under within near".split())


def wanted_so(token: Token) -> Iterator[Frame]:
    """Yield for "I want it written down", "I need them to ring first", "I'd like him back home", "I wish she'd ring"."""
    if not is_wish(token) and token.lemma_.lower() != "wish":
        return
    for child in token.children:
        doer = doer_of(child) if child.dep_ == "ccomp" and child.i > token.i else None
        if doer is not None and doer.i > token.i and _is_others(doer) and _is_so(token, child):
            yield from states_of(child, doer)
        if token.lemma_.lower() == "wish" and child.dep_ == "ccomp" and child.lower_ == "knew":
            known = doer_of(child)
            if known is not None and known.lower_ in {"i", "we"} and is_speakers(token) and asked_of(child) is not None:
                yield Frame(child, "know")
        if token.lemma_.lower() == "wish" and child.dep_ == "ccomp" and child.lower_ == "had" and is_speakers(token):
            yield from _had(child)
        if child.lemma_ == "be" and is_infinitive(child) and follows_there(child):
            named = (c for c in child.children if c.dep_ == "attr")
            yield from (Frame(c, "have", doubt=0.0 if is_wanted_thing(c) else 0.1) for c in named)
    for noun in (c for c in token.children if c.dep_ == "dobj" and c.i > token.i):
        telling = (c for n in (token, noun) for c in n.children if c.i > noun.i and c.lemma_.lower() in _TELLING)
        yield from (Frame(c, "know") for c in telling if is_infinitive(c) and asked_of(c) is not None)
    held = next((c for c in token.children if c.dep_ == "dobj" and c.lower_ in {"him", "her", "them", "it"}), None)
    places = (c for c in token.children if held is not None and c.i == held.i + 1 and c.lower_ in _PLACES)
    place = next(places, None)
    if place is not None and len(list(place.subtree)) > 1:
        yield Frame(place, "have so", doer=held)


def _had(verb: Token) -> Iterator[Frame]:
    """Yield for "I wish I had more time with the children"; not "a pound for every time I heard it"."""
    doer = doer_of(verb)
    coined = any(t.lower_ in {"every", "each"} for t in verb.subtree)
    if doer is not None and doer.lower_ in {"i", "we"} and not coined and not is_negated(verb):
        yield from (Frame(c, "have") for c in verb.children if c.dep_ == "dobj" and is_wanted_thing(c))


def _is_so(wish: Token, child: Token) -> bool:
    """Tell whether a clause under a wish says how it is to be: "to be ready", "written down", "she'd ring"."""
    if is_negated(child) or any(c.dep_ == "expl" for c in child.children):
        return False
    if wish.lemma_.lower() == "wish":
        had = any(c.tag_ in {"VBN", "VBD"} and c.lower_ in {"had", "been"} for c in child.children)
        return not had and (has_auxiliary(child, _WOULD | {"could"}) or child.tag_ == "VBD")
    if wish.lemma_.lower() == "hope" and child.tag_ == "VBD":
        return False  # "I hope it went well"
    return is_infinitive(child) or (child.tag_ in {"VBN", "VBD", "JJ"} and not has_auxiliary(child, _WOULD))


def states_of(verb: Token, doer: Token) -> Iterator[Frame]:
    """Yield what is to be so; who is to be told something wants to know it."""
    served = next((c for c in verb.children if c.lower_ in {"me", "us", "you"} and verb.i < c.i <= verb.i + 2), None)
    if (
        verb.lemma_.lower() in _TELLING
        and served is not None
        and (served.lower_ != "you" or asked_of(verb) is not None)
    ):
        told = any(c.dep_ == "ccomp" and c.left_edge.lower_ == "that" for c in verb.children)
        if told or asked_of(verb) is not None:
            yield Frame(verb, "know")
        elif any(c.dep_ in {"advmod", "npadvmod", "ccomp"} for c in verb.children):
            yield Frame(verb)
    elif verb.lemma_.lower() == "let" and doer.lower_ == "it":
        yield from (Frame(c) for c in verb.children if c.dep_ == "ccomp" and c.tag_ == "VB")
    else:
        yield Frame(verb, "have so", doer=doer)


def there_was(token: Token) -> Iterator[Frame]:
    """Yield for "I wish there was a sheet that clips on", "is there any way to see it", "I wish there was a way to see it"."""
    if token.lemma_ != "be" or not any(c.dep_ == "expl" and c.lower_ == "there" for c in token.children):
        return
    wished = token.dep_ == "ccomp" and token.head.lemma_.lower() == "wish" and is_speakers(token.head)
    named = next((c for c in token.children if c.dep_ == "attr"), None)
    asked = named is not None and asks_for_way(token, named)  # "isn't there a way to see it?" asks the same
    if named is None or not (asked or (wished and not is_negated(token))):
        return
    if is_way(named):
        yield from way_of(named)
    elif is_wanted_thing(named):
        yield Frame(named, "have")


def rather_so(token: Token) -> Iterator[Frame]:
    """Yield for "I'd rather it was on a wire", "I'd sooner tell somebody"."""
    word = next((c for c in token.children if c.lower_ in {"rather", "sooner"} and c.i < token.i), None)
    if word is None or is_negated(token) or any(t.lower_ == "than" for t in token.doc[token.i :]):
        return
    doer = doer_of(token)
    if doer is not None and doer.i > word.i and _is_others(doer) and is_speakers(token.head):
        yield from states_of(token, doer)
    elif word.lower_ == "sooner" and has_auxiliary(token, _WOULD) and token.tag_ == "VB" and is_speakers(token):
        yield Frame(token)


def traded(token: Token) -> Iterator[Frame]:
    """Yield for "I'd give a lot for two hours without it", "I'd give anything to see it"."""
    if token.lemma_.lower() != "give":
        return
    priced = any(c.dep_ == "dobj" and c.lemma_.lower() in _PRICES for c in token.children)
    if not priced or not has_auxiliary(token, _WOULD) or not is_speakers(token):
        return
    for child in token.children:
        if child.lower_ == "for":
            yield from (Frame(c, "have") for c in child.children if c.dep_ == "pobj" and is_wanted_thing(c))
        elif is_infinitive(child) and child.dep_ in {"advcl", "xcomp"}:
            yield Frame(below_able(child))


def looked_for(token: Token) -> Iterator[Frame]:
    """Yield for "I'm looking for something that keeps it dry", "I was hoping for one with a handle"."""
    if token.lemma_.lower() not in _SEEKING or token.pos_ != "VERB" or is_denied_before(token):
        return
    subject = doer_of(token)
    if subject is None or subject.lower_ not in {"i", "we"} or token.dep_ in {"csubj", "relcl"}:
        return
    if token.lower_ in {"looked", "searched", "hunted", "settled"} and not has_auxiliary(token, {"have", "'ve", "’ve"}):
        return  # an event
    for prep in token.children:
        if prep.lower_ == "for" and prep.i > token.i:
            sought = (c for c in prep.children if c.dep_ == "pobj" and is_wanted_thing(c))
            operator = "have" if token.lemma_.lower() in {"hope", "hop", "settle"} else "find"
            once = operator == "find" and has_auxiliary(token, {"was", "were"})  # "I was looking for eighty-four euro"
            yield from (Frame(c, operator, doubt=0.3 * once) for c in sought if c.lemma_.lower() not in _SCREEN)


def tried(token: Token) -> Iterator[Frame]:
    """Yield for "I'm trying to get away by eight"; what was tried once may be an event."""
    if token.lower_ != "trying" or not has_auxiliary(token, {"am", "'m", "’m", "'re", "are", "was", "were", "been"}):
        return
    if not is_speakers(token) or is_denied_before(token) or doer_of(token) is None or token.dep_ == "relcl":
        return
    for child in token.children:
        # "I'm trying to remember what it was"
        recalls = child.lemma_.lower() == "remember" and asked_of(child) is not None
        steps = any(c.dep_ == "dobj" and c.lemma_.lower() in _SCREEN for c in child.children)
        if child.lemma_.lower() in {"say", "think", "be"} or recalls or steps:
            continue
        if child.dep_ == "xcomp" and is_infinitive(child):
            yield Frame(below_able(child), "avoid" if is_negated(child) else "", doubt=0.1)


def also_wanted(token: Token) -> Iterator[Frame]:
    """Yield for the second of two things wanted: "I want to pull it off and have it back on by the evening"."""
    if (
        token.dep_ != "conj"
        or token.tag_ != "VB"
        or doer_of(token) is not None
        or token.lemma_.lower() in {"go", "come"}
    ):
        return
    first = token.head
    while first.dep_ == "conj" and first.head.tag_ == "VB":
        first = first.head
    able = first.head if first.head.lower_ == "able" else None
    led = first if able is None else able.head
    joined = any(c.lower_ == "and" for c in token.head.children)
    if led.dep_ != "xcomp" or not is_infinitive(led) or not joined:
        return
    if is_wish(led.head):
        yield Frame(token, "avoid" if is_negated(token) else "", doubt=0.05)
    elif _unwanted(led.head) and first.lemma_.lower() in _MOVING and not is_negated(token):
        yield Frame(token, "avoid", doubt=0.05)


def _unwanted(verb: Token) -> bool:
    """Tell whether the speaker does not want something: "I don't want to sit and watch it"."""
    subject = doer_of(verb)
    now = not has_auxiliary(verb, {"did"})
    return (
        verb.lemma_.lower() == "want"
        and is_negated(verb)
        and now
        and subject is not None
        and subject.lower_ in {"i", "we"}
    )


def something_that(token: Token) -> Iterator[Frame]:
    """Yield for "I need something that holds", "I'd like somewhere I could put it"."""
    if not is_wish(token):
        return
    for child in token.children:
        open_noun = child.lower_ in {"something", "anything", "somebody", "someone", "somewhere"}
        if open_noun and child.i > token.i and child.dep_ in {"dobj", "advmod"} and is_wanted_thing(child):
            yield Frame(child, "have")


def ensured(token: Token) -> Iterator[Frame]:
    """Yield for "I always make sure the gate's shut", "I have to be careful not to wake him"."""
    if (
        token.tag_ in {"VBP", "VB"}
        and token.lemma_.lower() == "make"
        and any(c.lower_ == "sure" for c in token.children)
    ):
        subject = doer_of(token)
        own = subject is not None and subject.lower_ in {"i", "we"}
        told = any(c.dep_ == "ccomp" and c.i > token.i for n in (token, *token.children) for c in n.children)
        if own and told and not is_denied_before(token) and not is_question(token):
            yield Frame(token, doubt=0.1)
    if token.lower_ == "careful" and token.dep_ == "acomp" and is_speakers(token.head):
        for child in token.children:
            if child.dep_ == "xcomp" and is_infinitive(child) and is_negated(child):
                yield Frame(below_able(child), "avoid", doubt=0.1)


def ideally(token: Token) -> Iterator[Frame]:
    """Yield for "ideally I'd have a list on the wall"."""
    held = token.lemma_.lower() in {"have", "get"}
    if (
        held
        and any(c.lower_ == "ideally" for c in token.children)
        and has_auxiliary(token, _WOULD)
        and is_speakers(token)
    ):
        yield from (Frame(c, "have") for c in token.children if c.dep_ == "dobj" and is_wanted_thing(c))


def is_wanted_thing(noun: Token) -> bool:
    """Tell whether a noun says what is wanted: "a sheet that clips on", "something I can put under it"."""
    if noun.lower_ in {"something", "anything", "somebody", "someone", "somewhere"}:
        said = [c for c in noun.children if c.dep_ in {"relcl", "acl", "prep"} and c.i > noun.i]
        return any(2 < len(list(c.subtree)) < 10 and not is_infinitive(c) for c in said)
    return is_described(noun) or (noun.pos_ == "NOUN" and any(c.dep_ == "nummod" for c in noun.children))


def _is_others(doer: Token) -> bool:
    return doer.lower_ not in _SELF and doer.pos_ in {"NOUN", "PRON", "PROPN"}


WISHES: tuple[Callable[[Token], Iterator[Frame]], ...] = (
    wanted_so, there_was, needed_way, rather_so, traded, looked_for, tried, also_wanted, something_that, ideally, ensured,
)  # fmt: skip
