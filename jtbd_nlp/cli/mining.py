"""The commands ``mine``, ``tag`` and ``config``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .looking import job_lines
from .output import AsJson, Quiet, say, say_json, warn_all

if TYPE_CHECKING:
    from ..config import Config
    from ..reporting import JobReport

PARTLY = 3  # exit code: done, but something was left out and named
_LEFT_OUT = {"refused", "partly-read", "failed"}


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
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 when any file could not be read.")] = False,
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
    if (Path(source) / "study.toml").is_file():
        _refuse_in_study(
            {
                "--out": out, "--participants": participants, "--config": settings, "--interviewer": interviewer,
                "--pseudonymise": pseudonymise, "--redact": redact, "--granularity": granularity,
                "--engine": engine != "local", "--parquet": parquet,
            }
        )  # fmt: skip
        report, folder = _mine_study(Path(source), progress)
    else:
        from ..pipeline import mine as run

        chosen = _config(settings, interviewer, pseudonymise, redact, granularity)
        folder = out or Path("jtbd-report")
        _check_target(folder)
        if parquet:
            from ..exchange.tables import load_pyarrow

            load_pyarrow()  # before the work and not after it
        extra: dict[str, Any] = {"private": folder.with_name(f"{folder.name}-private")}
        if engine != "local":
            extra["engine"] = _engine(engine, scheduler)
        report = run(source, participants=participants, config=chosen, progress=progress, **extra)
        report.save(folder, parquet=parquet)
    if as_json:
        say_json({"report": str(folder), "jobs": len(report.jobs), "coverage": report.coverage()})
    elif not quiet:
        _summary(report, folder)
    warn_all(report.warnings)
    if strict and any(w.code in _LEFT_OUT for w in report.warnings):
        raise typer.Exit(PARTLY)
    if any(w.code == "failed" for w in report.warnings):
        raise typer.Exit(PARTLY)


def tag(
    text: Annotated[list[str] | None, typer.Argument(help="Sentences; none: one a line from standard input.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tag single sentences: struggle, desire, slots, emotion, force.

    \b
    Example:
      jtbd-nlp tag "I lose hours every week on chasing invoices."
    """
    from ..reporting.codec import to_plain
    from ..tagging import tag_sentences

    sentences = text or [line.rstrip("\n") for line in sys.stdin if line.strip()]
    for sentence, found in zip(sentences, tag_sentences(sentences), strict=True):
        if as_json:
            say_json({"text": sentence, **to_plain(found)})
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


def _refuse_in_study(given: dict[str, Any]) -> None:
    """Refuse options that a study settles for good in its own files, so that none is passed over in silence."""
    from ..errors import InvalidParameterError

    for name, value in given.items():
        if value not in (None, False, []):
            raise InvalidParameterError(
                f"{name} must be left out for a study, got {value!r}. Set it in study.toml, or in participants.csv."
            )


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

    chosen = Config.from_toml(settings) if settings else Config()
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
    return Config.from_dict({k: {**v, **changes.get(k, {})} for k, v in plain.items()}, origin="command line")


def _check_target(folder: Path) -> None:
    from ..study.lock import check_writable

    folder.mkdir(parents=True, exist_ok=True)
    check_writable(folder)


def _engine(name: str, scheduler: str | None) -> Any:
    from ..errors import InvalidParameterError

    if name != "dask":
        raise InvalidParameterError(
            f"--engine must be local or dask, got {name!r}. Leave it out for this machine alone."
        )
    from ..distributed import connect

    return connect(scheduler)


def _summary(report: JobReport, folder: Path) -> None:
    for job in report.jobs:
        for line in job_lines(job):
            say(line)
    counted = report.coverage()
    used = "" if counted["share"] is None else f", {counted['share']:.0%} of struggles used"
    if counted["n_nearby"]:
        used += f" ({counted['n_nearby'] / counted['n_struggles']:.0%} told near a job)"
    say(f"{len(report.jobs)} jobs from {len(report.transcripts)} transcripts{used}. Report: {folder / 'report.html'}")


__all__ = ["register"]
