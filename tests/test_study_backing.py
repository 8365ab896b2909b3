"""What a person does in a study against where the machine puts passages: edits of words, of passages, and links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from jtbd_nlp import JobReport, mine
from jtbd_nlp.config import Config
from jtbd_nlp.records import Job, Quote
from jtbd_nlp.study import FolderCache
from jtbd_nlp.study.applying import Curator
from jtbd_nlp.study.checking import QuoteKey
from jtbd_nlp.study.curation import Edit
from jtbd_nlp.study.ledger import Ledger

Run = Callable[[Sequence[Edit], Ledger], tuple[JobReport, Ledger]]


@pytest.fixture(scope="module")
def run(known: Callable[[], FolderCache]) -> Run:
    cache = known()
    config = Config.from_dict({"clustering": {"resamples": 0}}, origin="test")

    def again(edits: Sequence[Edit], ledger: Ledger) -> tuple[JobReport, Ledger]:
        curator = Curator(edits, ledger)
        return mine("data/samples", config=config, progress=False, cache=cache, curator=curator), curator.ledger

    return again


@pytest.fixture(scope="module")
def first(run: Run) -> tuple[JobReport, Ledger]:
    return run([], Ledger())


def key(quote: Quote) -> QuoteKey:
    return QuoteKey(quote.transcript_id, quote.start_char, quote.end_char, quote.text)


def holders(report: JobReport, quote: Quote) -> list[str]:
    return [job.job_id for job in report.jobs if quote.segment_id in {q.segment_id for q in job.quotes}]


def beside(job: Job, n: int) -> list[Quote]:
    return [q for q in job.quotes if q.support is not None][:n]


def test_a_review_changes_no_job(run: Run, first: tuple[JobReport, Ledger]) -> None:
    report, ledger = first
    marks = [
        Edit(edit_id=f"E-{n:08x}", op="review", jobs=(job.job_id,), reviewed=True) for n, job in enumerate(report.jobs)
    ]
    reviewed, _ = run(marks, ledger)
    # the big jobs come from the clustering, which is told to keep together what was reviewed
    plain = [replace(job, edits=(), big_job=None) for job in reviewed.jobs]
    assert plain == [replace(job, big_job=None) for job in report.jobs]


def test_a_quote_that_was_left_out_of_a_job_stays_out(run: Run, first: tuple[JobReport, Ledger]) -> None:
    report, ledger = first
    job = report.jobs[1]
    quote = beside(job, 1)[0]
    out, _ = run([Edit(edit_id="E-00000001", op="exclude", jobs=(job.job_id,), quotes=(key(quote),))], ledger)
    assert holders(out, quote) == []
    assert quote.segment_id in {q.segment_id for q in out.unclustered}


def test_what_is_linked_stays_together(run: Run, first: tuple[JobReport, Ledger]) -> None:
    report, ledger = first
    job = report.jobs[1]
    pair = beside(job, 2)
    linked, _ = run([Edit(edit_id="E-00000002", op="must_link", quotes=tuple(map(key, pair)))], ledger)
    assert holders(linked, pair[0]) == holders(linked, pair[1]) == [job.job_id]


def test_a_merge_has_the_quotes_of_both_changes_no_other_job_and_can_be_undone(
    run: Run, first: tuple[JobReport, Ledger]
) -> None:
    report, ledger = first
    one, other, *rest = report.jobs
    merged, after = run([Edit(edit_id="E-00000003", op="merge", jobs=(one.job_id, other.job_id))], ledger)
    found = {job.job_id: job for job in merged.jobs}
    both = {q.segment_id for job in (one, other) for q in job.quotes}
    assert both <= {q.segment_id for q in found[one.job_id].quotes}
    assert [found[job.job_id].statement for job in rest] == [job.statement for job in rest]
    assert run([], after)[0].jobs == report.jobs
