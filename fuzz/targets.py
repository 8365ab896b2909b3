"""The fuzz targets: each takes bytes, reads them, and checks that what comes out is sound.

An `IngestionError` is a right answer to bytes that are no transcript; any other exception is a finding. What is read must
hold together: turns in order, words equal to their slices, everything writable as UTF-8.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from functools import partial

if __name__ == "__main__":  # our code must be instrumented as it is imported, parts that are imported late too
    import atheris

    atheris.instrument_imports(include=["jtbd_nlp"]).__enter__()

from file_targets import FILE_SEEDS, FILE_TARGETS

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion.access.decoding import decode
from jtbd_nlp.ingestion.building import Origin, build_transcript
from jtbd_nlp.ingestion.reading import Given, read_data, read_text
from jtbd_nlp.ingestion.speakers.participants import People

CONFIG = IngestionConfig(max_file_mb=5, max_unpacked_mb=5, max_chars=1_000_000, max_turns=5_000)


def check(data: bytes, name: str, form: str | None = None) -> int:
    """Read bytes as a file of that name, or as one format; return how many transcripts came out."""
    given = Given(name=name, config=CONFIG)
    count = 0
    try:
        raws = list(read_data(data, given) if form is None else read_text(decode(data)[0], form, given))
    except IngestionError:
        return 0
    for raw in raws:
        try:
            built = build_transcript(raw, Origin(transcript_id="t", source=name), People(), CONFIG)
        except IngestionError:
            continue
        transcript = built.transcript
        json.dumps([transcript.text, dict(transcript.metadata), transcript.warnings], ensure_ascii=False).encode()
        end = 0
        for turn in transcript.turns:
            assert end <= turn.start_char < turn.end_char <= len(transcript.text)
            assert transcript.words(turn).strip() == transcript.words(turn)
            assert (turn.participant_id is not None) == (turn.role == "participant")
            end = turn.end_char
        assert all(0 <= at <= len(transcript.text) for at, _ in transcript.times)
        count += 1
    return count


def _member(container: str, member: str, data: bytes) -> int:
    """Put the bytes where a document keeps its text, so that the fuzzer reaches behind the zip container."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if container == "odt":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr(member, data)
        if container == "docx":
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _RELS)
    return check(out.getvalue(), f"x.{container}")


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
    'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
TARGETS: dict[str, Callable[[bytes], int]] = {
    "any": partial(check, name="x"),
    "text": partial(check, name="x.txt", form="text"),
    "captions": partial(check, name="x.vtt", form="vtt"),
    "json": partial(check, name="x.json", form="json"),
    "jsonl": partial(check, name="x.jsonl", form="jsonl"),
    "table": partial(check, name="x.csv", form="csv"),
    "pdf": partial(check, name="x.pdf"),
    "docx": partial(_member, "docx", "word/document.xml"),
    "odt": partial(_member, "odt", "content.xml"),
    "decode": lambda data: len(decode(data)[0]),
    **FILE_TARGETS,
}
_SEEDS: dict[str, list[str]] = {
    "text": [
        "Interviewer: Why?\n\nParticipant: It was slow.\n",
        "---\ntitle: x\n---\n**Ann:** Hi?\n\n[00:01:02] Bob: So.\n\nAnn  0:16\nWhy?\n## What next?\nSummary\nTranscript\n",
    ],
    "captions": [
        "WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\n<v Ann>Why <b>so</b> &amp; <00:01.500>now?</v>\n",
        "1\n00:00:01,000 --> 00:00:02,000\n>> Ann: Why?\n- So.\n- Ah.\n",
    ],
    "json": [
        '{"segments": [{"start": 0.1, "end": 2, "text": " Why?", "speaker": "S", "words": [{"word": " Why?"}]}]}',
        '{"results": {"items": [{"start_time": "1", "alternatives": [{"content": "Why"}], "type": "punctuation"}],'
        '"speaker_labels": {"segments": [{"speaker_label": "spk_0", "items": []}]}}}',
        '{"results": [{"alternatives": [{"words": [{"word": "a", "startTime": "1s", "speakerTag": 1}]}]}]}',
        '{"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "a", "ts": 1}]}]}',
        '{"utterances": [{"speaker": "A", "start": 1, "words": [{"text": "a"}]}], "audio_url": "x"}',
    ],
    "jsonl": ['{"transcript_id": "a", "turns": [{"speaker": "P", "text": "It was."}]}\n{"text": "b"}\n'],
    "table": ["speaker,text,start\nA,Why?,0:01\nB,So.,2\nA,Ah.,\n", "id;comment\n1;It was much too slow for me\n"],
    "pdf": ["%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"],
    "docx": [
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Ann: Why?'
        "</w:t><w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"
    ],
    "odt": [
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Ann: Why?'
        '<text:s text:c="3"/></text:p></office:text></office:body></office:document-content>'
    ],
    "decode": ["café “x”", "\ufeffx"],
    **FILE_SEEDS,
}


def seeds(name: str) -> list[bytes]:
    """Return the seeds of a target; ``any`` begins with all of them."""
    chosen = _SEEDS.get(name) or [text for texts in _SEEDS.values() for text in texts]
    return [text.encode("utf-8") for text in chosen]


def main() -> None:
    """Hand one target to atheris."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda data: _quiet(target, data))
    atheris.Fuzz()


def _quiet(target: Callable[[bytes], int], data: bytes) -> None:
    try:
        target(data)
    except IngestionError:
        return


if __name__ == "__main__":
    main()
