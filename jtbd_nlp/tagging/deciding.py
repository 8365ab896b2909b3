"""From what the model says of a sentence to its tags: probabilities, thresholds, spans, cues, stance.

What the heads say is joined with cue words and stance by a logistic step a label; its weights, the thresholds and the
calibration come from the model's config.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ..records import EMOTIONS, FORCES, LABELS, SPANS, Cue, SentenceTags
from .cues import emotion_kind, find_cues, intensity_of
from .decoding import best_span, strongest_words, to_characters
from .lexicon import overall_stance
from .stance import stance_of

OWNED = ("struggle", "desire", "emotion", "solution", "outcome")  # labels whose stance counts: is it real, and whose
LIKELY = -3.0  # below this logit no stance can matter
MAX_SPAN_TOKENS = 512  # a span is looked for among the first ones


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence before any decision.

    ``heads`` maps a head to its logits; ``tokens`` has a row for each own token: three logits a slot (inside, first,
    last; first all slots' inside), then what the token adds to each tag's logit; ``offsets`` says where they stand.
    """

    text: str
    heads: Mapping[str, np.ndarray]
    tokens: np.ndarray
    offsets: list[tuple[int, int]]

    def peak(self, slot: str) -> float:
        """Return the highest inside logit of a slot, at least -8; -8 without tokens."""
        return max(-8.0, float(self.tokens[:, SPANS.index(slot)].max())) if self.offsets else -8.0

    def span(self, slot: str, edge_weight: float) -> tuple[int, int] | None:
        """Return the best span of a slot in characters, or None without tokens."""
        if not self.offsets:
            return None
        k, n = SPANS.index(slot), len(SPANS)
        rows = self.tokens[:MAX_SPAN_TOKENS]
        return to_characters(
            self.text, self.offsets, *best_span(rows[:, k], rows[:, n + k], rows[:, 2 * n + k], edge_weight)
        )


def decide(reading: Reading, settings: Mapping[str, Any], *, keep_uncertain: bool = False) -> SentenceTags:
    """Turn a reading into tags: calibrated probabilities, thresholds, spans of the labels that were found, cues."""
    found = find_cues(reading.text)
    stances = {label: stance_towards(reading, found, label, settings["tags"].index(label)) for label in OWNED}
    chance = probabilities(reading, found, stances, settings)
    bar = settings["thresholds"]
    labels = {label for label in chance if chance[label] >= bar[label]}
    doubtful = {
        label for label in chance if label not in labels and chance[label] >= bar[label] - settings["doubt"][label]
    }
    if keep_uncertain:
        labels |= doubtful
    places = {slot: reading.span(slot, settings["edge_weight"]) for slot in SPANS if slot in labels}
    slots = {slot: place for slot, place in places.items() if place}
    kept = _once(frozenset(labels & set(LABELS)))
    cues = _cues(reading, kept, slots, found, settings["tags"])
    kind = _kind(reading, cues) if "emotion" in kept else None
    return SentenceTags(
        labels=kept,
        scores={label: round(chance[label], 4) for label in LABELS},
        emotion=kind,
        force=_force(reading, settings),
        spans=slots,
        cues=cues,
        uncertain=_once(frozenset(doubtful & set(LABELS))),
        intensity=intensity_of(reading.text) if kind else 0,
        stance=overall_stance({k: v for k, v in stances.items() if v is not None}),
    )


def stance_towards(reading: Reading, found: Sequence[Cue], label: str, index: int) -> str | None:
    """Return the stance towards a label's cue words, or the words that moved the model most; None if unlikely."""
    if not reading.offsets or float(reading.heads["tags"][index]) < LIKELY:
        return None
    cues = [c for c in found if c.label == label] or [_moved(reading, label, index)]
    return stance_of(reading.text, cues)


def _moved(reading: Reading, label: str, index: int) -> Cue:
    """Return the words that add most to a label's logit, as a cue."""
    share = reading.tokens[:, 3 * len(SPANS) + index]
    return Cue(label, *strongest_words(reading.text, reading.offsets, share), "attribution")


@cache
def _once(labels: frozenset[str]) -> frozenset[str]:
    """Return the same object for the same labels: there are few kinds, and many sentences."""
    return labels


def value_of(reading: Reading, name: str, cues: frozenset[str]) -> float:
    """Return one input of the logistic step by its name in config.json.

    "bias" is 1; "cue.<label>" says whether a cue word of the label stands there; "span.<slot>" is the slot's highest
    inside logit; "<head>.<number>" is one logit of a sentence head.
    """
    kind, _, rest = name.partition(".")
    if kind == "bias":
        return 1.0
    if kind == "cue":
        return float(rest in cues)
    return reading.peak(rest) if kind == "span" else float(reading.heads[kind][int(rest)])


def probabilities(
    reading: Reading, found: Sequence[Cue], stances: Mapping[str, str | None], settings: Mapping[str, Any]
) -> dict[str, float]:
    """Return the calibrated probability of each tag."""
    cues = frozenset(c.label for c in found)
    names = dict.fromkeys(name for stack in settings["stack"].values() for name in stack)
    values = {name: value_of(reading, name, cues) for name in names}
    result = {}
    for label in settings["tags"]:
        logit = sum(weight * values[name] for name, weight in settings["stack"][label].items())
        logit += settings["stances"].get(label, {}).get(stances.get(label), 0.0)
        result[label] = round(float(1 / (1 + np.exp(-logit))), 6)
    return result


def _cues(
    reading: Reading,
    labels: frozenset[str],
    slots: Mapping[str, tuple[int, int]],
    found: Sequence[Cue],
    order: list[str],
) -> tuple[Cue, ...]:
    """Name the words behind each label: its span, else lexicon hits, else the words that moved the model most."""
    cues: list[Cue] = []
    for label in sorted(labels):
        hits = [c for c in found if c.label == label]
        if label in slots:
            cues.append(Cue(label, *slots[label], "span"))
        elif hits:
            cues += hits
        elif reading.offsets:
            cues.append(_moved(reading, label, order.index(label)))
    return tuple(cues)


def _kind(reading: Reading, cues: Sequence[Cue]) -> str:
    """Return the kind of feeling: what its words name, else the most likely kind."""
    named = emotion_kind(reading.text, [c for c in cues if c.source == "lexicon"])
    return named or EMOTIONS[int(np.argmax(reading.heads["kind"][1:]))]


def _force(reading: Reading, settings: Mapping[str, Any]) -> Any:
    """Return the likeliest force if its probability reaches the bar, else None."""
    logits = reading.heads["force"].astype(np.float64)
    chance = np.exp(logits - logits.max())
    chance = np.round(chance / chance.sum(), 6)
    best = int(np.argmax(chance[1:]))
    return FORCES[best] if 1 - chance[0] >= settings["force_threshold"] else None
