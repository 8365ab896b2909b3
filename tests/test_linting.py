"""The rules of good job stories, on hand-made statements and on the cases that a table cannot hold."""

from __future__ import annotations

import importlib.util
import json
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.linting import (
    RULES,
    lint_job,
    lint_report,
    lint_statement,
    parse_statement,
    technology_words,
    untraced_words,
)
from jtbd_nlp.linting.words import starts_with_verb, stem
from jtbd_nlp.records import Finding, Job, Quote, Segment, SentenceTags, Statement, Transcript, Turn

ROOT = Path(__file__).resolve().parent.parent
GOOD = (
    "When a driver calls in sick at five in the morning, I want to cover his route, "
    "so that no customer waits for bread."
)


def rules(found: list[Finding] | tuple[Finding, ...]) -> set[str]:
    return {f.rule for f in found}


@pytest.fixture(scope="module")
def benchmark_script() -> ModuleType:
    path = ROOT / "benchmarks" / "lint_rules.py"
    spec = importlib.util.spec_from_file_location("lint_rules", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_statements_are_many_and_of_every_kind(benchmark_script: ModuleType) -> None:
    rows = benchmark_script.read_statements()
    counts = Counter(rule for row in rows for rule in row["rules"])
    assert len(rows) >= 220
    assert len({row["text"] for row in rows}) >= 0.99 * len(rows)
    assert sum(not row["rules"] for row in rows) >= 100
    assert set(counts) <= set(RULES)
    assert all(n >= 10 for n in counts.values()), counts


@pytest.mark.parametrize("split", ["tune", "held"])
def test_precision_and_recall_of_each_rule(
    benchmark_script: ModuleType, split: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row for row in benchmark_script.read_statements() if row["split"] == split]
    table = benchmark_script.score(rows)
    with capsys.disabled():
        for _rule, _c in table.items():
            pass
    assert {r for r, c in table.items() if c["precision"] < 0.9 or c["recall"] < 0.9} == set()


@pytest.mark.parametrize(
    ("text", "situation", "motivation", "outcome"),
    [
        ("When it rains, I want to stay dry, so I can go on.", "it rains", "stay dry", "go on"),
        ("when it rains i want to stay dry so that i can go on", "it rains", "stay dry", "go on"),
        ("When I’m out — I want to stay dry — so I can go on", "I'm out", "stay dry", "go on"),
        ("“When it rains, I'd like to stay dry, so we can go on.”", "it rains", "stay dry", "go on"),
        (
            "Whenever it rains, help me stay dry, so that nobody is ill.",
            "it rains",
            "help me stay dry",
            "nobody is ill",
        ),
        ("1. When it rains, they want to stay dry in order to go on", "it rains", "stay dry", "go on"),
        ("Job story: If it rains, she needs to stay dry, so she can go on.", "it rains", "stay dry", "go on"),
        (
            "When I want to relax after work, I want to hear a song, so I calm down.",
            "I want to relax after work",
            "hear a song",
            "I calm down",
        ),
        (
            "When a man who wants to buy calls, I want to answer, so he stays.",
            "a man who wants to buy calls",
            "answer",
            "he stays",
        ),
        ("As a cook, I want to stay dry, so that I can go on.", None, "stay dry", "go on"),
        ("When it rains, I want to stay dry.", "it rains", "stay dry", None),
        ("I want to stay dry, when it rains, so I can go on.", "it rains", "stay dry, when it rains", "go on"),
        ("When ..., I want to ..., so I can ...", None, None, None),
        ("", None, None, None),
    ],
)
def test_slots_are_read_from_the_usual_wordings(
    text: str, situation: str | None, motivation: str | None, outcome: str | None
) -> None:
    parsed = parse_statement(text)
    assert (parsed.situation, parsed.motivation, parsed.outcome) == (situation, motivation, outcome)


def test_a_good_statement_has_no_finding_in_any_form() -> None:
    slots = {
        "situation": "a driver calls in sick at five in the morning",
        "motivation": "cover his route",
        "outcome": "no customer waits for bread",
    }
    assert lint_statement(GOOD) == []
    assert lint_statement(slots) == []
    assert lint_statement(Statement(**slots, text=GOOD)) == []


def test_every_finding_says_what_and_how_to_mend_it() -> None:
    found = lint_statement("As a nurse, I want a dashboard and an app.")
    assert {"slots", "persona", "solution-free"} <= rules(found)
    order = list(RULES)
    assert [order.index(f.rule) for f in found] == sorted(order.index(f.rule) for f in found)
    for f in found:
        assert f.message
        assert f.fix.endswith((".", '".'))
        assert f.severity in {"error", "warning", "info"}


@pytest.mark.parametrize("statement", [None, 3, ["When"], b"When"])
def test_what_is_no_statement_is_refused(statement: object) -> None:
    with pytest.raises(InvalidParameterError, match="statement must be"):
        lint_statement(statement)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ({"evidence": "It rains hard."}, "evidence must be a list of texts"),  # its letters were the evidence
        ({"evidence": [5]}, "evidence.0. must be a text"),
        ({"evidence": 5}, "evidence must be a list of texts, got 5"),
        ({"others": None}, "others must be a list of statements, got None"),
        ({"others": GOOD}, "others must be a list of statements, got one"),
        ({"products": "stay"}, "products must be a list of texts"),
        ({"products": None}, "products must be a list of texts"),
        ({"brief": 5}, "brief must be a text, got 5"),
        ({"support": "2"}, "support must be a count of participants"),
        ({"support": 1.5}, "support must be a count of participants"),
    ],
)
def test_what_a_rule_cannot_use_is_refused(bad: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidParameterError, match=rule):
        lint_statement(GOOD, **bad)


