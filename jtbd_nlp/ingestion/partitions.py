"""Reads and parses files on Dask workers, a partition of files a task, and hands out what each gave in their order.

Ids, people and warnings are not made here: they depend on the other files. Whatever a worker does not read is left to be
read where the run was called: a file that it does not see, or sees another one of, and a file that is at fault, whose
reason is then told there.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import JtbdError
from .access.limits import read_bounded
from .reading import Given, read_data
from .turns.raw import RawTranscript

if TYPE_CHECKING:
    from distributed import Client, Future

_log = logging.getLogger("jtbd_nlp")

PARTITION_BYTES = 2_000_000  # some forty interviews as text: a task's cost is small beside parsing them
WAITING = 2  # partitions in work or read, for each worker: no more of a study than these is in flight


@dataclass(frozen=True, slots=True)
class Read:
    """What one file gave: the hash of its bytes, and its transcripts as they are parsed."""

    sha256: str
    raws: Iterable[RawTranscript]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A file as it is where the run was called; its path is text, since a worker may be another kind of machine."""

    path: str
    given: Given
    mark: tuple[int, int] | None

    @property
    def size(self) -> int:
        return self.mark[0] if self.mark else 0


def read_file(path: Path, given: Given) -> Read:
    """Return the hash of a file, with its transcripts being parsed as they are asked for.

    Raises
    ------
    IngestionError
        If the file cannot be read; asking for a transcript raises it too.
    """
    data, changed = read_bounded(path, given.config)
    raws = (replace(raw, warnings=(*changed, *raw.warnings)) for raw in read_data(data, given))
    return Read(hashlib.sha256(data).hexdigest(), raws)


def read_on(client: Client, files: Iterable[tuple[Path, Given]]) -> Iterator[Read | None]:
    """Read files on the workers of a client.

    Parameters
    ----------
    client : distributed.Client
        Its workers need this library installed, and should see the files by the same paths.
    files : iterable of (Path, Given)
        In the order wanted.

    Yields
    ------
    Read or None
        One per file, in their order; None where it is to be read here.
    """
    partitions = _partitions(_sought(path, given) for path, given in files)
    n_workers = max(1, len(client.nthreads()))
    window = deque(_submitted(client, islice(partitions, WAITING * n_workers)))
    while window:
        n_files, future = window.popleft()
        found = _result(future, n_files)
        del future  # lets the workers drop what was fetched
        window.extend(_submitted(client, islice(partitions, 1)))
        yield from found


def _sought(path: Path, given: Given) -> _Sought:
    return _Sought(os.path.abspath(path), given, _mark(path))  # noqa: PTH100 - links stay as they are


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of the same path: size and time of change; None if it is no file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _partitions(files: Iterable[_Sought]) -> Iterator[list[_Sought]]:
    part: list[_Sought] = []
    size = 0
    for file in files:
        if part and size + file.size > PARTITION_BYTES:
            yield part
            part, size = [], 0
        part.append(file)
        size += file.size
    if part:
        yield part


def _submitted(client: Client, parts: Iterable[list[_Sought]]) -> Iterator[tuple[int, Future]]:
    for part in parts:
        yield len(part), client.submit(read_partition, part, pure=False)  # a file may have changed since the last run


def read_partition(files: Sequence[_Sought]) -> list[Read | None]:
    """Read some files in a worker; None for each that is to be read where the run was called."""
    return [_read_there(file) for file in files]


def _read_there(file: _Sought) -> Read | None:
    path = Path(file.path)
    if file.mark is None or _mark(path) != file.mark:
        return None
    try:
        read = read_file(path, file.given)
        return replace(read, raws=list(read.raws))
    except JtbdError:  # the file is at fault, or an extra is missing in this worker alone
        return None


def _result(future: Future, n_files: int) -> list[Read | None]:
    try:
        found: list[Read | None] = future.result()
    except Exception as error:  # noqa: BLE001 - whatever a worker died of, its files can still be read here
        _log.debug("a partition of files was not read on the workers: %s", type(error).__name__)
        return [None] * n_files
    return found
