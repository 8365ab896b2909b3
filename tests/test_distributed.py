"""Dask workers: the same bytes as the local engine, also when a worker is killed or sees no file; what fails is named."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

import jtbd_nlp
from jtbd_nlp import Config
from jtbd_nlp.distributed import connect
from jtbd_nlp.drafting.finding import search
from jtbd_nlp.errors import InvalidParameterError, JtbdError
from jtbd_nlp.ingestion import partitions, read_sources, sources
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.study import FolderCache

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")
CONFIG = Config()


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    """Two worker processes on this machine, which may be a busy one: only a dead worker is given up."""
    waits = {"distributed.comm.timeouts.connect": "600s", "distributed.comm.timeouts.tcp": "600s"}
    with (
        dask.config.set(waits),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("few")
    for path in sorted(samples.iterdir())[:7]:
        if path.is_file() and path.suffix in {".txt", ".md", ".vtt", ".json"} and path.name != "README.md":
            shutil.copy(path, target)
    return target


def saved(report: jtbd_nlp.JobReport, target: Path) -> bytes:
    return (report.save(target) / "report.json").read_bytes()


@pytest.mark.slow
def test_workers_give_the_bytes_of_the_local_engine_even_when_one_is_killed(
    client: object, folder: Path, tmp_path: Path, known: Callable[[], FolderCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtbd_nlp import distributed as ours

    monkeypatch.setattr(ours, "PARTITION_CHARS", 1)
    local = saved(jtbd_nlp.mine(folder, config=CONFIG, progress=False, cache=known()), tmp_path / "local")
    cache = FolderCache(tmp_path / "cache")

    def kill() -> None:
        time.sleep(1.0)
        pids = client.run(os.getpid)  # type: ignore[attr-defined]
        os.kill(sorted(pids.values())[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    spread = saved(jtbd_nlp.mine(folder, config=CONFIG, progress=False, engine=client, cache=cache), tmp_path / "dask")
    killer.join()
    assert spread == local


@pytest.mark.slow
def test_a_transcript_that_always_fails_is_named_and_the_rest_is_kept(client: object, folder: Path) -> None:
    from jtbd_nlp.analysis import Failure
    from jtbd_nlp.distributed import analyse_on

    transcripts = list(jtbd_nlp.read_transcripts(folder))
    broken = object.__new__(type(transcripts[0]))
    for name in transcripts[0].__dataclass_fields__:
        object.__setattr__(broken, name, getattr(transcripts[0], name))
    object.__setattr__(broken, "turns", None)  # no transcript that was read looks so: every analysis of it fails
    results = list(analyse_on(client, [broken, *transcripts[1:]], CONFIG))  # type: ignore[arg-type]
    assert [isinstance(r, Failure) for r in results] == [True, *[False] * (len(transcripts) - 1)]


def test_what_concerns_every_transcript_is_raised_as_on_this_machine() -> None:
    from jtbd_nlp.distributed import analyse_on
    from jtbd_nlp.errors import MissingExtraError, MissingModelError

    class Broken:
        """A client whose workers lack a model; the future of each task is the client itself."""

        def submit(self, *_: object, **__: object) -> Broken:
            return self

        def result(self) -> object:
            raise MissingModelError("minilm must be there, got none.")

    talk = jtbd_nlp.records.Transcript(transcript_id="t", source="t.txt", text="Hello.", turns=())
    with pytest.raises(MissingModelError):
        list(analyse_on(Broken(), [talk], CONFIG))  # type: ignore[arg-type]
    found = pickle.loads(pickle.dumps(MissingExtraError("fsspec", "remote")))
    assert (found.library, found.extra, str(found)) == ("fsspec", "remote", str(MissingExtraError("fsspec", "remote")))


class Watched:
    """A client that counts its tasks by name, and kills a worker right after the one of a name and number."""

    def __init__(self, client: Any, kills: tuple[str, int] | None = None) -> None:
        self.client, self.kills = client, kills
        self.names: list[str] = []

    def nthreads(self) -> Any:
        return self.client.nthreads()

    def get_versions(self, packages: list[str]) -> Any:
        return self.client.get_versions(packages=packages)

    def run(self, function: Callable[..., Any]) -> Any:
        return self.client.run(function)

    def submit(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        future = self.client.submit(function, *args, **kwargs)
        self.names.append(function.__name__)
        if self.kills == (function.__name__, self.names.count(function.__name__)):
            os.kill(next(iter(self.client.run(os.getpid).values())), signal.SIGKILL)
        return future


def ends_its_worker() -> Callable[..., Any]:
    def read_or_find(*_: object) -> None:  # a function inside a function is sent whole, not by the name of this file
        os._exit(1)

    return read_or_find


@pytest.fixture
def mixed(folder: Path, tmp_path: Path) -> Path:
    """Return a folder with transcripts, a table, a file that is no transcript, one cut short, and one there twice."""
    target = Path(shutil.copytree(folder, tmp_path / "mixed"))
    rows = "".join(f"{t},{s},{w}\n" for t in "ab" for s, w in (("Ann", "What do you do?"), ("Bob", "I sell tea.")))
    (target / "table.csv").write_text("interview,speaker,text\n" + rows)
    (target / "broken.docx").write_bytes(b"PK\x03\x04 cut short")
    (target / "empty.txt").write_bytes(b"")
    shutil.copy(target / "table.csv", target / "twice.csv")
    return target


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of files that this process reads; a partition is one file."""
    names: list[str] = []

    def noted(path: Path, given: partitions.Given) -> partitions.Read:
        names.append(path.name)
        return partitions.read_file(path, given)

    monkeypatch.setattr(sources, "read_file", noted)
    monkeypatch.setattr(partitions, "PARTITION_BYTES", 1)
    return names


