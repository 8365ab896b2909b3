"""`Study`: a folder of transcripts with its settings, a person's edits and the results of the last run.

::

    STUDY/study.toml          settings, commented
    STUDY/participants.csv    who is who
    STUDY/transcripts/        the interviews
    STUDY/curation.toml       what a person decided (see `jtbd_nlp.study.curation`)
    STUDY/identity.json       which passages each job id stands for; keep it with curation.toml
    STUDY/results/            report.html, report.json, tables, changes.txt
    STUDY/.jtbd/              cache, lock and the state of the last run; can be deleted
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import StudyError
from ..reporting.files import write_text
from .committing import finish_commit
from .curation import Edit, active_edits, edit_from_dict, parse_curation
from .diff import Diff, diff_reports
from .editing import Editing
from .inputs import InputChanges
from .joining import with_ids_apart, without_known
from .lock import study_lock
from .running import run_study
from .settings import default_settings, read_settings
from .state import StudyState
from .writing import HEAD, append_edits

if TYPE_CHECKING:
    from ..config import Config
    from ..reporting import JobReport

EDIT_WAIT_S = 5.0  # an edit takes milliseconds: wait for another one, but not for a run
_PARTICIPANTS = "transcript,speaker,participant\n"


class Study(Editing):
    """A study folder; make one with `Study.init`, use one with `Study.open`.

    Parameters
    ----------
    folder : Path or str
        A folder that holds a study.toml.
    by : str or None, default=None
        Who edits; written into each edit.

    Examples
    --------
    >>> study = Study.open("my_study")                  # doctest: +SKIP
    >>> report = study.mine()                           # doctest: +SKIP
    >>> study.merge("J-3f9a1c", "J-77ab02")             # doctest: +SKIP
    >>> print(study.mine() and study.diff().text())     # doctest: +SKIP
    """

    def __init__(self, folder: Path | str, *, by: str | None = None) -> None:
        self.folder = Path(folder)
        self.by = by
        self.state = StudyState(self.folder)

    @classmethod
    def init(cls, folder: Path | str, *, by: str | None = None, title: str = "") -> Study:
        """Make a study: settings, folder for transcripts, participants file and curation file.

        Parameters
        ----------
        folder : Path or str
            Made where absent. Files that are there already, transcripts say, stay as they are.
        by : str or None, default=None
            Who edits.
        title : str, default=""
            Of the report page; it can be changed in study.toml.

        Returns
        -------
        Study

        Raises
        ------
        StudyError
            If there is a study already, or the folder cannot be written.
        """
        root = Path(folder)
        if (root / "study.toml").exists():
            raise StudyError(f"{root} must be a folder without a study, got one. Open it, or choose another folder.")
        settings = default_settings(title)
        with study_lock(root / ".jtbd", what="init"):
            (root / "transcripts").mkdir(exist_ok=True)
            for name, text in (("participants.csv", _PARTICIPANTS), ("curation.toml", HEAD)):
                if not (root / name).exists():
                    write_text(root / name, text)
            write_text(root / "study.toml", settings)
        return cls(root, by=by)

    @classmethod
    def open(cls, folder: Path | str, *, by: str | None = None) -> Study:
        """Open a study.

        Parameters
        ----------
        folder : Path or str
            The folder that `init` made.
        by : str or None, default=None
            Who edits.

        Returns
        -------
        Study

        Raises
        ------
        StudyError
            If there is no study, or a newer version made it.
        InvalidParameterError
            If study.toml holds a key that nobody knows.
        """
        root = Path(folder)
        if not (root / "study.toml").is_file():
            raise StudyError(f"{root} must hold a study.toml, got none. Make the study: jtbd-nlp init {root}")
        read_settings(root / "study.toml")
        return cls(root, by=by)

    @property
    def config(self) -> Config:
        """Return the settings of study.toml as they are now."""
        return read_settings(self.folder / "study.toml")

    @property
    def title(self) -> str:
        """Return the title of the report page as study.toml has it now; empty: none is given."""
        return self.state.title

    def mine(self, progress: Callable[..., Any] | bool | None = None) -> JobReport:
        """Run what has to be run, and put the results into ``results/``.

        Nothing is run when neither transcripts nor settings nor edits nor the version changed. Else only transcripts
        that the cache does not know go through the models.

        Parameters
        ----------
        progress : callable, bool or None, default=None
            As for `jtbd_nlp.mine`.

        Returns
        -------
        JobReport

        Raises
        ------
        StudyError
            If another process uses the study, a file of it cannot be used, or the folder cannot be written: then
            nothing was changed.
        """
        with study_lock(self.state.folder, what="mine"):
            finish_commit(self.state.folder, self.folder)
            return run_study(self.state, self.config, self.history(), progress)

    @property
    def report(self) -> JobReport:
        """Return the report of the last run; `StudyError` where there is none."""
        self._finish_last_run()
        report = self.state.report()
        if report is None:
            raise StudyError(f"{self.folder} must have results, got none. Run: jtbd-nlp mine {self.folder}")
        return report

    @property
    def mined(self) -> bool:
        """Return whether there is a report of a last run."""
        self._finish_last_run()
        return (self.state.results / "report.json").is_file()

    def history(self) -> tuple[Edit, ...]:
        """Return all edits in order of time, undone ones and undos among them; see `active_edits`."""
        file = self.folder / "curation.toml"
        return parse_curation(self._curation_text(), origin=str(file))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return the edits that count."""
        return active_edits(self.history())

    def diff(self) -> Diff:
        """Return what the last run that differed from the one before it changed; an empty `Diff` after a first run."""
        before = self.state.previous_report()
        return Diff() if before is None else diff_reports(before, self.report)

    def changes(self) -> InputChanges:
        """Return which transcripts came, changed and went since the last run; nothing is run."""
        return self.state.inputs(self.config, self._curation_text()).changes_since(self.state.last_files())

    @property
    def up_to_date(self) -> bool:
        """Return whether the results are those of the transcripts, settings, people and edits that lie here now."""
        last = self.state.last_run()
        now = self.state.inputs(self.config, self._curation_text()).fingerprint
        return last.get("fingerprint") == now and self.state.intact(last)

    def guide(self) -> str:
        """Return the interview guide: see `jtbd_nlp.study.guide.guide`; before the first run the starter alone."""
        from .guide import guide

        return guide(self.report if self.mined else None)

    def record(self, *edits: Edit) -> tuple[Edit, ...]:
        """Append edits to curation.toml; they count from the next `mine` on.

        Parameters
        ----------
        *edits : Edit
            In order of time. One that does not say who made it gets the name that the study was opened with.

        Returns
        -------
        tuple[Edit, ...]
            As they were written, each with its id.

        Raises
        ------
        StudyError
            If the study is in use or the file cannot be written or read; then it is as it was.
        """
        signed = tuple(self._signed(edit) for edit in edits)
        with study_lock(self.state.folder, what="edit", wait_s=EDIT_WAIT_S):
            self.history()  # a file that cannot be read is named with its folder
            text, written = append_edits(self._curation_text(), signed)
            write_text(self.folder / "curation.toml", text)
        return written

    def add_edits(self, file: Path | str) -> tuple[Edit, ...]:
        """Append the edits of another curation file, such as the one that the report page downloads.

        Parameters
        ----------
        file : Path or str
            A curation file. Edits that this study has already are left aside, so adding one twice does no harm.

        Returns
        -------
        tuple[Edit, ...]
            Those that were new, as written.

        Raises
        ------
        StudyError
            If the file is none, or the study cannot be written.
        """
        found = parse_curation(_read_text(Path(file)), origin=str(file))
        known = self.history()
        return self.record(*without_known(with_ids_apart(found, known), known))

    def _signed(self, edit: Edit) -> Edit:
        return edit if edit.by or not self.by else edit_from_dict({**edit.to_dict(), "by": self.by})

    def _curation_text(self) -> str:
        file = self.folder / "curation.toml"
        return _read_text(file) if file.exists() else ""

    def _finish_last_run(self) -> None:
        if self.state.waiting:
            with study_lock(self.state.folder, what="open"):
                finish_commit(self.state.folder, self.folder)


def _read_text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise StudyError(
            f"{file} must be a readable file, got {error.strerror or error}. Check its name and its rights."
        ) from error
    except UnicodeDecodeError as error:
        raise StudyError(f"{file} must be in UTF-8, got {error}. Save it so; no edit is lost.") from error
