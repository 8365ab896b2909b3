"""The tagger as a scikit-learn transformer: in: texts, out: an array of calibrated probabilities, a column a label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags

from ..checking import check_texts
from ..config import TaggingConfig
from ..errors import InvalidParameterError
from ..records import LABELS
from . import load_tagger


class TagTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns texts into tag probabilities for scikit-learn pipelines; it learns nothing.

    Parameters
    ----------
    model : str, default="tagger"
        Folder below ``models/``, or "lexicon".
    """

    def __init__(self, model: str = "tagger") -> None:
        self.model = model

    def fit(self, X: Any, y: Any = None) -> TagTransformer:
        """Check the texts and return self.

        Raises
        ------
        InvalidParameterError
            If X is not a column of texts, or can be gone through only once.
        """
        del y
        if isinstance(X, Iterator):  # nothing would be left of it to transform
            raise InvalidParameterError(f"X must be a list of texts, got a {type(X).__name__}. Put them in a list.")
        _column(X)
        self.n_features_in_ = 1
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Return float64 probabilities of shape (n_texts, 6), columns in the order of `LABELS`.

        Raises
        ------
        InvalidParameterError
            If X is not a column of texts.
        """
        texts = _column(X)
        tags = load_tagger(TaggingConfig(model=self.model)).tag(texts)
        return np.array([[t.scores[label] for label in LABELS] for t in tags], dtype=np.float64).reshape(
            -1, len(LABELS)
        )

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Return the labels, as an object array."""
        del input_features
        return np.array(LABELS, dtype=object)

    def __sklearn_tags__(self) -> Tags:
        """Say that it takes texts, needs no fitting, and keeps nothing."""
        tags: Tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.requires_fit = False
        tags.no_validation = True
        return tags


def _column(values: Any) -> list[str]:
    array = np.asarray(values, dtype=object)
    if array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
    return check_texts(array.tolist() if array.ndim == 1 else values, "X")
