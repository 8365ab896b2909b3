"""Verb of a parsed sentence in, whether it is said in a manner that makes it nobody's goal out.

What others told the speaker to do, offers to the interviewer, likenesses, jokes, what is only set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of, subject_of
from ..grammar.negation import is_negated
from .speaking import follows_there

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_SAYING = frozenset("say reckon joke tell go insist".split())
_TOOLS = frozenset("it that this which".split())
_OWN = frozenset("i we you".split())
_WISHES = frozenset("want like love wish hope prefer need".split())
_OFFERS = frozenset("'ll ’ll will can".split())
# what nobody can mean to do to it; a grant from the lottery, or the moon to fish by, is meant
_FANCIES = {
    "millionaire": "be become marry", "billionaire": "be become marry", "lottery": "win", "moon": "fly go",
    "butler": "have get hire", "helicopter": "have get buy fly own", "unicorn": "have get buy see find",
}  # fmt: skip
_HURTING = frozenset("eat stick poke gouge chew cut saw pull shoot chop".split())
_BODY = frozenset("eye foot arm leg hat tooth hair head finger hand toenail liver".split())
_MOVING = frozenset("sit stand go come lie wake".split())
AVOIDING = frozenset("avoid prevent stop escape".split())
_WEATHER = frozenset("rain snow".split())
_WAILING = frozenset("cry scream".split())
_REASONS = frozenset("because cos cause since so but".split())
_THEIRS = frozenset("thought opinion view feedback advice take".split())
_TO_LISTENER = frozenset("to with for of at".split())
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
        or is_to_listener(verb)
        or is_request(verb)
        or is_misread(verb)
        or is_consent(verb)
        or is_only_moving(verb)
    )


def _up(verb: Token) -> Iterator[Token]:
    """Yield a word and what it hangs on, up to six."""
    node = verb
    for _ in range(6):
        yield node
        if node.head == node:
            return
        node = node.head


def _said_with(verb: Token) -> Iterator[Token]:
    """Yield a word and what it hangs on in the same thought: not beyond "but I want", "because I want"."""
    for node in _up(verb):
        yield node
        joined = node.dep_ == "conj" and doer_of(node) is not None
        reason = node.dep_ in {"advcl", "ccomp"} and any(c.lower_ in _REASONS and c.i < node.i for c in node.children)
        if joined or reason:
            return


def is_advice(verb: Token) -> bool:
    """Tell whether somebody else said that it is wanted: "my sister says I want to get on the telly"."""
    if any(t.lower_ == "if" and [w.lower_ for w in t.doc[t.i : t.i + 4]][1:] == ["i", "were", "you"] for t in verb.doc):
        return True
    for node in _said_with(verb):
        if node.dep_ != "ccomp" or node.head.lemma_.lower() not in _SAYING:
            continue
        if any(c.lower_ in _REASONS and c.i < node.i for c in node.children):
            continue  # "they tell us to log it, | so I need to keep a note"
        teller, told = doer_of(node.head), doer_of(node)
        if teller is not None and teller.lower_ not in _OWN | _TOOLS and told is not None and told.lower_ in _OWN:
            return True
    return any(t.lemma_.lower() == "joke" and t.pos_ == "VERB" for n in _said_with(verb) for t in (n, *n.children))


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
        holds = main.lemma_ in {"have", "'ve", "’ve"} and any(
            c.dep_ == "dobj" for c in main.children
        )  # "I've a photo of it"
        if supposed and giver is not None and giver.lower_ == "i" and (promised or yours or holds):
            return True
    return False


def is_likeness(verb: Token) -> bool:
    """Tell whether something is only likened to it: "it was like being nine again", "it's like finding out"."""
    node = verb
    while node.dep_ in {"xcomp", "conj", "acomp"} and node.head != node and doer_of(node) is None:
        node = node.head  # "it's like trying to nail jelly to the wall"
    prep = node.head
    return (
        node.tag_ == "VBG"
        and node.dep_ == "pcomp"
        and prep.lower_ == "like"
        and prep.head.lemma_.lower() in {"be", "feel"}
    )


def is_fancy(verb: Token) -> bool:
    """Tell whether nobody can mean it or bring it about: "I'd like to fly to the moon", "I wish it'd stop raining"."""
    lemma, below = verb.lemma_.lower(), [c.lemma_.lower() for c in verb.children if c.dep_ == "xcomp"]
    if lemma in _WAILING and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"want", "make"}:
        return True
    if _WEATHER & {lemma, *below} and any(c.lower_ == "it" and c.dep_ == "nsubj" for c in verb.children):
        return True
    worse = any(c.lower_ in {"rather", "sooner"} for c in verb.children)  # "I'd sooner stick pins in my eyes"
    if (
        worse
        and lemma in _HURTING
        and any(t.lower_ in {"my", "own"} and t.head.lemma_.lower() in _BODY for t in verb.subtree)
    ):
        return True
    for noun in verb.subtree:
        deeds = _FANCIES.get(noun.lemma_.lower(), "").split()
        holder = noun.head.head if noun.dep_ == "pobj" and "go" in deeds else noun.head
        if deeds and (noun == verb or (noun.dep_ in {"dobj", "attr", "pobj"} and holder == verb and lemma in deeds)):
            return True
    return False


def is_set_aside(verb: Token) -> bool:
    """Tell whether it is supposed only to be set aside: "if you'd give me a year for free I'd still have her typing"."""
    for node in _up(verb):
        supposed = node.dep_ == "advcl" and any(c.lower_ == "if" and c.dep_ == "mark" for c in node.children)
        unreal = any(c.dep_ == "aux" and c.lower_ in {"would", "'d", "’d"} for c in node.head.children)
        if supposed and unreal and any(c.lower_ == "still" and c.dep_ == "advmod" for c in node.head.children):
            return True
    return False


def is_disclaimed(verb: Token) -> bool:
    """Tell whether the speaker says not to be after it: "I'm not trying to fiddle anything"."""
    for node in _up(verb):
        if node.lower_ in {"trying", "asking"} and is_negated(node) and any(c.dep_ == "aux" for c in node.children):
            return doer_of(node) is not None
        if node.dep_ == "ccomp" and node.i < node.head.i:
            return False  # "I need time to get there, I'm not asking for much"
    return False


def is_promise(verb: Token) -> bool:
    """Tell whether the speaker only repeats a promise: "I tap it and say I'll ring you back", "I said I'd keep it"."""
    doer = doer_of(verb)
    words = {c.lower_ for c in verb.children}
    would = words & {"'d", "’d"} and not words & {"rather", "sooner"} and verb.lemma_.lower() not in _WISHES
    promised = bool(would) or any(c.dep_ == "aux" and c.lower_ in {"'ll", "’ll", "will"} for c in verb.children)
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
    return duty and any(_tells_one_time(t, verb) for t in had.subtree if t.lower_ in _ONCE)


def _tells_one_time(word: Token, verb: Token) -> bool:
    """Tell whether "once", "yesterday" or "last" says when it was: not "once a week", "more than once", "make it last"."""
    if word.lower_ == "last":
        return word.dep_ == "amod" and word.head.dep_ in _MAIN
    if word.lower_ == "yesterday":
        return word.head in {verb, verb.head}
    before, after = (word.nbor(-1).lower_ if word.i else ""), (word.nbor(1) if word.i + 1 < len(word.doc) else None)
    alone = after is None or after.is_punct or after.lower_ in {"when", "in", "on", "at", "for"}
    return alone and before not in {"than", "at", "all", "just", "only"}


def is_to_listener(verb: Token) -> bool:
    """Tell whether the speaker would do it to the listener: "I'd love to help you", "it'd be good to talk to you again"."""
    subject, own = subject_of(verb), doer_of(verb)
    mine = subject is not None and subject.lower_ in {"i", "we"}
    idle = own is None and verb.tag_ == "VB" and (subject is None or subject.lower_ in {"it", "that"})
    let = verb.head if verb.dep_ == "ccomp" else verb  # "I want to let you know"
    served = [*let.children, *(d for c in let.children if (d := doer_of(c)) is not None)]
    if let.lemma_.lower() == "let" and any(t.lower_ == "you" and t.i > let.i for t in served):
        giver = subject_of(let)
        return giver is None or giver.lower_ in {"i", "we"}
    objects = [
        *verb.children,
        *(p for c in verb.children if c.dep_ == "prep" and c.lower_ in _TO_LISTENER for p in c.children),
    ]
    yours = any(t.lemma_.lower() in _THEIRS and any(c.lower_ == "your" for c in t.children) for t in objects)
    you = any(t.lower_ == "you" and t.i > verb.i and t.dep_ in {"dobj", "dative", "pobj"} for t in objects)
    return (mine or idle) and (yours or you)


def is_request(verb: Token) -> bool:
    """Tell whether the listener is to do it: "I need you to click on it"; "I wish you could see it" is anybody's wish."""
    if any(c.lower_ in {"me", "us"} and c.i == verb.i + 1 for c in verb.children):
        return False  # "I want you to remind me": the speaker wants to be reminded
    for node in _said_with(verb):
        told, asking = doer_of(node), doer_of(node.head)
        if told is None or told.left_edge.lower_ != "you" or node.dep_ != "ccomp" or asking is None:
            continue
        able = any(c.dep_ == "aux" and c.lower_ in {"can", "could"} for c in node.children)
        return asking.lower_ in {"i", "we"} and node.head.lemma_.lower() in _WISHES | {"ask"} and not able
    return False


