"""Knows what the label before a turn can say: its shape, its key for comparing, and the role words in it.

A key is the label folded for case, width and blanks, so that "ANNA ", "Anna" and "anna" are one speaker.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ...records import Role

MAX_LABEL = 60
_LOOK = 200  # characters of a label that count
_REMEMBERED = 4_096  # a transcript has few labels and asks for each of them often
_INTERVIEWER_WORDS = """
    interviewer interviewers moderator moderators researcher host facilitator q question questioner int mod
    assistant bot ai fragesteller enquêteur entrevistador
"""
_PARTICIPANT_WORDS = """
    participant interviewee respondent customer user client guest subject informant a answer p r resp interviewed buyer
    shopper patient member tester candidate volunteer
"""
_INTERVIEWER = frozenset(_INTERVIEWER_WORDS.split())
_PARTICIPANT = frozenset(_PARTICIPANT_WORDS.split())
_OBSERVER = frozenset(("observer", "observers", "notetaker", "scribe", "transcriber", "transcriptionist", "recorder"))
_GENERIC = _PARTICIPANT | {"speaker", "spk", "person", "voice", "unknown", "male", "female", "man", "woman", "other"}
_NUMBERED = re.compile(r"([^\W\d_]+)[\s_#.-]*(\d{1,4}|[a-z])?")
_PARTICLE_WORDS = "de da di do dos du van von der den la le al el bin ibn of the and & y e zu ten ter mc st"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
# Words that stand before a colon in ordinary writing and are nobody's name.
_NOT_NAME_WORDS = """
    note notes example examples http https ftp mailto warning summary source tip tips re subject date time first
    second third finally step pros cons problem problems solution solutions todo ps result results link links url
    email phone tel caveat caution important update edit context background goal goals idea ideas key reminder
    honestly actually anyway basically also however plus minus ok okay well so because but and or then now next
    conclusion overview title location duration recorded recording transcript session project study topic topics
    before after today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday yes no maybe
    positive negative advantages disadvantages benefits features requirements total price cost budget input output
    part section chapter figure table appendix option options task tasks prompt prompts version action actions
    details attendees participants speakers keywords agenda language file filename name company role
"""
_NOT_NAMES = frozenset(_NOT_NAME_WORDS.split())
_ORNAMENTS = ("So", "Sk")  # categories of emoji, and of the signs that give them a tone
# "March 4, 2026" above the talk, with the time behind it, is how Teams heads a transcript.
_MONTH = r"(?:jan|feb|mar|mär|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[^\W\d_]{0,8}\.?"
_DATE = re.compile(
    rf"(?:[^\W\d_]{{3,12}},?\s)?(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?|\d{{1,2}}\.?\s{_MONTH},?)\s(?:19|20)\d\d",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"[\ud800-\udfff\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@lru_cache(_REMEMBERED)
def clean_label(label: str) -> str:
    """Return a label fit for display: no markup, control or direction marks, single blanks, at most 60 characters."""
    text = _INVISIBLE.sub(" ", label[:_LOOK]).replace("*", "").strip(" \t_:[]()<>|-\u2013\u2014,")
    if "(" in text and ")" not in text:
        text += ")"
    return " ".join(text.split())[:MAX_LABEL].strip()


@lru_cache(_REMEMBERED)
def label_key(label: str) -> str:
    """Return the key by which two labels count as one speaker."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub(" ", label[:_LOOK])).casefold().replace("*", "")
    return " ".join(plain.split()).strip(": ")


@lru_cache(_REMEMBERED)
def label_role(label: str) -> Role | None:
    """Return the role that a label names, or None.

    Examples
    --------
    >>> label_role("Interviewer 2"), label_role("Jane Doe (Moderator)"), label_role("P7"), label_role("Anna")
    ('interviewer', 'interviewer', 'participant', None)
    """
    key = label_key(label)
    for part in (key, *re.split(r"\s*[()\[\],/|\u2013\u2014]\s*|\s-\s", key)):
        role = _part_role(part.strip(" ."))
        if role is not None:
            return role
    return None


def _part_role(part: str) -> Role | None:
    if part in ("note taker", "note-taker"):
        return "observer"
    words = _unadorned(part.split())
    if len(words) > 1 and words[-1].isdigit():
        words = words[:-1]
    match = _NUMBERED.fullmatch(words[-1]) if words else None
    if match is None or len(words) > 3:
        return None
    word, exact = match.group(1), words[-1]
    stem = exact if exact in _INTERVIEWER | _PARTICIPANT | _OBSERVER else word
    if len(words) > 1 and len(stem) < 3:
        return None
    if stem in _INTERVIEWER and not (len(words) > 1 and stem == "host"):
        return "interviewer"
    if stem in _OBSERVER:
        return "observer"
    if stem in _PARTICIPANT:
        return "participant"
    return "interviewer" if stem == "i" and len(words) == 1 else None


def _unadorned(words: list[str]) -> list[str]:
    """Return words without the emoji that people put behind their name in a call."""
    kept = len(words)
    while kept > 1 and all(unicodedata.category(c) in _ORNAMENTS or c == "\ufe0f" for c in words[kept - 1]):
        kept -= 1
    return words[:kept]


def is_generic(label: str) -> bool:
    """Tell whether a label names no person: Speaker 2, Participant, P3, SPEAKER_00, User."""
    if label_role(label) == "participant":
        return True
    match = re.fullmatch(r"([^\W\d_]+)[\s_#.-]*\w{0,4}", label_key(label))
    return match is not None and match.group(1) in _GENERIC


def is_date(label: str) -> bool:
    """Tell whether a label is a date, which has the shape of a name."""
    return _DATE.fullmatch(label) is not None


@lru_cache(_REMEMBERED)
def is_name_shaped(label: str) -> bool:
    """Tell whether a label could be a name: up to five words that begin large or with a digit, no sentence in it."""
    text = re.sub(r"\s*[(\[][^()\[\]]{0,40}[)\]]\s*$", "", clean_label(label))
    words = _unadorned(text.split())
    text = " ".join(words)
    if not 1 <= len(words) <= 5 or any(c in text for c in '?!;=@{}"\u201c\u201d/\\') or text[0] in "-#":
        return False
    if label_key(text) in _NOT_NAMES or label_key(words[0]) in _NOT_NAMES or not any(c.isalpha() for c in text):
        return False
    return all(w.casefold().strip(".,'") in _PARTICLES or _begins_large(w) for w in words) and _begins_large(words[0])


def _begins_large(word: str) -> bool:
    first = word.lstrip("'\u2018\u2019.(")[:1]
    # Scripts without letter case (Arabic, Chinese ...) have names that begin neither large nor small.
    return first.isdigit() or (first.isalpha() and not first.islower())
