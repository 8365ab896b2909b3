"""Finds the passage that somebody means by some of its words: a study and words in, one quote out, or what could be meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..records import Quote
    from ..reporting import JobReport
    from ..study import Study

_LISTED = 6  # passages that an error shows ...
_CHARS = 90  # ... and how much of each


def find_passage(study: Study, job_id: str | None, words: str) -> Quote:
    """Return the one passage that holds the words.

    Parameters
    ----------
    study : Study
        One that was mined.
    job_id : str or None
        Where to look; None looks at the quotes of all jobs and at what is in none.
    words : str
        As they were said, capitals and all.

    Returns
    -------
    Quote

    Raises
    ------
    InvalidParameterError
        If there is no such job, or none or several passages hold the words; they are listed.
    """
    from ..errors import InvalidParameterError

    report = study.report
    if job_id is not None and job_id not in {job.job_id for job in report.jobs}:
        raise InvalidParameterError(f"job must be one of the last report, got {job_id!r}. See: jtbd-nlp jobs STUDY")
    found: dict[object, tuple[str, Quote]] = {}
    for where, quote in _passages(report):
        if words in quote.text and job_id in (None, where):  # an edit is about a whole sentence
            found.setdefault(quote.segment_id or (quote.transcript_id, quote.start_char), (where, quote))
    if len(found) != 1:
        raise InvalidParameterError(
            f"--quote must be words of exactly one passage of {job_id or 'the report'}, got {words!r}, "
            f"found in {len(found)}{_listed([*found.values()])}. Give more or other words."
        )
    return next(iter(found.values()))[1]


def _passages(report: JobReport) -> Iterator[tuple[str, Quote]]:
    """Yield all that can be named, with the job that holds it: quotes of jobs, then what is in none."""
    from ..reporting.listings import told_outside

    for job in report.jobs:
        yield from ((job.job_id, quote) for quote in job.quotes)
    yield from (("no job", quote) for quote in report.unclustered)
    yield from (("no job", wish.quote) for wish in report.wishes)
    yield from (("no job", told.quote) for told in told_outside(report))


def _listed(found: list[tuple[str, Quote]]) -> str:
    more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    shown = "; ".join([*(_shown(where, quote) for where, quote in found[:_LISTED]), *more])
    return f": {shown}" if shown else ""


def _shown(where: str, quote: Quote) -> str:
    words = quote.text if len(quote.text) <= _CHARS else quote.text[: _CHARS - 1] + "…"
    return f"“{words}” ({quote.participant_id}, {quote.transcript_id}, {where})"
