"""Parquet and addresses: the same transcripts as from files on this machine; what cannot be fetched is named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError, MissingExtraError
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.records import Transcript

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
fsspec = pytest.importorskip("fsspec")

TALK = [
    {"speaker": "Interviewer", "text": "How do you get paid?"},
    {"speaker": "Participant", "text": "I lose hours on invoices."},
    {"speaker": "Interviewer", "text": "And then?"},
    {"speaker": "Participant", "text": "I write to them again and again."},
]
TEXT = "\n\n".join(f"{turn['speaker']}: {turn['text']}" for turn in TALK)


def said(transcript: Transcript) -> list[tuple[str | None, str, str]]:
    return [(turn.speaker, turn.role, transcript.words(turn)) for turn in transcript.turns]


EXPECTED = [(t["speaker"], t["speaker"].lower(), t["text"]) for t in TALK]


def test_a_transcript_a_row_with_a_list_of_turns(tmp_path: Path) -> None:
    rows = [{"transcript_id": name, "cohort": "b", "turns": TALK} for name in ("one", "two")]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "part-0.parquet")
    found = read_sources(tmp_path).transcripts
    assert [t.transcript_id for t in found] == ["one", "two"]
    assert all(said(t) == EXPECTED for t in found)
    assert found[0].format == "parquet"
    assert found[0].metadata["cohort"] == "b"


@pytest.mark.parametrize("form", ["parquet", "csv", "frame"])
def test_a_transcript_a_row_as_text(form: str, tmp_path: Path) -> None:
    frame = pd.DataFrame([{"interview_id": "one", "text": TEXT}, {"interview_id": "two", "text": TEXT}])
    source: object = frame
    if form == "parquet":
        source = tmp_path / "all.parquet"
        frame.to_parquet(source)
    elif form == "csv":
        source = tmp_path / "all.csv"
        frame.to_csv(source, index=False)
    found = read_sources(source).transcripts
    assert [t.transcript_id for t in found] == ["one", "two"]
    assert all(said(t) == EXPECTED for t in found)


def test_a_turn_a_row_in_a_folder_of_parts(tmp_path: Path) -> None:
    for name in ("one", "two"):
        rows = [{"transcript": name, **turn} for turn in TALK]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"part-{name}.parquet")
    (tmp_path / "_SUCCESS").touch()
    result = read_sources(tmp_path)
    assert [said(t) for t in result.transcripts] == [EXPECTED, EXPECTED]
    assert {w.code for w in result.warnings} <= {"ignored"}


def test_answers_of_respondents_stay_a_survey(tmp_path: Path) -> None:
    pd.DataFrame(
        {"id": ["a", "b"], "answer": ["I never find the\nnewest file at all.", "It takes me all day."]}
    ).to_parquet(tmp_path / "s.parquet")
    (found,) = read_sources(tmp_path).transcripts
    assert [turn.role for turn in found.turns] == ["participant", "participant"]


def test_a_damaged_file_and_one_that_unpacks_to_too_much_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    table = pa.Table.from_pylist([{"text": "x" * 3_000_000}])
    pq.write_table(table, tmp_path / "b.parquet", compression="zstd")
    with pytest.raises(IngestionError, match=r"a\.parquet[\s\S]*b\.parquet: must unpack to at most 1 MB"):
        read_sources(tmp_path, config=IngestionConfig(max_unpacked_mb=1))


def test_without_pyarrow_the_line_to_install_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.Table.from_pylist([{"turns": TALK}]), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(IngestionError, match=r"pip install 'jtbd_nlp\[parquet\]'"):
        read_sources(tmp_path)


@pytest.fixture
def store() -> Iterator[str]:
    """Return the address of a folder in memory."""
    memory = fsspec.filesystem("memory")
    memory.pipe("/study/one.txt", TEXT.encode())
    memory.pipe("/study/more/two.txt", TEXT.replace("invoices", "letters").encode())
    yield "memory://study"
    memory.rm("/study", recursive=True)


def test_an_address_gives_what_a_folder_gives(store: str, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "more" / "two.txt").write_text(TEXT.replace("invoices", "letters"))
    assert read_sources(store) == read_sources(tmp_path)
    assert read_sources(f"file://{tmp_path}") == read_sources(tmp_path)


def test_an_address_of_one_file(store: str) -> None:
    (found,) = read_sources(f"{store}/more/two.txt").transcripts
    assert (found.transcript_id, found.source) == ("two", "two.txt")


def test_an_address_beside_a_path(store: str, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text(TEXT.replace("invoices", "taxes"))
    found = read_sources([store, str(tmp_path / "three.txt")]).transcripts
    assert {t.transcript_id for t in found} == {"one", "two", "three"}


def test_files_that_cannot_be_fetched_are_named_and_the_rest_is_read(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(fsspec.filesystem("memory"))
    real = kind.get_file

    def failing(self: object, name: str, local: str, **more: object) -> object:
        if name.endswith("one.txt"):
            raise ConnectionError("gone away")
        return real(self, name, local, **more)

    monkeypatch.setattr(kind, "get_file", failing)
    result = read_sources(store)
    assert [t.transcript_id for t in result.transcripts] == ["two"]
    (warning,) = [w for w in result.warnings if w.code == "refused"]
    assert warning.source == "one.txt"
    assert "gone away" in warning.message


def test_too_large_files_are_not_fetched(store: str) -> None:
    fsspec.filesystem("memory").pipe("/study/big.txt", b"x" * 1_000_001)
    result = read_sources(store, config=IngestionConfig(max_file_mb=1))
    assert len(result.transcripts) == 2
    assert [w.source for w in result.warnings if w.code == "refused"] == ["big.txt"]


@pytest.mark.parametrize("address", ["memory://nothing-here", "nonsense://x"])
def test_an_address_that_leads_nowhere_is_an_error_that_names_it(address: str) -> None:
    with pytest.raises(IngestionError, match=address):
        read_sources(address)


def test_without_fsspec_the_line_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'jtbd_nlp\[remote\]'"):
        read_sources("memory://x")


class OddStore:
    """A store in which a name is a file and a folder as well, as object stores allow."""

    def find(self, root: str, detail: bool) -> dict[str, dict[str, int]]:
        assert detail
        return {f"{root}/a.txt": {"size": 9}, f"{root}/a.txt/b.txt": {"size": 9}, f"{root}/c.txt": {"size": 9}}

    def get_file(self, _name: str, local: str) -> None:
        Path(local).write_text(TEXT + local[-5:], encoding="utf-8")


def test_a_name_that_no_disk_takes_costs_that_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda _address: (OddStore(), "bucket/talks"))
    found = read_sources("odd://bucket/talks")
    assert [t.transcript_id for t in found.transcripts] == ["a", "c"]
    assert [w.source for w in found.warnings if w.code == "refused"] == ["a.txt/b.txt"]
