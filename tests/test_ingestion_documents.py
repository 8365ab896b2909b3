"""DOCX, ODT and PDF as the meeting tools export them; each file is built here through the libraries."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from odf.opendocument import OpenDocumentText
from odf.text import H, LineBreak, P

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion import IngestionResult, read_sources

ASK = "Could you tell me how you plan the week?"
TELL = "I mostly use a spreadsheet, and it breaks every Monday."


def saved(document: Document, path: Path) -> IngestionResult:
    document.save(str(path))
    return read_sources(path)


def said(result: IngestionResult) -> list[tuple[str | None, str]]:
    (transcript,) = result.transcripts
    return [(turn.speaker, transcript.words(turn)) for turn in transcript.turns]


def test_a_turn_packed_into_one_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    for name, time, words in (("Anna Berg", "0:03", ASK), ("Tom", "1:00:09", TELL), ("Anna Berg", "1:01:00", "Why?")):
        document.add_paragraph().add_run(f"{name}   {time}\n{words}")
    result = saved(document, tmp_path / "teams.docx")
    assert said(result) == [("Anna Berg", ASK), ("Tom", TELL), ("Anna Berg", "Why?")]
    assert [turn.start_s for turn in result.transcripts[0].turns] == [3.0, 3609.0, 3660.0]


def test_old_teams_paragraphs_of_time_name_and_words(tmp_path: Path) -> None:
    document = docx.Document()
    for span, name, words in (("0:0:0.0 --> 0:0:3.450", "Anna Berg", ASK), ("0:0:4.0 --> 0:0:9.0", "Tom", TELL),
                              ("0:0:9.5 --> 0:0:11.0", "Anna Berg", "Why?"), ("0:0:12.0 --> 0:0:13.0", "Tom", "So.")):  # fmt: skip
        document.add_paragraph(f"{span}\n{name}\n{words}")
    assert said(saved(document, tmp_path / "old.docx")) == [
        ("Anna Berg", ASK), ("Tom", TELL), ("Anna Berg", "Why?"), ("Tom", "So."),
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["March 4, 2026, 9:15AM", "Wednesday, March 4, 2026, 9:15AM", "4. März 2026, 08:15"])
def test_what_teams_writes_around_the_talk_is_nobodys(tmp_path: Path, date: str) -> None:
    document = docx.Document()
    for line in ("Interview-20260304_091500-Meeting Recording", date, "42m 11s", "Anna Berg started transcription"):
        document.add_paragraph(line)
    for name, time, words in (("Anna Berg", "0:03", ASK), ("Tom", "0:09", TELL)):
        document.add_paragraph().add_run(f"{name}   {time}\n{words}")
    document.add_paragraph("Anna Berg stopped transcription")
    result = saved(document, tmp_path / "teams.docx")
    assert said(result) == [("Anna Berg", ASK), ("Tom", TELL)]
    assert [row["participant_id"] for row in result.participants] == ["teams"]


def test_a_number_behind_a_label_makes_no_date_of_it(tmp_path: Path) -> None:
    document = docx.Document()
    for name, time, words in (("Room 12 2024", "0:03", ASK), ("Tester 4 2025", "0:09", TELL)):
        document.add_paragraph().add_run(f"{name}   {time}\n{words}")
    assert said(saved(document, tmp_path / "rooms.docx")) == [("Room 12 2024", ASK), ("Tester 4 2025", TELL)]


def test_google_meet_summary_is_never_speech(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("\U0001f4dd Notes")
    document.add_heading("Stock call", 1)
    document.add_heading("Summary", 2)
    document.add_paragraph("Tom explained that he wants a new spreadsheet.")
    document.add_heading("Details", 2)
    document.add_paragraph("Spreadsheet trouble: Tom said that it breaks (00:00:05).")
    document.add_heading("Suggested next steps", 2)
    document.add_paragraph("Tom: will send the file.")
    document.add_paragraph("You should review Gemini's notes to make sure they're accurate.")
    document.add_paragraph("\U0001f4d6 Transcript")
    document.add_heading("00:00:00", 3)
    for name, words in (("Anna Berg", ASK), ("Tom", TELL), ("Anna Berg", "Why?"), ("Tom", "It just does.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(words)
    document.add_paragraph("Meeting ended after 00:40:12 \U0001f44b")
    result = saved(document, tmp_path / "meet.docx")
    text = result.transcripts[0].text
    for summary in ("explained", "trouble", "will send", "Gemini", "Details"):
        assert summary not in text
    assert said(result)[:3] == [("Anna Berg", ASK), ("Tom", TELL), ("Anna Berg", "Why?")]
    assert [w.code for w in result.warnings if "meeting tool" in w.message] == ["read_with_care"]


def test_tables_of_time_speaker_and_words(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("00:00:03", "Interviewer", ASK),
        ("00:00:09", "Participant", TELL),
        ("00:00:12", "Interviewer", "Why?"),
    ):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    result = saved(document, tmp_path / "table.docx")
    assert said(result) == [("Interviewer", ASK), ("Participant", TELL), ("Interviewer", "Why?")]
    assert result.transcripts[0].turns[1].start_s == 9.0


def test_tracked_changes_show_the_accepted_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Interviewer: Why?")
    paragraph = document.add_paragraph("Participant: It ")
    xml = (
        '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="x">'
        "<w:r><w:t>really </w:t></w:r></w:ins>"
    )
    deleted = xml.replace("w:ins", "w:del").replace("<w:t>really </w:t>", "<w:delText>never </w:delText>")
    from docx.oxml import parse_xml

    paragraph._p.append(parse_xml(xml))
    paragraph._p.append(parse_xml(deleted))
    paragraph.add_run("breaks.")
    assert said(saved(document, tmp_path / "x.docx"))[1] == ("Participant", "It really breaks.")


def test_odt_paragraphs_breaks_and_headings(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Call 3"))
    for name, words in (("Interviewer", ASK), ("Participant", TELL)):
        paragraph = P(text=f"{name}: {words}")
        paragraph.addElement(LineBreak())
        paragraph.addText("And so on.")
        document.text.addElement(paragraph)
    path = tmp_path / "x.odt"
    document.save(str(path))
    assert said(read_sources(path)) == [("Interviewer", f"{ASK}\nAnd so on."), ("Participant", f"{TELL}\nAnd so on.")]


def bomb_docx(path: Path) -> None:
    """Write a document whose XML would swell a million times if its entities were followed."""
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{entities}]><w:document xmlns:w="x">&a9;</w:document>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)


def test_entity_bombs_and_zip_bombs_are_refused_by_name(tmp_path: Path) -> None:
    bomb_docx(tmp_path / "laughs.docx")
    with zipfile.ZipFile(tmp_path / "zip.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 6_000_000)
    with pytest.raises(IngestionError) as caught:
        read_sources(tmp_path, config=IngestionConfig(max_unpacked_mb=5))
    assert "laughs.docx: declares XML entities" in str(caught.value)
    assert "zip.docx: must unpack to at most 5 MB" in str(caught.value)


def pdf_of(pages: list[list[str]]) -> bytes:
    """Write a small PDF with one line of text per line; by hand, so that no library is needed for it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace(chr(92), '').replace('(', '').replace(')', '')}) Tj T*" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 50 800 Td {shown} ET"
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>"
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def test_pdf_pages_join_without_headers_and_numbers(tmp_path: Path) -> None:
    pages = [
        ["Study 7, confidential", "Interviewer: Could you tell me how", "you plan the week?", "1"],
        ["Study 7, confidential", "Participant: I mostly use a spread-", "sheet, and it breaks", "2"],
        ["Study 7, confidential", "every Monday.", "Interviewer: Why?", "3"],
    ]
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf_of(pages))
    assert said(read_sources(path)) == [
        ("Interviewer", "Could you tell me how you plan the week?"),
        ("Participant", "I mostly use a spread-sheet, and it breaks every Monday."),
        ("Interviewer", "Why?"),
    ]


def test_a_pdf_without_text_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf_of([[], []]))
    (tmp_path / "cut.pdf").write_bytes(pdf_of([["Interviewer: Why?"]])[:200])
    with pytest.raises(IngestionError) as caught:
        read_sources(tmp_path)
    assert "scan.pdf: is a PDF without text" in str(caught.value)
    assert "cut.pdf: is a" in str(caught.value)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "Save it as .docx"),
        (b"{\\rtf1 hello}", "RTF document"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 90, "PNG image"),
        (b"RIFF\x00\x00\x00\x00WAVE" + b"x" * 90, "Transcribe it first"),
        (b"\x00\x00\x00\x18ftypmp42" + b"x" * 90, "Transcribe it first"),
        (b"<!DOCTYPE html><html><body>Interviewer: Hi</body></html>", "web page"),
    ],
)
def test_other_kinds_are_refused_with_advice(head: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(head)
    with pytest.raises(IngestionError, match=reason):
        read_sources(path)
