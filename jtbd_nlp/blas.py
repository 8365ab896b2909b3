"""Keeps linear algebra on one thread for a while.

Its sums then have one order, whatever the machine; and no threads spin idly, which takes longer than these products do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold numpy and scipy, as far as they are loaded, to one thread, and give back what was set before."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    with threadpool_limits(limits=1, user_api="blas"):
        yield
