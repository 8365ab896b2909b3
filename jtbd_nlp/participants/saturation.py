"""Whether new interviews still bring new jobs: the curve of jobs over interviews, with a band over their orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..errors import InvalidParameterError
from ..records import Job
from .matrices import support_quotes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ORDERS = 500


def saturation(
    jobs: Sequence[Job], transcript_ids: Sequence[str], *, min_interviews: int = 1, orders: int = ORDERS, seed: int = 0
) -> pd.DataFrame:
    """Return how many jobs are known after each number of interviews.

    Parameters
    ----------
    jobs : Sequence[Job]
        Found in all interviews together; the curve asks when each would have been heard, and does not mine anew.
    transcript_ids : Sequence[str]
        All interviews, those without a job among them.
    min_interviews : int, default=1
        Interviews that must tell of a job before it counts as known; 2 shows when jobs get a second voice.
    orders : int, default=500
        Seeded random orders of the interviews.
    seed : int, default=0

    Returns
    -------
    DataFrame of shape (n_transcripts, 5)
        ``n_interviews`` from 1, ``mean`` known jobs, ``low`` and ``high`` (5th and 95th of 100 orders), and ``new``,
        the mean number of jobs that the interview brings. Empty without interviews.

    Raises
    ------
    InvalidParameterError
        If ``orders`` or ``min_interviews`` is below 1.
    """
    import numpy as np
    import pandas as pd

    if orders < 1 or min_interviews < 1:
        raise InvalidParameterError(
            f"orders and min_interviews must be 1 or more, got {orders!r} and {min_interviews!r}. Leave them out."
        )
    names = sorted(set(transcript_ids))
    columns = ["n_interviews", "mean", "low", "high", "new"]
    if not names:
        return pd.DataFrame(columns=columns)
    known = _known_in_orders(jobs, names, min_interviews, orders, seed)
    mean = known.mean(axis=0)
    return pd.DataFrame(
        {
            "n_interviews": np.arange(1, len(names) + 1),
            "mean": mean.round(4),
            "low": np.quantile(known, 0.05, axis=0, method="nearest"),
            "high": np.quantile(known, 0.95, axis=0, method="nearest"),
            "new": np.diff(mean, prepend=0.0).round(4),
        },
        columns=columns,
    )


def mean_known(jobs: Sequence[Job], transcript_ids: Sequence[str]) -> list[float]:
    """Return the column ``mean`` of `saturation`: a run needs no more of it, and so no pandas, slow to import."""
    names = sorted(set(transcript_ids))
    mean: list[float] = _known_in_orders(jobs, names, 1, ORDERS, 0).mean(axis=0).round(4).tolist() if names else []
    return mean


def _known_in_orders(
    jobs: Sequence[Job], names: Sequence[str], min_interviews: int, orders: int, seed: int
) -> np.ndarray:
    """Return the number of jobs known after each interview, a row for each of some seeded orders."""
    import numpy as np

    told = _told(jobs, {name: i for i, name in enumerate(names)})
    rng = np.random.default_rng(seed)
    return _known(told, np.array([rng.permutation(len(names)) for _ in range(orders)]), min_interviews)


def _told(jobs: Sequence[Job], index_of: Mapping[str, int]) -> list[list[int]]:
    """Return for each job the indices of the interviews that tell of it."""
    found = [
        sorted({index_of[q.transcript_id] for q in support_quotes(j) if q.transcript_id in index_of}) for j in jobs
    ]
    return [rows for rows in found if rows]


def _known(told: Sequence[Sequence[int]], orders: np.ndarray, min_interviews: int) -> np.ndarray:
    """Return the number of jobs known after each interview of each order, an array of the shape of ``orders``."""
    import numpy as np

    place = orders.argsort(axis=1)
    new = np.zeros_like(place)
    for rows in told:
        if len(rows) >= min_interviews:
            heard = np.partition(place[:, rows], min_interviews - 1, axis=1)[:, min_interviews - 1]
            new[np.arange(len(new)), heard] += 1
    known: np.ndarray = new.cumsum(axis=1)
    return known
