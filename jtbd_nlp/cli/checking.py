"""The commands ``lint`` and ``verify``: for statements and quotes from any tool."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .output import AsJson, say, say_json


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(lint)
    app.command()(verify)


def lint(
    statement: Annotated[
        list[str] | None, typer.Argument(help="Statements; none: one a line from standard input.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check job statements against the rules of a good one; exit code 1 when a rule is broken.

    \b
    Example:
      jtbd-nlp lint "When I am a busy manager, I want to use a dashboard, so I can be fast."
    """
    from ..linting import lint_statement
    from ..reporting.codec import to_plain

    broken = False
    for text in statement or [line.strip() for line in sys.stdin if line.strip()]:
        findings = lint_statement(text)
        broken = broken or any(f.severity == "error" for f in findings)
        if as_json:
            say_json({"statement": text, "findings": to_plain(findings)})
            continue
        say(text)
        for f in findings:
            say(f"  {f.severity} {f.rule}: {f.message} {f.fix}")
        if not findings:
            say("  ok")
    if broken:
        raise typer.Exit(1)


def verify(
    report: Annotated[Path, typer.Argument(help="report.json of ours or of another tool, or its folder.")],
    transcripts: Annotated[Path, typer.Argument(help="The transcripts that it quotes.")],
    as_json: AsJson = False,
) -> None:
    """Check that every quote stands word for word in a participant's turn; exit code 1 when one does not.

    \b
    Example:
      jtbd-nlp verify report/report.json interviews/
    """
    from ..reporting.codec import to_plain
    from ..verification import verify_quotes

    checks = verify_quotes(report, transcripts)
    wrong = [c for c in checks if not c.ok]
    if as_json:
        say_json({"quotes": len(checks), "wrong": to_plain(wrong)})
    else:
        for check in wrong:
            say(f"{check.job_id} {check.transcript_id}: {check.reason}: {check.text!r}")
        say(f"{len(checks) - len(wrong)} of {len(checks)} quotes stand word for word in a participant's turn")
    if wrong:
        raise typer.Exit(1)
