"""Linear algebra is held to one thread for the whole process: for as long as anybody needs it, and no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from jtbd_nlp.blas import one_thread


def held() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def elsewhere(do: Callable[[], object]) -> None:
    """Do it on a thread that is over then: while one that set a limit lives, no other may change it."""
    thread = threading.Thread(target=do)
    thread.start()
    thread.join()


@pytest.fixture
def before() -> Iterator[set[int]]:
    """Allow two threads, whatever the machine or the tests allow, and return what is allowed then."""
    np.ones((2, 2)) @ np.ones((2, 2))
    limits: list[Any] = []
    elsewhere(lambda: limits.append(threadpool_limits(limits=2, user_api="blas")))
    yield held()
    elsewhere(lambda: limits[0].restore_original_limits())


def test_whoever_is_inside_stays_on_one_thread_though_others_leave(before: set[int]) -> None:
    def work(number: int) -> set[int]:
        seen: set[int] = set()
        for _ in range(5):
            with one_thread():
                seen |= held()
                time.sleep(0.002 * number)
                seen |= held()
        return seen

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(work, (1, 2, 3))) == [{1}] * 3
    assert held() == before


def test_one_inside_another_and_an_error_give_back_what_was_set(before: set[int]) -> None:
    with pytest.raises(KeyError), one_thread():
        with one_thread():
            assert held() == {1}
        assert held() == {1}
        raise KeyError
    assert held() == before
