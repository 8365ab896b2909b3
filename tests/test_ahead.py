"""Models asked on a thread ahead of the drafting: every group once and in time, faults told where they belong, same jobs."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import jtbd_nlp
from jtbd_nlp import Config
from jtbd_nlp.drafting import apart
from jtbd_nlp.drafting.choosing import ahead
from jtbd_nlp.drafting.choosing.ahead import PART, asking_ahead
from jtbd_nlp.drafting.choosing.pairs import PairModel
from jtbd_nlp.reporting.codec import dumps


class Told:
    """A search whose passages and candidates are the group's number; notes what was foretold and when."""

    def __init__(self, new: bool = True) -> None:
        self.new = new
        self.foretold: list[tuple[int, int]] = []

    def is_new(self, number: int) -> bool:
        return self.new and number == 1

    def foretell(self, number: int, now: int) -> Any:
        self.foretold.append((number, now))
        return number, number

    def find(self, number: int) -> Any:
        return number, number


@pytest.mark.parametrize("n_groups", [2, PART, PART + 1, 3 * PART + 2])
def test_every_group_is_asked_about_once_and_before_it_is_handed_out(n_groups: int) -> None:
    search, asked = Told(), []

    def ask(part: Sequence[Any]) -> None:
        asked.extend(number for number, _ in part)

    with asking_ahead(search, ask, n_groups) as look:  # type: ignore[arg-type]
        for n in range(n_groups):
            assert look.find(n) == (n, n)
            assert n in asked
    assert asked == [*range(n_groups)]
    assert [number for number, _ in search.foretold] == asked
    assert all(0 <= number - now < 2 * PART for number, now in search.foretold)  # few are held at a time


def test_what_fails_ahead_stops_nothing() -> None:
    def ask(part: Sequence[Any]) -> None:
        raise RuntimeError(f"{len(part)} groups")

    with asking_ahead(Told(), ask, 3) as look:  # type: ignore[arg-type]
        assert [look.find(n) for n in range(3)] == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(("new", "n_groups"), [(False, 9), (True, 1)])
def test_nothing_is_asked_where_all_was_worded_before_or_nothing_comes_after(new: bool, n_groups: int) -> None:
    search = Told(new)
    with asking_ahead(search, lambda part: None, n_groups) as look:  # type: ignore[arg-type]
        assert look is search


def test_drafting_finds_all_grades_known_and_makes_the_jobs_of_one_thread(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in sorted(samples.iterdir()):
        if path.stem in {"01_plumber", "02_physio"}:
            shutil.copy(path, tmp_path)
    monkeypatch.setattr(ahead, "PART", 2)
    monkeypatch.setattr(apart, "MOST_PASSAGES", 0)  # which asks for grades of its own, once for all
    asking: list[str] = []
    scores = PairModel.__call__

    def noted(self: PairModel, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        asking.append(threading.current_thread().name)
        return scores(self, pairs)

    monkeypatch.setattr(PairModel, "__call__", noted)
    jobs = []
    for threads in (1, 2):
        asking.clear()
        config = Config.from_dict({"embedding": {"threads": threads}})
        jobs.append(dumps(jtbd_nlp.mine(tmp_path, config=config, progress=False).to_dict()["jobs"]))
        assert asking
        assert (threading.main_thread().name in asking) == (threads == 1)
    assert '"motivation":' in jobs[0]
    assert jobs[0] == jobs[1]