def test_evidence_that_can_be_gone_through_only_once_is_judged_by() -> None:
    said = ["Nothing of that at all."]
    assert lint_statement(GOOD, evidence=iter(said)) == lint_statement(GOOD, evidence=said)  # type: ignore[arg-type]


@pytest.mark.parametrize("nothing", [float("nan"), None, pd.NA, ""])
def test_the_rows_of_a_table_of_jobs_can_be_linted(nothing: object) -> None:
    row = {"situation": "the lorry is late", "motivation": "find the driver", "outcome": nothing, "text": nothing}
    found = [f for f in lint_statement(row) if f.rule == "slots"]
    assert [f.slot for f in found] == ["outcome"]  # "nan" was taken for one


def test_support_counts_people() -> None:
    assert rules(lint_statement(GOOD, support=2)) == set()
    assert rules(lint_statement(GOOD, support=1)) == {"support"}
    assert [f.severity for f in lint_statement(GOOD, support=0)] == ["error"]
    with pytest.raises(InvalidParameterError):
        lint_statement(GOOD, support=-1)


def test_own_product_names_are_solutions_too() -> None:
    text = "When the van breaks down on a delivery day, I want to open Brotbote, so customers know."
    assert rules(lint_statement(text)) == set()
    assert rules(lint_statement(text, products=["Brotbote"])) == {"solution-free"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("put it in Excel and ask ChatGPT", ["Excel", "ChatGPT"]),
        ("put it in an excel sheet", ["excel sheet"]),
        ("excel at my work", []),
        ("Excel at what I do", []),
        ("talk to the teams about slack in the plan", []),
        ("post it in Slack for the Teams channel", ["Slack", "Teams"]),
        ("a word with my boss and a Word document", ["Word document"]),
        ("catch the train platform change", []),
        ("use a learning platform", ["platform"]),
        ("take a tablet for the pain", []),
        ("see notes that AI wrote", ["AI"]),
        ("said that the air is fair", []),
        ("export my notes and download the PDF", ["export", "download", "PDF"]),
        ("walk in the clouds", []),
        ("keep it in the cloud", ["in the cloud"]),
    ],
)
def test_technology_words_tell_names_from_everyday_words(text: str, found: list[str]) -> None:
    spans = technology_words(text)
    assert [text[a:b] for a, b, _ in spans] == found
    assert {kind for _, _, kind in spans} <= {"product", "technology", "feature"}


