"""The story of a study, told through the report page in a real browser.

Eight interviews; in the page two jobs are merged, one is renamed, a quote is left out, one is pinned, one job is split;
four more interviews come; after the next run all edits and ids hold, the page shows them, and the diff is right.
Once in the page that `jtbd-nlp serve` shows, once in the file from disk, whose edits are downloaded and joined.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import Opened
from builders import interviews
from test_study_story import by_id

from jtbd_nlp.records import Job, Quote
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.serving import StudyServer
from jtbd_nlp.study import Study, diff_reports

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@contextmanager
def served(study: Study, browser: Any) -> Iterator[Opened]:
    """Show the study as `jtbd-nlp serve` does."""
    with StudyServer(study) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        opened = Opened(browser, server.url)
        opened.page.wait_for_selector(".item")
        yield opened
        assert opened.broken() == []
        opened.close()
        server.shutdown()
        thread.join(10)


class Targets:
    """What the story works on: five jobs of the first run, and the quotes."""

    def __init__(self, report: JobReport) -> None:
        self.first = by_id(report)
        self.merged, self.other, self.renamed, self.pinned, self.struck_of = (j.job_id for j in report.jobs[:5])
        rest = [job for job in report.jobs[5:] if len({q.segment_id for q in job.quotes}) > 2]
        self.parted = rest[0].job_id
        self.struck = alone(self.first[self.struck_of])
        self.pin = alone(self.first[self.pinned])
        self.leaving = alone(self.first[self.parted])


def alone(job: Job) -> Quote:
    """Return a quote whose sentence is quoted once in its job, so that its words name it on the page."""
    return next(q for q in job.quotes if sum(q.segment_id == other.segment_id for other in job.quotes) == 1)


def tell(page: Any, what: Targets) -> None:
    """Do the six edits as a person does them."""
    go(page, what.merged)
    page.click("button:text-is('Merge')")
    page.check(f"dialog input[value='{what.other}']")
    page.click("dialog button.primary")
    go(page, what.renamed)
    page.click("button:text-is('Rename')")
    page.fill("#field", "Named in the page")
    page.keyboard.press("Enter")
    go(page, what.struck_of)
    on_quote(page, what.struck, "Leave out")
    go(page, what.pinned)
    on_quote(page, what.pin, "Pin")
    go(page, what.parted)
    page.click("button:text-is('Split')")
    page.locator("dialog .choices label", has_text=what.leaving.text).first.locator("input").check()
    page.fill("#field", "Split in the page")
    page.click("dialog button.primary")


def go(page: Any, job_id: str) -> None:
    page.click(f".item[data-job='{job_id}']")
    assert page.inner_text(".detail .over code") == job_id


def on_quote(page: Any, quote: Quote, action: str) -> None:
    more = page.locator(".detail section:has(h3:text('Quotes')) > button.plain")
    if more.count():
        more.click()
    weak = page.locator(".detail details.weak:not([open]) > summary")
    if weak.count():
        weak.click()
    item = page.locator(".detail section:has(h3:text('Quotes')) .quote", has_text=quote.text).first
    item.hover()
    item.locator(f"button:text-is('{action}')").click()


def kept(report: JobReport, what: Targets) -> dict[str, Job]:
    """Check that every edit holds in a report, and return its jobs."""
    jobs = by_id(report)
    assert what.other not in jobs
    both = {q.segment_id for job_id in (what.merged, what.other) for q in what.first[job_id].quotes}
    assert both <= {q.segment_id for q in jobs[what.merged].quotes}
    assert jobs[what.renamed].name == "Named in the page"
    assert what.pin.segment_id in {q.segment_id for q in jobs[what.pinned].quotes}
    assert what.struck.segment_id not in {q.segment_id for q in jobs[what.struck_of].quotes}
    part = next(job for job in report.jobs if job.name == "Split in the page")
    assert what.leaving.segment_id in {q.segment_id for q in part.quotes}
    assert what.leaving.segment_id not in {q.segment_id for q in jobs[what.parted].quotes}
    marks = {job_id: " ".join(job.edits) for job_id, job in jobs.items()}
    assert "merge E-" in marks[what.merged] and "rename E-" in marks[what.renamed] and "pin E-" in marks[what.pinned]
    assert not [w for w in report.warnings if w.code.startswith("curation_")]
    return jobs


def shown(page: Any) -> dict[str, str]:
    """Return job id to name, as the list of the page has them."""
    page.wait_for_selector(".item[data-job]")
    found = page.eval_on_selector_all(
        ".item[data-job]", "all => all.map(e => [e.dataset.job, e.querySelector('.name').textContent])"
    )
    return dict(found)


def add_four(study: Study, samples: Path) -> None:
    for file in interviews(samples)[8:]:
        shutil.copy(file, study.folder / "transcripts")


def check_second_run(study: Study, edited: JobReport, what: Targets) -> JobReport:
    """Mine with four more interviews: edits and ids hold, and the diff says what changed, no more and no less."""
    assert study.changes().text() == "4 added, 0 changed, 0 removed, 8 as before"
    second = study.mine(progress=False)
    before, after = by_id(edited), kept(second, what)
    old = {job_id: {q.segment_id for q in job.quotes} for job_id, job in before.items()}
    new = {job_id: {q.segment_id for q in job.quotes} for job_id, job in after.items()}
    assert {what.merged, what.renamed, what.pinned, what.struck_of, what.parted} <= new.keys()
    diff = study.diff()
    assert diff.to_dict() == diff_reports(edited, second).to_dict()
    assert len(diff.transcripts["added"]) == 4
    assert {c.job_id for c in diff.new} == new.keys() - old.keys()
    assert {c.job_id for c in diff.lost} == old.keys() - new.keys()
    assert diff.new_quotes == len(set().union(*new.values()) - set().union(*old.values()))
    return second


def test_through_the_served_page(browser: Any, eight: Path, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(eight, folder)
    study = Study.open(folder)
    what = Targets(study.report)
    with served(study, browser) as opened:
        page = opened.page
        tell(page, what)
        names = shown(page)
        assert names[what.renamed] == "Named in the page" and what.other not in names
        page.keyboard.press("e")
        assert page.locator(".edits li").count() == 5
        page.click("text=Save to the study")
        page.wait_for_selector("text=5 edits saved in the study")
        assert [edit.op for edit in study.history()] == ["merge", "rename", "exclude", "pin", "split"]
        edited = study.mine(progress=False)
        kept(edited, what)
        assert [(c.job_id, c.others) for c in study.diff().merged] == [(what.merged, (what.other,))]
        assert [(c.job_id, len(c.others)) for c in study.diff().split] == [(what.parted, 1)]
        add_four(study, samples)
        second = check_second_run(study, edited, what)
        page.reload()
        assert shown(page) == {job.job_id: job.name for job in second.jobs}
        assert "12 interviews" in page.inner_text("#top")
        go(page, what.merged)
        assert "merge E-" in page.inner_text(".detail .history")
        assert opened.dialogs == []
        take_back_the_merge(page, study, what)


def test_links_made_in_the_page_hold_in_the_next_run(browser: Any, eight: Path, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(eight, folder)
    study = Study.open(folder)
    one, other, loose = study.report.jobs[:3]
    near, far = alone(one), alone(other)
    stays, leaves = two_passages(loose)
    with served(study, browser) as opened:
        page = opened.page
        go(page, one.job_id)
        on_quote(page, near, "Together or apart")
        go(page, other.job_id)
        on_quote(page, far, "Keep together")
        go(page, loose.job_id)
        on_quote(page, stays, "Together or apart")
        on_quote(page, leaves, "Keep apart")
        page.keyboard.press("e")
        page.click("text=Save to the study")
        page.wait_for_selector("text=2 edits saved in the study")
    assert [edit.op for edit in study.history()] == ["must_link", "cannot_link"]
    mined = study.mine(progress=False)
    assert job_of(mined, near) == job_of(mined, far) is not None
    assert are_apart(mined, stays, leaves)
    add_four(study, samples)
    again = study.mine(progress=False)
    assert job_of(again, near) == job_of(again, far) is not None
    assert are_apart(again, stays, leaves)


def two_passages(job: Job) -> tuple[Quote, Quote]:
    """Return quotes of two sentences of a job, each quoted once."""
    once = [q for q in job.quotes if sum(q.segment_id == other.segment_id for other in job.quotes) == 1]
    return once[0], once[1]


def job_of(report: JobReport, quote: Quote) -> str | None:
    return next((j.job_id for j in report.jobs if quote.segment_id in {q.segment_id for q in j.quotes}), None)


def are_apart(report: JobReport, one: Quote, other: Quote) -> bool:
    """Tell whether no job holds both; a job that lost its goal with one of them may be gone."""
    return job_of(report, one) is None or job_of(report, one) != job_of(report, other)


def take_back_the_merge(page: Any, study: Study, what: Targets) -> None:
    """Undo in the page parts again what was merged, with both ids as they were."""
    page.locator(".detail .history li", has_text="merge E-").locator("button").click()
    page.keyboard.press("e")
    page.click("text=Save to the study")
    page.wait_for_selector("text=1 edit saved in the study")
    assert study.history()[-1].op == "undo"
    assert {what.merged, what.other} <= by_id(study.mine(progress=False)).keys()


def test_through_the_file_from_disk(browser: Any, eight: Path, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(eight, folder)
    study = Study.open(folder)
    what = Targets(study.report)
    opened = Opened(browser, (folder / "results" / "report.html").as_uri())
    tell(opened.page, what)
    opened.page.keyboard.press("e")
    with opened.page.expect_download() as waiting:
        opened.page.click("text=Download curation.toml")
    waiting.value.save_as(tmp_path / "curation.toml")
    assert opened.broken() == []
    opened.close()
    assert len(study.add_edits(tmp_path / "curation.toml")) == 5
    assert study.add_edits(tmp_path / "curation.toml") == ()
    edited = study.mine(progress=False)
    kept(edited, what)
    add_four(study, samples)
    second = check_second_run(study, edited, what)
    again = Opened(browser, (folder / "results" / "report.html").as_uri())
    assert shown(again.page) == {job.job_id: job.name for job in second.jobs}
    go(again.page, what.renamed)
    assert again.page.locator(".detail h2 .flag.edited").count() == 1, "a person's name must be told from the machine's"
    take_back_from_disk(again, study, what, tmp_path / "undo.toml")


def take_back_from_disk(opened: Opened, study: Study, what: Targets, file: Path) -> None:
    """A page from disk downloads the undo of an edit that an earlier run applied."""
    page = opened.page
    page.locator(".detail .history li", has_text="rename E-").locator("button").click()
    assert "taken back with the next run" in page.inner_text(".detail .history")
    page.keyboard.press("e")
    with page.expect_download() as waiting:
        page.click("text=Download curation.toml")
    waiting.value.save_as(file)
    assert opened.broken() == []
    opened.close()
    assert [edit.op for edit in study.add_edits(file)] == ["undo"]
    assert by_id(study.mine(progress=False))[what.renamed].name != "Named in the page"
