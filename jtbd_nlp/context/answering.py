"""Which sentences of a turn answer the question before it: the interviewer often says what the answer leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from ..matching import straight
from ..records import Quote, Segment, Transcript

T = TypeVar("T")
_LONGEST = 25  # words of a question that asks for one thing
_ASKED_BACK = 3  # words of "This one?"
_QUESTION = re.compile(r"(?<![^.?!\n])[^.?!\n]*\?")  # from the end of the sentence before: no place is looked at twice
_LEAD = r"^\W*(?:(?:oh|ooh|well|ah|um+|uh+|er+|hm+|mm+|but|and|so|honestly|yeah|god|i mean)\b\W*)*"
_DENIES = re.compile(
    _LEAD + r"(?:no|nope|nah|naw|never|none|nothing|nobody"
    r"|not (?:really|yet|straight away|at all|at that|then|so much|that|especially|particularly)"
    r"|(?:I|we) (?:didn't|wasn't|don't(?! (?:want|like|trust|know if)\b))|I'm not)\b",
    re.I,
)
# an opening that tells nothing yet: "Ooh, yes.", "Oh, there was plenty.", "I'll tell you exactly."
_OPENS = re.compile(
    _LEAD
    + r"(?:(?:of course|sure|yes|yep|aye|right|okay|ok|I (?:did|was|do|am)|it (?:still )?(?:did|was|does)|that was (?:it|the day)"
    r"|there (?:is|are|was|were)(?: (?:a|some|plenty|one|lots?|bit|little|few|earlier|things?|something|of(?! course)))*+"
    r"|a (?:lot|bit|little)|(?:sort|kind) of|everything|plenty"
    r"|(?:that's a )?good question|let me think|I don't know|I(?:'ll| can) tell you(?: exactly| what)?)\b\W*)+$",
    re.I,
)
_TURNS = re.compile(
    r"^\W*(?:but (?!also\b)|so now\b|in the end\b|anyway\b|then again\b|luckily\b|now\b|hope this\b)", re.I
)


def questions_in(spoken: str) -> list[str]:
    """Return the questions of a turn, each from the end of the sentence before it."""
    return _QUESTION.findall(spoken)


def short_questions(spoken: str) -> str:
    """Return the questions of an interviewer's turn, typography made plain; long ones ask for more than one thing."""
    return " ".join(q for q in questions_in(straight(spoken)) if len(q.split()) <= _LONGEST)


def question_before(transcript: Transcript, quote: Quote) -> str | None:
    """Return the last question of the interviewer's turn right before a quote's, or None."""
    said = ""
    for turn in transcript.turns:
        if turn.start_char <= quote.start_char < turn.end_char:
            break
        said = transcript.words(turn) if turn.role == "interviewer" else ""
    asked = [q for q in questions_in(said) if any(map(str.isalnum, q))]  # "What??" ends in an empty one
    return asked[-1].strip() if asked else None


def asked_before(transcript: Transcript, kind_of: Callable[[str], T | None]) -> dict[int, T]:
    """Return what each answering turn was asked for; only the turn right behind a question answers it."""
    found: dict[int, T] = {}
    asked: T | None = None
    for turn in transcript.turns:
        if turn.role == "interviewer":
            asked = kind_of(transcript.words(turn))
        elif turn.role == "participant" and asked is not None:
            found[turn.turn_index] = asked
            asked = None
    return found


def place_in_answer(turn: Sequence[Segment], segment: Segment) -> int:
    """Return the how-manyth telling sentence of its turn a sentence is; 0 where it tells nothing, or the answer is over.

    Parameters
    ----------
    turn : Sequence[Segment]
        All sentences of the turn, in order.
    segment : Segment
        One of them.

    Returns
    -------
    int
        Openings ("Ooh, yes.") do not count; an answer ends at a denial ("No, nothing.") and where it turns ("But now ...").
    """
    said = 0
    for other in turn:
        text = straight(other.text)
        if _DENIES.search(text) or (said and _TURNS.search(text)):
            return 0
        asks_back = text.endswith("?") and len(text.split()) <= _ASKED_BACK
        empty = other.backchannel or asks_back or _OPENS.search(text) is not None
        said += not empty
        if other is segment:
            return 0 if empty else said
    return 0
