"""The step of the switch that a sentence tells of, by its wording: from the first thought to satisfied or not."""

from __future__ import annotations

import re
from functools import cache

from ..matching import straight
from .lexicon import cue_list
from .support import tells_hypothesis

STAGES = (
    "first thought", "passive looking", "active looking", "deciding", "buying", "using", "satisfied", "unsatisfied",
)  # fmt: skip


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


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    stages = cue_list("stages")["stage"]
    return tuple((s["name"], re.compile("|".join(s["patterns"]), re.IGNORECASE)) for s in stages)
