"""Reads one file: bytes in, raw transcripts out, whatever the format.

Readers are plain functions in one file per family; `read_data` picks one by content. Every fault of a reader comes out
as an `IngestionError` with a reason, so that one bad file never ends a run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from ..config import IngestionConfig
from ..errors import IngestionError
from .access.decoding import decode
from .access.packed import unpack_all, unpack_head, unpack_lines
from .formats.captions import read_captions
from .formats.detection import detect_bytes, detect_text
from .formats.json_tools import load_json
from .formats.json_turns import read_json_lines
from .formats.parquet import read_parquet
from .formats.pdf import read_pdf
from .formats.plain_text import read_plain_text
from .formats.speech_json import read_speech_json
from .formats.tables import read_csv, read_xlsx
from .formats.word_documents import read_docx, read_odt
from .turns.raw import RawTranscript


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a reader may know beside the content: the file's name, the settings, and keys of known speakers."""

    name: str
    config: IngestionConfig
    known: Collection[str] = ()


def read_data(data: bytes, given: Given) -> Iterator[RawTranscript]:
    """Yield the transcripts of one file; all but tables, ``.jsonl`` and its like hold one.

    Raises
    ------
    IngestionError
        If the content cannot be read; the reason says why and what to do.
    """
    try:
        yield from _read(data, given)
    except IngestionError:
        raise
    except RecursionError as error:
        raise IngestionError("is nested too deeply to be a transcript. Export it again.") from error
    except MemoryError as error:
        raise IngestionError("needs more memory than there is. Split it.") from error
    except Exception as error:  # a parser's own fault must cost this file alone
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise IngestionError(
            f"cannot be read ({type(error).__name__}: {reason}). Save it again or as plain text."
        ) from error


def _read(data: bytes, given: Given) -> Iterator[RawTranscript]:
    form = detect_bytes(data, given.config)
    if form is not None:
        yield from _BINARY[form](data, given)
        return
    text, warnings = decode(data)
    for raw in read_text(text, detect_text(text, given.name), given):
        yield replace(raw, warnings=(*warnings, *raw.warnings)) if warnings else raw


def read_text(text: str, form: str, given: Given) -> Iterator[RawTranscript]:
    """Yield the transcripts of a text in a known format; faults of our own readers come out as they are."""
    yield from _TEXT[form](text, given)


def _plain(text: str, given: Given, form: str) -> Iterator[RawTranscript]:
    yield read_plain_text(text, known=given.known, form=form)


def _captions(text: str, given: Given, form: str) -> Iterator[RawTranscript]:
    yield read_captions(text, known=given.known, form=form)


def _json(text: str, _: Given) -> Iterator[RawTranscript]:
    yield read_speech_json(load_json(text))


def _json_lines(text: str, _: Given) -> Iterator[RawTranscript]:
    yield from read_json_lines(text.split("\n"))


def _csv(text: str, given: Given) -> Iterator[RawTranscript]:
    yield from read_csv(text, given.config, PurePosixPath(given.name).stem)


def _xlsx(data: bytes, given: Given) -> Iterator[RawTranscript]:
    yield from read_xlsx(data, given.config, PurePosixPath(given.name).stem)


def _parquet(data: bytes, given: Given) -> Iterator[RawTranscript]:
    yield from read_parquet(data, given.config, PurePosixPath(given.name).stem)


def _docx(data: bytes, given: Given) -> Iterator[RawTranscript]:
    yield read_docx(data, known=given.known, config=given.config)


def _odt(data: bytes, given: Given) -> Iterator[RawTranscript]:
    yield read_odt(data, known=given.known, config=given.config)


def _pdf(data: bytes, given: Given) -> Iterator[RawTranscript]:
    yield read_pdf(data, known=given.known, config=given.config)


def _gzip(data: bytes, given: Given) -> Iterator[RawTranscript]:
    """Read a compressed corpus line by line, and anything else as if it were not compressed."""
    head = unpack_head(data)
    packed = PurePosixPath(given.name.casefold().removesuffix(".gz")).suffix
    if packed in (".jsonl", ".ndjson") or (
        detect_bytes(head, given.config) is None and detect_text(decode(head)[0], given.name) == "jsonl"
    ):
        yield from read_json_lines(unpack_lines(data, given.config))
    else:
        yield from _read(unpack_all(data, given.config), given)


_BINARY: dict[str, Callable[[bytes, Given], Iterator[RawTranscript]]] = {
    "docx": _docx,
    "odt": _odt,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "parquet": _parquet,
    "gzip": _gzip,
}
_TEXT: dict[str, Callable[[str, Given], Iterator[RawTranscript]]] = {
    "text": partial(_plain, form="text"),
    "markdown": partial(_plain, form="markdown"),
    "vtt": partial(_captions, form="vtt"),
    "srt": partial(_captions, form="srt"),
    "json": _json,
    "jsonl": _json_lines,
    "csv": _csv,
}
