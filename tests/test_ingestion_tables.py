"""Tables: a turn a row, a respondent a row; CSV, XLSX and DataFrames; named and found columns."""

# ruff: noqa: E501 - the data reads best a case a line

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError, InvalidParameterError
from jtbd_nlp.ingestion import IngestionResult, read_sources

TURNS = 'Start,Speaker,Text\n0:01,Anna,How do you plan?\n1:00:05,Tom,"With a sheet, mostly.\nIt breaks."\n1:00:09,Anna,Why?\n,Tom,No idea.\n'
SURVEY = [
    ["Respondent ID", "Plan", "What do you struggle with most?", "What would you change, if you could?", "NPS"],
    ["r-1", "pro", "The numbers never add up on Mondays.", "I would like to see them in one place.", 3],
    ["r-2", "free", "I keep forgetting which version was the last one.", None, 9],
    ["r-3", "free", None, None, 5],
]


def said(result: IngestionResult) -> list[tuple[str | None, str, str]]:
    (transcript,) = result.transcripts
    return [(turn.speaker, turn.role, transcript.words(turn)) for turn in transcript.turns]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_turn_a_row(delimiter: str, tmp_path: Path) -> None:
    frame = pd.read_csv(__import__("io").StringIO(TURNS), dtype=str, keep_default_na=False)
    path = tmp_path / "x.csv"
    frame.to_csv(path, sep=delimiter, index=False)
    result = read_sources(path)
    assert said(result) == [
        ("Anna", "interviewer", "How do you plan?"),
        ("Tom", "participant", "With a sheet, mostly.\nIt breaks."),
        ("Anna", "interviewer", "Why?"),
        ("Tom", "participant", "No idea."),
    ]
    assert [t.start_s for t in result.transcripts[0].turns] == [1.0, 3605.0, 3609.0, None]


def test_times_of_a_frame_may_be_spans_of_time() -> None:
    rows = {"speaker": ["Q", "A"] * 2, "text": ["Why?", "It broke.", "And?", "Yes."]}
    starts = pd.to_timedelta([0.0, 3.5, 60, 3600], unit="s")
    (transcript,) = read_sources(pd.DataFrame({**rows, "start": starts})).transcripts
    assert [t.start_s for t in transcript.turns] == [0.0, 3.5, 60.0, 3600.0]


def test_tables_of_other_libraries_are_read_as_those_of_pandas() -> None:
    pa = pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"speaker": ["Q", "A"] * 2, "text": ["Why?", "It broke.", "And?", "Yes."]})
    people = pd.DataFrame({"transcript": ["table"], "speaker": ["A"], "participant": ["Ann"]})
    plain = read_sources(frame, participants=people)
    assert [row["participant_id"] for row in plain.participants] == ["Ann"]
    assert read_sources(pa.Table.from_pandas(frame), participants=pa.Table.from_pandas(people)) == plain


def test_what_a_list_holds_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InvalidParameterError, match="got a list with items of type DataFrame, dict"):
        read_sources([pd.DataFrame(), {}, "a.txt"])


def test_a_transcript_column_gives_several_transcripts() -> None:
    rows = [
        (name, who, text)
        for name in ("i1", "i2")
        for who, text in (("Q", "Why?"), ("A", "It broke."), ("Q", "And?"), ("A", "Yes."))
    ]
    result = read_sources(pd.DataFrame(rows, columns=["interview", "speaker", "text"]))
    assert [t.transcript_id for t in result.transcripts] == ["i1", "i2"]
    assert [len(t.turns) for t in result.transcripts] == [4, 4]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_frame_may_miss_cells_in_any_way_of_pandas(missing: object) -> None:
    words = ["Why did you stop?", "It broke every Monday.", missing, "And it was slow."]
    frame = pd.DataFrame({"speaker": pd.Categorical(["Q", "A", None, "A"]), "text": words, "seats": [1, missing, 2, 3]})
    (one,) = read_sources(frame.set_index(pd.Index(list("dcba")))).transcripts
    assert [one.words(turn) for turn in one.turns] == [word for word in words if isinstance(word, str)]


def survey_as(kind: str, folder: Path) -> object:
    if kind == "frame":
        return pd.DataFrame(SURVEY[1:], columns=SURVEY[0])
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in SURVEY:
            book.active.append(row)
        book.save(folder / "survey.xlsx")
        return folder / "survey.xlsx"
    pd.DataFrame(SURVEY[1:], columns=SURVEY[0]).to_csv(folder / "survey.csv", index=False)
    return folder / "survey.csv"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "frame"])
def test_a_respondent_a_row(kind: str, tmp_path: Path) -> None:
    result = read_sources(survey_as(kind, tmp_path))
    struggle, change = SURVEY[0][2], SURVEY[0][3]
    assert said(result) == [
        (None, "interviewer", struggle),
        ("r-1", "participant", SURVEY[1][2]),
        (None, "interviewer", change),
        ("r-1", "participant", SURVEY[1][3]),
        (None, "interviewer", struggle),
        ("r-2", "participant", SURVEY[2][2]),
    ]
    name = result.transcripts[0].transcript_id
    assert [row["participant_id"] for row in result.participants] == [f"{name}/r-1", f"{name}/r-2"]
    assert [(row["Plan"], row["NPS"]) for row in result.participants] == [("pro", "3"), ("free", "9")]
    assert any("1 rows have no text" in w.message for w in result.warnings)


