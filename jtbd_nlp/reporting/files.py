"""Writes files so that a reader sees the old bytes or the new ones, never a part: temporary name, then rename."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..checking import clean_text
from ..errors import StudyError

_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # names that Windows keeps for devices
_MAX_STEM_BYTES = 120
_AT_ONCE = 1 << 18  # characters cleaned and encoded at a time
_WAIT_S = 600.0
_BUFFER = 1 << 18  # bytes gathered before the disk is asked


def write_bytes(path: Path | str, data: bytes | bytearray) -> Path:
    """Write a file through a temporary name beside it and a rename.

    The temporary name is always the same, so what a killed run left is swept up by the next one.

    Parameters
    ----------
    path : Path or str
        The file; its folder is made where absent.
    data : bytes
        All of its content.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    StudyError
        If the folder is read-only, the disk is full, or the name is a folder. The old file, if any, is untouched.
    """
    return _write(Path(path), [data])


def _write(target: Path, pieces: Iterable[bytes | bytearray]) -> Path:
    if not target.name:  # "", "." or the root: what a variable that is not set gives
        raise StudyError(f"{target} must be the name of a file, got a folder. Name a file in it.")
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # a link planted under that name must not be followed
        with part.open("xb", buffering=_BUFFER) as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        _discard(part)
        raise StudyError(
            f"{target} must be writable, got {error.strerror or error}. "
            "Free some space or choose another folder; nothing there was changed."
        ) from error
    except BaseException:
        _discard(part)  # what yields the pieces broke
        raise
    return target


def _discard(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the folder itself is out of reach: the first error tells why


def write_text(path: Path | str, text: str) -> Path:
    """Write text as UTF-8 with its line ends as they are; lone surrogates become U+FFFD, so that offsets hold.

    Parameters
    ----------
    path : Path or str
        The file; its folder is made where absent.
    text : str
        All of its content.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    StudyError
        As for `write_bytes`.
    """
    return write_bytes(path, clean_text(text).encode("utf-8"))


def write_lines(path: Path | str, lines: Iterable[str]) -> Path:
    """Write text that comes in pieces, as `write_text` does, without ever holding all of it."""
    return _write(Path(path), (clean_text("".join(some)).encode("utf-8") for some in _batches(lines)))


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield many short pieces at once: a call for each would cost more than the writing."""
    some, size = [], 0
    for line in lines:
        some.append(line)
        size += len(line)
        if size >= _AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Let one process at a time write a report into a folder: of two at once, each would leave some files of its own.

    Raises
    ------
    StudyError
        If another one still writes after `_WAIT_S` seconds.
    """
    from filelock import FileLock, Timeout

    mark = folder / ".saving"
    lock = FileLock(mark)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_WAIT_S)
    except Timeout as error:
        raise StudyError(
            f"{folder} must be free, got one that another run writes to. Wait for it, or choose another folder."
        ) from error
    except (OSError, NotImplementedError):
        pass  # a folder that cannot be written is told by the first file; a disk without locks has no other way
    try:
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):
                mark.unlink()  # whoever waits sees that it is gone, and makes a new one
        lock.release()


def safe_names(ids: Iterable[str]) -> dict[str, str]:
    """Give each id a file stem that cannot leave its folder and that no other id shares, even where case is ignored.

    Parameters
    ----------
    ids : Iterable[str]
        Any text at all: slashes, dots, NUL, 10,000 characters.

    Returns
    -------
    dict[str, str]
        Id to stem. An id that is a good name already keeps it; else its sha256 makes it unique.
    """
    known = sorted(set(ids))
    stems = {i: _plain_stem(i) for i in known}
    folded: dict[str, int] = {}
    for stem in stems.values():
        folded[stem.casefold()] = folded.get(stem.casefold(), 0) + 1
    return {i: s if s == i and folded[s.casefold()] == 1 else f"{s}-{_short_hash(i)}" for i, s in stems.items()}


def _plain_stem(name: str) -> str:
    stem = re.sub(r"[^\w .+()-]", "_", clean_text(name)).strip(" .")
    while len(stem.encode("utf-8")) > _MAX_STEM_BYTES:
        stem = stem[: _MAX_STEM_BYTES // 4] if len(stem) > _MAX_STEM_BYTES else stem[:-1]
    stem = stem.strip(" .")
    return f"_{stem}" if not stem or _RESERVED.match(stem) else stem


def _short_hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
