"""Checks that what came in are texts; in: anything, out: a list of str or an error that names the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import InvalidParameterError

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)  # what git writes around what it could not merge


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no model can read and no file can hold, by U+FFFD, one for one: offsets hold."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def conflict_line(text: str) -> int | None:
    """Return the number of the line where git marked what it could not merge, or None where it marked nothing."""
    found = _CONFLICT.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def check_texts(values: Iterable[Any], name: str) -> list[str]:
    """Return the values as a list of str.

    Raises
    ------
    InvalidParameterError
        If it is one text and not several, or no list at all, a data frame or a mapping, or an item is no text (NaN of a data frame, say).

    Notes
    -----
    Lone surrogates become U+FFFD; see `clean_text`.
    """
    if isinstance(values, (str, bytes)):
        raise InvalidParameterError(f"{name} must be a list of texts, got one text {values[:40]!r}. Put it in a list.")
    if not isinstance(values, Iterable):
        raise InvalidParameterError(f"{name} must be a list of texts, got {values!r}. Give [] where there are none.")
    if isinstance(values, Mapping) or hasattr(values, "columns"):  # going through one gives its headings
        kind = type(values).__name__
        raise InvalidParameterError(f"{name} must be a list of texts, got a {kind}. Give one column of it.")
    texts = list(values)
    for i, value in enumerate(texts):
        if not isinstance(value, str):
            raise InvalidParameterError(f"{name}[{i}] must be a text, got {value!r}. Drop such rows or give ''.")
    return [clean_text(t) for t in texts]
