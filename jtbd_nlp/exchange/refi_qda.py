"""Writes and reads REFI-QDA: a `QdaProject` in, a .qdpx or .qdc file out, and back.

The standard (QDA-XML 1.0, March 2019) counts positions in Unicode code points of the plain text, from 0, the end
excluded; sources go out as UTF-8 without a byte order mark and with line feeds, so that a position here is a position
there. In files of others, line ends of two characters are counted as such unless the names of the selections show that
the tool counted them as one. The schema beside this file is REFI's (MIT licence).

A file from elsewhere is never unpacked to disk: members are read by name, within limits, and a document type
declaration, the door to entity bombs, is refused.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from importlib.resources import files
from pathlib import Path

from ..checking import clean_text
from ..errors import IngestionError
from ..reporting.files import write_bytes
from .qda import QdaCase, QdaCode, QdaCoding, QdaProject, guid_of
from .qda_reading import read_codebook, read_project
from .zipping import Archive

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_CHARS = 60


def write_qdpx(project: QdaProject, path: Path | str) -> Path:
    """Write a project file.

    Parameters
    ----------
    project : QdaProject
        Ours, by `project_of`, or one that was read.
    path : Path or str
        Usually ends in .qdpx.

    Returns
    -------
    Path
        The file. Equal projects give equal bytes: there are no time stamps in it.

    Raises
    ------
    StudyError
        If it cannot be written.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _add(archive, "project.qde", _xml(_project(project)))
        for source in sorted(project.sources, key=lambda s: s.guid):
            _add(archive, f"Sources/{source.guid}.txt", clean_text(source.text).encode("utf-8"))
    return write_bytes(path, stream.getvalue())


def write_qdc(project: QdaProject, path: Path | str) -> Path:
    """Write the codebook alone; parameters and errors as for `write_qdpx`."""
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK, "origin": _clean(project.origin)})
    _codes(ET.SubElement(root, "Codes"), project.codes)
    return write_bytes(path, _xml(root))


def read_qdpx(path: Path | str, *, max_mb: int = 400) -> QdaProject:
    """Read a project file of any tool.

    Parameters
    ----------
    path : Path or str
        A .qdpx file.
    max_mb : int, default=400
        What it may unpack to, in 10**6 bytes.

    Returns
    -------
    QdaProject
        Text sources with their codings, the codebook, users and cases; ``ignored`` counts what else there was
        (pictures, media, sources kept outside the file, positions beyond the text).

    Raises
    ------
    IngestionError
        If it is no REFI-QDA project, is damaged, or breaks the limits; the message says which.
    """
    with Archive(Path(path), max_mb) as archive:
        return read_project(_qde(archive, path), archive, Path(path))


def _qde(archive: Archive, path: Path | str) -> bytes:
    name = next((n for n in archive.names() if n.lower().endswith(".qde") and "/" not in n), None)
    if name is None:
        raise IngestionError("must hold a project.qde, got none. Export the project as REFI-QDA again.", path=path)
    return archive.read(name)


def read_qdc(path: Path | str, *, max_mb: int = 50) -> tuple[QdaCode, ...]:
    """Read a codebook file; ``max_mb`` and errors as for `read_qdpx`."""
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > max_mb * 10**6:
            raise IngestionError(f"must be at most {max_mb} MB, got {size // 10**6} MB. Raise max_mb.", path=path)
        return read_codebook(file.read_bytes(), file)
    except OSError as error:
        raise IngestionError(f"must be readable, got {error.strerror}. Check the path.", path=path) from error


