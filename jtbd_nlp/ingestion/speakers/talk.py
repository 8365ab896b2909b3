"""Tells from the words alone how much a turn, or all turns of a speaker, sound like an interviewer.

In: the words of turns. Out: counts and scores; nothing here knows of labels or ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LOOK = 4_000


def _any_of(*phrases: str, start: bool = False) -> re.Pattern[str]:
    """Compile phrases into one pattern; each is bounded, so that it is linear on any text."""
    lead = r"^\W{0,3}" if start else r"\b"
    return re.compile(f"(?i){lead}(?:{'|'.join(phrases)})")


_OPENING = _any_of(
    r"thank(?:s| you)[^.?!]{0,40} for (?:joining|coming|taking|making|being|your time|agreeing|speaking|meeting)",
    r"(?:no|any) right or wrong",
    r"there(?:'s| is| are) no right",
    r"before we (?:begin|start|get started|dive)",
    r"(?:i'll|i will|i'd like to|i want to|let me|i'm going to|i'm gonna) (?:ask|start by|begin by|walk you|record)",
    r"(?:shall|can|should) we (?:start|begin|get started|dive)",
    r"do you have any questions",
    r"are you (?:ok|okay|happy|comfortable)",
    r"is it (?:ok|okay|alright|all right) if",
    r"(?:ok|okay|fine) (?:if i|to) record",
    r"consent\b",
    r"purpose of (?:this|today)",
    r"i'm (?:a|the) (?:researcher|user researcher|moderator)",
    r"research team",
    r"we're (?:conducting|talking to|interviewing)",
    r"introduce yourself",
    r"tell me (?:a (?:little|bit)|about yourself)",
    r"welcome\b",
)
_PROBE = _any_of(
    r"tell me (?:more|about|what|how|a )",
    r"can you (?:tell|walk|describe|explain|give|share|say|recall|think)",
    r"could you (?:tell|walk|describe|explain|give|share|say|elaborate|expand)",
    r"walk me through",
    r"take me (?:back|through)",
    r"how (?:do|does|did|would|has|have|are|is|was) (?:you|that|this|it|your)\b",
    r"what (?:do|did|does|would|made|makes|was|were|is|are|led|happened|kind|kinds|sort|specific|about)\b",
    r"why (?:do|did|is|was|would|does|not)\b",
    r"have you (?:ever|tried|found|noticed)",
    r"do you (?:ever|find|feel|think|have|use|see|remember)",
    r"did you (?:ever|try|find|feel|think|consider|look|do)",
    r"would you (?:say|describe|like)",
    r"are there (?:any|other)",
    r"is there (?:any|something|a)",
    r"when (?:was|did|do) (?:the|you)",
    r"where (?:do|did|were) you",
    r"who (?:else|do|did)\b",
    r"in what way",
    r"magic wand",
    r"anything (?:else|we|that we)",
    r"i'm curious",
    r"i'd love to (?:hear|know|understand)",
    r"say more",
    r"for example\?",
    r"how come",
    r"what else",
)
_ECHO = _any_of(
    r"(?:great|perfect|wonderful|excellent|fantastic|awesome|lovely|super)\b[!.,]",
    r"thanks? (?:you )?(?:so much |again )?for",
    r"interesting|got it|i see\b",
    r"(?:that's|those are) (?:such )?(?:an? )?(?:really|very|such)\b",
    r"that makes|makes (?:a lot of |complete |total )?sense",
    r"(?:it|that) sounds|that sense of|those are|these are",
    r"(?:that's|that is|what) (?:\w{1,12} ){0,3}(?:interesting|helpful|great|fascinating|useful|insightful|wonderful)",
    r"(?:that's|that is|what) (?:\w{1,12} ){0,3}(?:thoughtful|example|point|perspective|insight|distinction|way to)",
    r"(?:that's|that is|what) (?:\w{1,12} ){0,3}(?:question|observation|analogy|vision|reflection|concern|clear)",
    r"so (?:you|it sounds|if i|what i)\b",
    r"you (?:mentioned|said|talked|described)",
    r"earlier,? you",
    r"so,? when you",
    r"(?:you've|you have|you're) (?:really |clearly |just )?\w{2,12}ed\b",
    r"i(?: can|'m)? (?:really |also |particularly )?(?:hear|appreciate|appreciated|found your|love (?:that|how|the))\b",
    start=True,
)
_CLOSING = _any_of(
    r"thank(?:s| you) (?:so |very )?(?:much )?for (?:sharing|your (?:time|insights?|thoughts|help)|all|everything)",
    r"that(?:'s| is| was) (?:all|everything|my last|the last)\b",
    r"(?:last|final|one more) question",
    r"we're (?:out of|at) time",
    r"wrap(?:s|ping)? (?:up|things)",
    r"your (?:insights|input|feedback|perspective|answers|honesty|candor|time today)\b",
    r"have a (?:great|good|wonderful|lovely) (?:rest|day|one|week)",
    r"take care\b",
    r"stop the recording",
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
    score += 0.8 * min(m.probes, 2) + 1.2 * min(m.opening, 2) + 1.6 * m.echo + 1.2 * min(m.closing, 1)
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
