"""Puts the results of a run in place as a whole: finished files in, ``results/`` renewed, or left as it was.

A run writes everything into a staging folder, then one small journal that says where each file goes, and only then
moves them. A run killed before the journal is there has changed nothing; one killed after it is finished by whoever
opens the study next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import StudyError
from ..reporting.files import write_text

_JOURNAL = "journal.json"
_STAGING = "staging"


def fresh_staging(state: Path) -> Path:
    """Return an empty staging folder; what a killed run left there is taken away."""
    staging = state / _STAGING
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
    return staging


def commit(state: Path, study: Path, moves: Mapping[str, str], gone: Iterable[str]) -> None:
    """Move staged files to their places and take old ones away.

    Parameters
    ----------
    state : Path
        The folder that holds the staging folder.
    study : Path
        The folder that the targets are below.
    moves : Mapping[str, str]
        Path below the staging folder to path below the study, in the order in which they appear there.
    gone : Iterable[str]
        Paths below the study that an earlier run wrote and this one does not have.

    Raises
    ------
    StudyError
        If a file cannot be written; the next run finishes what is left.
    """
    plan = {"moves": list(moves.items()), "gone": sorted(gone)}
    write_text(state / _JOURNAL, json.dumps(plan, ensure_ascii=False))
    finish_commit(state, study)


def finish_commit(state: Path, study: Path) -> bool:
    """Do what the journal says, if there is one, and return whether there was; doing it twice does no harm."""
    journal = state / _JOURNAL
    if not journal.exists():
        return False
    try:
        plan = json.loads(journal.read_text(encoding="utf-8"))
        for source, target in plan["moves"]:
            _move(state / _STAGING / _below(source), study / _below(target))
        for name in plan["gone"]:
            (study / _below(name)).unlink(missing_ok=True)
        shutil.rmtree(state / _STAGING, ignore_errors=True)
        journal.unlink()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StudyError(
            f"{study} must take the results that wait in {state / _STAGING}, got {error}. Free space or mend the "
            "rights, then run again; no edit was lost."
        ) from error
    return True


def _move(staged: Path, target: Path) -> None:
    if staged.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)


def _below(name: str) -> Path:
    """Refuse a path of a tampered journal that would leave its folder."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"path {name!r} leaves its folder")
    return path
