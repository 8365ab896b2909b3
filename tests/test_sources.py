"""What is read of a source: unique ids, ready transcripts with their people, and nothing that an earlier run wrote."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import builders
import openpyxl
import pandas as pd
import pytest

from jtbd_nlp.config import Config, IngestionConfig
from jtbd_nlp.errors import IngestionError, InvalidParameterError
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.ingestion.access.listing import list_files
from jtbd_nlp.records import Transcript

TALK = "Interviewer: Why did you leave in {0}?\n\nTom: It was slow.\n\nInterviewer: And now?\n\nTom: It is better.\n"


def talk(path: Path, word: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TALK.format(word), encoding="utf-8")
    return path


def texts(result: object) -> dict[str, str]:
    return {t.transcript_id: t.text for t in result.transcripts}  # type: ignore[attr-defined]


def test_equal_paths_in_folders_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    folders = [tmp_path / year / "interviews" for year in ("2024", "2025")]
    for folder in folders:
        talk(folder / "a.txt", folder.parent.name)
    result = read_sources(folders)
    assert {t.transcript_id: t.source for t in result.transcripts} == {
        "2024/interviews/a": "2024/interviews/a.txt",
        "2025/interviews/a": "2025/interviews/a.txt",
    }
    assert all(name[:4] in text for name, text in texts(result).items())
    assert read_sources(folders[::-1]) == result


def test_folders_of_other_names_keep_them_and_one_inside_another_is_read_once(tmp_path: Path) -> None:
    talk(tmp_path / "first" / "a.txt", "May")
    talk(tmp_path / "first" / "second" / "b.txt", "June")
    result = read_sources([tmp_path / "first", tmp_path / "first" / "second"])
    assert {t.transcript_id for t in result.transcripts} == {"a", "b"}
    assert [w.code for w in result.warnings] == ["same_label"]  # Tom speaks in both
    apart = list_files([talk(tmp_path / "x" / "second" / "b.txt", "July"), tmp_path / "first"])
    assert [f.source for f in apart.files] == ["b.txt", "first/a.txt", "first/second/b.txt"]


def test_a_single_file_that_is_shown_like_one_of_a_folder_is_told_apart(tmp_path: Path) -> None:
    sources = [
        tmp_path / "p" / "talks",
        talk(tmp_path / "q" / "talks" / "a.txt", "May"),
        talk(tmp_path / "q" / "z.txt", "June"),
    ]
    talk(tmp_path / "p" / "talks" / "a.txt", "July")
    result = read_sources(sources)
    assert len(result.transcripts) == 3
    assert {t.source for t in result.transcripts} == {"p/talks/a.txt", "q/talks/a.txt", "q/z.txt"}


@pytest.mark.skipif(os.name == "nt", reason="names there are always text")
def test_names_that_look_the_same_when_shown_are_numbered(tmp_path: Path) -> None:
    for byte in (b"\xfe", b"\xff"):
        (tmp_path / os.fsdecode(b"a" + byte + b".txt")).write_text(TALK.format(byte.hex()), encoding="utf-8")
    result = read_sources(tmp_path)
    assert {name: text[34:36] for name, text in texts(result).items()} == {"a\ufffd": "fe", "a\ufffd#2": "ff"}


def ready(name: str = "t1", source: str = "a.txt", **more: object) -> Transcript:
    lines = [("Dana", "interviewer", "Why?", None), ("Tom", "participant", "It was slow.", None)]
    return dataclasses.replace(builders.interview(name, lines, "P9"), source=source, **more)  # type: ignore[arg-type]


def test_ready_transcripts_of_one_id_are_refused_with_both_sources(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameterError, match=r"got 't1' for 'a\.txt' and 'b\.txt'"):
        read_sources([ready(), ready(source="b.txt")])
    with pytest.raises(InvalidParameterError, match=r"got 't1' for 'a\.txt' and 't1\.txt'"):
        read_sources([ready(), talk(tmp_path / "t1.txt", "May")])


def test_ready_transcripts_get_people_and_their_warnings_are_told() -> None:
    rows = [
        {"transcript": "t1", "speaker": "tom", "participant": "P7", "plan": "pro"},
        {"transcript": "t2", "speaker": "", "participant": "P8", "plan": "free"},
    ]
    given = [ready(warnings=("cut short",)), ready("t2", "b.txt"), ready("t3", "c.txt")]
    result = read_sources(given, participants=rows)
    assert [(row["participant_id"], row["speaker"], row.get("plan")) for row in result.participants] == [
        ("P7", "Tom", "pro"),
        ("P8", "Tom", "free"),
        ("P9", "Tom", None),
    ]
    assert [t.turns[1].participant_id for t in result.transcripts] == ["P7", "P8", "P9"]
    assert result.transcripts[2] == given[2]
    assert [(w.code, w.message, w.source) for w in result.warnings] == [("read_with_care", "t1: cut short", "a.txt")]


def test_ready_transcripts_are_made_fit_for_models_and_files() -> None:
    given = ready()
    turns = tuple(dataclasses.replace(t, speaker="T\ud800m", participant_id="P\udfff") for t in given.turns)
    broken = dataclasses.replace(
        given, transcript_id="t\ud800", text=given.text.replace("slow", "sl\ud800w"), turns=turns
    )
    (found,) = read_sources(broken).transcripts
    assert (found.transcript_id, found.turns[1].speaker, found.turns[1].participant_id) == (
        "t\ufffd",
        "T\ufffdm",
        "P\ufffd",
    )
    assert found.text == given.text.replace("slow", "sl\ufffdw")
    assert [(t.start_char, t.end_char) for t in found.turns] == [(t.start_char, t.end_char) for t in given.turns]


@pytest.mark.parametrize(
    "bad",
    [{"start_char": -3}, {"start_char": 1}, {"end_char": 9999}, {"end_char": 0}, {"role": "guest"}, {"turn_index": 0}],
)
def test_turns_that_do_not_fit_their_text_are_refused(bad: dict[str, Any]) -> None:
    first, second = ready().turns
    for turns in ((first, dataclasses.replace(second, **bad)), (second, first)):
        with pytest.raises(InvalidParameterError, match="turns of 't1' must be in order"):
            read_sources(dataclasses.replace(ready(), turns=turns))


@pytest.mark.parametrize("source", ["", ".", "/"])
def test_a_ready_transcript_needs_no_file(source: str) -> None:
    rows = [{"transcript": "t1", "speaker": "Tom", "participant": "P7"}]
    given = dataclasses.replace(ready(), source=source)
    assert [row["participant_id"] for row in read_sources(given, participants=rows).participants] == ["P7"]
    assert read_sources(given).transcripts == (given,)


def test_a_frame_keeps_who_speaks_in_its_index_and_may_lack_values() -> None:
    rows = [
        ("one", "Interviewer", "Why?"),
        ("one", "Tom", "It was slow."),
        ("one", "Interviewer", "And?"),
        ("one", "Tom", None),
    ]
    frame = pd.DataFrame(rows, columns=["transcript", "speaker", "text"]).convert_dtypes()
    assert frame.iloc[3, 2] is pd.NA
    plain = read_sources(frame)
    assert [(t.speaker, t.role) for t in plain.transcripts[0].turns[:2]] == [
        ("Interviewer", "interviewer"),
        ("Tom", "participant"),
    ]
    assert read_sources(frame.set_index(["transcript", "speaker"])) == plain


def test_settings_of_all_stages_are_taken_where_one_has_its_own(tmp_path: Path) -> None:
    chosen = Config(ingestion=IngestionConfig(interviewer=("Tom",)))
    assert read_sources(talk(tmp_path / "a.txt", "May"), config=chosen) == read_sources(
        tmp_path / "a.txt", config=chosen.ingestion
    )
    with pytest.raises(InvalidParameterError, match="config must be a Config or of type IngestionConfig, got 5"):
        read_sources(tmp_path, config=5)  # type: ignore[arg-type]


def test_names_of_the_settings_hold_for_ready_transcripts() -> None:
    (found,) = read_sources(ready(), config=IngestionConfig(interviewer=("Tom",), observer=("Dana",))).transcripts
    assert [(turn.role, turn.participant_id) for turn in found.turns] == [("observer", None), ("interviewer", None)]


def test_a_report_of_an_earlier_run_is_skipped_whole_and_named(tmp_path: Path) -> None:
    talk(tmp_path / "a.txt", "May")
    report = builders.small_report()
    report.save(tmp_path / "out")
    talk(tmp_path / "out" / "notes" / "b.txt", "June")

    for name in ("pseudonyms.json", "settings.json"):
        (tmp_path / "out-private").mkdir(exist_ok=True)
        (tmp_path / "out-private" / name).write_text(
            '{"turns": [{"speaker": "Ann", "text": "Hello."}]}', encoding="utf-8"
        )
    result = read_sources(tmp_path)
    assert list(texts(result)) == ["a"]
    assert [(w.code, w.source) for w in result.warnings] == [("earlier_run", n) for n in ("out", "out-private")]


def test_a_report_beside_the_transcripts_of_a_source_hides_no_transcript(tmp_path: Path) -> None:
    talk(tmp_path / "a.txt", "May")
    builders.small_report().save(tmp_path)
    result = read_sources(tmp_path)
    assert list(texts(result)) == ["a"]
    assert {w.code for w in result.warnings} == {"ignored"}
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "report.json").write_text(
        '{"turns": [{"speaker": "Ann", "text": "So it is."}]}', encoding="utf-8"
    )
    assert "sub/report.json" in {t.source for t in read_sources(tmp_path).transcripts}, "a stranger's report.json"


def test_participants_beside_a_file_and_in_each_of_several_folders(tmp_path: Path) -> None:
    files = [talk(tmp_path / folder / "one.txt", folder) for folder in ("may", "june")]
    for folder, person in (("may", "P1"), ("june", "P2")):
        rows = f"transcript,speaker,participant,plan\none,Tom,{person},{folder}\nother,Tom,P5,x\n"
        (tmp_path / folder / "participants.csv").write_text(rows, encoding="utf-8")
    single = read_sources(files[0])
    assert [row["plan"] for row in single.participants] == ["may"] and single.warnings == ()
    several = read_sources([file.parent for file in files])
    assert {row["transcript_id"]: row["plan"] for row in several.participants} == {"may/one": "may", "june/one": "june"}
    assert [w.count for w in several.warnings if w.code == "participants_unused"] == [2]


def people_book(file: Path, *sheets: list[tuple[Any, ...]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"s{n}")
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def test_a_workbook_of_participants_is_read_as_one_and_never_as_an_interview(tmp_path: Path) -> None:
    """Its rows were mined as interviews of people who say "marketing lead"."""
    talk(tmp_path / "one.txt", "May")
    rows = [("Transcript", "Speaker", "Participant", "seats"), ("one", "Tom", "P1", 3.0), (None, None, None, None)]
    people_book(tmp_path / "participants.xlsx", [("a note of ours",)], rows)
    for source in (tmp_path, tmp_path / "one.txt"):
        result = read_sources(source)
        assert [t.transcript_id for t in result.transcripts] == ["one"]
        assert [(row["participant_id"], row["seats"]) for row in result.participants] == [("P1", "3")]
    named = read_sources(tmp_path, participants=tmp_path / "participants.xlsx")
    assert [row["participant_id"] for row in named.participants] == ["P1"]


def test_a_workbook_beside_a_csv_of_its_name_is_told(tmp_path: Path) -> None:
    talk(tmp_path / "one.txt", "May")
    people_book(tmp_path / "participants.xlsx", [("transcript", "participant"), ("one", "Book")])
    (tmp_path / "participants.csv").write_text("transcript,participant\none,Csv\n", encoding="utf-8")
    for given in (None, tmp_path / "participants.csv"):
        result = read_sources(tmp_path, participants=given)
        assert [row["participant_id"] for row in result.participants] == ["Csv"]
        (warn,) = [w for w in result.warnings if w.code == "participants_double"]
        assert warn.source == "participants.xlsx" and "was not read" in warn.message
    (tmp_path / "participants.csv").write_text("transcript,participant\n\n", encoding="utf-8")
    assert [row["participant_id"] for row in read_sources(tmp_path).participants] == ["Book"], "a heading says nothing"


def test_rows_of_a_workbook_of_participants_beyond_the_bounds_are_told(tmp_path: Path) -> None:
    talk(tmp_path / "one.txt", "May")
    rows = [("transcript", "participant"), ("one", "P1"), ("two", "P2")]
    file = people_book(tmp_path / "participants.xlsx", rows)
    for given in (None, file):
        result = read_sources(tmp_path, participants=given, config=IngestionConfig(max_turns=2))
        told = [(w.source, w.message) for w in result.warnings if w.code == "participants_left_out"]
        words = "participants.xlsx: the rows of sheet 's0' after max_turns = 2 were left out"
        assert told == [("participants.xlsx", words)]
    assert not [w for w in read_sources(tmp_path).warnings if w.code == "participants_left_out"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_says_something_whatever_ends_its_lines(tmp_path: Path, end: str) -> None:
    talk(tmp_path / "one.txt", "May")
    people_book(tmp_path / "participants.xlsx", [("transcript", "participant"), ("one", "Book")])
    (tmp_path / "participants.csv").write_bytes(f"transcript,participant{end}one,Csv{end}".encode())
    assert [row["participant_id"] for row in read_sources(tmp_path).participants] == ["Csv"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no", b"", None])
def test_a_workbook_of_participants_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    talk(tmp_path / "one.txt", "May")
    file = tmp_path / "participants.xlsx"
    people_book(file, [("name", "city"), ("Ada", "Oslo")]) if data is None else file.write_bytes(data)
    with pytest.raises((IngestionError, InvalidParameterError), match=r"participants\.xlsx"):
        read_sources(tmp_path)


def test_rows_without_a_transcript_are_told(tmp_path: Path) -> None:
    talk(tmp_path / "one.txt", "May")
    rows = "transcript,speaker,participant\none,Tom,P1\n,Ann,P2\n,,\n"
    (tmp_path / "participants.csv").write_text(rows, encoding="utf-8")
    told = [w.message for w in read_sources(tmp_path).warnings if w.code == "participants_unused"]
    assert told == ["1 rows of the participants file name no transcript and were left out. Fill them in."]


@pytest.mark.parametrize("given", ["", "  ", "Interviewer: Why?\nTom: It was slow.\n" * 20, "a\0b"])
def test_what_is_no_path_is_refused_and_not_taken_for_the_folder_where_one_stands(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(tmp_path / "one.txt", "May")
    monkeypatch.chdir(tmp_path)
    for source in (given, [given], ["one.txt", given]):
        with pytest.raises(InvalidParameterError, match="source must be the path"):
            read_sources(source)


def test_a_folder_that_may_not_be_looked_into_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: object, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "sub").mkdir()
    monkeypatch.setattr(Path, "is_dir", locked)
    monkeypatch.setattr(Path, "is_file", locked)
    monkeypatch.setattr(os, "scandir", locked)
    with pytest.raises(IngestionError, match=r"the folder cannot be read \(Permission denied\)\. Check its rights\."):
        read_sources(tmp_path / "sub")
