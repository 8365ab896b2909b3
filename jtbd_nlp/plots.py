"""Pictures of a report as matplotlib figures: nothing is shown or saved here, the figure is returned (extra ``plots``).

Colours are of the Okabe-Ito palette, which people with colour blindness can tell apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import MissingExtraError
from .records import FORCES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .reporting import JobReport

FORCE_COLOURS = {"push": "#D55E00", "pull": "#009E73", "anxiety": "#CC79A7", "habit": "#0072B2"}
_ROW_INCHES = 0.34
_MOST_JOBS = 40


def plot_support(report: JobReport) -> Figure:
    """Draw how many participants speak of each job, the strongest on top; lighter bars are of one voice.

    Parameters
    ----------
    report : JobReport
        The first 40 jobs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    jobs = report.jobs[:_MOST_JOBS][::-1]
    figure, axes = _figure(len(jobs))
    axes.barh(
        [j.name for j in jobs],
        [len(j.participants) for j in jobs],
        color=["#9ecae1" if j.single_voice else "#0072B2" for j in jobs],
    )
    axes.set_xlabel("participants")
    axes.locator_params(axis="x", integer=True)
    return figure


def plot_forces(report: JobReport) -> Figure:
    """Draw the forces of each job: push and pull to the right, anxiety and habit to the left, in quotes.

    Parameters
    ----------
    report : JobReport
        The first 40 jobs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    jobs = report.jobs[:_MOST_JOBS][::-1]
    figure, axes = _figure(len(jobs))
    names = [j.name for j in jobs]
    for sign, first, second in ((1, "push", "pull"), (-1, "anxiety", "habit")):
        near = [sign * len(j.forces.get(first, ())) for j in jobs]
        far = [sign * len(j.forces.get(second, ())) for j in jobs]
        axes.barh(names, near, color=FORCE_COLOURS[first], label=first)
        axes.barh(names, far, left=near, color=FORCE_COLOURS[second], label=second)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlabel("quotes: against the change | for the change")
    axes.legend(ncols=len(FORCES), loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    return figure


def plot_map(report: JobReport) -> Figure:
    """Draw all passages on the plane of their two main directions, one colour a job; grey ones belong to none.

    Parameters
    ----------
    report : JobReport
        With coordinates.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib import colormaps

    figure, axes = _figure(18)
    loose = [report.coordinates[q.segment_id] for q in report.unclustered if q.segment_id in report.coordinates]
    if loose:
        axes.scatter([x for x, _ in loose], [y for _, y in loose], s=8, color="#cccccc", label="unclustered")
    palette = colormaps["tab20"]
    for number, job in enumerate(report.jobs[:20]):
        places = [report.coordinates[q.segment_id] for q in job.quotes if q.segment_id in report.coordinates]
        if places:
            colour = palette(number % 20)
            axes.scatter([x for x, _ in places], [y for _, y in places], s=16, color=colour, label=job.name)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.legend(fontsize=7, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    return figure


def plot_matrix(report: JobReport) -> Figure:
    """Draw participants by jobs: darker where a participant has more quotes.

    Parameters
    ----------
    report : JobReport
        The first 40 jobs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    jobs = report.jobs[:_MOST_JOBS]
    people = sorted({p for j in jobs for p in j.participants})
    counts = [[sum(q.participant_id == p for q in j.quotes) for p in people] for j in jobs]
    figure, axes = _figure(len(jobs))
    if counts and people:
        axes.imshow(counts, cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(people)), people, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(jobs)), [j.name for j in jobs])
    return figure


def _figure(rows: int) -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "plots") from error
    figure = Figure(figsize=(9, 1.2 + _ROW_INCHES * max(rows, 4)), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
