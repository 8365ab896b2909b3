"""Writes tables for spreadsheets and reads them back: cells that would run as formulas are made text, and restored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..checking import clean_text
from ..errors import StudyError

if TYPE_CHECKING:
    import pandas as pd

# What Excel, LibreOffice, Google Sheets and Numbers take for a formula; full-width forms count in East Asian versions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"


def guard_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs: text that starts like a formula gets a leading apostrophe.

    Text that starts with apostrophes before such a sign gets one more, so `unguard_cell` always gives the text back.
    """
    if not isinstance(value, str):
        return value
    text = clean_text(value)
    return _GUARD + text if _starts_formula(text) else text


def unguard_cell(value: Any) -> Any:
    """Return the text as it was before `guard_cell`."""
    guarded = isinstance(value, str) and value.startswith(_GUARD) and _starts_formula(value[1:])
    return value[1:] if guarded else value


def _starts_formula(text: str) -> bool:
    bare = text.lstrip("' \u00a0\ufeff\u200b\u0000")
    return bare.startswith(_FORMULA) or text.lstrip("'").startswith(_FORMULA)


def to_csv(frame: pd.DataFrame) -> str:
    """Return CSV text (RFC 4180 with line feeds, header first, every text quoted) with guarded cells and headers.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any table of a report.

    Returns
    -------
    str
        Read it with `read_csv` to get the texts back as they were.
    """
    return rows_to_csv(list(frame.columns), frame.astype(object).itertuples(index=False, name=None))


def rows_to_csv(columns: Sequence[Any], rows: Iterable[Iterable[Any]]) -> str:
    """Return what `to_csv` does, from rows: a report is saved without loading pandas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)  # a bare \r must be quoted too
    writer.writerow([guard_cell(str(name)) for name in columns])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return guard_cell(value)
    if value is None or value != value:  # NaN is an empty cell
        return ""
    return format(value, ".10g") if isinstance(value, float) else value


def read_csv(path: Path | str) -> pd.DataFrame:
    """Read a table that `to_csv` wrote; all cells are text as it was, empty ones are None.

    Parameters
    ----------
    path : Path or str
        The CSV file.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    StudyError
        If it is no CSV in UTF-8 with commas, or a row has more cells than there are columns.
    """
    import pandas as pd

    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise StudyError(
            f"{path} must be a CSV in UTF-8 with commas, got: {error}. Save it so, as it was exported."
        ) from error
    wide = next((i for i, row in enumerate(rows, 1) if len(row) > len(header)), None)
    if wide is not None:
        raise StudyError(
            f"{path} must have at most {len(header)} cells in a row, got {len(rows[wide - 1])} in row {wide}. Mend that row."
        )
    cells = [[unguard_cell(cell) or None for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=[unguard_cell(name) for name in header], dtype=object)


def read_header(path: Path) -> list[str]:
    """Return the names of the columns of a table that `to_csv` wrote; none where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [unguard_cell(name) for name in next(csv.reader(stream), [])]
    except (OSError, ValueError, csv.Error):
        return []
