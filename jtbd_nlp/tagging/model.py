"""The learned tagger: one small encoder with several heads; in: sentences and contexts, out: `SentenceTags`.

Each sentence is run by itself, so that its tags never depend on its neighbours. What the heads say is joined with cue
words and stance by a logistic step whose weights, thresholds and calibration stand in ``models/<name>/config.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..inference import OnnxModel
from ..models import model_file
from ..records import EMOTIONS, FORCES, LABELS, SPANS, Cue, SentenceTags
from .cues import emotion_kind, find_cues, intensity_of
from .decoding import best_span, strongest_words, to_characters
from .encoding import Encoded, encode_pairs
from .language import language_of
from .lexicon import overall_stance
from .stance import stance_of

OWNED = ("struggle", "desire", "emotion")  # labels whose stance counts: whose feeling or wish is it
BATCH = 2048  # sentences in memory at once
MAX_SPAN_TOKENS = 512  # a span is looked for among the first ones


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one sentence before any decision.

    ``heads`` maps a head's name to its logits; ``tokens`` has a row for each own token: three logits a slot (inside, first,
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
        return to_characters(self.text, self.offsets, *best_span(rows[:, k], rows[:, n + k], rows[:, 2 * n + k], edge_weight))


class ModelTagger:
    """Tags with a shipped model folder.

    Parameters
    ----------
    name : str, default="tagger"
        Folder below ``models/``.
    keep_uncertain : bool, default=False
        Whether labels just below their threshold count as found.

    Raises
    ------
    MissingModelError
        If a file is absent or changed.
    """

    def __init__(self, name: str = "tagger", *, keep_uncertain: bool = False) -> None:
        self.keep_uncertain = keep_uncertain
        self.settings: dict[str, Any] = json.loads(model_file(f"{name}/config.json").read_text(encoding="utf-8"))
        self._model = OnnxModel(name)
        self._model.tokenizer.no_truncation()

    def tag(self, sentences: Sequence[str], contexts: Sequence[str] | None = None) -> list[SentenceTags]:
        """Return one `SentenceTags` per sentence; the result of one does not depend on its neighbours in the list.

        Parameters
        ----------
        sentences : sequence of str
            In any order; may be empty.
        contexts : sequence of str or None, default=None
            What was said just before each; None means nothing.

        Returns
        -------
        list of SentenceTags
        """
        before = [""] * len(sentences) if contexts is None else list(contexts)
        languages = [language_of(s) for s in sentences]
        use = [i for i, code in enumerate(languages) if code == "en"]
        readings = self.read([sentences[i] for i in use], [before[i] for i in use])
        tags = [SentenceTags(scores=dict.fromkeys(LABELS, 0.0), language=code) for code in languages]
        for i, reading in zip(use, readings, strict=True):
            tags[i] = decide(reading, self.settings, keep_uncertain=self.keep_uncertain)
        return tags

    def read(self, sentences: Sequence[str], contexts: Sequence[str]) -> list[Reading]:
        """Run the model and return what it says before any decision; used for calibration and the emotion task."""
        readings: list[Reading] = []
        for at in range(0, len(sentences), BATCH):
            texts = list(sentences[at : at + BATCH])
            windows = encode_pairs(self._model.tokenizer, texts, contexts[at : at + BATCH])
            outputs = iter(self._model.run_each([w for group in windows for w in group]))
            for text, group in zip(texts, windows, strict=True):
                parts = [next(outputs) for _ in group]
                readings.append(self._join(text, [(w, p[0], p[1]) for w, p in zip(group, parts, strict=True)]))
        return readings

    def _join(self, text: str, parts: list[tuple[Encoded, np.ndarray, np.ndarray]]) -> Reading:
        """Join the windows of a sentence: each head's highest logits, the spans and shares of all tokens in a row."""
        head = np.max([p[1] for p in parts], axis=0)
        rows, offsets, seen = [], [], -1
        for encoded, _, tokens in parts:
            new = [k for k, (start, _) in enumerate(encoded.offsets) if start > seen or seen < 0]
            rows.append(tokens[1 : len(encoded.offsets) + 1][new])
            offsets += [encoded.offsets[k] for k in new]
            seen = offsets[-1][0] if offsets else -1
        heads = {name: head[a:b] for name, (a, b) in self.settings["heads"].items()}
        return Reading(text, heads, np.concatenate(rows), offsets)


def decide(reading: Reading, settings: Mapping[str, Any], *, keep_uncertain: bool = False) -> SentenceTags:
    """Turn a reading into tags: calibrated probabilities, thresholds, spans of the labels that were found, cues."""
    found = find_cues(reading.text)
    stances = {label: stance_of(reading.text, [c for c in found if c.label == label]) for label in OWNED}
    chance = probabilities(reading, found, stances, settings)
    bar = settings["thresholds"]
    labels = {label for label in chance if chance[label] >= bar[label]}
    doubtful = {label for label in chance if label not in labels and chance[label] >= bar[label] - settings["doubt"][label]}
    if keep_uncertain:
        labels |= doubtful
    places = {slot: reading.span(slot, settings["edge_weight"]) for slot in SPANS if slot in labels}
    slots = {slot: place for slot, place in places.items() if place}
    kept = frozenset(labels & set(LABELS))
    cues = _cues(reading, kept, slots, found, settings["tags"])
    kind = _kind(reading, cues) if "emotion" in kept else None
    return SentenceTags(
        labels=kept,
        scores={label: round(chance[label], 4) for label in LABELS},
        emotion=kind,
        force=_force(reading, settings),
        spans=slots,
        cues=cues,
        uncertain=frozenset(doubtful & set(LABELS)),
        intensity=intensity_of(reading.text) if kind else 0,
        stance=overall_stance({label: stances[label] for label in OWNED if any(c.label == label for c in found)}),
    )


def features(reading: Reading, found: Sequence[Cue], stances: Mapping[str, str], label: str, index: int) -> dict[str, float]:
    """Return what the logistic step of one label looks at: head, span head, cue word, stance."""
    stance = stances.get(label, "own")
    return {
        "bias": 1.0,
        "head": float(reading.heads["tags"][index]),
        "span": reading.peak(label) if label in SPANS else 0.0,
        "cue": float(any(c.label == label for c in found)),
        **{name: float(stance == name) for name in ("negated", "hypothetical", "others", "reported")},
    }


def probabilities(
    reading: Reading, found: Sequence[Cue], stances: Mapping[str, str], settings: Mapping[str, Any]
) -> dict[str, float]:
    """Return the calibrated probability of each tag."""
    result = {}
    for index, label in enumerate(settings["tags"]):
        weights = settings["stack"][label]
        values = features(reading, found, stances, label, index)
        logit = sum(weights.get(name, 0.0) * value for name, value in values.items())
        result[label] = round(float(1 / (1 + np.exp(-logit))), 6)
    return result


def _cues(
    reading: Reading, labels: frozenset[str], slots: Mapping[str, tuple[int, int]], found: Sequence[Cue], order: list[str]
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
            share = reading.tokens[:, 3 * len(SPANS) + order.index(label)]
            cues.append(Cue(label, *strongest_words(reading.text, reading.offsets, share), "attribution"))
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


@lru_cache(maxsize=4)
def load_model_tagger(name: str, *, keep_uncertain: bool = False) -> ModelTagger:
    """Return the tagger of a model folder, loaded once per process."""
    return ModelTagger(name, keep_uncertain=keep_uncertain)
