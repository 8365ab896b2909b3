"""Draw docs/picture.png from real output: what people said, what was tagged, and the statement that came of it.

python docs/draw_picture.py
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

import jtbd_nlp
from jtbd_nlp.records import Job, Quote, SentenceTags

ROOT = Path(__file__).resolve().parent.parent
SHOWN = "See what was done last time"
COLOURS = {"situation": "#0072B2", "motivation": "#009E73", "outcome": "#D55E00", "struggle": "#CC79A7"}


def shown(report: jtbd_nlp.JobReport) -> Job:
    """Return a job that was chosen by eye; not every one is as good."""
    return next((job for job in report.jobs if job.name == SHOWN), report.jobs[0])


def draw_quote(axes: Axes, quote: Quote, tags: SentenceTags, top: float) -> None:
    """Draw one quote with its speaker and its labels in a box of its slot's colour."""
    colour = COLOURS.get(quote.slot or "", "#666666")
    words = "\n".join(textwrap.wrap(f"“{quote.text}”", 58)[:5])
    said = "\n".join(textwrap.wrap(", ".join(sorted(tags.labels)), 22))
    axes.text(
        0.0, top, f"{quote.participant_id}\n{words}", va="top", fontsize=9, linespacing=1.4,
        bbox={"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": colour, "linewidth": 1.5},
    )  # fmt: skip
    axes.text(0.56, top - 0.02, said, va="top", fontsize=9, color=colour)


def main() -> None:
    """Mine the samples and draw."""
    report = jtbd_nlp.mine(ROOT / "data" / "samples", progress=False)
    job = shown(report)
    figure = Figure(figsize=(11, 4.4), dpi=110, layout="constrained")
    axes = figure.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-0.01, 1.35)  # boxes begin a little before their words
    axes.set_ylim(0, 1)
    for number, quote in enumerate(job.quotes[:3]):
        draw_quote(axes, quote, report.tags[quote.segment_id], 0.97 - 0.34 * number)
    statement = job.statement
    axes.annotate("", (0.80, 0.5), (0.74, 0.5), arrowprops={"arrowstyle": "->", "color": "#444444"})
    top = 0.86
    axes.text(0.82, top, job.name, fontsize=13, weight="bold", va="top")
    parts = (("situation", "When "), ("motivation", "I want to "), ("outcome", "so I can "))
    for number, (slot, lead) in enumerate(parts):
        text = getattr(statement, slot) or "…"
        lead = "so " if text.startswith("that ") else lead
        words = "\n".join(textwrap.wrap(lead + text, 42))
        axes.text(0.82, top - 0.13 - 0.2 * number, words, fontsize=11, va="top", color=COLOURS[slot], linespacing=1.4)
    told = f"{len(job.participants)} participants, {sum(not q.is_weak for q in job.quotes)} exact quotes, confidence {job.confidence}"
    axes.text(0.82, 0.1, told, fontsize=9, color="#444444")
    figure.savefig(ROOT / "docs" / "picture.png")


if __name__ == "__main__":
    main()
