"""The commands of a study folder: ``init``, ``status``, ``diff``, ``history``, ``guide``, ``serve``, ``reproduce``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import (
    AsJson,
    ReportPath,
    StudyFolder,
    load_report,
    private_beside,
    read_config,
    refuse_in_study,
    say,
    say_json,
    write_or_print,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (init, status, diff, history, guide, serve, reproduce):
        app.command()(command)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder for the study; made where absent.")],
    title: Annotated[str, typer.Option(help="Title of the report page.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a study folder with settings, a place for transcripts, and a participants file.

    \b
    Examples:
      jtbd-nlp init my-study --title "Tradespeople, spring 2026"
      jtbd-nlp init my-study && cp interviews/*.vtt my-study/transcripts/ && jtbd-nlp mine my-study
    """
    from ..study import Study

    Study.init(folder, title=title)
    if as_json:
        say_json({"study": str(folder), "transcripts": str(folder / "transcripts")})
        return
    say(f"{folder}: put transcripts into {folder / 'transcripts'}, then run: jtbd-nlp mine {folder}")


def status(study: StudyFolder, as_json: AsJson = False) -> None:
    """Tell which transcripts came, changed or went since the last run; nothing is run.

    \b
    Example:
      jtbd-nlp status my-study
    """
    from ..reporting.codec import to_plain
    from ..study import Study

    opened = Study.open(study)
    changes, current = opened.changes(), opened.up_to_date
    if as_json:
        say_json({**to_plain(changes), "up_to_date": current})
        return
    for kind in ("added", "changed", "removed"):
        for name in getattr(changes, kind):
            say(f"{kind}: {name}")
    for old, new in changes.renamed:
        say(f"renamed: {old} -> {new}")
    what = "the results are of what lies here now" if current else f"to renew the results: jtbd-nlp mine {study}"
    say(f"transcripts: {changes.text()}; {what}")


def diff(
    first: Annotated[Path, typer.Argument(help="A study, or the earlier report.")],
    second: Annotated[Path | None, typer.Argument(help="The later report.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what the last run of a study changed, or what differs between two reports.

    \b
    Examples:
      jtbd-nlp diff my-study
      jtbd-nlp diff report-may report-june --json
    """
    from ..study import Study, diff_reports

    found = Study.open(first).diff() if second is None else diff_reports(load_report(first), load_report(second))
    say_json(found.to_dict()) if as_json else say(found.text().rstrip("\n"))


def history(study: StudyFolder, as_json: AsJson = False) -> None:
    """List a person's edits in order of time; undone ones are marked.

    \b
    Example:
      jtbd-nlp history my-study
    """
    from ..study import Study
    from ..study.curation import undone

    edits = Study.open(study).history()
    gone = undone(edits)
    rows = [{**edit.to_dict(), "counts": edit.id not in gone} for edit in edits]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        details = "  ".join(f"{k}={_shown(v)}" for k, v in row.items() if k not in {"id", "op", "at", "by", "counts"})
        who = [words for words in (row.get("at"), row.get("by")) if words]
        done = f"{row['op']}{'' if row['counts'] else ' (undone)'}"
        say("  ".join([f"{row['id']:10s}", *who, done, *([details] if details else [])]))


def _shown(value: object) -> str:
    """Return a value of an edit for reading: quotes by their words, jobs by their ids."""
    if not isinstance(value, list):
        return str(value)
    return ", ".join(f"“{v['text']}” ({v['transcript_id']})" if isinstance(v, dict) else str(v) for v in value)


def guide(
    study: Annotated[Path, typer.Argument(help="A study or a report.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write; none: print.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the questions to ask next, by job and by participant, with a starter switch interview.

    \b
    Examples:
      jtbd-nlp guide my-study
      jtbd-nlp guide my-study --out guide.md
    """
    from ..study import Study
    from ..study.guide import guide as write_guide
    from ..study.guide import guide_tables

    new = (study / "study.toml").is_file() and not Study.open(study).mined  # the starter is for the first interviews
    report = None if new else load_report(study)
    if as_json:
        say_json(guide_tables(report))
    else:
        write_or_print(write_guide(report), out)


def serve(
    study: StudyFolder,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0: any free one.")] = 0,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    by: Annotated[
        str | None, typer.Option(envvar="JTBD_NLP_BY", help="Who edits in the page; written into each edit.")
    ] = None,
) -> None:
    """Show the report of a study on 127.0.0.1, so that edits made in the page are saved directly.

    \b
    Examples:
      jtbd-nlp serve my-study
      jtbd-nlp serve my-study --port 8700 --no-open --by Ada
    """
    from ..serving import serve_study

    serve_study(study, port=port, open_browser=open_browser, by=by)


def reproduce(
    report: ReportPath,
    transcripts: Annotated[
        Path | None,
        typer.Argument(
            help="The transcripts it was made from; none: those saved beside the report, or the study's own."
        ),
    ] = None,
    participants: Annotated[Path | None, typer.Option(help="Table of who is who (CSV), where the run had one.")] = None,
    private: Annotated[
        Path | None, typer.Option(help="Private folder of the run; none: REPORT-private, where it is.")
    ] = None,
    settings: Annotated[Path | None, typer.Option("--config", help="Settings (TOML) in place of the report's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run again with the settings that a report states, and compare: inputs, models, jobs; exit code 3 when they differ.

    \b
    Examples:
      jtbd-nlp reproduce report/report.json interviews/
      jtbd-nlp reproduce report
      jtbd-nlp reproduce my-study
    """
    from ..reproducing import reproduce as run
    from ..reproducing import reproduce_study

    if (report / "study.toml").is_file():
        refuse_in_study({"--participants": participants, "--private": private, "--config": settings})
        result = reproduce_study(report, transcripts)
    else:
        chosen = None if settings is None else read_config(settings)
        kept = private or _beside(report)
        result = run(load_report(report), transcripts, participants=participants, private=kept, config=chosen)
    if as_json:
        say_json({"same": result.same, "differences": list(result.differences), "notes": list(result.notes)})
    else:
        verdict = "same bytes" if not result.notes else "\n".join(("same", *result.notes))
        say(verdict if result.same else "\n".join((*result.differences, *result.notes)))
    if not result.same:
        raise typer.Exit(3)


def _beside(report: Path) -> Path | None:
    """Return the private folder that ``mine --out`` keeps beside its report, where there is one."""
    folder = report.parent if report.is_file() else report
    private = private_beside(folder)
    return private if private.is_dir() else None
