"""Reads the text of a PDF: page headers and numbers go, line ends are layout and become blanks inside a turn.

In: bytes. Out: `RawTranscript`, split by the plain text reader. A PDF of scanned pages has no text and is refused.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ...config import IngestionConfig
from ...errors import IngestionError
from ..turns.raw import RawTranscript, RawTurn
from .plain_text import read_plain_text

_MAX_PAGES = 5_000
_PAGE_NUMBER = re.compile(
    r"\s{0,20}(?:[Pp]age\s{1,3})?[-\u2013]?\s?\d{1,5}\s?[-\u2013]?(?:\s{0,3}(?:/|of)\s{0,3}\d{1,5})?\s{0,20}"
)


def read_pdf(data: bytes, *, known: Collection[str] = (), config: IngestionConfig) -> RawTranscript:
    """Read a PDF.

    Raises
    ------
    IngestionError
        If it is protected, broken, has no text or too much of it.
    """
    with _quiet("pypdf"):
        pages, warnings = _page_texts(data, config)
    lines = [line for page in _without_margins(pages) for line in page]
    text = "\n".join(lines).replace("\x00", "")
    if not any(c.isalpha() for c in text):
        raise IngestionError("is a PDF without text, of scanned pages perhaps. Run text recognition first.")
    raw = read_plain_text(text, known=known, form="pdf")
    return replace(raw, turns=tuple(_unwrap(turn) for turn in raw.turns), warnings=(*warnings, *raw.warnings))


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's notes on broken files off the terminal; what matters becomes a warning of ours."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _page_texts(data: bytes, config: IngestionConfig) -> tuple[list[str], list[str]]:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise IngestionError("is protected by a password. Save it without one.")
        count = len(reader.pages)
    except IngestionError:
        raise
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise IngestionError(f"is a broken or cut-short PDF ({error}). Save it again.") from error
    if count > _MAX_PAGES:
        raise IngestionError(f"must have at most {_MAX_PAGES:,} pages, got {count:,}. Split it.")
    texts: list[str] = []
    faults: list[str] = []
    size = 0
    for index in range(count):
        try:
            texts.append(reader.pages[index].extract_text() or "")
        except Exception as error:  # noqa: BLE001 - one broken page must not cost the others
            faults.append(f"page {index + 1} cannot be read ({type(error).__name__}) and was left out")
            continue
        size += len(texts[-1])
        if size > config.max_chars:
            raise IngestionError(
                f"must be at most {config.max_chars:,} characters. Split it, or raise max_chars in [ingestion]."
            )
    return texts, faults


def _without_margins(pages: list[str]) -> list[list[str]]:
    """Take out page numbers, and first and last lines that at least three pages and half of them share."""
    split = [[line.rstrip() for line in page.strip().split("\n")] for page in pages]
    edges = Counter(shape for lines in split for shape in {_shape(line) for line in (*lines[:2], *lines[-2:])})
    margins = {shape for shape, count in edges.items() if count >= 3 and count >= 0.5 * len(pages)}
    return [_trim(lines, margins) for lines in split]


def _trim(lines: list[str], margins: Collection[str]) -> list[str]:
    def is_margin(line: str) -> bool:
        return not line.strip() or _shape(line) in margins or _PAGE_NUMBER.fullmatch(line) is not None

    start, stop = 0, len(lines)
    while start < min(stop, 3) and is_margin(lines[start]):
        start += 1
    while stop > max(start, len(lines) - 3) and is_margin(lines[stop - 1]):
        stop -= 1
    return lines[start:stop]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _unwrap(turn: RawTurn) -> RawTurn:
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_])", "-", turn.text)
    return replace(turn, text=re.sub(r"[ \t]{0,100}\n(?!\s{0,100}\n)[ \t]{0,100}", " ", text))
