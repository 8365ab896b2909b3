"""Scores pairs of texts with a small model that ships: a row of numbers for each pair, which no other pair changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from ...inference import OnnxModel, n_threads

MAX_TOKENS = {"phrases": 112}  # word pieces of both texts, by the model's folder below models/

Pair = tuple[str, str]
Scores = Callable[[Sequence[Pair]], np.ndarray]


class PairModel:
    """A shipped model of two texts, loaded when it is first asked: what is kept from an earlier run needs none.

    Parameters
    ----------
    folder : str
        Key of `MAX_TOKENS`.
    threads : int, default=0
        See `jtbd_nlp.inference.OnnxModel`.

    Raises
    ------
    MissingModelError
        At the first call, if a file is absent or changed.
    """

    def __init__(self, folder: str, threads: int = 0) -> None:
        self._folder = folder
        self._threads = threads
        self._model: OnnxModel | None = None

    def __call__(self, pairs: Sequence[Pair]) -> np.ndarray:
        """Return the model's numbers, an array of shape (n_pairs, n), float32."""
        model = self.loaded()
        outputs = model.run_each(model.tokenizer.encode_batch(list(pairs)))
        return np.stack([numbers.ravel() for numbers, *_ in outputs]) if outputs else np.zeros((0, 0), np.float32)

    def loaded(self) -> OnnxModel:
        """Return the model, loaded if it is not yet."""
        if self._model is None:
            self._model = OnnxModel(self._folder, max_tokens=MAX_TOKENS[self._folder], threads=self._threads)
        return self._model


def load_pairs(folder: str, threads: int = 0) -> PairModel:
    """Return a shipped model, one per process for the same number of threads; 0 threads are as many as cores."""
    return _made(folder, n_threads(threads))


@lru_cache(maxsize=2 * len(MAX_TOKENS))
def _made(folder: str, threads: int) -> PairModel:
    return PairModel(folder, threads)
