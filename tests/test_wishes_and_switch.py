"""What stands beside the jobs of a study: its wishes, the switch of each person, and why solutions are used or given up."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import builders
import pytest
from test_context import asked, everything, material, said

from jtbd_nlp.cli.looking import job_lines
from jtbd_nlp.context import STAGES, asked_wishes, solutions_of
from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.exchange import write_notes
from jtbd_nlp.records import Quote, Solution, Wish
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.page_data import page_data
from jtbd_nlp.reporting.timelines import timelines


def test_each_wish_says_what_was_asked() -> None:
    m = material(
        asked("t1", "If you had a magic wand, what would you want?"),
        said("t1", "I wish the numbers checked themselves."),
        asked("t1", "Is there anything that we did not talk about?"),
        said("t1", "Well, parking near the shop is a struggle.", labels=["struggle"]),
    )
    found = [(w.question, w.quote.text, w.participant_id, w.job_id) for w in asked_wishes(m)]
    assert found == [
        ("magic_wand", "I wish the numbers checked themselves.", "P1", None),
        ("anything_else", "Well, parking near the shop is a struggle.", "P1", None),
    ]


@pytest.mark.parametrize(
    ("question", "answer", "is_wish"),
    [
        ("If you had a magic wand, what would you want?", "Yeah, I'd want it paid on the day.", True),
        ("If you had a magic wand, what would you want?", "No, it'd answer the phone for me.", True),
        ("If you had a magic wand, what would you want?", "Nothing, I'm good, thanks.", False),
        ("Is there anything else?", "No, I just wish it was cheaper.", True),
        ("Is there anything else?", "Yes, the parking is a struggle.", False),  # as before: too near a mere yes
        ("Is there anything else?", "But no, that's, I think that's everything.", False),
        ("Is there anything else?", "So yeah, that's about it.", False),
        ("Is there anything else?", "But yeah.", False),
        ("Is there anything else?", "No, thank you for having me.", False),
        ("Is there anything else?", "No, I wish you all the best with the study.", False),
        ("Is there anything else?", "Great, I hope this was useful to you.", False),
        ("Is there anything else?", "Yes, I wish you could export all of it.", True),
        ("Is there anything else?", "No, I hope it helps me to plan.", True),
    ],
)
def test_what_stands_behind_a_yes_or_no_is_read(question: str, answer: str, is_wish: bool) -> None:
    m = material(asked("t1", question), said("t1", answer, labels=["struggle"]))
    assert bool(list(asked_wishes(m))) is is_wish


def test_the_report_has_the_wishes_of_the_whole_study(mined: JobReport) -> None:
    texts = {t.transcript_id: t.text for t in mined.transcripts}
    assert mined.wishes
    for wish in mined.wishes:
        quote = wish.quote
        assert texts[quote.transcript_id][quote.start_char : quote.end_char] == quote.text
    quoted = {q.segment_id: job.job_id for job in mined.jobs for q in job.quotes if not q.is_weak}
    assert [w.job_id for w in mined.wishes] == [quoted.get(w.quote.segment_id) for w in mined.wishes]
    of_jobs = {q.segment_id for job in mined.jobs for q in job.wishes}
    assert of_jobs <= {w.quote.segment_id for w in mined.wishes if w.job_id is not None}
    assert any(w.job_id is None for w in mined.wishes), "those that are in no job are kept too"


def test_most_wishes_that_a_reader_marked_are_found(mined: JobReport) -> None:
    expected = json.loads((Path(__file__).parent.parent / "data" / "expected" / "wishes.json").read_text("utf-8"))
    told: dict[str, str] = {}
    for wish in mined.wishes:
        told[wish.quote.transcript_id] = told.get(wish.quote.transcript_id, "") + wish.quote.text
    found = [
        name for name, words in expected.items() if words in told.get(name, "") or told.get(name, "") in words != ""
    ]
    assert len(found) >= 0.7 * len(expected), sorted(expected.keys() - set(found))


def test_wishes_are_saved_and_an_older_report_has_none(tmp_path: Path) -> None:
    report = builders.small_report()
    assert JobReport.load(report.save(tmp_path)).wishes == report.wishes
    plain = report.to_dict()
    assert plain["wishes"][1]["job_id"] is None and "reason" not in plain["wishes"][1]["quote"]
    del plain["wishes"]
    for job in plain["jobs"]:
        for solution in job["solutions"]:
            del solution["hired_why"], solution["fired_why"]
    assert JobReport.from_dict(plain).wishes == ()


LINES: list[builders.Line] = [
    ("Interviewer", "interviewer", "How did it come about?", None),
    ("Cy", "participant", "We decided to switch in spring. So I started looking for something else.", None),
    ("Cy", "participant", "That's when I realised the shoebox had to go. I keep the receipts in a box.", None),
]


def switched() -> JobReport:
    return builders.assemble((builders.interview("cy", LINES, "P3"), builders.BEN), ())


def test_a_timeline_is_in_the_order_of_the_switch() -> None:
    report = switched()
    told = report.timeline("P3")
    assert [q.stage for q in told] == ["first thought", "active looking", "deciding"]
    assert told[0].text == "That's when I realised the shoebox had to go."
    assert report.timeline("P2") == () and list(timelines(report)) == ["P3"]
    with pytest.raises(InvalidParameterError, match="P2, P3"):
        report.timeline("P9")


def test_a_timeline_without_texts_is_of_quotes(mined: JobReport) -> None:
    bare = dataclasses.replace(mined, segments=(), tags={})
    staged = [q for job in mined.jobs for q in job.quotes if q.stage]
    assert sum(len(told) for told in timelines(bare).values()) == len(
        {(q.transcript_id, q.start_char, q.end_char) for q in staged}
    )


def test_timelines_are_exact_and_ordered(mined: JobReport) -> None:
    texts = {t.transcript_id: t.text for t in mined.transcripts}
    found = timelines(mined)
    assert found
    for person, told in found.items():
        assert {q.participant_id for q in told} == {person}
        assert all(texts[q.transcript_id][q.start_char : q.end_char] == q.text for q in told)
        ranks = [STAGES.index(str(q.stage)) for q in told]
        assert ranks == sorted(ranks)
        assert mined.timeline(person) == told


def test_the_page_knows_wishes_steps_and_reasons() -> None:
    data = page_data(builders.small_report())
    assert [kind for _, kind in data["wishes"]] == ["magic_wand", "anything_else"]
    assert data["stages"] == list(STAGES) and data["timelines"].keys() <= {"P1", "P2"}
    (solution,) = data["jobs"][0]["solutions"]
    assert [data["quotes"][n]["text"] for n in solution["hired_why"]] == [
        "I still use a spreadsheet, because I know it"
    ]
    staged = page_data(switched())
    assert [staged["quotes"][n]["stage"] for n in staged["timelines"]["P3"]] == [
        "first thought", "active looking", "deciding",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "fired", "why"),
    [
        (["I stopped using the spreadsheet because it kept losing rows."], True, 0),
        (["I stopped using the spreadsheet.", "It kept crashing on me."], True, 1),
        (["The file was too big.", "So I gave up on the spreadsheet."], True, 0),
        (["It kept crashing.", "That's why I stopped using the spreadsheet."], True, 0),
        (["I gave up on the spreadsheet, too much typing."], True, 0),
        (["I stopped using the spreadsheet in May.", "Now I use a notebook."], True, None),
        (["I stopped using the spreadsheet since then."], True, None),
        (["I keep it in a spreadsheet so I don't forget."], False, 0),
        (["I use the spreadsheet.", "Because I know it."], False, 1),
        (["I keep forgetting things, so I made a spreadsheet."], False, 0),
        (["I use the spreadsheet since it's free."], False, 0),
        (["I use the spreadsheet every day.", "It was too sunny."], False, None),
        (["I use the spreadsheet since 2019."], False, None),
    ],
)
def test_why_is_the_sentence_that_tells_it_or_none(lines: list[str], fired: bool, why: int | None) -> None:
    name = next(i for i, words in enumerate(lines) if "spreadsheet" in words)
    m = material(
        *(said("t1", words, spans={"solution": "spreadsheet"} if i == name else {}) for i, words in enumerate(lines))
    )
    m = dataclasses.replace(m, segments={k: dataclasses.replace(s, turn_index=0) for k, s in m.segments.items()})
    (solution,) = [s for s in solutions_of(m, everything(m)) if s.name == "spreadsheet"]
    told, other = (solution.fired_why, solution.hired_why) if fired else (solution.hired_why, solution.fired_why)
    assert [q.text for q in told] == ([] if why is None else [lines[why]])
    assert other == () and all(q.slot == "reason" for q in told)


def test_a_wish_knows_who() -> None:
    wish = builders.small_report().wishes[0]
    assert isinstance(wish, Wish) and wish.participant_id == "P2"


WISH, TOOL = "I wish my accountant answered the phone", "A tool that did it would be lovely"


def test_the_table_of_wishes_holds_those_of_no_job_too() -> None:
    report = builders.small_report()
    frame = report.to_frame("wishes").astype(object)
    told = frame.where(frame.notna(), None)[["job_id", "job_name", "question", "text"]].to_numpy().tolist()
    assert told == [["J-0b77e2", "Reach my accountant", "magic_wand", WISH], [None, None, "anything_else", TOOL]]
    older = dataclasses.replace(report, wishes=()).to_frame("wishes")
    assert older[["job_id", "text"]].to_numpy().tolist() == [["J-0b77e2", WISH]]


def test_report_and_notes_list_the_wishes_of_the_study(tmp_path: Path) -> None:
    report = builders.small_report()
    text = report.to_markdown().split("## Wishes of the whole study\n\n")[1]
    first, second = text.splitlines()[:2]
    assert first.startswith(f"- “{WISH}” (P2, ben, asked what they would want with a magic wand)")
    assert first.endswith(": in Reach my accountant (J-0b77e2)") and second.endswith(": in no job")
    notes = write_notes(report, tmp_path)
    said = (notes / "Wishes.md").read_text(encoding="utf-8")
    assert f"## [Reach my accountant](jobs/J-0b77e2.md)\n\n> {WISH}\n" in said
    assert f"## In no job\n\n> {TOOL}\n" in said
    assert "[2 wishes of the whole study](Wishes.md)" in (notes / "Jobs to be done.md").read_text(encoding="utf-8")
    write_notes(JobReport(), tmp_path / "none")
    assert "None." in (tmp_path / "none" / "Wishes.md").read_text(encoding="utf-8")


def given_up(*why: Quote) -> JobReport:
    report = builders.small_report()
    job = report.jobs[0]
    gone = Solution(name="ledger", fired_by=("P1", "P2"), fired_why=why)
    return dataclasses.replace(report, jobs=(dataclasses.replace(job, solutions=(*job.solutions, gone)),))


def test_reasons_stand_in_every_form(tmp_path: Path) -> None:
    why = builders.quote(builders.BEN, "one is always wrong", slot="reason")
    report = given_up(why)
    text = report.to_markdown()
    assert "  - Why it is used: “I still use a spreadsheet, because I know it” (P1, ada, 1:01:15, reason)\n" in text
    assert "  - Why it was given up: “one is always wrong” (P2, ben, reason)\n" in text
    assert "  - Why it was given up: none told by P1\n" in text
    note = (write_notes(report, tmp_path) / "jobs" / "J-3f9a1c.md").read_text(encoding="utf-8")
    assert "### Why it was given up\n\n> one is always wrong\n>\n> P2, ben:" in note and "None told: P1\n" in note
    lines = list(job_lines(report.jobs[0], whole=True))
    assert "  why used   P1: I still use a spreadsheet, because I know it" in lines
    assert "  why left   P2: one is always wrong" in lines and "  why left   none told by P1" in lines
    table = report.to_frame("solutions").set_index("solution")
    assert table.loc["ledger", "fired_why"] == "one is always wrong"
    assert table.loc["spreadsheet", ["hired_why", "fired_why"]].tolist() == [
        "I still use a spreadsheet, because I know it", ""
    ]  # fmt: skip


def test_the_report_for_reading_has_the_switch_of_each_person() -> None:
    text = switched().to_markdown().split("## The switch of each person")[1]
    assert (
        "### P3\n\n- First thought: “That's when I realised the shoebox had to go.”\n- Active looking: “So I started"
        in text
    )
    twice = [*LINES, ("Cy", "participant", "We decided to switch for good.", None)]
    said = builders.assemble((builders.interview("cy", twice, "P3"),), ()).to_markdown()
    assert "- Deciding: “We decided to switch in spring.” (+1 more)" in said
    assert "The switch of each person" not in builders.assemble((builders.BEN,), ()).to_markdown()
