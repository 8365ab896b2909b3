"""Verb of a parsed sentence in, whether it is said in a manner that makes it nobody's goal out.

What others told the speaker to do, offers to the interviewer, likenesses, jokes, what is only set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .inflection import doer_of
from .negation import is_negated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_SAYING = frozenset("say reckon joke tell go insist".split())
_TOOLS = frozenset("it that this which".split())
_OWN = frozenset("i we you".split())
_WISHES = frozenset("want like love wish hope prefer need".split())
_OFFERS = frozenset("'ll ’ll will can".split())
_FANCIES = frozenset("millionaire lottery moon butler unicorn billionaire helicopter".split())
_MAIN = frozenset("npadvmod ROOT xcomp conj ccomp".split())
_ONCE = frozenset("once yesterday last".split())


def is_manner(verb: Token) -> bool:
    """Tell whether words with this verb are no goal though they are worded like one.

    Parameters
    ----------
    verb : Token
        Of a parsed sentence; the verb, or the noun, of the goal.
    """
    return (
        is_advice(verb)
        or is_offer(verb)
        or is_likeness(verb)
        or is_fancy(verb)
        or is_set_aside(verb)
        or is_disclaimed(verb)
        or happened_once(verb)
        or is_leaving(verb)
        or is_promise(verb)
    )


def _up(verb: Token) -> Iterator[Token]:
    """Yield a word and what it hangs on, up to six."""
    node = verb
    for _ in range(6):
        yield node
        if node.head == node:
            return
        node = node.head


def is_advice(verb: Token) -> bool:
    """Tell whether somebody else said that it is wanted: "my sister says I want to get on the telly"."""
    for node in _up(verb):
        if node.dep_ != "ccomp" or node.head.lemma_.lower() not in _SAYING:
            continue
        teller, told = doer_of(node.head), doer_of(node)
        if teller is not None and teller.lower_ not in _OWN | _TOOLS and told is not None and told.lower_ in _OWN:
            return True
    return any(t.lemma_.lower() == "joke" and t.pos_ == "VERB" for n in _up(verb) for t in (n, *n.children))


def is_offer(verb: Token) -> bool:
    """Tell whether the listener is offered something: "if you ever want to know, I'm your man", "you want to come, I'll ..."."""
    for node in _up(verb):
        wisher = doer_of(node)
        if node.lemma_.lower() not in _WISHES or wisher is None or wisher.lower_ != "you" or node == verb:
            continue
        main = node.head
        giver = doer_of(main)
        supposed = node.dep_ in {"advcl", "ccomp"} and main != node and node.i < main.i
        promised = any(c.dep_ == "aux" and c.lower_ in _OFFERS for c in main.children)
        yours = main.lemma_ == "be" and any(t.lower_ in {"your", "you"} for t in main.subtree if t.i > main.i)
        if supposed and giver is not None and giver.lower_ == "i" and (promised or yours):
            return True
    return False


def is_likeness(verb: Token) -> bool:
    """Tell whether something is only likened to it: "it was like being nine again", "it's like finding out"."""
    prep = verb.head
    return verb.tag_ == "VBG" and verb.dep_ == "pcomp" and prep.lower_ == "like" and prep.head.lemma_.lower() in {"be", "feel"}


def is_fancy(verb: Token) -> bool:
    """Tell whether nobody can mean it: "I'd like to fly to the moon"."""
    return any(t.lemma_.lower() in _FANCIES and t.i > verb.i for t in verb.subtree)


def is_set_aside(verb: Token) -> bool:
    """Tell whether it is supposed only to be set aside: "if you'd give me a year for free I'd still have her typing"."""
    for node in _up(verb):
        supposed = node.dep_ == "advcl" and any(c.lower_ == "if" and c.dep_ == "mark" for c in node.children)
        if supposed and any(c.lower_ == "still" and c.dep_ == "advmod" for c in node.head.children):
            return True
    return False


def is_disclaimed(verb: Token) -> bool:
    """Tell whether the speaker says not to be after it: "I'm not trying to fiddle anything"."""
    for node in _up(verb):
        if node.dep_ == "ccomp" and node.i < node.head.i:
            return False  # "I need time to get there, I'm not asking for much"
        if node.lower_ in {"trying", "asking"} and is_negated(node) and any(c.dep_ == "aux" for c in node.children):
            return True
    return False


def is_promise(verb: Token) -> bool:
    """Tell whether the speaker only repeats a promise: "I tap it and say I'll ring you back"."""
    doer = doer_of(verb)
    promised = any(c.dep_ == "aux" and c.lower_ in {"'ll", "’ll", "will"} for c in verb.children)
    said = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in {"say", "tell", "promise"}
    return promised and said and doer is not None and doer.lower_ == "i"


def is_leaving(verb: Token) -> bool:
    """Tell whether the speaker only says what is to be done right now: "I've got to go and hold a torch now"."""
    left = verb.head
    gone = verb.dep_ == "conj" and left.lower_ == "go" and left.head.lemma_.lower() in {"get", "have"}
    return gone and any(c.lower_ == "now" and c.i > verb.i for c in verb.children)


def happened_once(verb: Token) -> bool:
    """Tell whether a duty of the past is told as one event: "I had to put a loaf back once", "last month I had to cancel it"."""
    had = verb.head
    duty = verb.dep_ == "xcomp" and had.lower_ == "had" and had.tag_ in {"VBD", "VBN"}
    near = (t for t in had.subtree if t.lower_ in _ONCE and t.head.dep_ in _MAIN)
    return duty and any(t.lower_ == "last" or t.head in {verb, had} for t in near)
