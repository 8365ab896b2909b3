"""Parsed sentence in, what somebody gains or is spared out, where no "so" says it: "without having to ring anybody"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..grammar.clauses import names_technology, passive_lead
from ..grammar.inflection import base_form, subject_before
from ..grammar.negation import is_negated
from ..grammar.trees import verb_phrase
from ..grammar.wording import Wording, past_to_present, render, worded
from .outcomes import TECHNOLOGY_COST

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NOBODY = frozenset("nobody anybody anyone noone".split())
_SUBJECTS = frozenset("nsubj nsubjpass expl".split())
# what befalls a person: nobody "has to" lose or forget
_BEFALLS = frozenset(
    "be lose miss forget get feel have break fall notice realise realize run make end waste hurt find see hear seem spoil "
    "drop panic fail mess sound look seem offend upset annoy".split()
)
_WOULD = frozenset("would 'd ’d could can will 'll ’ll".split())
_LEADS = frozenset("then maybe finally".split())
_POINTS = frozenset("point benefit beauty".split())  # an aim or a goal is what is wanted itself
_WISHES = frozenset("want need like love wish hope prefer rather".split())
_ATTITUDES = _WISHES | {"think", "say", "guess"}
_HARD = frozenset("hard difficult impossible tough".split())
_MAY_SPARE = re.compile(
    r"\b(?:without|instead of|rather than|sick of|tired of|fed up|otherwise|peace of mind|point|benefit|beauty)\b|"
    r"\b(?:then|maybe|finally|least|way)\W{1,4}(?:i|we)\b",
    re.I,
)
_MAY_DENY = re.compile(r"\b(?:have|want) to\b", re.I)
_DENIAL = re.compile(r"n['’]t\b|\b(?:no|not|none|never|hardly|rarely|nobody|nothing|noone)\b", re.I)
_MAY_WISH = re.compile(r"\bif (?:i|we|it|there)\b", re.I)
_WOULD_BE = re.compile(r"(?:\bwould|['’]d|\bcould)\b", re.I)


def may_gain(text: str) -> bool:
    """Tell whether a sentence is worth parsing for what somebody gains or is spared."""
    denied = _MAY_DENY.search(text) and _DENIAL.search(text)
    return bool(_MAY_SPARE.search(text) or denied or (_MAY_WISH.search(text) and _WOULD_BE.search(text)))


def gains_of(doc: Doc) -> Iterator[Wording]:
    """Yield what somebody is spared, or is to be, as clauses that follow "so".

    Parameters
    ----------
    doc : Doc
        A parsed sentence.

    Yields
    ------
    Wording
        "that I don't have to ring anybody".
    """
    for token in doc:
        for found in (_spared(token), _averse(token), _otherwise(token), _peace(token)):
            if found is not None:
                yield found


def gained_clauses(doc: Doc) -> Iterator[Span]:
    """Yield "then I'd know ...", "at least I could ...", "the point is to ..." and what would be if a wish came true."""
    for verb in doc:
        subject = subject_before(verb)
        if verb.tag_ != "VB":
            continue
        own = subject is not None and subject.lower_ in {"i", "we"}
        modal = any(c.dep_ == "aux" and c.lower_ in _WOULD for c in verb.children)
        if (own and modal and (_is_led(verb) or _is_wished_for(verb))) or _is_point(verb):
            start = verb.i if subject is None else subject.left_edge.i
            last = max(t.i for t in verb.subtree if not t.is_punct)
            yield doc[start : last + 1]


def _is_led(verb: Token) -> bool:
    subject = subject_before(verb)
    if subject is None:
        return False
    before = [t.lower_ for t in verb.doc[max(0, subject.i - 3) : subject.i] if not t.is_punct]
    if before[-1:] == ["then"] and any(c.lower_ == "will" for c in verb.children):
        return False  # "then I will type it out": the next step
    return bool(before) and (before[-1] in _LEADS or before[-2:] in (["at", "least"], ["that", "way"]))


def _is_wished_for(verb: Token) -> bool:
    """Tell whether a clause says what would be if something not yet so were so: "if I had the list, I'd leave at five"."""
    ifs = [c for c in verb.children if c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.children)]
    ifs = [c for c in ifs if (who := subject_before(c)) is not None and who.lower_ in {"i", "we", "it", "there"}]
    supposed = any(c.tag_ == "VBD" or any(a.lower_ in {"could", "did"} for a in c.children) for c in ifs)
    if not supposed or verb.lemma_.lower() in _ATTITUDES:
        return False
    return any(c.dep_ == "aux" and c.lower_ in {"would", "'d", "’d", "could"} for c in verb.children)


def _is_point(verb: Token) -> bool:
    if verb.dep_ not in {"xcomp", "ccomp"} or verb.head.lemma_ != "be":
        return False
    return any(c.dep_ == "nsubj" and c.lemma_.lower() in _POINTS for c in verb.head.children)


def _spared(verb: Token) -> Wording | None:
    """Word "without ringing", "instead of ringing", "sick of ringing" and "I don't have to ring"."""
    if verb.tag_ == "VB" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() == "have":
        have = verb.head
        subject = subject_before(have)
        if have.tag_ == "VBG":
            return _without(have, verb)
        nobody = subject is not None and subject.lower_ in {"nobody", "noone"}
        own = subject is not None and subject.lower_ in {"i", "we"}
        asked = verb.doc[-1].text == "?" or any(c.lower_ in {"if", "when", "because"} for c in have.children)
        if subject is None or asked or not (nobody or (own and is_negated(have))):
            return None
        return _worded("nobody has to" if nobody else f"{_who(subject)} don't have to", verb)
    if verb.tag_ == "VBG" and verb.lemma_.lower() != "have":
        return _without(verb, verb)
    return None


def _without(gerund: Token, verb: Token) -> Wording | None:
    lead = gerund.head
    subject = next((c for c in gerund.children if c.dep_ in _SUBJECTS | {"poss"} and c.i < gerund.i), None)
    before = gerund.nbor(-1) if gerund.i else gerund
    if gerund.dep_ == "advcl" and before.dep_ == "pobj":  # "without me | ringing round"
        lead, subject = before.head, before
    elif gerund.dep_ != "pcomp":
        return None
    if gerund.i < lead.i or not _turns(lead):
        return None
    if subject is not None and subject.lower_ in _NOBODY:
        return _worded("nobody has to", verb)
    if subject is not None and subject.lower_ not in {"me", "my", "i", "us", "our"}:
        return None
    if verb == gerund and verb.lemma_.lower() in _BEFALLS:
        return None if verb.lemma_.lower() in {"be", "have", "get"} else _worded("I don't", verb)
    return _worded("I don't have to", verb)


def _turns(lead: Token) -> bool:
    """Tell whether what follows is what somebody does no more: "without", "instead of", "rather than", "sick of"."""
    before = lead.nbor(-1).lower_ if lead.i else ""
    if (lead.lower_, before) in {("of", "sick"), ("of", "tired"), ("with", "up")}:
        return True
    turned = lead.lower_ == "without" or (lead.lower_, before) in {("of", "instead"), ("than", "rather")}
    return turned and _is_wish(lead)


def _is_wish(lead: Token) -> bool:
    """Tell whether somebody wants what is done without: not "I could not do it without ringing"."""
    above = list(lead.ancestors)
    if any(is_negated(t) or t.lower_ in _HARD or any(c.lower_ in _HARD for c in t.children) for t in above):
        return False
    wanted = any(t.lemma_.lower() in _WISHES for t in above if t.pos_ in {"VERB", "AUX", "ADV"})
    return wanted or any(c.dep_ == "aux" and c.lower_ in {"would", "'d", "’d"} for t in above for c in t.children)


def _averse(verb: Token) -> Wording | None:
    """Word "because I don't want to lose it" as what is to be spared."""
    want = verb.head
    subject = subject_before(want)
    if verb.tag_ != "VB" or verb.dep_ != "xcomp" or want.lemma_.lower() != "want" or not is_negated(want):
        return None
    if subject is None or subject.lower_ not in {"i", "we"} or subject_before(verb) is not None:
        return None
    if any(c.lower_ == "did" for c in want.children):
        return None  # one refusal, long ago
    if any(c.dep_ in {"dobj", "nsubj"} and want.i < c.i < verb.i for c in want.children):
        return None  # "I don't want him to see it"
    if any(c.lower_ == "if" or (c.dep_ == "neg" and c.i < subject.i) for c in want.children):
        return None  # "not because I want to see it"
    if verb.lemma_.lower() not in _BEFALLS and not any(c.lower_ in {"because", "since"} for c in want.children):
        return None  # "I don't want to use it" is no more than that
    if verb.lemma_.lower() == "be":
        return _worded("I am not" if subject.lower_ == "i" else "we are not", verb, "")
    return _worded(f"{_who(subject)} don't", verb)


def _otherwise(verb: Token) -> Wording | None:
    """Word "otherwise I forget" as what is not to happen, and "otherwise I can't sleep" as what is to."""
    subject = subject_before(verb)
    led = any(c.lower_ == "otherwise" and c.i < verb.i for c in verb.children)
    if not led or subject is None or subject.lower_ not in {"i", "we"} or verb.tag_ not in {"VB", "VBP"}:
        return None
    if is_negated(verb):
        able = any(c.dep_ == "aux" and c.lower_ in {"ca", "can", "could"} for c in verb.children)
        return _worded("", verb) if able else None
    befalls = verb.lemma_.lower() in _BEFALLS - {"be"}  # else it is what somebody does the other times
    return _worded(f"{_who(subject)} don't", verb) if befalls else None


def _peace(token: Token) -> Wording | None:
    if token.lower_ != "peace" or token.dep_ != "pobj" or token.head.lower_ != "for":
        return None
    words = list(token.doc[token.i : token.i + 3])
    return worded("have peace of mind", words) if [t.lower_ for t in words[1:]] == ["of", "mind"] else None


def _who(subject: Token) -> str:
    return "I" if subject.lower_ == "i" else "we"


def _worded(lead: str, verb: Token, form: str | None = None) -> Wording | None:
    words = [t for t in verb_phrase(verb) if t.dep_ != "neg" or t.head != verb]
    if any(c.dep_ == "npadvmod" and c not in words for c in verb.children):
        return None  # "losing a whole Sunday to it" without the Sunday
    lemma = base_form(verb) if verb.tag_ == "VBG" else (passive_lead(verb) or verb.lemma_.lower())
    edits = {k: v for k, v in past_to_present(words).items() if k != verb.i}
    text = render(words, {verb.i: lemma if form is None else form, **edits})
    if not text or (len(words) < 2 and verb.lemma_.lower() in _BEFALLS | {"do"}):
        return None
    return worded(f"that {lead} {text}" if lead else text, words, 0.1 + TECHNOLOGY_COST * names_technology(text))
