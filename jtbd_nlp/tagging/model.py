"""The learned tagger: one small encoder with several heads; in: sentences and contexts, out: `SentenceTags`.

Each sentence is run by itself, so that its tags never depend on its neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from ..inference import OnnxModel, n_threads
from ..models import model_file
from ..records import LABELS, SentenceTags
from .deciding import Reading, decide
from .encoding import Encoded, encode_pairs
from .language import language_of

BATCH = 2048  # sentences in memory at once


class ModelTagger:
    """Tags with a shipped model folder.

    Parameters
    ----------
    name : str, default="tagger"
        Folder below ``models/``.
    keep_uncertain : bool, default=False
        Whether labels just below their threshold count as found.
    threads : int, default=0
        See `jtbd_nlp.inference.OnnxModel`.

    Raises
    ------
    MissingModelError
        If a file is absent or changed.
    """

    def __init__(self, name: str = "tagger", *, keep_uncertain: bool = False, threads: int = 0) -> None:
        self.keep_uncertain = keep_uncertain
        self.settings: dict[str, Any] = json.loads(model_file(f"{name}/config.json").read_text(encoding="utf-8"))
        self._model = OnnxModel(name, threads=threads)
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


def load_model_tagger(name: str, *, keep_uncertain: bool = False, threads: int = 0) -> ModelTagger:
    """Return the tagger of a model folder, one per process for the same settings; 0 threads are as many as cores."""
    return _loaded(name, keep_uncertain, n_threads(threads))


def forget_taggers() -> None:
    """Give back the memory of the taggers that were loaded; who asks for one again has it loaded again."""
    _loaded.cache_clear()


@lru_cache(maxsize=4)
def _loaded(name: str, keep_uncertain: bool, threads: int) -> ModelTagger:
    return ModelTagger(name, keep_uncertain=keep_uncertain, threads=threads)
