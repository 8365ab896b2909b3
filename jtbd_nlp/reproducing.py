"""Runs again what a report says it was made of, and tells whether the result is the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .config import Config
from .pipeline import mine
from .reporting import JobReport
from .reporting.codec import dumps


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Whether the same bytes came out, and else what differs, one line each."""

    same: bool
    differences: tuple[str, ...]


def reproduce(report: JobReport, source: Path | str) -> Reproduction:
    """Mine again with a report's settings and compare.

    Parameters
    ----------
    report : JobReport
        As loaded.
    source : Path or str
        The transcripts it was made from.

    Returns
    -------
    Reproduction
        ``same`` when jobs, quotes and everything else in report.json are equal.

    Raises
    ------
    IngestionError
        If nothing could be read.
    """
    again = mine(source, config=Config.from_dict(dict(report.config), origin="report"), progress=False)
    before, after = _compared(report), _compared(again)
    differences = [*_inputs(before["provenance"], after["provenance"])]
    differences += [f"{key} differ" for key in before if key != "provenance" and before[key] != after.get(key)]
    return Reproduction(same=not differences, differences=tuple(differences))


def _compared(report: JobReport) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(dumps(report.to_dict()))
    return {key: plain[key] for key in ("jobs", "unclustered", "config", "provenance")}


def _inputs(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    lines = [] if before["version"] == after["version"] else [f"version was {before['version']}, is {after['version']}"]
    for what in ("models", "inputs"):
        names = sorted(before[what].keys() | after[what].keys())
        lines += [f"{what}: {name} differs" for name in names if before[what].get(name) != after[what].get(name)]
    return lines
