"""Numbers that tell who someone is, written or spoken: phone, card, account, sort code, national and other ids.

In: one passage. Out: hits. A run of digits ("07700 900 456", "oh seven double seven ...") is judged by its length, its
check digits and the words before it; without a cue only shapes that are hardly anything else count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..finds import Hit

_SPOKEN = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "hundred": "00", "thousand": "000", "double": "", "triple": "", "treble": "",
}  # fmt: skip
_WORD = "|".join(sorted(_SPOKEN, key=len, reverse=True))
_ATOM = rf"(?:(?:{_WORD})(?![a-z])|\d{{1,19}}(?![a-z\d]))"
_RUN = re.compile(
    rf"(?<![\w.@/#$£€%:+-])(?:\+\s?|plus )?\(?{_ATOM}(?:[ ,./()–-]{{1,3}}(?:area code |extension |then |and then |dash |hyphen |"
    rf"stroke |slash |ext\.? )?{_ATOM}){{0,24}}",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s?(?:%|percent|['’]s\b|st\b|nd\b|rd\b|th\b|[ap]\.?m\b|o'clock|hundred|thousand|million|billion|dollars?|euros?|pounds?|"
    r"[:]\d|(?:rows?|minutes?|hours?|days?|weeks?|months?|years?|people|orders?|users?|units?|lines?|"
    r"times|pages?|pieces|visitors|words|items|customers|calls?|litres?|liters?|met(?:re|er)s?|miles?|steps?|kilos?|grams?|tonnes?|degrees|"
    r"quid|bucks|copies|boxes|tickets|emails|a (?:year|month|week|day|head|pop))\b)",
    re.IGNORECASE,
)

_CUES: tuple[tuple[str, str, int, int], ...] = (
    # kind, words before the run, fewest and most digits
    ("SORT_CODE", r"sort[- ]?code|\bsort(?:'s| is| was)\b|branch code|bank code|blz|\bbsb\b|transit number", 6, 8),
    ("NATIONAL_ID",
        r"social security|\bssn\b|my social|of my social|national insurance|\bni number|passport|nhs (?:number|no)|"
        r"tax (?:id|number)|"


         r"steuer-?(?:id|nummer)|driv(?:er'?s|ing) licen[cs]e|national id|identity card|id card|medicare|sin number|"
         r"\bitin\b|aadhaar|pesel"
         , 4, 14),
    ("CARD", r"card (?:number|ending|is|was)|\bcard\b|visa|mastercard|amex|debit|ending in", 13, 19),
    ("CARD", r"card (?:number )?ending(?: in| with)?|last four (?:digits )?(?:of|on) my card", 4, 4),
    ("POSTCODE", r"\bpin ?code", 6, 6),
    ("CARD", r"security code|cvv2?|cvc|(?:three|3|four|4)(?: digits| numbers)? on the (?:back|front)", 3, 4),
    ("ID", r"\b(?:volunteer|operator|rider|courier|candidate|applicant|learner|pupil|resident|tenant|"
    r"delegate)(?:'s)?(?: (?:id|number|no))?", 4, 10),
    ("ID", r"(?:log(?:ged)? (?:in|on) (?:as|with)|registered as|on the register as|(?:has|have|know|"
    r"got) me (?:down )?as)(?: \w{4,9})?", 3, 12),
    ("ACCOUNT", r"account (?:number|no\b|num)|acct|my account(?: is|'s| was)|(?:bank|business|current|savings|joint|"
     r"checking|deposit) account|routing (?:number)?|"
     r"account follows|\baccount\W{0,3}\Z|that'?s (?:the|my|our) account", 5, 17),
    ("ID", r"\b(?:employee|staff|patient|customer|client|member(?:ship)?|student|badge|payroll|personnel|policy|case|"

         r"user|clock|works|collar|crew|nmc|gmc|hcpc|insurance|medical record|hospital|chart|mrn|driver|loyalty|locker|"
         r"library)(?:'s)? ?(?:id|number|no\b|nr|code|ref(?:erence)?|"
         r"card|says)?"
         , 3, 14),
    ("PHONE", r"phone|mobile|cell|call (?:me|us|her|him)|ring|text(?:ed)? me|telephone|whats ?app|dial|"
     r"(?:reach|get) (?:me|us)(?: on)?|fax|(?:my|her|his|our|the) number|helpline|hotline|office (?:line|is|number)|\bline is|"
     r"\btel\b|"
     r"(?:in|on) my phone|voicemail", 5, 15),
)  # fmt: skip
_CUE_PATTERNS = tuple((kind, re.compile(cue, re.IGNORECASE), low, high) for kind, cue, low, high in _CUES)
_REACH = 60  # characters before the run in which its cue may stand
_AFTER = 32
_AFTERWARDS = (
    "SORT_CODE",
    "PHONE",
    "ACCOUNT",
    "NATIONAL_ID",
)  # kinds whose cue may follow: "60427719, that's the account"
_COUNTING = "01234567890123456789012345678909876543210"
_GROUPED_PHONE = re.compile(r"\(?\+?\d{1,5}\)?(?:[ .-]\d{2,4}){2,5}\Z")
_ID_TOKEN = re.compile(
    r"\b(?:employee|staff|patient|customer|client|member(?:ship)?|student|badge|payroll|personnel|policy|case|user|"
    r"insurance|passport|licen[cs]e|tax|account|loyalty)(?:'s)?(?: (?:id|number|no\.?|nr|code|ref(?:erence)?|says))?"
    r"(?:['’]s)?(?:[ ,:#]{1,3}(?:id |number |is |was |it'?s |says |would be )?){1,2}(?P<id>(?:(?-i:[A-Z]{1,4})[ "
    r"-]?|[A-Z]{1,4}-?)?\d[\dA-Z/-]{2,15}|[A-Z]{1,4}[/-][\dA-Z/-]{3,15})",
    re.IGNORECASE,
)
_SHAPED_ID = re.compile(  # "the policy's in my name, HHP-7731-0092"
    r"\b(?:policy|membership|claim|account|customer|patient|employee|staff|payroll|insurance|reference|my (?:ref|id|number|badge|card))\b"
    r"[^.!?\n]{0,40}?(?<![\w-])(?P<id>(?-i:[A-Z]{1,4})(?:[-/ ]\d{2,6}){2,4}|(?-i:[A-Z]{2,4})[-/]\d{5,10})(?![\w-])",
    re.IGNORECASE,
)
_LETTERS_BEFORE = re.compile(
    r"(?<![\w'’])(?:[A-Z9]{5} |(?:[A-Z](?: (?:dash|hyphen|slash|stroke))?[ -]|[b-hj-z] (?:dash|hyphen|slash|stroke) ){1,4})\Z"
)
_LETTERS_AFTER = re.compile(r"(?:,? (?:dash |hyphen |slash |stroke )?[A-Z](?![\w'’])){1,3}(?<! I)")
_CODE = re.compile(  # what banks and road authorities give, by its shape
    r"\b(?:[A-Z]{4}0(?=[A-Z\d]{0,5}\d)[A-Z\d]{6}|[A-Z]{2} ?\d{2} [A-Z]{3})\b"
)
_MIXED_ID = re.compile(  # "on the register as 14B2209", "the claim's in as CLM 448 1902"
    r"\b(?:regist(?:er|ered|ration)|claim|policy|ref(?:erence)?|log(?:ged)? (?:in|on)|down|case|ticket|reg|plate|number plate)\b"
    r"(?:['’]s)?(?: (?:number|no|in|is|"
    r"was))?(?:['’]s)? (?:as )?(?P<it>(?-i:[A-Z\d]{1,5}[ /-]?\d[A-Z\d]{1,9}(?:[ /-]\d{2,6}){0,3}))\b(?![./]\d)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?<![\w-])[A-Z]{2,4}-\d{4,7}-[A-Z\d]{1,4}(?![\w-])")  # "HX-20917-K"
_OWN_ID = re.compile(  # "on the ward system I'm nrs-7731"
    r"\b(?:i'm|i am|comes? up as|logged in as|log in as|shows? (?:me )?as|down as|appears? as|listed as|badge says|login(?:'s| is))"
    r" (?:staff |number |no\.? )?(?P<id>[a-z]{1,5}[-_/]?\d{3,8}(?:-[a-z\d]{1,3})?|\d{3,8}-[a-z\d]{1,3})\b(?![-/.]\d)",
    re.IGNORECASE,
)
_PREFIXED_ID = re.compile(r"\b(?:EMP|STAFF|EMPL|PAT|CUST|MRN|CUSTOMER|PATIENT)[- #]?\d{3,12}\b")


_TENS = re.compile(r"[2-9]0")  # "twenty", and "five" behind it makes 25
_UNIT = re.compile(
    r"\b(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble)\b", re.IGNORECASE
)
_FILLED = re.compile(r",|[–-]|\b(?:and then|then|dash|hyphen|stroke|slash)\b")
_ENDS = re.compile(
    r"\b(?:ending|ends|finishing|finishes|last four(?: digits)?(?: are| is|'s)?)(?: in| with)? \Z", re.IGNORECASE
)
_RUNS_OUT = re.compile(r"\b(?:runs out|run out|expir\w{1,6}|valid (?:to|until))(?: on| in| is|,)? \Z", re.IGNORECASE)
_OF_CARD = re.compile(r"\b(?:cards?|visa|mastercard|amex|debit|declined|contactless)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits in a passage, ``[start, end)``, and its digits."""

    start: int
    end: int
    digits: str
    written: bool


