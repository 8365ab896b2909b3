"""What every command prints with: text or JSON to standard output, warnings to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..records import Warn
    from ..reporting import JobReport

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]
StudyFolder = Annotated[Path, typer.Argument(help="A study folder, made by: jtbd-nlp init FOLDER")]
ReportPath = Annotated[Path, typer.Argument(help="A report folder or its report.json; a study folder works too.")]


def say(text: str = "") -> None:
    """Print a line of result."""
    typer.echo(text)


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False))


def warn_all(warnings: Iterable[Warn]) -> None:
    """Print warnings to standard error, one a line."""
    for w in warnings:
        count = f" ({w.count}x)" if w.count > 1 else ""
        typer.echo(
            f"{w.code}: {w.message}{count}" + (f" [{w.source}]" if w.source and w.source not in w.message else ""),
            err=True,
        )


def load_report(path: Path) -> JobReport:
    """Load a report from its folder, its file, or the study that holds it."""
    from ..reporting import JobReport

    if (path / "study.toml").is_file():
        from ..study import Study

        return Study.open(path).report
    return JobReport.load(path)


def write_or_print(text: str, out: Path | None) -> None:
    """Write text to a file, or print it where no file is named."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    from ..reporting.files import write_text

    write_text(out, text)
    typer.echo(str(out))
