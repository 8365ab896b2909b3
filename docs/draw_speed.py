"""Draw docs/speed.png from benchmarks/speed_results.json: seconds by stage, and peak memory, beside the yardstick.

python docs/draw_speed.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "speed_results.json"
YARDSTICK = "#999999"
STAGES = {
    "start": "#F0E442", "reading": "#56B4E9", "analysing": "#0072B2", "grouping": "#CC79A7", "drafting": "#009E73",
    "saving": "#D55E00",
}  # fmt: skip


def draw_seconds(axes: Axes, runs: list[dict[str, Any]]) -> None:
    """Draw one bar a run, ours in stages one beside the other."""
    for at, run in enumerate(runs):
        left = 0.0
        for stage, seconds in run.get("stages", {"": run["seconds"]}).items():
            axes.barh(at, seconds, left=left, color=STAGES.get(stage, YARDSTICK))
            left += seconds
        axes.text(left, at, f" {run['seconds']:.0f} s, {run['mib']:,} MiB", va="center", fontsize=9)
    axes.set_yticks(range(len(runs)), ["jtbd_nlp" if "stages" in run else "BERTopic stack" for run in runs])
    axes.set_xlim(0, 1.35 * max(run["seconds"] for run in runs))
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(f"{runs[0]['interviews']:,} interviews", loc="left", fontsize=10)


def main() -> None:
    """Draw the sizes that both were measured at."""
    results = json.loads(RESULTS.read_text(encoding="utf8"))
    figure = Figure(figsize=(8.4, 3.6), layout="constrained")
    for axes, size in zip(figure.subplots(2, 1), (12, 1211), strict=True):
        draw_seconds(axes, [run for run in results["runs"] if run["interviews"] == size])
        axes.set_xlabel("seconds on the clock" if size > 12 else "")
    handles = [figure.axes[0].barh(0, 0, color=colour, label=stage) for stage, colour in STAGES.items()]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), fontsize=8, frameon=False)
    figure.suptitle(f"{results['machine']}; {results['date']}, {results['commit']}", fontsize=8, color="#555555")
    figure.savefig(ROOT / "docs" / "speed.png", dpi=130, metadata={"Software": None})


if __name__ == "__main__":
    main()
