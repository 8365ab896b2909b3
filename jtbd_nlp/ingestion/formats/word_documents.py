"""Reads DOCX and ODT: paragraphs, tables and headings become lines of text, which the plain text reader then splits.

In: bytes. Out: `RawTranscript`. Deleted text of tracked changes stays out, inserted text stays in; summaries that a
meeting tool wrote (Google Meet's first part, say) are left out by the plain text reader.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...config import IngestionConfig
from ...errors import IngestionError
from ..access.limits import open_archive, read_member
from ..turns.marks import line_form
from ..turns.raw import RawTranscript
from ..turns.summaries import heading_kind
from ..turns.times import seconds
from .plain_text import read_plain_text
from .xml_safety import check_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "footnoteReference")
}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes, *, known: Collection[str] = (), config: IngestionConfig) -> RawTranscript:
    """Read a Word document.

    Raises
    ------
    IngestionError
        If the container is broken or hostile, or holds no words.
    """
    import docx

    _check_parts(data, config, (".xml", ".rels"))
    document = docx.Document(io.BytesIO(data))
    headings = {
        style.style_id for style in document.styles if (style.name or "").lower().startswith(("heading", "title"))
    }
    text = "\n\n".join(_docx_blocks(document.element.body, headings))
    raw = read_plain_text(text, known=known, form="docx")
    title = (document.core_properties.title or "").strip()
    return replace(raw, metadata={"title": title, **raw.metadata}) if title else raw


def _check_parts(data: bytes, config: IngestionConfig, endings: tuple[str, ...]) -> None:
    with open_archive(data, config) as archive:
        for member in archive.namelist():
            if member.endswith(endings):
                check_xml(read_member(archive, member, config))


def _docx_blocks(body: Any, headings: Collection[str]) -> Iterator[str]:
    """Yield the text of paragraphs and tables in reading order, without recursion on what the file nests."""
    pending = list(reversed(body))
    while pending:
        node = pending.pop()
        if node.tag == f"{_W}p":
            style = node.find(f"{_W}pPr/{_W}pStyle")
            is_heading = style is not None and style.get(f"{_W}val") in headings
            yield _heading(_docx_text(node)) if is_heading else _docx_text(node)
        elif node.tag == f"{_W}tbl":
            for row in node.iter(f"{_W}tr"):
                cells = [
                    " ".join(filter(None, (_docx_text(p).strip() for p in cell.iter(f"{_W}p"))))
                    for cell in row.iter(f"{_W}tc")
                ]
                yield _row_line(cells)
        elif node.tag not in _SKIPPED and isinstance(node.tag, str):
            pending.extend(reversed(node))


def _docx_text(paragraph: Any) -> str:
    parts: list[str] = []
    pending = [paragraph]
    while pending:
        node = pending.pop()
        if node.tag in _SKIPPED or node.tag == _ALTERNATE:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        pending.extend(reversed(node))
    return "".join(parts)


def _heading(text: str) -> str:
    """Mark a heading as Markdown does, unless it is a name, a time or a tool's own heading."""
    line = text.strip()
    if "\n" in line or not line or line_form(line) or seconds(line.strip("[]()")) is not None or heading_kind(line):
        return text
    return f"## {line}"


def _row_line(cells: Sequence[str]) -> str:
    """Write a table row as a line: a time and a name before the words, if it has them."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    times = [cell for cell in filled[:2] if seconds(cell.strip("[]()")) is not None]
    rest = [cell for cell in filled if cell not in times]
    if len(rest) == 2 and len(rest[0]) <= 60 and "\n" not in rest[0]:
        lead = f"[{times[0].strip('[]()')}] " if times else ""
        return f"{lead}{rest[0].rstrip(':')}: {rest[1]}"
    return "\n".join(filled)


def read_odt(data: bytes, *, known: Collection[str] = (), config: IngestionConfig) -> RawTranscript:
    """Read an OpenDocument text.

    Raises
    ------
    IngestionError
        If the container is broken or hostile, or holds no words.
    """
    from odf import opendocument
    from odf.namespaces import TABLENS, TEXTNS

    _check_parts(data, config, (".xml", ".rdf"))
    document = opendocument.load(io.BytesIO(data))
    if document.text is None:
        raise IngestionError(
            "must hold text, got an OpenDocument file without any. Check that it was saved completely."
        )
    lines: list[str] = []
    pending = list(reversed(document.text.childNodes))
    while pending:
        node = pending.pop()
        name = getattr(node, "qname", None)
        if name == (TEXTNS, "p"):
            lines.append(_odt_text(node))
        elif name == (TEXTNS, "h"):
            lines.append(_heading(_odt_text(node)))
        elif name == (TABLENS, "table-row"):
            lines.append(_row_line([_odt_text(cell) for cell in node.childNodes]))
        elif name != (TEXTNS, "tracked-changes"):
            pending.extend(reversed(getattr(node, "childNodes", [])))
    return read_plain_text("\n\n".join(lines), known=known, form="odt")


def _odt_text(element: Any) -> str:
    from odf.namespaces import OFFICENS, TEXTNS

    parts: list[str] = []
    pending = [element]
    while pending:
        node = pending.pop()
        name = getattr(node, "qname", None)
        if name is None:
            parts.append(getattr(node, "data", "") or "")
        elif name == (TEXTNS, "s"):
            parts.append(" " * min(int(node.getAttribute("c") or 1), 100))
        elif name in ((TEXTNS, "tab"), (TEXTNS, "line-break")):
            parts.append("\t" if name[1] == "tab" else "\n")
        if name not in ((OFFICENS, "annotation"), (TEXTNS, "note")):
            pending.extend(reversed(getattr(node, "childNodes", [])))
    return "".join(parts)
