"""Jobs in, tables out: who shows which force in which job, and who has which job. A row per participant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..records import FORCES, Job, Quote

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def jobs_matrix(jobs: Sequence[Job], participants: Iterable[str] | None = None) -> pd.DataFrame:
    """Return how many passages of each job every participant said.

    Parameters
    ----------
    jobs : Sequence[Job]
    participants : Iterable[str] or None, default=None
        All people of the study, so that those without a job have their row of zeros; None takes those in the jobs.

    Returns
    -------
    DataFrame of shape (n_participants, n_jobs), int
        Sorted by participant; columns are job ids in the order of the jobs. A participant of a job without a quote of
        their own counts 1.
    """
    # words that bear two slots are quoted for each, and are one passage
    said = {
        (q.participant_id, j.job_id, q.transcript_id, q.start_char, q.end_char) for j in jobs for q in support_quotes(j)
    }
    counts = Counter((person, job_id) for person, job_id, *_ in said)
    for job in jobs:
        for person in job.participants:
            counts[person, job.job_id] = max(1, counts[person, job.job_id])
    return _table(counts, _people(jobs, participants), [j.job_id for j in jobs])


def forces_matrix(
    jobs: Sequence[Job], participants: Iterable[str] | None = None, *, by_job: bool = False
) -> pd.DataFrame:
    """Return how many passages of each force every participant said.

    Parameters
    ----------
    jobs : Sequence[Job]
    participants : Iterable[str] or None, default=None
        All people of the study; None takes those in the jobs.
    by_job : bool, default=False
        True: a column for each force of each job, named ``"J-1 push"``, without columns that are all zero; this is the
        matrix that stories are found in. False: one column for each force.

    Returns
    -------
    DataFrame of shape (n_participants, n_columns), int
        Sorted by participant. A passage that several jobs quote counts once in the table of four forces.
    """
    people = _people(jobs, participants)
    if by_job:
        table = _table(_by_job(jobs), people, [f"{j.job_id} {f}" for j in jobs for f in FORCES])
        return table.loc[:, (table != 0).any(axis=0)]
    said = {(q.participant_id, force, q.transcript_id, q.start_char) for j in jobs for force, q in _forces(j)}
    return _table(Counter((p, f) for p, f, _, _ in said), people, list(FORCES))


def shown_by_job(jobs: Sequence[Job], participants: Iterable[str]) -> tuple[list[str], list[str], np.ndarray]:
    """Return people, columns and whether each cell of ``forces_matrix(by_job=True)`` is above 0; both sorted, no pandas."""
    import numpy as np

    counts = _by_job(jobs)
    people, columns = _people(jobs, participants), sorted({column for _, column in counts})
    shown = np.array([[(p, c) in counts for c in columns] for p in people], dtype=bool)
    return people, columns, shown.reshape(len(people), len(columns))


def _by_job(jobs: Sequence[Job]) -> Counter[tuple[str, str]]:
    return Counter((q.participant_id, f"{j.job_id} {force}") for j in jobs for force, q in _forces(j))


def support_quotes(job: Job) -> tuple[Quote, ...]:
    """Return a job's quotes that bear it: without counter-evidence, and without what was only told nearby."""
    return tuple(q for q in job.quotes if q.role == "support" and not q.is_weak)


def _forces(job: Job) -> Iterator[tuple[str, Quote]]:
    for force in FORCES:
        for quote in job.forces.get(force, ()):
            yield force, quote


def _people(jobs: Sequence[Job], participants: Iterable[str] | None) -> list[str]:
    named = {p for j in jobs for p in j.participants} | {q.participant_id for j in jobs for q in support_quotes(j)}
    return sorted(named | set(participants or ()))


def _table(counts: Counter[tuple[str, str]], people: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    rows = [[counts[person, column] for column in columns] for person in people]
    table = pd.DataFrame(rows, index=list(people), columns=list(columns), dtype="int64")
    return table.rename_axis(index="participant_id")
