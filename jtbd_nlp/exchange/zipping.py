"""Reads members of a zip file from elsewhere within limits: a path and a name in, bytes out; nothing is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from ..errors import IngestionError

_MAX_MEMBERS = 20_000
_DAMAGE = (OSError, KeyError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError)


class Archive:
    """A zip file whose members together may not unpack to more than ``max_mb`` (10**6 bytes)."""

    def __init__(self, path: Path, max_mb: int) -> None:
        self._path = path
        self._left = max_mb * 10**6
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise IngestionError(f"must be a zip file, got: {error}. Export it again.", path=path) from error
        if len(self._zip.namelist()) > _MAX_MEMBERS:
            self._zip.close()
            raise self._refused(f"hold at most {_MAX_MEMBERS} files")

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Return the names of the members, sorted."""
        return sorted(set(self._zip.namelist()))

    def read(self, name: str) -> bytes:
        """Return one member; `IngestionError` where it is damaged, encrypted, or more than the limit allows."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(self._left + 1)  # what is there, whatever the file's head claims
        except _DAMAGE as error:
            reason = f"{name!r:.80} in it must be readable, got: {error}. Export it again."
            raise IngestionError(reason, path=self._path) from error
        self._left -= len(data)
        if self._left < 0:
            raise self._refused("unpack to less than the limit (max_mb)")
        return data

    def _refused(self, rule: str) -> IngestionError:
        return IngestionError(f"must {rule}, got more. It may be a zip bomb; ask who made it.", path=self._path)