def test_workers_read_the_files_and_give_what_is_read_here(client: Any, mixed: Path, read_here: list[str]) -> None:
    expected = read_sources(mixed)
    assert {"refused", "duplicate"} <= {warn.code for warn in expected.warnings}
    assert {"a", "b"} <= {t.transcript_id for t in expected.transcripts}
    read_here.clear()
    watched = Watched(client, kills=("read_partition", 2))
    assert read_sources(mixed, engine=watched) == expected  # type: ignore[arg-type]
    assert read_here == ["broken.docx", "empty.txt"], "files at fault alone, for their reasons"
    assert len(watched.names) > 2, "a file a task"
    files = sorted(mixed.iterdir(), reverse=True)
    assert read_sources(files, engine=client) == read_sources(files)


@pytest.mark.parametrize("why", ["another file there", "workers die of it"])
def test_what_workers_do_not_read_is_read_here(
    why: str,
    client: Any,
    mixed: Path,
    read_here: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "jtbd_nlp")
    expected = read_sources(mixed)
    names, read_here[:] = read_here[:], []
    if why == "workers die of it":
        monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 0)
        monkeypatch.setattr(partitions, "read_partition", ends_its_worker())
        monkeypatch.setattr(partitions, "PARTITION_BYTES", 10**9)
    else:
        monkeypatch.setattr(partitions, "_mark", lambda path: (1, 1))
    assert read_sources(mixed, engine=client) == expected
    assert read_here == names
    assert ("not read on the workers: KilledWorker" in caplog.text) == (why == "workers die of it")


def test_few_partitions_are_in_flight(mixed: Path, read_here: list[str]) -> None:
    class Still:
        """A client of one worker that does nothing; the future of each task is the client itself."""

        submitted = 0

        def nthreads(self) -> dict[str, int]:
            return {"worker": 1}

        def submit(self, *_: object, **__: object) -> Still:
            self.submitted += 1
            return self

        def result(self) -> object:
            return [None]

    client = Still()
    given = partitions.Given(name="a.txt", config=CONFIG.ingestion)
    reads = partitions.read_on(client, [(path, given) for path in sorted(mixed.iterdir())])  # type: ignore[arg-type]
    next(reads)
    assert client.submitted == partitions.WAITING + 1
    assert len(list(reads)) + 1 == client.submitted == len(list(mixed.iterdir()))


