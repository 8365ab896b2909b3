"""The step of the switch that a sentence tells of, by its wording: from the first thought to satisfied or not."""

from __future__ import annotations

import re
from functools import cache

from ..matching import straight
from ..records import Segment
from .answering import asked_before, place_in_answer, short_questions
from .lexicon import cue_list
from .material import Material
from .support import tells_hypothesis

STAGES = (
    "first thought", "passive looking", "active looking", "deciding", "buying", "using", "satisfied", "unsatisfied",
)  # fmt: skip
_OPENING = (
    2  # sentences of an answer that may tell of the step that was asked for; the last only where it tells anything
)


def stage_of(sentence: str) -> str | None:
    """Return the step of the switch timeline that a sentence tells of.

    Parameters
    ----------
    sentence : str
        A participant's words.

    Returns
    -------
    str or None
        One of `STAGES`; None where none is told, which is the usual case outside switch interviews. Hypothetical
        sentences ("I would buy") tell of no step.
    """
    if tells_hypothesis(sentence):
        return None
    words = straight(sentence)
    return next((name for name, pattern in _patterns() if pattern.search(words)), None)


def asked_stage(question: str) -> str | None:
    """Return the step of the switch that an interviewer's question asks for, or None.

    Examples
    --------
    >>> asked_stage("So the live-in. How did you choose?"), asked_stage("Who is in the group?")
    ('deciding', None)
    """
    spoken = short_questions(question)
    return next((name for name, pattern in _asked() if spoken and pattern.search(spoken)), None)


def stage_told(material: Material, segment: Segment) -> str | None:
    """Return the step of the switch that a sentence tells of, by its own wording or since it answers a question for one."""
    own = stage_of(segment.text)
    if own is not None:
        return own
    asked = material.once(
        "asked stages", lambda: {i: asked_before(t, asked_stage) for i, t in material.transcripts.items()}
    )
    stage = asked[segment.transcript_id].get(segment.turn_index)
    if stage is None:
        return None
    said = place_in_answer(material.turns[segment.transcript_id, segment.turn_index], segment)
    telling = said == 1 or (said == _OPENING and material.tags_of(segment.segment_id).labels)
    return stage if telling else None


@cache
def _asked() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile("|".join(p), re.IGNORECASE)) for name, p in cue_list("stages")["asked"].items())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    stages = cue_list("stages")["stage"]
    return tuple((s["name"], re.compile("|".join(s["patterns"]), re.IGNORECASE)) for s in stages)
