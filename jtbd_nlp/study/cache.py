"""Keeps what the models said by the hash of what they were asked: ``get`` and ``put`` of named bytes and arrays.

One file an entry, below ``.jtbd/cache``: a line with the sha256 of the rest, then a NumPy ``.npz`` without pickle. An
entry that is damaged does not match its line: it is taken away, counted, and made again. The folder can be deleted at
any time; nothing in it is the only copy of anything.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import StudyError
from ..reporting.files import write_bytes

if TYPE_CHECKING:
    import numpy as np

    Entry = dict[str, bytes | np.ndarray]

_HEAD = b"jtbd-cache 1 "
_KEY = re.compile(r"[0-9A-Za-z_-]{1,120}")


class FolderCache:
    """A cache in a folder; safe to share between threads and processes, since entries are written whole or not at all.

    Parameters
    ----------
    folder : Path or str
        Made at the first `put`.
    max_mb : int, default=2000
        `prune` takes the entries away that were not used for longest until the rest fits, in 10**6 bytes.

    Notes
    -----
    ``hits``, ``misses``, ``damaged`` count since the object was made; ``failed`` is the first reason for which an entry
    could not be kept (a full disk, say): a run goes on without it.
    """

    def __init__(self, folder: Path | str, *, max_mb: int = 2000) -> None:
        self.folder = Path(folder)
        self.max_mb = max_mb
        self.hits = self.misses = self.damaged = 0
        self.failed: str | None = None

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key, or None where there is none or a damaged one.

        Parameters
        ----------
        key : str
            A hash of all that the value depends on.

        Returns
        -------
        dict[str, bytes | numpy.ndarray] or None
        """
        file = self._file(key)
        try:
            raw = file.read_bytes()
        except OSError:
            self.misses += 1
            return None
        entry = _decode(raw)
        if entry is None:
            self.damaged += 1
            self.misses += 1
            _quietly(file.unlink)
            return None
        self.hits += 1
        _quietly(lambda: os.utime(file))  # for prune: when it was last of use
        return entry

    def put(self, key: str, value: Mapping[str, bytes | np.ndarray]) -> None:
        """Keep an entry; one that cannot be written is left out, and ``failed`` says why.

        Parameters
        ----------
        key : str
            As for `get`.
        value : Mapping[str, bytes | numpy.ndarray]
            Bytes, and arrays of numbers or text; arrays of objects are refused by ValueError.
        """
        data = _encode(value)
        try:
            write_bytes(self._file(key), data)
        except StudyError as error:
            self.failed = self.failed or str(error)

    def prune(self) -> int:
        """Take away what was not used for longest until the rest fits ``max_mb``; return how many entries went.

        What a killed run left half written goes too, so call it while no other run writes here.
        """
        for part in self.folder.glob("??/.*.part"):
            _quietly(part.unlink)
        files = sorted((file.stat().st_mtime_ns, file.name, file) for file in self.folder.glob("??/*.cache"))
        sizes = [file.stat().st_size for *_, file in files]
        surplus, gone = sum(sizes) - self.max_mb * 10**6, 0
        for size, (_, _, file) in zip(sizes, files, strict=True):
            if surplus <= 0:
                break
            surplus -= size
            gone += 1
            _quietly(file.unlink)
        return gone

    def _file(self, key: str) -> Path:
        name = key if _KEY.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / hashlib.sha256(name.encode()).hexdigest()[:2] / f"{name}.cache"


def _encode(value: Mapping[str, bytes | np.ndarray]) -> bytes:
    import numpy as np

    arrays: dict[str, np.ndarray] = {}
    for name, item in sorted(value.items()):
        if isinstance(item, bytes):
            arrays["b." + name] = np.frombuffer(item, dtype=np.uint8)
        else:
            arrays["a." + name] = np.asarray(item)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    body = stream.getvalue()
    return _HEAD + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _decode(raw: bytes) -> Entry | None:
    import numpy as np

    head, _, body = raw.partition(b"\n")
    if head != _HEAD + hashlib.sha256(body).hexdigest().encode():
        return None
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as stored:
            return {n[2:]: stored[n].tobytes() if n.startswith("b.") else stored[n] for n in stored.files}
    except (ValueError, OSError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _quietly(action: object) -> None:
    """Do what is of no matter when it fails: another process was quicker, or the folder is read-only."""
    try:
        action()  # type: ignore[operator]
    except OSError:
        return
