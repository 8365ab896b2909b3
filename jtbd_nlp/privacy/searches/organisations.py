"""Employers and schools: proper names beside words such as "work at", "my employer is", "studied at".

In: one passage. Out: hits. A company is hidden where it employs the speaker, not where its product is used.
"""

from __future__ import annotations

import re

from ..finds import Hit
from ..lexicon import words

IGNORE = re.IGNORECASE
CAP = r"(?:[A-ZÀ-ÖØ-Þ](?:[\w'’-]|\.(?=\w)){0,24}|[A-Z]{2,6}|\d[A-Z]\w{0,10})"
LINK = r"(?: (?:&|and|of|the|for|de|du|der|und|y|an|na|le|la)(?= [A-ZÀ-ÖØ-Þ]))"
PROPER = rf"(?:[Tt]he )?{CAP}(?:{LINK}{{0,2}} {CAP}){{0,5}}"
_SCHOOL = (
    "|".join(w.capitalize() for w in sorted(words("school_words") - {"high", "primary", "uni", "grammar"}))
    + "|Uni|High|Grammar|Primary|Gymnasium|Comprehensive|Juniors|Infants|Elementary|Montessori|Sixth Form"
)
_CUE = (
    r"(?:(?<!that )(?<!which )(?<!\bit )(?<!n't )(?<!not )work(?:s|ed|ing)?|employed|contract(?:s|ed|ing)?|freelanc(?:e|es|ed|ing)|"
    r"consult(?:s|ed|ing)?|"
    r"driv(?:e|es|ing)|drove|deliver(?:s|ed|ing)?|intern(?:s|ed|ing)?|interned|temp(?:s|ed|ing)?|"
    r"clean(?:s|ed|ing)?|boss|manager|colleagues?|made redundant|"
    r""
    r"years|months|days|shifts|nights|mornings|job|position|role|started|career|(?:a|an|the|as|junior|senior|lead|head) (?:[\w-]{2,15} "
    r"){0,2}(?:nurse|engineer|manager|designer|developer|"
    r"teacher|analyst|director|consultant|assistant|accountant|lawyer|doctor|driver|clerk|cashier|scientist|"
    r"researcher|buyer|planner|editor|writer|producer|cleaner|guard))"
    r" (?:at|for|over at|up at|down at)|(?:years|months) with"
)
_EMPLOYER_CUES = (
    _CUE, r"over at", r"(?:i'm|i’m|i am|he's|she's|he is|she is) (?:an?|the) (?:[\w-]{2,12} ){1,3}(?:at|for)", (
        r"(?:my|our|his|her|their|the) (?:current |former |old |last |new |previous )?(?:employer|company|firm|"
        r"startup|workplace|agency)(?: is| was|'s|,| is called| was called| called| named)"
    ),
    (
        r"(?:I|he|she|we|they|who|husband|wife|boss) (?:just |recently |finally )?(?:quit|left|joined|resigned from|"
        r"retired from|was fired from|got fired from)"
    ),
    r"(?:hired|employed|laid off|let go|fired|recruited|poached|made redundant|headhunted) (?:by|from)",
    r"(?:hired|poached|recruited|headhunted|sacked|fired|tempted|moved) (?:me|us|him|her|them)(?: over| away)? (?:from|by)",
    r"(?:did|do|does|doing|done) (?:the |some )?(?:payroll|accounts|admin|sales|reception|nights|days|shifts|security|cleaning|bookkeeping|"
    r"(?:it |tech |customer )?support|logistics|packing|deliveries|catering|bar work|agency work|work experience|"
    r"an? internship|a placement|"
    r"an apprenticeship|my apprenticeship|a stint) (?:for|at|with)",
    r"(?:we|us|people|colleagues|team|everyone|somebody|someone) (?:here )?at",
)  # fmt: skip
_SCHOOL_CUES = (
    r"(?:stud(?:y|ied|ying|ies)|graduat(?:e|ed|ing)|enrol(?:l|led|ls)|lectur(?:e|es|ed|ing)|teach(?:es|ing)?|"
    r"taught|degree|master's|masters|bachelor's|bachelors|"
    r"ph\.?d|doctorate|diploma|mba|bootcamp)(?: [\w-]{2,14}){0,3}? (?:at|from)",
    r"(?:school|college|university|uni) (?:at|called|is|was|named)",
    r"(?:dropped|dropping|flunked) out of|expelled from|got (?:in|a place) (?:to|at|into)|went up to",
    r"(?:did|doing|finished|finishing|failed) (?:my|his|her|a|an|the) (?:[\w-]{2,14} ){0,2}(?:nursing|training|degree|masters|master's|phd|"
    r"law|medicine|teaching|apprenticeship|a levels|gcses|foundation year|first year|btec|hnd|hnc|nvq|pgce|mba|ba|bsc|ma|msc|"
    r"llb|llm|ged|conversion course) (?:at|in|with)",
)
_LOWER_ORG = re.compile(
    rf"\b(?:work(?:s|ed|ing)? (?:at|for)|employed by|my employer is|over at|years at) (?!(?:a|an|the|my|our|some|"
    rf"this|that|two|several|any) )"
    rf"(?P<it>(?:[a-z&-]{{2,20}} ){{1,3}}(?:{'|'.join(sorted(words('org_words')))}))\b"
)
_LOWER_SCHOOL = re.compile(
    rf"\b(?:went|go|goes|going|studied|graduated|enrolled|teach|taught) (?:to|at|from) (?!(?:a|an|the|my|our|"
    rf"some|this|that|high|primary|night|grammar|law|art|business|medical|graduate|grad) )"
    rf"(?P<it>[a-z]{{3,20}}(?: [a-z]{{3,20}})? (?:{'|'.join(sorted(words('school_words') - {'school'}))}|high "
    rf"school|primary school|grammar school))\b"
)
_NOT_ORG = words("never_employers")
_EMPLOYER = tuple(re.compile(rf"\b(?i:{cue}) (?P<it>{PROPER})") for cue in _EMPLOYER_CUES)
_LEFT = re.compile(r"\b(?:left|quit)\b", IGNORE)  # "I left Slack" speaks of the product more often than of the company
_WITH = re.compile(
    rf"\b(?i:i'm|i am|he's|she's)(?: now| currently)? with (?P<it>{PROPER})"
    rf"(?=,? an? (?:[\w-]{{2,14}} ){{0,2}}(?:agency|firm|company|startup|start-up|studio|bank|consultancy|charity)\b)"
)
_WORK_DONE = (
    r"(?:let me go|laid me off|made me redundant|took me on|hired me|sacked me|fired me|offered me (?:a|the|my) "
    r"(?:job|role|contract)|pays? my wages|employs? me|gave me (?:a|my first) job)"
)
_HIRES = re.compile(rf"\b(?P<it>{PROPER})(?: (?:has|have|had|just|then|finally|only)){{0,2}} {_WORK_DONE}\b")
_NOW_WITH = re.compile(
    rf"\b(?i:i'm|i’m|i am|he's|she's|i was|been)(?: now| currently| still)? with (?P<it>{CAP}(?:{LINK}{{0,2}} {CAP}){{1,4}})"
    rf"(?=,? (?:now|these days|at the moment|for (?:\w{{2,9}} ){{1,2}}(?:years?|months?)|since|until|as an?)\b)"
)
_BEEN = re.compile(
    rf"\b(?i:i've|i’ve|i have|he's|she's|we've|they've|i'd) been (?:[\w-]{{2,12}} ){{0,4}}at (?P<it>{PROPER})"
    r"(?=,? (?:for (?:about |over |nearly |almost |like )?(?:\w{2,9} ){1,2}(?:years?|months?|decades?)|since|all my life|my whole))"
)
_OURS = re.compile(  # "we're Pellworth Dental"
    rf"\b(?i:we're|we are|i own|i run|we run|my business is|our (?:firm|company|shop|salon|"
    rf"practice) is) (?P<it>(?:{CAP}(?:{LINK})? ){{1,3}}"
    rf"(?:{'|'.join(w.capitalize() for w in sorted(words('org_words')))}))\b"
)
_ONCE_AT = re.compile(
    rf"\b(?i:used to be|was|were|started|trained|now|before that|previously|went|moved|am|i'm|she's|he's|worked) (?:over |"
    rf"out )?(?:at|with|to) "
    rf"(?P<it>(?:{CAP}(?:{LINK})? ){{1,3}}(?:{'|'.join(w.capitalize() for w in sorted(words('org_words')))}))\b"
)
_STUDIED = tuple(re.compile(rf"\b(?i:{cue}) (?P<it>{PROPER})") for cue in _SCHOOL_CUES)
_NAMED_SCHOOL = re.compile(
    rf"\b(?:[Tt]he )?(?:{CAP} ){{1,4}}(?:{_SCHOOL})(?: School| College| Academy)?(?: of {CAP}(?: and "
    rf"{CAP})?)?\b|\b(?:[Tt]he )?(?:University|College|Academy|Institute|School) of {CAP}(?:{LINK}? "
    rf"{CAP}){{0,3}}"
)
_AT_SCHOOL = re.compile(
    rf"\b(?i:kids|children|daughter|son|boys|girls|sister|brother)(?: \w{{2,10}}){{0,3}} (?:at|to) "
    rf"(?P<it>{PROPER}(?: High| Primary| Grammar| Academy| College| School))\b"
)
_NUMBERED_SCHOOL = re.compile(r"\b(?:at|to|from) (?P<it>(?:PS|P\.S\.|IS|JHS) \d{1,3})\b")
_SAINT = re.compile(
    rf"\b(?i:teach(?:es|ing)?|taught|work|works|nurse|doctor|studied|went|goes|kids are|matron|"
    rf"my two|my three|our two|twins|youngest|eldest|go|boys|girls|son|daughter)(?: "
    rf"[\w-]{{2,12}}){{0,4}} (?:at|to) (?P<it>(?:St|Saint)\.? {CAP}(?: {CAP}){{0,3}}(?:['’]s\b)?)"
)
_DETERMINED = words("determiners")


