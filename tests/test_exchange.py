"""REFI-QDA out and in, agreement, spreadsheets, notes, backlog and phrases."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtbd_nlp.errors import IngestionError, InvalidParameterError, MissingExtraError
from jtbd_nlp.exchange import (
    agreement,
    codes_to_edits,
    cohen_kappa,
    compare_codes,
    export_report,
    krippendorff_alpha,
    person_codings,
    phrase_bank,
    project_of,
    read_qdc,
    read_qdpx,
    to_backlog,
    validate_qdpx,
    write_jsonl,
    write_notes,
    write_parquet,
    write_parquet_tables,
    write_qdc,
    write_qdpx,
    write_xlsx,
)  # fmt: skip
from jtbd_nlp.exchange.backlog import acceptance
from jtbd_nlp.exchange.codings import PersonCodings
from jtbd_nlp.exchange.exporting import FORMS
from jtbd_nlp.exchange.notes import MINE, lone_notes
from jtbd_nlp.exchange.qda import QdaCode, QdaCoding, QdaProject, QdaSource, QdaUser, guid_of, job_code
from jtbd_nlp.exchange.tables import TABLES
from jtbd_nlp.records import ForceTold, Gap, Job, Quote, Segment, SentenceTags, Solution, Statement, Transcript, Turn
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.tables import unguard_cell
from jtbd_nlp.study.curation import Edit

LINES = ("When it is late 🌙 I check twice.", "=cmd|' /C calc'!A0", "I use a <script>list</script>.", "Naïve, I guess.")
TEXT = "\n".join(LINES)


def _report() -> JobReport:
    turn = Turn(turn_index=0, speaker="P", role="participant", participant_id="P1", start_char=0, end_char=len(TEXT))
    transcript = Transcript(transcript_id="t 1", source="t 1.txt", text=TEXT, turns=(turn,), sha256="00")
    segments, at = [], 0
    for i, line in enumerate(LINES):
        place: dict[str, Any] = {"start_char": at, "end_char": at + len(line), "text": line}
        ids = {"segment_id": f"t 1:{i}", "transcript_id": "t 1", "turn_index": 0, "participant_id": "P1"}
        segments.append(Segment(speaker="P", role="participant", **ids, **place))
        at += len(line) + 1
    quotes = [_quote(s) for s in segments]
    jobs = tuple(_job(f"J-00000{n}", quotes[n : n + 2]) for n in (0, 2))
    tags = {"t 1:0": SentenceTags(labels=frozenset({"struggle", "emotion"}), emotion="anxiety", force="push")}
    people = ({"transcript": "t 1", "speaker": "P", "participant_id": "P1", "plan": "Pro & more"},)
    return JobReport(jobs=jobs, transcripts=(transcript,), segments=tuple(segments), tags=tags, participants=people)


def _quote(s: Segment) -> Quote:
    return Quote(
        transcript_id=s.transcript_id, speaker="P", participant_id="P1", text=s.text, start_char=s.start_char,
        end_char=s.end_char, segment_id=s.segment_id, slot="struggle",
    )  # fmt: skip


def _job(job_id: str, quotes: list[Quote]) -> Job:
    statement = Statement(situation="it is late", motivation="check", outcome=None, text="When it is late, I want ...")
    return Job(
        job_id=job_id, name=f"=Check {job_id} <b>", statement=statement, confidence="low", participants=("P1",),
        n_transcripts=1, quotes=tuple(quotes), forces={"push": (quotes[0],)}, phrases=("i",),
        solutions=(Solution(name="a list", hired_by=("P1",), quotes=(quotes[0],)),),
        gaps=(Gap(slot="outcome", ask="What then?"),), note="see\x0b me", edits=("rename E-000001",),
    )  # fmt: skip


REPORT = _report()


# REFI-QDA


def test_a_project_goes_out_in_and_out_with_the_same_bytes_and_is_valid(tmp_path: Path) -> None:
    project = project_of(REPORT)
    first = write_qdpx(project, tmp_path / "a.qdpx")
    back = read_qdpx(first)
    second = write_qdpx(back, tmp_path / "b.qdpx")
    assert first.read_bytes() == second.read_bytes()
    assert validate_qdpx(first) == []
    assert back.ignored == {}
    assert (back.users, back.sources, back.codings, back.cases) == (
        project.users, project.sources, project.codings, project.cases
    )  # fmt: skip


def test_positions_are_code_points_of_the_source_file(tmp_path: Path) -> None:
    file = write_qdpx(project_of(REPORT), tmp_path / "a.qdpx")
    with zipfile.ZipFile(file) as archive:
        (name,) = [n for n in archive.namelist() if n.startswith("Sources/")]
        text = archive.read(name).decode("utf-8")
        xml = archive.read("project.qde").decode()
    assert text == TEXT
    last = REPORT.jobs[1].quotes[1]
    assert f'startPosition="{last.start_char}" endPosition="{last.end_char}"' in xml
    assert text[last.start_char : last.end_char] == "Naïve, I guess."


def test_machine_and_person_are_two_users() -> None:
    quote = REPORT.jobs[0].quotes[1]
    key: Any = quote
    project = project_of(REPORT, [Edit(edit_id="E-000001", op="move", quotes=(key,), into="J-000000")])
    names = {user.guid: user.name for user in project.users}
    by = {(c.start_char, names[str(c.user)]) for c in project.codings if c.code == job_code("J-000000")}
    assert by == {(0, "jtbd_nlp (machine)"), (quote.start_char, "Researcher (person)")}


def test_the_schema_notices_a_wrong_file(tmp_path: Path) -> None:
    file = write_qdpx(dataclasses.replace(project_of(REPORT), codes=(QdaCode("no guid", "x"),)), tmp_path / "a.qdpx")
    assert any("no guid" in line for line in validate_qdpx(file))


def test_a_codebook_goes_out_and_in(tmp_path: Path) -> None:
    project = project_of(REPORT)
    codes = read_qdc(write_qdc(project, tmp_path / "a.qdc"))
    assert {c.guid for c in codes} == {c.guid for c in project.codes}
    assert {c.guid: c.parent for c in codes} == {c.guid: c.parent for c in project.codes}
    (job,) = [c for c in codes if c.guid == job_code("J-000000")]
    assert job.description == "J-000000: When it is late, I want ...\nsee\ufffd me\nrename E-000001"


def test_projects_of_atlas_ti_are_read(shared: Path) -> None:
    project = read_qdpx(shared / "data" / "formats" / "qdpx" / "target-atlas-project.qdpx")
    assert project.origin.startswith("ATLAS.ti")
    assert project.codes[0].name == "Commits"
    assert [code.parent is None for code in project.codes] == [True, False, False]
    assert [user.name for user in project.users] == ["Enric Llagostera", "ATLAS.ti"]
    assert read_qdpx(shared / "data" / "formats" / "qdpx" / "blank-atlas-project.qdpx").codes == ()


def foreign(tmp_path: Path, text: str, selections: str, name: str = "t 1", extra: str = "") -> Path:
    xml = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="other" origin="Other 1.0"><CodeBook><Codes>
<Code guid="{{11111111-1111-1111-1111-11111111111a}}" name="struggle" isCodable="true"/>
<Code guid="22222222-2222-2222-2222-222222222222" name="Night work" isCodable="true"/></Codes></CodeBook><Sources>
<TextSource guid="33333333-3333-3333-3333-333333333333" name="{name}" plainTextPath="internal://s.txt">{selections}
</TextSource>{extra}</Sources></Project>"""
    file = tmp_path / "other.qdpx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/S.txt", text.encode("utf-8"))
    return file


