"""Puts the commands together and turns the library's errors into one line and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .. import language
from ..errors import JtbdError
from . import checking, editing, exchanging, looking, mining, studies


def _print_version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(f"jtbd-nlp {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="jtbd-nlp",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (mining, studies, looking, editing, checking, exchanging):
    module.register(app)


@app.callback()
def _every_command(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Mine Jobs-to-be-Done from interview transcripts: offline, the same result each time, with exact quotes."""


def main() -> None:
    """Run the command line; errors that the library raises on purpose end in one line and exit code 1."""
    language.own_process = True
    try:
        app()
    except JtbdError as error:
        print(f"jtbd-nlp: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("jtbd-nlp: stopped; finished work is kept", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
