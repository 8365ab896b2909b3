"""Matrices, stories, profiles, anti-personas and saturation, held against counts made by hand and brute force."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.participants import (
    anti_personas,
    forces_matrix,
    group_participants,
    jobs_matrix,
    profile,
    saturation,
)
from jtbd_nlp.participants.matrices import shown_by_job
from jtbd_nlp.participants.profiles import _fisher, status_column, told_twice
from jtbd_nlp.participants.saturation import mean_known
from jtbd_nlp.participants.stories import group_shown
from jtbd_nlp.records import Job, Quote, Statement

EMPTY = Statement(situation=None, motivation=None, outcome=None, text="")


def quote(person: str, at: int = 0, **more: Any) -> Quote:
    return Quote(
        transcript_id=f"t{person}",
        speaker=None,
        participant_id=person,
        text="x",
        start_char=at,
        end_char=at + 1,
        **more,
    )


def job(job_id: str, *people: str, quotes: tuple[Quote, ...] | None = None, **forces: tuple[Quote, ...]) -> Job:
    return Job(
        job_id=job_id, name=job_id, statement=EMPTY, confidence="low", participants=tuple(sorted(people)),
        n_transcripts=1,
        quotes=tuple(quote(p) for p in people) if quotes is None else quotes, forces=dict(forces),
    )  # fmt: skip


def test_jobs_matrix_counts_passages_and_keeps_everybody() -> None:
    jobs = [
        job("B", "P2", quotes=(quote("P2", 1), quote("P2", 5), quote("P9", 7, role="counter"))),
        job("A", "P1", "P3", quotes=(quote("P1"),)),
    ]
    table = jobs_matrix(jobs, ["P4", "P1"])
    assert table.index.tolist() == ["P1", "P2", "P3", "P4"]
    assert table.columns.tolist() == ["B", "A"]
    assert table.to_numpy().tolist() == [[0, 1], [2, 0], [0, 1], [0, 0]]
    assert jobs_matrix([]).shape == (0, 0)


def test_words_that_bear_two_slots_are_one_passage() -> None:
    goal, gain = quote("P1", 3, slot="motivation"), quote("P1", 3, slot="outcome")
    assert jobs_matrix([job("A", "P1", quotes=(goal, gain, quote("P1", 9)))]).loc["P1", "A"] == 2


def test_forces_matrix_counts_a_shared_passage_once() -> None:
    shared = quote("P1", 3)
    jobs = [job("A", "P1", push=(shared, quote("P1", 9))), job("B", "P1", "P2", push=(shared,), habit=(quote("P2"),))]
    assert forces_matrix(jobs).to_numpy().tolist() == [[2, 0, 0, 0], [0, 0, 0, 1]]
    by_job = forces_matrix(jobs, by_job=True)
    assert by_job.columns.tolist() == ["A push", "B push", "B habit"]
    assert by_job.to_numpy().tolist() == [[2, 1, 0], [0, 0, 1]]


def planted(n_each: int, seed: int = 0) -> pd.DataFrame:
    """Three kinds of people, each with four columns of their own, and a little noise."""
    rng = np.random.default_rng(seed)
    rows = []
    for kind in range(3):
        for _ in range(n_each):
            row = (rng.random(12) < 0.08).astype(int)
            row[4 * kind : 4 * kind + 4] = (rng.random(4) < 0.9).astype(int)
            rows.append(row)
    return pd.DataFrame(rows, index=[f"P{i:02d}" for i in range(3 * n_each)], columns=[f"c{i:02d}" for i in range(12)])


def test_planted_stories_are_found() -> None:
    stories = group_participants(planted(5), resamples=60)
    assert stories is not None
    kinds = [{int(p[1:]) // 5 for p in members} for members in stories.members]
    assert all(len(k) == 1 for k in kinds)
    assert 3 <= len(stories.members) <= 5
    assert min(stories.stability) > 0.4
    for members, marks in zip(stories.members, stories.marks, strict=True):
        own = int(members[0][1:]) // 5
        assert marks
        assert all(int(c[1:]) // 4 == own for c in marks)


def test_stories_do_not_depend_on_order() -> None:
    table = planted(4)
    shuffled = table.sample(frac=1, random_state=3).sample(frac=1, axis=1, random_state=4)
    assert group_participants(table, resamples=30) == group_participants(shuffled, resamples=30)


def test_the_same_table_is_resampled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = group_participants(planted(4), resamples=31)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the answer is known")

    monkeypatch.setattr("scipy.cluster.hierarchy.linkage", refused)
    assert group_participants(planted(4), resamples=31) == first
    with pytest.raises(AssertionError):
        group_participants(planted(4), resamples=31, seed=1)


def test_too_few_people_make_no_stories() -> None:
    assert group_participants(planted(1)) is None
    assert group_participants(planted(5) * 0) is None
    same = pd.DataFrame(1, index=[f"P{i}" for i in range(9)], columns=list("abcdef"))
    assert group_participants(same) is None
    assert group_participants(pd.DataFrame()) is None


def test_a_crowd_with_a_few_odd_ones_is_no_set_of_stories() -> None:
    table = pd.DataFrame(0, index=[f"P{i:02d}" for i in range(12)], columns=[f"c{i}" for i in range(30)])
    table.iloc[:, 0] = 1
    table.iloc[11, 0] = 0
    for i in range(12):
        table.iloc[i, 2 * i + 1 : 2 * i + 3] = 1  # what one person alone shows brings nobody together
    assert group_participants(table, resamples=20) is None


def test_two_groups_are_no_stories_unless_they_are_asked_for() -> None:
    """Three camps of four are three stories; two of six are none, where three to five are meant."""
    halves = pd.DataFrame(0, index=[f"P{i:02d}" for i in range(12)], columns=[f"c{i}" for i in range(8)])
    halves.iloc[:6, :4] = halves.iloc[6:, 4:] = 1
    assert group_participants(halves, resamples=20) is None
    asked = group_participants(halves, resamples=20, n_stories=2)
    assert asked is not None and [len(m) for m in asked.members] == [6, 6]


def test_silent_people_are_left_out_by_name() -> None:
    table = planted(4)
    table.loc["P99"] = 0
    stories = group_participants(table, resamples=20, n_stories=3)
    assert stories is not None
    assert stories.ungrouped == ("P99",)
    assert sorted(p for m in stories.members for p in m) == sorted(table.index[:-1])


def test_stories_refuse_bad_numbers() -> None:
    with pytest.raises(InvalidParameterError):
        group_participants(planted(4), n_stories=1)
    with pytest.raises(InvalidParameterError):
        group_participants(planted(4), resamples=0)


def rows(**values: str | None) -> list[dict[str, Any]]:
    return [{"participant_id": p, "plan": v, "transcript": f"t{p}"} for p, v in values.items()]


TEN = {f"P{i}": "free" if i < 5 else "paid" for i in range(10)}


def fisher_by_scipy(a: int, n: int, b: int, m: int) -> float:
    return float(fisher_exact([[a, n - a], [b, m - b]]).pvalue)


@pytest.mark.parametrize(("n", "m"), [(3, 3), (5, 7), (12, 4), (30, 25)])
def test_the_exact_test_agrees_with_scipy(n: int, m: int) -> None:
    for a in range(n + 1):
        for b in range(m + 1):
            assert _fisher(a, n, b, m) == pytest.approx(fisher_by_scipy(a, n, b, m), abs=1e-6), (a, n, b, m)


def test_profile_counts_and_tests_exactly() -> None:
    jobs = [job("A", "P0", "P1", "P2", "P3", "P4"), job("B", "P0", "P1", "P5", "P6", "P7")]
    found = profile(jobs, rows(**TEN), "plan")
    assert [(p.job_id, p.group, p.n_with, p.n_group, p.n_other_with, p.n_other) for p in found] == [
        ("A", "free", 5, 5, 0, 5), ("A", "paid", 0, 5, 5, 5), ("B", "free", 2, 5, 3, 5), ("B", "paid", 3, 5, 2, 5),
    ]  # fmt: skip
    for p in found:
        assert p.p_value == pytest.approx(fisher_by_scipy(p.n_with, p.n_group, p.n_other_with, p.n_other), abs=1e-6)
        assert p.note == ""
    # two jobs make two tests, not four: the second group of two is the same table turned round
    assert found[0].p_adjusted == pytest.approx(2 * found[0].p_value)  # type: ignore[operator]
    assert found[0].p_adjusted == found[1].p_adjusted


def test_groups_with_the_same_counts_are_tests_of_their_own() -> None:
    people = [f"{group}{n}" for group in "abc" for n in range(6)]
    jobs = [job("J1", *people[:6]), job("J2", *people[:3], *people[6:9]), job("J3", *people[:11])]
    found = profile(jobs, [{"participant_id": person, "plan": person[0]} for person in people], "plan")
    assert all(p.p_value is not None for p in found)
    smallest = min(found, key=lambda p: p.p_value or 1.0)
    assert smallest.p_adjusted == pytest.approx(9 * (smallest.p_value or 0.0))  # three jobs, three groups


@pytest.mark.parametrize(
    ("people", "groups", "why"),
    [
        (("P0",), {"P0": "free", "P1": "paid", "P2": "paid", "P3": "paid"}, "fewer than 3"),
        (("P0", "P1"), {"P0": "free", "P1": "free", "P2": "free"}, "only one group"),
        ((), TEN, "nobody has this job"),
        (tuple(TEN), TEN, "everybody has this job"),
        (("P0",), TEN, "no result could fall below .05"),
    ],
)
def test_no_p_value_where_none_may_be_given(people: tuple[str, ...], groups: dict[str, str], why: str) -> None:
    found = profile([job("A", *people)], rows(**groups), "plan")
    assert found
    for p in found:
        assert p.p_value is p.p_adjusted is None
        assert why in p.note


def test_profile_leaves_empty_values_out_and_refuses_contradictions() -> None:
    found = profile(
        [job("A", "P0", "P3")], [*rows(P0="free", P1="free", P2="free", P3=None, P4=""), *rows(P0="free")], "plan"
    )
    assert [(p.group, p.n_with, p.n_group, p.n_other) for p in found] == [("free", 1, 3, 0)]
    numbers = [{"participant_id": f"P{i}", "age": v} for i, v in enumerate([30, 30.0, float("nan")])]
    assert {p.group for p in profile([job("A", "P0")], numbers, "age")} == {"30", "30.0"}
    with pytest.raises(InvalidParameterError, match="P0"):
        profile([], [*rows(P0="free"), *rows(P0="paid")], "plan")
    with pytest.raises(InvalidParameterError, match="column must be one of"):
        profile([], rows(P0="free"), "plam")


def test_anti_personas_show_who_left_and_why() -> None:
    struggle = quote("P1", 4, slot="struggle")
    push = quote("P1", 9)
    other = quote("P2", 2, slot="struggle")
    jobs = [job("A", "P1", "P2", quotes=(struggle, other), push=(push, struggle)), job("B", "P1", "P3"), job("C", "P2")]
    people = [{"participant_id": p, "status": s} for p, s in (("P1", "Churned"), ("P3", "churned "), ("P2", "active"))]
    found = anti_personas(jobs, people)
    assert [(a.status, a.participants) for a in found] == [("churned", ("P1", "P3"))]
    assert found[0].jobs == (("B", 2), ("A", 1))
    assert found[0].quotes == (struggle, push)
    assert [a.status for a in anti_personas(jobs, people, values=["ACTIVE"])] == ["active"]
    with pytest.raises(InvalidParameterError):
        anti_personas(jobs, rows(P1="x"))


@pytest.mark.parametrize(
    ("column", "value", "status"),
    [
        ("Customer status", "Ex-Customer", "ex customer"),
        ("account_status", " CANCELLED ", "cancelled"),
        ("Status", "former customers", "former customers"),
        ("status", "Lapsed", "lapsed"),
        ("status", "Lost user", "lost user"),
        ("status", "active", None),
        ("marital status", "left", None),
    ],
)
def test_who_left_is_known_by_usual_words_in_usual_columns(column: str, value: str, status: str | None) -> None:
    people = [{"participant_id": "P1", column: value}, {"participant_id": "P1", column: value.upper()}]
    if status_column([column]) is None:
        assert status is None
        return
    assert [(a.status, a.participants) for a in anti_personas([], people)] == ([(status, ("P1",))] if status else [])
    assert told_twice(people, column) == {}


def test_saturation_is_the_mean_over_all_orders() -> None:
    jobs = [job("A", "1", "2"), job("B", "2"), job("C", "1", "2", "3"), job("D")]
    names = ["t1", "t2", "t3", "t4"]
    told = [{q.transcript_id for q in j.quotes} for j in jobs]
    orders = list(itertools.permutations(names))
    exact = [np.mean([sum(bool(t & set(o[:n])) for t in told) for o in orders]) for n in range(1, 5)]
    table = saturation(jobs, names, orders=4000)
    assert table["mean"].to_numpy() == pytest.approx(exact, abs=0.06)
    assert table["mean"].iloc[-1] == 3
    assert table["new"].sum() == pytest.approx(3, abs=1e-3)
    assert (table["low"] <= table["mean"]).all()
    assert (table["mean"] <= table["high"]).all()


def test_saturation_with_second_voices_comes_later() -> None:
    jobs = [job("A", "1", "2"), job("B", "2")]
    names = ["t1", "t2", "t3"]
    once, twice = saturation(jobs, names), saturation(jobs, names, min_interviews=2)
    assert twice["mean"].iloc[0] == 0
    assert twice["mean"].iloc[-1] == 1
    assert (twice["mean"] <= once["mean"]).all()


@given(st.lists(st.sets(st.sampled_from("12345")), max_size=6), st.integers(0, 3))
def test_saturation_never_falls_and_ignores_order(told: list[set[str]], seed: int) -> None:
    jobs = [job(f"J{i}", *sorted(people)) for i, people in enumerate(told)]
    names = [f"t{i}" for i in "12345"]
    table = saturation(jobs, names, orders=20, seed=seed)
    assert table["mean"].is_monotonic_increasing
    assert table["mean"].iloc[-1] == sum(bool(t) for t in told)
    pd.testing.assert_frame_equal(table, saturation(jobs[::-1], names[::-1], orders=20, seed=seed))


MOVED = st.dictionaries(st.sampled_from(("push", "pull", "habit")), st.sets(st.sampled_from("1234567")), max_size=3)


@settings(deadline=None, max_examples=30)  # stories are resampled in each
@given(st.lists(MOVED, max_size=5))
def test_what_a_run_counts_without_tables_is_what_the_tables_say(moved: list[dict[str, set[str]]]) -> None:
    jobs = [
        job(f"J{i}", *sorted(set().union(*by_force.values())), **{f: tuple(map(quote, p)) for f, p in by_force.items()})
        for i, by_force in enumerate(moved)
    ]
    people, columns, shown = shown_by_job(jobs, ["8"])
    table = forces_matrix(jobs, ["8"], by_job=True)
    assert (people, columns) == (table.index.tolist(), sorted(table.columns))
    assert ((table[columns] > 0).to_numpy() == shown).all()
    assert group_shown(shown, people, columns) == group_participants(table)
    names = [f"t{i}" for i in "1234567"]
    assert mean_known(jobs, names) == saturation(jobs, names)["mean"].tolist()


def test_saturation_without_interviews_is_empty() -> None:
    assert mean_known([], []) == []
    assert saturation([], []).empty
    with pytest.raises(InvalidParameterError):
        saturation([], ["t1"], orders=0)
