"""Pictures of a report as matplotlib figures: nothing is shown or saved here, the figure is returned (extra ``plots``).

Colours are of the Okabe-Ito palette, which people with colour blindness can tell apart; sides and order are those of
the report page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from .errors import MissingExtraError
from .records import FORCES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .records import Job
    from .reporting import JobReport

FORCE_COLOURS = {"push": "#D55E00", "pull": "#009E73", "anxiety": "#CC79A7", "habit": "#0072B2"}
JOB_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8A6D00", "#5C5FC9")
_STRONG, _FAINT, _INK, _SOFT, _GREY = "#0072B2", "#9ECAE1", "#1C1D20", "#5B6068", "#C9CCD1"
_ROW_INCHES = 0.32
_COLUMN_INCHES = 0.22
_MOST_JOBS = 40
_NAME, _PERSON = 48, 24  # characters of a name; longer ones would leave no room for the picture itself


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
    figure, axes = _figure(len(jobs), "How many people speak of each job")
    colours = [_FAINT if j.single_voice else _STRONG for j in jobs]
    bars = axes.barh(range(len(jobs)), [len(j.participants) for j in jobs], color=colours, height=0.7)
    axes.bar_label(bars, padding=4, color=_SOFT, fontsize=8)
    _names(axes, jobs)
    _bare(axes, keep=())
    axes.set_xticks([])
    return figure


def plot_forces(report: JobReport) -> Figure:
    """Draw the forces of each job: push and pull to the left, anxiety and habit to the right, in passages.

    Parameters
    ----------
    report : JobReport
        The first 40 jobs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    jobs = report.jobs[:_MOST_JOBS][::-1]
    figure, axes = _figure(len(jobs), "")
    for sign, near, far in ((-1, "pull", "push"), (1, "anxiety", "habit")):
        first = [sign * len(j.forces.get(near, ())) for j in jobs]
        second = [sign * len(j.forces.get(far, ())) for j in jobs]
        axes.barh(range(len(jobs)), first, color=FORCE_COLOURS[near], label=near, height=0.7)
        axes.barh(range(len(jobs)), second, left=first, color=FORCE_COLOURS[far], label=far, height=0.7)
    axes.axvline(0, color=_INK, linewidth=0.8)
    side = max([1.0, *(abs(x) for x in axes.get_xlim())])
    axes.set_xlim(-side, side)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{abs(x):g}"))
    axes.set_xlabel("for a change  \N{LEFTWARDS ARROW}  passages  \N{RIGHTWARDS ARROW}  against it", color=_SOFT)
    _names(axes, jobs)
    _bare(axes, keep=("bottom",))
    handles, labels = axes.get_legend_handles_labels()
    order = [labels.index(force) for force in FORCES]
    axes.legend(
        [handles[i] for i in order], FORCES, ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False
    )
    return figure


def plot_map(report: JobReport) -> Figure:
    """Draw all passages on the plane of their two main directions; the jobs with most passages have a colour each.

    Parameters
    ----------
    report : JobReport
        With coordinates.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = _figure(18, "Passages: near ones say similar things")
    places = report.coordinates
    ranked = sorted(report.jobs, key=lambda j: (-sum(not q.is_weak for q in j.quotes), j.job_id))
    loose = [places[q.segment_id] for q in report.unclustered if q.segment_id in places]
    others = [places[q.segment_id] for j in ranked[len(JOB_COLOURS) :] for q in j.quotes if q.segment_id in places]
    _dots(axes, loose, size=12, colour="none", label="in no job")
    _dots(axes, others, size=16, colour=_GREY, label="in another job")
    for colour, job in zip(JOB_COLOURS, ranked, strict=False):
        theirs = [places[q.segment_id] for q in job.quotes if q.segment_id in places]
        _dots(axes, theirs, size=22, colour=colour, label=_short(job.name, _NAME))
    axes.set_xticks([])
    axes.set_yticks([])
    _bare(axes, keep=())
    if axes.get_legend_handles_labels()[1]:
        axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
    return figure


def plot_matrix(report: JobReport) -> Figure:
    """Draw participants by jobs with the number of quotes that count, darker where there are more.

    Parameters
    ----------
    report : JobReport
        The first 40 jobs are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from .reporting.belonging import n_places, sure

    jobs = report.jobs[:_MOST_JOBS]
    people = sorted({p for j in jobs for p in j.participants})
    counts = [[n_places(q for q in sure(j.quotes) if q.participant_id == p) for p in people] for j in jobs]
    figure, axes = _figure(len(jobs), "Quotes of each job by participant")
    figure.set_figwidth(max(figure.get_figwidth(), 4 + _COLUMN_INCHES * len(people)))
    _table(axes, counts, people)
    axes.set_yticks(range(len(jobs)), [_short(j.name, _NAME) for j in jobs])
    return figure


