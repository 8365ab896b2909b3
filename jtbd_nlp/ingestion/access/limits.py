"""Reads files within bounds: regular files only, no larger than the settings allow; says when one changed meanwhile.

In: a path and an `IngestionConfig`. Out: the bytes and the warnings they deserve, or an `IngestionError` that says why.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

from ...config import IngestionConfig
from ...errors import IngestionError

MEGABYTE = 1_000_000
_MAX_MEMBERS = 10_000


def read_bounded(path: Path, config: IngestionConfig) -> tuple[bytes, list[str]]:
    """Return the bytes of a regular file and the warnings.

    Raises
    ------
    IngestionError
        If the file is a folder, pipe or device, may not be read, or is larger than ``config.max_file_mb``.
    """
    # O_NONBLOCK: opening a pipe that nobody writes to would otherwise wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise IngestionError(f"cannot be opened ({_reason(error)}). Check that it exists and may be read.") from error
    with os.fdopen(handle, "rb") as stream:
        before = os.fstat(handle)
        _check_regular(before, config)
        try:
            data = stream.read(config.max_file_mb * MEGABYTE + 1)
        except OSError as error:
            raise IngestionError(f"cannot be read ({_reason(error)}). Check the disk and the rights.") from error
        after = os.fstat(handle)
    if len(data) > config.max_file_mb * MEGABYTE:
        raise IngestionError(_too_large(len(data), config))
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size
    return data, ["the file changed while it was read; run again when it is complete"] if changed else []


def _check_regular(status: os.stat_result, config: IngestionConfig) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IngestionError("must be a regular file, got a folder, pipe, socket or device. Save it as a file.")
    if status.st_size > config.max_file_mb * MEGABYTE:
        raise IngestionError(_too_large(status.st_size, config))


def _too_large(size: int, config: IngestionConfig) -> str:
    return (
        f"must be at most {config.max_file_mb} MB, got {size / MEGABYTE:,.0f} MB. "
        "Split it, or raise max_file_mb in [ingestion]."
    )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def open_archive(data: bytes, config: IngestionConfig) -> zipfile.ZipFile:
    """Open a zip container after checking what it would unpack to.

    Raises
    ------
    IngestionError
        If it is broken, encrypted, or would unpack to more than ``config.max_unpacked_mb``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise IngestionError(f"is a broken or cut-short zip container ({error}). Save it again.") from error
    if any(member.flag_bits & 1 for member in members):
        raise IngestionError("is protected by a password. Save it without one.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > config.max_unpacked_mb * MEGABYTE or len(members) > _MAX_MEMBERS:
        raise IngestionError(
            f"must unpack to at most {config.max_unpacked_mb} MB, got {unpacked / MEGABYTE:,.0f} MB in "
            f"{len(members):,} parts. If you trust it, raise max_unpacked_mb in [ingestion]."
        )
    return archive


def read_member(archive: zipfile.ZipFile, name: str, config: IngestionConfig) -> bytes:
    """Return one member of an archive, never more than the header promised or the settings allow.

    Raises
    ------
    IngestionError
        If the member is absent, damaged or larger than allowed.
    """
    limit = config.max_unpacked_mb * MEGABYTE
    try:
        with archive.open(name) as stream:
            content = stream.read(limit + 1)
    except KeyError as error:
        raise IngestionError(f"must contain {name}, got a container without it. Save it again.") from error
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise IngestionError(f"has a damaged part {name} ({error}). Save it again.") from error
    except Exception as error:  # zlib.error and lzma.LZMAError have no common base below Exception
        raise IngestionError(f"has a damaged part {name} ({error}). Save it again.") from error
    if len(content) > limit:
        raise IngestionError(f"has a part {name} of more than {config.max_unpacked_mb} MB. It is not a transcript.")
    return content