def find_numbers(text: str) -> list[Hit]:
    """Return the numbers in one passage that tell who someone is."""
    hits = [hit for run in digit_runs(text) if (hit := _judge(text, run))]
    for pattern in (_ID_TOKEN, _SHAPED_ID, _OWN_ID, _PREFIXED_ID, _CODE, _MIXED_ID, _DASHED):
        for match in pattern.finditer(text):
            group = next(iter(pattern.groupindex), 0)
            token = match[group]
            if sum(c.isdigit() for c in token) >= (2 if pattern is _CODE else 3):
                hits.append(Hit(*match.span(group), "ID", 0.8, "id"))
    return hits


def digit_runs(text: str) -> Iterator[Run]:
    """Give out every run of written or spoken digits, without punctuation at its end."""
    for match in _RUN.finditer(text):
        found = match[0].rstrip(" ,./()–-")
        digits = digits_of(found)
        if digits:
            yield Run(match.start(), match.start() + len(found), digits, any(c.isdigit() for c in found))


def digits_of(found: str) -> str:
    """Return the digits of written or spoken numbers: "oh seven double two" is 0722."""
    out: list[str] = []
    times = 1
    for token in re.findall(r"[a-z]+|\d+", found.lower()):
        if token in ("double", "triple", "treble"):
            times = 2 if token == "double" else 3
            continue
        out.append(_SPOKEN.get(token, token if token.isdigit() else "") * times)
        times = 1
        if len(out) > 1 and _TENS.fullmatch(out[-2]) and len(out[-1]) == 1 and out[-1] != "0" and not token.isdigit():
            out[-2:] = [out[-2][0] + out[-1]]
    return "".join(out)