def selection(start: int, end: int, code: str = "11111111-1111-1111-1111-11111111111A", name: str = "") -> str:
    return f"""<PlainTextSelection guid="44444444-4444-4444-4444-44444444{start:04}" name="{name}"
startPosition="{start}" endPosition="{end}"><Coding guid="55555555-5555-5555-5555-55555555{start:04}">
<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>"""


@pytest.mark.parametrize("as_one", [True, False])
def test_windows_line_ends_and_byte_order_marks_of_others(tmp_path: Path, as_one: bool) -> None:
    start = TEXT.index("Naïve")
    at = start if as_one else start + 3
    file = foreign(tmp_path, "\ufeff" + TEXT.replace("\n", "\r\n"), selection(at, at + 5, name="Naïve"))
    project = read_qdpx(file)
    assert [(c.start_char, c.end_char) for c in project.codings] == [(start, start + 5)]
    assert project.sources[0].text == TEXT


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    extra = (
        '<PDFSource guid="66666666-6666-6666-6666-666666666666"/><TextSource guid="x" plainTextPath="relative:///a"/>'
    )
    file = foreign(tmp_path, TEXT, selection(5, 10_000) + selection(0, 4), extra=extra)
    assert read_qdpx(file).ignored == {"PDFSource": 1, "position outside its text": 1, "source without text": 1}


