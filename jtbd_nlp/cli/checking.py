"""The commands ``lint`` and ``verify``: for statements, reports and quotes from any tool."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, AsJsonLines, input_lines, load_report, read_config, say, say_json, say_json_line

if TYPE_CHECKING:
    from ..records import Finding


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(lint)
    app.command()(verify)


def lint(
    statement: Annotated[
        list[str] | None,
        typer.Argument(
            help="Statements, or reports (a report.json, its folder, a study); none: one a line from standard input."
        ),
    ] = None,
    as_json: AsJsonLines = False,
) -> None:
    """Check job statements, or a report as a whole, against the rules of a good one.

    Exit code 1 when a rule is broken that counts as an error; warnings and infos leave it 0.

    \b
    Examples:
      jtbd-nlp lint "When I am a busy manager, I want to use a dashboard, so I can be fast."
      jtbd-nlp lint report/report.json
    """
    broken = False
    for given in statement or map(str.strip, input_lines()):
        for about, findings in _linted(given):
            broken = broken or any(f.severity == "error" for f in findings)
            _print_findings(about, findings, as_json=as_json)
    if broken:
        raise typer.Exit(1)


def _linted(given: str) -> Iterator[tuple[dict[str, str], Sequence[Finding]]]:
    """Yield what was looked at, as keys and values, and what was found: of a statement, or of each job of a report."""
    from ..linting import lint_report, lint_statement

    if not _is_path(given):
        yield {"statement": given}, lint_statement(given)
        return
    report = _report(Path(given))
    drafting = {} if isinstance(report, dict) else report.config.get("drafting", {})
    found = lint_report(report, brief=drafting.get("brief"), products=drafting.get("products", ()))
    texts = dict(_texts(report))
    for job_id, findings in found.items():
        whole = not job_id and job_id not in texts
        yield ({"report": given} if whole else {"job_id": job_id, "statement": texts.get(job_id, "")}), findings


def _is_path(given: str) -> bool:
    try:
        return bool(given.strip()) and Path(given).exists()  # Path("") is the folder where one stands
    except (OSError, ValueError):  # too long for a name, as statements are
        return False


def _report(path: Path) -> Any:
    """Return a report of ours, or the JSON of another tool as it is."""
    if path.is_file():
        try:
            data = json.loads(path.read_bytes().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            data = {"schema_version": 0}  # the loader says what is wrong with it
        if isinstance(data, dict) and "schema_version" not in data:
            return data
    return load_report(path)


def _texts(report: Any) -> Iterator[tuple[str, str]]:
    """Yield id and statement of each job, ids as `lint_report` gives them."""
    jobs: Iterable[Any] = report.get("jobs", ()) if isinstance(report, dict) else report.jobs
    for index, job in enumerate(jobs):
        if not isinstance(job, dict):
            yield job.job_id, job.statement.text
            continue
        said = job.get("statement", job)
        slots = ("situation", "motivation", "outcome")
        text = (
            said if isinstance(said, str) else said.get("text") or ", ".join(str(said[s]) for s in slots if said.get(s))
        )
        yield str(job.get("job_id", index)), str(text)


def _print_findings(about: dict[str, str], findings: Sequence[Finding], *, as_json: bool) -> None:
    from ..reporting.codec import to_plain
    from ..reporting.listings import advice

    if as_json:
        say_json_line({**about, "findings": to_plain(list(findings))})
        return
    say("  ".join(about.values()))
    for f in findings:
        say(f"  {f.severity} {f.rule}: {advice(f)}")
    if not findings:
        say("  ok")


def verify(
    report: Annotated[Path, typer.Argument(help="report.json of ours or of another tool, its folder, or a study.")],
    transcripts: Annotated[Path, typer.Argument(help="The transcripts that it quotes.")],
    participants: Annotated[Path | None, typer.Option(help="Table of who is who (CSV), where the run had one.")] = None,
    settings: Annotated[Path | None, typer.Option("--config", help="Settings (TOML) in place of the report's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that every quote stands word for word in a participant's turn; exit code 1 when one does not.

    The transcripts are read with the settings that the report states.

    \b
    Example:
      jtbd-nlp verify report/report.json interviews/
    """
    from ..reporting.codec import to_plain
    from ..verification import verify_quotes

    if (report / "study.toml").is_file():
        from ..study import Study

        study = Study.open(report)
        _ = study.report  # where there is none, it says so
        report, participants = study.state.results, participants or study.state.people
    config = None if settings is None else read_config(settings)
    checks = verify_quotes(report, transcripts, participants=participants, config=config)
    wrong = [c for c in checks if not c.ok]
    if as_json:
        say_json({"quotes": len(checks), "wrong": to_plain(wrong)})
    else:
        for check in wrong:
            say(f"{check.job_id} {check.transcript_id}: {check.reason}: {check.text!r}")
        say(f"{len(checks) - len(wrong)} of {len(checks)} quotes stand word for word in a participant's turn")
    if wrong:
        raise typer.Exit(1)
