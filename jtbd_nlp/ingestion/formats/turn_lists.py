"""Reads tables in which a cell lists the turns of an interview: as lists of a Parquet file or a DataFrame, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...errors import IngestionError
from ..turns.raw import RawTranscript
from .cells import cell_text
from .json_tools import load_json
from .json_turns import IDS, LISTS, read_turn_row


def turn_list_column(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str | None:
    """Return the column that bears a name of turn lists, and whose first filled cell is one."""
    named = [column for column in columns if column.casefold().strip() in LISTS]
    for column in sorted(named, key=lambda c: LISTS.index(c.casefold().strip())):
        at = columns.index(column)
        first = next((found for row in rows if at < len(row) and (found := turn_list(row[at]))), None)
        if first and all(isinstance(item, Mapping) for item in first):
            return column
    return None


def turn_list(cell: Any) -> list[Any]:
    """Return what a cell lists; nothing where it is no list."""
    if hasattr(cell, "tolist"):  # an array of numpy
        cell = cell.tolist()
    if isinstance(cell, str) and cell.lstrip().startswith("["):
        try:
            cell = load_json(cell)
        except IngestionError:
            return []
    return list(cell) if isinstance(cell, (list, tuple)) else []


def read_turn_lists(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], column: str, *, before: int = 0, form: str
) -> Iterator[RawTranscript]:
    """Yield a transcript a row, named by its id or, after ``before`` rows, by its place; an empty list is refused later."""
    named = [c for key in IDS for c in columns if c != column and c.casefold().strip() == key]
    for place, row in enumerate(rows, before + 1):
        record = {c: v for c, v in zip(columns, row, strict=False) if c == column or not _is_nested(v)}
        plain = {c: cell_text(v) for c, v in record.items() if c != column}
        name = next((plain[c] for c in named if plain.get(c)), f"row {place}")
        kept = {c: text for c, text in plain.items() if text and c not in named}
        yield replace(read_turn_row({**kept, "turns": turn_list(record.get(column))}, name), format=form)


def _is_nested(value: Any) -> bool:
    return getattr(value, "ndim", 0) > 0 or isinstance(value, (list, tuple, dict))
