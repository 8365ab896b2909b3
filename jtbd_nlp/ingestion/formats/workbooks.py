"""Reads the sheets of an .xlsx within bounds: its bytes in, rows of cells out; formulas give the value that was saved."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ...config import IngestionConfig
from ..access.limits import open_archive, read_member
from .xml_safety import check_xml

_MAX_EMPTY = 1_000  # rows in a row; what an office program only coloured goes on for ever
_LOOKED_ON = 20_000  # rows beyond a bound that are searched for something filled
_MAX_COLUMNS = 500


def sheets(data: bytes, config: IngestionConfig) -> Iterator[tuple[str, bool, list[list[Any]], list[str]]]:
    """Yield each sheet: its title, whether it is the only one, its rows, and what is said of those left out.

    Raises
    ------
    IngestionError
        If it unpacks to more than the limits, or holds XML that is refused.
    """
    import openpyxl

    with open_archive(data, config) as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                check_xml(read_member(archive, member, config))
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            yield sheet.title, len(book.worksheets) == 1, *_bounded_rows(sheet, config)
    finally:
        book.close()


def _bounded_rows(sheet: Any, config: IngestionConfig) -> tuple[list[list[Any]], list[str]]:
    """Return the rows of a sheet within bounds, and what is said of the rest."""
    sheet.reset_dimensions()  # what the file claims may be a million empty rows
    rows: list[list[Any]] = []
    left: list[str] = []
    stream = sheet.iter_rows(values_only=True)
    empty = wide = 0
    for row in stream:
        empty = 0 if _filled(row) else empty + 1
        if len(rows) >= config.max_turns or empty > _MAX_EMPTY:
            if _filled(row) or any(map(_filled, islice(stream, _LOOKED_ON))):
                why = f"max_turns = {config.max_turns:,}" if empty <= _MAX_EMPTY else f"{_MAX_EMPTY:,} empty ones"
                left.append(f"the rows of sheet {sheet.title!r} after {why} were left out")
            break
        rows.append(list(row[:_MAX_COLUMNS]))
        wide += _filled(row[_MAX_COLUMNS:])
    if wide:
        left.append(
            f"columns beyond {_MAX_COLUMNS} of sheet {sheet.title!r} were left out; they are filled in {wide:,} rows"
        )
    return rows, left


def _filled(row: Sequence[Any]) -> bool:
    return any(cell is not None for cell in row)