def test_codes_of_others_become_codings_edits_and_agreement(tmp_path: Path) -> None:
    other = "22222222-2222-2222-2222-222222222222"
    shifted = "A line before.\n" + TEXT
    at = [shifted.index(line) for line in LINES]
    marks = selection(at[0], at[0] + 4) + selection(at[3], at[3] + 5) + selection(at[2], at[2] + 8, other)
    project = read_qdpx(foreign(tmp_path, shifted, marks + selection(0, 6)))
    codings = person_codings(project, REPORT.transcripts)
    assert codings.lost == {"words are not in the transcript": 1}
    found = {codings.names[c]: [q.text for q in quotes] for c, quotes in codings.by_code.items()}
    assert found == {"struggle": ["When", "Naïve"], "Night work": ["I use a "]}
    rows = {row.code: row for row in agreement(REPORT, codings, pairs={"Night work": REPORT.jobs[1].name})}
    assert (rows["struggle"].both, rows["struggle"].only_person, rows["struggle"].neither) == (1, 1, 2)
    assert rows["struggle"].kappa == pytest.approx(0.5)
    assert (rows["Night work"].both, rows["Night work"].only_machine) == (1, 1)
    edits = codes_to_edits(codings, REPORT, by="Ada")
    assert [(e.op, e.job) for e in edits if e.job == "J-22222222"] == [("pin", "J-22222222"), ("rename", "J-22222222")]
    assert {e.by for e in edits} == {"Ada"}


def test_our_own_project_comes_back_with_what_a_person_added(tmp_path: Path) -> None:
    project = project_of(REPORT)
    ada = QdaUser(guid_of("user", "Ada"), "Ada")
    quote = REPORT.jobs[1].quotes[0]
    added = QdaCoding(project.sources[0].guid, quote.start_char, quote.end_char, job_code("J-000000"), ada.guid)
    changed = dataclasses.replace(project, users=(*project.users, ada), codings=(*project.codings, added))
    codings = person_codings(read_qdpx(write_qdpx(changed, tmp_path / "a.qdpx")), REPORT.transcripts)
    (edit,) = codes_to_edits(codings, REPORT)
    assert (edit.op, edit.job, [q.text for q in edit.quotes]) == ("pin", "J-000000", [quote.text])


# hostile files


def bomb(tmp_path: Path, members: dict[str, bytes]) -> Path:
    file = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file


LAUGHS = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Project>&b;</Project>'


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"project.qde": b" " * 3_000_000}, "zip bomb"),
        ({"project.qde": LAUGHS}, "plain XML"),
        ({"project.qde": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Project/>'}, "plain XML"),
        ({"project.qde": b"<Project>"}, "plain XML"),
        ({"project.qde": b"\xff\xfe\x00"}, "plain XML"),
        ({"project.qde": b"<html/>"}, "REFI-QDA Project"),
        ({"other.txt": b""}, "project.qde, got none"),
        ({"../project.qde": b"<Project/>"}, "project.qde, got none"),
    ],
)
def test_hostile_projects_are_refused_by_name(tmp_path: Path, members: dict[str, bytes], says: str) -> None:
    file = bomb(tmp_path, members)
    with pytest.raises(IngestionError, match=says) as caught:
        read_qdpx(file, max_mb=2)
    assert caught.value.path == file
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bomb.qdpx"]


def test_a_source_that_points_outside_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    paths = ["../secret.txt", "internal://../secret.txt", str(tmp_path / "secret.txt"), "internal:///etc/passwd"]
    listed = "".join(f'<TextSource guid="../../x{n}" name="a" plainTextPath="{p}"/>' for n, p in enumerate(paths))
    xml = f'<Project xmlns="urn:QDA-XML:project:1.0"><Sources>{listed}</Sources></Project>'.encode()
    assert read_qdpx(bomb(tmp_path, {"project.qde": xml, "../secret.txt": b"x"})).ignored == {"source without text": 4}


