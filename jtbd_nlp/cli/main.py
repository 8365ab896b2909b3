"""Puts the commands together and turns the library's errors into one line and an exit code."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from types import FrameType
from typing import Annotated, NoReturn

import typer

from .. import language
from ..errors import JtbdError
from . import checking, editing, exchanging, looking, mining, studies

STOPPED = 130  # exit code of who was stopped by Ctrl-C
ENDED = 143  # and of who was told to end, as a cluster does before it takes the machine away
_DISK = {"ENOSPC", "EDQUOT", "EIO", "EBADF", "EACCES", "EPERM", "EROFS"}  # what the machine refuses; not all know each


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
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody said that it is to be passed over
        signal.signal(signal.SIGINT, _interrupted)
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _ended)
    try:
        app()
    except JtbdError as error:
        print(f"jtbd-nlp: {error}", file=sys.stderr)
        sys.exit(1)
    except SystemExit as end:
        if end.code in (STOPPED, ENDED):  # typer makes the first of a KeyboardInterrupt
            print("jtbd-nlp: stopped; finished work is kept", file=sys.stderr)
        raise
    except OSError as error:  # a full disk behind standard output, say; that nobody reads on is settled by click
        if errno.errorcode.get(error.errno or 0) not in _DISK:
            raise  # a mistake of ours is not hidden
        told = f"standard output and files must be writable, got {error}. Check disk and rights."
        print(f"jtbd-nlp: {told}", file=sys.stderr)
        sys.exit(1)


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    """Stop what runs, which may have to end a part in work first; whoever presses Ctrl-C once more does not wait for it."""
    del number, frame
    signal.signal(signal.SIGINT, _at_once)
    print("jtbd-nlp: stopping; Ctrl-C again ends it at once", file=sys.stderr, flush=True)
    raise KeyboardInterrupt


def _ended(number: int, frame: FrameType | None) -> NoReturn:
    """Stop what runs so that copies of fetched interviews do not stay behind; who asks once more does not wait for it."""
    del number, frame
    signal.signal(signal.SIGTERM, _at_once)
    sys.exit(ENDED)


def _at_once(number: int, frame: FrameType | None) -> NoReturn:
    """End this process and those it started: results are put in place by a journal, so nothing is left half-written."""
    del frame
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(ENDED if number == signal.SIGTERM else STOPPED)
