"""What two runs of a study differ in, on hand-made jobs."""

from __future__ import annotations

import pytest

from jtbd_nlp.records import Job, Quote, Statement
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.study import diff_reports


def job(job_id: str, *numbers: int, edits: tuple[str, ...] = ()) -> Job:
    quotes = tuple(
        Quote(transcript_id="t", speaker=None, participant_id="P", text=f"words {n}", start_char=10 * n,
              end_char=10 * n + 7, segment_id=f"t:{n:04}")
        for n in numbers
    )  # fmt: skip
    statement = Statement(situation=None, motivation="rest", outcome=None, text="I want to rest.")
    return Job(job_id=job_id, name=job_id, statement=statement, confidence="low", participants=("P",),
               n_transcripts=1, quotes=quotes, edits=edits)  # fmt: skip


def report(*jobs: Job) -> JobReport:
    return JobReport(jobs=jobs)


def test_a_part_that_a_person_took_out_is_a_split_however_small() -> None:
    before = report(job("J-aaaaaa", *range(20)), job("J-bbbbbb", 30, 31))
    mark = "split E-000001 by Ada: from J-aaaaaa"
    after = report(job("J-aaaaaa", *range(1, 20)), job("J-bbbbbb", 30, 31), job("J-cccccc", 0, edits=(mark,)))
    found = diff_reports(before, after)
    assert [(c.job_id, c.others) for c in found.split] == [("J-aaaaaa", ("J-cccccc",))]
    assert [c.job_id for c in found.new] == ["J-cccccc"]
    assert found.summary().startswith("0 new quotes, 1 split, 0 lost")
    unmarked = report(*after.jobs[:2], job("J-cccccc", 0))
    assert diff_reports(before, unmarked).split == ()


def test_a_split_of_an_earlier_run_is_told_once() -> None:
    mark = "split E-000001: from J-aaaaaa"
    same = report(job("J-aaaaaa", 1, 2, 3), job("J-cccccc", 0, edits=(mark,)))
    assert not diff_reports(same, same)


@pytest.mark.parametrize("sizes", [(3, 3), (2, 4)])
def test_the_machine_parting_a_job_is_a_split(sizes: tuple[int, int]) -> None:
    first, second = range(sizes[0]), range(sizes[0], sum(sizes))
    before = report(job("J-aaaaaa", *first, *second))
    after = report(job("J-aaaaaa", *second), job("J-dddddd", *first))
    assert [(c.job_id, c.others) for c in diff_reports(before, after).split] == [("J-aaaaaa", ("J-dddddd",))]


def test_a_renamed_transcript_makes_no_quote_a_new_one() -> None:
    from dataclasses import replace

    from jtbd_nlp.records import Transcript

    def told(name: str) -> JobReport:
        jobs = [job("J-aaaaaa", 1, 2, 3)]
        quotes = tuple(
            replace(q, transcript_id=name, segment_id=f"{name}{q.segment_id.removeprefix('t')}") for q in jobs[0].quotes
        )
        file = Transcript(transcript_id=name, source=f"{name}.txt", text="", turns=(), sha256="5e")
        return JobReport(jobs=(replace(jobs[0], quotes=quotes),), transcripts=(file,))

    found = diff_reports(told("t"), told("2026 t (final)"))
    assert found.summary() == "0 new quotes, 0 split, 0 lost"
    assert found.text().splitlines()[1:] == ["renamed transcript: t -> 2026 t (final)"]
    assert "renamed" not in found.without_old_words(told("2026 t (final)")).transcripts


def test_quotes_of_a_renamed_transcript_that_name_no_segment_stay_apart() -> None:
    from dataclasses import replace

    from jtbd_nlp.records import Transcript

    def told(name: str, *numbers: int) -> JobReport:
        one = job("J-aaaaaa", *numbers)
        quotes = tuple(replace(q, transcript_id=name, segment_id="") for q in one.quotes)
        file = Transcript(transcript_id=name, source=f"{name}.txt", text="", turns=(), sha256="5e")
        return JobReport(jobs=(replace(one, quotes=quotes),), transcripts=(file,))

    assert diff_reports(told("t", 1, 2, 3), told("u", 1, 2, 3)).summary() == "0 new quotes, 0 split, 0 lost"
    assert [(c.gained, c.dropped) for c in diff_reports(told("t", 1, 2), told("u", 1, 2, 3)).grown] == [(1, 0)]


def test_transcripts_of_which_neither_file_nor_text_is_known_are_not_told_as_renamed() -> None:
    from jtbd_nlp.records import Transcript

    one, other = (
        JobReport(transcripts=(Transcript(transcript_id=name, source="", text="", turns=()),)) for name in "ab"
    )
    assert diff_reports(one, other).text().splitlines()[1:] == ["added transcript: b", "removed transcript: a"]