def validate_qdpx(path: Path | str) -> list[str]:
    """Return what the standard's schema says against a project file: an empty list where it is valid.

    Parameters
    ----------
    path : Path or str
        A .qdpx file.

    Returns
    -------
    list[str]
        One sentence a violation, with its line.

    Raises
    ------
    IngestionError
        If it is no REFI-QDA project or no XML.
    """
    from lxml import etree

    schema = etree.XMLSchema(etree.fromstring(files(__package__).joinpath("Project-mrt2019.xsd").read_bytes()))
    with Archive(Path(path), 400) as archive:
        raw = _qde(archive, path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        schema.validate(etree.fromstring(raw, parser))
    except etree.XMLSyntaxError as error:
        raise IngestionError(f"must hold plain XML, got: {error}. Export it again.", path=path) from error
    return [f"line {entry.line}: {entry.message}" for entry in schema.error_log]


def _project(project: QdaProject) -> ET.Element:
    root = ET.Element("Project", {"xmlns": PROJECT, "name": _clean(project.name), "origin": _clean(project.origin)})
    if project.users:
        users = ET.SubElement(root, "Users")
        for user in project.users:
            ET.SubElement(users, "User", {"guid": user.guid, "name": _clean(user.name)})
    if project.codes:
        _codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), project.codes)
    variables = sorted({name for case in project.cases for name in case.variables})
    if variables:
        listed = ET.SubElement(root, "Variables")
        for name in variables:
            values = {"guid": guid_of("variable", name), "name": _clean(name), "typeOfVariable": "Text"}
            ET.SubElement(listed, "Variable", values)
    if project.cases:
        cases = ET.SubElement(root, "Cases")
        for case in project.cases:
            _case(cases, case)
    if project.sources:
        _sources(ET.SubElement(root, "Sources"), project)
    return root


def _codes(parent: ET.Element, codes: tuple[QdaCode, ...]) -> None:
    known = {code.guid for code in codes}
    elements: dict[str | None, ET.Element] = {None: parent}
    waiting = list(codes)
    while waiting:
        ready = [c for c in waiting if (c.parent if c.parent in known else None) in elements]
        for code in ready or waiting[:1]:  # a loop of parents is cut where it is met first
            above = elements.get(code.parent if code.parent in known else None, parent)
            values = {"guid": code.guid, "name": _clean(code.name), "isCodable": str(code.codable).lower()}
            element = ET.SubElement(above, "Code", values)
            if code.description:
                ET.SubElement(element, "Description").text = _clean(code.description)
            elements[code.guid] = element
        done = {code.guid for code in ready or waiting[:1]}
        waiting = [code for code in waiting if code.guid not in done]


def _case(parent: ET.Element, case: QdaCase) -> None:
    element = ET.SubElement(parent, "Case", {"guid": case.guid, "name": _clean(case.name)})
    for name, value in sorted(case.variables.items()):
        held = ET.SubElement(element, "VariableValue")
        ET.SubElement(held, "VariableRef", {"targetGUID": guid_of("variable", name)})
        ET.SubElement(held, "TextValue").text = _clean(value)
    for source in case.sources:
        ET.SubElement(element, "SourceRef", {"targetGUID": source})


def _sources(parent: ET.Element, project: QdaProject) -> None:
    by_source: dict[str, list[QdaCoding]] = {}
    for coding in sorted(project.codings, key=_order):
        by_source.setdefault(coding.source, []).append(coding)
    for source in project.sources:
        values = {"guid": source.guid, "name": _clean(source.name), "plainTextPath": f"internal://{source.guid}.txt"}
        element = ET.SubElement(parent, "TextSource", values)
        places: dict[tuple[int, int], list[QdaCoding]] = {}
        for coding in by_source.get(source.guid, []):
            places.setdefault((coding.start_char, coding.end_char), []).append(coding)
        for (start, end), codings in places.items():
            _selection(element, source.text[start:end], codings)


def _order(coding: QdaCoding) -> tuple[str, int, int, str, str]:
    return coding.source, coding.start_char, coding.end_char, coding.code, coding.user or ""


def _selection(parent: ET.Element, words: str, codings: list[QdaCoding]) -> None:
    first = codings[0]
    place = (first.source, str(first.start_char), str(first.end_char))
    values = {"guid": guid_of("selection", *place), "name": _clean(" ".join(words.split())[:_NAME_CHARS])}
    values |= {"startPosition": place[1], "endPosition": place[2]}
    users = sorted({coding.user for coding in codings if coding.user})
    element = ET.SubElement(parent, "PlainTextSelection", values | ({"creatingUser": users[0]} if users else {}))
    for coding in codings:
        who = {"creatingUser": coding.user} if coding.user else {}
        guid = guid_of("coding", *place, coding.code, coding.user or "")
        held = ET.SubElement(element, "Coding", {"guid": guid} | who)
        ET.SubElement(held, "CodeRef", {"targetGUID": coding.code})


def _clean(text: str) -> str:
    """Return the text without what XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", clean_text(text))


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
