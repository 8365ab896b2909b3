"""Fetches sources that are named by address (s3://, gs://, memory:// ...) through fsspec; extra ``remote``.

Nothing here runs unless somebody names such an address. Files are copied to a temporary folder and read from there, so
that ids, bounds and warnings are those of local files; those of this machine (file://) are read where they lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from ...config import IngestionConfig
from ...errors import IngestionError, MissingExtraError
from ...records import Warn
from .limits import MEGABYTE

_WEB = ("http://", "https://")
_USER = re.compile(r"://[^/\s]*@")  # a password, which may hold an "@", or a token in its place
_SIGNED = re.compile(r"\?[^\s'\"]*=[^\s'\"]*")  # a query, such as a signature that opens the file to whoever has it


def is_address(source: Any) -> bool:
    """Tell whether a source is an address and not a path of this machine."""
    return isinstance(source, str) and "://" in source


@contextmanager
def local_copies(sources: Sequence[Any], config: IngestionConfig, warnings: list[Warn]) -> Iterator[list[Any]]:
    """Give the sources with a local path in place of each address; the copies are gone afterwards.

    Parameters
    ----------
    sources : sequence
        Addresses among anything else.
    config : IngestionConfig
        ``max_file_mb``: larger files are not fetched.
    warnings : list of Warn
        Receives the files that were not.

    Raises
    ------
    MissingExtraError
        If fsspec is not installed.
    IngestionError
        If an address cannot be reached or holds no file.
    """
    with TemporaryDirectory(prefix="jtbd-") as folder:
        yield [
            _fetch(source, Path(folder) / str(i), config, warnings) if is_address(source) else source
            for i, source in enumerate(sources)
        ]


def shown_address(address: str) -> str:
    """Return an address as it may be shown and kept: without user and password, and without what signs it."""
    return _SIGNED.sub("?***", _USER.sub("://***@", address))


def _fetch(address: str, folder: Path, config: IngestionConfig, warnings: list[Warn]) -> Path:
    try:
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem
    except ImportError as error:
        raise MissingExtraError("fsspec", "remote") from error
    try:
        store, root = url_to_fs(address)
        if isinstance(store, LocalFileSystem):
            return Path(root)  # links, rights and loops are then treated as in any folder
        sizes = _sizes(store, root, warnings)
    except Exception as error:  # each store has errors of its own
        raise IngestionError(_unreachable(address, error)) from error
    if not sizes:
        raise IngestionError(f"{shown_address(address)} must hold files, got none. {_advice(address)}")
    web = root.startswith(_WEB)
    target = folder / (PurePosixPath(_decoded(root, web)).name or "source")
    for name, size in sorted(sizes.items()):
        inside = _decoded(name.removeprefix(root) if name.startswith(root) else PurePosixPath(name).name, web)
        if web and name != root and (not inside or name.partition("?")[0].endswith("/")):
            continue  # the list of a folder in another order, as servers link to it ("?C=N;O=D")
        reason = _copied(store, name, size, target, inside, config)
        if reason:
            shown = inside or target.name
            warnings.append(Warn(code="refused", message=f"{shown}: {reason}", source=shown))
    return target


def _unreachable(address: str, error: Exception) -> str:
    advice = "Install what it names." if isinstance(error, ImportError) else "Check it and your access."
    return f"{shown_address(address)} must be reachable, got {_told(error)}. {advice}"


def _advice(address: str) -> str:
    pattern = any(mark in address for mark in "*?[")
    return "Patterns are not filled in: name the folder." if pattern else "Check the address."


def _sizes(store: Any, root: str, warnings: list[Warn]) -> dict[str, int | None]:
    """Return every file below a root with its size, if that is told; folders that cannot be listed are warned of."""
    from fsspec.spec import AbstractFileSystem

    if getattr(store.find, "__func__", None) is not AbstractFileSystem.find and not root.startswith(_WEB):
        # it lists all in one go
        return {str(name): entry.get("size") for name, entry in store.find(root, detail=True).items()}
    found, faults = _walked(store, root)
    if not found and store.isfile(root):
        return {root: store.size(root)}
    if not found and faults:
        raise faults[0]
    warnings += [
        Warn(code="refused", message=f"a folder at the address cannot be listed ({_told(e)}). Check its rights.")
        for e in faults
    ]
    return found


def _walked(store: Any, root: str) -> tuple[dict[str, int | None], list[OSError]]:
    """Walk a store folder by folder; its own walk passes over what cannot be listed below the root."""
    found: dict[str, int | None] = {}
    faults: list[OSError] = []
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = store.ls(folder, detail=True)
        except OSError as error:
            faults.append(error)
            continue
        for entry in entries:
            name = str(entry["name"])
            if entry["type"] != "directory":
                found[name] = entry.get("size")
            elif name.rstrip("/") != folder.rstrip("/"):
                pending.append(name)
    return found, faults


def _decoded(name: str, web: bool) -> str:
    """Return a name without slashes around it; those of the web are percent-encoded, and what signs them is no name."""
    return (unquote(name.partition("?")[0]) if web else name).strip("/")


def _copied(store: Any, name: str, size: int | None, target: Path, inside: str, config: IngestionConfig) -> str | None:
    """Copy a file and return None, or the reason why it was not copied."""
    parts = PurePosixPath(inside).parts
    if ".." in parts:
        return "has '..' in its name. Rename it."
    try:
        size = store.size(name) if size is None else size  # a list of the web has no sizes
        if size is not None and size > config.max_file_mb * MEGABYTE:
            return f"must be at most {config.max_file_mb} MB, got {size / MEGABYTE:,.0f} MB. Split it."
        # a store may hold both "a" and "a/b", or a name that no disk takes
        local = target.joinpath(*parts)
        local.parent.mkdir(parents=True, exist_ok=True)
        store.get_file(name, str(local))
    except Exception as error:  # noqa: BLE001 - one file that cannot be fetched must not lose the others
        return f"cannot be fetched ({_told(error)}). Try again."
    return None


def _told(error: Exception) -> str:
    """Return kind and words of an error; the path of a copy is another one in each run, so it is not told."""
    said = error.strerror if isinstance(error, OSError) and error.filename and error.strerror else str(error)
    return (
        f"{type(error).__name__}: {shown_address(' '.join(said.split()))[:200]}"  # cut last: half a password is one too
    )
