"""Writes the tables of a report for other programs: a `JobReport` in; an .xlsx, .jsonl or .parquet file out."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..checking import clean_text
from ..errors import MissingExtraError
from ..reporting.files import write_bytes, write_text
from ..reporting.tables import guard_cell

if TYPE_CHECKING:
    import pandas as pd

    from ..reporting import JobReport

TABLES = (
    "jobs", "quotes", "forces", "solutions", "wishes", "gaps", "lint", "left_out", "participants", "warnings", "tags",
    "segments",
)  # fmt: skip
_MAX_CELL = 32_767  # characters that a cell of Excel holds
_MAX_ROWS = 1_048_575


def write_xlsx(report: JobReport, path: Path | str) -> Path:
    """Write a workbook with a sheet a table; cells that a spreadsheet would run as formulas are text.

    Parameters
    ----------
    report : JobReport
        Any.
    path : Path or str
        Usually ends in .xlsx.

    Returns
    -------
    Path
        The file. Read a cell back through `jtbd_nlp.reporting.tables.unguard_cell` to get its text as it was. A text
        longer than a cell holds is cut, and ends in "[cut]"; so does a sheet with more rows than Excel has.

    Raises
    ------
    StudyError
        If it cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.active)
    for name in TABLES:
        frame = report.to_frame(name)
        sheet = book.create_sheet(name)
        sheet.append([guard_cell(str(column)) for column in frame.columns])
        for row in frame.head(_MAX_ROWS - 1).itertuples(index=False):
            sheet.append([_cell(value) for value in row])
        if len(frame) >= _MAX_ROWS:
            sheet.append(["[cut]"])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(vertical="top")
        sheet.freeze_panes = "A2"
    return write_bytes(path, _without_clock(book))


def write_jsonl(report: JobReport, path: Path | str, table: str = "quotes") -> Path:
    """Write one table as JSON Lines: an object a row; parameters as for `write_xlsx`, ``table`` as for `to_frame`."""
    frame = report.to_frame(table)
    rows = ({str(k): _plain(v) for k, v in row.items()} for row in frame.to_dict("records"))
    return write_text(path, "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows))


def write_parquet(report: JobReport, path: Path | str, table: str = "quotes") -> Path:
    """Write one table as Parquet; needs the extra ``parquet`` (pyarrow), else `MissingExtraError`."""
    return write_bytes(path, _parquet_bytes(_arrow(report, table)))


def write_parquet_tables(report: JobReport, folder: Path | str, *, rows: int = 50_000) -> Path:
    """Write every table of a report as a folder of Parquet parts, as Spark, DuckDB and Dask read them.

    Parameters
    ----------
    report : JobReport
        What to write.
    folder : Path or str
        Gets ``<table>/part-00000.parquet`` and on for each table of `JobReport.to_frame`; parts of an earlier report
        that are left over go.
    rows : int, default=50000
        Of a part.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    for name in TABLES:
        table, target = _arrow(report, name), Path(folder) / name
        parts = [target / f"part-{n:05}.parquet" for n in range(max(1, -(-table.num_rows // rows)))]
        for n, part in enumerate(parts):
            write_bytes(part, _parquet_bytes(table.slice(n * rows, rows)))
        for old in set(target.glob("part-[0-9][0-9][0-9][0-9][0-9].parquet")) - set(parts):
            old.unlink()
    return Path(folder)


def load_pyarrow() -> Any:
    """Return pyarrow, or raise `MissingExtraError` with the line that installs it."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    return pa


def _arrow(report: JobReport, name: str) -> Any:
    pa = load_pyarrow()
    return pa.Table.from_pandas(_typed(report.to_frame(name)), preserve_index=False)


def _parquet_bytes(table: Any) -> bytes:
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose columns each have one type: mixed ones, and those with lists, become text."""
    typed = frame.copy()
    for name in typed.columns:
        values = [_plain(v) for v in typed[name]]
        kinds = {type(v) for v in values if v is not None}
        if not kinds:
            continue  # nothing to go by but the type that the column has
        if len(kinds) > 1 and kinds != {int, float}:
            values = [None if v is None else str(v) for v in values]
        typed[name] = values
    return typed


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return clean_text(value)
    if hasattr(value, "item"):
        return _plain(value.item())
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return [_plain(v) for v in value] if isinstance(value, (list, tuple, set, frozenset)) else str(value)


def _cell(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    plain = _plain(value)
    if isinstance(plain, list):
        plain = "; ".join(map(str, plain))
    if not isinstance(plain, str):
        return plain
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(guard_cell(plain)))
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - 5] + "[cut]"


def _without_clock(book: Any) -> bytes:
    """Return the workbook as bytes in which the hour of writing does not show."""
    import zipfile
    from datetime import datetime

    book.properties.created = book.properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    raw, stream = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _fixed_times(data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return stream.getvalue()


def _fixed_times(core: bytes) -> bytes:
    import re

    return re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z?<", b">2000-01-01T00:00:00Z<", core)
