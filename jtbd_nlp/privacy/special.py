"""Special categories of Article 9 GDPR: health, religion, ethnicity, politics, union, orientation, biometric data.

In: one passage. Out: hits for a person to judge. Terms such as "diabetes" or "Catholic" count only where the sentence
speaks of a person ("I have", "my mum is", "as a"): "a healthy budget" and "the union of two sets" do not.
"""

from __future__ import annotations

import re
from functools import cache

from .finds import Hit
from .lexicon import special_terms, words

_OWN = (
    r"(?:\b(?:i|we|he|she|they|who|mum|mom|dad|{kin})(?: (?:am|are|is|was|were|have|has|had|got|get|gets|take|takes|"
    r"live|lives|"
    r"suffer|suffers|suffered|struggle|struggles|"
    r"deal|deals|identify|identifies|grew up|was born|were raised|was raised)|'m|'re|'s|'ve|’m|’re|’s|’ve)\b"
    r"|\b(?:my|our|his|her|their)(?: [\w-]{{2,14}}){{0,2}} (?:is|are|was|were|has|have|had)\b|"
    r"(?-i:\b[A-Z][a-z]{{1,20}}) (?:has|had|suffers from)\b|\bas an?\b|\bmy (?:own )?|\bdue to my\b|\bbecause of "
    r"my\b|\bliving with\b)"
).format(kin="|".join(sorted(words("kin"))))
_PERSON = re.compile(_OWN, re.IGNORECASE)
_REACH = 48
_FILLER = re.compile(
    r"(?: (?:a|an|the|also|both|half|part|very|really|type \d|stage \d|severe|mild|chronic|got|had|with|from|"
    r"practi[cs]ing|lifelong|card-carrying|devout|openly|"


                         r"lapsed|proud|registered|british|american|african|moderate|terrible|bad|really|my|old|"
                         r"first|young|been|being|called|of|in|and|or|"


                         r"raised|brought|up|as|live|living|living with|suffering|suffer|struggling|early|late|lung|"
                         r"breast|skin|prostate|an? \w{3,12}))*\W*\Z"
                         , re.IGNORECASE)  # fmt: skip
_FIGURATIVE = re.compile(
    r"[- ]?(?:like|box|list|friday|market|belt|cat|hat|screen|swan|mirror|coffee|tea|ink|paper|pen|background|text|"
    r"image|theme|tie|dress|shirt|"


                             r"car|one|ones|hole|out|app|apps|data|research|patients?|clients?|customers?|users?|"
                             r"product|products|tracker|growth|code)\b"
                             , re.IGNORECASE)  # fmt: skip
_ROLE = re.compile(
    r"\b(?:clients?|customers?|users?|patients?|readers?|characters?|audience|personas?)\b", re.IGNORECASE
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (
            kind,
            re.compile(rf"(?<!\w)(?:{'|'.join(strong)})(?!\w)", re.IGNORECASE),
            re.compile(rf"(?<![\w-])(?:{'|'.join(terms)})(?![\w-])", re.IGNORECASE) if terms else None,
        )
        for kind, (strong, terms) in special_terms().items()
    )


def find_special(text: str) -> list[Hit]:
    """Return the words of one passage that may tell of a special category, for a person to judge."""
    hits: list[Hit] = []
    for kind, strong, terms in _patterns():
        hits += [Hit(*m.span(), kind, 0.8, "phrase") for m in strong.finditer(text)]
        if terms:
            hits += [Hit(*m.span(), kind, 0.6, "term") for m in terms.finditer(text) if _of_person(text, m)]
    return hits


def _of_person(text: str, term: re.Match[str]) -> bool:
    if _FIGURATIVE.match(text, term.end()):
        return False
    start = max(text.rfind(mark, 0, term.start()) + 1 for mark in ".!?;\n")
    before = text[max(start, term.start() - _REACH) : term.start()]
    person = list(_PERSON.finditer(before))
    return bool(person) and bool(_FILLER.match(" " + before[person[-1].end() :].lstrip())) and not _ROLE.search(before)