class Wordless(FolderCache):
    """A cache that hides the words that sentences gave, so that every run finds clauses anew."""

    def get(self, key: str) -> Any:
        value = super().get(key)
        return None if value is None or "worded" in value else value


@pytest.mark.slow
def test_workers_find_the_clauses_and_the_jobs_are_those_of_one_process(
    client: Any,
    folder: Path,
    known: Callable[[], FolderCache],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "jtbd_nlp")
    cache = Wordless(known().folder)
    alone = Config.from_dict({"embedding": {"threads": 1}})
    here: list[int] = []

    class Noted(search.Finder):
        def __init__(self, *args: Any) -> None:
            here.append(1)
            super().__init__(*args)

    def jobs(engine: Any = None) -> str:
        here.clear()
        report = jtbd_nlp.mine(folder, config=alone, progress=False, cache=cache, engine=engine)
        return dumps(report.to_dict()["jobs"])

    monkeypatch.setattr(search, "Finder", Noted)
    monkeypatch.setattr(search, "LEAST_GROUPS", 0)
    monkeypatch.setattr(search, "LEAST_ON_WORKERS", 0)
    expected = jobs()
    assert here
    watched = Watched(client, kills=("_find", 3))
    assert jobs(watched) == expected
    assert not here, "none was searched in this process"
    assert watched.names.count("_find") > 3
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 0)
    monkeypatch.setattr(search, "_find", ends_its_worker())
    assert jobs(client) == expected
    assert here, "what workers died of was searched here"
    assert "in one process from here on: KilledWorker" in caplog.text


