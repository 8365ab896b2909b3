"""Runs a study: its state, settings and edits in, a report out and everything in its place or nothing changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StudyError
from ..models import sha256_of
from ..reporting.earlier import listed_stems
from ..reporting.files import write_text
from .applying import Curator
from .committing import commit, fresh_staging
from .curation import Edit
from .diff import Diff, diff_reports
from .inputs import InputChanges, Inputs
from .state import FORMAT, StudyState

if TYPE_CHECKING:
    from ..config import Config
    from ..reporting import JobReport


def run_study(
    state: StudyState, config: Config, edits: Sequence[Edit], progress: Callable[..., Any] | bool | None
) -> JobReport:
    """Mine the study unless nothing changed since the last run; the caller holds the lock.

    A run on the inputs of the last one (its results were deleted, say) is compared with the run before that, so that
    it gives the same bytes again.

    Parameters
    ----------
    state : StudyState
        Where everything is.
    config : Config
        Of study.toml.
    edits : Sequence[Edit]
        Of curation.toml.
    progress : callable, bool or None
        Handed on to the pipeline.

    Returns
    -------
    JobReport
        Of this run, or of the last one where nothing changed.

    Raises
    ------
    StudyError
        If there are no transcripts, or the results cannot be written.
    """
    inputs = state.inputs(config, _text(state.study / "curation.toml"))
    if not inputs.files:
        raise StudyError(f"{state.study / 'transcripts'} must hold transcripts, got none. Put the interviews there.")
    last = state.last_run()
    again = last.get("fingerprint") == inputs.fingerprint
    if again and state.intact(last):
        found = state.report()
        if found is not None:
            return found
    curator = Curator(edits=edits, ledger=state.ledger(previous=again), settings=inputs.grouping)
    report = _pipeline(state, config, curator, progress)
    before = state.previous_report() if again else _last_report(state)
    files = dict(last.get("files_before" if again else "files", {}))
    _put(state, report, curator, _Note(inputs, files, _diff(before, report), hides=_hides(report)), again=again)
    state.cache().prune()
    return report


def _hides(report: JobReport) -> bool:
    """Say whether a run hides anything of people, so that its results must not tell what earlier ones showed."""
    privacy = report.config.get("privacy", {})
    return bool(privacy.get("pseudonymise")) or privacy.get("redact", "off") != "off"


def _diff(before: JobReport | None, report: JobReport) -> Diff:
    """Compare with the run before; where people are hidden its words are left out, which may show more than this run does."""
    if before is None:
        return Diff()
    if not _hides(report):
        return diff_reports(before, report)
    modes = [[r.config.get("privacy", {}).get(key) for key in ("pseudonymise", "redact")] for r in (before, report)]
    return diff_reports(before, report).without_old_words(report) if modes[0] == modes[1] else Diff()


class _Note:
    """What a run notes of itself; ``hides``: the names of files may be people's, so results tell only how many."""

    def __init__(self, inputs: Inputs, files_before: dict[str, str], diff: Diff, *, hides: bool = False) -> None:
        self.inputs = inputs
        self.files_before = files_before
        self.diff = diff
        self.hides = hides
        self.changes: InputChanges = inputs.changes_since(files_before)

    def run(self, results: dict[str, str]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "fingerprint": self.inputs.fingerprint,
            "files": dict(self.inputs.files),
            "files_before": self.files_before,
            "results": results,
        }


def _pipeline(
    state: StudyState, config: Config, curator: Curator, progress: Callable[..., Any] | bool | None
) -> JobReport:
    from ..pipeline import mine

    return mine(
        state.study / "transcripts",
        participants=state.people,
        config=config,
        progress=progress,
        cache=state.cache(),
        curator=curator,
        private=state.study / "private",
    )


def _last_report(state: StudyState) -> JobReport | None:
    try:
        return state.report()
    except StudyError:
        return None  # damaged results: this run makes them new, and there is nothing to compare with


def _put(state: StudyState, report: JobReport, curator: Curator, note: _Note, *, again: bool) -> None:
    """Write everything beside the old results, then put it in place as a whole."""
    staging = fresh_staging(state.folder)
    results = staging / "results"
    report.save(results)
    if state.title:
        write_text(results / "report.html", report.to_html(title=state.title))
    write_text(results / "changes.txt", f"files: {note.changes.text()}\njobs: {note.diff.text()}")
    changes = {**note.diff.to_dict(), "files": {"summary": note.changes.text()} if note.hides else _plain(note.changes)}
    write_text(results / "changes.json", json.dumps(changes, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    write_text(staging / "identity.json", json.dumps(curator.ledger.to_dict(), ensure_ascii=False, indent=1) + "\n")
    written = sorted(_files(staging), key=lambda name: (name == "results/report.json", name))  # the report comes last
    digests = {name: sha256_of(staging / name) for name in written}
    write_text(staging / "run.json", json.dumps(note.run(digests), ensure_ascii=False, indent=1) + "\n")
    moves = {name: name for name in written} | {"run.json": ".jtbd/run.json"}
    if not again:
        moves = _keep_previous(state, staging) | moves
    gone = {*state.last_run().get("results", {}), *_listed(state)} - digests.keys()
    commit(state.folder, state.study, moves, gone)


def _listed(state: StudyState) -> list[str]:
    """Return the transcripts that the old results list: without its folder for state, a study knows them by these alone."""
    return [f"results/transcripts/{stem}.txt" for stem in listed_stems(state.results) or ()]


def _keep_previous(state: StudyState, staging: Path) -> dict[str, str]:
    """Copy what the next comparison needs of the old results, and return the moves that put it in place."""
    moves = {}
    (staging / "previous").mkdir()
    for file in (state.results / "report.json", state.study / "identity.json"):
        if file.is_file():
            shutil.copyfile(file, staging / "previous" / file.name)
            moves[f"previous/{file.name}"] = f".jtbd/previous/{file.name}"
    return moves


def _plain(changes: InputChanges) -> dict[str, Any]:
    return {
        "added": list(changes.added),
        "changed": list(changes.changed),
        "removed": list(changes.removed),
        "renamed": [list(pair) for pair in changes.renamed],
    }


def _files(folder: Path) -> list[str]:
    return [f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()]


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig", "replace") if file.is_file() else ""
