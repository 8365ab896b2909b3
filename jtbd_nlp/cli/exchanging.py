"""The commands ``export``, ``import-codes`` and ``profile``: results in the form that other tools use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, ReportPath, load_report, say, say_json

if TYPE_CHECKING:
    from ..study.curation import Edit


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(export)
    app.command("import-codes")(import_codes)


def export(
    report: ReportPath,
    to: Annotated[
        str, typer.Argument(help="qdpx, qdc, xlsx, jsonl, parquet, notes, backlog, phrases, md, html or csv")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="File or folder to write.")],
) -> None:
    """Write a report in another form.

    \b
    Examples:
      jtbd-nlp export report qdpx --out study.qdpx
      jtbd-nlp export my-study backlog --out backlog.csv
    """
    from ..exchange import export_report

    edits: Sequence[Edit] = ()
    if (report / "study.toml").is_file():
        from ..study import Study

        edits = Study.open(report).edits  # so that a project for other tools tells person from machine
    export_report(load_report(report), to, out, edits=edits)
    say(str(out))


def import_codes(
    project: Annotated[Path, typer.Argument(help="A .qdpx project coded by people, in any REFI-QDA tool.")],
    report: Annotated[Path, typer.Option(help="Report or study to compare with.")],
    as_json: AsJson = False,
) -> None:
    """Read codes that people made elsewhere, and tell how far person and machine agree (kappa, alpha)."""
    from ..exchange import compare_codes

    found = compare_codes(project, load_report(report))
    if as_json:
        say_json(found.to_dict())
    else:
        say(found.text())
