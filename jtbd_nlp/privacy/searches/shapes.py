"""Pieces of patterns of what is written or said: numbers, months, dates, streets; no find by themselves.

In: word lists. Out: regular expressions as text, for `written` and `addresses`.
"""

from __future__ import annotations

import re

from ..lexicon import words

TLD = "com|org|net|edu|gov|io|co|uk|de|fr|nl|eu|ca|au|us|info|me|dev|app|ai|example|shop|blog"
IGNORE = re.IGNORECASE
NUMBER_WORD = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
)
DIGIT_WORD = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty"
)
ORDINAL = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    "sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ]\\w{3,7}|thirtieth|thirty[- ]first"
)
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
YEAR = (
    rf"(?:\d{{4}}|['’]\d\d|(?:nineteen|twenty|two thousand)(?:(?: and)? (?:{NUMBER_WORD})\b(?:[- "
    rf"](?:{NUMBER_WORD}))?)?)\b"
)
SHORT_YEAR = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|oh|nought)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL})"
LAST = rf"(?:,? (?:{YEAR}|{SHORT_YEAR}\b))"
STROKE = r" ?(?:stroke|slash|dash|[./-]) ?"
DATE = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}{STROKE}\d{{1,2}}{STROKE}\d{{2,4}}|"
    rf"(?:the )?{DAY}(?: of)? (?:{MONTH})\b\.?{LAST}?|(?:{MONTH})\b\.? (?:the )?{DAY}{LAST}?|(?:the )?{DAY} of the {DAY}{LAST}|"
    rf"(?:Christmas|New Year'?s|Valentine'?s|Boxing|St Patrick'?s|Independence) (?:Day|Eve)(?:,? {YEAR})?)"
)
CAP = r"[A-ZÀ-ÖØ-Þ][\w'’-]{0,24}"
STREET = "|".join(sorted(words("streets"), key=lambda w: (-len(w), w)))
# without a number: only what is hardly anything else ("Close", "Court", "Place" and "Square" are words and brands too)
STREET_CAP = "Street|Road|Avenue|Lane|Drive|Crescent|Terrace|Gardens|Grove|Mews|Close|Court|Way|Hill|Row|Walk|Boulevard"
ANY_STREET_CAP = "|".join(sorted((w.capitalize() for w in words("streets")), key=lambda w: (-len(w), w)))
HOME = r"(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite|[Ff]loor)"
FLAT = rf"(?:{HOME} (?:\w{{1,4}}|(?i:{NUMBER_WORD}))(?: [A-Za-z])?,? )"
CITY = (
    rf"(?:,? {CAP}(?: {CAP})?,? (?:[A-Z]{{2}} )?\d{{5}}(?:-\d{{4}})?|,? (?:NW|NE|SW|SE|N|S|E|W)\b(?:, {CAP}(?: "
    rf"{CAP})?, [A-Z]{{2}} \d{{5}})?)"
)
