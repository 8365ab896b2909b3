"""Addresses that are said aloud, named or built as they are outside Europe and North America.

In: one passage. Out: hits. Streets with a number before them are in `written`.
"""

from __future__ import annotations

import re

from ..finds import Hit
from .shapes import ANY_STREET_CAP, CAP, FLAT, HOME, IGNORE, NUMBER_WORD, STREET_CAP, TLD

_TABLE: tuple[tuple[str, float, str, int], ...] = (
    ("ADDRESS", 0.8, rf"\b(?:(?i:plot|house|lot) )?(?:\d{{1,3}}[A-Z]?/)?\d{{1,4}}[A-Za-z]?,? (?:{CAP} ){{1,3}}(?:{ANY_STREET_CAP})\b", 0),
    ("EMAIL", 0.9, rf"(?<![\w.])\w{{1,20}}(?: (?:dot|underscore|dash|hyphen) \w{{1,20}}){{1,3}} at (?:\w{{2,20}} ){{1,2}}dot "
     rf"(?:{TLD}|ie|nz|za|ng|ke|gh|es|pt|pl|se|dk|fi|ch|jp|sg|hk|ph|br|mx)(?: dot (?:uk|au|nz|za|in|jp|ke))?\b", IGNORE),
    ("HANDLE", 0.8, r"\bon (?:discord|reddit|insta(?:gram)?|tik ?tok|twitter|etsy|twitch|steam|xbox|there),? (?:it's|i'm|i am|as|under) "
     r"(?P<it>(?:\w{3,14} ){1,2}(?:(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|\d) ?){2,4})(?=,|\.|$| and\b| all\b)", IGNORE),
    ("NAME", 0.7, r"(?<![\w'’])(?!A B C)(?:[A-Z] ){3,14}[A-Z](?![\w'’])", 0),
    ("ADDRESS", 0.9, r"\b\d{1,5} (?:county|state|farm to market|ranch|rural|old|us|private) (?:road|route|highway|"
    r"rd)(?: \w{1,6})?\b", IGNORE),
    ("ADDRESS", 0.9, r"\bp\.? ?o\.? ?box (?:number )?(?:\d{1,6}|(?:[a-z]{3,6} ){1,4}[a-z]{3,6})\b", IGNORE),
    ("ADDRESS", 0.8,  # a house of its own, or one on a named block, with its street
     rf"\b(?:(?i:plot|house|door|shop|h\.? ?no\.?|flat|"
     rf"no\.?) )?(?:\d{{1,4}}(?:[/-]\d{{1,4}})?[A-Za-z]?,? )(?:{CAP} ){{0,2}}(?:Nagar|Marg|Colony|Vihar|Enclave|"
     rf"Layout|Puram|Salai|Chowk|Bagh|Ganj|Sector|Mohalla|Barangay|Jalan|Soi|Phase)\b(?: \d{{1,3}})?(?:,? \d{{1,2}}(?:st|nd|"
     rf"rd|th) (?:[Mm]ain|[Cc]ross))*", 0),
    ("ADDRESS", 0.8, r"\b(?i:jalan|soi|rua|calle|via|carrer|ulica|ul\.) (?:das |dos |da |do |de |del |"
    r"della )?(?-i:[A-Z][\w'’-]{2,20})(?: [A-Z][\w'’-]{2,20})?,? \d{1,4}\b", 0),
    ("ADDRESS", 0.8, r"\b\d{1,4},? (?:Rua|Calle|Via|Avenida|Carrer|Jalan|Lorong|Ulica) (?:das |dos |da |do |de |del |"
    r"della )?[A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{2,20})?\b", 0),
    ("ADDRESS", 0.8, rf"\b(?i:house|plot|villa) (?:\d{{1,4}}|(?:{NUMBER_WORD})),? (?i:street|road|block|sector|"
    rf"lane) (?:\d{{1,3}}|(?:{NUMBER_WORD}))\b", IGNORE),
    ("ADDRESS", 0.8,  # with a comma or "number" between: "33, Acorn Rise", "number one hundred and four, Ferndale Road"
     rf"\b(?i:at |to |(?=number |no\. ))(?P<it>(?i:number |no\.? )?(?:\d{{1,4}}[A-Za-z]?|"
     rf"(?i:(?:{NUMBER_WORD})(?:(?: and)?[ -](?:{NUMBER_WORD})){{0,3}})),? (?:{CAP} ){{1,3}}(?:{ANY_STREET_CAP}))\b", 0),
    ("ADDRESS", 0.8, rf"\b(?:{CAP} ){{1,3}}(?:{STREET_CAP}|Rise|View|Green),? (?i:number|no\.?) (?:\d{{1,4}}[a-z]?|"
    rf"(?i:{NUMBER_WORD}))\b", 0),
    ("ADDRESS", 0.8,  # "at the end of Spindle Lane", "off Gasworks Lane", "the third house on Kestrel Drive"
     rf"\b(?i:(?:end|top|bottom|corner|foot|side) of|(?:house|door|gate|cottage|place|flat|one|bungalow|terrace) on|"
     rf"grew up on|born on|moved to|(?:yard|unit|shop|"
     rf"garage|lock-?up|workshop|warehouse|depot|surgery|office)(?:['’]s| is)? (?:on|off)|live (?:on|off|near|"
     rf"at the \w{{3,8}} \w{{3,8}},)|(?:round|back) on) "
     rf"(?P<it>(?:{CAP} ){{1,2}}(?:{STREET_CAP}))\b", 0),
    ("ADDRESS", 0.8,  # crossing of two streets
     rf"\b(?i:corner of) (?P<it>{CAP}(?: {CAP})? and {CAP}(?: {CAP})?)\b", 0),
    ("ADDRESS", 0.8,  # a house with a name: "Rowan Cottage, Mill Brow"
     rf"\b(?:{CAP} ){{1,2}}(?:Cottage|Farm|House|Lodge|Barn|Villa|Bungalow|Farmhouse|"
     rf"Manor),? (?:{CAP} ){{1,2}}(?:{ANY_STREET_CAP}|Brow|Bank|End|Common|Fold|Wynd|Loan|Gate)\b", 0),
    ("ADDRESS", 0.8, rf"\b(?i:room|bed|pitch|berth) (?:\d{{1,4}}[A-Za-z]?|(?i:{NUMBER_WORD})),? (?:in |at |"
    rf"of )?(?:the )?(?:{CAP} ){{1,2}}(?:Halls?|House|Court|Hall of Residence|Lodge|Marina|"
     rf"Tower|Wing|Ward|Residence|Caravan Park|Park)\b", 0),
    ("ADDRESS", 0.8, rf"\b{HOME} (?:\w{{1,4}}|(?i:{NUMBER_WORD})),? \d{{1,5}} {CAP}(?: {CAP}){{0,2}}\b", 0),
    ("ADDRESS", 0.8, rf"\b{FLAT}(?:{CAP} ){{1,3}}(?:House|Court|Tower|Building|Lodge|Heights|Mansions|Point|Wharf|Buildings|"
    rf"Apartments), (?:\d{{1,4}} )?(?:{CAP} ){{1,3}}(?:{ANY_STREET_CAP})\b", 0),
    ("POSTCODE", 0.8, r"\b(?:zip(?: ?code)?|post ?code|postal code)(?: is|['’]s| was|,|:){1,2} (?P<it>(?:(?:\d|oh|zero|one|"
    r"two|three|four|five|six|seven|eight|nine|double)[ ,-]{1,2}){3,8}(?:\d|oh|zero|one|two|"
     r"three|four|five|six|seven|eight|nine))\b", IGNORE),
)  # fmt: skip
_PATTERNS = tuple((kind, score, re.compile(pattern, flags)) for kind, score, pattern, flags in _TABLE)


def find_addresses(text: str) -> list[Hit]:
    """Return the addresses of one passage that are told and not written as on an envelope."""
    return [
        Hit(*m.span("it" if "it" in p.groupindex else 0), kind, score, "shape")
        for kind, score, p in _PATTERNS
        for m in p.finditer(text)
    ]
