"""Tells from the words alone how much a turn, or all turns of a speaker, sound like an interviewer.

In: the words of turns. Out: counts and scores; nothing here knows of labels or ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LOOK = 4_000
_OPENING = re.compile(
    r"(?i)\b(?:thank(?:s| you)[^.?!]{0,40} for (?:joining|coming|taking|making|being|your time|agreeing|speaking|meeting)|"
    r"(?:no|any) right or wrong|there(?:'s| is| are) no right|before we (?:begin|start|get started|dive)|"
    r"(?:i'll|i will|i'd like to|i want to|let me|i'm going to|i'm gonna) (?:ask|start by|begin by|walk you|record)|"
    r"(?:shall|can|should) we (?:start|begin|get started|dive)|do you have any questions|are you (?:ok|okay|happy|comfortable)|"
    r"is it (?:ok|okay|alright|all right) if|(?:ok|okay|fine) (?:if i|to) record|consent|purpose of (?:this|today)|"
    r"i'm (?:a|the) (?:researcher|user researcher|moderator)|research team|we're (?:conducting|talking to|interviewing)|"
    r"introduce yourself|tell me (?:a (?:little|bit)|about yourself)|welcome,? )"
)
_PROBE = re.compile(
    r"(?i)\b(?:tell me (?:more|about|what|how|a )|can you (?:tell|walk|describe|explain|give|share|say|recall|think)|"
    r"could you (?:tell|walk|describe|explain|give|share|say|elaborate|expand)|walk me through|take me (?:back|through)|"
    r"how (?:do|does|did|would|has|have|are|is|was) (?:you|that|this|it|your)|what (?:do|did|does|would|made|makes|was|were|is|are|led|"
    r"happened|kind|kinds|sort|specific|about)|why (?:do|did|is|was|would|does|not)|have you (?:ever|tried|found|noticed)|do you (?:ever|"
    r"find|feel|think|have|use|see|remember)|did you (?:ever|try|find|feel|think|consider|look|do)|would you (?:say|describe|like)|"
    r"are there (?:any|other)|is there (?:any|something|a)|when (?:was|did|do) (?:the|you)|where (?:do|did|were) you|"
    r"who (?:else|do|did)|in what way|magic wand|anything (?:else|we|that we)|i'm curious|i'd love to (?:hear|know|understand)|"
    r"say more|for example\?|how come|what else)\b"
)
_ECHO = re.compile(
    r"(?i)^(?:\W{0,3})(?:(?:great|perfect|thanks|thank you|interesting|got it|i see|that's (?:really |very |a |an |so )?"
    r"(?:interesting|helpful|great|fascinating|useful|insightful|fantastic|wonderful|clear)|that (?:makes sense|sounds)|makes sense|"
    r"it sounds like|so (?:you|it sounds|if i)|you (?:mentioned|said|talked)|earlier you|so,? when you|those are|what a))"
)
_CLOSING = re.compile(
    r"(?i)\b(?:thank(?:s| you) (?:so |very )?(?:much )?for (?:sharing|your (?:time|insights?|thoughts|help|candor)|all|everything)|"
    r"that(?:'s| is| was) (?:all|everything|my last|the last)|(?:last|final|one more) question|we're (?:out of|at) time|"
    r"wrap(?:s|ping)? (?:up|things)|your (?:insights|input|feedback|perspective|answers) (?:is|are|has|have|will)|stop the recording)"
)
_FIRST = re.compile(r"(?i)\b(?:i|i'm|i've|i'd|i'll|my|me|mine|we|we're|we've|our|us)\b")
_SECOND = re.compile(r"(?i)\b(?:you|you're|you've|you'd|you'll|your|yours)\b")
_WORD = re.compile(r"[^\W_][\w'’]{0,60}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one turn sounds: counts of words, questions, first and second person, and phrases of each kind."""

    n_words: int
    n_questions: int
    asks_last: bool
    first: int
    second: int
    opening: int
    probes: int
    echo: bool
    closing: int


def manner(words: str) -> Manner:
    """Measure one turn; of a long one, its beginning and its end."""
    look = words if len(words) <= _LOOK else words[: _LOOK // 2] + " " + words[-_LOOK // 2 :]
    plain = look.replace("\u2019", "'")
    return Manner(
        n_words=len(_WORD.findall(plain)) if look is words else max(1, len(words) // 6),
        n_questions=plain.count("?"),
        asks_last="?" in plain[-160:] and plain.rstrip(" \n\"')*_").endswith("?"),
        first=len(_FIRST.findall(plain)),
        second=len(_SECOND.findall(plain)),
        opening=len(_OPENING.findall(plain)),
        probes=len(_PROBE.findall(plain)),
        echo=_ECHO.match(plain) is not None,
        closing=len(_CLOSING.findall(plain)),
    )


def turn_score(m: Manner) -> float:
    """Return how much one turn sounds like an interviewer: above 0 yes, below 0 no; about -4 to 6."""
    person = (m.second - m.first) / (m.second + m.first + 2.0)
    score = 2.2 * m.asks_last + 0.5 * min(m.n_questions, 2) + 1.6 * person
    score += 0.8 * min(m.probes, 2) + 1.2 * min(m.opening, 2) + 1.0 * m.echo + 1.2 * min(m.closing, 1)
    return score - 1.0 - 0.8 * min(m.n_words / 120.0, 1.0)


def speaker_score(turns: Sequence[Manner]) -> float:
    """Return how much a speaker sounds like an interviewer, from all their turns; comparable within one transcript."""
    n_turns = len(turns)
    n_words = sum(m.n_words for m in turns) + 1
    asked = sum(m.asks_last or m.n_questions > 0 for m in turns) / n_turns
    person = sum(m.second - m.first for m in turns) / (sum(m.second + m.first for m in turns) + 2.0)
    phrases = sum(min(m.opening, 2) + min(m.closing, 1) for m in turns)
    probes = sum(min(m.probes, 2) + m.echo for m in turns) / n_turns
    brevity = -min(n_words / n_turns / 100.0, 1.0)
    return 2.5 * asked + 1.8 * person + 0.7 * min(phrases, 4) + 1.0 * min(probes, 2.0) + 0.5 * brevity