def test_what_is_to_be_protected_is_read_where_the_run_was_called(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtbd_nlp import pipeline

    asked: list[object] = []

    def read(source: Any, *, engine: object, **more: Any) -> Any:
        asked.append(engine)
        return read_sources(source, **more)

    monkeypatch.setattr(pipeline, "read_sources", read)
    engine: Any = object()
    for privacy in ({}, {"pseudonymise": True}):
        pipeline._read(folder, None, Config.from_dict({"privacy": privacy}), engine, None)
    assert asked == [engine, None]


class Cluster:
    """A client that tells versions of its workers, and whose tasks end as they are told to."""

    status = "running"

    def __init__(self, versions: dict[str, dict[str, str | None]], *, late: bool = False, lost: bool = False) -> None:
        self.versions, self.lost, self.n_workers = versions, lost, 0 if late else len(versions)
        self.asked: list[object] = []

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(list(self.versions)[: self.n_workers], 1)

    def submit(self, function: object, *_: object, **__: object) -> Cluster:
        self.asked.append(function)
        return self

    def result(self) -> object:
        if self.lost:
            raise CancelledError("t1 cancelled for reason: scheduler-connection-lost.\nClient lost the connection.")
        self.n_workers = len(self.versions)
        return 0

    def run(self, _: object) -> dict[str, str | None]:
        return {address: v.get("jtbd_nlp", jtbd_nlp.__version__) for address, v in self.versions.items()}

    def get_versions(self, packages: list[str]) -> dict[str, object]:
        told = {address: {"packages": dict.fromkeys(packages, "1.0") | v} for address, v in self.versions.items()}
        return {"workers": told, "client": {"packages": dict.fromkeys(packages, "1.0")}}


def test_workers_with_another_version_or_none_are_refused_by_their_address() -> None:
    from jtbd_nlp.distributed import check_workers

    cluster = Cluster({"tcp://a": {}, "tcp://b": {"jtbd_nlp": "0.9"}, "tcp://c": {"jtbd_nlp": None}})
    with pytest.raises(JtbdError, match=r"must be \S+ as here, got 0\.9 on tcp://b, none on tcp://c\. Install"):
        jtbd_nlp.mine("nothing is read before", engine=cluster)  # type: ignore[arg-type]
    check_workers(Cluster({"tcp://a": {}}))  # type: ignore[arg-type]


def test_a_cluster_without_workers_is_given_a_task_so_that_it_grows_and_it_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from jtbd_nlp.distributed import check_workers

    cluster = Cluster({"tcp://a": {"numpy": "0.1"}}, late=True)
    check_workers(cluster)  # type: ignore[arg-type]
    assert cluster.asked == [int]
    assert "has no workers yet; waiting for one" in caplog.text
    assert "Dask workers have another numpy than is here" in caplog.text
    caplog.clear()
    check_workers(Cluster({"tcp://a": {}}))  # type: ignore[arg-type]
    assert not caplog.text


def test_workers_are_asked_for_the_code_that_they_run_even_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import cloudpickle

    from jtbd_nlp.distributed import _version_asker

    sent = cloudpickle.dumps(_version_asker())
    assert pickle.loads(sent)() == jtbd_nlp.__version__
    for name in ("jtbd_nlp", "jtbd_nlp.distributed"):
        monkeypatch.setitem(sys.modules, name, None)
    assert pickle.loads(sent)() is None


def test_a_scheduler_that_goes_away_before_the_workers_are_known_is_told() -> None:
    from jtbd_nlp.distributed import check_workers

    with pytest.raises(JtbdError, match="the Dask scheduler must stay until the run ends, got: "):
        check_workers(Cluster({"tcp://a": {}}, late=True, lost=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("when", ["while a task is out", "before"])
def test_a_scheduler_that_goes_away_ends_the_run_in_words(when: str) -> None:
    from jtbd_nlp.distributed import analyse_on

    cluster = Cluster({}, lost=True)
    cluster.status = "closed" if when == "before" else "running"
    talks = [jtbd_nlp.records.Transcript(transcript_id=i, source=i, text="Hello.", turns=()) for i in "ab"]
    with pytest.raises(JtbdError, match="the Dask scheduler must stay until the run ends, got: ") as told:
        list(analyse_on(cluster, talks, CONFIG))  # type: ignore[arg-type]
    assert len(str(told.value).splitlines()) == 1
    assert len(cluster.asked) == (0 if when == "before" else 1), "nothing is asked again"


@pytest.mark.parametrize("given", ["nonsense", "http://127.0.0.1:80", 8786, ""])
def test_what_is_no_address_is_refused_without_waiting(given: Any) -> None:
    with pytest.raises(
        InvalidParameterError, match=r"scheduler must be an address such as tcp://10\.0\.0\.1:8786, got"
    ):
        connect(given)
    with pytest.raises(InvalidParameterError, match="workers must be 1 or more, got 0"):
        connect(workers=0)


def test_a_failed_transcript_is_named_by_its_id_and_not_called_silent() -> None:
    from jtbd_nlp.analysis import StudyAnalysis, failure_of
    from jtbd_nlp.clustering import Clustering
    from jtbd_nlp.finishing import result_warnings

    talks = [jtbd_nlp.records.Transcript(transcript_id=i, source="all.jsonl", text="Hello.", turns=()) for i in "ab"]
    study = StudyAnalysis([failure_of(talks[0], OSError("first line\nsecond")), failure_of(talks[1], MemoryError())])
    nothing = Clustering(labels=[], warnings=())  # type: ignore[arg-type]
    told = [(w.code, w.message) for w in result_warnings(nothing, study, talks)]
    assert [code for code, _ in told] == ["failed", "failed"]
    assert told[0][1].startswith("all.jsonl (a): could not be analysed, and nothing in it is evidence (OSError: first")
    assert "(MemoryError: no message)" in told[1][1]
