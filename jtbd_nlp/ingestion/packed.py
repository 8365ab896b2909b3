"""Unpacks gzip within bounds: the head to look at, lines one at a time, or all of it if it is small enough."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from ..config import IngestionConfig
from ..errors import IngestionError
from .limits import MEGABYTE

_HEAD = 100_000
_MAX_RATIO = 50  # text packs four to ten times; corpora may unpack to more than the limit, bombs a thousand times


def unpack_head(data: bytes) -> bytes:
    """Return the first bytes of what is packed.

    Raises
    ------
    IngestionError
        If the gzip stream is broken from the start.
    """
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(data)).read1(_HEAD)
    except (OSError, EOFError, zlib.error) as error:
        raise IngestionError(f"is a broken gzip file ({error}). Pack it again.") from error


def unpack_lines(data: bytes, config: IngestionConfig) -> Iterator[str]:
    """Yield decoded lines; a line longer than ``max_chars`` or a stream that swells without end is refused.

    Raises
    ------
    IngestionError
        If the limits are passed or the stream breaks off.
    """
    budget = max(config.max_unpacked_mb * MEGABYTE, _MAX_RATIO * len(data))
    stream = io.BufferedReader(gzip.GzipFile(fileobj=io.BytesIO(data)), MEGABYTE)  # ten times faster by line
    longest = 2 * config.max_chars
    for _ in range(10 * config.max_turns):
        try:
            line = stream.readline(longest + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise IngestionError(f"breaks off ({error}); what stands before was read. Pack it again.") from error
        if not line:
            return
        budget -= len(line)
        if budget < 0 or len(line) > longest:
            raise IngestionError(
                f"unpacks to more than {config.max_unpacked_mb} MB or holds an endless line. Unpack it yourself."
            )
        yield line.decode("utf-8", errors="replace")
    raise IngestionError(f"holds more than {10 * config.max_turns:,} lines. Split it.")


def unpack_all(data: bytes, config: IngestionConfig) -> bytes:
    """Return everything that is packed.

    Raises
    ------
    IngestionError
        If it is more than ``max_unpacked_mb``, packed twice, or broken.
    """
    limit = min(config.max_unpacked_mb, config.max_file_mb) * MEGABYTE
    try:
        unpacked = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise IngestionError(f"is a broken or cut-short gzip file ({error}). Pack it again.") from error
    if len(unpacked) > limit:
        raise IngestionError(f"must unpack to at most {limit // MEGABYTE} MB. If you trust it, unpack it yourself.")
    if unpacked.startswith(b"\x1f\x8b"):
        raise IngestionError("is packed more than once. Unpack it.")
    return unpacked