def test_text_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text(
        "id,title,body\n1,Bad,It broke after a week of use.\n2,Good,It works and I am glad of it.\n", encoding="utf-8"
    )
    result = read_sources(path, config=IngestionConfig(text_columns=("title",)))
    assert [text for _, _, text in said(result)] == ["Bad", "Good"]
    with pytest.raises(IngestionError, match="text columns nosuch"):
        read_sources(path, config=IngestionConfig(text_columns=("nosuch",)))


def test_rows_without_an_id_are_numbered_and_one_author_is_one_participant(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("stars,review\n1,It broke after only a week.\n5,I would buy it again today.\n", encoding="utf-8")
    assert [row["participant_id"] for row in read_sources(path).participants] == ["a/Row 1", "a/Row 2"]
    path.write_text(
        "author,review\nkim,It broke after only a week.\nkim,Now it works as it should.\nlee,I would not buy it.\n",
        encoding="utf-8",
    )
    assert [row["participant_id"] for row in read_sources(path).participants] == ["a/kim", "a/lee"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,score\n1,2\n3,4\n", "must have a column of free text"),
        ("id,text\n", "must hold rows below its heading"),
        ('id,text\n1,"' + "a" * 200 + "\n", ""),
    ],
)
def test_tables_without_text_are_refused(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    if reason:
        with pytest.raises(IngestionError, match=reason):
            read_sources(path)
    else:
        assert len(read_sources(path).transcripts) == 1


def test_sheets_without_text_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Answers"
    for row in SURVEY:
        book.active.append(row)
    book.create_sheet("Codes").append(["code", "n"])
    book.save(tmp_path / "x.xlsx")
    result = read_sources(tmp_path / "x.xlsx")
    assert len(result.transcripts) == 1
    assert any("sheet 'Codes'" in w.message for w in result.warnings)


def test_what_a_sheet_holds_beyond_the_bounds_is_told(tmp_path: Path) -> None:
    import openpyxl

    answer = "It took me far too long to find it"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "comment", *[None] * 500, "far away"])
    for number in range(4):
        sheet.append([number, answer, *[None] * 500, "x"])
    sheet.cell(row=1_200, column=2, value=answer)
    book.save(tmp_path / "x.xlsx")
    (found,) = read_sources(tmp_path / "x.xlsx").transcripts
    assert found.warnings == (
        "the rows of sheet 'Sheet' after 1,000 empty ones were left out",
        "columns beyond 500 of sheet 'Sheet' were left out; they are filled in 5 rows",
    )
    (short,) = read_sources(tmp_path / "x.xlsx", config=IngestionConfig(max_turns=3)).transcripts
    assert "the rows of sheet 'Sheet' after max_turns = 3 were left out" in short.warnings


def notes_of(result: IngestionResult) -> str:
    return "\n".join(warn.message for warn in result.warnings)


def test_cells_beyond_the_heading_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("speaker,text\nQ,Why?\nA,Well, it broke, again\nQ,And?,\nA,Yes it did.\n")
    result = read_sources(path)
    assert said(result)[1] == ("A", "participant", "Well")
    assert "1 rows of the table have more cells than its heading, and what stands there was left out (row 3)" in (
        notes_of(result)
    )


def test_rows_in_no_order_are_put_in_that_of_their_column_and_it_is_told() -> None:
    rows = [("a", 10, "A", "Yes."), ("a", 9, "Q", "And?"), ("a", 0, "Q", "Why?"), ("a", 1, "A", "It broke.")]
    frame = pd.DataFrame(rows, columns=["interview", "turn_index", "speaker", "text"])
    result = read_sources(frame)
    assert [words for *_, words in said(result)] == ["Why?", "It broke.", "And?", "Yes."]
    assert "its rows were put in the order of turn_index" in notes_of(result)
    tied = read_sources(frame.assign(turn_index=[1, 1, 0, 0]))
    assert [words for *_, words in said(tied)] == ["Yes.", "And?", "Why?", "It broke."], "no place of its own"
    assert "put in the order" not in notes_of(tied)


def test_rows_that_name_no_transcript_are_told() -> None:
    rows = [("a", "Q", "Why?"), ("a", "A", "It broke."), (None, "Q", "And?"), (None, "A", "Yes, twice.")]
    result = read_sources(pd.DataFrame(rows, columns=["interview", "speaker", "text"]))
    assert [len(t.turns) for t in result.transcripts] == [2, 2]
    assert "2 rows of the table have no interview and were read as one transcript" in notes_of(result)


def test_two_transcripts_of_one_id_are_told(tmp_path: Path) -> None:
    for name, talk in (("one", "It broke."), ("two", "It rang.")):
        (tmp_path / f"{name}.csv").write_text(f"interview,speaker,text\na,Q,Why?\na,A,{talk}\n{name},Q,And?\n")
    result = read_sources(tmp_path)
    assert [t.transcript_id for t in result.transcripts] == ["a", "one/one", "two/a", "two/two"]
    shared = [warn.message for warn in result.warnings if "is that of a transcript in" in warn.message]
    assert [message.partition(" is that of")[0] for message in shared] == ["two/a: the id 'a'"]
