"""What was given in, whether it is a table of pandas or another library, and as one of pandas, out."""

from __future__ import annotations

from typing import Any


def as_frame(source: Any) -> Any:
    """Return a table of another library (polars, Arrow) as one of pandas, and anything else as it is."""
    return source.to_pandas() if hasattr(source, "to_pandas") and not is_frame(source) else source


def is_frame(source: Any) -> bool:
    """Tell whether a source is a table such as a pandas DataFrame."""
    return hasattr(source, "columns") and hasattr(source, "itertuples")