def find_organisations(text: str) -> list[Hit]:
    """Return employers and schools in one passage."""
    hits = [
        Hit(*trim(text, *m.span("it")), "SCHOOL", 0.8, "cue")
        for p in _STUDIED
        for m in p.finditer(text)
        if is_proper(m["it"])
    ]
    hits += [Hit(*m.span(), "SCHOOL", 0.8, "school word") for m in _NAMED_SCHOOL.finditer(text) if _named(m[0])]
    hits += [
        Hit(*m.span("it"), "SCHOOL", 0.8, "cue")
        for p in (_AT_SCHOOL, _LOWER_SCHOOL, _NUMBERED_SCHOOL)
        for m in p.finditer(text)
    ]
    hits += [
        Hit(
            *trim(text, *m.span("it")),
            "SCHOOL" if "teach" in m[0].lower() or "taught" in m[0].lower() else "EMPLOYER",
            0.8,
            "saint",
        )
        for m in _SAINT.finditer(text)
    ]
    hits += [
        Hit(*trim(text, *m.span("it")), "EMPLOYER", 0.8, "cue")
        for p in (*_EMPLOYER, _WITH, _HIRES, _NOW_WITH, _BEEN, _OURS, _ONCE_AT)
        for m in p.finditer(text)
        if is_proper(m["it"]) and not _as_customer(text, m)
    ]
    hits += [
        Hit(*m.span("it"), "EMPLOYER", 0.7, "cue")
        for m in _LOWER_ORG.finditer(text)
        if not set(m["it"].split()) & _DETERMINED
    ]
    return hits


