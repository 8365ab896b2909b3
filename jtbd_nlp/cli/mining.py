"""The commands ``mine``, ``tag`` and ``config``."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .looking import job_lines
from .output import (
    AsJson,
    AsJsonLines,
    Quiet,
    input_lines,
    private_beside,
    read_config,
    refuse_in_study,
    say,
    say_json,
    say_json_line,
    warn_all,
    wrong_usage,
)

if TYPE_CHECKING:
    from ..config import Config
    from ..reporting import JobReport

PARTLY = 3  # exit code: done, but something was left out and named
_LEFT_OUT = {"refused", "read_with_care"}  # what --strict takes for that as well


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(mine)
    app.command()(tag)
    app.command()(config)


def mine(
    source: Annotated[
        str, typer.Argument(help="Folder or file of transcripts, an address such as s3://..., or a study folder.")
    ],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the report; made where absent.")] = None,
    participants: Annotated[Path | None, typer.Option(help="Table of who is who (CSV).")] = None,
    settings: Annotated[Path | None, typer.Option("--config", help="Settings (TOML); see: jtbd-nlp config")] = None,
    interviewer: Annotated[list[str] | None, typer.Option(help="Speaker who asks; may be given several times.")] = None,
    pseudonymise: Annotated[bool, typer.Option("--pseudonymise", help="Show P1, P2 ... instead of names.")] = False,
    redact: Annotated[str | None, typer.Option(help="Personal data: off, suggest or on.")] = None,
    granularity: Annotated[float | None, typer.Option(help="Above 1: fewer, broader jobs; below 1: more.")] = None,
    engine: Annotated[str, typer.Option(help="local, or dask (extra: dask).")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler; none: workers on this machine.")
    ] = None,
    parquet: Annotated[bool, typer.Option("--parquet", help="Also write tables as Parquet (extra: parquet).")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 also when a file was not read, or read with care.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Mine jobs from a folder of transcripts.

    \b
    Examples:
      jtbd-nlp mine interviews/ --out report
      jtbd-nlp mine my-study
      jtbd-nlp mine interviews/ --out report --interviewer "Dana" --redact on
    """
    progress = False if quiet or not sys.stderr.isatty() else None
    if not source.strip():
        wrong_usage(f"source must be a folder or file, got {source!r}. Give . for the folder where you stand.")
    if os.path.isfile(Path(source) / "study.toml"):  # noqa: PTH113 - False for what can be no path, no error
        refuse_in_study(
            {
                "--out": out, "--participants": participants, "--config": settings, "--interviewer": interviewer,
                "--pseudonymise": pseudonymise, "--redact": redact, "--granularity": granularity,
                "--engine": None if engine == "local" else engine, "--scheduler": scheduler, "--parquet": parquet,
            }
        )  # fmt: skip
        report, folder = _mine_study(Path(source), progress)
    else:
        from ..pipeline import mine as run

        if scheduler is not None and engine != "dask":
            wrong_usage(
                f"--scheduler must come with --engine dask, got {scheduler!r} alone. Add it, or leave both out."
            )
        chosen = _config(settings, interviewer, pseudonymise, redact, granularity)
        folder = out or Path("jtbd-report")
        private = private_beside(folder)
        _check_target(folder)
        if parquet:
            from ..exchange.tables import load_pyarrow

            load_pyarrow()  # before the work and not after it
        extra: dict[str, Any] = {"private": private}
        if engine != "local":
            extra["engine"] = _engine(engine, scheduler)
        report = run(source, participants=participants, config=chosen, progress=progress, **extra)
        report.save(folder, parquet=parquet)
    if as_json:
        say_json({"report": str(folder), "jobs": len(report.jobs), "coverage": report.coverage()})
    elif not quiet:
        _summary(report, folder)
    warn_all(report.warnings)
    if any(w.code == "failed" or (strict and w.code in _LEFT_OUT) for w in report.warnings):
        raise typer.Exit(PARTLY)


