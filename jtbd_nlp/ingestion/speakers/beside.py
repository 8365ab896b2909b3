"""Finds the participants file that lies beside transcripts, a CSV or a workbook: paths in; the rows of every such file out.

A folder is looked into, and so is the folder of a single file. Of several files, each speaks of the transcripts below its
own folder alone, so that two folders may each have an "interview 1".
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ...config import IngestionConfig
from ..access.listing import is_folder
from .participants import People, read_participants

NAME = "participants.csv"
WORKBOOK = "participants.xlsx"
_HEADING = 1  # lines of a CSV that says nothing yet


def people_file(folder: Path) -> Path | None:
    """Return the participants file of a folder: the CSV, or the workbook where there is no CSV or only its heading."""
    table, book = folder / NAME, folder / WORKBOOK
    if _is_file(book) and not (_is_file(table) and says_something(table)):
        return book
    return table if _is_file(table) else None


def says_something(table: Path) -> bool:
    """Tell whether a participants file has more than a heading; a workbook is taken at its word."""
    if table.suffix != ".csv":
        return True
    with table.open(encoding="latin-1") as stream:  # takes any byte, and as text a lone CR ends a line too
        return sum(1 for line in stream if line.strip()) > _HEADING


def people_beside(paths: Sequence[Path], config: IngestionConfig) -> People:
    """Read every ``participants.csv`` (or ``participants.xlsx``) that lies in a folder, or beside a file, of a source.

    Parameters
    ----------
    paths : Sequence[Path]
        Of the source, in any order.
    config : IngestionConfig
        For the limits.

    Raises
    ------
    IngestionError
        If such a file cannot be read.
    InvalidParameterError
        If a column is missing in one.
    """
    folders = sorted({path if is_folder(path) else path.parent for path in paths})
    files = {folder: file for folder in folders if (file := people_file(folder)) is not None and file not in paths}
    found = {folder: read_participants(file, config) for folder, file in files.items()}
    whole = {path for path in paths if is_folder(path)}
    rows = tuple(row for people in found.values() for row in people.rows)
    owners = tuple(folder for folder, people in found.items() for _ in people.rows)
    joined = People(
        rows,
        folders=owners if len(paths) > 1 else (),
        n_nameless=sum(people.n_nameless for folder, people in found.items() if folder in whole),
        passed_over=tuple(file for people in found.values() for file in people.passed_over),
        left_out=tuple(words for people in found.values() for words in people.left_out),
    )
    # the file beside a single transcript also names those that were not asked for: that is nothing to warn of
    asked = {i for path in paths if not is_folder(path) for i, _ in joined.of(path.stem, path.name, path)}
    joined.used.update(i for i, folder in enumerate(owners) if folder not in whole and i not in asked)
    return joined


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - False in a folder that may not be looked into, of which pathlib makes an error