def _as_customer(text: str, cue: re.Match[str]) -> bool:
    """Say whether somebody left a tool or joined a shop, and no employer: "I left Slack", "I joined Costco for the tyres"."""
    tool = cue["it"].lower().split()[0] in words("tools")
    joined = re.search(r"\bjoined\b", cue[0], IGNORE) and re.match(
        r" for (?:the|a|my|it|free|their)\b", text[cue.end() :]
    )
    return tool and bool(_LEFT.search(cue[0]) or joined)


def is_proper(found: str) -> bool:
    """Say whether what was found is a proper name: "We" and "Monday" are none."""
    first = next((w for w in found.split() if w.lower() != "the"), "").strip(".,'’")
    common = first.lower() in _NOT_ORG | words("stop")
    return not common and any(c.isupper() for c in found) and not found.endswith((" Team", " Project"))


def _named(found: str) -> bool:
    """Say whether a proper name stands beside the school word: "High School" alone has none."""
    school_low = words("school_words")
    school = {w.capitalize() for w in school_low}
    rest = [w for w in found.split() if w not in school and w.lower() not in _DETERMINED | {"of", "and"}]
    return (
        bool(rest)
        and rest[0].lower() not in _NOT_ORG
        and rest[0].lower() not in words("tools")
        and rest[0].lower() not in school_low
        and rest[0].lower()
        not in {"business", "law", "medical", "art", "graduate", "elementary", "summer", "sunday", "old", "in"}
    )


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without punctuation at its end."""
    found = text[start:end].rstrip(".,'’-")
    return start, start + len(found)
