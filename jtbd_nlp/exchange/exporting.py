"""Writes a report in any form, and compares it with codes made elsewhere; what two commands do, for Python too."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InvalidParameterError
from ..reporting.files import write_text
from ..reporting.tables import to_csv
from .agreement import CodeAgreement, agreement
from .backlog import to_backlog
from .codings import PersonCodings, person_codings
from .notes import write_notes
from .phrases import phrase_bank
from .qda import project_of
from .refi_qda import read_qdpx, write_qdc, write_qdpx
from .tables import write_jsonl, write_parquet, write_xlsx

if TYPE_CHECKING:
    from ..reporting import JobReport
    from ..study.curation import Edit

FORMS = ("qdpx", "qdc", "xlsx", "jsonl", "parquet", "notes", "backlog", "phrases", "csv", "md", "html")
TABLE_FORMS = ("csv", "jsonl", "parquet")  # those that hold one table


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far a person's codes agree with the report's, code by code; ``codings`` are the person's."""

    rows: tuple[CodeAgreement, ...]
    codings: PersonCodings

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, rounded to 4 digits."""
        return {
            "codes": [{k: _rounded(v) for k, v in dataclasses.asdict(row).items()} for row in self.rows],
            "only_person": list(self._unpaired()),
            "lost": dict(self.codings.lost),
        }

    def text(self) -> str:
        """Return a table for reading."""
        lines = [f"{'code':30} {'both':>6} {'person':>6} {'machine':>7} {'kappa':>6} {'alpha':>6}"]
        for r in self.rows:
            marks = [f"{v:6.2f}" if v is not None else "     -" for v in (r.kappa, r.alpha)]
            lines.append(f"{r.code[:30]:30} {r.both:6} {r.only_person:6} {r.only_machine:7} {' '.join(marks)}")
        lines += [f"only in the project: {name}" for name in self._unpaired()]
        lines += [f"{n} codings without a place: {why}" for why, n in self.codings.lost.items()]
        return "\n".join(lines)

    def _unpaired(self) -> Sequence[str]:
        paired = {row.code for row in self.rows}
        return sorted({self.codings.names.get(code, code) for code in self.codings.by_code} - paired)


def export_report(
    report: JobReport,
    to: str,
    out: Path | str,
    *,
    edits: Sequence[Edit] = (),
    table: str | None = None,
    title: str = "",
) -> Path:
    """Write a report in another form.

    Parameters
    ----------
    report : JobReport
        Any; qdpx and notes need its transcripts.
    to : str
        One of `FORMS`.
    out : Path or str
        File to write; a folder for notes.
    edits : Sequence[Edit], default=()
        The curation, so that a .qdpx tells the person's codings from the machine's.
    table : str or None, default=None
        For csv, jsonl and parquet: which table, as for `JobReport.to_frame`; None takes the quotes.
    title : str, default=""
        Of the page, for html; empty: "Jobs to be done".

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    InvalidParameterError
        If there is no such form or table, or a table is named for a form that holds all or none.
    StudyError
        If it cannot be written.
    """
    _check(to, table)
    chosen = table or "quotes"
    writers: dict[str, Callable[[], Path]] = {
        "qdpx": lambda: write_qdpx(project_of(report, edits), out),
        "qdc": lambda: write_qdc(project_of(report), out),
        "xlsx": lambda: write_xlsx(report, out),
        "jsonl": lambda: write_jsonl(report, out, chosen),
        "parquet": lambda: write_parquet(report, out, chosen),
        "notes": lambda: write_notes(report, out),
        "backlog": lambda: write_text(out, to_backlog(report)),
        "phrases": lambda: write_text(out, _phrases(report)),
        "csv": lambda: write_text(out, to_csv(report.to_frame(chosen))),
        "md": lambda: write_text(out, report.to_markdown()),
        "html": lambda: write_text(out, report.to_html(title=title or "Jobs to be done")),
    }
    return writers[to]()


def _check(to: str, table: str | None) -> None:
    if to not in FORMS:
        near = difflib.get_close_matches(to, FORMS, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Choose one of them."
        raise InvalidParameterError(f"form must be one of {', '.join(FORMS)}, got {to!r}. {hint}")
    if table is not None and to not in TABLE_FORMS:
        raise InvalidParameterError(
            f"table must be left out for {to}, got {table!r}. It is for {', '.join(TABLE_FORMS)}: they hold one table."
        )


def compare_codes(project: Path | str, report: JobReport) -> Comparison:
    """Compare a coded .qdpx project with a report.

    Parameters
    ----------
    project : Path or str
        A project coded by people on the report's transcripts, in any REFI-QDA tool.
    report : JobReport
        With its transcripts and segments.

    Returns
    -------
    Comparison

    Raises
    ------
    IngestionError
        If the project cannot be read.
    """
    codings = person_codings(read_qdpx(project), report.transcripts)
    return Comparison(rows=agreement(report, codings), codings=codings)


def _phrases(report: JobReport) -> str:
    import pandas as pd

    columns = ["job_id", "job_name", "kind", "text", "n_participants", "transcript_id", "start_char"]
    return to_csv(pd.DataFrame(phrase_bank(report), columns=columns, dtype=object))


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
