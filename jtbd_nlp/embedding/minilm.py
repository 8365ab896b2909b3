"""The shipped encoders: all-MiniLM-L6-v2 in int8 ONNX, plain, and tuned to jobs and to passages (cards: models/*/README.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..inference import OnnxModel


class MiniLmEmbedder:
    """Encodes texts with a shipped model; each distinct text once.

    Parameters
    ----------
    folder : str, default="minilm"
        Folder below ``models/``: ``"minilm"``, ``"jobs"`` for the one tuned to tell which texts are of one job, or
        ``"passages"`` for the one tuned to tell which passages tell of which job.
    threads : int, default=0
        0 means one per core; the result does not depend on it.
    device : str, default="cpu"
        See `jtbd_nlp.inference.OnnxModel`.
    """

    n_dims = 384

    def __init__(self, folder: str = "minilm", *, threads: int = 0, device: str = "cpu") -> None:
        self._model = OnnxModel(folder, threads=threads, device=device)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of shape (n_texts, 384), unit L2 norm, in the order of the texts."""
        if not texts:
            return np.zeros((0, self.n_dims), dtype=np.float32)
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        encodings = self._model.tokenizer.encode_batch(list(rows))
        vectors = np.stack([out[0] for out in self._model.run_each(encodings)]).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
        return vectors[[rows[text] for text in texts]]