def test_guids_of_others_cannot_name_files(tmp_path: Path) -> None:
    xml = b"""<Project xmlns="urn:QDA-XML:project:1.0"><Sources><TextSource guid="../../../x" name="a">
    <PlainTextContent>abc</PlainTextContent></TextSource></Sources></Project>"""
    again = write_qdpx(read_qdpx(bomb(tmp_path, {"project.qde": xml})), tmp_path / "b.qdpx")
    with zipfile.ZipFile(again) as archive:
        assert all(".." not in name for name in archive.namelist())
    assert validate_qdpx(again) == []


def test_codes_nested_too_deep_are_refused(tmp_path: Path) -> None:
    deep = b"<Code guid='x' name='x'>" * 5000 + b"</Code>" * 5000
    xml = b"<CodeBook xmlns='urn:QDA-XML:codebook:1:0'><Codes>" + deep + b"</Codes></CodeBook>"
    (tmp_path / "a.qdc").write_bytes(xml)
    with pytest.raises(IngestionError, match="at most 60 deep"):
        read_qdc(tmp_path / "a.qdc")


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    for raw in (b"", b"PK\x03\x04", b"hello", write_qdpx(project_of(REPORT), tmp_path / "x.qdpx").read_bytes()[:-30]):
        (tmp_path / "a.qdpx").write_bytes(raw)
        with pytest.raises(IngestionError, match="must be a zip file"):
            read_qdpx(tmp_path / "a.qdpx")


# agreement, against published worked examples