def is_misread(verb: Token) -> bool:
    """Tell whether "be" or a verb was read apart from what it belongs to: "there to | be", "something that I could | carry"."""
    if follows_there(verb):
        return True
    named = any(c.dep_ == "dobj" and c.i < verb.i for c in verb.head.children)
    relative = verb.dep_ == "ccomp" and any(c.lower_ == "that" and c.i < verb.i for c in verb.children)
    return relative and named and verb.head.lemma_.lower() in {"want", "need", "like"}


def is_consent(verb: Token) -> bool:
    """Tell whether the speaker only would not mind: "I'd be happy to answer it"; not "I'd be happy just to know"."""
    glad = verb.head
    be = glad.head
    told = verb.dep_ == "xcomp" and glad.lower_ in {"happy", "willing"} and be.lemma_ == "be"
    would = any(c.dep_ == "aux" and c.lower_ in _OFFERS | {"would", "'d", "’d"} for c in be.children)
    return told and would and not any(t.lower_ in {"just", "only"} for t in be.subtree)


def is_only_moving(verb: Token) -> bool:
    """Tell whether what is unwanted is told by the next verb: "I don't want to | wake up | and find the pipes frozen"."""
    wish = verb.head
    unwanted = verb.dep_ == "xcomp" and wish.lemma_.lower() == "want" and is_negated(wish)
    goes_on = any(c.dep_ == "conj" and c.tag_ == "VB" and doer_of(c) is None for c in verb.children)
    placed = any(c.dep_ in {"dobj", "prep"} for c in verb.children)
    return unwanted and verb.lemma_.lower() in _MOVING and goes_on and not placed


def is_unwanted_end(verb: Token) -> bool:
    """Tell whether a verb behind "is" says what is not wanted: "what I don't want is to pay twice"."""
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head != node and node.lemma_ != "be":
        node = node.head
    wishes = (
        [c for c in node.children if c.dep_ == "csubj" and c.lemma_.lower() in _WISHES | {"try"}]
        if node != verb
        else []
    )
    return any(
        is_negated(w) or any(c.dep_ == "xcomp" and c.lemma_.lower() in AVOIDING for c in w.children) for w in wishes
    )
