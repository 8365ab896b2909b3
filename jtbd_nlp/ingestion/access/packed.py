"""Unpacks gzip within bounds: the head to look at, lines one at a time, or all of it if it is small enough."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from ...config import IngestionConfig
from ...errors import IngestionError
from .limits import MEGABYTE

_HEAD = 100_000
_PIECE = 65_536
_GZIP = 31  # what zlib calls a window of 32 kB with a gzip header
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
    """Yield decoded lines as they unpack; what stands before a break is yielded first.

    Raises
    ------
    IngestionError
        If a line is longer than ``max_chars`` allows, the stream swells without end, or it breaks off.
    """
    budget = max(config.max_unpacked_mb * MEGABYTE, _MAX_RATIO * len(data))
    lines_left = 10 * config.max_turns
    rest = b""
    for block in _blocks(data):
        budget -= len(block)
        *lines, rest = (rest + block).split(b"\n")
        lines_left -= len(lines)
        if budget < 0 or lines_left < 0 or len(rest) > 2 * config.max_chars:
            raise IngestionError("unpacks to more than the settings allow, or holds an endless line. Unpack it.")
        for line in lines:
            yield line.decode("utf-8", errors="replace")
    if rest.strip():
        yield rest.decode("utf-8", errors="replace")


def _blocks(data: bytes) -> Iterator[bytes]:
    """Unpack piece by piece, at most a megabyte at a time, so that neither a bomb nor a break costs more than one."""
    decoder, ended = zlib.decompressobj(_GZIP), False
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        while piece:
            try:
                block = decoder.decompress(piece, MEGABYTE)
            except zlib.error as error:
                raise IngestionError(f"breaks off ({error}); what stands before was read. Pack it again.") from error
            if block:
                yield block
            piece = decoder.unconsumed_tail
            if decoder.eof:  # members may follow one another; zeros may pad them
                piece = decoder.unused_data.lstrip(b"\x00")
                decoder = zlib.decompressobj(_GZIP) if piece else decoder
        ended = decoder.eof
        decoder = zlib.decompressobj(_GZIP) if ended else decoder
    if not ended:
        raise IngestionError("breaks off before its end; what stands before was read. Pack it again.")


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
