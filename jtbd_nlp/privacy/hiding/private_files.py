"""Writes files that only their owner may read: 0600 in a folder of 0700, through a temporary name and a rename."""

from __future__ import annotations

import os
from pathlib import Path

from ...errors import StudyError

OWNER_ONLY = 0o600


def write_private(path: Path, text: str) -> Path:
    """Write a private file whole or not at all; its rights are right from the first byte on.

    Parameters
    ----------
    path : Path
        The file; its folder is made, for its owner alone, where absent.
    text : str
        All of its content.

    Returns
    -------
    Path

    Raises
    ------
    StudyError
        If the folder cannot be written; the old file is untouched.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(part, flags, OWNER_ONLY), "wb") as stream:
            stream.write(text.encode("utf-8", "replace"))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise StudyError(
            f"{path} must be writable, got {error.strerror or error}. Choose another folder for private files."
        ) from error
    return path


def read_private(path: Path) -> str | None:
    """Return the text of a private file, or None where there is none.

    Raises
    ------
    StudyError
        If it is there and cannot be read as UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StudyError(
            f"{path} must be a readable text file in UTF-8, got {error}. Restore it from a copy."
        ) from error