@given(st.text(max_size=80), st.sampled_from(["", " dashboard", " an app", " ChatGPT"]))
def test_technology_spans_are_disjoint_and_inside(text: str, tail: str) -> None:
    spans = technology_words(text + tail)
    edges = [edge for a, b, _ in spans for edge in (a, b)]
    assert edges == sorted(edges)
    assert all(0 <= a < b <= len(text + tail) for a, b, _ in spans)
    if tail == " dashboard":
        assert any((text + tail)[a:b].lower().endswith("dashboard") for a, b, _ in spans)


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "plans", "planned", "planning"],
        ["label", "labelled", "labeling", "labels"],
        ["make", "makes", "made", "making"],
        ["try", "tries", "tried", "trying"],
        ["write", "wrote", "written", "writing"],
        ["child", "children", "child's"],
        ["box", "boxes", "boxed"],
        ["easy", "easier", "easily"],
        ["call", "called", "calling", "calls"],
        ["bus", "buses"],
    ],
)
def test_inflections_of_a_word_meet(words: list[str]) -> None:
    assert len({stem(w) for w in words}) == 1, [stem(w) for w in words]


def test_different_words_stay_apart() -> None:
    words = "plan plane place plant bus business care cart universe new news thing think string bring sing".split()
    assert len({stem(w) for w in words}) >= len(words) - 2


def test_untraced_words_are_those_that_nobody_said() -> None:
    said = ["I was checking every number, late, before the directors saw it."]
    assert untraced_words("check each number before directors see it", said) == []
    assert untraced_words("impress the directors with a number", said) == ["impress"]
    assert untraced_words("verify the numbers", said) == []
    assert untraced_words("", said) == []
    assert untraced_words("check", []) == ["check"]


@given(st.text(max_size=120))
def test_what_was_said_is_traced(text: str) -> None:
    assert untraced_words(text, [text]) == []


@given(st.text(max_size=300))
def test_any_text_is_linted(text: str) -> None:
    assert all(f.rule in RULES for f in lint_statement(text))


