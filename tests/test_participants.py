"""The participants file: who is who, in which transcript, with which further columns."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Literal

import pandas as pd
import pytest

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError, InvalidParameterError
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.ingestion.speakers.alike import same_labels
from jtbd_nlp.ingestion.speakers.participants import read_participants

TALK = "Interviewer: Why did you leave?\n\n{0}: It was slow.\n\nInterviewer: And now?\n\n{0}: It is better.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "one.txt").write_text(TALK.format("Participant"), encoding="utf-8")
    (tmp_path / "sub" / "two.txt").write_text(TALK.format("Tom"), encoding="utf-8")
    return tmp_path


def ids(result: object) -> dict[str, set[str | None]]:
    return {t.transcript_id: {u.participant_id for u in t.turns if u.role == "participant"} for t in result.transcripts}  # type: ignore[attr-defined]


def test_without_a_file_each_transcript_has_its_own_people(folder: Path) -> None:
    result = read_sources(folder)
    assert ids(result) == {"one": {"one"}, "two": {"two"}}
    assert [dict(row) for row in result.participants] == [
        {"participant_id": "one", "transcript_id": "one", "speaker": "Participant"},
        {"participant_id": "two", "transcript_id": "two", "speaker": "Tom"},
    ]


def test_two_participants_of_one_transcript_are_told_apart(tmp_path: Path) -> None:
    text = (
        "Moderator: Why?\n\nP1: It was slow.\n\nP2: Mine was not.\n\nModerator: And now?\n\nP1: Better.\n\nP2: Same.\n"
    )
    (tmp_path / "group.txt").write_text(text, encoding="utf-8")
    assert ids(read_sources(tmp_path)) == {"group": {"group/P1", "group/P2"}}


def test_the_file_beside_the_transcripts_joins_people_and_carries_columns(folder: Path) -> None:
    csv = "Transcript,Speaker,Participant,plan\nONE,,P7,pro\nsub/two.txt,tom,P7,pro\nthree,x,P9,free\n"
    (folder / "participants.csv").write_text(csv, encoding="utf-8-sig")
    result = read_sources(folder)
    assert ids(result) == {"one": {"P7"}, "two": {"P7"}}
    assert [(row["participant_id"], row["plan"]) for row in result.participants] == [("P7", "pro"), ("P7", "pro")]
    unused = [w.message for w in result.warnings if w.code == "participants_unused"]
    assert unused == ["1 rows of the participants file match no participant that speaks: three/x"]


def test_the_file_can_say_who_asks(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Ann: Why?\n\nBob: So.\n\nAnn: How?\n\nBob: Like this.\n", encoding="utf-8")
    rows = [{"transcript": "x", "speaker": "Bob", "participant": "", "role": "interviewer"}]
    (transcript,) = read_sources(tmp_path, participants=rows).transcripts
    assert [turn.role for turn in transcript.turns] == ["participant", "interviewer"] * 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_frames_give_the_same_rows(delimiter: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"transcript": ["one"], "speaker": [None], "participant": ["P1"], "plan": ["pro"]})
    path = tmp_path / "p.csv"
    frame.to_csv(path, sep=delimiter, index=False)
    config = IngestionConfig()
    assert read_participants(path, config).rows == read_participants(frame, config).rows


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\x14\x00", "p.csv: must be a CSV, got a workbook. Save it"),
        (
            b"transcript,participant\n<<<<<<< HEAD\none,P1\n=======\none,P2\n>>>>>>> ben\n",
            "a conflict of git at line 2",
        ),
    ],
)
def test_what_is_no_table_of_people_is_refused_with_what_to_do(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_bytes(data)
    with pytest.raises(IngestionError, match=says):
        read_participants(tmp_path / "p.csv", IngestionConfig())


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_the_same_however_accents_are_written(form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    (tmp_path / "zoë.txt").write_text("Interviewer: Why?\n\nZoë: It was slow.\n\nInterviewer: And?\n", encoding="utf-8")
    table = "\n\ntranscript,speaker,participant\nzoë,Zoë,P1\n"  # blank lines above a heading do not hide it
    (tmp_path / "participants.csv").write_text(unicodedata.normalize(form, table), encoding="utf-8")
    result = read_sources(tmp_path)
    assert [row["participant_id"] for row in result.participants] == ["P1"]
    assert [w.code for w in result.warnings] == ["ignored"]


def test_a_gap_in_a_frame_makes_no_fractions_of_its_numbers() -> None:
    frame = pd.DataFrame(
        {"transcript": ["one", "two"], "participant": [7, None], "seats": [2, None], "share": [0.5, 1]}
    )
    first, second = read_participants(frame, IngestionConfig()).rows
    assert first == {"transcript": "one", "speaker": "", "participant": "7", "seats": "2", "share": "0.5"}
    assert second["participant"] == ""


def test_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "participants.csv"
    path.write_text("who,what\na,b\n", encoding="utf-8")
    with pytest.raises(InvalidParameterError, match="must have the columns transcript, speaker and participant"):
        read_participants(path, IngestionConfig())
    with pytest.raises(IngestionError, match="cannot be opened"):
        read_participants(tmp_path / "absent.csv", IngestionConfig())
    for wrong in (7, {"one": "P1"}, ["P1"]):
        with pytest.raises(InvalidParameterError, match="participants must be"):
            read_participants(wrong, IngestionConfig())
    path.write_text("", encoding="utf-8")
    assert read_participants(path, IngestionConfig()).rows == ()


def test_many_rows_and_many_transcripts_are_matched_quickly() -> None:
    rows = [{"transcript": f"talk_{i}", "speaker": "", "participant": f"P{i}"} for i in range(20_000)]
    people = read_participants(rows, IngestionConfig())
    start = time.process_time()
    assert all(people.of(f"talk_{i}", f"sub/TALK_{i}.txt") == [(i, people.rows[i])] for i in range(20_000))
    assert time.process_time() - start < 10


def test_one_label_in_several_transcripts_is_told_unless_somebody_said_who_it_is(tmp_path: Path) -> None:
    for name, label in (("a", "Anna Berg"), ("b", "Anna Berg"), ("c", "P05"), ("d", "P05"), ("e", "P1"), ("f", "P1")):
        text = f"Interviewer: Why?\n\n{label}: It was slow.\n\nInterviewer: And?\n\n{label}: It hurt {name}.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    told = [w for w in read_sources(tmp_path).warnings if w.code == "same_label"]
    assert [w.message.partition(": ")[2] for w in told] == ["Anna Berg (2), P05 (2)"] and told[0].count == 2

    spelled = [{"participant_id": name, "speaker": label} for name, label in (("a", "ANNA"), ("b", "Anna"))]
    assert same_labels(spelled, ()) == same_labels(reversed(spelled), ())

    rows = [{"transcript": t, "participant": p} for t, p in (("a", "A"), ("b", "A"), ("c", "P05"), ("d", "P05"))]
    assert not [w for w in read_sources(tmp_path, participants=rows).warnings if w.code == "same_label"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_what_is_missing_is_empty_in_rows_as_in_a_frame(missing: object) -> None:
    rows = [
        {"transcript": "one", "participant": "P1", "age": 41.0},
        {"transcript": "two", "participant": "P2", "age": missing},
    ]
    for given in (rows, pd.DataFrame(rows)):
        assert [row["age"] for row in read_participants(given, IngestionConfig()).rows] == ["41", ""]
