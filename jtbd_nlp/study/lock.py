"""Keeps two runs off one study: a folder in, a lock held for the length of a ``with`` block, or a clear refusal.

The operating system holds the lock (filelock), so one left behind by a killed process is free at once; the file beside
it says who holds it, for the message.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import StudyError
from ..reporting.files import write_text

LEAST_FREE_MB = 50  # what a small study's results and cache may need


@contextmanager
def study_lock(folder: Path, *, what: str = "mine", wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of a study.

    Parameters
    ----------
    folder : Path
        The study's own folder for state; made where absent.
    what : str, default="mine"
        What the holder does, for the message that others get.
    wait_s : float, default=0.0
        Seconds to wait for another holder to end.

    Yields
    ------
    None

    Raises
    ------
    StudyError
        If another process holds it, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    check_writable(folder)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise StudyError(
            f"{folder.parent} must be free for this run, got a study in use{_holder(folder)}. Wait until that has "
            "ended, or end it."
        ) from error
    except (OSError, NotImplementedError) as error:
        raise StudyError(f"{folder} must allow file locks, got {error}. Keep the study on a local disk.") from error
    try:
        ignoring = folder / ".gitignore"  # absent in a clone, or where it was deleted; the cache holds what people said
        if not ignoring.exists():
            write_text(ignoring, "*\n")
        _sign(folder, what)
        yield
    finally:
        with suppress(OSError):
            (folder / "holder.json").unlink(missing_ok=True)
        lock.release()


def check_writable(folder: Path, least_mb: int = LEAST_FREE_MB) -> None:
    """Raise `StudyError` before any work where the folder cannot take the results: read-only, or the disk is full."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise StudyError(
            f"{folder} must be writable, got {error.strerror or error}. Free some space, change its rights, or copy "
            "the study elsewhere; nothing was changed."
        ) from error
    if free < least_mb * 10**6:
        raise StudyError(
            f"{folder} must have {least_mb} MB free, got {free // 10**6} MB. Free some space; nothing was changed."
        )


def _sign(folder: Path, what: str) -> None:
    note = {"pid": os.getpid(), "host": socket.gethostname(), "what": what}
    with suppress(OSError):
        (folder / "holder.json").write_text(json.dumps(note), encoding="utf-8")


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / "holder.json").read_text(encoding="utf-8"))
        return f" by process {int(note['pid'])} on {note['host']} ({note['what']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
