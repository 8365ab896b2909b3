"""Knows where a study keeps what, and reads it: the folder in; last report, ledger, cache and inputs out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StudyError
from ..models import sha256_of
from ..privacy.protection import REVIEW_FILE
from ..privacy.review import read_review
from .cache import FolderCache
from .inputs import Inputs, hash_files, hash_value
from .ledger import Ledger, read_ledger
from .settings import read_title

if TYPE_CHECKING:
    from ..config import Config
    from ..reporting import JobReport

FORMAT = 1


class StudyState:
    """The files of a study that are not for editing.

    Parameters
    ----------
    study : Path
        The study's folder.
    """

    def __init__(self, study: Path) -> None:
        self.study = study
        self.folder = study / ".jtbd"
        self.results = study / "results"

    @property
    def waiting(self) -> bool:
        """Return whether a killed run left finished results that are not in place yet."""
        return (self.folder / "journal.json").exists()

    def cache(self) -> FolderCache:
        """Return the cache of the study."""
        return FolderCache(self.folder / "cache")

    def inputs(self, config: Config, curation: str) -> Inputs:
        """Return all that a run depends on, as it is now."""
        from .. import __version__
        from ..models import _roots

        title = self.title
        index = next((r / "index.json" for r in _roots() if (r / "index.json").is_file()), None)
        people = self.people
        return Inputs(
            files=hash_files(self.study / "transcripts"),
            others={
                "config": hash_value(config.to_dict()),
                "curation": hash_value(curation),
                "models": sha256_of(index) if index else "",
                "participants": sha256_of(people) if people else "",
                "review": _decisions(self.study / "private" / REVIEW_FILE),
                "version": __version__,
                **({"title": title} if title else {}),
            },
        )

    @property
    def people(self) -> Path | None:
        """Return the file that says who is who; None where it says nothing yet, as a new study's."""
        from ..ingestion.speakers.beside import people_file, says_something

        found = people_file(self.study)
        return found if found is None or says_something(found) else None

    @property
    def title(self) -> str:
        """Return the title that study.toml gives to the report page; empty: none."""
        return read_title(self.study / "study.toml")

    def last_run(self) -> dict[str, Any]:
        """Return what the last run noted: fingerprint, files, results with sha256; empty where there was none."""
        return _read(self.folder / "run.json")

    def last_files(self) -> dict[str, str]:
        """Return path to sha256 of the transcripts of the last run."""
        return dict(self.last_run().get("files", {}))

    def intact(self, run: Mapping[str, Any]) -> bool:
        """Return whether all results of a run are there as it wrote them."""
        return bool(run.get("results")) and all(
            (self.study / name).is_file() and sha256_of(self.study / name) == digest
            for name, digest in run["results"].items()
        )

    def report(self) -> JobReport | None:
        """Return the report in ``results/``, or None."""
        from ..reporting import JobReport

        return JobReport.load(self.results) if (self.results / "report.json").is_file() else None

    def previous_report(self) -> JobReport | None:
        """Return the report of the run before the last, without texts, or None."""
        from ..reporting import JobReport

        file = self.folder / "previous" / "report.json"
        return JobReport.load(file) if file.is_file() else None

    def ledger(self, *, previous: bool = False) -> Ledger:
        """Return the ledger of the last run, or of the one before it; empty where there is none."""
        file = (self.folder / "previous" if previous else self.study) / "identity.json"
        if not file.is_file():
            return Ledger()
        try:
            return read_ledger(file.read_text(encoding="utf-8-sig"), str(file))
        except (OSError, ValueError, RecursionError) as error:
            raise StudyError(f"{file} must be JSON, got {error}. Restore it, or take it away for fresh ids.") from error


def _decisions(file: Path) -> str:
    """Return a hash of what a person decided of the personal data; the finds that nobody decided do not count."""
    if not file.is_file():
        return ""
    review = read_review(file)
    if not review.by_place and not review.added:
        return ""  # a run writes the file: what it found is not decided, and no reason to run again
    return hash_value([sorted([*place, hide] for place, hide in review.by_place.items()), sorted(review.added)])


def _read(file: Path) -> dict[str, Any]:
    """Return the note of a run; a damaged or a newer one counts as none, and the run is done again."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) and data.get("format") == FORMAT else {}