def _judge(text: str, run: Run) -> Hit | None:
    n = len(run.digits)
    if n < 3 or _NOT_AFTER.match(text, run.end):
        return None
    if 13 <= n <= 19 and luhn(run.digits) and n <= 16:
        return Hit(run.start, run.end, "CARD", 1.0, "luhn")
    if n == 4 and _of_card(text, run):
        return Hit(run.start, run.end, "CARD", 0.8, "card")
    if re.fullmatch(r"\d\d-\d\d", text[run.start : run.end]):  # "ages 22-60", "50-50"
        return None
    kind = _cued(text, run, n)
    if kind:
        start, end = _with_letters(text, run) if kind in ("ID", "NATIONAL_ID") else (run.start, run.end)
        return Hit(start, end, kind, 0.85, "cue")
    return _shaped(text, run, n)


def _cued(text: str, run: Run, n: int) -> str | None:
    start = max(text.rfind(mark, 0, run.start) + 1 for mark in ".!?\n")
    before = text[max(start, run.start - _REACH) : run.start]
    after = re.split(r"[.!?\n]", text[run.end : run.end + _AFTER])[0]
    best: tuple[int, str] | None = None
    for kind, cue, low, high in _CUE_PATTERNS:
        if not low <= n <= high:
            continue
        ends = [m.end() for m in cue.finditer(before)]
        place = ends[-1] if ends else (0 if kind in _AFTERWARDS and cue.search(after) and n >= 6 else -1)
        if place >= 0 and _close(before[place:], kind, n) and (best is None or place > best[0]):
            best = (place, kind)
    return best[1] if best else None


