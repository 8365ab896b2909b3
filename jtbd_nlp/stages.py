"""The protocols of the stages; each has one implementation until a second is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np

    from .records import Segment, SentenceTags, Transcript


class Segmenter(Protocol):
    """Cuts transcripts into segments."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Return the segments in reading order; each is an exact slice of the transcript."""
        ...


class Tagger(Protocol):
    """Marks what a sentence says."""

    def tag(self, sentences: Sequence[str], contexts: Sequence[str] | None = None) -> list[SentenceTags]:
        """Return one `SentenceTags` per sentence; the result of one does not depend on its neighbours in the list."""
        ...


class Embedder(Protocol):
    """Turns sentences into vectors."""

    n_dims: int

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of shape (n_texts, n_dims), unit L2 norm, independent of batch and order."""
        ...