def tag(
    text: Annotated[list[str] | None, typer.Argument(help="Sentences; none: one a line from standard input.")] = None,
    as_json: AsJsonLines = False,
) -> None:
    """Tag single sentences: struggle, desire, slots, emotion, force.

    \b
    Example:
      jtbd-nlp tag "I lose hours every week on chasing invoices."
    """
    from ..checking import clean_text
    from ..reporting.codec import to_plain
    from ..tagging import tag_sentences

    sentences = list(map(clean_text, text or input_lines()))
    for sentence, found in zip(sentences, tag_sentences(sentences), strict=True):
        if as_json:
            say_json_line({"text": sentence, **to_plain(found)})
            continue
        spans = "; ".join(f"{slot}: {sentence[a:b]!r}" for slot, (a, b) in sorted(found.spans.items()))
        kinds = ", ".join([*sorted(found.labels), *(filter(None, (found.emotion, found.force)))])
        say(f"{sentence}\n  {kinds or 'nothing'}{'  ' + spans if spans else ''}")


def config(as_json: AsJson = False) -> None:
    """Print all settings with their defaults, as TOML to start from.

    \b
    Example:
      jtbd-nlp config > settings.toml
    """
    from ..config import Config
    from ..study.settings import default_settings

    say_json(Config().to_dict()) if as_json else say(default_settings())


def _mine_study(folder: Path, progress: bool | None) -> tuple[JobReport, Path]:
    from ..study import Study

    study = Study.open(folder)
    report = study.mine(progress)
    return report, folder / "results"


def _config(
    settings: Path | None,
    interviewer: list[str] | None,
    pseudonymise: bool,
    redact: str | None,
    granularity: float | None,
) -> Config:
    from ..config import Config
    from ..errors import InvalidParameterError

    chosen = read_config(settings) if settings else Config()
    changes: dict[str, dict[str, Any]] = {"ingestion": {}, "privacy": {}, "clustering": {}}
    if interviewer:
        changes["ingestion"]["interviewer"] = tuple(interviewer)
    if pseudonymise:
        changes["privacy"]["pseudonymise"] = True
    if redact is not None:
        changes["privacy"]["redact"] = redact
    if granularity is not None:
        changes["clustering"]["granularity"] = granularity
    plain = chosen.to_dict()
    try:
        return Config.from_dict({k: {**v, **changes.get(k, {})} for k, v in plain.items()}, origin="command line")
    except InvalidParameterError as error:
        wrong_usage(str(error))


def _check_target(folder: Path) -> None:
    """Refuse a folder that cannot be written before the work and not after it."""
    from ..errors import StudyError
    from ..study.lock import check_writable

    if folder.exists() and not folder.is_dir():
        wrong_usage(f"--out must be a folder, got the file {str(folder)!r}. Name another.")
    try:
        check_writable(folder)
    except StudyError as error:
        if not isinstance(error.__cause__, OSError):
            raise  # the disk is full
        reason = error.__cause__.strerror or error.__cause__
        wrong_usage(f"--out must be a folder that can be written, got {str(folder)!r} ({reason}). Name another.")


def _engine(name: str, scheduler: str | None) -> Any:
    if name != "dask":
        wrong_usage(f"--engine must be local or dask, got {name!r}. Leave it out for this machine alone.")
    from ..distributed import connect

    client = connect(scheduler)
    # a scheduler that goes away is told in one line of ours
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    return client


def _summary(report: JobReport, folder: Path) -> None:
    from ..reporting.telling import n_of

    for job in report.jobs:
        for line in job_lines(job):
            say(line)
    counted = report.coverage()
    used = "" if counted["share"] is None else f", {counted['share']:.0%} of struggles used"
    if counted["n_nearby"]:
        used += f" ({counted['n_nearby'] / counted['n_struggles']:.0%} told near a job)"
    found = f"{n_of(len(report.jobs), 'job')} from {n_of(len(report.transcripts), 'transcript')}"
    say(f"{found}{used}. Report: {folder / 'report.html'}")


__all__ = ["register"]
