"""Pictures hold the numbers of the report, show in a notebook, and an empty report makes none of them fail."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

import builders
import pytest

from jtbd_nlp import plots
from jtbd_nlp.reporting import JobReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

pytest.importorskip("matplotlib")
ALL = [getattr(plots, name) for name in sorted(dir(plots)) if name.startswith("plot_")]


@pytest.mark.parametrize("plot", ALL, ids=lambda f: f.__name__)
@pytest.mark.parametrize("report", [builders.small_report(), builders.camps_report(), JobReport()], ids="sce")
def test_every_picture_is_a_png_in_a_notebook(plot: Callable[[JobReport], object], report: JobReport) -> None:
    assert plot(report)._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]


def test_support_counts_people() -> None:
    axes = plots.plot_support(builders.camps_report()).axes[0]
    assert [bar.get_width() for bar in axes.patches] == [3] * 6  # type: ignore[attr-defined]
    assert [t.get_text() for t in axes.get_yticklabels()][-1] == "Camp a 00"


def test_forces_for_a_change_lie_left_and_against_it_right() -> None:
    axes = plots.plot_forces(builders.camps_report()).axes[0]
    spans = {label.get_label(): [p.get_width() for p in label] for label in axes.containers}  # type: ignore[attr-defined]
    assert {name: (min(widths), max(widths)) for name, widths in spans.items()} == {
        "push": (-3, 0), "pull": (-3, 0), "anxiety": (0, 3), "habit": (0, 3),
    }  # fmt: skip
    legend = axes.get_legend()
    assert legend is not None
    assert [t.get_text() for t in legend.get_texts()] == ["push", "pull", "anxiety", "habit"]


def test_tables_show_their_counts() -> None:
    matrix = plots.plot_matrix(builders.small_report()).axes[0]
    assert [t.get_text() for t in matrix.texts] == ["3", "1", "", "1"]
    people = plots.plot_people(builders.camps_report()).axes[0]
    assert [t.get_text() for t in people.texts][:4] == ["1", "", "1", ""]
    assert [t.get_text() for t in people.get_yticklabels()] == [f"P{n}" for n in range(1, 10)]


@pytest.mark.parametrize("plot", ALL, ids=lambda f: f.__name__)
def test_long_names_and_many_people_leave_room_for_the_picture(plot: Callable[[JobReport], Figure]) -> None:
    report = builders.camps_report()
    people = tuple(f"a long interview/Participant {n:03}" for n in range(60))
    jobs = tuple(
        dataclasses.replace(j, name=f"{j.name}, as somebody words it " * 6, participants=people) for j in report.jobs
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns where nothing is left
        figure = plot(dataclasses.replace(report, jobs=jobs))
        figure.draw_without_rendering()
    inches = figure.axes[0].get_position().width * figure.get_figwidth()
    assert inches > 2.5


@pytest.mark.parametrize("plot", [plots.plot_people, plots.plot_matrix], ids=lambda f: f.__name__)
def test_people_with_long_names_are_told_apart(plot: Callable[[JobReport], Figure]) -> None:
    report = builders.camps_report()

    def named(person: str) -> str:
        return f"a long interview/Participant {person}"

    jobs = tuple(
        dataclasses.replace(
            job,
            participants=tuple(map(named, job.participants)),
            quotes=tuple(dataclasses.replace(q, participant_id=named(q.participant_id)) for q in job.quotes),
        )
        for job in report.jobs
    )
    axes = plot(dataclasses.replace(report, jobs=jobs, transcripts=())).axes[0]
    labels = axes.get_yticklabels() if plot is plots.plot_people else axes.get_xticklabels()
    shown = [label.get_text() for label in labels]
    assert len(set(shown)) == len(shown) == len({p for job in jobs for p in job.participants})
