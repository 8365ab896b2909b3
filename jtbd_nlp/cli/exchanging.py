"""The commands ``export`` and ``import-codes``: results in the form that other tools use, and codes from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, ReportPath, load_report, say, say_json

if TYPE_CHECKING:
    from ..reporting import JobReport
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
    table: Annotated[
        str | None,
        typer.Option(help="For csv, jsonl and parquet: which table, such as jobs or left_out; none: quotes."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a report in another form.

    \b
    Examples:
      jtbd-nlp export report qdpx --out study.qdpx
      jtbd-nlp export my-study backlog --out backlog.csv
      jtbd-nlp export my-study csv --table left_out --out left_out.csv
    """
    from ..exchange import export_report, lone_notes

    edits: Sequence[Edit] = ()
    title = ""
    if (report / "study.toml").is_file():
        from ..study import Study

        study = Study.open(report)
        edits, title = study.edits, study.title  # a project for other tools tells person from machine
    loaded = load_report(report)
    export_report(loaded, to, out, edits=edits, table=table, title=title)
    lone = lone_notes(loaded, out) if to == "notes" else ()
    if as_json:
        say_json({"form": to, "written": str(out)} | ({"notes_without_a_job": list(lone)} if lone else {}))
        return
    say(str(out))
    for name in lone:
        typer.echo(f"{out / name}: its job is no longer there; the note is kept as it was", err=True)


def import_codes(
    project: Annotated[Path, typer.Argument(help="A .qdpx project coded by people, in any REFI-QDA tool.")],
    report: Annotated[Path, typer.Option(help="Report or study to compare with.")],
    keep: Annotated[bool, typer.Option("--keep", help="Write the codes into the study as edits.")] = False,
    by: Annotated[str | None, typer.Option(help="With --keep: who coded.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read codes that people made elsewhere, and tell how far person and machine agree (kappa, alpha).

    \b
    Examples:
      jtbd-nlp import-codes coded.qdpx --report my-study
      jtbd-nlp import-codes coded.qdpx --report my-study --keep --by Ada
    """
    from ..exchange import compare_codes

    loaded = load_report(report)
    found = compare_codes(project, loaded)
    written = _keep(project, report, loaded, by) if keep else ()
    if as_json:
        say_json({**found.to_dict(), "edits": [edit.to_dict() for edit in written]})
        return
    say(found.text())
    for edit in written:
        say(f"{edit.op}: written as {edit.id}; it counts from the next run: jtbd-nlp mine")


def _keep(project: Path, folder: Path, report: JobReport, by: str | None) -> Sequence[Edit]:
    """Write what people coded into the study as edits; those that it has already are left aside."""
    from ..exchange import codes_to_edits, person_codings, read_qdpx
    from ..study import Study

    study = Study.open(folder, by=by)
    known = {edit.id for edit in study.history()}
    edits = codes_to_edits(person_codings(read_qdpx(project), report.transcripts), report, by=by)
    return study.record(*(edit for edit in edits if edit.id not in known))
