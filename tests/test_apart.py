"""Clear goals that no group states become groups of their own, where many groups state none: `drafting.apart`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from test_context import Line, material, said

from jtbd_nlp.drafting import Sources, apart, goals_apart
from jtbd_nlp.study.curation import Edit
from jtbd_nlp.study.linking import lone_passages

STORY: tuple[Line, ...] = (
    said("t1", "I want to see the garden before the frost comes.", labels={"desire"}),
    said("t2", "The garden was under water all of June.", labels={"struggle"}),
    said("t3", "I want to find the key of the chapel.", labels={"desire"}),
    said("t1", "The bus was late again.", labels={"struggle"}),
    said("t2", "Nobody came to the hall.", labels={"struggle"}),
    said("t3", "It rained on the tables.", labels={"struggle"}),
)
WORDS = ("garden", "chapel", "bus", "hall", "tables")


def embed(texts: Sequence[str]) -> np.ndarray:
    """Each known word is a direction of its own."""
    rows = np.array([[0.01 + (word in text) for word in WORDS] for text in texts], dtype=np.float32).reshape(-1, 5)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def sources(*lines: Line) -> Sources:
    study = material(*lines)
    passages = tuple(study.segments.values())
    rows = embed([p.text for p in passages])
    return Sources(material=study, passages=passages, vectors=rows, passage_vectors=rows, embed=embed, embed_told=embed)


def test_a_clear_goal_in_no_group_or_beside_another_becomes_a_group() -> None:
    told = sources(*STORY)
    assert goals_apart([["s0", "s1"], ["s3", "s4"], ["s5"]], told) == [["s0", "s1"], ["s3", "s4"], ["s5"], ["s2"]]
    beside = goals_apart([["s0", "s1", "s2"], ["s3", "s4"], ["s5"]], told)
    assert len(beside) == 4
    assert beside[-1] in (["s0"], ["s2"])  # whichever the group does not state


def test_what_a_person_linked_stays_where_it_is() -> None:
    groups = [["s0", "s1"], ["s3", "s4"], ["s5"]]
    assert goals_apart(groups, sources(*STORY), fixed={"s2"}) == groups


def test_no_more_goals_than_groups_without_one_and_the_clearest_first() -> None:
    lines = (*STORY, said("t2", "I want to stop the tables from getting wet.", labels={"desire"}))
    groups = goals_apart([["s0", "s1"], ["s3", "s4"]], sources(*lines))
    assert len(groups) == 3
    assert groups[-1] in (["s2"], ["s6"])


def test_where_groups_state_goals_or_a_study_is_large_nothing_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = [["s0", "s1"], ["s2"]]
    lines = (*STORY, said("t2", "I want to stop the tables from getting wet.", labels={"desire"}))
    assert goals_apart(stated, sources(*lines)) == stated
    monkeypatch.setattr(apart, "MOST_PASSAGES", 3)
    groups = [["s0", "s1"], ["s3", "s4"], ["s5"]]
    assert goals_apart(groups, sources(*STORY)) == groups


def test_a_goal_that_is_stated_already_is_not_parted() -> None:
    again = (*STORY, said("t2", "I want to see the garden in spring.", labels={"desire"}))
    groups = [["s0", "s1", "s2"], ["s3", "s4"], ["s5"]]
    parted = goals_apart(groups, sources(*again))[3:]
    assert parted == [["s2"]]


def test_all_of_a_job_that_a_person_worked_on_stays_a_group_of_its_own_whatever_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    groups = [["s0", "s1"], ["s2", "s3"]]
    assert goals_apart(groups, sources(*STORY), kept=["s3"])[-1] == ["s3"]
    monkeypatch.setattr(apart, "MOST_PASSAGES", 3)
    assert goals_apart(groups, sources(*STORY), kept=["s3", "gone"]) == [["s0", "s1"], ["s2"], ["s3"]]


def test_the_only_passage_of_a_renamed_job_is_what_a_person_worked_on() -> None:
    renamed = Edit(edit_id="E-00000001", op="rename", jobs=("J-000001",), text="Find the key")
    told = {"J-000001": ["s2"], "J-000002": ["s3"]}
    assert lone_passages([renamed], told) == ["s2"]
    assert lone_passages([renamed], {"J-000001": ["s2", "s3"]}) == []
    assert lone_passages([], told) == []


def test_no_group_and_another_order_of_groups_change_nothing() -> None:
    assert goals_apart([], sources(*STORY)) == []
    one = goals_apart([["s0", "s1"], ["s3", "s4"], ["s5"]], sources(*STORY))
    other = goals_apart([["s5"], ["s3", "s4"], ["s0", "s1"]], sources(*STORY))
    assert sorted(one) == sorted(other)
