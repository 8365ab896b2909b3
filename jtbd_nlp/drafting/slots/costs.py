"""Words for a slot and their sentence in, what tells against them there out: complaint, praise, nothing that leads to them."""

from __future__ import annotations

import re

from ...records import NEGATIVE_EMOTIONS, SentenceTags
from ..frames.purposes import is_led
from ..grammar.clauses import names_technology
from ..grammar.wording import Wording
from ..vetoes.praise import is_praise

BLEAK = 1.0  # what comes out of something as a complaint is no outcome: "it makes me feel small"
PRAISED = 0.4  # what a circumstance costs that is a tool's doing and no trouble
UNLED = 0.25  # what an outcome costs that nothing in its sentence leads to
COMPLAINED = 0.3  # what a goal costs that a complaint names without wanting it

_DISLIKE = re.compile(r"\b(?:hate|annoy|frustrat|worr|afraid|unfortunate|dread|however)", re.I)
_AIM = re.compile(
    r"\b(?:so (?:that|i|we|you|it|the|my)\b|in order to|to \w+|which (?:sav|free|allow|help|let)\w+|want)", re.I
)


def cost_in_sentence(
    slot: str, wording: Wording | None, text: str, tags: SentenceTags, place: tuple[int, int]
) -> float:
    """Return what words cost because of the sentence that they come from, beside what they cost by themselves.

    Parameters
    ----------
    slot : str
    wording : Wording or None
        None, where there are no words, costs nothing.
    text : str
        The sentence.
    tags : SentenceTags
    place : tuple[int, int]
        Where in the sentence the slot was told.

    Returns
    -------
    float
    """
    if wording is None:
        return 0.0
    if slot == "situation":
        return PRAISED * _praises_tool(wording, tags)
    if slot == "motivation":
        return COMPLAINED * _only_complains(wording, tags)
    start, end = place
    return BLEAK * _is_bleak(text[:end], tags) + UNLED * (not is_led(text, start, end))


def _is_bleak(before: str, tags: SentenceTags) -> bool:
    """Tell whether what comes out of something is told as a complaint: "it makes me feel like a beggar"."""
    bad = "struggle" in tags.labels or tags.emotion in NEGATIVE_EMOTIONS or _DISLIKE.search(before)
    return bool(bad) and not _AIM.search(before)


def _praises_tool(wording: Wording, tags: SentenceTags) -> bool:
    """Tell whether a circumstance is what a tool does well: "AI makes a great suggestion"."""
    told = " ".join(wording.text.split()[:3])
    return is_praise(wording.text) or ("struggle" not in tags.labels and names_technology(told) > 0)


def _only_complains(wording: Wording, tags: SentenceTags) -> bool:
    """Tell whether a sentence of struggle neither wants a thing nor finds it hard: "I snap at people"."""
    return "struggle" in tags.labels and "desire" not in tags.labels and not wording.sure
