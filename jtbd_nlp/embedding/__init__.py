"""Turns sentences into unit vectors: the shipped int8 MiniLM, or any sentence-transformers model on disk."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from ..checking import check_texts
from ..config import Config, EmbeddingConfig, section_of
from ..stages import Embedder
from .minilm import MiniLmEmbedder

__all__ = ["MiniLmEmbedder", "embed_texts", "load_embedder", "load_job_embedder", "load_passage_embedder"]


@lru_cache(maxsize=4)
def load_embedder(config: EmbeddingConfig) -> Embedder:
    """Return the embedder that the settings name; kept for the life of the process.

    Raises
    ------
    MissingExtraError
        If a sentence-transformers model is named and the library is absent.
    MissingModelError
        If the model is not on disk.
    """
    if config.model == "minilm":
        return MiniLmEmbedder(threads=config.threads, device=config.device)
    from .sentence_transformer import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(config.model, device=config.device)


@lru_cache(maxsize=4)
def load_passage_embedder(config: EmbeddingConfig) -> Embedder:
    """Return the encoder of passages and statements that `mine` uses; kept for the life of the process.

    It is the shipped one that was tuned to say which passages tell of which job, or the one that the settings name.

    Raises
    ------
    MissingExtraError, MissingModelError
        As `load_embedder`.
    """
    if config.model == "minilm":
        return MiniLmEmbedder("passages", threads=config.threads, device=config.device)
    return load_embedder(config)


@lru_cache(maxsize=1)
def load_job_embedder() -> Embedder:
    """Return the shipped encoder tuned to jobs, which `cluster_texts` uses; kept for the life of the process.

    Raises
    ------
    MissingModelError
        If its files are absent or changed.
    """
    return MiniLmEmbedder("jobs")


def embed_texts(texts: Iterable[str], *, config: Config | EmbeddingConfig | None = None) -> np.ndarray:
    """Encode texts as vectors.

    Parameters
    ----------
    texts : iterable of str
        A list or a column of a data frame; may be empty; an empty text has a vector too.
    config : Config or EmbeddingConfig or None, default=None
        Model, device and threads.

    Returns
    -------
    ndarray of shape (n_texts, n_dims), float32
        Unit L2 norm; 384 dimensions with the shipped model. A row depends on its own text only.

    Raises
    ------
    InvalidParameterError
        If an item is not a text, ``config`` is no settings, or its device is not there.
    MissingExtraError, MissingModelError
        If another model is named and cannot be loaded.

    Examples
    --------
    >>> embed_texts(["I lose hours on invoices."]).shape
    (1, 384)
    """
    return load_embedder(section_of(config, EmbeddingConfig)).embed(check_texts(texts, "texts"))
