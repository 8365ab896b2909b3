"""Keeps linear algebra on one thread for a while.

Its sums then have one order, whatever the machine; and no threads spin idly, which takes longer than these products do.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# the limit is the whole process's, and threadpoolctl lets only the thread that set it change it: so one after the other
_turn = threading.RLock()


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold numpy and scipy, as far as they are loaded, to one thread, and give back what was set before.

    Another thread that asks for the same waits until the first has left: else the first to leave would free the other.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with _turn, threadpool_limits(limits=1, user_api="blas"):
        yield
