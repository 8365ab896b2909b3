"""English verb forms by rule: a lemma in, its present form for a subject out, and spaCy tokens to present tense.

Only what statements need; irregular pasts come from spaCy's lemmatizer, so that no table of them is kept here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...language import is_irregular

if TYPE_CHECKING:
    from spacy.tokens import Token

PLURAL_SUBJECTS = frozenset({"we", "they", "you", "these", "those", "people", "both", "many", "most", "some", "few"})
_PARTICIPLES = {
    "put": "put", "give": "given", "take": "taken", "tell": "told", "show": "shown", "keep": "kept", "make": "made",
    "leave": "left", "bring": "brought", "teach": "taught", "get": "given", "send": "sent", "let": "let", "hold": "held",
    "hear": "heard", "see": "seen", "know": "known", "find": "found", "pay": "paid", "lead": "led", "drive": "driven",
    "cut": "cut", "set": "set", "wake": "woken", "hit": "hit", "catch": "caught", "understand": "understood",
    "slide": "slid", "sit": "seated", "lose": "lost", "build": "built", "feel": "felt", "lend": "lent", "spend": "spent",
    "write": "written", "break": "broken", "choose": "chosen", "steal": "stolen", "do": "done", "say": "said", "shut": "shut",
    "throw": "thrown", "feed": "fed", "meet": "met", "read": "read", "win": "won", "bind": "bound", "stick": "stuck",
    "freeze": "frozen", "speak": "spoken", "beat": "beaten", "hide": "hidden", "wear": "worn", "draw": "drawn", "split": "split",
    "ring": "rung", "pick": "picked", "sell": "sold", "buy": "bought", "drop": "dropped", "stop": "stopped",
}  # fmt: skip
_RELATIVES = frozenset("that which who".split())
_PAST_MODALS = {"could": "can"}
_SHORT = re.compile(r"\A[^aeiou]+[aeiou][^aeiouwxy]")  # "drip", "plan": the last letter is doubled
_DOUBLED = frozenset(
    "begin forget quit admit commit submit permit refer prefer occur regret upset reset equip unplug".split()
)
_LEMMAS = {"rang": "ring", "hoped": "hope", "hoping": "hope"}  # those that the lemmatizer leaves, or takes for "hop"
_CONTRACTED = {"'d": None, "’d": None}


def third_person(lemma: str) -> str:
    """Return the third person singular: "try" gives "tries"."""
    if lemma in {"be", "have", "do"}:
        return {"be": "is", "have": "has", "do": "does"}[lemma]
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def base_form(verb: Token) -> str:
    """Return the lemma of a verb; a doubled letter that the lemmatizer left goes: "inputting" gives input."""
    lemma: str = _LEMMAS.get(verb.lower_, verb.lemma_.lower())
    doubled = verb.tag_ == "VBG" and len(lemma) > 4 and lemma[-1] == "e" and lemma[-2] == lemma[-3]
    return lemma[:-2] if doubled and lemma[-2] not in "aeiousfl" else lemma


def is_past_form(verb: Token) -> bool:
    """Tell whether the parser took an irregular past for a base form: "Took the day off"."""
    led = any(c.dep_ in {"aux", "mark"} for c in verb.children) or verb.dep_ in {"xcomp", "conj"}  # "to lay the table"
    return verb.tag_ == "VB" and not led and is_irregular(verb.lower_)


def gerund(lemma: str) -> str:
    """Return the -ing form of a lemma: "make" gives "making"."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    short = _SHORT.fullmatch(lemma) is not None or lemma in _DOUBLED
    return lemma + (lemma[-1] if short else "") + "ing"


def participle(lemma: str) -> str:
    """Return the past participle of a lemma: "route" gives "routed"."""
    if lemma in _PARTICIPLES:
        return _PARTICIPLES[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return gerund(lemma).removesuffix("ing") + "ed"


def present(lemma: str, person: str) -> str:
    """Return the present form for a person: "I", "it" (third singular) or "they" (plural and you)."""
    if lemma == "be":
        return {"I": "am", "it": "is"}.get(person, "are")
    return third_person(lemma) if person == "it" else lemma


def doer_of(verb: Token) -> Token | None:
    """Return the verb's own subject."""
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def subject_before(verb: Token) -> Token | None:
    """Return the verb's own subject, "there" and "it" included, if it stands before the verb."""
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i < verb.i), None)


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, looked for along its auxiliaries and coordinated verbs."""
    node: Token = verb
    for _ in range(6):
        for child in node.children:
            if child.dep_ in {"nsubj", "nsubjpass", "expl"}:
                return child
        if node.dep_ not in {"conj", "aux", "auxpass", "xcomp"} or node.head == node:
            return None
        node = node.head
    return None


def person_of(subject: Token | None) -> str:
    """Return "I", "it" or "they" for a subject; nobody named means I."""
    if subject is None or subject.lower_ in {"i", "you"}:
        return "I"
    if subject.head.dep_ == "relcl" and subject.lower_ in _RELATIVES and subject.head.head != subject:
        return person_of(subject.head.head)  # "contractors that were late"
    conjoined = any(child.dep_ == "conj" for child in subject.children)
    if conjoined or subject.lower_ in PLURAL_SUBJECTS or subject.tag_ in {"NNS", "NNPS"}:
        return "they"
    if subject.lower_ == "there":
        thing = next((c for c in subject.head.children if c.dep_ in {"attr", "dobj"}), None) or subject.head
        return "it" if thing.lower_ == "there" else person_of(thing)  # not "there's a there" for ever
    return "it"


def to_present(token: Token) -> str | None:
    """Return the present form of a finite past verb or auxiliary, or None where the token stays as it is."""
    if token.lower_ in _PAST_MODALS:
        if token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"have", "'ve", "’ve"}:
            return None  # "an hour I could've given"
        return _PAST_MODALS[token.lower_]
    if token.tag_ != "VBD" or token.lower_ in _CONTRACTED:
        return None
    verb = token.head if token.dep_ in {"aux", "auxpass"} else token
    subject = subject_of(verb)
    person = "it" if subject is None and token.lower_ == "was" else person_of(subject)  # "that was coming"
    if any(c.dep_ == "auxpass" for c in token.children):
        return None  # a participle that was taken for a past: "I can't bear being told"
    many = token.lower_ == "were" and subject is not None and subject.lower_ == "there"  # the verb knows how many
    return present(base_form(token), "they" if many else person)