@pytest.mark.parametrize(
    "piece",
    ["when I want to so that ", "a", " ", ",", "so ", "As a b c ", "importance (", "and ", "I'm a big ", "'", "… "],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = "When I " + piece * (100_000 // len(piece))
    start = time.process_time()
    lint_statement(text)
    technology_words(text)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(("motivation", "is_verb"), [
    ("find out who is ill", True), ("quickly find it", True), ("not lose it", True), ("reply at once", True),
    ("be able to rest", True), ("a quiet room", False), ("more time", False), ("better pay", False),
])  # fmt: skip
def test_verbs_at_the_start(motivation: str, is_verb: bool) -> None:
    assert starts_with_verb(motivation) is is_verb


TALK = (
    ("interviewer", "How do you verify sources?"),
    ("participant", "I verify sources before the deadline. I felt sick when a fake got through."),
    ("participant", "We argued with the printer for hours."),
)


def material() -> tuple[Transcript, list[Quote]]:
    text, turns = "", []
    for index, (role, words) in enumerate(TALK):
        turns.append(Turn(turn_index=index, speaker=role, role=role, start_char=len(text), end_char=len(text + words)))  # type: ignore[arg-type]
        text += words + "\n"
    transcript = Transcript(transcript_id="t1", source="t1.txt", text=text, turns=tuple(turns))

    def quote(words: str, slot: str, who: str = "P1") -> Quote:
        at = text.index(words, text.index("I verify"))
        return Quote(
            transcript_id="t1",
            speaker=None,
            participant_id=who,
            text=words,
            start_char=at,
            end_char=at + len(words),
            slot=slot,
        )

    quotes = [
        quote("before the deadline", "situation"),
        quote("I verify sources", "motivation"),
        quote("I felt sick when a fake got through", "outcome", "P2"),
    ]
    return transcript, quotes


def job(**changes: object) -> Job:
    _, quotes = material()
    statement = Statement(
        situation="the deadline is an hour away",
        motivation="verify sources",
        outcome="no fake gets through",
        text="When the deadline is an hour away, I want to verify sources, so no fake gets through.",
    )
    plain = Job(
        job_id="J-1",
        name="Verify sources",
        statement=statement,
        confidence="medium",
        participants=("P1", "P2"),
        n_transcripts=1,
        quotes=tuple(quotes),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_job_is_held_against_its_evidence() -> None:
    found = lint_job(job())
    assert [f.message for f in found if f.rule == "faithful"] == ["not found in the evidence: 'hour'"]
    assert rules(lint_job(job(quotes=()))) >= {"evidence"}
    counter_only = tuple(replace(q, role="counter") for q in job().quotes)
    assert rules(lint_job(job(quotes=counter_only))) >= {"evidence"}


def test_missing_forces_and_counter_evidence_are_named() -> None:
    _, quotes = material()
    found = {f.rule: f for f in lint_job(job(forces={"push": (quotes[2],)}))}
    assert "pull, anxiety, habit" in found["forces"].message
    assert "nobody found" in found["counter"].message
    against = (replace(quotes[2], role="counter"),)
    assert "1 participant says" in {f.rule: f for f in lint_job(job(counter_quotes=against))}["counter"].message


@pytest.mark.parametrize(
    ("participants", "confidence", "single_voice", "severities"),
    [
        (("P1", "P2"), "medium", False, []),
        (("P1", "P2"), "high", False, ["error"]),
        (("P1",), "low", False, ["warning"]),
        (("P1",), "low", True, ["info"]),
        ((), "low", False, ["error"]),
        (("P1", "P2", "P3", "P4"), "medium", False, ["error"]),
        (("P1", "P2", "P3", "P4"), "high", False, []),
    ],
)
def test_support_and_confidence_go_together(
    participants: tuple[str, ...], confidence: str, single_voice: bool, severities: list[str]
) -> None:
    made = job(participants=participants, confidence=confidence, single_voice=single_voice)
    assert [f.severity for f in lint_job(made) if f.rule == "support"] == severities


def test_words_that_the_interviewer_brought_in_are_flagged() -> None:
    transcript, _ = material()
    found = [f.message for f in lint_job(job(), transcripts=[transcript]) if f.rule == "leading"]
    assert found == ["words that the interviewer had used first, wherever they occur: 'verify', 'sources'"]
    assert "leading" not in rules(lint_job(job()))


def test_two_jobs_with_one_statement_are_found() -> None:
    twin = job(job_id="J-2", statement=replace(job().statement, text="The same in other words."))
    assert "altitude" in rules(lint_job(job(), others=[job(), twin]))
    assert "altitude" not in rules(lint_job(job(), others=[job()]))


def test_a_job_that_stands_twice_word_for_word_is_a_double() -> None:
    assert "altitude" in rules(lint_job(job(), others=[job(), job(job_id="J-2")]))
    (found,) = [f for f in lint_statement(GOOD, others=[GOOD]) if f.rule == "altitude"]
    assert found.message.startswith("it is the same as another job")


def test_where_nobody_told_of_a_struggle_there_is_nothing_to_cover() -> None:
    report = SimpleNamespace(jobs=[job()], segments=[segment("hours.", 3)], tags={})
    assert lint_report(report)[""] == ()


def segment(words: str, number: int) -> Segment:
    transcript, _ = material()
    at = transcript.text.index(words)
    return Segment(
        segment_id=f"s{number}", transcript_id="t1", turn_index=1, speaker=None, participant_id="P1",
        role="participant", text=words, start_char=at, end_char=at + len(words),
    )  # fmt: skip


@pytest.mark.parametrize(("n_left", "severity"), [(0, "info"), (1, None), (2, "warning")])
def test_coverage_of_struggles_is_told(n_left: int, severity: str | None) -> None:
    used = [segment("I felt sick when a fake got through.", 0), segment("I verify sources before the deadline.", 1)]
    left = [segment("We argued with the printer for hours.", 2), segment("hours.", 3)]
    struggle = SentenceTags(labels=frozenset({"struggle"}))
    segments = used[: 2 if n_left < 2 else 1] + left[:n_left]
    report = SimpleNamespace(jobs=[job()], segments=segments, tags={s.segment_id: struggle for s in segments})
    found = lint_report(report)
    assert set(found) == {"J-1", ""}
    share = (len(segments) - n_left) / len(segments)  # nothing is told nearby here: see test_nearby for that
    assert [f.severity for f in found[""]] == ([severity] if severity else [])
    assert all(f"{share:.0%} of the struggles" in f.message for f in found[""])
    assert [f"and {n_left} in none" in f.message for f in found[""]] == ([severity == "warning"] if severity else [])


def test_reports_of_other_tools_are_linted() -> None:
    report = json.loads(json.dumps({
        "jobs": [
            {"job_id": "A", "statement": GOOD, "quotes": [{"text": "a driver calls in sick", "transcript_id": "t1"}]},
            {"statement": {"situation": "I work", "motivation": "use ChatGPT", "outcome": None}, "quotes": []},
        ]
    }))  # fmt: skip
    found = lint_report(report)
    assert rules(found["A"]) == {"faithful", "support"}
    assert rules(found["1"]) >= {"slots", "specific", "solution-free", "evidence", "support"}
    with pytest.raises(InvalidParameterError):
        lint_report({"jobs": 3})


def test_quotes_of_another_tool_may_be_plain_texts_and_may_name_nobody() -> None:
    story = "When the rain starts in the valley, I want to get home, so I can sleep."
    words = "when the rain starts in the valley I get home and sleep"
    for quotes in ([words], [{"text": words}]):
        assert lint_report({"jobs": [{"statement": story, "quotes": quotes}]}) == {"0": ()}
    one = lint_report({"jobs": [{"statement": story, "quotes": [{"text": words, "participant_id": "P1"}]}]})
    assert [f.rule for f in one["0"]] == ["support"]
    none = lint_report({"jobs": [{"statement": story, "quotes": None, "participants": None}]})
    assert {f.rule for f in none["0"]} == {"evidence", "support"}


def test_an_outcome_in_time_is_no_repetition() -> None:
    start = "When the ward is full at night, I want to hear that someone stopped breathing, so I can "
    assert lint_statement(start + "get there in time.") == []
    assert [f.message for f in lint_statement(start + "hear it in time.")] == ["the outcome repeats the motivation"]


def test_being_the_only_one_is_a_circumstance() -> None:
    rest = " on the ward at 3 a.m., I want to hear that someone stopped breathing, so I can get there in time."
    assert lint_statement("When I'm the only nurse" + rest) == []
    assert [f.rule for f in lint_statement("When I'm the new nurse" + rest)] == ["persona"]


@pytest.mark.parametrize("marks", ["[{}]", "<{}>", "{{{}}}"])
def test_a_template_that_nobody_filled_in_has_empty_slots(marks: str) -> None:
    slots = [marks.format(slot) for slot in ("situation", "motivation", "outcome")]
    found = lint_statement("When {}, I want to {}, so I can {}.".format(*slots))
    assert [(f.rule, f.slot) for f in found] == [("slots", slot) for slot in ("situation", "motivation", "outcome")]