def test_cohen_kappa_of_the_grant_proposals() -> None:
    """50 proposals, two readers: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; kappa .40 (Wikipedia, "Cohen's kappa")."""
    first = "y" * 25 + "n" * 25
    second = "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_krippendorff_alpha_of_his_own_examples() -> None:
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): sections A, B and C, nominal."""
    assert krippendorff_alpha(["0100000010", "1110010000"]) == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha(["aabbdcccedda", "babbbccceddd"]) == pytest.approx(0.692, abs=5e-4)
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    four = [[None if value == "." else value for value in row] for row in rows]
    assert krippendorff_alpha(four) == pytest.approx(0.743, abs=5e-4)


def test_agreement_has_no_value_where_there_is_nothing_to_measure() -> None:
    assert cohen_kappa([], []) is None
    assert cohen_kappa("yy", "yy") is None
    assert krippendorff_alpha(["yy", "yy"]) is None
    assert krippendorff_alpha([]) is None
    with pytest.raises(InvalidParameterError, match="as long as first"):
        cohen_kappa("y", "yy")
    with pytest.raises(InvalidParameterError, match="of one length"):
        krippendorff_alpha(["y", "yy"])


# tables


def test_a_workbook_holds_all_tables_and_no_formula(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = write_xlsx(REPORT, tmp_path / "a.xlsx")
    book = load_workbook(file)
    assert book.sheetnames == list(TABLES)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in book["quotes"][3]]
    assert LINES[1] in [unguard_cell(value) for value in texts]
    assert file.read_bytes() == write_xlsx(REPORT, tmp_path / "b.xlsx").read_bytes()


def test_json_lines_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    import pandas as pd

    lines = write_jsonl(REPORT, tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == list(LINES)
    for table in TABLES:
        frame = pd.read_parquet(write_parquet(REPORT, tmp_path / "q.parquet", table))
        assert len(frame) == len(REPORT.to_frame(table))
        assert list(frame.columns) == list(REPORT.to_frame(table).columns)


def test_parquet_tables_come_in_parts_without_what_an_earlier_report_left(tmp_path: Path) -> None:
    import pandas as pd

    write_parquet_tables(REPORT, tmp_path, rows=1)
    assert len(list((tmp_path / "quotes").iterdir())) == len(REPORT.to_frame("quotes"))
    first = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.parquet")}
    write_parquet_tables(REPORT, tmp_path, rows=1)
    assert first == {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.parquet")}
    write_parquet_tables(REPORT, tmp_path)
    for table in TABLES:
        assert [p.name for p in (tmp_path / table).iterdir()] == ["part-00000.parquet"]
        assert len(pd.read_parquet(tmp_path / table)) == len(REPORT.to_frame(table))


def test_a_report_is_saved_with_parquet_where_that_is_asked_for(tmp_path: Path) -> None:
    REPORT.save(tmp_path / "a")
    REPORT.save(tmp_path / "b", parquet=True)
    assert not (tmp_path / "a" / "tables").exists()
    assert (tmp_path / "b" / "tables" / "jobs" / "part-00000.parquet").is_file()
    assert JobReport.load(tmp_path / "b") == JobReport.load(tmp_path / "a")


def test_without_pyarrow_the_line_to_install_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'jtbd_nlp\[parquet\]'"):
        write_parquet_tables(REPORT, tmp_path)


def test_empty_reports_go_everywhere(tmp_path: Path) -> None:
    empty = JobReport()
    write_xlsx(empty, tmp_path / "a.xlsx")
    assert write_jsonl(empty, tmp_path / "a.jsonl").read_bytes() == b""
    write_parquet(empty, tmp_path / "a.parquet")
    assert validate_qdpx(write_qdpx(project_of(empty), tmp_path / "a.qdpx")) == []
    assert validate_qdpx(write_qdpx(QdaProject(name="x"), tmp_path / "b.qdpx")) == []
    assert len(to_backlog(empty).splitlines()) == 1
    assert phrase_bank(empty) == []
    assert "No jobs" in (write_notes(empty, tmp_path / "n") / "Jobs to be done.md").read_text(encoding="utf-8")


# notes, backlog, phrases


def test_notes_link_to_each_other_and_hold_no_markup_of_others(tmp_path: Path) -> None:
    folder = write_notes(REPORT, tmp_path / "notes")
    index = (folder / "Jobs to be done.md").read_text(encoding="utf-8")
    assert "(jobs/J-000000.md)" in index
    job = (folder / "jobs" / "J-000002.md").read_text(encoding="utf-8")
    assert job.startswith("---\njob_id: J-000002\n")
    assert "<script>" not in job
    assert "(../participants/P1.md)" in job
    assert "(../jobs/J-000000.md)" in (folder / "participants" / "P1.md").read_text(encoding="utf-8")


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_what_a_person_wrote_below_a_note_is_kept(tmp_path: Path) -> None:
    names = ("jobs/J-3f9a1c.md", "participants/P1.md", "Jobs to be done.md", "Left out.md")
    report = builders.nearby_report()
    write_notes(report, tmp_path)
    first = {name: read(tmp_path / name) for name in names}
    for name, text in first.items():
        assert text.endswith(f"\n{MINE}\n"), name
        (tmp_path / name).write_bytes((text + "\nAsk Ada 😩 again.\n\n## Mine\n").replace("\n", "\r\n").encode())
    renamed = dataclasses.replace(
        report, jobs=(dataclasses.replace(report.jobs[0], name="Close early"), report.jobs[1])
    )
    write_notes(renamed, tmp_path)
    for name in names:
        assert read(tmp_path / name).split(MINE)[1].split() == "Ask Ada 😩 again. ## Mine".split(), name
    assert "# Close early" in read(tmp_path / names[0])
    kept = {name: read(tmp_path / name) for name in names}
    write_notes(renamed, tmp_path)
    assert kept == {name: read(tmp_path / name) for name in names}


def test_notes_of_jobs_that_are_gone_are_named_and_left_alone(tmp_path: Path) -> None:
    report = builders.nearby_report()
    write_notes(report, tmp_path)
    (tmp_path / "jobs" / "ideas.md").write_text("mine", encoding="utf-8")
    fewer = dataclasses.replace(report, jobs=report.jobs[:1])
    write_notes(fewer, tmp_path)
    assert lone_notes(report, tmp_path) == ()
    assert lone_notes(fewer, tmp_path) == ("jobs/J-0b77e2.md",)
    assert (tmp_path / "jobs" / "J-0b77e2.md").is_file()


def test_notes_hold_wishes_phrases_feelings_what_was_left_out_and_warnings(tmp_path: Path) -> None:
    write_notes(builders.nearby_report(), tmp_path)
    close, phone = (read(tmp_path / "jobs" / f"{job_id}.md") for job_id in ("J-3f9a1c", "J-0b77e2"))
    assert "## Wishes\n\n> I wish my accountant answered the phone" in phone and "reviewed: true" in phone
    assert "- copying by hand" in close and "frustration 2; anxiety 1" in close
    assert "“relaxed” is not in the quotes. Drop it." in close
    assert "worded from this" in close and "belongs: 62 %" in close
    assert "## Why: says nothing that others say\n\n> Every month" in read(tmp_path / "Left out.md")
    index = read(tmp_path / "Jobs to be done.md")
    assert "(Left%20out.md)" in index and "- empty.txt: The file is empty." in index


ADA_SAYS, BEN_SAYS = "the numbers would not add up", "Honestly I like doing it by hand."


def whole_study() -> JobReport:
    """Return the small report with a force and a solution that no job has."""
    report = builders.small_report()
    by_name = {t.transcript_id: t for t in report.transcripts}
    said = builders.quote(by_name["ben"], BEN_SAYS, force="habit")
    diary = Solution(name="paper *diary*", hired_by=("P2",), fired_by=(), quotes=(said,))
    in_job = builders.quote(by_name["ada"], ADA_SAYS, force="push")
    forces = (
        ForceTold(quote=in_job, job_id="J-3f9a1c"),
        ForceTold(quote=said, asked=True),
    )
    return dataclasses.replace(report, forces=forces, solutions=(diary,))


def test_notes_hold_what_moves_people_and_what_they_hire_in_no_job_too(tmp_path: Path) -> None:
    write_notes(whole_study(), tmp_path)
    moving = read(tmp_path / "What moves people.md")
    assert "## Pull\n\nNone found." in moving
    assert moving.index("## Push") < moving.index(ADA_SAYS) < moving.index("## Habit") < moving.index(BEN_SAYS)
    assert "in [Close the month without copying](jobs/J-3f9a1c.md)" in moving and "in no job" in moving
    hired = read(tmp_path / "What people hire.md")
    assert f"## paper \\*diary\\*\n\nUsed by P2.\n\n> {BEN_SAYS}" in hired
    index = read(tmp_path / "Jobs to be done.md")
    assert "(What%20moves%20people.md)" in index and "(What%20people%20hire.md)" in index


def test_a_project_holds_the_solutions_of_the_study(tmp_path: Path) -> None:
    file = write_qdpx(project_of(whole_study()), tmp_path / "a.qdpx")
    assert validate_qdpx(file) == []
    back = read_qdpx(file)
    names = {code.guid: code.name for code in back.codes}
    text = {source.guid: source.text for source in back.sources}
    said = [text[c.source][c.start_char : c.end_char] for c in back.codings if names[c.code] == "paper *diary*"]
    assert said == [BEN_SAYS]


def test_of_two_transcripts_of_one_name_or_one_text_none_is_guessed() -> None:
    lines = [("Interviewer", "interviewer", "Why?", None), ("Ada", "participant", "It takes hours.", None)]
    may, june = (
        dataclasses.replace(builders.interview(f"{month}/one", lines), source=f"{month}/one.txt")
        for month in ("may", "june")
    )
    start = may.text.index("It takes")
    end = start + len("It takes hours.")

    def placed(name: str, text: str) -> PersonCodings:
        source = QdaSource("S", name, text)
        project = QdaProject(name="", sources=(source,), codings=(QdaCoding("S", start, end, "C"),))
        return person_codings(project, (may, june))

    assert [q.transcript_id for q in placed("june/one", june.text).by_code["C"]] == ["june/one"], "both say the same"
    assert [q.transcript_id for q in placed("may/one.txt", may.text + " ").by_code["C"]] == ["may/one"]
    assert placed("one.txt", may.text + " ").lost == {"source is none of the transcripts": 1}


def test_the_backlog_asks_its_question_of_each_job_and_runs_nothing() -> None:
    import csv

    rows = list(csv.DictReader(io.StringIO(to_backlog(REPORT))))
    assert [row["External ID"] for row in rows] == ["J-000000", "J-000002"]
    assert all("better, faster or cheaper?" in row["Acceptance"] for row in rows)
    assert not any("better, faster or cheaper?" in row["Description"] for row in rows)
    assert all(row["Title"].startswith("'=Check") for row in rows)


def test_a_backlog_item_has_its_own_question_and_what_a_person_left() -> None:
    import csv

    close, phone = csv.DictReader(io.StringIO(to_backlog(builders.nearby_report())))
    assert close["Acceptance"] == (
        "“stop copying by hand”: does this help them do it better, faster or cheaper?\n"
        "What they hope to gain: “go home on time and relaxed”. Do they get it?"
    )
    assert (
        phone["Acceptance"]
        == "“have my accountant answer the phone”: does this help them do it better, faster or cheaper?"
    )
    assert (phone["Note"], phone["Reviewed"], phone["Confidence"]) == ("Ask the others too.", "yes", "low")
    assert phone["Open questions"].splitlines() == [
        "When did you last need your accountant?",
        "What could you do once they answer?",
    ]
    assert (close["Note"], close["Reviewed"], close["Open questions"]) == ("", "no", "")
    assert "two hundred rows" not in close["Description"]
    told = dataclasses.replace(builders.nearby_report().jobs[0].statement, outcome="that nobody waits")
    assert "“nobody waits”" in acceptance(dataclasses.replace(builders.nearby_report().jobs[0], statement=told))


def test_the_phrase_bank_holds_exact_words_with_their_place() -> None:
    rows = phrase_bank(REPORT)
    assert {row["text"] for row in rows if row["kind"] == "struggle"} == set(LINES)
    for row in rows:
        if row["start_char"] is not None:
            assert TEXT[row["start_char"] :].startswith(row["text"])
    assert [(r["kind"], r["n_participants"]) for r in rows if r["kind"] == "phrase"] == [("phrase", 1)] * 2


# what the commands use


def test_every_form_is_written_and_a_slip_is_noticed(tmp_path: Path) -> None:
    for form in FORMS:
        assert export_report(REPORT, form, tmp_path / f"a.{form}").exists()
    with pytest.raises(InvalidParameterError, match="Did you mean 'parquet'"):
        export_report(REPORT, "parket", tmp_path / "a")


def test_one_table_is_chosen_by_name(tmp_path: Path) -> None:
    report = builders.small_report()
    for form in ("csv", "jsonl", "parquet"):
        assert export_report(report, form, tmp_path / form, table="left_out").stat().st_size > 0
    assert read(tmp_path / "csv").startswith('"transcript_id","speaker"')
    assert json.loads(read(tmp_path / "jsonl"))["reason"] == "says nothing that others say"
    with pytest.raises(InvalidParameterError, match="table must be left out for md"):
        export_report(report, "md", tmp_path / "md", table="jobs")
    with pytest.raises(InvalidParameterError, match="Did you mean 'quotes'"):
        export_report(report, "csv", tmp_path / "csv", table="quote")


def test_a_page_that_is_exported_keeps_its_title(tmp_path: Path) -> None:
    page = export_report(REPORT, "html", tmp_path / "a.html", title="Bills & late money")
    assert "<title>Bills &amp; late money</title>" in read(page)


def test_a_comparison_reads_as_a_table_and_as_json(tmp_path: Path) -> None:
    other = "22222222-2222-2222-2222-222222222222"
    found = compare_codes(foreign(tmp_path, TEXT, selection(0, 4) + selection(0, 4, other)), REPORT)
    assert "struggle" in found.text()
    assert "only in the project: Night work" in found.text()
    assert found.to_dict()["codes"] == [
        {"code": "struggle", "both": 1, "only_person": 0, "only_machine": 0, "neither": 3, "kappa": 1.0, "alpha": 1.0}
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.sampled_from(["project.qde", "other"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes, name: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    file = folder / "fuzz.qdpx"
    for data in (raw, None):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, raw)
        if data is not None:
            file.write_bytes(data)
        for read in (read_qdpx, validate_qdpx):
            with pytest.raises(IngestionError):
                read(file)


PIECES = st.sampled_from(
    ["<Users>", "</Users>", "<Codes>", "<CodeBook>", '<Code guid="x" name="y">', "</Code>", "<Sources>", "<TextSource>",
     '<PlainTextSelection startPosition="-1" endPosition="x"/>', "<Coding/>", "<Cases>", "<Case/>",
     "</Codes></CodeBook>", "</TextSource>", "</Sources>", "<PlainTextContent>a</PlainTextContent>", "&#0;", "text"]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=12))
def test_any_project_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "pieces.qdpx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("project.qde", f"<Project>{''.join(pieces)}</Project>")
    try:
        project = read_qdpx(file)
    except IngestionError:
        return
    assert read_qdpx(write_qdpx(project, file)).codes == project.codes
