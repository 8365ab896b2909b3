"""What was only told near a job is no evidence of it: it is shown, and stands in no count; how well quotes belong is told."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import builders
import pytest
from builders import BEN, quote

from jtbd_nlp import plots
from jtbd_nlp.cli.looking import job_lines
from jtbd_nlp.cli.mining import _summary
from jtbd_nlp.context import struggle_coverage
from jtbd_nlp.exchange import phrase_bank
from jtbd_nlp.linting import lint_report
from jtbd_nlp.pipeline import _in_order
from jtbd_nlp.records import Job
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.belonging import PLACED, WORDED, belonging, is_reviewed
from jtbd_nlp.reporting.display import report_html
from jtbd_nlp.reporting.display_records import job_html
from jtbd_nlp.reporting.listings import advice
from jtbd_nlp.reporting.page_data import page_data
from jtbd_nlp.study.guide import guide_tables

REPORT = builders.nearby_report()
CLOSE, PHONE = REPORT.jobs
WISH = "I wish my accountant answered the phone"


def with_weak_phone() -> JobReport:
    """Return a report in which the passage of a struggle is told near its job and no more."""
    weak = dataclasses.replace(PHONE.quotes[0], support=0.12)
    return dataclasses.replace(REPORT, jobs=(CLOSE, dataclasses.replace(PHONE, quotes=(weak,))))


def test_coverage_leaves_out_what_was_told_nearby() -> None:
    whole, short = REPORT.coverage(), with_weak_phone().coverage()
    assert (whole["n_struggles"], whole["n_used"], whole["n_nearby"], whole["share"]) == (4, 4, 0, 1.0)
    assert (short["n_struggles"], short["n_used"], short["n_nearby"], short["share"]) == (4, 3, 1, 0.75)


def test_the_words_about_coverage_tell_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = with_weak_phone()
    assert "3 of 4 struggles are used (75%), 1 more was told near one; " in report.to_markdown()
    _summary(report, tmp_path)
    assert "75% of struggles used (25% told near a job)" in capsys.readouterr().out
    few = dataclasses.replace(report, jobs=(report.jobs[1],))
    finding = lint_report(few)[""][0].message
    assert finding.startswith("25% of the struggles that participants told of stand in a job or near one (0% are used")
    assert "and 3 in none" in finding
    assert lint_report(report)[""] == (), "all struggles stand in a job or near one, and not too many are used"


def test_lint_counts_the_same_struggles_as_the_report() -> None:
    for report in (REPORT, with_weak_phone(), dataclasses.replace(REPORT, jobs=())):
        share, left = struggle_coverage(report.jobs, report.segments, report.tags)
        counted = report.coverage()
        assert (share, len(left)) == (counted["share"], counted["n_struggles"] - counted["n_used"])
    assert "padded" in lint_report(REPORT)[""][0].message
    assert lint_report(with_weak_phone())[""] == ()


def test_tables_count_evidence_and_show_the_rest_apart() -> None:
    assert REPORT.to_frame("jobs")[["n_quotes", "n_nearby"]].to_numpy().tolist() == [[4, 1], [1, 1]]
    people = REPORT.to_frame("participants").set_index("participant_id")
    assert people.loc["P1", ["n_quotes", "n_nearby"]].tolist() == [3, 1]
    assert people.loc["P2", ["n_quotes", "n_nearby"]].tolist() == [2, 1]


def test_quotes_say_whether_they_are_weak_and_their_job_reviewed() -> None:
    quotes = REPORT.to_frame("quotes")
    assert quotes.loc[quotes["is_weak"], "support"].tolist() == [0.1, 0.1]
    assert dict(zip(quotes["job_id"], quotes["reviewed"], strict=True)) == {CLOSE.job_id: False, PHONE.job_id: True}


def test_lists_of_jobs_count_evidence_alone() -> None:
    assert "(2 voices, 4 quotes, +1 nearby, medium)" in next(job_lines(CLOSE))
    assert "| 2 | 4 (+1 nearby) | medium |" in REPORT.to_markdown()
    assert "4 quotes, +1 nearby" in job_html(CLOSE)
    assert "<td>4 +1 nearby</td>" in report_html(REPORT)


def test_the_picture_of_the_matrix_counts_evidence_alone() -> None:
    assert [t.get_text() for t in plots.plot_matrix(REPORT).axes[0].texts] == ["3", "1", "", "1"]


def test_jobs_come_in_the_order_of_their_evidence() -> None:
    padded = dataclasses.replace(PHONE, quotes=(*PHONE.quotes, *PHONE.quotes[1:] * 9))
    borne_out = dataclasses.replace(PHONE, job_id="J-ffffff", quotes=PHONE.quotes[:1] * 2)
    assert [j.job_id for j in _in_order((padded, borne_out))] == ["J-ffffff", padded.job_id]


def test_the_phrase_bank_has_no_words_of_something_else() -> None:
    texts = {row["text"] for row in phrase_bank(REPORT)}
    assert "I could go home on time" in texts
    assert not texts & {q.text for job in REPORT.jobs for q in job.quotes if q.is_weak}
    job = dataclasses.replace(CLOSE, phrases=("two hundred rows",))
    recurring = [r for r in phrase_bank(dataclasses.replace(REPORT, jobs=(job,))) if r["kind"] == "phrase"]
    assert [row["n_participants"] for row in recurring] == [0]


def asked(*quotes: tuple[str, str, float | None]) -> str | None:
    """Return the words that a question to the second participant begins with."""
    found = tuple(quote(BEN, words, slot=slot, support=support) for words, slot, support in quotes)
    job = dataclasses.replace(PHONE, quotes=found)
    words: str | None = guide_tables(JobReport(jobs=(job,)))["participants"]["P2"][0]["quote"]
    return words


def test_the_guide_begins_from_the_strongest_quote() -> None:
    rows = "Every month I copy two hundred rows"
    weak, likely, sure = (
        (WISH, "motivation", 0.1),
        ("Honestly I like doing it by hand", "situation", 0.5),
        (rows, "struggle", 0.7),
    )
    assert asked(weak) is None
    assert asked(weak, likely) == likely[0]
    assert asked(weak, likely, sure) == rows
    assert asked(weak, likely, sure, ("A tool that did it would be lovely", "outcome", None)).startswith("A tool")  # type: ignore[union-attr]


def test_each_quote_says_how_well_it_belongs() -> None:
    assert belonging(CLOSE) == (WORDED, WORDED, WORDED, "belongs: 62 %", "belongs: 10 %")
    assert belonging(PHONE) == (WORDED, "belongs: 10 %")


def test_what_a_person_placed_or_worded_is_not_told_as_the_source() -> None:
    placed = dataclasses.replace(CLOSE.quotes[3], support=None)
    job = dataclasses.replace(CLOSE, quotes=(*CLOSE.quotes[:3], placed), edits=("move E-000001 by Ada: 1 quote in",))
    assert belonging(job) == (WORDED, WORDED, WORDED, PLACED)
    assert belonging(dataclasses.replace(job, edits=("move E-000001: 1 quote to J-000001",)))[3] == ""
    assert belonging(dataclasses.replace(job, edits=("reword E-000001: outcome",)))[2] == ""


def test_of_a_job_that_a_person_made_all_quotes_are_placed_but_those_that_gave_words() -> None:
    placed = dataclasses.replace(CLOSE.quotes[3], support=None)
    job = dataclasses.replace(CLOSE, quotes=(*CLOSE.quotes[:3], placed))
    made = dataclasses.replace(job, edits=("create E-000001 by Ada: 4 quotes, name, outcome",))
    assert belonging(made) == (WORDED, WORDED, PLACED, PLACED)
    assert belonging(dataclasses.replace(job, edits=("create E-000001: 4 quotes",))) == (WORDED, WORDED, WORDED, PLACED)
    left = dataclasses.replace(job, edits=("create E-000001: 1 quote to J-000001",))
    assert belonging(left) == (WORDED, WORDED, WORDED, "")


def test_the_mark_stands_in_every_form() -> None:
    assert "(P1, ada, 1:01:15, outcome, worded from this)" in REPORT.to_markdown()
    assert "(P2, ben, outcome, belongs: 62 %)" in REPORT.to_markdown()
    assert "outcome 1:01:15 worded from this" in job_html(CLOSE)
    assert any(line.endswith("lovely  [belongs: 62 %]") for line in job_lines(CLOSE, whole=True))
    first = page_data(REPORT)["jobs"][0]
    assert [share for _, share in first["support"]] == [0.62, 0.1]
    assert first["worded"] == [n for n, _ in first["quotes"]][:3] and first["placed"] == []


def test_a_review_that_was_taken_back_does_not_count() -> None:
    marks = ("review E-000001", "review E-000002: taken back")
    told: list[Job] = [dataclasses.replace(CLOSE, edits=marks[:n]) for n in (0, 1, 2)]
    assert [is_reviewed(job) for job in told] == [False, True, False]


def test_a_finding_and_what_to_do_are_two_sentences() -> None:
    finding = dataclasses.replace(CLOSE.lint[0], message="only one told of it", fix="Ask others.")
    assert advice(finding) == "only one told of it. Ask others."
    assert advice(dataclasses.replace(finding, message="Who?")) == "Who? Ask others."
    assert advice(dataclasses.replace(finding, fix="")) == "only one told of it"
