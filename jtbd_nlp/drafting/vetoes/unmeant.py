"""Verb of a parsed sentence in, whether the words around it make it no goal of the speaker's: a habit, a way of speaking, another's try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRYING = frozenset("struggle try need want hope wish learn".split())
_DUTY = frozenset("have had 'd ’d".split())
_COMING = frozenset("know see meet like enjoy be".split())
_STAGES = frozenset("point stage place".split())
BURDENS = frozenset("chase hassle nag beg redo retype resort hunt scramble juggle apologise apologize".split())
_RELATIVES = frozenset("that who which".split())


def is_unmeant(verb: Token) -> bool:
    """Tell whether a verb is said, but not as what the speaker is after."""
    if verb.lemma_.lower() == "struggle":
        return True  # what is struggled for may be a goal
    told = is_asked_of_me(verb) or is_for_the_asker(verb) or is_far_off(verb)
    return (
        told
        or is_habit(verb)
        or is_said_to_you(verb)
        or is_anothers_try(verb)
        or is_things_state(verb)
        or is_forced(verb)
        or is_burden(verb)
        or is_errand(verb)
        or is_price(verb)
        or leads_speech(verb)
        or is_reached(verb)
        or is_too_late(verb)
    )


def is_too_late(verb: Token) -> bool:
    """Tell whether it was not done and cannot be any more: "if I'd given her them a month before"."""
    had = any(c.dep_ == "aux" and c.lower_ in {"had", "'d", "’d"} for c in verb.children)
    return verb.tag_ == "VBN" and had and any(c.lower_ == "if" and c.i < verb.i for c in verb.children)


def is_reached(verb: Token) -> bool:
    """Tell whether it has come about, and is not sought: "I got to know the nurses"; "I've got to know by noon" is."""
    got = verb.head
    duty = any(
        c.dep_ == "aux" and c.lower_ in {"have", "'ve", "’ve", "has", "'s", "’s", "had", "'d", "’d"}
        for c in got.children
    )
    return verb.dep_ in {"xcomp", "ccomp"} and got.lower_ == "got" and not duty and verb.lemma_.lower() in _COMING


def leads_speech(verb: Token) -> bool:
    """Tell whether what is said follows behind a mark, and would be cut off: "I wanted somebody to say, Ann, it's fine"."""
    following = verb.doc[verb.i + 1 : verb.i + 2].text
    return verb.lemma_.lower() == "say" and following[:1] in {",", ":", '"', "“", "‘"}


def is_price(verb: Token) -> bool:
    """Tell whether a verb says what would be put up with: "I'd rather lose a day than lose the client"."""
    return worse_of(verb) is not None


def worse_of(verb: Token) -> Token | None:
    """Return the verb of what is to be avoided: "lose the client" of "I'd rather lose a day than lose the client"."""
    if not any(t.lower_ in {"rather", "sooner"} for c in verb.lefts for t in (c, *c.children) if t.dep_ == "advmod"):
        return None
    for child in (c for c in verb.subtree if c.i > verb.i):
        than = any(c.lower_ == "than" and c.i == child.left_edge.i for c in child.children)
        below = child.dep_ == "pcomp" and child.head.lower_ == "than"
        if (than or below) and child.tag_ in {"VB", "VBG", "VBP"} and child.pos_ == "VERB":
            return child
    return None


def is_habit(verb: Token) -> bool:
    """Tell whether a verb says what somebody does or is like: "we tend to ring the loudest", "I've been known to shout"."""
    head = verb.head
    tends = head.lemma_.lower() == "tend"
    known = any(h.lower_ == "known" and any(c.dep_ == "auxpass" for c in h.children) for h in (head, head.head))
    return verb.dep_ in {"xcomp", "ccomp"} and (tends or known)


def is_said_to_you(verb: Token) -> bool:
    """Tell whether somebody only speaks to who listens: "I can tell you the price of a box"."""
    told = any(c.dep_ in {"dobj", "dative"} and c.lower_ == "you" for c in verb.children)
    return told and verb.lemma_.lower() == "tell" and any(c.lower_ == "i" and c.dep_ == "nsubj" for c in verb.children)


def is_anothers_try(verb: Token) -> bool:
    """Tell whether somebody else is at it: "a child I work with that is struggling to swallow again"."""
    head = verb.head
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    relative = head.dep_ == "relcl" and subject is not None and subject.lower_ in _RELATIVES
    stranded = subject is None and any(
        c.lower_ in {"is", "are", "was", "were"} and c.nbor(-1).lower_ in _RELATIVES
        for c in head.children
        if c.dep_ == "aux" and c.i
    )
    return verb.dep_ == "xcomp" and (relative or stranded) and head.lemma_.lower() in _TRYING


def is_things_state(verb: Token) -> bool:
    """Tell whether a thing, not the speaker, is to be so: "I'd like the money part to be taken care of"."""
    passive = any(c.dep_ == "auxpass" and c.lemma_ == "be" for c in verb.children)
    led = passive and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    return (
        led
        and verb.dep_ == "relcl"
        and verb.head.dep_ == "dobj"
        and verb.head.head.lemma_.lower() in _TRYING | {"like", "love"}
    )


def is_forced(verb: Token) -> bool:
    """Tell whether a verb is what trouble was taken for: "I had to drive out there, just to look at my own work"."""
    just = any(c.lower_ in {"just", "only"} and c.dep_ == "advmod" and c.i < verb.i for c in verb.children)
    return just and verb.dep_ == "advcl" and verb.tag_ == "VB" and {verb.head.lemma_.lower(), verb.head.lower_} <= _DUTY


def is_asked_of_me(verb: Token) -> bool:
    """Tell whether somebody or something only asks whether it is wished: "it asks if I would like to set up a rule"."""
    wish = verb.head
    asked = any(c.lower_ in {"if", "whether"} and c.dep_ == "mark" for c in wish.children)
    return verb.dep_ == "xcomp" and asked and wish.dep_ == "ccomp" and wish.head.lemma_.lower() in {"ask", "wonder"}


def is_for_the_asker(verb: Token) -> bool:
    """Tell whether it is said to who asks: "I'm eager to read your questions", "I'd like to see you do well"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "ccomp"} and c.i > verb.i]
    asked = any(o.lemma_.lower() == "question" and any(c.lower_ == "your" for c in o.children) for o in objects)
    seen = verb.lemma_ == "see" and any(c.dep_ == "nsubj" and c.lower_ == "you" for o in objects for c in o.children)
    return asked or seen


