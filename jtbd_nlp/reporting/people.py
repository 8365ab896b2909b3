"""Looks at people instead of jobs: a report in; stories, tests of who has which job, and people who left out.

The counting is in `jtbd_nlp.participants`; here stands what a report asks of it, and where it is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InvalidParameterError
from ..participants import AntiPersona, Stories, anti_personas, forces_matrix, profile
from ..participants.matrices import shown_by_job
from ..participants.profiles import MIN_GROUP, status_column, told_twice
from ..participants.stories import MIN_PARTICIPANTS, MIN_STORIES, group_shown
from .frames import extra_columns
from .listings import told_outside

if TYPE_CHECKING:
    import pandas as pd

    from .report import JobReport

MOST_PEOPLE = 60  # stories are a way to read some dozen interviews; a survey of hundreds is read by columns
MOST_TESTS = 2000  # tables of one page
CHANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Exact tests of one column: how many were made, and the ones that chance alone would seldom give."""

    n_tests: int
    found: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the participants level shows; ``why_none`` says why there are no stories, and is empty where there are.

    ``tests`` maps a column of the participants file to the number of exact tests that could be made, and to those
    whose p-value stays below .05 after Holm's correction, as (job id, group, p-value).
    """

    stories: Stories | None
    why_none: str
    tests: dict[str, Tests]
    left: tuple[AntiPersona, ...]


def people_of(report: JobReport) -> People:
    """Return stories, tests and people who left; the same for the same report."""
    stories, why_none = find_stories(report)
    return People(stories=stories, why_none=why_none, tests=dict(_tests(report)), left=_left(report))


def find_stories(report: JobReport) -> tuple[Stories | None, str]:
    """Return the participants grouped by the forces that moved them in which job, or None and why."""
    everybody = participants_of(report)
    if len(everybody) > MOST_PEOPLE:
        return None, f"Stories are sought in studies of up to {MOST_PEOPLE} participants."
    people, columns, shown = shown_by_job(report.jobs, everybody)
    found = group_shown(shown, people, columns)
    if found is not None:
        return found, ""
    if len(everybody) < MIN_PARTICIPANTS:
        return None, f"Stories need {MIN_PARTICIPANTS} participants or more; these are {len(everybody)}."
    return None, (
        "Too few participants share forces in the same jobs, nearly all of them share the same ones, or they make fewer "
        f"than {MIN_STORIES} groups of two or more."
    )


def participants_of(report: JobReport) -> list[str]:
    """Return the ids of all who spoke as participants, or are quoted."""
    spoken = {t.participant_id for x in report.transcripts for t in x.turns if t.role == "participant"}
    quoted = {person for job in report.jobs for person in job.participants}
    quoted |= {told.quote.participant_id for told in told_outside(report)}  # where the turns are not at hand
    return sorted(str(person) for person in spoken | quoted if person)


def forces_of_people(report: JobReport) -> pd.DataFrame:
    """Return how many passages of each force every participant said, in a job or in none: a row a participant."""
    import pandas as pd

    table = forces_matrix(report.jobs, participants_of(report))
    more = Counter((told.quote.participant_id, told.quote.force) for told in told_outside(report))
    outside = [[more[str(person), force] for force in table.columns] for person in table.index]
    return table.add(pd.DataFrame(outside, index=table.index, columns=table.columns, dtype="int64"))


def _tests(report: JobReport) -> Iterator[tuple[str, Tests]]:
    left = MOST_TESTS
    for column in extra_columns(report.participants):
        groups = {str(row[column]) for row in report.participants if row.get(column) not in (None, "")}
        left -= len(report.jobs) * len(groups)
        if left < 0 or len(groups) < 2 or len(report.participants) < 2 * MIN_GROUP:
            continue
        try:
            rows = profile(report.jobs, report.participants, column)
        except InvalidParameterError:
            continue  # one person with two values: there are no groups to compare
        tested = [(row.job_id, row.group, row.p_adjusted) for row in rows if row.p_adjusted is not None]
        yield column, Tests(n_tests=len(tested), found=tuple(row for row in tested if row[2] < CHANCE))


def _left(report: JobReport) -> tuple[AntiPersona, ...]:
    """Return who left, without the people whose rows give two statuses; `jtbd_nlp.mine` warns of these."""
    column = status_column(extra_columns(report.participants))
    if column is None:
        return ()
    doubtful = told_twice(report.participants, column)
    rows = [row for row in report.participants if str(row.get("participant_id")) not in doubtful]
    return tuple(anti_personas(report.jobs, rows, column=column)) if rows else ()
