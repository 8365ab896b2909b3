"""A job that a person makes: of passages left out and of other jobs, with their words or without, kept on every run."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from builders import make_cheap
from test_curation import BASE, GROUPS, SEGMENTS, A, B, C, T, codes, draft, edits, key, members, run

from jtbd_nlp import JobReport, mine
from jtbd_nlp.config import Config
from jtbd_nlp.records import Job, Quote, Segment
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.study import Edit, FolderCache, Study
from jtbd_nlp.study.applying import Curator
from jtbd_nlp.study.curation import edit_from_dict
from jtbd_nlp.study.ledger import Ledger
from jtbd_nlp.study.linking import constraints_of

MADE = "J-0000000a"
CREATE = {"id": "E-000001", "op": "create", "quotes": [key(0), key(4)], "into": MADE, "by": "Ada"}


def test_quotes_leave_their_jobs_and_all_say_so() -> None:
    found = run(CREATE)[1]
    assert members(found) == {MADE: [0, 4], A: [1, 2, 3], B: [5, 6, 7], C: BASE[C]}
    marks = {g.job_id: g.edits for g in found.groups}
    assert marks[MADE] == ("create E-000001 by Ada: 2 quotes",)
    assert marks[A] == marks[B] == (f"create E-000001 by Ada: 1 quote to {MADE}",)
    assert marks[C] == () and codes(found) == []
    assert [(g.pinned, g.held) for g in found.groups if g.job_id == MADE] == [(True, True)]


def test_what_was_left_out_can_be_a_job() -> None:
    found = run(CREATE, groups=[GROUPS[0][1:], GROUPS[1][1:], GROUPS[2]])[1]
    assert members(found)[MADE] == [0, 4]


def test_an_id_is_made_of_the_edit_where_none_is_given() -> None:
    (edit,) = edits({key: value for key, value in CREATE.items() if key != "into"})
    assert edit.made is not None and len(edit.made) == len("J-") + 8
    assert members(run(edit.to_dict())[1])[edit.made] == [0, 4]


def finished(*tables: dict[str, Any]) -> Job:
    curator, found = run(*tables)
    return next(job for job in curator.finish([draft(g) for g in found.groups])[0] if job.job_id == MADE)


def test_words_of_the_person_win_and_the_rest_is_drafted() -> None:
    job = finished({**CREATE, "motivation": "keep my feet dry", "outcome": "go out"})
    assert job.statement.text == "When it rains, I want to keep my feet dry, so I can go out."
    assert (job.name, job.gaps) == ("Keep my feet dry", ())
    assert job.edits == ("create E-000001 by Ada: 2 quotes, motivation, outcome",)
    assert finished({**CREATE, "name": "Dry"}).name == "Dry"
    assert finished(CREATE).statement == draft(run(CREATE)[1].groups[0]).statement
    assert finished({**CREATE, "motivation": "a b c d e f g h i j k l"}).name.startswith("machine")


def test_later_edits_change_it_as_any_other_job() -> None:
    job = finished({**CREATE, "outcome": "go out"}, {"op": "reword", "job": MADE, "slot": "outcome", "text": "stay in"})
    assert job.statement.outcome == "stay in"
    moved = run(CREATE, {"op": "move", "quotes": [key(4)], "to": C, "job": MADE})[1]
    assert members(moved) == {MADE: [0], A: [1, 2, 3], B: [5, 6, 7], C: [4, 8, 9, 10, 11]}
    merged = run(CREATE, {"op": "merge", "jobs": [A, MADE]})[1]
    assert members(merged) == {A: [0, 1, 2, 3, 4], B: [5, 6, 7], C: BASE[C]}
    assert codes(moved) == codes(merged) == []


def test_an_undo_gives_every_job_its_quotes_back() -> None:
    curator, found = run(CREATE)
    curator.finish([draft(g) for g in found.groups])
    assert members(run(CREATE, {"op": "undo", "edit": "E-000001"}, ledger=curator.ledger)[1]) == BASE


def test_it_is_the_same_job_on_later_runs_and_in_other_groups() -> None:
    curator, found = run(CREATE)
    curator.finish([draft(g) for g in found.groups])
    assert members(run(CREATE, ledger=curator.ledger)[1]) == members(found)
    anew = dataclasses.replace(curator.ledger, corpus="another one")
    assert members(run(CREATE, ledger=anew)[1])[MADE] == [0, 4]
    own = [["t:0000", "t:0004", "t:0008"], GROUPS[0][1:], GROUPS[1][1:], GROUPS[2][1:]]
    assert members(run(CREATE, groups=own, ledger=anew)[1])[MADE] == [0, 4, 8], "the machine may add to it"


def test_the_clustering_is_asked_to_keep_it_together() -> None:
    held = {MADE: ["t:0000", "t:0004", "t:0009"], A: GROUPS[0][1:]}
    must, cannot = constraints_of(edits(CREATE), SEGMENTS, [T], held)
    assert (must, cannot) == ([(0, 4), (4, 9)], [])


def test_what_is_excluded_or_gone_is_told() -> None:
    struck = run({"op": "exclude", "quotes": [key(0)]}, CREATE)[1]
    assert members(struck)[MADE] == [4] and codes(struck) == ["curation_contradiction"]
    gone = run({**CREATE, "quotes": [{**key(0), "text": "x" * len(key(0)["text"])}, key(4)]})[1]
    assert members(gone)[MADE] == [4] and codes(gone) == ["curation_quote_gone"]


# through the whole pipeline, on a few of our samples

SOME = ("01_plumber", "02_physio", "03_photographer", "06_groomer")
Run = Callable[..., tuple[JobReport, Ledger]]


@pytest.fixture(scope="module")
def mining(tmp_path_factory: pytest.TempPathFactory, samples: Path, known: Callable[[], FolderCache]) -> Run:
    folder = tmp_path_factory.mktemp("few")
    for path in sorted(samples.iterdir()):
        if path.stem in SOME:
            shutil.copy(path, folder / path.name)
    cache = known()
    config = Config.from_dict({"clustering": {"resamples": 0}}, origin="test")

    def again(edits: Sequence[Edit] = (), ledger: Ledger | None = None) -> tuple[JobReport, Ledger]:
        curator = Curator(edits, ledger or Ledger())
        return mine(folder, config=config, progress=False, cache=cache, curator=curator), curator.ledger

    return again


@pytest.fixture(scope="module")
def first(mining: Run) -> tuple[JobReport, Ledger]:
    return mining()


def create(*quotes: Quote | Segment, **words: str) -> Edit:
    keys = ("transcript_id", "start_char", "end_char", "text")
    named = [{key: getattr(quote, key) for key in keys} for quote in quotes]
    return edit_from_dict({"op": "create", "into": MADE, "quotes": named, **words})


def made(report: JobReport) -> Job:
    return next(job for job in report.jobs if job.job_id == MADE)


def test_a_job_of_left_out_and_quoted_passages(mining: Run, first: tuple[JobReport, Ledger]) -> None:
    report, ledger = first
    left, quoted = report.unclustered[0], report.jobs[0].quotes[-1]
    edit = create(left, quoted, motivation="hear from people before the season")
    after, later = mining([edit], ledger)
    job = made(after)
    assert {left.segment_id, quoted.segment_id} <= {q.segment_id for q in job.quotes}
    placed = [q for q in job.quotes if q.segment_id in {left.segment_id, quoted.segment_id}]
    assert all(q.support is None for q in placed), "what a person put there needs no backing"
    assert job.name == "Hear from people before the season" and job.edits[0].startswith("create E-")
    assert job.statement.motivation == "hear from people before the season"
    others = [j for j in after.jobs if j.job_id != MADE]
    assert quoted.segment_id not in {q.segment_id for j in others for q in j.quotes}
    assert left.segment_id not in {q.segment_id for q in after.unclustered}
    again, _ = mining([edit], later)
    assert dumps(again.to_dict()) == dumps(after.to_dict()), "the same bytes again"


def test_a_job_of_one_passage_without_a_goal_is_shown_with_its_gaps(
    mining: Run, first: tuple[JobReport, Ledger]
) -> None:
    report, ledger = first
    aimless = next(q for q in report.unclustered if "want" not in q.text and "need" not in q.text)
    job = made(mining([create(aimless)], ledger)[0])
    assert [q.segment_id for q in job.quotes][:1] == [aimless.segment_id]
    assert {gap.slot for gap in job.gaps} == {
        slot for slot in ("situation", "motivation", "outcome") if getattr(job.statement, slot) is None
    }


def test_a_sentence_that_is_no_passage_is_quoted_and_an_interviewers_is_not(
    mining: Run, first: tuple[JobReport, Ledger]
) -> None:
    report, ledger = first
    passages = {q.segment_id for job in report.jobs for q in job.quotes} | {q.segment_id for q in report.unclustered}
    said = [s for s in report.segments if s.role == "participant" and s.segment_id not in passages]
    plain = next(s for s in said if len(s.text.split()) > 3 and not s.backchannel)
    job = made(mining([create(plain, name="Theirs")], ledger)[0])
    assert [(q.segment_id, q.text) for q in job.quotes] == [(plain.segment_id, plain.text)]
    assert (job.name, job.statement.motivation, job.participants) == ("Theirs", None, (plain.participant_id,))
    asked = next(s for s in report.segments if s.role == "interviewer")
    after, _ = mining([create(asked)], ledger)
    assert MADE not in {job.job_id for job in after.jobs}
    assert [w for w in after.warnings if w.code == "curation" and MADE in w.message]


def test_from_python_a_study_names_the_new_job(tmp_path: Path) -> None:
    import builders

    study = Study.init(tmp_path / "study", by="Ada")
    report = builders.small_report()
    report.save(study.folder / "results")
    edit = study.create(report.unclustered[0], outcome="go home")
    assert (edit.op, edit.by, edit.words) == ("create", "Ada", (("outcome", "go home"),))
    assert edit.into is not None and study.history() == (edit,)
    two = study.create([report.unclustered[0], report.jobs[0].quotes[0]], name="Two")
    assert len(two.quotes) == 2 and two.into != edit.into


@pytest.mark.slow
def test_a_made_job_stays_when_a_transcript_comes_and_another_is_changed(tmp_path: Path, samples: Path) -> None:
    study = Study.init(tmp_path / "study", by="Ada")
    make_cheap(study.folder / "study.toml", resamples=0)
    by_stem = {path.stem: path for path in samples.iterdir()}
    for stem in SOME[:3]:
        shutil.copy(by_stem[stem], study.folder / "transcripts")
    report = study.mine(progress=False)
    named = [report.unclustered[0], report.jobs[0].quotes[-1]]
    edit = study.create(named, motivation="hear from people first")
    before = next(job for job in study.mine(progress=False).jobs if job.job_id == edit.made)
    shutil.copy(by_stem[SOME[3]], study.folder / "transcripts")
    changed = next((study.folder / "transcripts").glob(f"{named[0].transcript_id}.*"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nInterviewer: Thank you again.\n", encoding="utf-8")
    after = study.mine(progress=False)
    job = next(job for job in after.jobs if job.job_id == edit.made)
    assert {q.text for q in named} <= {q.text for q in job.quotes} & {q.text for q in before.quotes}
    assert (job.name, job.statement.motivation) == ("Hear from people first", "hear from people first")
    assert [mark.split()[0] for mark in job.edits] == ["create"] and " by Ada" in job.edits[0]
    assert not [w for w in after.warnings if w.code.startswith("curation")]
