"""Parquet and addresses: the same transcripts as from files on this machine; what cannot be fetched is named."""

from __future__ import annotations

import json
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


LISTED = {"Transcript_ID": ["one", "two"], "cohort": ["b", "b"], "n": [1, None], "Turns": [TALK, TALK[:2]]}


@pytest.mark.parametrize("form", ["frame", "arrow", "JSON in cells", "fixed", "large"])
def test_a_cell_may_list_turns_in_any_way_of_a_store(form: str, tmp_path: Path) -> None:
    source: object = pd.DataFrame(LISTED)
    if form == "arrow":
        source = pa.table(LISTED)
    elif form == "JSON in cells":
        pd.DataFrame({**LISTED, "Turns": [json.dumps(t) for t in (TALK, TALK[:2])]}).to_csv(tmp_path / "x.csv")
        source = tmp_path
    elif form in ("fixed", "large"):
        item = pa.struct([("speaker", pa.string()), ("text", pa.string())])
        kind = pa.list_(item, 4) if form == "fixed" else pa.large_list(item)
        table = pa.table({**LISTED, "Turns": pa.array([TALK, TALK], kind)})
        pq.write_table(table, tmp_path / "x.parquet")
        source = tmp_path
    found = read_sources(source).transcripts
    assert [t.transcript_id for t in found] == ["one", "two"]
    assert [said(t) for t in found] == [EXPECTED, EXPECTED if form in ("fixed", "large") else EXPECTED[:2]]
    assert found[0].metadata["cohort"] == "b"


def test_ids_of_a_column_with_gaps_are_whole_numbers_and_others_have_their_place(tmp_path: Path) -> None:
    pd.DataFrame({"id": [7.0, None], "turns": [TALK, TALK]}).to_parquet(tmp_path / "x.parquet")
    assert [t.transcript_id for t in read_sources(tmp_path).transcripts] == ["7", "row 2"]


def test_an_empty_list_of_turns_is_refused_by_its_name() -> None:
    result = read_sources(pd.DataFrame({"id": ["none", "one", "gone"], "turns": [[], TALK, None]}))
    assert [t.transcript_id for t in result.transcripts] == ["one"]
    assert [w.message[:18] for w in result.warnings] == ["table (gone): must", "table (none): must"]


def test_text_that_a_store_keeps_as_bytes_is_text(tmp_path: Path) -> None:
    columns = {key: pa.array([turn[key].encode() for turn in TALK], pa.binary()) for key in ("speaker", "text")}
    pq.write_table(pa.table(columns), tmp_path / "x.parquet")
    (found,) = read_sources(tmp_path).transcripts
    assert said(found) == EXPECTED


def test_two_columns_of_one_name_keep_what_each_holds(tmp_path: Path) -> None:
    columns = [pa.array([turn[key] for turn in TALK]) for key in ("speaker", "text")]
    pq.write_table(pa.table([*columns, pa.array(["x"] * 4)], names=["speaker", "text", "text"]), tmp_path / "x.parquet")
    (found,) = read_sources(tmp_path).transcripts
    assert said(found) == EXPECTED


def test_passwords_and_signatures_of_an_address_are_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(address: str) -> None:
        raise ConnectionError(f"no answer from {address}")

    monkeypatch.setattr("fsspec.core.url_to_fs", unreachable)
    with pytest.raises(IngestionError) as told:
        read_sources("ftp://ann:hidden@host/talks?X-Signature=hidden&n=1")
    assert "hidden" not in str(told.value)
    assert "ftp://***@host/talks?***" in str(told.value)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("x" * 170 + " ftp://ann:hidden-and-long@host/talks", "x" * 170 + " ftp://***@host/talks"),
        ("from https://hidden@host/a", "from https://***@host/a"),  # a token stands without a colon
        ("from https://ann:hid@den@host/a", "from https://***@host/a"),
        ("url='https://host/a?sig=(x)hidden&n=1', no", "url='https://host/a?***', no"),
    ],
)
def test_what_an_error_says_is_masked_before_it_is_cut(monkeypatch: pytest.MonkeyPatch, said: str, told: str) -> None:
    def unreachable(_address: str) -> None:
        raise ConnectionError(said)

    monkeypatch.setattr("fsspec.core.url_to_fs", unreachable)
    with pytest.raises(IngestionError) as error:
        read_sources("ftp://host/talks")
    assert f"got ConnectionError: {told[:200]}. Check" in str(error.value)


class WebStore:
    """A folder of the web: names are percent-encoded addresses, without sizes; one file is too large, one name is a trap."""

    root = "http://host/a%20b/"
    names = ("?C=N;O=D", "%C3%BC.txt?sig=hidden", "big.txt", "%2Fup/%2e%2e/x.txt", "sub/?C=N;O=D", "sub/a.txt")

    find = None

    def ls(self, path: str, detail: bool) -> list[dict[str, object]]:
        if path != self.root:
            raise ConnectionError("no answer")
        found = [{"name": f"{path}{name}", "type": "file", "size": None} for name in self.names]
        return [*found, {"name": f"{path}more/", "type": "directory", "size": None}]

    def size(self, name: str) -> int:
        return 10**9 if "big" in name else 9

    def get_file(self, name: str, local: str) -> None:
        Path(local).write_text(f"{TEXT} {name}", encoding="utf-8")


def test_names_of_the_web_are_decoded_and_its_sizes_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda _address: (WebStore(), WebStore.root))
    result = read_sources("http://host/a%20b/")
    assert [t.source for t in result.transcripts] == ["sub/a.txt", "\u00fc.txt"]
    assert {w.source: w.message.partition(": ")[2][:20] for w in result.warnings} == {
        None: "no answer). Check it",
        "big.txt": "must be at most 200 ",
        "up/../x.txt": "has '..' in its name",
    }


class LockedStore(fsspec.AbstractFileSystem):  # type: ignore[misc]
    """A store that is walked folder by folder, as those of ssh and ftp are; one folder may not be looked into."""

    def ls(self, path: str, detail: bool = True, **_: object) -> list[dict[str, object]]:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        files = [{"name": "talks/one.txt", "type": "file", "size": 9}]
        return [*files, {"name": "talks/locked", "type": "directory", "size": 0}]

    def get_file(self, _name: str, local: str) -> None:
        Path(local).write_text(TEXT, encoding="utf-8")


def test_a_folder_at_an_address_that_cannot_be_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda _address: (LockedStore(), "talks"))
    result = read_sources("locked://talks")
    assert [t.transcript_id for t in result.transcripts] == ["one"]
    assert [w.message for w in result.warnings] == [
        "a folder at the address cannot be listed (PermissionError: Permission denied). Check its rights."
    ]


def test_what_is_told_of_a_copy_is_the_same_in_each_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda _address: (OddStore(), "bucket/talks"))
    assert read_sources("odd://bucket/talks").warnings == read_sources("odd://bucket/talks").warnings


def test_an_address_of_this_machine_is_read_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    local = fsspec.filesystem("file")
    monkeypatch.setattr(type(local), "get_file", None)
    result = read_sources(f"file://{tmp_path}")
    assert [t.transcript_id for t in result.transcripts] == ["one"]
    assert ["loop is a link to a folder" in w.message for w in result.warnings] == [True]


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("memory://study/*.txt", "Patterns are not filled in: name the folder."),
        ("s3://bucket/x", "Install what it names."),
    ],
)
def test_what_to_do_about_an_address_is_told(address: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(IngestionError) as told:
        read_sources(address)
    assert str(told.value).endswith(advice)
