"""The story of a study that lives, on our own samples: eight interviews, four edits, four more interviews."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import interviews

from jtbd_nlp.records import Job, Quote
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.study import Study, diff_reports


def place(quote: Quote) -> tuple[str, int, int]:
    return quote.transcript_id, quote.start_char, quote.end_char


def by_id(report: JobReport) -> dict[str, Job]:
    return {job.job_id: job for job in report.jobs}


class Story:
    """The two runs and what was done between them."""

    def __init__(self, folder: Path, samples: Path) -> None:
        self.study = Study.open(folder, by="Ada")
        self.first = self.study.report
        self.merged, self.other, self.renamed, self.pinned = (job.job_id for job in self.first.jobs[:4])
        self.struck = self.first.jobs[4].quotes[0]
        self.study.merge(self.merged, self.other)
        self.study.rename(self.renamed, "Named by Ada")
        self.study.exclude(self.struck)
        self.study.pin(self.pinned)
        self.edited = self.study.mine(progress=False)
        self.edited_diff = self.study.diff()
        ledger = self.study.state.ledger()
        for file in interviews(samples)[8:]:
            shutil.copy(file, folder / "transcripts")
        self.arrived = self.study.changes()
        self.second = self.study.mine(progress=False)
        self.known = (ledger, self.study.state.ledger())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, eight: Path, samples: Path) -> Story:
    return Story(shutil.copytree(eight, tmp_path_factory.mktemp("story") / "study"), samples)


@pytest.mark.slow
def test_all_edits_hold_before_and_after_four_more_interviews(story: Story) -> None:
    first = by_id(story.first)
    for report in (story.edited, story.second):
        jobs = by_id(report)
        assert story.other not in jobs
        both = {q.segment_id for job_id in (story.merged, story.other) for q in first[job_id].quotes}
        kept = {q.segment_id for q in jobs[story.merged].quotes}
        assert both <= kept
        assert jobs[story.renamed].name == "Named by Ada"
        pinned = {q.segment_id for q in first[story.pinned].quotes}
        assert pinned <= {q.segment_id for q in jobs[story.pinned].quotes}
        quoted = [q for job in report.jobs for q in (*job.quotes, *job.counter_quotes, *job.wishes)]
        quoted += [q for job in report.jobs for force in job.forces.values() for q in force]
        name, start, end = place(story.struck)
        assert not [q for q in quoted if q.transcript_id == name and q.start_char < end and start < q.end_char]
        assert not [w for w in report.warnings if w.code.startswith("curation_")]


@pytest.mark.slow
def test_each_edited_job_says_what_a_person_did(story: Story) -> None:
    marks = {job.job_id: [mark.split()[0] for mark in job.edits] for job in story.second.jobs}
    assert marks[story.merged][0] == "merge"
    assert marks[story.renamed] == ["rename"]
    assert marks[story.pinned] == ["pin"]
    edited = {job_id for job_id, found in marks.items() if found}
    assert {story.merged, story.renamed, story.pinned} <= edited
    assert all(" by Ada" in mark for job in story.second.jobs for mark in job.edits)


@pytest.mark.slow
def test_ids_hold_by_membership(story: Story) -> None:
    """Two groups that share more than half of their passages bear one id, and the names of the machine stay."""
    before, after = by_id(story.edited), by_id(story.second)
    old, new = story.known
    seen = {passage for known in old.jobs.values() for passage in known.passages}
    pairs = [
        (a, b)
        for a, left in old.groups.items()
        for b, right in new.groups.items()
        if len({*left} & {*right}) > len(({*left} | {*right}) & seen) / 2
    ]
    assert pairs
    assert [(a, b) for a, b in pairs if a != b] == []
    assert [j for j in before.keys() & after.keys() if before[j].name != after[j].name] == []


@pytest.mark.slow
def test_the_diffs_are_right(story: Story) -> None:
    edited = story.edited_diff
    assert [(c.job_id, c.others) for c in edited.merged] == [(story.merged, (story.other,))]
    assert [c.job_id for c in edited.lost] == [story.other]
    assert edited.new == ()
    assert ("name", "Named by Ada") in [(r.what, r.after) for r in edited.reworded if r.job_id == story.renamed]
    assert story.arrived.text() == "4 added, 0 changed, 0 removed, 8 as before"
    diff = story.study.diff()
    assert diff.to_dict() == diff_reports(story.edited, story.second).to_dict()
    assert len(diff.transcripts["added"]) == 4
    before = {q.segment_id for job in story.edited.jobs for q in job.quotes}
    after = {q.segment_id for job in story.second.jobs for q in job.quotes}
    assert diff.new_quotes == len(after - before)
    assert {c.job_id for c in diff.new} == by_id(story.second).keys() - by_id(story.edited).keys()
    assert {c.job_id for c in diff.lost} == by_id(story.edited).keys() - by_id(story.second).keys()


@pytest.mark.slow
def test_a_third_run_has_nothing_to_do_and_an_undo_parts_again(story: Story) -> None:
    again = story.study.mine(progress=False)
    assert again.to_dict() == story.second.to_dict()
    merge = next(edit for edit in story.study.edits if edit.op == "merge")
    story.study.undo(merge.id)
    assert {story.merged, story.other} <= by_id(story.study.mine(progress=False)).keys()


@pytest.mark.slow
def test_the_project_for_other_tools_is_valid_and_goes_round(story: Story, tmp_path: Path) -> None:
    from jtbd_nlp.exchange import export_report, read_qdpx, validate_qdpx, write_qdpx

    file = export_report(story.study.report, "qdpx", tmp_path / "a.qdpx", edits=story.study.edits)
    assert validate_qdpx(file) == []
    assert write_qdpx(read_qdpx(file), tmp_path / "b.qdpx").read_bytes() == file.read_bytes()
    for form in ("qdc", "xlsx", "jsonl", "parquet", "notes", "backlog", "phrases", "csv", "md"):
        assert export_report(story.study.report, form, tmp_path / f"out.{form}").exists()


@pytest.mark.slow
def test_the_guide_asks_for_what_is_missing(story: Story) -> None:
    text = story.study.guide()
    gaps = [(job, gap) for job in story.study.report.jobs for gap in job.gaps]
    assert gaps
    assert "## Ask again" in text
    assert text.rstrip().endswith("Is there anything that we did not talk about?")
