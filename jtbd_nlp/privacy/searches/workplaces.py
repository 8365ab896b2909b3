"""Employers and schools without "work at": where somebody clocks on, whose kin is where, a trade in the name.

In: one passage. Out: hits. Weaker cues than those of `organisations`, so tools, towns and common words are left out.
"""

from __future__ import annotations

import re

from ..english import is_english
from ..finds import Hit
from ..lexicon import words
from ..names.lists import is_brand, is_city
from .organisations import CAP, LINK, PROPER, is_proper, trim

_ORG_CAP = "|".join(w.capitalize() for w in sorted(words("org_words")))
# a trade's word ends it and something of the speaker's stands before: sure enough without a verb of employment
_TRADE = re.compile(
    rf"\b(?i:at|for|with|by|through|from|to|is|was|called|before|after|via|left|against|as|in my|than) "
    rf"(?P<it>(?:{CAP}(?:{LINK})? ){{1,3}}(?:{_ORG_CAP}))\b(?!['’]s (?:app|website|site)\b| for (?:the|my|our|his|her)\b)"
)
_APPOSED_ORG = re.compile(  # "it's a small practice, Quayside Physio in Arklow"
    rf"\b(?i:practice|firm|company|shop|outfit|business|agency|charity|studio|salon|garage|surgery|nursery|start-?up|clinic), "
    rf"(?P<it>{CAP}(?:{LINK}{{0,2}} {CAP}){{1,3}})(?=,| (?:in|on|near|up|down|over)\b)"
)
_SUBJECT_ORG = re.compile(
    rf"(?:^|[.!?,;] |\b(?:so|and|but|because|since|when|that|then|if) )(?P<it>(?:{CAP} ){{1,2}}(?:{_ORG_CAP})) "
    r"(?:pays?|paid|employs?|gave|made|put|moved|sent|took|let|want|wants|expects?|cut|closed|changed|promoted|"
    r"trained) (?:me|us|my|our|everyone|everybody|the (?:staff|lads|team))\b"
)
_PARTNERS = re.compile(  # "Holloway & Pryce", "Tolley Brothers"
    rf"\b(?i:at|for|with|by|through|from|to|we're|i'm|is|was) (?P<it>{CAP} (?:(?:&|and) (?:Sons?|Daughters?|Co\b|Partners|"
    rf"{CAP}(?=[,.]? (?:the|solicitors|"
    rf"accountants|architects|estate|builders|an?)\b))|(?:Brothers|Bros|Sisters|Associates)))(?![\w])"
)
_MY_JOB = (
    r"(?:clock(?:s|ed|ing)?|sign(?:s|ed|ing)?) (?:on|in|off|out|up) (?:at|with|for)", r"(?:my|his|her|our) (?:first|last|old|"
    r"second|current|other|day|night|Saturday|weekend|summer) "
    r"(?:ever )?(?:proper |real )?(?:job|gig|employer|boss|shift) (?:was|is|were)(?: at| with| for)?",
    r"(?:I|we|he|she) (?:cook|serve|weld|paint|clean|nurse|teach|code|sew|bake|drive|deliver|manage|run|do|did|work|worked|"
    r"stack|pack|pick|wait|tend|mind|clerk|caretake|"
    r"cut hair|guard|temp)(?:s|ed)? (?:[\w-]{2,12} ){0,3}(?:at|for) (?:the )?", r"(?:bought|taken over|acquired|swallowed|"
    r"bought out|TUPE'd|transferred) (?:up )?by",
    r"(?:contract|wages|payslip|money|cheque|paycheck|shifts|hours|work|placement|pension|uniform)(?:['’]s| is| are| comes?|"
    r" come)? (?:through|from|with)",
    r"(?:do|did|does|doing) (?:agency|bank|relief|casual|contract|seasonal|nights|weekends|lates|earlies|cover)(?: work|"
    r" shifts)? (?:for|at|with|through)",
    r"back in my",
    r"(?:an?|the) (?:[\w-]{2,12} ){0,2}(?:porter|cook|chef|fitter|welder|cleaner|carer|receptionist|technician|operator|"
    r"supervisor|electrician|plumber|"
    r"machinist|packer|picker|waiter|waitress|barman|barmaid|bartender|caretaker|paramedic|midwife|pharmacist|dentist|vet|paralegal|solicitor|surveyor|"
    r"architect|broker|underwriter|trader|teller|handler|foreman|joiner|deckhand|stylist|barber|governor|dinner lady|"
    r"lollipop lady|cover supervisor|ta|librarian) "
    r"(?:up |down |over |out )?(?:at|for|with)", r"(?:on the|my|our) (?:graduate|apprentice|training|grad) (?:scheme|"
    r"programme|program) (?:at|with)",
)  # fmt: skip
_JOBS = tuple(re.compile(rf"\b(?i:{cue}) (?P<it>{PROPER})".replace("(?:the )? (?P", "(?:the )?(?P")) for cue in _MY_JOB)
_HERE_AT = re.compile(rf"\b(?i:here|back|down|up|out) at (?P<it>{CAP}(?:{LINK}{{0,2}} {CAP}){{1,4}})")
_KIN = "|".join(sorted(words("kin"), key=lambda w: (-len(w), w)))
_KIN_AT = re.compile(  # "my wife's at Penrose Veterinary", "my lad goes to Eastgate"
    rf"\b(?i:(?:my|our|his|her|the) (?:\w{{3,9}} )?(?:{_KIN}|lad|lass|girl|boy|kids|children|two|three|twins|eldest|youngest|"
    rf"oldest|stepson|stepdaughter|grandson|granddaughter|"
    rf"grandchildren|little one|middle one)s?(?:['’]s| is| was| are| works?| worked| goes| go| went| starts?|"
    rf" started)(?: (?:now|still|just|off|back|over|up))? (?:at|to|with)) "
    rf"(?P<it>{CAP} {CAP}(?: {CAP})?)"
)
_YEAR_AT = re.compile(
    rf"\b(?i:(?:first|second|third|fourth|final|last|foundation|sandwich|placement|gap) year|head of (?:year|maths|english|"
    rf"science|department|sixth form|music|art|pe)|(?:retook|resat|passed|failed|did|do|"
    rf"doing|took) (?:my|his|her) (?:[\w-]{{2,12}} ){{1,2}}|got into|accepted (?:at|to|into)|a place|offer|scholarship|"
    rf"alumni|alumnus|graduate|graduated|dropped out|reading \w{{3,12}}|halls|open day|prom|detention)"
    rf"(?: (?:at|to|from|of|in))? (?P<it>{CAP}(?:{LINK}{{0,2}} {CAP}){{0,3}})"
)
_WENT_TO = re.compile(
    rf"\b(?i:(?:i|he|she) (?:went|goes) to) (?P<it>{CAP}(?: {CAP})?)(?= (?:and then|before|after|for (?:a|my|his|her|two|"
    rf"three|four) (?:\w{{3,8}} )?(?:year|degree|years|masters|ba|bsc|law)))"
)
_HOLY = re.compile(
    rf"\b(?i:at|to|from|for) (?P<it>(?:Holy (?:Cross|Trinity|Family|Rosary|Rood|Name)|Sacred Heart|"
    rf"Our Lady(?: of {CAP}(?: {CAP})?|['’]s)?|All (?:Saints|Souls|Hallows)|Corpus Christi|"
    rf"St\.? {CAP}(?:['’]s)?(?: {CAP}){{0,2}}|Saint {CAP}(?: {CAP})?))(?![\w])"
)
_HOLY_CUE = re.compile(
    r"\b(?:teach\w*|taught|school|class|pupils?|year \w{3,6}|kids?|children|lad|daughter|son|nephew|niece|twins|dinner lady|"
    r"caretaker|head|governors?|ward|nurse|doctor|midwife|clean\w*|works?|worked|job|shift|"
    r"reception|porter|got in)\b",
    re.IGNORECASE,
)


