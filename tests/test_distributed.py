"""Dask workers: the same bytes as the local engine, also when a worker is killed; a bad transcript is named."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import jtbd_nlp
from jtbd_nlp import Config
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
