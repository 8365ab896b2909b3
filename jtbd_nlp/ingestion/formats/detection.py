"""Tells the format of a file by its content; the ending only decides between formats that content cannot tell apart.

In: bytes and a name. Out: the format's name, or an `IngestionError` that says what the file is and what to do.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ...config import IngestionConfig
from ...errors import IngestionError
from ..access.limits import open_archive, read_member

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (.doc, .xls). Save it as .docx or .xlsx"),
    (b"{\\rtf", "an RTF document. Save it as .docx or plain text"),
    (b"\x89PNG", "a PNG image. Give the transcript as text"),
    (b"\xff\xd8\xff", "a JPEG image. Give the transcript as text"),
    (b"GIF8", "a GIF image. Give the transcript as text"),
    (b"ID3", "an audio file. Transcribe it first"),
    (b"\xff\xfb", "an audio file. Transcribe it first"),
    (b"OggS", "an audio file. Transcribe it first"),
    (b"fLaC", "an audio file. Transcribe it first"),
    (b"RIFF", "an audio, video or image file. Transcribe it first"),
    (b"\x1aE\xdf\xa3", "a video file. Transcribe it first"),
    (b"SQLite format 3\x00", "a database. Export the transcripts as text or CSV"),
    (b"\x7fELF", "a program, not a transcript. Give the transcript as text"),
    (b"MZ\x90", "a program, not a transcript. Give the transcript as text"),
    (b"Rar!", "an archive. Unpack it and give the folder"),
    (b"7z\xbc\xaf", "an archive. Unpack it and give the folder"),
    (b"BZh", "an archive. Unpack it and give the folder"),
    (b"\xfd7zXZ", "an archive. Unpack it and give the folder"),
    (b"(\xb5/\xfd", "an archive. Unpack it and give the folder"),
)
_CUE_TIMES = re.compile(r"(?m)^[ \t]{0,8}(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]{0,4}-->")
_MARKUP = re.compile(
    r"\s{0,200}<(?:!doctype|\?xml|(?:html|head|body|svg|div|p|table|tt|rss|feed)[\s>/]|[a-z]{1,20}:[a-z])",
    re.IGNORECASE,
)
_TABLES = (".csv", ".tsv")


def detect_bytes(data: bytes, config: IngestionConfig) -> str | None:
    """Return docx, odt, xlsx, pdf, parquet or gzip by signature, or None where the file may be text.

    Raises
    ------
    IngestionError
        If the file is empty or of a kind that holds no transcript.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise IngestionError("must hold a transcript, got an empty file. Check that it was saved completely.")
    for signature, what in _REFUSED:
        if data.startswith(signature):
            raise IngestionError(f"is {what}.")
    if data[4:8] == b"ftyp":
        raise IngestionError("is an audio or video file. Transcribe it first.")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _detect_zip(data, config)
    if data.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "gzip" if data.startswith(b"\x1f\x8b") else None


def _detect_zip(data: bytes, config: IngestionConfig) -> str:
    with open_archive(data, config) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        kind = read_member(archive, "mimetype", config)[:200] if "mimetype" in names else b""
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if any(name.endswith(".qde") for name in names):
        raise IngestionError("is a REFI-QDA project and not a transcript. Export its sources as text or .docx.")
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise IngestionError("is an OpenDocument file that is no text. Save it as .odt, .docx, .csv or .xlsx.")
    raise IngestionError("is an archive without a document. Unpack it and give the folder.")


def detect_text(text: str, name: str) -> str:
    """Return vtt, srt, json, jsonl, csv, markdown or text.

    Raises
    ------
    IngestionError
        If the text is a web page or other markup.
    """
    body = text.lstrip("\ufeff \t\n")
    ending = PurePosixPath(name.casefold().removesuffix(".gz")).suffix
    if body.startswith("WEBVTT"):
        return "vtt"
    if body.startswith(("{", "[")) and _is_json(body, ending):
        return "jsonl" if ending in (".jsonl", ".ndjson") or _is_jsonl(body) else "json"
    if ending == ".json" and len(body.split()) < 3:
        return "json"
    if _CUE_TIMES.search(body[:20_000]) and ending != ".txt":
        return "vtt" if ending == ".vtt" else "srt"
    if re.match(r"\d{1,6}[ \t]*\n", body) and _CUE_TIMES.search(body[:200]):
        return "srt"
    if ending in (".vtt", ".srt") and "-->" in body:
        return ending[1:]
    if _MARKUP.match(body[:400]):
        raise IngestionError("is a web page or other markup, not a transcript. Save it as text or .docx.")
    if ending in _TABLES:
        return "csv"
    return "markdown" if ending in (".md", ".markdown") else "text"


def _is_json(body: str, ending: str) -> bool:
    if ending in (".json", ".jsonl", ".ndjson"):
        return True
    second = body[1:200].lstrip()[:1]
    return (body[0] == "{" and second in ('"', "}")) or (body[0] == "[" and second == "{")


def _is_jsonl(body: str) -> bool:
    first, _, rest = body.partition("\n")
    return body[0] == "{" and first.rstrip().endswith("}") and rest.lstrip().startswith("{")