def find_workplaces(text: str) -> list[Hit]:
    """Return employers and schools of one passage that a weak cue tells."""
    hits = [
        Hit(*trim(text, *m.span("it")), kind, 0.7, "cue")
        for p, kind in (
            *((p, "EMPLOYER") for p in (*_JOBS, _TRADE, _HERE_AT, _SUBJECT_ORG, _PARTNERS, _APPOSED_ORG)),
            (_KIN_AT, "EMPLOYER"),
            (_YEAR_AT, "SCHOOL"),
            (_WENT_TO, "SCHOOL"),
        )
        for m in p.finditer(text)
        if is_proper(m["it"]) and _is_own(m["it"])
    ]
    hits += [
        Hit(*trim(text, *m.span("it")), "SCHOOL", 0.7, "saint")
        for m in _HOLY.finditer(text)
        if _HOLY_CUE.search(text[max(0, m.start() - 60) : m.start()])
    ]
    return hits


def _is_own(found: str) -> bool:
    """Say whether a proper name is no tool, town or month: "clock on at Pemberton Mills", and not "back in my London days"."""
    low = [w.strip("'’s.,").lower() for w in found.split()]
    known = words("tools") | words("place_names") | words("months") | words("brand_names")
    return not set(low) & known and not (len(low) == 1 and _common(low[0]))


def _common(low: str) -> bool:
    return is_english(low) or is_brand(low) or is_city(low)
