"""Special categories of Article 9 GDPR: health, religion, ethnicity, politics, union, orientation, biometric data.

In: one passage. Out: hits for a person to judge. Three strengths of evidence (`data/special.toml`): phrases that always
count; words that mean little else ("epilepsy"), which count where the sentence speaks of a person; and words with other
meanings ("stroke", "black"), which count only right beside one ("I have", "my mum is", "as a"). A sentence about an
audience or a product ("our app for patients with epilepsy") speaks of nobody.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..finds import Hit
from ..lexicon import special_terms, words

_I = re.IGNORECASE
_KIN = "|".join(sorted(words("kin")))
_OWN = (
    rf"(?:\b(?:i|we|he|she|they|who|mum|mom|dad|{_KIN})(?: (?:am|are|is|was|were|have|has|had|got|get|gets|take|takes|"
    r"live|lives|suffer|suffers|suffered|struggle|struggles|deal|deals|identify|identifies|grew up|was born|were "
    r"raised|was raised)|'m|'re|'s|'s|'ve|’m|’re|’s|’ve)\b"
    r"|\b(?:my|our|his|her|their)(?: [\w'’-]{2,14}){0,2} (?:is|are|was|were|has|have|had)\b|"
    r"(?-i:\b[A-Z][a-z]{1,20}) (?:has|had|suffers from)\b|\bas an?\b|\bbeing (?:an? )?|\bmy (?:own )?|\bdue to my\b|"
    r"\bbecause of my\b|\bliving with\b)"
)
_PERSON = re.compile(_OWN, _I)
_REACH = 48
# possessive and bounded, so that words which fit in two ways ("an" and "an old") cost one look
_FILLER = re.compile(
    r"(?: (?:an? [\w-]{3,14}|type \d|stage \d|living with|a|an|the|also|both|half|part|very|really|severe|mild|chronic|got|had|"
    r"with|from|practi[cs]ing|lifelong|card-carrying|devout|openly|lapsed|proud|registered|british|american|african|"
    r"moderate|terrible|bad|my|old|first|young|been|being|called|of|in|and|or|raised|brought|up|as|live|living|"
    r"suffering|suffer|struggling|early|late|lung|breast|skin|prostate))"
    r"{0,24}+\W{0,8}\Z",
    _I,
)
# What makes a thing of the word: "a black box", "the cancer charity", "an autism app".
_THING = re.compile(
    r"[- ]?(?:like|box|boxes|list|lists|listed|friday|market|belt|cat|hat|screen|swan|mirror|coffee|tea|ink|paper|pen|"
    r"background|text|image|theme|tie|dress|shirt|car|one|ones|hole|holes|out|app|apps|data|database|research|patients?|"
    r"clients?|customers?|users?|product|products|tracker|trackers|growth|code|charity|charities|awareness|campaign|"
    r"campaigns|foundation|company|brand|project|projects|study|studies|trial|trials|module|course|conference|market|"
    r"software|platform|feature|api|sdk|vendor|start-?up|dashboard|report|paper|article|book|books|documentary|film|"
    r"novel|character|school|schools|hospital|holiday|holidays|calendar|art|architecture|music|food|restaurant|"
    r"literature|history|studies|community centre|mode|label|labels|line|lines|noise|space|board|paint|wall|walls|"
    r"keys?|cells?|row|rows|pixels?|and white|spots?|ai|tools?|"
    r"evaluations?|assessments?|services?|professionals?|workers?|sector|saving|clerkship|rotation|residen\w{2,4}|themes?|metaphor|dates?|alley)\b",
    _I,
)
# Many people, or people who are not present: readers, patients, whoever has it.
_AUDIENCE = re.compile(
    r"(?<!my )(?<!our )\b(?:patients?|users?|customers?|clients?|people|(?<!of )those|students?|kids|children|readers?|anyone|"
    r"someone|somebody|everyone|folks|audiences?|participants?|residents?|shoppers?|players?|applicants?|designs?|"
    r"characters?|personas?)(?: who)?(?: (?:with|have|has|had|having|are|is|were|living with|suffering from|like))? "
    r"(?:[\w-]{2,12} ){0,2}\Z",
    _I,
)
_TOPIC = re.compile(
    r"\b(?:about|on|into|called|named|titled|regarding|for|against|like|such as|understanding|associated with|"
    r"aspects of|or other|and other|(?<!my )symptoms of)(?: the| an?)? \Z",
    _I,
)
_CARE = re.compile(
    r"\b(?:medication|meds|pills?|tablets?|treat(?:ed|ment)|surgery|operation|test(?:ed|s)?|scan(?:ned)?|drugs?|therapy|"
    r"screen(?:ed|ing)|admitted|hospital|am|is|was|been|went|go|goes|put (?:me|him|her)|i'm|i’m|started|referred|"
    r"assess(?:ed|ment)|checked|specialist|doctor|nurse|appointments?) (?:on|for|into|about)(?: the| an?)? \Z",
    _I,
)
_SOMEBODY = re.compile(
    rf"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself|we|our|us|he|she|his|her|him|they|their|{_KIN}|as an?|being an?)\b|"
    r"(?-i:\b[A-Z][a-z]{1,20}) (?:has|had|is|was|got|uses|takes)\b",
    _I,
)
_ALMOST = re.compile(
    r"\b(?:about|nearly|almost|practically|basically|virtually) \Z", _I
)  # "I about had a stroke when I saw the bill"
_YOU = re.compile(
    r"\byour?\b", _I
)  # "you look in the thing": what a machine takes of everybody it takes of the speaker
_BUSINESS = re.compile(
    r"\b(?:apps?|tracker|feature|products?|platform|users?|customers?|clients?|patients?|audience|campaign|market|segment|"
    r"personas?|dataset|database|article|blog|documentary|book|novel|film|movie|series|character|research|charity|grant|"
    r"leaflets?|brochures?|posters?|webinar|training day|slides?|presentations?|topics?|module|brief|pitch|api|vendor|"
    r"prototype|sprint|roadmap|website|survey|respondents?|cohort|clinical trial|papers?|"
    r"newsletter|podcast|exhibition|collection|recipe|menu|translat\w{1,6}|subtitle\w{0,2})\b",
    _I,
)
_NOBODY = re.compile(
    r"\b(?:market|economy|project|company|business|servers?|laptop|computer|apps?|system|printer|van|truck|car|machine|"
    r"database|website|budget|dashboard|code|software|industry|sector|spreadsheet|phone|engine|network|tool|bot|model)"
    r"(?: (?:has|have|just|nearly|almost|basically|really|kind of))? \Z",
    _I,
)
_ANIMAL = re.compile(
    r"\b(?:dog|puppy|cat|kitten|horse|pony|pet|rabbit|hamster|cow|parrot)s?(?:['’]s)?\b,?[\w ]{0,12}\Z", _I
)
_ROLE = re.compile(
    r"\b(?:clients?|customers?|users?|patients?|readers?|characters?|audience|personas?)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r",| (?:and|but|so|while|when|because|since|which|that|until|before|after) ")
_BEFORE, _AFTER = 160, 100


class _Category(NamedTuple):
    kind: str
    strong: re.Pattern[str]
    clear: re.Pattern[str]
    terms: re.Pattern[str]
    plain: frozenset[str]


@cache
def _categories() -> tuple[_Category, ...]:
    return tuple(
        _Category(
            kind,
            re.compile(rf"\b(?:{'|'.join(found.strong)})(?!\w)", _I),
            re.compile(rf"(?<![\w-])(?:{'|'.join(found.clear)})(?!\w)", _I),
            re.compile(rf"(?<![\w-])(?:{'|'.join(found.terms)})(?![\w-])", _I),
            found.plain,
        )
        for kind, found in special_terms().items()
    )


def find_special(text: str) -> list[Hit]:
    """Return the words of one passage that may tell of a special category, for a person to judge."""
    hits: list[Hit] = []
    for category in _categories():
        hits += [
            Hit(*m.span(), category.kind, 0.8, "phrase")
            for m in category.strong.finditer(text)
            if _present(text, m, category.kind)
        ]
        hits += [
            Hit(*m.span(), category.kind, 0.7, "clear term")
            for m in category.clear.finditer(text)
            if m[0].lower() not in category.plain and _told_of_somebody(text, m, category.kind)
        ]
        hits += [Hit(*m.span(), category.kind, 0.6, "term") for m in category.terms.finditer(text) if _beside(text, m)]
    return hits


def _sentence(text: str, term: re.Match[str]) -> tuple[str, str]:
    """Return what stands before and after the term in its sentence, within reach."""
    start = max(text.rfind(mark, max(0, term.start() - _BEFORE), term.start()) + 1 for mark in ".!?;\n")
    before = text[max(start, term.start() - _BEFORE) : term.start()]
    return before, re.split(r"[.!?;\n]", text[term.end() : term.end() + _AFTER])[0]


def _present(text: str, phrase: re.Match[str], kind: str) -> bool:
    """Say whether a phrase is of somebody: "patients diagnosed with" is of an audience, "the market had a stroke" of none."""
    before = _sentence(text, phrase)[0]
    return not (_AUDIENCE.search(before) or _ALMOST.search(before) or (kind != "BIOMETRIC" and _NOBODY.search(before)))


def _told_of_somebody(text: str, term: re.Match[str], kind: str) -> bool:
    before, after = _sentence(text, term)
    if _THING.match(after) or _AUDIENCE.search(before):
        return False
    if _TOPIC.search(before) and not _CARE.search(before):
        return False
    if _BUSINESS.search(before) or _BUSINESS.search(_CLAUSE_END.split(after)[0]):
        return _beside(text, term)
    somebody = (_SOMEBODY, _YOU) if kind == "BIOMETRIC" else (_SOMEBODY,)
    return any(pattern.search(part) for pattern in somebody for part in (before, after))


def _beside(text: str, term: re.Match[str]) -> bool:
    before, after = _sentence(text, term)
    if _THING.match(after):
        return False
    near = before[-_REACH:]
    person = list(_PERSON.finditer(near))
    if _ANIMAL.search(near):
        return False
    return bool(person) and bool(_FILLER.match(" " + near[person[-1].end() :].lstrip())) and not _ROLE.search(near)
