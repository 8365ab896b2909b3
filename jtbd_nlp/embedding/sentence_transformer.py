"""Any sentence-transformers model that is on disk, as an embedder (extra ``encoders``)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..errors import MissingExtraError, MissingModelError


class SentenceTransformerEmbedder:
    """Encodes texts with a sentence-transformers model, without asking any hub.

    Parameters
    ----------
    model : str
        Folder, or a name that the local hub cache holds.
    device : str, default="cpu"
        As torch names it.

    Raises
    ------
    MissingExtraError
        If sentence-transformers is not installed.
    MissingModelError
        If the model is not on disk.
    """

    def __init__(self, model: str, *, device: str = "cpu") -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError("sentence-transformers", "encoders") from error
        try:
            self._model = SentenceTransformer(
                model,
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},  # the other format is pickle, which runs code
            )
        except (OSError, ValueError) as error:
            raise MissingModelError(
                f"embedding model must be on disk, got {model!r}. Fetch it once with: "
                f"python -c \"from sentence_transformers import SentenceTransformer; SentenceTransformer('{model}')\""
            ) from error
        self.n_dims = int(self._model.get_sentence_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of shape (n_texts, n_dims), unit L2 norm; one text a batch, rounded to 5 digits."""
        if not texts:
            return np.zeros((0, self.n_dims), dtype=np.float32)
        distinct = sorted(set(texts))
        found = self._model.encode(distinct, batch_size=1, normalize_embeddings=True, show_progress_bar=False)
        row = {text: i for i, text in enumerate(distinct)}
        vectors = np.asarray(found, dtype=np.float32).round(5)
        return vectors[[row[text] for text in texts]]
