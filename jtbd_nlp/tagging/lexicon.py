"""Tags sentences by cue words with a little grammar: the fallback without a model, and the source of visible cues.

In: sentences, out: `SentenceTags`. Its scores are not probabilities but fixed grades, and say so by being round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import LABELS, SPANS, Cue, SentenceTags
from .cues import compile_words, emotion_kind, find_cues, force_of, intensity_of, lexicon
from .language import language_of
from .stance import stance_of

DENIABLE = (
    "struggle",
    "desire",
    "emotion",
    "solution",
    "outcome",
)  # denied, imagined or others' feelings are none of the speaker's
ALLOWED = {"struggle": ("own", "others")}  # a struggle of people they work with counts
MAX_CHARS = 20_000  # a longer "sentence" is judged by its start: cue words beyond it are nobody's one sentence

_END = r"(?=\s*(?:[,;:.!?—–]|$|\s(?:but|because|so|and (?:i|we|then|it))\s))"
_SITUATION = compile_words([f"(?:{p}) .{{3,160}}?{_END}" for p in lexicon("cues")["situation"]])
_MOTIVATION = re.compile(
    r"(?:\b(?:want(?:s|ed)?|need(?:s|ed)?|hop(?:e|es|ed|ing)|try|tries|tried|trying|wish|prefer|plan(?:ned|ning)?|like"
    r"|love|looking|order|goal is|goal was|aim is|us(?:e|ed|ing) (?:it|ai|this|that|them|\w+)|help(?:s|ed)? (?:me|us)"
    r"|allow(?:s|ed)? (?:me|us)) (?:to )|\bhelp(?:s|ed)? (?:me|us) |\b(?:use|used|using) (?:it|ai|\w+) for )"
    rf"(?P<span>\w.{{3,160}}?){_END}",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?P<span>(?:so (?:that )?(?:i|we|they|it|my|our)\b|in order to |sav(?:e|es|ed|ing) |fre(?:e|es|ed|eing) "
    r"|mak(?:e|es|ing) (?:it|my|our|things|me|the) |made (?:it|my|our|things|me|the) "
    r"|without (?:having|spending|worrying|losing) |to (?:be (?:sure|confident|certain)|save|avoid|free) )"
    rf".{{2,160}}?){_END}",
    re.IGNORECASE,
)
_SPAN_PATTERNS = {"situation": _SITUATION, "motivation": _MOTIVATION, "outcome": _OUTCOME}


class LexiconTagger:
    """Marks labels where cue words stand and nobody denies them; needs no model file."""

    def tag(self, sentences: Sequence[str], contexts: Sequence[str] | None = None) -> list[SentenceTags]:
        """Return one `SentenceTags` per sentence; contexts are not read.

        Parameters
        ----------
        sentences : sequence of str
            In any order; may be empty.
        contexts : sequence of str or None, default=None
            Ignored: cue words need none.

        Returns
        -------
        list of SentenceTags
        """
        del contexts
        return [tag_by_words(text[:MAX_CHARS]) for text in sentences]


def tag_by_words(text: str) -> SentenceTags:
    """Tag one sentence by its cue words."""
    language = language_of(text)
    if language != "en":
        return SentenceTags(scores=dict.fromkeys(LABELS, 0.0), language=language)
    cues = find_cues(text)
    spans = find_spans(text, cues)
    denied = {label: stance_of(text, of(cues, label)) for label in DENIABLE if of(cues, label)}
    kept = {c.label for c in cues if denied.get(c.label, "own") in ALLOWED.get(c.label, ("own",))}
    spans = {slot: place for slot, place in spans.items() if slot in kept or slot not in denied}
    labels = frozenset((kept - {"situation", "outcome", "solution"}) | ({*spans} & {*LABELS}))
    own = [c for c in cues if c.label in labels]
    kind = (emotion_kind(text, own) or "other") if "emotion" in labels else None
    return SentenceTags(
        labels=labels,
        scores={label: 0.75 if label in labels else 0.25 for label in LABELS},
        emotion=kind,
        force=force_of(text) if labels & {"struggle", "emotion"} else None,
        spans=spans,
        cues=tuple(own),
        intensity=intensity_of(text) if kind else 0,
        stance=overall_stance(denied),
    )


def of(cues: Sequence[Cue], label: str) -> list[Cue]:
    """Return the cues of one label."""
    return [c for c in cues if c.label == label]


def overall_stance(stances: dict[str, str]) -> str:
    """Return the stance of the sentence: "own" if any label is the speaker's own, else that of the first label."""
    if not stances or "own" in stances.values():
        return "own"
    return next(iter(stances.values()))


def find_spans(text: str, cues: Sequence[Cue]) -> dict[str, tuple[int, int]]:
    """Return the first span of each slot that the grammar finds, as characters of the sentence."""
    spans = {}
    for slot, pattern in _SPAN_PATTERNS.items():
        match = pattern.search(text)
        if match:
            spans[slot] = match.span("span" if "span" in pattern.groupindex else 0)
    named = of(cues, "solution")
    if named:
        spans["solution"] = (named[0].start, named[0].end)
    return {slot: spans[slot] for slot in SPANS if slot in spans}
