"""Reads a job story as people write it into its slots: the parts, their order, and what stands around them.

In: text of one statement, in any of the usual wordings. Out: `Parsed`. Nothing is judged here; the rules do that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": ",", "—": ",", "\u00a0": " ", "…": "..."})
_LABEL = re.compile(
    r"^\s*(?:[-*•]\s+|\d+[.)]\s+)?(?:(?:job(?: story| statement)?|jtbd|story|statement)\s*[:#-]\s*)?", re.I
)
_SCORE = re.compile(
    r"""[\s,;(\[-]{0,6}\b(?:
        (?:importance|satisfaction|opportunity|unmet\s+need|priority|underserved|overserved|odi|pain|nps)
        (?:\s+(?:score|rating|level|gap))?\s*(?:[:=-]|is|of|at)?\s*
        (?:\d+(?:\.\d+)?|(?:very\s+)?(?:high|medium|low)\s*\(\d)
      | (?:rated|scores?|scored|rating:?)\s+\d+(?:\.\d+)?\s*(?:/|out\s+of)\s*\d+\s+
        (?:in|for|on)\s+(?:importance|satisfaction|opportunity)
      )[^\n]*$""",
    re.I | re.X,
)
_PERSONA = re.compile(
    r"^as\s+(?:an?|the|one)\s+(?!(?:result|rule|consequence|last(?!-)|first(?!-)|precaution|matter|whole|team\s+we)\b)"
    r"[^,]{2,80}?(?=,|\s+(?:I|we|when|who\s+I)\b)",
    re.I,
)
_WHEN = re.compile(
    r"(?:when(?:ever)?|while|(?:every|each|any|the\s+first|the\s+next)\s+time|as\s+soon\s+as|after|before|if|once"
    r"|the\s+moment|by\s+the\s+time|on\s+days\s+when|in\s+moments\s+when)\b",
    re.I,
)
_WHO = r"(?:I|we|you|they|he|she|users?|customers?|people|the\s+(?:user|customer|team))"
_WANTS = re.compile(
    rf"\b{_WHO}\s*(?:(?:'d|\s+would)\s+(?:really\s+|rather\s+)?(?:like|love|want|prefer)"
    r"|\s+(?:(?:really|just|only|also|simply|always|often|desperately)\s+)*"
    r"(?:wants?|needs?|wish(?:es)?|hopes?|(?:am|are|is)\s+trying|tr(?:y|ies))"
    r"|'(?:m|re|s)\s+trying)\b(?P<to>\s+to\b)?"
    r"|\b(?P<help>help\s+(?:me|us|them))\b(?:\s+to\b)?",
    re.I,
)
_SO = re.compile(
    r"(?:[,;.]\s*(?:and\s+)?|\s{1,8})(?:so\s+that|so\s+as\s+to|in\s+order\s+(?:to|that))\b"
    r"|[,;.]\s*so\b(?!\s+(?:far|much|many|long|called|on)\b)"
    r"|\s{1,8}so\s+(?=(?:I|we|you|they|he|she|it|that|my|our|the|his|her|their|nobody|no\s+one|none|everyone|everybody|people)(?:'\w+)?\b)",
    re.I,
)
_CAN = re.compile(
    r"^(?:that\s+)?(?:I|we|you|they|he|she)\s+"
    r"(?:can|could|may|might|am\s+able\s+to|will\s+be\s+able\s+to)\s+",
    re.I,
)
_TO_FILL_IN = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\{+[^{}]*\}+")  # "[situation]" of a template
_ABBREVIATION = re.compile(r"\b(?:a\.m|p\.m|e\.g|i\.e|etc|mr|mrs|ms|dr|prof|st|no|vs|approx|u\.s|u\.k)\.$", re.I)
_LONGEST = 2_000  # characters that are read for slots; a longer text is no statement, and only its words are counted
_END = re.compile(r"(?<![.!?])[.!?]+[\"')\]]*\s+(?=[\"'(]?[A-Z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A statement in parts; an absent or empty slot is None.

    ``outcome`` comes without "I can"; ``outcome_clause`` with it. ``wants_to`` is False in "I want a ...".
    ``persona`` is the "as a ..." that stands in front. ``in_order`` is False when the slots stand in another order.
    ``score`` is the text of an importance, satisfaction or opportunity score behind the statement.
    """

    text: str
    situation: str | None
    motivation: str | None
    outcome: str | None
    outcome_clause: str | None = None
    wants_to: bool = True
    persona: str | None = None
    in_order: bool = True
    n_sentences: int = 1
    n_words: int = 0
    score: str | None = None


@lru_cache(maxsize=1024)  # a report holds each statement against all others
def parse_statement(text: str) -> Parsed:
    """Read one job story into its slots.

    Parameters
    ----------
    text : str
        For example "When ..., I want to ..., so I can ...", "As a ..., I want ... so that ...", "Whenever ... help me
        ... so that ..."; commas may be missing, quotes curly, labels in front.

    Returns
    -------
    Parsed
        Slots without their opening words and end marks.
    """
    plain = _LABEL.sub("", text[:_LONGEST].translate(_STRAIGHT)).strip().strip('"').strip()
    score = _SCORE.search(plain)
    plain = plain[: score.start()].strip() if score else plain
    persona = _PERSONA.match(plain)
    rest = plain[persona.end() :].lstrip(", ") if persona else plain
    starts_when = _WHEN.match(rest)
    wants = _find_wants(rest, bool(starts_when))
    so = _find_so(rest, wants.end() if wants else 0)
    clause = _clean(rest[so.end() :]) if so else None
    situation, in_order = _situation(rest, starts_when, wants, so)
    motivation = _clean(rest[wants.end() : so.start() if so else None]) if wants else None
    if wants and wants["help"] and motivation:
        motivation = f"{wants['help'].split()[0].lower()} {wants['help'].split()[1]} {motivation}"
    return Parsed(
        text=text,
        situation=situation,
        motivation=motivation,
        outcome=_clean(_CAN.sub("", clause + " ")) if clause else None,
        outcome_clause=clause,
        wants_to=wants is None or bool(wants["to"] or wants["help"]),
        persona=persona.group() if persona else None,
        in_order=in_order,
        n_sentences=count_sentences(plain),
        n_words=len(plain.split()) + len(text[_LONGEST:].split()),
        score=score.group().strip(" ,;-") if score else None,
    )


def _find_wants(text: str, has_when: bool) -> re.Match[str] | None:
    """Find the "I want to" of the motivation: one after a comma or at the start, not the one inside the situation."""
    found = list(_WANTS.finditer(text))
    after_mark = [m for m in found if not text[: m.start()].strip() or text[: m.start()].rstrip()[-1:] in ",;.:-"]
    if after_mark:
        return after_mark[0]
    inside = [m for m in found if not has_when or len(text[: m.start()].split()) > 1]
    return inside[0] if inside else None


def _find_so(text: str, start: int) -> re.Match[str] | None:
    found = _SO.search(text, max(start - 1, 0))
    opening = re.match(r"so\s+(?:that\s+)?(?=I|we|my|the|nobody)", text, re.I)
    return found or (opening if not start else None)


def _situation(
    text: str, when: re.Match[str] | None, wants: re.Match[str] | None, so: re.Match[str] | None
) -> tuple[str | None, bool]:
    """Return the situation and whether it comes first."""
    if when is not None:
        end = wants.start() if wants else so.start() if so else len(text)
        return _clean(text[when.end() : end]), True
    later = re.search(r"[,;]\s*" + _WHEN.pattern, text[wants.end() :] if wants else text, re.I)
    if later is None:
        return None, not re.match(r"(?:so|in\s+order|to)\b", text, re.I)
    tail = (text[wants.end() :] if wants else text)[later.end() :]
    stop = _SO.search(tail)
    return _clean(tail[: stop.start()] if stop else tail), False


def _clean(slot: str) -> str | None:
    slot = slot.strip().strip(',;:. \t\n-"').strip()
    slot = re.sub(r"\s+", " ", slot)
    return slot if re.search(r"[^\W\d_]", slot) and not _TO_FILL_IN.fullmatch(slot) else None


def count_sentences(text: str) -> int:
    """Return the number of sentences, abbreviations such as "a.m." aside."""
    ends = [m for m in _END.finditer(text) if not _ABBREVIATION.search(text[: m.start() + 1])]
    return len(ends) + 1 if text.strip() else 0
