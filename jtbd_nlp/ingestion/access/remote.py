"""Fetches sources that are named by address (s3://, gs://, memory:// ...) through fsspec; extra ``remote``.

Nothing here runs unless somebody names such an address. Files are copied to a temporary folder and read from there, so
that ids, bounds and warnings are those of local files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from ...config import IngestionConfig
from ...errors import IngestionError, MissingExtraError
from ...records import Warn
from .limits import MEGABYTE


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


def _fetch(address: str, folder: Path, config: IngestionConfig, warnings: list[Warn]) -> Path:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtraError("fsspec", "remote") from error
    try:
        store, root = url_to_fs(address)
        sizes = {str(k): int(v.get("size") or 0) for k, v in store.find(root, detail=True).items()}
    except Exception as error:  # each store has errors of its own
        raise IngestionError(f"{address} must be reachable, got {_told(error)}. Check it and your access.") from error
    if not sizes:
        raise IngestionError(f"{address} must hold files, got none. Check the address.")
    target = folder / (PurePosixPath(root).name or "source")
    for name, size in sorted(sizes.items()):
        inside = name[len(root) :].strip("/") if name.startswith(root) else PurePosixPath(name).name
        local = target.joinpath(*PurePosixPath(inside).parts)
        if ".." in PurePosixPath(inside).parts:
            reason: str | None = "has '..' in its name. Rename it."
        elif size > config.max_file_mb * MEGABYTE:
            reason = f"must be at most {config.max_file_mb} MB, got {size / MEGABYTE:,.0f} MB. Split it."
        else:
            reason = _copy(store, name, local)
        if reason:
            shown = inside or target.name
            warnings.append(Warn(code="refused", message=f"{shown}: {reason}", source=shown))
    return target


def _copy(store: Any, name: str, local: Path) -> str | None:
    try:
        # a store may hold both "a" and "a/b", or a name that no disk takes
        local.parent.mkdir(parents=True, exist_ok=True)
        store.get_file(name, str(local))
    except Exception as error:  # noqa: BLE001 - one file that cannot be fetched must not lose the others
        return f"cannot be fetched ({_told(error)}). Try again."
    return None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
