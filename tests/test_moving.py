"""What moves people over the whole study, in a job or in none; the steps that a question asks for; a warning of low yield."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import builders
import pytest
from test_context import asked, everything, material, said

from jtbd_nlp.context import forces_told, phrases_of, question_before, solutions_of, solutions_told
from jtbd_nlp.context.answering import place_in_answer
from jtbd_nlp.context.moving import asked_force
from jtbd_nlp.context.timeline import asked_stage, stage_told
from jtbd_nlp.finishing import moving_forces, solutions_hired, with_forces, yield_warnings
from jtbd_nlp.records import ForceTold, Solution
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.page_data import page_data
from jtbd_nlp.reporting.people import forces_of_people
from jtbd_nlp.study.applying import CuratedGroup, Regrouped


@pytest.mark.parametrize(
    ("question", "force"),
    [
        ("Did anything nearly stop you?", "anxiety"),
        ("What made you hesitate?", "anxiety"),
        ("And what was the hesitation? If there was any.", "anxiety"),
        ("What's putting you off the vendors?", "anxiety"),
        ("When did you first think, this can't go on?", "push"),
        ("What tipped it?", "push"),
        ("So what was the thing that made you look for something else?", "push"),
        ("What was wrong with it?", "push"),
        ("So what were you hoping for?", "pull"),
        ("What drew you to it?", "pull"),
        ("What did you like about the old way, if anything?", "habit"),
        ("Is there any of the old way that you miss?", "habit"),
        ("What kept you there?", "habit"),
        ("How did you get past the phone worry?", None),
        ("Is there anything you miss from before, or that's worse?", None),
        ("So what made you try again?", None),
        ("What about Jean, does she worry?", None),
        ("I rent, I'm afraid. And you?", None),
        ("Were you worried?", None),
        ("Has anything got missed because of that?", None),
        ("What did you do?", None),
        ("Don't worry about breaking it.", None),
    ],
)
def test_a_question_may_name_a_force(question: str, force: str | None) -> None:
    assert asked_force(question) == force


def told(*lines: Any) -> list[tuple[str | None, str, bool]]:
    return [(t.quote.force, t.quote.text, t.asked) for t in forces_told(material(*lines))]


def test_what_answers_a_question_for_a_force_tells_of_it() -> None:
    found = told(asked("t1", "What were you scared of, before it started?"), said("t1", "A stranger in the house."))
    assert found == [("anxiety", "A stranger in the house.", True)]
    assert told(asked("t1", "Did anything nearly stop you?"), said("t1", "No, nothing really.")) == []


def test_an_answer_opens_and_ends() -> None:
    m = material(said("t1", "x"))
    first = m.segments["s0"]

    def places(*sentences: str) -> list[int]:
        turn = [dataclasses.replace(first, segment_id=f"s{i}", text=words) for i, words in enumerate(sentences)]
        return [place_in_answer(turn, segment) for segment in turn]

    assert places("Ooh, yes.", "The price.", "It was four hundred.", "But now I never think of it.") == [0, 1, 2, 0]
    assert places("This one?", "The second lowest.") == [0, 1]
    assert places("No, nothing.", "It was all grand.") == [0, 0]
    assert places("I don't want to be marking their homework.") == [1]
    assert places("Oh, there was plenty.", "The data, first.") == [0, 1]
    assert places("There was a little.", "And there was, of course.", "The data, first.") == [0, 0, 1]


def test_elsewhere_tagger_and_plain_wording_must_agree_in_own_words() -> None:
    fear = "I'm frightened of running two lots of paper."
    assert told(said("t1", fear, force="anxiety")) == [("anxiety", fear, False)]
    assert told(said("t1", fear)) == []
    assert told(said("t1", fear, force="anxiety", stance="others")) == []
    assert told(said("t1", "The older members are worried about their jobs.", force="anxiety")) == []
    assert told(said("t1", "He went out in February in slippers.", force="anxiety")) == []
    assert told(said("t1", "I'd rather tell them before they ask.", force="habit")) == []
    assert told(said("t1", "I still prefer to write it by hand.", force="habit"))[0][0] == "habit"
    assert told(said("t1", "I'd no pan big enough for half of it.", labels=["struggle"])) == []
    assert told(said("t1", "She was sick of me by then.", labels=["struggle"])) == []
    assert (
        told(said("t1", "I'd go to the machine outside, it gives you tens.", force="push", labels=["struggle"])) == []
    )
    assert told(said("t1", "I was so fed up with it.", labels=["struggle"]))[0][0] == "push"
    assert told(said("t1", "That's when I thought, this can't go on.", labels=["struggle"]))[0][0] == "push"


def test_a_wish_at_the_end_is_no_pull() -> None:
    words = "It saves me a lot of time in the evening."
    tags = {"force": "pull", "labels": ["outcome"]}
    assert told(said("t1", words, **tags)) == [("pull", words, False)]
    assert told(asked("t1", "If you had a magic wand, what would you want?"), said("t1", words, **tags)) == []


def report_with_forces() -> JobReport:
    """Return the small report with a labelled quote that no force listed, and a sentence of no job."""
    report = builders.small_report()
    close, phone = report.jobs
    own = dataclasses.replace(phone.quotes[0], force="pull")
    outside = dataclasses.replace(builders.quote(builders.BEN, "Honestly I like doing it by hand"), force="push")
    marked = dataclasses.replace(close.quotes[0], force="habit")  # the tagger's label, which nothing bears out
    jobs = (dataclasses.replace(close, quotes=(marked, *close.quotes[1:])), dataclasses.replace(phone, quotes=(own,)))
    found = (ForceTold(quote=own), ForceTold(quote=outside, asked=True))
    jobs = with_forces(jobs, found)
    solution = Solution(name="abacus", hired_by=("P2",), quotes=(outside,))
    return dataclasses.replace(report, jobs=jobs, forces=moving_forces(jobs, found, ()), solutions=(solution,))


def test_a_quote_of_a_job_is_labelled_as_its_forces_say() -> None:
    report = report_with_forces()
    close, phone = report.jobs
    assert [q.text for q in phone.forces["pull"]] == [phone.quotes[0].text]
    for job in report.jobs:
        for quote in job.quotes:
            shown = {force for force, quotes in job.forces.items() for q in quotes if q.segment_id == quote.segment_id}
            assert quote.force is None or quote.force in shown
    assert close.quotes[0].force != "habit" or close.quotes[0].segment_id in {
        q.segment_id for q in close.forces["habit"]
    }


def test_forces_of_no_job_stand_in_every_form(tmp_path: Path) -> None:
    report = report_with_forces()
    assert JobReport.load(report.save(tmp_path)).forces == report.forces
    assert JobReport.load(tmp_path).solutions == report.solutions
    table = report.to_frame("forces")
    last = table.iloc[-1]
    assert not isinstance(last["job_id"], str), "of no job: empty"
    assert (last["force"], last["asked"], last["plan"]) == ("push", True, "free")
    assert len(table) == len(report.forces) == sum(len(q) for j in report.jobs for q in j.forces.values()) + 1
    assert report.to_frame("solutions")["solution"].tolist()[-1] == "abacus"
    people = forces_of_people(report)
    assert people.loc["P2", "push"] == report.to_frame("participants").set_index("participant_id").loc["P2", "push"]
    words = report.to_markdown()
    assert "## What moves people" in words and "asked for it): in no job" in words and "- abacus: used by P2" in words
    data = page_data(report)
    assert [row[1:] for row in data["forces"]][-1] == ["push", True, False]
    assert [s["name"] for s in data["hired"]] == ["abacus"]


def test_a_passage_of_two_jobs_moves_a_person_once() -> None:
    report = report_with_forces()
    close, phone = report.jobs
    pull = phone.forces["pull"]
    both = dataclasses.replace(report, jobs=(dataclasses.replace(close, forces={"pull": pull}), phone))
    table = both.to_frame("participants").set_index("participant_id")
    who = pull[0].participant_id
    assert table.loc[who, "pull"] == forces_of_people(both).loc[who, "pull"] == len(pull)


def test_who_speaks_in_no_job_is_counted_of_a_report_without_its_turns(tmp_path: Path) -> None:
    report = report_with_forces()
    outside = next(told for told in report.forces if told.job_id is None)
    other = dataclasses.replace(outside, quote=dataclasses.replace(outside.quote, participant_id="P9"))
    dataclasses.replace(report, forces=(other,)).save(tmp_path)
    alone = (tmp_path / "report.json").rename(tmp_path.parent / "alone.json")
    assert forces_of_people(JobReport.load(alone)).loc["P9", "push"] == 1


def test_what_was_labelled_and_left_out_is_counted() -> None:
    report = report_with_forces()
    held = {t.quote.segment_id for t in report.forces}
    spare = next(i for i in report.tags if i not in held)
    tags = dict(report.tags) | {spare: dataclasses.replace(report.tags[spare], force="anxiety")}
    more = dataclasses.replace(report, tags=tags)
    assert page_data(more)["unsure"] == 1
    assert "1 further sentence labelled with a force is left out as too unsure." in more.to_markdown()


def test_what_a_person_took_out_moves_nobody() -> None:
    report = report_with_forces()
    out = [t.quote.segment_id for t in report.forces if t.job_id is None]
    assert moving_forces(report.jobs, report.forces, out) == tuple(
        dataclasses.replace(t, asked=t.asked) for t in report.forces if t.job_id is not None
    )


@pytest.mark.browser
def test_the_page_shows_what_moves_people(browser: Any, tmp_path: Path) -> None:
    from browsing import Opened, save_page

    opened = Opened(browser, save_page(tmp_path, report_with_forces().to_html()))
    page = opened.page
    page.click("nav button:has-text('People')")
    assert "Honestly I like doing it by hand" in page.inner_text("#moving .force.push")
    page.locator("#moving tbody tr:has-text('P1') th button").click()
    assert "Honestly I like" not in page.inner_text("#moving .force.push")
    page.click("nav button:has-text('Overview')")
    assert "in no job" in page.inner_text(".hired li:has-text('abacus')")


@pytest.mark.parametrize(
    ("question", "stage"),
    [
        ("When did you first think of something different?", "first thought"),
        ("And what did you look at?", "active looking"),
        ("So the live-in. How did you choose?", "deciding"),
        ("And on the day it was installed?", "using"),
        ("Was there a moment when you gave it up?", "unsatisfied"),
        ("So was that the moment you started to look for something?", "active looking"),
        ("Who's in the group?", None),
    ],
)
def test_a_question_may_ask_for_a_step(question: str, stage: str | None) -> None:
    assert asked_stage(question) == stage
    m = material(asked("t1", question), said("t1", "A watch, one of those smart ones."))
    assert stage_told(m, m.segments["s1"]) == stage


def test_a_cancelled_trip_is_no_step_of_a_switch() -> None:
    m = material(said("t1", "I adjusted my week, I cancelled a trip."), said("t1", "I cancelled it in May."))
    assert [stage_told(m, m.segments[i]) for i in everything(m)] == [None, "unsatisfied"]


def test_only_plain_names_are_solutions_outside_of_a_job() -> None:
    lines = [
        ("It starts with the WhatsApp group chat.", "the WhatsApp group chat", "t1"),
        ("I keep a spreadsheet.", "a spreadsheet", "t1"),
        ("I sit in my old room with the Rangers wallpaper.", "the Rangers wallpaper", "t1"),
        ("I was up on a roof in Paisley.", "a roof in Paisley", "t1"),
        ("We had Kinboard.", "Kinboard", "t1"),
        ("I put it all into Kinboard.", "Kinboard", "t2"),
        ("Tomasz has the pills on a chart.", "Tomasz", "t2"),
        ("I stopped doing it myself.", "doing it myself", "t3"),
    ]
    m = material(*(said(t, words, spans={"solution": span}) for words, span, t in lines))
    found = {s.name: s for s in solutions_told(m, everything(m))}
    assert {"spreadsheet", "Kinboard", "doing it myself"} <= set(found)
    assert not {"Tomasz", "roof in Paisley", "Rangers wallpaper"} & set(found)
    assert found["doing it myself"].fired_by == ("P3",)
    assert [s.name for s in solutions_hired(m, (), everything(m))] == []


def test_a_name_that_a_job_writes_small_is_the_same_solution() -> None:
    def uses(transcript: str, name: str) -> Any:
        return said(transcript, f"I put it all into {name}.", spans={"solution": name})

    m = material(uses("t1", "Kinboard planner"), uses("t2", "kinboard planner"), uses("t3", "Kinboard planner"))
    (small,) = solutions_of(m, ["s1"])
    assert small.name == "kinboard planner"
    jobs = (dataclasses.replace(builders.small_report().jobs[0], solutions=(small,)),)
    (one,) = solutions_hired(m, jobs, ())
    assert (one.name, one.hired_by) == ("Kinboard planner", ("P1", "P2", "P3"))
    report = dataclasses.replace(builders.small_report(), jobs=jobs, solutions=(one,))
    assert report.to_frame("solutions")["solution"].tolist() == ["kinboard planner"]


@pytest.mark.parametrize(
    ("words", "bad"),
    [
        ("But if you're too honest it goes wrong then.", "honest it goes"),
        ("If we ring you it's a complaint straight away.", "ring you it's a complaint"),
        ("She never went in her life till she was dead then.", "life till she was dead"),
        ("Last August it was eighteen grand for one load.", "August it was eighteen grand"),
        ("You're five loads and the tip's shut by then.", "loads and the tip's shut"),
        ("The free trial was running out.", "trial was running"),
    ],
)
def test_phrases_keep_within_a_clause(words: str, bad: str) -> None:
    m = material(said("t1", words, labels=["struggle"]), said("t2", "Something else altogether happened there."))
    assert not [p for p in phrases_of(m, ["s0"]) if bad in p]


def low(
    n_groups: int, n_aimless: int, n_passages: int, n_used: int, n_excluded: int = 0, held: bool = False
) -> list[Any]:
    report = builders.small_report()
    named, empty = report.jobs[0], dataclasses.replace(
        report.jobs[0], statement=dataclasses.replace(report.jobs[0].statement, motivation=None), edits=()
    )  # fmt: skip
    quotes = tuple(dataclasses.replace(named.quotes[0], segment_id=f"s{i}") for i in range(n_used))
    study: Any = SimpleNamespace(passages=[SimpleNamespace(segment_id=f"s{i}") for i in range(n_passages)])
    drafted = [named] * (n_groups - n_aimless) + [empty] * n_aimless
    group = CuratedGroup(job_id=empty.job_id, segment_ids=("s0", "s1"), held=held)
    out = tuple(f"s{n_passages - 1 - i}" for i in range(n_excluded))
    regrouped = Regrouped(groups=(group,), excluded=out)
    return list(yield_warnings((dataclasses.replace(named, quotes=quotes),), drafted, regrouped, study))


def test_little_talk_in_jobs_is_warned_of_once() -> None:
    (warn,) = low(21, 19, 281, 7)  # six switch interviews
    assert (warn.code, warn.count) == ("low_yield", 19)
    assert "of 21 groups of passages 19 state no goal" in warn.message and "7 of 281 passages (2%)" in warn.message
    assert "edit create" in warn.message and "magic wand" in warn.message
    assert low(29, 15, 769, 77) == [], "the samples are no such study"
    assert low(26, 4, 387, 147) == [], "nor are interviews about a tool"
    assert low(2, 2, 10, 0) == [], "too few passages to judge by"
    assert low(20, 2, 400, 4), "few passages in jobs alone are enough"


def test_what_a_person_decided_is_no_little_talk_in_jobs() -> None:
    assert low(20, 2, 400, 15), "3.75 %"
    assert low(20, 2, 400, 15, n_excluded=250) == [], "of the 150 that are left 10 %"
    assert low(10, 9, 100, 50) and low(10, 9, 100, 50, held=True) == [], "groups that a person took passages out of"


def test_the_question_before_a_quote_is_the_last_one_of_the_turn_right_before() -> None:
    study = material(
        ("t1", "interviewer", "Thank you. Was it long ago? And what tipped it?", {}),
        ("t1", "participant", "November.", {}),
        ("t1", "participant", "A cold one.", {}),
        ("t1", "interviewer", "I see.", {}),
        ("t1", "participant", "That was all.", {}),
    )
    asked = [
        question_before(study.transcripts["t1"], study.quote(study.segments[s], slot=None)) for s in ("s1", "s2", "s4")
    ]
    assert asked == ["And what tipped it?", None, None]
    twice = material(("t1", "interviewer", "What tipped it??", {}), ("t1", "participant", "November.", {}))
    quote = twice.quote(twice.segments["s1"], slot="force")
    assert question_before(twice.transcripts["t1"], quote) == "What tipped it?"
