"""Asks the models on a thread ahead of the drafting, which so finds that they know their answers.

Parser and rules keep one core busy, the models can use the others; and the clauses of several groups fill the models' runs
better than those of one. A job depends on those before it, but what a model says of a text depends on that text alone. So
while some groups are searched, those before them are drafted as if no job came before; that draft is thrown away. Where it
would have asked something else, the models are asked when the group is drafted in its turn.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..finding.candidates import Evidence
from ..finding.search import Found, Search

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_log = logging.getLogger("jtbd_nlp")

PART = 6  # groups asked for together: enough to fill runs, few enough that the thread starts early

Ask = Callable[[Sequence[tuple[list[Evidence], Found]]], None]


class Ahead:
    """Gives the candidates of one group after the other, those of the groups after it being asked about meanwhile.

    Parameters
    ----------
    search : Search
        What finds them.
    ask : callable
        Asks the models what drafting some groups will.
    n_groups : int
        How many there are.
    pool : Executor
        Of one thread.
    """

    def __init__(self, search: Search, ask: Ask, n_groups: int, pool: Executor) -> None:
        self._search, self._ask, self._pool = search, ask, pool
        self._parts = deque(range(start, min(start + PART, n_groups)) for start in range(0, n_groups, PART))
        self._asked: deque[Future[None]] = deque()

    def find(self, number: int) -> tuple[list[Evidence], Found]:
        """Return what `Search.find` does; groups are asked for in order."""
        if number % PART == 0:
            while self._parts and len(self._asked) < 2:
                part = [self._search.foretell(n, number) for n in self._parts.popleft()]
                self._asked.append(self._pool.submit(self._ask, part))
            error = self._asked.popleft().exception()  # waits; what failed there is asked here again, and told of here
            if error is not None:
                _log.debug("asking ahead failed: %s", type(error).__name__)
        return self._search.find(number)


@contextmanager
def asking_ahead(search: Search, ask: Ask, n_groups: int) -> Iterator[Ahead | Search]:
    """Hand out a search that asks ahead, unless all sentences were worded before: then the models know them too.

    Parameters
    ----------
    search : Search
        What finds the candidates.
    ask : callable
        Gets passages and candidates of some groups, on a thread of its own; what it returns is not used.
    n_groups : int
        How many will be asked for.
    """
    if n_groups < 2 or not any(map(search.is_new, range(n_groups))):
        yield search
        return
    with ThreadPoolExecutor(1) as pool:
        try:
            yield Ahead(search, ask, n_groups, pool)
        finally:
            pool.shutdown(cancel_futures=True)  # whoever stops a run waits for no more than what is being asked
