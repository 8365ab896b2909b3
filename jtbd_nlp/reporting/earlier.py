"""Takes away what an earlier report left in a folder and a new one does not write anew.

A name that is hidden now must not be read beside it. Only files that an index of ours lists are touched, never a
stranger's.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from ..errors import StudyError
from .files import safe_names
from .frames import COLUMNS


def remove_earlier(folder: Path, kept: Collection[str], *, tables: bool) -> None:
    """Remove the transcripts of an earlier report, and its Parquet tables, from a folder.

    Parameters
    ----------
    folder : Path
        That a report is about to be written into.
    kept : Collection[str]
        Stems of the transcripts that it writes.
    tables : bool
        Whether the tables go too; False where they are written anew.

    Raises
    ------
    StudyError
        If a file cannot be removed.
    """
    listed = listed_stems(folder)
    if listed is None:
        return
    old = [folder / "transcripts" / f"{stem}.txt" for stem in sorted(listed - set(kept))]
    if tables:
        old += [part for name in COLUMNS for part in sorted((folder / "tables" / name).glob("part-[0-9]*.parquet"))]
    for file in old:
        _remove(file)


def listed_stems(folder: Path) -> set[str] | None:
    """Return the stems of the transcripts that an earlier report lists, or None where there is no index of ours."""
    try:
        rows = json.loads((folder / "transcripts.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "file" in row for row in rows):
        return None
    ids = [row["transcript_id"] for row in rows if isinstance(row.get("transcript_id"), str)]
    return set(safe_names(ids).values())  # never a path that a file names


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise StudyError(
            f"{file} must be removable, got {error.strerror or error}: it belongs to an earlier report. "
            "Remove it yourself, or choose another folder."
        ) from error