def plot_people(report: JobReport) -> Figure:
    """Draw what moved whom: participants by the four forces, in passages of the whole study.

    Parameters
    ----------
    report : JobReport
        All of its participants are drawn.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from .reporting.people import forces_of_people

    table = forces_of_people(report)
    figure, axes = _figure(len(table), "What moved whom, in passages")
    figure.set_figwidth(5)
    _table(axes, table.to_numpy().tolist(), list(FORCES))
    axes.set_yticks(range(len(table)), [_cut_within(str(person), _PERSON) for person in table.index])
    return figure


def plot_saturation(report: JobReport) -> Figure:
    """Draw how many of the jobs had been heard of after so many interviews, on the mean over their orders.

    Parameters
    ----------
    report : JobReport
        With ``saturation``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    from matplotlib.ticker import MaxNLocator

    figure, axes = _figure(8, "Do further interviews still bring new jobs?")
    axes.plot(range(1, len(report.saturation) + 1), report.saturation, color=_STRONG, marker="o", markersize=4)
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("interviews", color=_SOFT)
    axes.set_ylabel("jobs heard of", color=_SOFT)
    axes.grid(axis="y", color=_GREY, linewidth=0.5)
    _bare(axes, keep=("bottom",))
    return figure


def _dots(axes: Axes, places: Sequence[tuple[float, float]], *, size: int, colour: str, label: str) -> None:
    if places:
        edge = _GREY if colour == "none" else "white"
        xs, ys = [x for x, _ in places], [y for _, y in places]
        axes.scatter(xs, ys, s=size, color=colour, edgecolors=edge, linewidths=0.6, label=label)


def _table(axes: Axes, counts: Sequence[Sequence[int]], heads: Sequence[str]) -> None:
    """Draw a table of counts as coloured cells with their numbers; the columns are named on top."""
    most = max([1, *(n for row in counts for n in row)])
    if counts and heads:
        axes.imshow(counts, cmap="Blues", aspect="auto", vmin=0, vmax=most * 1.25)
        for y, row in enumerate(counts):
            for x, n in enumerate(row):
                ink = "white" if n > most * 0.75 else _INK
                axes.text(x, y, str(n or ""), ha="center", va="center", fontsize=8, color=ink)
    tilted = len(heads) > 4 and max(map(len, heads)) > 5
    axes.set_xticks(range(len(heads)), [_cut_within(head, _PERSON) for head in heads], fontsize=8)
    axes.tick_params(axis="x", labelrotation=60 if tilted else 0)
    axes.xaxis.tick_top()
    _bare(axes, keep=())


def _names(axes: Axes, jobs: Sequence[Job]) -> None:
    axes.set_yticks(range(len(jobs)), [_short(job.name, _NAME) for job in jobs])
    axes.margins(y=0.01)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _cut_within(text: str, most: int) -> str:
    """Return a short form that keeps both ends: people of one interview begin alike, "interview/Speaker 1"."""
    return text if len(text) <= most else f"{text[: most // 2 - 1].rstrip()}…{text[-(most // 2) :].lstrip()}"


def _bare(axes: Axes, *, keep: tuple[str, ...]) -> None:
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
        spine.set_color(_GREY)
    axes.tick_params(length=0, colors=_INK)


def _figure(rows: int, title: str) -> tuple[Figure, Axes]:
    figure = _picture()(figsize=(9, 1.2 + _ROW_INCHES * max(rows, 4)), layout="constrained")
    axes = figure.add_subplot()
    if title:
        axes.set_title(title, loc="left", fontsize=11, color=_INK, pad=12)
    return figure, axes


@cache
def _picture() -> type[Figure]:
    """Return the class of our figures: matplotlib's, which a notebook shows only where pyplot was imported before."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "plots") from error

    class Picture(Figure):
        def _repr_png_(self) -> bytes:
            stream = io.BytesIO()
            self.savefig(stream, format="png", dpi=100)
            return stream.getvalue()

    return Picture
