"""Reads the XML of a REFI-QDA file: bytes in, a `QdaProject` or codes out; hostile XML is refused."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import IngestionError
from .qda import QdaCase, QdaCode, QdaCoding, QdaProject, QdaSource, QdaUser, guid_of
from .zipping import Archive

_MAX_ELEMENTS = 2_000_000
_MAX_DEPTH = 60  # codes below codes; people use five
_GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
_OTHER_SOURCES = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")


def read_project(raw: bytes, archive: Archive, path: Path) -> QdaProject:
    """Read project.qde; sources come from the archive."""
    root = _parse(raw, path, "Project")
    ignored: Counter[str] = Counter()
    for name in _OTHER_SOURCES:
        ignored[name] = sum(1 for _ in _below(root, "Sources", name))
    sources: list[QdaSource] = []
    codings: list[QdaCoding] = []
    for element in _below(root, "Sources", "TextSource"):
        text = _text_of(element, archive)
        if text is None:
            ignored["source without text"] += 1
            continue
        source = QdaSource(_guid(element), element.get("name", ""), text.replace("\r\n", "\n").replace("\r", "\n"))
        sources.append(source)
        codings += _codings(element, source, text, ignored)
    return QdaProject(
        name=root.get("name", ""),
        origin=root.get("origin", ""),
        users=tuple(QdaUser(_guid(e), e.get("name", "")) for e in _below(root, "Users", "User")),
        codes=tuple(_codes(root, path)),
        sources=tuple(sources),
        codings=tuple(sorted(set(codings), key=lambda c: (c.source, c.start_char, c.end_char, c.code, c.user or ""))),
        cases=tuple(_cases(root)),
        ignored={name: n for name, n in sorted(ignored.items()) if n},
    )


def read_codebook(raw: bytes, path: Path) -> tuple[QdaCode, ...]:
    """Read a .qdc file."""
    return tuple(_codes(_parse(raw, path, "CodeBook"), path))


def _parse(raw: bytes, path: Path, root_name: str) -> Any:
    import defusedxml.ElementTree as safe
    from defusedxml.common import DefusedXmlException

    try:
        root = safe.fromstring(raw, forbid_dtd=True)
    except (DefusedXmlException, safe.ParseError, ValueError, LookupError, RecursionError) as error:
        raise IngestionError(f"must hold plain XML, got: {error!r:.200}. Export it again.", path=path) from error
    if _local(root) != root_name:
        raise IngestionError(f"must hold a REFI-QDA {root_name}, got {_local(root)!r:.60}. Export it again.", path=path)
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise IngestionError(f"must hold at most {_MAX_ELEMENTS} elements, got more. Split the project.", path=path)
    return root


def _local(element: Any) -> str:
    """Return the name without its namespace: tools disagree on its version."""
    return str(element.tag).rpartition("}")[2]


def _below(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements down a path of names."""
    level = [element]
    for name in names:
        level = [child for parent in level for child in parent if _local(child) == name]
    yield from level


def _guid(element: Any, name: str = "guid") -> str:
    """Return a GUID in one form for all; what is none becomes one, since it ends up in file names."""
    given = str(element.get(name, "")).strip().strip("{}").upper()
    return given if not given or _GUID.fullmatch(given) else guid_of("foreign", given)


def _codes(root: Any, path: Path) -> Iterator[QdaCode]:
    start = ("CodeBook", "Codes") if _local(root) == "Project" else ("Codes",)
    level: list[tuple[str | None, Any]] = [(None, element) for element in _below(root, *start, "Code")]
    depth = 0
    while level:
        depth += 1
        if depth > _MAX_DEPTH:
            raise IngestionError(f"must have codes at most {_MAX_DEPTH} deep, got more. Flatten them.", path=path)
        for parent, element in level:
            told = "".join(e.text or "" for e in element if _local(e) == "Description")
            codable = element.get("isCodable", "true").strip() in ("true", "1")
            yield QdaCode(_guid(element), element.get("name", ""), parent, told, codable)
        level = [(_guid(e), child) for _, e in level for child in e if _local(child) == "Code"]


def _cases(root: Any) -> Iterator[QdaCase]:
    names = {_guid(e): e.get("name", "") for e in _below(root, "Variables", "Variable")}
    for element in _below(root, "Cases", "Case"):
        values = {}
        for held in element:
            if _local(held) == "VariableValue" and len(held) == 2:
                name = names.get(_guid(held[0], "targetGUID"))
                if name is not None:
                    values[name] = held[1].text or ""
        refs = tuple(_guid(e, "targetGUID") for e in element if _local(e) == "SourceRef")
        yield QdaCase(_guid(element), element.get("name", ""), refs, values)


def _text_of(element: Any, archive: Archive) -> str | None:
    """Return the text inside the element or the member that it names; nothing outside the file is ever opened."""
    for child in element:
        if _local(child) == "PlainTextContent":
            return child.text or ""
    name = element.get("plainTextPath", "")
    if not name.startswith("internal://"):
        return None
    wanted = "sources/" + name.removeprefix("internal://").lower()
    member = next((n for n in archive.names() if n.lower() == wanted), None)
    return None if member is None else archive.read(member).decode("utf-8-sig", "replace")


def _codings(element: Any, source: QdaSource, raw: str, ignored: Counter[str]) -> Iterator[QdaCoding]:
    selections = [e for e in element if _local(e) == "PlainTextSelection"]
    shift = _Positions(raw, source.text, selections)
    for selection in selections:
        place = shift.place(selection)
        if place is None:
            ignored["position outside its text"] += 1
            continue
        for coding in (e for e in selection if _local(e) == "Coding"):
            user = _guid(coding, "creatingUser") or _guid(selection, "creatingUser") or None
            for code in (e for e in coding if _local(e) == "CodeRef"):
                yield QdaCoding(source.guid, *place, _guid(code, "targetGUID"), user)
    ignored["coding of a whole source"] += sum(1 for e in element if _local(e) == "Coding")


class _Positions:
    """Turns positions of the file's text into positions of the same text with line feeds."""

    def __init__(self, raw: str, text: str, selections: list[Any]) -> None:
        self._text = text
        self._returns = [i for i, char in enumerate(raw) if raw[i : i + 2] == "\r\n"]
        self._as_one = self._counted_as_one(selections) if self._returns else True

    def place(self, selection: Any) -> tuple[int, int] | None:
        """Return the place of a selection, or None where it is not in the text."""
        try:
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        except ValueError:
            return None
        if not self._as_one:
            start, end = self._without_returns(start), self._without_returns(end)
        return (start, end) if 0 <= start < end <= len(self._text) else None

    def _without_returns(self, position: int) -> int:
        return position - bisect_left(self._returns, position)

    def _counted_as_one(self, selections: list[Any]) -> bool:
        """Return whether selections fit their names, where tools put the first words, if a line end counts as one."""
        fits = Counter[bool]()
        for selection in selections[:1000]:
            words = " ".join((selection.get("name") or "").rstrip(". …").split())[:30]
            for as_one in (True, False):
                self._as_one = as_one
                place = self.place(selection)
                if words and place is not None:
                    fits[as_one] += " ".join(self._text[slice(*place)].split()).startswith(words)
        return fits[True] > fits[False]