def _close(between: str, kind: str, n: int) -> bool:
    """Short numbers need their cue right before them; long ones may stand further off."""
    if kind == "ID" and n < 4 and not re.match(r"\W{0,3}(?:is |was |it'?s |says |number |no\.? )?\W{0,2}\Z", between):
        return False
    if kind == "ID" and re.search(r"\b(?:of|ages?|aged|from|between|members)\b", between):  # "a staff of 10-20"
        return False
    limit = 20 if kind == "ID" or n < 6 else 40
    return len(between) <= limit and not re.search(
        r"\b(?:for|with|by|had|have|need|different|cost|about)\b", between[-8:]
    )


def _of_card(text: str, run: Run) -> bool:
    """Say whether four digits are a card's last or its month of expiry: "the Visa ending double oh one seven"."""
    before, after = text[max(0, run.start - 80) : run.start], text[run.end : run.end + 80]
    if run.written and run.digits[:2] in ("19", "20"):
        return False
    return bool((_ENDS.search(before) or _RUNS_OUT.search(before)) and _OF_CARD.search(before + " " + after))


def _with_letters(text: str, run: Run) -> tuple[int, int]:
    """Return the run with the single letters read out beside it: "Q Q 12 34 56 C", "E dash 44 oh 17"."""
    before, after = _LETTERS_BEFORE.search(text, max(0, run.start - 24), run.start), _LETTERS_AFTER.match(text, run.end)
    return before.start() if before else run.start, after.end() if after else run.end


def _shaped(text: str, run: Run, n: int) -> Hit | None:
    found = text[run.start : run.end]
    if not run.written:
        told = 7 <= n <= 19 and run.digits not in _COUNTING and _read_out(found)
        return Hit(run.start, run.end, "PHONE" if n < 13 else "CARD", 0.6, "spoken digits") if told else None
    plain = " ".join(_FILLED.sub(" ", found).split())
    if re.fullmatch(r"\d(?: \d){6,18}", plain) and run.digits not in _COUNTING and found.count(",") < n / 2:
        return Hit(run.start, run.end, "PHONE" if n < 13 else "CARD", 0.7, "read out")
    if re.fullmatch(r"\d{4}(?: \d{4}){3}", plain):
        return Hit(run.start, run.end, "CARD", 0.7, "grouped")
    if " then " in found and run.digits[:1] == "0" and 9 <= n <= 14:
        return Hit(run.start, run.end, "PHONE", 0.7, "grouped")
    if found.startswith("+") and 8 <= n <= 15:
        return Hit(run.start, run.end, "PHONE", 0.9, "international")
    if (found.startswith("(") or found[:1] == "0") and 9 <= n <= 14 and _GROUPED_PHONE.match(found):
        return Hit(run.start, run.end, "PHONE", 0.8, "grouped")
    if re.fullmatch(r"7\d{3} ?\d{3} ?\d{3}", found) and " " in found:  # a British mobile without its 0
        return Hit(run.start, run.end, "PHONE", 0.7, "grouped")
    if re.fullmatch(r"0(?: \d){8,13}", found) or re.fullmatch(r"(?:1[- .])?[2-9]\d\d[- .][2-9]\d\d[- .]\d{4}", found):
        return Hit(run.start, run.end, "PHONE", 0.8, "grouped")
    return None


def _read_out(found: str) -> bool:
    """Say whether words are digits read out one by one, and no amounts: "fifty fifty", "two thousand two hundred"."""
    units = len(_UNIT.findall(found))
    return units >= 5 and "thousand" not in found.lower() and units * 2 >= len(found.split())


def luhn(digits: str) -> bool:
    """Say whether the last digit is the check digit of a payment card."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0 and len(set(digits)) > 1
