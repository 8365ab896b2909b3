"""Verb of a parsed sentence in, who says it of whom and what is asked or denied with it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of, subject_of
from ..grammar.negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKERS = frozenset("i we you".split())
_ASKING = frozenset("who what which where when how why whether if whose".split())
_CLAUSES = frozenset("ccomp xcomp acl advcl relcl pcomp".split())
_PRONOUNS = frozenset("it this that them him her me us you something anything nothing which what who".split())
_PUZZLING = frozenset("think expect".split())  # "I don't know what I was thinking" is a way of speaking
_WISHES = frozenset("want need hope prefer".split())
_WOULD = frozenset("would 'd ’d".split())
_OWN = frozenset("i we".split())
_IDLE = frozenset("it that this which what there".split())
_PEOPLE = frozenset("somebody someone anybody anyone him her them people".split())


def asked_of(verb: Token) -> Token | None:
    """Return the verb of the clause that asks what is not known: "who has it", "whether it came"."""
    clauses = (c for c in verb.children if c.dep_ in _CLAUSES and c.i > verb.i)
    return next((c for c in clauses if _asks(c)), None)


def _asks(clause: Token) -> bool:
    first = next(iter(clause.subtree))
    doer = doer_of(clause)
    feeling = {"want", "have", "like", "mean"} & {clause.lemma_.lower(), clause.head.lemma_.lower()}
    mine = doer is not None and doer.lower_ in SPEAKERS and bool(feeling)
    untold = doer is not None and doer.lower_ in {"that", "it", "this", "they", "he", "she"}
    past = clause.tag_ == "VBD" or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in clause.children)
    puzzled = past and doer is not None and doer.lower_ == "i" and clause.lemma_.lower() in _PUZZLING
    moved = has_auxiliary(clause, {"would", "'d", "’d"})  # "I don't know what I'd do"
    if not any(t.pos_ in {"VERB", "AUX"} for t in clause.subtree):
        return False  # "I don't know which frog"
    return first.lower_ in _ASKING and not (moved or mine or untold or puzzled) and clause.i - first.i < 12


def follows(verb: Token, below: Token) -> bool:
    """Tell whether nobody else stands between a wish and what is wished: not "I'd like it to tell them"."""
    between = verb.doc[verb.i + 1 : below.i]
    return all(
        t.pos_ not in {"NOUN", "PRON", "PROPN"} or t.dep_ in {"npadvmod", "intj"} or t.lower_ == "time" for t in between
    )


def follows_there(verb: Token) -> bool:
    """Tell whether "there to" stands before a verb: "I'd like there to be a list"."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    return to is not None and to.i > 0 and to.nbor(-1).lower_ == "there" and to.nbor(-1).tag_ == "EX"


def is_question(verb: Token) -> bool:
    """Tell whether somebody is asked: "do you want to see it"."""
    subject = doer_of(verb)
    supposed = any(c.lower_ == "if" for c in verb.children)  # "it asks if I want to see it"
    asked = (c for c in verb.children if c.dep_ == "aux" and c.lemma_.lower() == "do")
    return supposed or (subject is not None and any(c.i < subject.i for c in asked))


def is_described(noun: Token) -> bool:
    """Tell whether a noun that is wanted says what it is to be like: "one price with everything in it"."""
    own = noun.pos_ in {"NOUN", "PRON"} and noun.lower_ not in _PRONOUNS
    after = [
        c for c in noun.children if c.dep_ in {"relcl", "acl", "prep"} and c.i > noun.i and len(list(c.subtree)) > 1
    ]
    does = any(
        c.dep_ in {"acl", "relcl"} and is_infinitive(c) for c in noun.children
    )  # "the lads to say so" is their doing
    return own and bool(after) and not does


def is_offered(verb: Token) -> bool:
    """Tell whether a need is everybody's or a verb has more to say: "you need a code", "I want it done"."""
    subject = subject_of(verb)
    general = subject is not None and subject.lower_ == "you"
    return general or any(c.dep_ in {"xcomp", "ccomp", "oprd"} and c.i > verb.i for c in verb.children)


def is_speakers(verb: Token) -> bool:
    """Tell whether the subject of a verb is the speaker, or anybody: I, we, you."""
    subject = subject_of(verb)
    return subject is not None and subject.lower_ in SPEAKERS


def is_denied_before(verb: Token) -> bool:
    """Tell whether a verb is negated before it: "I want the one, not the other" is not."""
    return is_negated(verb) and any(
        (c.dep_ == "neg" and c.i < verb.i) or c.lower_ in {"never", "hardly", "rarely"} or c.dep_ == "nsubj"
        for c in verb.children
        if c.dep_ != "nsubj" or c.lower_ in {"nobody", "nothing", "none"}
    )


def has_auxiliary(verb: Token, words: set[str] | frozenset[str]) -> bool:
    """Tell whether one of these auxiliaries stands with a verb."""
    return any(c.dep_ == "aux" and c.lower_ in words for c in verb.children)


def is_infinitive(verb: Token) -> bool:
    """Tell whether "to" leads a verb."""
    return verb.tag_ in {"VB", "VBN"} and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def below_able(verb: Token) -> Token:
    """Return "see" of "be able to see"."""
    able = next((c for c in verb.children if c.lower_ == "able"), None)
    below = None if able is None else next((c for c in able.children if c.dep_ == "xcomp"), None)
    return verb if below is None else below


def is_wish(verb: Token) -> bool:
    """Tell whether the speaker wants something: I want, need, I'd like; nobody is asked and it is not denied."""
    lemma = verb.lemma_.lower()
    if lemma not in _WISHES and not (lemma in {"like", "love"} and has_auxiliary(verb, _WOULD)):
        return False
    subject = doer_of(verb)
    own = subject is not None and subject.lower_ in _OWN
    return verb.pos_ == "VERB" and own and not is_denied_before(verb) and not is_question(verb)


def is_own_wish(verb: Token) -> bool:
    """Tell whether a verb is what the speaker wants or does not want, whoever else the sentence tells of."""
    wishes = {*_WISHES, "like", "love"}
    wish = next((t for t in verb.ancestors if t.lemma_.lower() in wishes and t.pos_ in {"VERB", "AUX"}), None)
    doer = None if wish is None else doer_of(wish)
    if wish is None or doer is None or doer.lower_ not in _OWN or is_question(wish):
        return False
    above = (doer_of(t) for t in wish.ancestors)
    return all(d is None or d.lower_ in _OWN | _IDLE for d in above)  # "she said I want to see it"


def of_person(verb: Token) -> bool:
    """Tell whether somebody who is wanted is to do it: "I'd like somebody to walk through it", not "somebody to talk to"."""
    who = verb.head
    led = verb.dep_ in {"relcl", "acl"} and is_infinitive(verb) and who.lower_ in _PEOPLE and doer_of(verb) is None
    stranded = any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
    next_to = any(c.lower_ == "to" and c.i == who.i + 1 for c in verb.children)
    return led and next_to and not stranded and who.dep_ == "dobj"
