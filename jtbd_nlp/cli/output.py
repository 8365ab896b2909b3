"""What every command prints with: text or JSON to standard output, warnings to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from ..config import Config
    from ..records import Warn
    from ..reporting import JobReport

WRONG_USAGE = 2  # exit code
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]
StudyFolder = Annotated[Path, typer.Argument(help="A study folder, made by: jtbd-nlp init FOLDER")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print JSON instead of text: a line for each input.")]
ReportPath = Annotated[Path, typer.Argument(help="A report folder or its report.json; a study folder works too.")]


def say(text: str = "") -> None:
    """Print a line of result."""
    typer.echo(text)


def input_lines() -> list[str]:
    """Return the lines of standard input that say something, in any encoding that files are read in."""
    from ..ingestion.access.decoding import decode

    if sys.stdin is None:  # whoever started this closed it
        wrong_usage(
            "sentences must be given, got none and a standard input that is closed. Write them behind the command."
        )
    return [line for line in decode(sys.stdin.buffer.read())[0].split("\n") if line.strip()]


def say_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False))


def say_json_line(value: Any) -> None:
    """Print a value as one line of JSON: what comes once for each input is JSON Lines, also where there is one input."""
    typer.echo(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def wrong_usage(message: str) -> NoReturn:
    """End with one line and exit code 2: the command was called in a way that cannot work."""
    typer.echo(f"jtbd-nlp: {message}", err=True)
    raise typer.Exit(WRONG_USAGE)


def refuse_in_study(given: dict[str, Any]) -> None:
    """Refuse options that a study settles for good in its own files, so that none is passed over in silence."""
    for name, value in given.items():
        if value is not None and value is not False and value != []:  # not by equality: 0 is an option that was given
            shown = str(value) if isinstance(value, Path) else value
            wrong_usage(
                f"{name} must be left out for a study, got {shown!r}. Set it in study.toml, or in participants.csv."
            )


def private_beside(folder: Path) -> Path:
    """Return the private folder of a report: beside it, so that the report alone can be passed on."""
    if folder.name in ("", ".."):  # ".", say: its name is told by where it lies
        folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links stay as they were named
    if not folder.name:
        wrong_usage(f"--out must be a folder inside another one, got {str(folder)!r}. Name another.")
    return folder.with_name(f"{folder.name}-private")


def read_config(path: Path) -> Config:
    """Read a settings file that the command line names; one that is not there is wrong usage."""
    from ..config import Config

    if not path.is_file():
        wrong_usage(
            f"--config must be a TOML file, got {str(path)!r}. Make one to start from: jtbd-nlp config > {path}"
        )
    return Config.from_toml(path)


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
