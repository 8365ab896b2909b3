"""What hangs on a verb in, whether the verb says too little without it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHETHER = frozenset("if whether how what where why which who that".split())
_KNOWING = frozenset(
    "remind show teach explain remember forget see know check find tell decide ask understand learn wonder verify figure "
    "sure ensure".split()
)
_MAKING = frozenset("make let have help see hear watch feel get".split())
SEEMING = frozenset("sound look feel seem be act write read".split())
MEASURES = frozenset("time day week month year lot bit morning evening night way hour minute percent weekend".split())


def is_predicate(word: Token) -> bool:
    """Tell whether a lone preposition or adverb is what "be" says: "that she's up and about", "that it's on"."""
    alone = not any(c.dep_ in {"pobj", "pcomp", "prep", "amod"} for c in word.children)
    misread = word.dep_ == "punct" and word.is_alpha
    nothing_else = not any(c.dep_ in {"attr", "acomp"} for c in word.head.children)
    return alone and nothing_else and word.i <= word.head.i + 2 and (misread or word.dep_ == "prep")


def is_next_thought(child: Token) -> bool:
    """Tell whether advice follows without a mark: "if you want to keep your hens | mend the fence"."""
    verb = child.head
    bare = child.tag_ == "VB" and not any(c.dep_ in {"aux", "mark", "nsubj"} for c in child.children)
    wish = verb.head if verb.dep_ == "xcomp" else verb
    supposed = any(c.lower_ == "if" for c in wish.lefts) and any(c.lower_ == "you" for c in wish.lefts)
    told = any(c.dep_ in {"dobj", "dative"} and verb.i < c.i < child.i for c in verb.children)
    return bare and supposed and told and verb.lemma_.lower() not in _MAKING and child.pos_ == "VERB"


def is_needed(prep: Token) -> bool:
    """Tell whether a verb says nothing without its preposition: "sound like an expert", "deal with complaints"."""
    return prep.i == prep.head.i + 1 and not any(c.dep_ in {"dobj", "attr", "acomp"} for c in prep.head.children)


def leads_object(prep: Token) -> bool:
    """Tell whether the object right behind was given to the verb: "stay off | social media"."""
    return any(c.dep_ == "dobj" and c.left_edge.i == prep.i + 1 for c in prep.head.children)


def _fills_time(child: Token) -> bool:
    """Tell whether a clause says what time goes to: "spend more of my time reading", "take the time to read it"."""
    verb, doing = child.head, child.tag_ == "VBG" and not any(c.dep_ == "mark" for c in child.children)
    between = verb.doc[verb.i + 1 : child.left_edge.i]
    timed = any(t.lemma_.lower() in MEASURES for t in between) and not any(t.is_punct for t in between)
    spends = verb.lemma_.lower() in {"spend", "waste"} and doing
    return timed and (spends or (verb.lemma_.lower() == "take" and child.tag_ == "VB"))


def completes(child: Token) -> bool:
    """Tell whether a clause after a verb is what is known or asked: "see if it fits"."""
    if _fills_time(child):
        return True
    if _is_got_to(child):
        return True
    marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"}}
    likened = marks & {"like", "as"} and _seems(child.head)
    return bool(likened or (marks & _WHETHER and child.head.lemma_.lower() in _KNOWING))


def _seems(verb: Token) -> bool:
    """Tell whether a verb says how somebody or something is taken: "sound", "come across", "come off"."""
    taken = verb.lemma_.lower() == "come" and any(c.lower_ in {"across", "off"} for c in verb.children)
    return taken or verb.lemma_.lower() in SEEMING


def _is_got_to(child: Token) -> bool:
    """Tell whether a clause says what somebody is got to do: "get the lad to do it again"."""
    led = child.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    return (
        led
        and child.head.lemma_.lower() == "get"
        and child.nbor(-2).dep_ == "dobj"
        and child.nbor(-2).head == child.head
    )


def is_led_back(prep: Token) -> bool:
    """Tell whether a lone preposition says where "back" is: "switch it back | on at night"."""
    return bool(prep.i and prep.nbor(-1).lower_ == "back" and prep.nbor(-1).head == prep.head)


def is_left(child: Token) -> bool:
    """Tell whether a participle says what is the case with the thing before it: "had nine days | left"."""
    if child.tag_ != "VBN" or not child.i or child.nbor(-1).dep_ not in {"dobj", "attr"}:
        return False
    thing = child.nbor(-1)
    return child.head in {thing, thing.head} and thing.head.lemma_.lower() in {"have", "be"}


def strays(adverb: Token) -> bool:
    """Tell whether an adverb behind what is asked may go with the verb before it: "see what I did wrong really | well"."""
    verb = adverb.head
    if adverb.dep_ != "advmod" or adverb.tag_ != "RB" or not any(t.tag_[:1] == "W" for t in verb.lefts):
        return False
    return any(verb.i < c.i < adverb.left_edge.i and c.dep_ != "neg" for c in verb.children)
