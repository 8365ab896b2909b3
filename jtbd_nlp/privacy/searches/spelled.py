"""Codes that are spelled out, letters and digits one by one: "S W 1 8, 4 R T", "T four four dash one nine".

In: one passage. Out: hits. Hardly anybody spells what is not a postcode, a bank's or an official's number of one's own.
"""

from __future__ import annotations

import re

from ..finds import Hit
from .digits import digits_of

_DIGIT = (
    r"(?:\d{1,2}(?![\w])|zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|"
    r"eight|nine))?)"
)
_LETTER = r"(?:(?-i:[A-Z])|(?-i:[b-hj-z]))(?![\w'’])(?: (?:for|as in|like) [a-z][\w-]{2,10})?"
_TOKEN = rf"(?:(?:double|treble|triple) )?(?:{_LETTER}|{_DIGIT}(?![a-z]))"
_SPELLED = re.compile(
    rf"(?<![\w'’.-]){_TOKEN}(?:(?:,? |-)(?:(?:dash|hyphen|slash|stroke|space|then) )?{_TOKEN}){{3,40}}(?![\w'’])",
    re.IGNORECASE,
)
_LETTERS = re.compile(rf"(?<![\w'’]){_LETTER}", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d{1,2}[A-Z]?\d[A-Z]{2}|[A-Z]\d[A-Z]\d[A-Z]\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z\d]{11,}")
_ID = re.compile(r"(?!I\d|A\d)[A-Z]{1,6}\d{3,}[A-Z\d]*|\d{3,20}[B-HJ-Z]{1,3}\d*")


def find_spelled(text: str) -> list[Hit]:
    """Return the codes of letters and digits that somebody spelled out in a passage."""
    return [Hit(*m.span(), kind, 0.75, "spelled") for m in _SPELLED.finditer(text) if (kind := _kind(m[0]))]


def _kind(found: str) -> str | None:
    """Return the kind of a spelled code; None where the letters are no code ("plan B, two")."""
    code = _plain(found)
    if _POSTCODE.fullmatch(code):
        return "POSTCODE"
    if _IBAN.fullmatch(code):
        return "IBAN"
    return "ID" if _ID.fullmatch(code) and sum(c.isdigit() for c in code) > 2 else None


def _plain(found: str) -> str:
    """Return the code that is spelled: "M twenty one, nine double B" is M219BB."""
    parts = re.split(
        r"[ ,]+|(?<=\w)-(?=\w)",
        re.sub(
            r" (?:for|as in|like) [a-z][\w-]{2,10}|\b(?:dash|hyphen|slash|stroke|space|then)\b",
            " ",
            found,
            flags=re.IGNORECASE,
        ),
    )
    words, times = [], 1
    for part in (p for p in parts if p):
        if part.lower() in ("double", "treble", "triple"):
            times = 2 if part.lower() == "double" else 3
            continue
        words += [part.upper() if len(part) == 1 and part.isalpha() else part] * times
        times = 1
    chunks = re.findall(r"(?:(?<!\S)[A-Z](?!\S) ?)+|(?:(?<!\S)(?![A-Z](?!\S))\S+ ?)+", " ".join(words))
    return "".join(c.replace(" ", "") if c[0].isupper() else digits_of(c) for c in chunks)
