"""Sentence of struggle in, what its end would be out: "I forget the slips" to "that I don't forget the slips".

Who tells of a struggle seldom says as well that it should end. So where no one says what a goal is for, a struggle can stand
there, turned round, if its own words say that it is one. Whether it is the goal's struggle at all, the learned judge of pairs
says. The denial is nobody's word: `Wording.added` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..grammar.borders import before_the_next, is_persona, runs_on
from ..grammar.clauses import instructs_tool, names_technology
from ..grammar.inflection import person_of, present, subject_before
from ..grammar.negation import is_negated
from ..grammar.tense import in_present
from ..grammar.trees import clause
from ..grammar.wording import Wording, render, worded
from ..vetoes.unmeant import BURDENS
from .outcomes import TECHNOLOGY_COST
from .situations import WELL, is_told_struggle

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# struggles by themselves, whoever has them
_STRUGGLES = BURDENS | frozenset(
    "lose waste forget miss worry panic struggle dread fret fumble fail rewrite repeat guess drown stumble freeze second-guess "
    "procrastinate crash vanish disappear overlap overrun confuse frustrate overwhelm exhaust drain scare embarrass irritate distract "
    "interrupt".split()
)
# ... and with what is said of them
_SPENDING = frozenset("spend take cost".split())
_TURNING_OUT = frozenset("go get feel look sound end keep run come turn".split())
_BAD = frozenset(
    "wrong lost missing late stuck behind worried scared afraid nervous anxious stressed tired exhausted overwhelmed confused "
    "embarrassed ashamed guilty stupid silly useless awful terrible lonely helpless messy frustrated annoyed rude pushy awkward unsure "
    "unprepared muddled jammed forgotten unpaid".split()
)
_AGAIN = frozenset("again twice back round around manually whole every everything hours days weeks".split())
_PEOPLE = frozenset(
    "mum mother dad father son daughter wife husband brother sister friend child kid baby him her them you".split()
)
_POINTING = frozenset("it this that these those one which who what they".split())
_TO_COME = frozenset("will 'll ’ll wo".split())
_HAVE = frozenset("'ve ’ve".split())  # "I've to ring them"
# how often something happens: turned round, it is never to happen
_OFTEN = frozenset(
    "always often sometimes constantly frequently usually just still even only also actually then nearly almost recently really "
    "rather".split()
)
_DENIED = re.compile(r"\b(?:no|nothing|nobody|none|neither|nor|without|hardly|barely|never)\b|n['’]t\b", re.I)
_DENIAL = re.compile(r"\b(?:not|\w+n['’]t)(?!\w)")


def turned_of(doc: Doc) -> Iterator[Wording]:
    """Yield the clauses of a sentence of struggle that are a struggle by their words, turned round, as they follow "so".

    Parameters
    ----------
    doc : Doc
        A parsed sentence in which somebody tells of a struggle of their own.

    Yields
    ------
    Wording
        "that I don't forget the slips"; its place is the clause as it was said.
    """
    for verb in doc:
        subject = subject_before(verb)
        if subject is None or is_negated(verb) or not is_told_struggle(verb) or not _is_struggle(verb, subject):
            continue
        if is_persona(verb, subject, "") or instructs_tool(verb):
            continue
        found = _turned(verb, subject)
        if found is not None:
            yield found


def _is_struggle(verb: Token, subject: Token) -> bool:
    """Tell whether the words of a clause are a struggle, and not only what happened in a story of one."""
    own, lemma = subject.lower_ in {"i", "we"}, verb.lemma_.lower()
    after = [t for t in verb.subtree if t.i > verb.i]
    if any(c.dep_ == "aux" and c.lower_ in _TO_COME for c in verb.children) or any(t.lower_ in WELL for t in after):
        return False
    if subject.lower_ in _POINTING and not (subject.lower_ == "it" and lemma in _SPENDING):
        return False  # the words do not name it
    if lemma in _SPENDING:
        return (own and lemma == "spend") or any(t.lower_ in {"me", "us"} for t in after)
    if lemma == "miss" and verb.tag_ in {"VBP", "VBZ", "VB"}:
        return False  # "I miss the old shop" is a longing
    if lemma in _STRUGGLES:
        return not any(t.lower_ in _PEOPLE and t.head == verb for t in after)  # "I lost my mum"
    if own and (lemma == "have" or verb.lower_ in _HAVE):
        return any(c.dep_ == "xcomp" and c.tag_ == "VB" and _is_burden(c) for c in verb.children)
    told = [c for c in verb.children if c.i > verb.i and c.dep_ in {"acomp", "advmod", "oprd", "prt", "attr", "prep"}]
    if lemma in {"be", *_TURNING_OUT}:
        held = any(c.dep_ == "dobj" for c in verb.children)  # "I kept the book going"
        ends = own and not held and lemma in {"end", "keep"} and any(c.tag_ == "VBG" for c in verb.children)
        likened = own and lemma in {"feel", "look", "sound"} and any(c.lower_ == "like" for c in told)
        return ends or likened or any(c.lower_ in _BAD for c in told)
    return False


def _is_burden(duty: Token) -> bool:
    """Tell whether what somebody has to do is work that nobody would want: "ring round all the factors", "type it again"."""
    return duty.lemma_.lower() in _STRUGGLES or any(t.lower_ in _AGAIN for t in duty.subtree if t.i > duty.i)


def _turned(verb: Token, subject: Token) -> Wording | None:
    tokens = before_the_next(clause(verb, subject), verb)
    if verb not in tokens or tokens[-1].lemma_ == "be" or any(_is_dated(t) for t in verb.subtree):
        return None
    if verb.lemma_.lower() == "spend" and not any(t.head == verb and t.dep_ in {"dobj", "npadvmod"} for t in tokens):
        return None  # "we spent on limes"
    edits = in_present(verb, subject, tokens)
    denied = _denied(verb, subject, edits)
    if denied is None:
        return None
    said = render(tokens, edits)
    text = render(tokens, edits | {t.i: "" for t in tokens if t.lower_ in _OFTEN and t.dep_ == "advmod"} | denied)
    if len(text.split()) < 4 or _DENIED.search(said):
        return None
    extra = 0.15 + TECHNOLOGY_COST * names_technology(text) + 0.4 * runs_on(verb, tokens) + 0.3 * (" which " in text)
    found = worded(f"that {text}", tokens, extra + 0.2 * (subject.lower_ not in {"i", "we"}))
    return replace(found, added=tuple(_DENIAL.findall(text))[:1])


def _is_dated(word: Token) -> bool:
    return word.lower_ == "ago" or re.fullmatch(r"(?:19|20)\d\d", word.text) is not None


def _denied(verb: Token, subject: Token, edits: dict[int, str]) -> dict[int, str] | None:
    """Return the replacements that make a clause say that it is not so; None where it has a helper that this cannot be said of."""
    person = "they" if subject.lower_ == "we" else person_of(subject)
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.i < verb.i and edits.get(c.i, c.text)]
    if verb.lemma_.lower() == "be" and not helpers:
        return {verb.i: f"{_spaced(verb)}{present('be', person)} not"}
    if not helpers:
        if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VB"}:
            return None
        lemma = "have" if verb.lower_ in _HAVE else verb.lemma_.lower()
        return {verb.i: f"{_spaced(verb)}{present('do', person)}n't {lemma}"}
    first = helpers[0]
    if first.lemma_.lower() == "be" or edits.get(first.i, first.lower_) in {"am", "is", "are", "'m", "'re", "'s"}:
        return {first.i: f"{_spaced(first)}{present('be', person)} not"}
    return None


def _spaced(token: Token) -> str:
    return " " * (token.i > 0 and not token.nbor(-1).whitespace_)  # "I'm" is two tokens
