"""A cell of a table in, its text out: the same for transcripts and for the participants file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def cell_text(value: Any) -> str:
    """Return what a cell says with plain line ends and no blanks around it; "" for whatever marks a missing value."""
    if _is_missing(value):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)  # a gap makes a column of whole numbers one of floats
    if isinstance(value, (bytes, bytearray)):
        value = value.decode("utf-8", errors="replace")  # text of a Parquet file whose writer did not mark it as such
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def column_of(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the first column that bears one of the names, whatever its case."""
    folded = {column.casefold().strip(): column for column in reversed(columns)}
    return next((folded[name.casefold()] for name in names if name.casefold() in folded), None)


def _is_missing(value: Any) -> bool:
    try:
        return value is None or bool(value != value)  # NaN
    except TypeError:  # the NA of pandas is neither equal nor not
        return True
    except ValueError:  # an array in a cell
        return False
