"""Sentence of struggle in, what its end would be out: "I forget the slips" to "that I don't forget the slips".

Who tells of a trouble seldom says as well that it should end. So where no one says what a goal is for, what is told of as a
struggle can stand there, turned round: what happens does not, and what cannot be done can. Whether it is the goal's trouble
at all, the learned judge of pairs says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .borders import before_the_next, is_persona, runs_on
from .clauses import instructs_tool, names_technology
from .inflection import person_of, present, subject_before
from .negation import is_negated
from .outcomes import TECHNOLOGY_COST
from .situations import is_told_struggle
from .tense import in_present
from .trees import clause
from .wording import Wording, render, worded

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# troubles by themselves, whoever has them
_TROUBLES = frozenset(
    "lose waste forget miss worry panic struggle dread stress fret fumble mess fail suffer redo retype rewrite repeat chase "
    "hunt scramble guess cry snap argue nag beg apologise apologize drown lie hassle bother stumble freeze doubt regret "
    "second-guess procrastinate crash break vanish disappear slip leak clash overlap overrun bounce rot spoil confuse annoy "
    "frustrate overwhelm exhaust drain scare embarrass upset irritate distract interrupt".split()
)
# ... and with what is said of them
_WELL = frozenset("better faster easier quicker more confident comfortable happy good great glad best".split())
_SPENDING = frozenset("spend take cost".split())
_TURNING_OUT = frozenset("go get feel look sound end keep fall run come seem turn".split())
_BAD = frozenset(
    "wrong lost missing late stuck behind worried scared afraid nervous anxious stressed tired exhausted overwhelmed confused "
    "embarrassed embarrassing ashamed guilty stupid silly useless bad awful terrible sick lonely alone lost helpless slow messy "
    "frustrated annoyed angry upset rude pushy awkward unsure unprepared flat short double twice cold blank mixed muddled "
    "broken jammed blocked empty forgotten unpaid damp difficult hard".split()
)
_HAVE = frozenset("'ve ’ve".split())  # "I've to ring them"
_POINTING = frozenset("this that these those one which who what".split())
_ABLE = frozenset("ca can could".split())
_TO_COME = frozenset("will 'll ’ll wo".split())
_DO = frozenset("do does did".split())
# how often something happens: turned round, it is never to happen
_OFTEN = frozenset(
    "always often sometimes constantly frequently usually just still even only also actually then nearly almost recently really".split()
)
# what nobody has or does enough of: turned round it is had or done
_WANTING = frozenset("know have remember understand feel trust see find get sleep remember".split())
_UNSURE = frozenset("sure certain clear confident comfortable able easy".split())
# stays a trouble when it is turned round, or says too little
_NO_END = frozenset(
    "want hope wish prefer like love enjoy think guess believe mean say suppose imagine try need use help".split()
)
_NEGATED_ALREADY = re.compile(r"\b(?:no|nothing|nobody|none|neither|nor|without|hardly|barely|never)\b", re.I)


def turned_of(doc: Doc) -> Iterator[Wording]:
    """Yield the clauses of a sentence of struggle, turned round, as they follow "so".

    Parameters
    ----------
    doc : Doc
        A parsed sentence in which somebody tells of a struggle of their own.

    Yields
    ------
    Wording
        "that I don't forget the slips", "that I know who has paid"; its place is the clause as it was said.
    """
    for verb in doc:
        subject = subject_before(verb)
        if subject is None or not is_told_struggle(verb) or verb.lemma_.lower() in _NO_END:
            continue
        if subject.lower_ in _POINTING or is_persona(verb, subject, "") or instructs_tool(verb):
            continue
        found = _turned(verb, subject) if _is_trouble(verb, subject) else None
        if found is not None:
            yield found


def _is_trouble(verb: Token, subject: Token) -> bool:
    """Tell whether the words of a clause are a trouble, and not only what happened in a story of one."""
    own, lemma = subject.lower_ in {"i", "we"}, verb.lemma_.lower()
    if any(c.dep_ == "aux" and c.lower_ in _TO_COME for c in verb.children):
        return False
    if is_negated(verb):
        return own
    if any(t.lower_ in _WELL for t in verb.subtree) or (subject.lower_ == "it" and lemma not in _SPENDING):
        return False  # a gain told beside a trouble; or something that the words do not name
    if lemma in _TROUBLES:
        return True
    after = [t for t in verb.subtree if t.i > verb.i]
    if lemma in _SPENDING:
        return (own and lemma == "spend") or any(t.lower_ in {"me", "us"} for t in after)
    if own and (lemma == "have" or verb.lower_ in _HAVE):
        return any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    told = [c for c in verb.children if c.i > verb.i and c.dep_ in {"acomp", "advmod", "oprd", "prt", "attr", "prep"}]
    if lemma in {"be", *_TURNING_OUT}:
        ends = lemma in {"end", "keep"} and any(c.tag_ == "VBG" for c in verb.children)
        likened = lemma in {"feel", "look", "sound"} and any(c.lower_ == "like" for c in told)
        return ends or likened or any(t.lower_ in _BAD for c in told for t in (c, *c.children))
    return own and verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in verb.children)


def _turned(verb: Token, subject: Token) -> Wording | None:
    tokens = before_the_next(clause(verb, subject), verb)
    if verb not in tokens or tokens[-1].lemma_ == "be":
        return None
    edits = in_present(verb, subject, tokens)
    turned = _affirmed(verb, subject) if is_negated(verb) else _denied(verb, subject, edits)
    if turned is None:
        return None
    text = render(tokens, edits | {t.i: "" for t in tokens if t.lower_ in _OFTEN and t.dep_ == "advmod"} | turned)
    if len(text.split()) < 4 or _NEGATED_ALREADY.search(text):
        return None
    extra = 0.15 + TECHNOLOGY_COST * names_technology(text) + 0.4 * runs_on(verb, tokens)
    extra += 0.25 * (
        verb.tag_ == "VBG" and verb.lemma_.lower() not in _TROUBLES
    )  # what is going on is seldom all the trouble
    extra += 0.2 * (subject.lower_ not in {"i", "we"}) + 0.3 * (" which " in text)
    able = text.removeprefix("I can ")
    return worded(able if able != text else f"that {text}", tokens, extra)


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


def _affirmed(verb: Token, subject: Token) -> dict[int, str] | None:
    """Return the replacements that make a clause say that what is not so is so."""
    person = "they" if subject.lower_ == "we" else person_of(subject)
    denials = [c for c in verb.children if (c.dep_ == "neg" and c.i < verb.i) or c.lower_ in {"hardly", "barely"}]
    helpers = [c for c in verb.children if c.dep_ == "aux" and c.i < verb.i]
    if any(h.i < subject.i for h in helpers):
        return None  # "can't I just book it?"
    if len(denials) != 1 or len(helpers) > 1:
        return None
    gone = {denials[0].i: ""}
    if helpers and helpers[0].lower_ in _ABLE:
        return gone | {helpers[0].i: "can"}
    if verb.lemma_.lower() == "be" and not helpers:
        sure = any(c.dep_ == "acomp" and c.lower_ in _UNSURE for c in verb.children)
        return gone | {verb.i: _spaced(verb) + present("be", person)} if sure else None
    if verb.lemma_.lower() not in _WANTING or (helpers and helpers[0].lower_ not in _DO):
        return None
    return gone | {h.i: "" for h in helpers} | {verb.i: present(verb.lemma_.lower(), person)}
