"""Candidates found on processes: the same bytes as in one process, also where one dies or foresaw wrongly."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

import jtbd_nlp
from jtbd_nlp import Config
from jtbd_nlp.drafting.finding import search
from jtbd_nlp.drafting.finding.sharing import Shares
from jtbd_nlp.drafting.finding.worded import Worded
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.study import FolderCache

SOME = ("01_plumber", "02_physio", "03_photographer")


class Wordless:
    """A cache that hides the words that sentences gave, so that every run searches anew."""

    def __init__(self, cache: FolderCache) -> None:
        self.cache = cache

    def get(self, key: str) -> Any:
        value = self.cache.get(key)
        return None if value is None or "worded" in value else value

    def put(self, key: str, value: Any) -> None:
        self.cache.put(key, value)


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("some")
    for path in sorted(samples.iterdir()):
        if path.stem in SOME:
            shutil.copy(path, target)
    return target


@pytest.fixture(scope="module")
def jobs_with(folder: Path, known: Callable[[], FolderCache]) -> Callable[[int], str]:
    """Mine with a number of threads; the models' work is known."""
    cache = known()

    def mined(threads: int) -> str:
        config = Config.from_dict({"embedding": {"threads": threads}})
        report = jtbd_nlp.mine(folder, config=config, progress=False, cache=Wordless(cache))
        return dumps(report.to_dict()["jobs"])

    return mined


@pytest.fixture(scope="module")
def expected(jobs_with: Callable[[int], str]) -> str:
    return jobs_with(1)


class Inline(Executor):
    """An executor that works at once, in this process, and counts."""

    submitted = 0
    dies_after = 10**9

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        type(self).submitted = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        type(self).submitted += 1
        if self.submitted > self.dies_after:
            raise BrokenExecutor("killed")
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> type[Inline]:
    monkeypatch.setattr(search, "LEAST_GROUPS", 0)
    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", Inline)
    return Inline


def test_processes_give_the_jobs_of_one_process(
    jobs_with: Callable[[int], str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LEAST_GROUPS", 0)
    assert '"motivation":' in expected
    assert jobs_with(2) == expected


def test_a_group_is_searched_again_where_the_foresight_was_wrong(
    jobs_with: Callable[[int], str], expected: str, inline: type[Inline], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs_with(2)
    once = inline.submitted
    monkeypatch.setattr(
        Shares, "will_be_open", lambda self, segment, group, now: now == group and self.is_open(segment, group)
    )
    assert jobs_with(2) == expected
    assert inline.submitted > once


def test_a_dead_process_costs_nothing_but_time(
    jobs_with: Callable[[int], str], expected: str, inline: type[Inline], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inline, "dies_after", 3)
    assert jobs_with(2) == expected


@pytest.mark.parametrize("why", ["daemon", "no semaphores"])
def test_where_no_process_may_start_none_is_missed(
    why: str, inline: type[Inline], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise OSError("no semaphores here")

    if why == "daemon":
        monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    else:
        monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", refused)
    plain = search.Search(lambda n: [], None, None, Worded())  # type: ignore[arg-type]
    with search.searching(plain, n_groups=100, processes=1) as chosen:
        assert chosen is plain


def test_what_groups_before_will_quote_counts_as_closed() -> None:
    shares = Shares([["a", "b", "c", "d", "e"], ["f", "g", "h", "i", "j"], ["k"]], [False, False, False])
    assert shares.is_open("a", 2)
    assert not shares.will_be_open("a", 2, now=0)
    assert shares.will_be_open("a", 2, now=2)
    assert shares.will_be_open("f", 0, now=0)
    assert shares.will_be_open("unowned", 2, now=0)


def test_no_process_is_started_where_most_sentences_were_worded_before(
    folder: Path, known: Callable[[], FolderCache], expected: str, inline: type[Inline]
) -> None:
    cache = known()
    config = Config.from_dict({"embedding": {"threads": 2}})
    jtbd_nlp.mine(folder, config=config, progress=False, cache=Wordless(cache))
    assert inline.submitted > 0
    inline.submitted = 0
    search.LEAST_GROUPS = 1  # of a group with new sentences; the fixture puts it back
    again = jtbd_nlp.mine(folder, config=config, progress=False, cache=cache)
    assert (inline.submitted, dumps(again.to_dict()["jobs"])) == (0, expected)


ORPHAN = """
import os
from jtbd_nlp.drafting.finding.search import _pool

pool = _pool(1)
print(pool.submit(os.getpid).result(), flush=True)
os._exit(0)  # as one that is killed: it tells nobody
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="a process there keeps the number of one that is gone as its parent"
)
def test_a_killed_run_leaves_no_process_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        worker = int(run.stdout.readline())  # and no further: one left behind would hold the pipe open
    for _ in range(300):
        if not _is_running(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker went on for 30 seconds")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")  # one that ended and whom nobody asked is still listed
    return not (status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z")