def is_far_off(verb: Token) -> bool:
    """Tell whether it is not yet wanted: "we are not at the point where we want to drop it"."""
    wish = verb.head if verb.dep_ == "xcomp" else verb
    placed = any(c.lower_ == "where" for c in (*wish.children, *verb.children)) and wish.dep_ in {"advcl", "relcl"}
    above = [t for t in wish.ancestors if t.lemma_ == "be" and is_negated(t)]
    return placed and any(p.lemma_.lower() in _STAGES for be in above[:1] for c in be.children for p in c.children)


def is_burden(verb: Token) -> bool:
    """Tell whether somebody has to, and would rather not: "I've to run after the ten pounds", "I have to resort to Excel"."""
    burden = verb.lemma_.lower() in BURDENS or (
        verb.lemma_ == "run" and any(c.lower_ == "after" for c in verb.children)
    )
    return (
        burden
        and verb.dep_ == "xcomp"
        and bool({verb.head.lemma_.lower(), verb.head.lower_} & (_DUTY | {"'ve", "’ve", "got"}))
    )


def is_errand(verb: Token) -> bool:
    """Tell whether somebody only says that they must be off: "I've got to get the kids"."""
    return bool(verb.dep_ == "xcomp" and verb.head.lower_ == "got" and sum(t.is_alpha for t in verb.subtree) <= 4)
