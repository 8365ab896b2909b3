"""Runs again what a report says it was made of, and tells whether the result is the same."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .config import Config, PrivacyConfig
from .errors import StudyError
from .pipeline import SETTINGS_FILE, mine
from .privacy.hiding.private_files import read_private
from .reporting import JobReport
from .reporting.codec import dumps
from .reporting.saving import HEAVY, NO_TEXTS

_ORIGINAL = ("original_start_char", "original_end_char")
_FROM_TEXTS = ("jobs", "unclustered", "segments", "coordinates", "saturation", "coverage", "provenance")


@dataclass(frozen=True, slots=True)
class Reproduction:
    """Whether the same came out, and else what differs, one line each.

    ``notes`` names what is not as it was and need not matter: other versions of libraries. Where there are none, ``same``
    means the same bytes of report.json.
    """

    same: bool
    differences: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def reproduce(
    report: JobReport,
    source: Path | str | None = None,
    *,
    participants: Path | str | None = None,
    private: Path | str | None = None,
    config: Config | None = None,
) -> Reproduction:
    """Mine again with a report's settings and compare.

    Parameters
    ----------
    report : JobReport
        As loaded.
    source : Path or str or None, default=None
        The transcripts it was made from: the originals, also where the report is redacted. None: those that are saved
        beside the report, so that everything after reading and redacting is run again.
    participants : Path or str or None, default=None
        The table of who is who, where the run was given one.
    private : Path or str or None, default=None
        The folder with the key of the pseudonyms, the decisions on personal data and the settings as they were given; it
        is read and not changed. None: fresh pseudonyms, no decisions, and the settings that the report shows.
    config : Config or None, default=None
        Settings in place of those.

    Returns
    -------
    Reproduction
        ``same`` when everything in report.json is equal.

    Raises
    ------
    IngestionError
        If nothing could be read.
    StudyError
        If no source is given and no transcripts lie beside the report.
    MissingModelError
        If a shipped model file is not the one that its index records.
    """
    if source is None:
        return _from_texts(report, config)
    with tempfile.TemporaryDirectory() as held:
        kept = _copied(private, Path(held))
        settings = config or _settings(report, kept)
        again = mine(source, participants=participants, config=settings, progress=False, private=kept)
    whole = not any(w.code == NO_TEXTS for w in report.warnings)
    return compare(_plain(report, whole=whole), _plain(again, whole=whole))


def _from_texts(report: JobReport, config: Config | None) -> Reproduction:
    if not report.transcripts or not all(t.text for t in report.transcripts):
        raise StudyError("transcripts must be given, got none and none beside the report. Name their folder.")
    settings = config or Config.from_dict(dict(report.config), origin="report")
    again = mine(report.transcripts, config=dataclasses.replace(settings, privacy=PrivacyConfig()), progress=False)
    before, after = ({k: v for k, v in _bare(_plain(r)).items() if k in _FROM_TEXTS} for r in (report, again))
    found = compare(before, after)
    note = "from the transcripts saved beside the report; the originals were not read"
    return dataclasses.replace(found, notes=(note, *found.notes))


def reproduce_study(study: Path, source: Path | None = None) -> Reproduction:
    """Run a copy of a study again, with its edits and the ids of the run before, and compare with its results.

    Parameters
    ----------
    study : Path
        The study's folder; nothing in it changes.
    source : Path or None, default=None
        Transcripts in place of the study's own.

    Returns
    -------
    Reproduction

    Raises
    ------
    StudyError
        If the study has no report yet.
    """
    from .study import Study

    before = study / "results" / "report.json"
    if not before.is_file():
        raise StudyError(f"{study} must hold a report, got none. Run: jtbd-nlp mine {study}")
    with tempfile.TemporaryDirectory() as held:
        copy = Path(held) / "study"
        shutil.copytree(study, copy, ignore=_left_out)
        if source is not None:
            shutil.rmtree(copy / "transcripts")
            shutil.copytree(source, copy / "transcripts")
        Study.open(copy).mine(progress=False)
        after = (copy / "results" / "report.json").read_bytes()
    return compare(json.loads(before.read_bytes()), json.loads(after))


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Reproduction:
    """Compare two reports as they stand in report.json: inputs, models and versions by name, the rest by key."""
    was, now = dict(before.get("provenance", {})), dict(after.get("provenance", {}))
    notes = tuple(_changed("library", was.pop("libraries", {}), now.pop("libraries", {})))
    lines = (
        []
        if was.get("version") == now.get("version")
        else [f"version was {was.get('version')}, is {now.get('version')}"]
    )
    for what, name in (("models", "model"), ("inputs", "input")):
        lines += _changed(name, was.get(what, {}), now.get(what, {}))
    keys = sorted((before.keys() | after.keys()) - {"provenance"})
    lines += [f"{key} differ" for key in keys if before.get(key) != after.get(key)]
    if not lines and was != now:
        lines.append("provenance differs")
    return Reproduction(same=not lines, differences=tuple(lines), notes=notes)


def _changed(what: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    lines = []
    for name in sorted(was.keys() | now.keys()):
        if was.get(name) != now.get(name):
            states = [str(side.get(name, "absent"))[:12] for side in (was, now)]
            lines.append(f"{what} {name} was {states[0]}, is {states[1]}")
    return lines


def _settings(report: JobReport, private: Path | None) -> Config:
    text = None if private is None else read_private(private / SETTINGS_FILE)
    given = dict(report.config) if text is None else json.loads(text)
    return Config.from_dict(given, origin="report" if text is None else SETTINGS_FILE)


def _copied(private: Path | str | None, held: Path) -> Path | None:
    if private is None:
        return None
    folder = Path(private)
    if not folder.is_dir():
        raise StudyError(f"private must be a folder, got {folder}. Name the one that the run wrote, or leave it out.")
    return Path(shutil.copytree(folder, held / "private"))


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Name what a copy of a study does without: its results, which are to be made, and cache and lock."""
    inside = Path(folder).name == ".jtbd"
    return {n for n in names if (n in {"cache", "lock", "holder.json"} if inside else n == "results")}


def _plain(report: JobReport, *, whole: bool = True) -> dict[str, Any]:
    """Return a report as it stands in its files; not ``whole``: as it stands in report.json alone."""
    plain: dict[str, Any] = json.loads(dumps(report.to_dict()))
    if whole:
        return plain
    plain["warnings"] = [w for w in plain["warnings"] if w["code"] != NO_TEXTS]
    plain["transcripts"] = [{k: v for k, v in t.items() if k not in HEAVY} for t in plain["transcripts"]]
    return {k: v for k, v in plain.items() if k not in ("segments", "coverage")}  # both are made of the texts


def _bare(value: Any) -> Any:
    """Return a value without the places in the originals, which a run on protected texts does not know."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in _ORIGINAL}
    return [_bare(v) for v in value] if isinstance(value, list) else value
