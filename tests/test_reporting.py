"""The report: saved and loaded without loss, same bytes for the same input, nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import random
import re
from pathlib import Path
from typing import Any

import builders
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtbd_nlp.errors import InvalidParameterError, StudyError
from jtbd_nlp.exchange.tables import TABLES
from jtbd_nlp.records import FORCES
from jtbd_nlp.reporting import JobReport, write_text
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.reporting.files import safe_names, write_lines
from jtbd_nlp.reporting.frames import COLUMNS
from jtbd_nlp.reporting.listings import QUOTED
from jtbd_nlp.reporting.tables import guard_cell, read_csv, to_csv, unguard_cell

JOB_KEYS = {
    "job_id", "name", "statement", "confidence", "participants", "n_transcripts", "dimensions", "quotes", "forces",
    "solutions", "emotions", "counter_quotes", "lint", "gaps",
}  # fmt: skip
QUOTE_KEYS = {
    "transcript_id", "speaker", "participant_id", "text", "start_char", "end_char", "start_s", "slot", "role",
}  # fmt: skip


@pytest.fixture
def report() -> JobReport:
    return builders.small_report()


def test_saved_and_loaded_is_the_same_report(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path)
    assert JobReport.load(tmp_path) == report
    assert JobReport.load(tmp_path / "report.json") == report
    assert JobReport.from_dict(report.to_dict()) == report


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def with_columns(report: JobReport, *columns: str) -> JobReport:
    """Return the report with further columns of the participants file, in the order in which a run notes a row."""
    rows = tuple(
        {key: row[key] for key in ("participant_id", "transcript_id", "speaker")} | {c: f"{c} {i}" for c in columns}
        for i, row in enumerate(report.participants)
    )
    return dataclasses.replace(report, participants=rows)


@pytest.mark.parametrize("columns", [(), ("role", "plan", "age"), ("status", "name", "=sum", "push", "a\nb")])
def test_saved_loaded_and_saved_again_has_the_same_bytes(
    report: JobReport, tmp_path: Path, columns: tuple[str, ...]
) -> None:
    report = with_columns(report, *columns)
    report.save(tmp_path / "a")
    loaded = JobReport.load(tmp_path / "a")
    loaded.save(tmp_path / "b")
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    again = JobReport.from_dict(json.loads(json.dumps(report.to_dict())))
    for name in COLUMNS:
        assert list(loaded.to_frame(name).columns) == list(report.to_frame(name).columns)
        assert list(again.to_frame(name).columns) == list(report.to_frame(name).columns)


def test_without_its_tables_a_report_is_read_all_the_same(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path)
    (tmp_path / "jobs.csv").write_bytes(b"\xff\x00 no table of ours")
    assert JobReport.load(tmp_path) == report
    (tmp_path / "jobs.csv").unlink()
    assert JobReport.load(tmp_path) == report


def test_columns_whose_names_are_taken_stay_beside_ours(report: JobReport) -> None:
    report = with_columns(report, "push", "n_jobs", "participant_push", "name")
    people = report.to_frame("participants")
    assert people.columns.is_unique
    assert people["participant_participant_push"].tolist() == ["push 0", "push 1"]
    assert people["participant_n_jobs"].tolist() == ["n_jobs 0", "n_jobs 1"]
    assert people["n_jobs"].tolist() == [1, 2]
    assert people["name"].tolist() == ["name 0", "name 1"]
    for name in COLUMNS:
        assert report.to_frame(name).columns.is_unique, name


def test_every_force_is_there_after_loading(report: JobReport, tmp_path: Path) -> None:
    for found in (report, JobReport.load(report.save(tmp_path)), JobReport.from_dict(report.to_dict())):
        assert found == report
        assert all(list(job.forces) == list(FORCES) for job in found.jobs)
        assert found.jobs[1].forces["habit"] == ()  # an empty one says that none was found


def test_saves_the_files_of_the_contract(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path)
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert found == {
        "report.json", "report.html", "report.md", "jobs.csv", "quotes.csv", "segments.jsonl", "transcripts.json",
        "transcripts/ada.txt", "transcripts/ben.txt",
    }  # fmt: skip


def test_report_json_holds_the_keys_of_the_contract(report: JobReport, tmp_path: Path) -> None:
    data = json.loads((report.save(tmp_path) / "report.json").read_text(encoding="utf-8"))
    assert data["schema_version"] == 1
    assert {"jobs", "unclustered", "transcripts", "warnings", "config", "provenance"} <= data.keys()
    for job in data["jobs"]:
        assert job.keys() >= JOB_KEYS
        assert list(job["forces"]) == ["push", "pull", "anxiety", "habit"]
        assert all(quote.keys() >= QUOTE_KEYS and "reason" not in quote for quote in job["quotes"])
    assert data["unclustered"][0]["reason"] == "says nothing that others say"


def test_quotes_are_slices_of_the_saved_transcripts(report: JobReport, tmp_path: Path) -> None:
    data = json.loads((report.save(tmp_path) / "report.json").read_text(encoding="utf-8"))
    files = {t["transcript_id"]: tmp_path / t["file"] for t in data["transcripts"]}
    for job in data["jobs"]:
        for quote in job["quotes"]:
            text = files[quote["transcript_id"]].read_bytes().decode("utf-8")
            assert text[quote["start_char"] : quote["end_char"]] == quote["text"]


def test_line_ends_inside_a_transcript_survive(report: JobReport, tmp_path: Path) -> None:
    talk = dataclasses.replace(builders.ADA, text="a\r\nb\rc\u2028d\x85e\n", turns=())
    report = dataclasses.replace(report, transcripts=(talk,))
    assert JobReport.load(report.save(tmp_path)).transcripts[0].text == talk.text


def test_same_report_gives_the_same_bytes(report: JobReport, tmp_path: Path) -> None:
    shuffled = list(report.tags.items())
    random.Random(1).shuffle(shuffled)
    other = dataclasses.replace(report, tags=dict(shuffled), coordinates=dict(sorted(report.coordinates.items())[::-1]))
    report.save(tmp_path / "a")
    other.save(tmp_path / "b")
    for file in (tmp_path / "a").rglob("*.*"):
        assert file.read_bytes() == (tmp_path / "b" / file.relative_to(tmp_path / "a")).read_bytes(), file.name


def test_floats_are_rounded_to_four_digits_and_never_nan(report: JobReport) -> None:
    job = dataclasses.replace(report.jobs[0], stability=0.123456789, effective_voices=float("inf"))
    data = dataclasses.replace(report, jobs=(job,)).to_dict()["jobs"][0]
    assert (data["stability"], data["effective_voices"]) == (0.1235, None)


@pytest.mark.parametrize(("name", "n_rows"), [
    ("jobs", 2), ("quotes", 6), ("tags", 8), ("segments", 11), ("forces", 4), ("solutions", 1), ("participants", 2),
    ("wishes", 2), ("left_out", 1), ("gaps", 2), ("lint", 1), ("warnings", 1),
])  # fmt: skip
def test_frames(report: JobReport, name: str, n_rows: int) -> None:
    frame = report.to_frame(name)
    assert len(frame) == n_rows
    assert set(COLUMNS[name]) <= set(frame.columns)
    assert ({"plan", "tenure"} <= set(frame.columns)) is (name not in ("gaps", "lint", "warnings"))
    empty = JobReport().to_frame(name)
    assert list(empty.columns) == list(COLUMNS[name])
    assert empty.dtypes.to_dict() == frame.dtypes[list(COLUMNS[name])].to_dict()


def test_a_table_without_rows_is_chosen_from_and_counted_as_one_with_rows() -> None:
    quotes = JobReport().to_frame("quotes")
    assert list(quotes[~quotes["is_weak"]].columns) == list(
        COLUMNS["quotes"]
    )  # of a mask without a type it took columns
    assert np.isnan(quotes["start_s"].mean())
    assert JobReport().to_frame("jobs")["n_quotes"].sum() == 0


def test_quotes_and_segments_can_be_joined_to_people_whom_no_label_names(report: JobReport) -> None:
    people = tuple({**row, "speaker": ""} for row in report.participants)  # as `mine` notes them
    jobs = tuple(
        dataclasses.replace(j, quotes=tuple(dataclasses.replace(q, speaker=None) for q in j.quotes))
        for j in report.jobs
    )
    nameless = dataclasses.replace(report, participants=people, jobs=jobs)
    quotes = nameless.to_frame("quotes")
    told = quotes[quotes["role"] == "support"]
    assert len(told.merge(nameless.to_frame("participants"), on=["transcript_id", "speaker"])) == len(told) > 0


def test_what_is_printed_of_a_report_is_short_and_holds_no_interview(report: JobReport) -> None:
    assert repr(report) == f"JobReport(2 jobs, {len(report.transcripts)} transcripts, 1 warning)"
    assert repr(report.jobs[0]).startswith("Job('J-3f9a1c', 'When ")
    shown = repr((report.jobs, report.transcripts))
    assert not any(q.text in shown for job in report.jobs for q in job.quotes if q.text not in job.statement.text)


def test_frames_carry_what_the_participants_file_says(report: JobReport) -> None:
    quotes = report.to_frame("quotes")
    assert dict(zip(quotes["participant_id"], quotes["plan"], strict=True)) == {"P1": "team", "P2": "free"}
    assert report.to_frame("jobs")["plan"].tolist() == ["free 1; team 1", "free 1"]
    people = report.to_frame("participants").set_index("participant_id")
    assert people.loc["P2", ["n_quotes", "n_jobs", "pull", "anxiety", "push"]].tolist() == [2, 2, 1, 1, 0]


def test_frames_list_what_is_left_to_do(report: JobReport) -> None:
    assert report.to_frame("left_out")["reason"].tolist() == ["says nothing that others say"]
    gaps = report.to_frame("gaps").loc[0, ["job_id", "slot", "question"]].tolist()
    assert gaps == ["J-0b77e2", "situation", "When did you last need your accountant?"]
    told = report.to_frame("lint").loc[0, ["job_id", "rule", "message", "fix"]].tolist()
    assert told == ["J-3f9a1c", "faithful", "“relaxed” is not in the quotes.", "Drop it."]
    assert report.to_frame("wishes")["plan"].tolist() == ["free", "free"]
    assert report.to_frame("warnings").loc[0, "source"] == "empty.txt"


def test_every_column_of_every_table_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "report.md").read_text(encoding="utf-8")
    rows = dict(
        re.findall(r"(?m)^\| `(\w+)` \| (.* \| .*) \|$", page.split("## Data frames")[1].split("## The page")[0])
    )
    assert rows.keys() == COLUMNS.keys() == set(TABLES)
    for name, columns in COLUMNS.items():
        named = set(re.findall(r"`(\w+)`", rows[name])) | (set(QUOTED) if "a quote" in rows[name] else set())
        assert set(columns) <= named, name


def test_unknown_frame_names_the_nearest(report: JobReport) -> None:
    with pytest.raises(InvalidParameterError, match="quotes"):
        report.to_frame("quote")


def test_coverage_counts_struggles(report: JobReport) -> None:
    counted = report.coverage()
    struggles = [s for s in report.segments if "struggle" in getattr(report.tags.get(s.segment_id), "labels", ())]
    assert counted["n_struggles"] == len(struggles) == 4
    used = {q.segment_id for j in report.jobs for q in (*j.quotes, *j.counter_quotes)}
    used |= {q.segment_id for j in report.jobs for quotes in j.forces.values() for q in quotes}
    assert counted["n_used"] == sum(s.segment_id in used for s in struggles)


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =cmd|'/c calc'!A1",
    "＝1",
    "'=1",
    "''=1",
    "'quoted'",
]


@pytest.mark.parametrize("words", FORMULAS)
def test_formula_cells_are_guarded_and_restored(words: str, tmp_path: Path) -> None:
    report = builders.hostile_report(words)
    report.save(tmp_path)
    with (tmp_path / "quotes.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    restored = read_csv(tmp_path / "quotes.csv")
    assert restored["text"].tolist() == report.to_frame("quotes")["text"].tolist()
    assert not any(cell.strip().startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert words in restored.columns


@settings(deadline=None)
@given(st.text())
def test_every_text_survives_the_guard(words: str) -> None:
    cell = guard_cell(words)
    assert unguard_cell(cell) == words.encode("utf-8", "replace").decode() or "\ufffd" in cell
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@settings(deadline=None)
@given(words=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=5))
def test_csv_gives_every_text_back(words: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    import pandas as pd

    from jtbd_nlp.reporting.tables import to_csv

    file = tmp_path_factory.getbasetemp() / "cells.csv"
    write_text(file, to_csv(pd.DataFrame({"a": words, "b": "x"})))
    assert [w or "" for w in read_csv(file)["a"]] == words


@settings(deadline=None)
@given(st.lists(st.text(), unique=True))
def test_file_names_stay_inside_their_folder_and_apart(ids: list[str]) -> None:
    names = safe_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    for name in names.values():
        assert name and name not in (".", "..")
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert len(name.encode()) < 200


BAD_IDS = ["../../etc/passwd", "/etc/passwd", "C:\\x", "a/b", ".", "..", "", "con", "NUL.txt", "x" * 5000]


@pytest.mark.parametrize("bad", BAD_IDS)
def test_hostile_ids_are_written_inside(bad: str, tmp_path: Path) -> None:
    talk = dataclasses.replace(builders.ADA, transcript_id=bad)
    report = JobReport(transcripts=(talk,))
    folder = report.save(tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert len(list((folder / "transcripts").iterdir())) == 1
    assert JobReport.load(folder) == report


def test_a_saved_file_cannot_name_another_path(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    data["transcripts"][0]["file"] = "../secret.txt"
    (tmp_path / "report.json").write_text(json.dumps(data), encoding="utf-8")
    assert all("secret" not in t.text for t in JobReport.load(tmp_path).transcripts)


def test_a_persons_own_transcripts_are_never_overwritten(report: JobReport, tmp_path: Path) -> None:
    own = tmp_path / "transcripts" / "ada.txt"
    own.parent.mkdir()
    own.write_text("mine")
    with pytest.raises(StudyError, match=r"ada\.txt"):
        report.save(tmp_path)
    assert own.read_text() == "mine"


def test_report_json_alone_loads_with_a_warning(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path / "out")
    alone = tmp_path / "alone.json"
    alone.write_bytes((tmp_path / "out" / "report.json").read_bytes())
    loaded = JobReport.load(alone)
    assert loaded.jobs == report.jobs
    assert loaded.warnings[-1].code == "report_without_texts"
    assert "ada.txt" in loaded.warnings[-1].message


def test_a_newer_schema_is_refused_by_name() -> None:
    with pytest.raises(StudyError, match="newer"):
        JobReport.from_dict({"schema_version": 2, "jobs": []})


BROKEN = [
    "", "{", "[]", "null", '{"jobs": []}', '{"schema_version": 1}', "NaN", "\ufeff{", "[" * 50_000,
    '{"schema_version": 1, "jobs": [1]}', '{"schema_version": "1", "jobs": []}',
    '{"schema_version": 1, "jobs": [], "transcripts": {}}',
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_report_is_refused_in_words(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(StudyError):
        JobReport.load(tmp_path)


def test_no_report_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"report\.json"):
        JobReport.load(tmp_path)


KEYS = sorted(JOB_KEYS | QUOTE_KEYS | {"jobs", "transcripts", "turns", "segments", "tags"})
PATHS = st.lists(st.integers(0, 3) | st.sampled_from(KEYS), min_size=1, max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=60)
@given(PATHS, JSON)
def test_any_change_to_a_report_loads_or_is_refused(path: list[int | str], value: Any) -> None:
    data = builders.small_report().to_dict()
    place: Any = data
    for key in path[:-1]:
        try:
            place = place[key]
        except (KeyError, IndexError, TypeError):
            break
    try:
        place[path[-1]] = value
    except (KeyError, IndexError, TypeError):
        data["jobs"] = value
    try:
        loaded = JobReport.from_dict(data)
    except StudyError:
        return
    loaded.to_markdown()


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.json"
    write_text(file, "old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudyError, match="No space left"):
        write_text(file, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]
    assert file.read_text() == "old"


def test_what_a_killed_run_left_is_swept_up(tmp_path: Path) -> None:
    (tmp_path / ".report.json.part").write_text("half")
    write_text(tmp_path / "report.json", "whole")
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".x.txt.part").symlink_to(victim)
    write_text(tmp_path / "x.txt", "new")
    assert victim.read_text() == "mine"


def test_an_unwritable_place_is_named(report: JobReport, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="writable"):
        report.save(tmp_path / "file")


def test_notebook_display_escapes_everything() -> None:
    payload = "<img src=x onerror=alert(1)>{{7*7}}"
    report = builders.hostile_report(payload)
    shown = [report._repr_html_(), report.jobs[0]._repr_html_(), report.transcripts[0]._repr_html_()]
    shown.append(report.tagged(payload)._repr_html_())
    for html in shown:
        assert "<img" not in html
        assert "&lt;img" in html


def test_tagged_transcript_shows_labels_beside_the_words(report: JobReport) -> None:
    html = report.tagged("ada")._repr_html_()
    assert "struggle" in html
    assert "numbers" in html
    with pytest.raises(InvalidParameterError, match="ada, ben"):
        report.tagged("adda")


def test_every_key_is_documented(report: JobReport) -> None:
    text = (Path(__file__).parent.parent / "docs" / "report.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_0-9]+)`", text))
    data = report.to_dict()
    data["config"], data["provenance"], data["coordinates"] = {}, {"version": 1, "models": {}, "inputs": {}}, {}
    for job in data["jobs"]:
        job["emotions"] = {}
    own = {"plan", "tenure"} | {key for s in data["segments"] for key in s.get("tags", {}).get("scores", {})}
    assert _keys(data) - own <= documented


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in _keys(item)}
    return {key for item in value for key in _keys(item)} if isinstance(value, list) else set()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@given(PLAIN, st.sampled_from([None, 1, 2]))
@settings(deadline=None)
def test_json_is_laid_out_as_the_standard_library_does(value: Any, indent: int | None) -> None:
    separators = (",", ":") if indent is None else (",", ": ")
    expected = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    assert dumps(value, indent=indent) == expected + "\n"
    if isinstance(value, list):
        assert dumps({"a": iter(value)}) == dumps({"a": value})


def test_json_refuses_what_json_does_not_have() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps([float("nan")])
    with pytest.raises(TypeError, match="keys must be texts"):
        dumps({1: [[]]})


def test_saved_tables_are_those_of_the_frames(report: JobReport, tmp_path: Path) -> None:
    report.save(tmp_path)
    for name in ("jobs", "quotes"):
        assert (tmp_path / f"{name}.csv").read_bytes().decode() == to_csv(report.to_frame(name))


def test_lines_that_break_off_leave_the_old_file(tmp_path: Path) -> None:
    def broken() -> Any:
        yield "new"
        raise RuntimeError("out of luck")

    write_lines(tmp_path / "a.txt", ["old"])
    with pytest.raises(RuntimeError, match="out of luck"):
        write_lines(tmp_path / "a.txt", broken())
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_what_an_earlier_report_left_goes_and_nothing_else(report: JobReport, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    report.save(tmp_path, parquet=True)
    (tmp_path / "transcripts" / "mine.txt").write_text("a stranger's", encoding="utf-8")
    (tmp_path / "tables" / "mine.csv").write_text("a stranger's", encoding="utf-8")
    hidden = dataclasses.replace(builders.ADA, transcript_id="T1", text=builders.ADA.text.replace("Ada", "P1 "))
    JobReport(transcripts=(hidden, builders.BEN)).save(tmp_path)
    assert {p.name for p in (tmp_path / "transcripts").iterdir()} == {"T1.txt", "ben.txt", "mine.txt"}
    assert [p.name for p in (tmp_path / "tables").rglob("*") if p.is_file()] == ["mine.csv"]


def test_an_index_that_is_not_ours_removes_nothing(report: JobReport, tmp_path: Path) -> None:
    kept = tmp_path / "transcripts" / "old.txt"
    for index in (
        '["old"]',
        '{"transcript_id": "old"}',
        '[{"transcript_id": "../old"}]',
        "[",
        '[{"transcript_id": "old"}]',
    ):
        write_text(kept, "a stranger's")
        write_text(tmp_path / "transcripts.json", index)
        report.save(tmp_path)
        assert kept.is_file()
    write_text(tmp_path / "old.txt", "outside")
    write_text(tmp_path / "transcripts.json", '[{"transcript_id": "../old", "file": "../old.txt"}]')
    report.save(tmp_path)
    assert (tmp_path / "old.txt").is_file()


@pytest.mark.parametrize("name", ["", "."])
def test_a_text_is_not_written_to_the_folder_where_one_stands(name: str) -> None:
    with pytest.raises(StudyError, match="must be the name of a file, got a folder"):
        write_text(name, "words")


@pytest.mark.parametrize("broken", ['"a";"b"\n', "a,b\n1,2,3\n", 'a,b\n"open,2\n', "a,\xfc\n"])
def test_a_table_that_a_spreadsheet_changed_is_refused_by_name(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes(broken.encode("latin-1"))
    with pytest.raises(StudyError, match=r"jobs\.csv must"):
        read_csv(file)


def test_words_that_bear_two_slots_are_one_quote_in_every_form() -> None:
    report = builders.small_report()
    job = report.jobs[0]
    goal = next(q for q in job.quotes if q.slot == "motivation")
    one = dataclasses.replace(job, quotes=(goal,), participants=(goal.participant_id,))
    two = dataclasses.replace(one, quotes=(goal, dataclasses.replace(goal, slot="outcome")))
    told = dataclasses.replace(report, jobs=(two,))
    text = told.to_markdown()
    assert "motivation, outcome, worded from this)" in text
    assert "| 1 | 1 | " in text
    assert "1 quote<" in told.jobs[0]._repr_html_()
    assert told.to_frame("jobs")["n_quotes"].tolist() == [1]
    people = told.to_frame("participants").set_index("participant_id")["n_quotes"]
    assert people[goal.participant_id] == 1
    assert told.to_frame("quotes")["slot"].tolist()[:2] == ["motivation", "outcome"]  # a row a slot
