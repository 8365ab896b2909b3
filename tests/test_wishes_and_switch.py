"""What stands beside the jobs of a study: its wishes, the switch of each person, and why solutions are used or given up."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import builders
import pytest
from test_context import asked, everything, material, said

from jtbd_nlp.context import STAGES, asked_wishes, solutions_of
from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.records import Wish
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
