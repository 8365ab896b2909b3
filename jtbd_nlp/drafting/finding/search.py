"""Finds the candidates of many groups, in processes or on Dask workers where there are enough: a parser keeps one core.

A job depends on those before it: they close passages. So a worker is told what the jobs still in work will have closed,
which is nearly always right; where it was not, that one group is searched again. The result is that of one process, also
where workers are lost: what is left is then searched here.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .candidates import Candidate, Evidence
from .finder import MAX_PARSED, Beside, Finder
from .worded import Asked, Worded

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from distributed import Client

    from ...context import Material
    from .sharing import Shares

LEAST_GROUPS = 40  # with many sentences not worded before; below, starting a process costs more than it saves
LEAST_ON_WORKERS = 100  # on Dask, where every worker has the parser to load: below, processes here are used there too
AHEAD = 3  # groups in work or waiting, for each process
MOST_AHEAD = 48  # and for all: of groups further off less is known that jobs before them will have closed

_log = logging.getLogger("jtbd_nlp")

Found = dict[str, list[Candidate]]


class _Answer(NamedTuple):
    found: Found
    asked: frozenset[str]  # segments that might have been closed
    worded: dict[str, Asked]


class _Promised(Protocol):
    """A future, of an executor or of Dask."""

    def result(self) -> _Answer: ...


class _Task(NamedTuple):
    evidence: list[Evidence]
    closed: frozenset[str]
    answer: _Promised


Submit = Callable[..., _Promised]


class Search:
    """Gives the candidates of one group after the other.

    Parameters
    ----------
    evidence_of : callable
        Number of a group to its passages, as far as it still has them.
    material : Material
        The study.
    shares : Shares
        What the jobs drafted so far have closed.
    worded : Worded
        What sentences gave before; grows.
    """

    def __init__(
        self, evidence_of: Callable[[int], list[Evidence]], material: Material, shares: Shares, worded: Worded
    ) -> None:
        self.evidence_of = evidence_of
        self.material = material
        self.shares = shares
        self.worded = worded

    def is_new(self, number: int) -> bool:
        """Tell whether most sentences of a group that the parser is to see were not worded before."""
        first = self.evidence_of(number)[:MAX_PARSED]
        return 2 * sum(bool(self.worded.of(e.segment, e.tags)) for e in first) <= len(first)

    def find(self, number: int) -> tuple[list[Evidence], Found]:
        """Return the passages of a group and its candidates by slot; groups are asked for in order."""
        return self._searched(number, lambda segment_id: self.shares.is_open(segment_id, number))

    def foretell(self, number: int, now: int) -> tuple[list[Evidence], Found]:
        """Return what `find` will most likely give for a group, while the one with the number ``now`` is asked for next."""
        return self._searched(number, lambda segment_id: self.shares.will_be_open(segment_id, number, now))

    def _searched(self, number: int, may_take: Callable[[str], bool]) -> tuple[list[Evidence], Found]:
        evidence = self.evidence_of(number)
        return evidence, Finder(evidence, self.material, may_take, self.worded).find()


class _SpreadSearch(Search):
    """The same, with the groups after the one asked for in work elsewhere."""

    def __init__(self, plain: Search, submit: Submit, n_groups: int, workers: int) -> None:
        super().__init__(plain.evidence_of, plain.material, plain.shares, plain.worded)
        self._submit, self._rest = submit, deque(range(n_groups))
        self._ahead = 1 + min(AHEAD * workers, MOST_AHEAD)
        self._tasks: deque[_Task] = deque()
        self._broken = False

    def find(self, number: int) -> tuple[list[Evidence], Found]:
        if self._broken:
            return super().find(number)
        try:
            self._give_out(number, number)
            return self._found(number)
        except Exception as error:  # noqa: BLE001 - a fault of ours shows when the group is searched here
            self._give_up(error)
            return super().find(number)

    def foretell(self, number: int, now: int) -> tuple[list[Evidence], Found]:
        if self._broken:
            return super().foretell(number, now)
        try:
            self._give_out(number, now)
            task = self._tasks[number - now]
            return task.evidence, self._taken(task).found
        except Exception as error:  # noqa: BLE001 - as above
            self._give_up(error)
            return super().foretell(number, now)

    def _give_up(self, error: Exception) -> None:
        """Do what is left here: a process was killed, or may not start, or a task took too many workers down with it."""
        _log.debug("groups are searched in one process from here on: %s", type(error).__name__)
        self._broken = True
        self._tasks.clear()  # Dask forgets tasks that nobody waits for

    def _give_out(self, number: int, now: int) -> None:
        while self._rest and self._rest[0] < number + self._ahead:
            self._tasks.append(self._task(self._rest.popleft(), now))

    def _found(self, number: int) -> tuple[list[Evidence], Found]:
        task = self._tasks.popleft()
        answer = self._taken(task)
        evidence = self.evidence_of(number)
        if evidence != task.evidence or any((s in task.closed) == self.shares.is_open(s, number) for s in answer.asked):
            answer = self._taken(self._task(number, number))
        return evidence, answer.found

    def _taken(self, task: _Task) -> _Answer:
        """Wait for an answer, and note what its sentences gave."""
        answer = task.answer.result()
        for segment_id, asked in answer.worded.items():
            self.worded.of(self.material.segments[segment_id], self.material.tags_of(segment_id)).update(asked)
        return answer

    def _task(self, number: int, now: int) -> _Task:
        """Give out a group while the one with the number ``now`` is to be drafted next."""
        evidence = self.evidence_of(number)
        keys = {(e.segment.transcript_id, e.segment.turn_index) for e in evidence}
        turns = {key: self.material.turns[key] for key in sorted(keys)}
        ids = [s.segment_id for turn in turns.values() for s in turn]
        tags = {i: self.material.tags[i] for i in ids if i in self.material.tags}
        closed = frozenset(i for i in ids if not self.shares.will_be_open(i, number, now))
        worded = self.worded.part((s, self.material.tags_of(s.segment_id)) for turn in turns.values() for s in turn)
        answer = self._submit(_find, evidence, Beside(turns=turns, tags=tags, worded=worded), closed)
        return _Task(evidence, closed, answer)


def _find(evidence: list[Evidence], beside: Beside, closed: frozenset[str]) -> _Answer:
    """Search one group in a worker; return also which segments it asked about, and what was worded."""
    asked: set[str] = set()

    def may_take(segment_id: str) -> bool:
        asked.add(segment_id)
        return segment_id not in closed

    found = Finder(evidence, beside, may_take, beside.worded).find()
    return _Answer(found, frozenset(asked), beside.worded.news())


@contextmanager
def searching(plain: Search, n_groups: int, processes: int, engine: Client | None = None) -> Iterator[Search]:
    """Hand out a search that works ahead on processes or workers where that pays; processes are ended afterwards.

    Parameters
    ----------
    plain : Search
        The one for a single process.
    n_groups : int
        How many it will be asked for.
    processes : int
        Besides this one; 0 starts none.
    engine : distributed.Client or None, default=None
        Its workers search in place of processes here where there are `LEAST_ON_WORKERS` groups.
    """
    client = engine if n_groups >= LEAST_ON_WORKERS else None
    worth = (
        (client is not None or processes)
        and n_groups >= LEAST_GROUPS
        and sum(map(plain.is_new, range(n_groups))) >= LEAST_GROUPS
    )
    if worth and client is not None:
        # not through its executor, whose futures pass on no error of fetching a result that is lost with its worker
        submit = partial(client.submit, pure=False)  # a key of its own: no task is taken for another one
        yield _SpreadSearch(plain, submit, n_groups, max(1, len(client.nthreads())))
        return
    pool = _pool(processes) if worth else None
    if pool is None:
        yield plain
        return
    with pool:
        yield _SpreadSearch(plain, pool.submit, n_groups, processes)


def _pool(processes: int) -> Executor | None:
    """Return a pool, or None where there can be none: below a daemon, as in Dask's workers, or without semaphores."""
    from multiprocessing import current_process

    if current_process().daemon:
        return None
    try:
        from joblib.externals.loky import ProcessPoolExecutor  # unlike the standard one it never runs the user's script

        pool: Executor = ProcessPoolExecutor(processes, initializer=_alone, initargs=(os.getpid(),))
    except (ImportError, OSError, NotImplementedError):
        return None
    return pool


def _alone(parent: int) -> None:
    from ... import language

    language.own_process = True  # nothing else runs in this process
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once the one that started it is gone: killed, it cannot tell, and work would be waited for for ever."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
