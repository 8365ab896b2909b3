"""Personal data with a written or spoken shape: e-mail, web address, handle, postal address, postcode, date of birth.

In: one passage. Out: hits. Every repeat in these patterns is bounded and every word starts at one place only, so that
the work grows with the length of the passage and not with its square.
"""

from __future__ import annotations

import re

from ..english import is_english
from ..finds import Hit
from ..lexicon import words
from .shapes import (
    ANY_STREET_CAP,
    CAP,
    CITY,
    DATE,
    DAY,
    DIGIT_WORD,
    FLAT,
    HOME,
    IGNORE,
    NUMBER_WORD,
    SHORT_YEAR,
    STREET,
    STREET_CAP,
    TLD,
    YEAR,
)

# kind, score, pattern; the group "it" is what is hidden, where there is one.
_TABLE: tuple[tuple[str, float, str, int], ...] = (
    ("EMAIL", 1.0, r"(?<![\w.+%-])[\w.+%-]{1,64} ?@ ?(?:[a-z0-9-]{1,63} ?\. ?){1,4}[a-z]{2,24}\b", IGNORE),
    ("EMAIL", 0.9,
        rf"(?<![\w.])(?!look(?:s|ed|ing)? at\b)[\w.+-]{{1,40}}(?: (?:dot|underscore|dash|hyphen|"
        rf"plus) [\w.+-]{{1,40}}){{0,4}}(?: (?:\d{{1,4}}|{NUMBER_WORD}))?"
        rf" ?(?:\bat|\(at\)|\[at\]) "


         rf"\w[\w-]{{0,40}}(?: (?:hyphen|dash) \w{{2,20}}){{0,2}}(?: ?(?:dot|\(dot\)|"
         rf"\[dot\]) ?\w[\w-]{{0,30}}){{0,2}} ?(?:dot|\(dot\)|\[dot\]) ?(?:co "
         rf"(?:dot )?uk|ac (?:dot )?uk|{TLD})\b"
         , IGNORE),
    ("URL", 0.9, r"\bhttps?://[^\s<>\"]{3,300}[^\s<>\".,;:!?)']", IGNORE),
    ("URL", 0.9, r"\bwww\.[^\s<>\"]{3,300}[^\s<>\".,;:!?)']", IGNORE),
    ("URL", 0.8, rf"(?<![\w.@/-])(?:[a-z0-9-]{{1,40}}\.){{1,4}}(?:{TLD})/[\w./~%?=&@+-]{{1,200}}[\w/]", IGNORE),
    ("URL", 0.8,
        rf"\bmy (?:own |new |personal )?(?:web ?site|site|blog|page|portfolio|shop|home ?page)(?: is|'s| at| on|,|"
        rf":){{1,2}} (?:at |on )?"

     rf"(?P<it>(?:[a-z0-9-]{{1,40}}\.){{1,4}}(?:{TLD})\b)", IGNORE),
    ("URL", 0.8, rf"(?<=\bis )(?:\w{{2,24}} ){{1,3}}dot (?:{TLD})(?: slash \w{{1,24}}){{0,3}}\b", IGNORE),
    ("URL", 0.7, rf"\b\w{{2,24}} dot (?:{TLD}) slash \w{{1,24}}\b", IGNORE),
    ("HANDLE", 0.9, r"(?<![\w@.])@[A-Za-z_](?:[\w.]{1,28})[A-Za-z0-9_]", 0),
    ("HANDLE", 0.8, (
        r"\b(?:user ?name|(?:my|his|her|our|the) (?:\w{2,10} )?handle|"
        r"screen name|login name|gamer ?tag|nick ?name|login)(?: (?:on|for|in|at) "
        r"(?:the |my |our )?\w{2,15})?(?: there)?(?: "
        r"is|'s| was|:) (?!@|(?:not|very|simple|too|always|the|wrong|taken|just|really|slow|broken|fine|easy|hard|different|"
        r"never|whatever|loose|stiff|what|usually|often|also|whoever|that|my|your|at|on|in|off|gone|called)\b)"
        r"(?P<it>\w[\w.-]{2,30}\w)"
    ), IGNORE),
    ("HANDLE", 0.8,
        r"\b(?:discord|reddit|insta(?:gram)?|tik ?tok|twitter|github|slack|telegram|snapchat|twitch|mastodon|etsy|ebay|"
        r"depop|vinted|youtube|linkedin|steam|xbox|bluesky)\b(?: "
        r"name| handle| user| account)?"


         r"(?:,? (?:i am|i'm|i go by|is|it'?s|as|find me as|under)){1,2} (?:called "
         r")?(?P<it>@?[A-Za-z]\w{0,20}(?:[._-]\w{1,20}){1,3}|[A-Za-z]{2,20}\d{1,6}|(?-i:[A-Z][a-z]{1,15}(?:[A-Z][a-z]{1,15}){1,3}))\b"
         , IGNORE),
    ("HANDLE", 0.7, (
        r"\b(?:discord|reddit|insta(?:gram)?|tik ?tok|twitter|github|slack|telegram|mastodon),? (?:it'?s|i'm|i am|"
        r"is) (?P<it>at (?:\w{2,20} ){0,2}\w{2,20})"
    ), IGNORE),
    ("HANDLE", 0.9, r"(?<![\w/.])u/[A-Za-z0-9_-]{3,20}\b", 0),
    ("HANDLE", 0.9, r"(?<![\w#])[A-Za-z][\w.]{1,30}#\d{4}(?!\d)", 0),
    ("HANDLE", 0.8,
     r"\b(?:i go by|known as|i post as|i'm on there as|find me as|listed as|signed up as|registered as) "
     r"(?P<it>@?(?=[\w.-]{0,30}\d)[A-Za-z][\w.-]{3,30}\w)\b", IGNORE),
    ("HANDLE", 0.7, r"\b(?:(?:at|u slash) )?(?!(?:an?|the|use|file)\b)\w{2,20}(?: (?:underscore|hyphen|dash|dot|"
    r"hash) (?!instead\b|final\b)\w{2,20}){0,3} underscore(?: "
     r"(?!instead\b|final\b|or\b|between\b)\w{2,20}(?: (?:underscore|hyphen|dash|dot|"
     r"hash) \w{2,20}){0,3})?\b(?<! underscore)(?: underscore(?= on))?", IGNORE),
    ("HANDLE", 0.8, r"\b(?:(?:my|our|his|her) (?:\w{2,10} )?handle|user ?name|gamer ?tag|insta(?:gram)?|twitter|discord|etsy|"
    r"tik ?tok|reddit|twitch)(?: name)?(?:['’]s| is|:|,? it['’]?s|,? i['’]?m)(?: just| called| all)? "
     r"(?P<it>(?:at |u slash )?\w{2,20}(?: (?:hyphen|dash|underscore|dot|hash) \w{1,20}){1,4})\b", IGNORE),
    ("HANDLE", 0.8, r"\b(?:find (?:me|us)|i['’]m|i am|we['’]re)(?: \w{2,4}){0,4} (?:on|under|"
    r"as) (?P<it>u slash \w{2,20}(?: (?:underscore|dash|hyphen) \w{2,20}){0,3})\b", IGNORE),
    ("HANDLE", 0.8, r"\b\w{3,20} hash (?:\d{4}|(?:(?:oh|zero|one|two|three|four|five|six|seven|eight|nine) ){3}\w{3,5})\b", IGNORE),
    ("HANDLE", 0.8, r"\b(?:i |we )?(?:stream|post|sell|play|go|trade|write|blog|vlog|publish)(?:s|ed|"
    r"ing)? (?:\w{2,6} ){0,3}(?:as|under|by) "
     r"(?P<it>(?-i:[A-Z][a-z]{1,15}(?:[A-Z][a-z]{1,15}){1,3})|\w{2,15}(?:[._]\w{1,15}){1,3}|[a-z]{3,20}\d{1,6})\b", IGNORE),
    ("HANDLE", 0.8, r"\b(?:tik ?tok|insta(?:gram)?|twitter|etsy|discord|twitch|youtube)(?: name| handle| account)?(?: is|"
    r"['’]s) at (?P<it>(?:\w{2,15} ){1,3}?\w{2,15})(?=$|[,.]| and\b| all\b)", IGNORE),
    ("URL", 0.8, r"\b(?:twitter|instagram|facebook|youtube|tik ?tok|linkedin|github|etsy|patreon|"
    r"medium) dot com slash (?:\w{2,20} ?){1,2}\b", IGNORE),
    ("URL", 0.8, rf"\b(?:my|our|the) (?:web ?site|site|blog|page|shop|portfolio)(?: is|"
    rf"['’]s) (?P<it>(?:\w{{2,20}} ){{1,3}}dot (?:co dot uk|{TLD}))\b", IGNORE),
    ("ADDRESS", 0.9,
     rf"\b{FLAT}?(?:[Nn]umber )?\d{{1,5}}[A-Za-z]? (?:(?:{CAP}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}"
     rf"(?:(?i:{STREET}))\b\.?(?:,? {HOME}\.? \w{{1,5}})?{CITY}?", 0),
    ("ADDRESS", 0.9, (
        r"\b(?:[Nn]umber )?\d{1,4}[a-z]? The (?:Crescent|Close|Avenue|Green|Mews|Grove|Terrace|Gardens|Square|Drive|"
        r"Lane|Parade)\b"
    ), 0),
    ("ADDRESS", 0.9, (
        rf"\b{FLAT}(?:\d{{1,5}} )?(?:{CAP} ){{1,3}}(?:House|Wharf|Quay|Mill|Mills|Works|Rise|Point|Yard|Terrace|Gate|"
        rf"Square|Court|Building|Tower|Towers|Mansions|Lodge|Place|"
        rf"Heights|Business Park|Industrial Estate|Trading Estate|Retail Park)\b"
    ), 0),
    ("ADDRESS", 0.8, (
        rf"\b(?:live|lives|lived|living|address is|moved to|house is|stay|home is)(?: at| on| in)? "
        rf"(?P<it>(?:(?:{NUMBER_WORD}|\d{{1,5}})[ -]){{1,3}}(?:\w{{3,20}} ){{1,3}}(?:{STREET}))\b"
    ), IGNORE),
    ("ADDRESS", 0.9, (
        rf"\b(?:[Nn]umber )?(?i:(?:{NUMBER_WORD})(?:[ -](?:{NUMBER_WORD})){{0,2}}(?: [a-h])?) (?:{CAP} ){{1,3}}(?:{ANY_STREET_CAP})\b"
    ), 0),
    ("ADDRESS", 0.8, (  # in lower case: only with what is hardly anything but a street
        rf"\b(?:at|to|on|number|we're|i'm|mum's|mom's|address is) (?P<it>(?:number )?(?:(?:{NUMBER_WORD}|\d{{1,4}}[a-h]?)[ -]){{1,3}}"
        rf"(?:[a-h] )?(?!(?:way|more|different|other|lane|road|street)\b)(?:[a-z'’]{{3,20}} ){{1,2}}"
        rf"(?:street|road|avenue|lane|crescent|close|terrace|gardens|grove|mews|boulevard|parkway))\b"
    ), IGNORE),
    ("ADDRESS", 0.8, (
        rf"\b(?i:live|lives|lived|living|based|flat|house|shop|workshop|studio|office|home|place|we're|we’re|i'm|i’m|"
        rf"chapel|farm|cottage|bungalow|salon|yard|garage|barn|pub)(?: (?:is|was|just|right|up|down|over|off|out)){{0,2}} "
        rf"(?:on|in|off|at the (?:top|bottom|end) of) (?P<it>(?:{CAP} ){{1,2}}(?:{STREET_CAP}))\b"
    ), 0),
    ("ADDRESS", 0.9, (
        rf"\b[A-ZÄÖÜ][\wäöüß.-]{{1,30}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer) \d{{1,4}} "
        rf"?[a-z]?\b(?:,? \d{{5}} {CAP})?"
    ), 0),
    ("ADDRESS", 0.9, (
        rf"\b\d{{1,4}}(?: bis| ter)?,? (?:rue|avenue|boulevard|chemin|allée|impasse|quai|place) (?:de la |de l'|des |"
        rf"du |de |d')?{CAP}(?: {CAP}){{0,2}}"
    ), 0),
    ("ADDRESS", 0.8, (
        rf"\b(?:Calle|Via|Avenida|Rua|Piazza|Plaza|Viale) (?:de |del |della |di |da |do )?{CAP}(?: {CAP})?,? "
        rf"\d{{1,4}}\b"
    ), 0),
    ("POSTCODE", 0.9, r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]? \d[ABD-HJLNP-UW-Z]{2})\b", 0),
    ("POSTCODE", 0.8,
     r"\b(?:post ?code|postal code|zip)(?: is| was|'s|:|,){1,2} (?P<it>[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b", IGNORE),
    ("POSTCODE", 0.8, r"\b[A-Z](?: [A-Z])? \d(?: [A-Z\d])? \d [A-Z] [A-Z]\b", 0),
    ("POSTCODE", 0.8,  # spelled out: "b n one four g h"
     rf"\b(?:[a-z] ){{1,2}}(?:{DIGIT_WORD}) (?:(?:{DIGIT_WORD}) ){{1,2}}[a-z] [a-z]\b", IGNORE),
    ("POSTCODE", 0.8,  # "L S 9, 7 double T"
     rf"\b(?:[A-Z] ?){{1,2}}(?:\d ?\d?|(?i:{DIGIT_WORD})),? (?:\d|(?i:{DIGIT_WORD})),? (?:double [A-Z]|[A-Z],? ?[A-Z])\b", 0),
    ("POSTCODE", 0.7,  # without its blank: only where something is sent, written or filled in
     r"\b(?P<it>[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?\d[ABD-HJLNP-UW-Z]{2})\b(?=[^.!?\n]{0,60}\b(?:[Pp]ost ?code|space|form|deliver|"
     r"parcel|address|courier|post(?:ed|ie|man)?|sat ?nav|van)\b)", 0),
    ("POSTCODE", 0.7,
     r"\b(?:post ?code|address|live|based|deliver(?:ed|s|y)?|moved|sat ?nav|courier|parcel)\b[^.!?\n\d]{0,40}?"
     r"\b(?P<it>(?-i:[A-PR-UWYZ][A-HK-Y]?)\d[\dA-HJKPSTUW]?\d(?-i:[ABD-HJLNP-UW-Z]{2}))\b", IGNORE),
    ("POSTCODE", 0.9, r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b", 0),
    ("POSTCODE", 0.8, (
        r"\b(?:zip(?: ?code)?|post ?code|postal code|plz|postleitzahl)(?: is| was|'s|:|,| of){0,2} "
        r"(?P<it>\d{4,5}(?:-\d{4})?)\b"
    ), IGNORE),
    ("POSTCODE", 0.7, (
        r"\b(?P<it>\d{5})\b(?! ?\w{3,12}s\b)(?=[^.!?\n]{0,60}\b(?:post(?:ed|al|code)?|mail (?:it|to)|deliver(?:ed|"
        r"y)?)\b)"
    ), IGNORE),
    (
        "POSTCODE",
        0.7,
        r"\b(?P<it>\d{5}),? (?:Berlin|Hamburg|München|Munich|Köln|Cologne|Frankfurt|Stuttgart|Düsseldorf|Leipzig|"
        r"Dortmund|Essen|Bremen|Dresden|Hannover|Nürnberg|Duisburg|Bochum|Wien|Zürich|Paris|Lyon|Marseille|Madrid|Barcelona|Roma|Milano)\b",
        0,
    ),
    ("DATE_OF_BIRTH", 0.8, rf"\b(?:turn|turns|turned) (?:\w{{3,12}}|\d\d)(?: on| this| next)?(?: the)? "
     rf"(?P<it>{DATE})", IGNORE),
    ("DATE_OF_BIRTH", 0.7,
     r"\b(?:i|he|she|i'm|i was|he was|she was|by the way),? born(?: in)? (?P<it>(?:19|20)\d\d)\b", IGNORE),
    ("DATE_OF_BIRTH", 0.8, (
        rf"\b(?P<it>{DATE})(?=,? (?:that'?s|which is|is|was|being) (?:my|his|her|our \w{{3,9}}'s) "
        rf"(?:birth ?day|date of birth|d\.?o\.?b))"
    ), IGNORE),
    ("POSTCODE", 0.7, (
        rf"\bpost ?code\b[^.!?\n\d]{{0,14}}?\b(?P<it>(?:[a-z] ){{1,2}}(?:(?:\d|{NUMBER_WORD}|[a-z]) ){{2,3}}"
        rf"[a-z] [a-z])\b"
    ), IGNORE),
    ("DATE_OF_BIRTH", 0.9,
     rf"\b(?<!business was )(?<!company was )(?<!idea was )(?<!project was )(?<!brand was )(?<!product was )"
     rf"(?<!app was )(?<!shop was )(?<!firm was )(?<!team was )(?<!\bit was )"
     rf"(?:born|birth ?day|birth ?date|date of birth|d\.? ?o\.? ?b\b)[^.!?\n\d]{{0,40}}?\b(?P<it>{DATE})", IGNORE),
    ("DATE_OF_BIRTH", 0.8,  # "my d o b is six twelve ninety one"
     rf"\b(?:birth ?date|date of birth|d\.? ?o\.? ?b)\b[^.!?\n\d]{{0,16}}?\b(?P<it>(?:{NUMBER_WORD}|"
     rf"oh \w{{3,5}})[ ,-]{{1,2}}(?:(?:{NUMBER_WORD}|oh \w{{3,5}})[ ,-]{{1,2}}){{1,2}}"
     rf"(?:{SHORT_YEAR}|{YEAR}))\b", IGNORE),
    ("DATE_OF_BIRTH", 0.8, rf"\b(?:(?:he|she|i|we)(?: only)? came along|(?:twins|baby|son|daughter|lad|girl|boy|youngest|"
    rf"eldest|one),? (?:who |that )?(?:came|arrived)) (?:on )?(?P<it>{DATE})", IGNORE),
    ("DATE_OF_BIRTH", 0.8,  # "the eleventh of the fourth, eighty two"
     rf"\b(?:born|birth ?day|birth|d\.?o\.?b|i'm an?|i am an?)\b[^.!?\n\d]{{0,20}}?\b(?P<it>(?:the )?{DAY} of the {DAY},?"
     rf"(?: of)? (?:{YEAR}|(?:{NUMBER_WORD})(?:[- ](?:{NUMBER_WORD}))?))\b", IGNORE),
    ("DATE_OF_BIRTH", 0.8,  # "I'm a March baby, March 3rd 1990"
     rf"\b(?:i'm|i am|he's|she's|he was|she was|i was) an? [\w ]{{3,26}} baby,? (?P<it>{DATE})", IGNORE),
    ("NATIONAL_ID", 0.9, r"\b[A-Z9]{5} ?\d{6} ?[A-Z9]{2}\d[A-Z]{2}\b", 0),  # UK driving licence
    ("CARD", 0.8, r"\b(?:expir(?:y|es|ing|ed)|expiration|valid (?:to|until|thru))(?: date)?"
     r"(?: is| on| in|:)? (?P<it>(?:0[1-9]|1[0-2]) ?/ ?\d\d(?:\d\d)?)\b", IGNORE),
    ("CARD", 0.8,
     r"\b(?:cvv2?|cvc|security code|(?:three|3|four|4)(?: digits| numbers)? on the (?:back|front))"
     r"(?: is| was|'s|:| it's|,){1,2} (?P<it>\d{3,4})\b", IGNORE),
    ("NATIONAL_ID", 0.9, r"\b[A-Z][ .,-]{1,2}[A-Z](?:[ .,-]{0,2}\d){6}[ .,-]{0,2}[A-D]\b", 0),
    ("NATIONAL_ID", 0.9, r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b", 0),
    ("NATIONAL_ID", 0.9,
     r"\b(?:national insurance|ni|nino)\b[^.!?\n\d]{0,20}?\b(?P<it>[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D])\b", IGNORE),
    ("NATIONAL_ID", 0.8, r"(?<![\d-])\d{3}-\d\d-\d{4}(?![\d-])", 0),
    ("IBAN", 0.8, r"\biban\b[^.!?\n\d]{0,20}?\b(?P<it>[a-z]{2}\d\d(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,3})?)\b", IGNORE),
    ("NAME", 0.7, r"(?<![\w-])(?:[A-Z]-){3,14}[A-Z](?![\w-])", 0),
    ("NAME", 0.7, r"\bspel(?:led|t)(?: out)?(?: as|,)? (?P<it>[A-Za-z](?:[ -][A-Za-z]){2,14})\b", 0),
)  # fmt: skip
PATTERNS = tuple((kind, score, re.compile(pattern, flags)) for kind, score, pattern, flags in _TABLE)


_DOTTED = re.compile(  # "at rusty dot kettle on insta"
    r"\b(?:at )?[a-z]\w{1,20}(?: dot \w{2,20}){1,2}(?= on (?:instagram|insta|tik ?tok|twitter|discord|youtube|threads|bluesky|there)\b)",
    IGNORE,
)
_SELF_HANDLE = re.compile(
    r"\b(?:i'm|i am|find me as|known as|i go by) (?P<it>\w[\w.]{3,29}) on "
    r"(?:instagram|insta|tik ?tok|twitter|reddit|discord|github|youtube|twitch|mastodon|etsy|ebay|vinted|depop)\b",
    IGNORE,
)
_ON_PLATFORM = re.compile(
    r"\bon (?:instagram|insta|tik ?tok|twitter|reddit|discord|github|youtube|twitch|mastodon|etsy|ebay|vinted|depop|bluesky|there)"
    r",? (?:i'm|i am|it's|i go by) (?P<it>[a-z][\w.]{5,29})(?=,|\.| if\b| and\b| all one word|$)",
    IGNORE,
)
_DOT_COM = re.compile(
    rf"(?<![\w.-])(?P<name>[a-z][a-z0-9-]{{3,40}})(?: dot [a-z]{{2,20}})? dot (?:co dot uk|org dot uk|{TLD})\b", IGNORE
)


def find_written(text: str) -> list[Hit]:
    """Return what has the shape of an e-mail, web or postal address, handle, postcode, birth date or national id."""
    hits = []
    for kind, score, pattern in PATTERNS:
        group = "it" if "it" in pattern.groupindex else 0
        hits += [Hit(*m.span(group), kind, score, "shape") for m in pattern.finditer(text)]
    hits += [Hit(*m.span(), "HANDLE", 0.8, "shape") for m in _DOTTED.finditer(text)]
    return [*hits, *_made_up_words(text)]


def _made_up_words(text: str) -> list[Hit]:
    """Find "I'm tomatoqueen on Instagram" and "thegoosepantry dot com", but not "I'm active on Instagram" and "amazon dot com"."""
    hits = []
    for pattern, group, kind in (
        (_SELF_HANDLE, "it", "HANDLE"),
        (_ON_PLATFORM, "it", "HANDLE"),
        (_DOT_COM, "name", "URL"),
    ):
        for found in pattern.finditer(text):
            word = found[group].lower()
            if not is_english(word) and word not in words("tools"):
                hits.append(Hit(*found.span("it" if kind == "HANDLE" else 0), kind, 0.7, "shape"))
    return hits
