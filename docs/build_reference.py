"""Write docs/cli.md from the help of every command.

python docs/build_reference.py            write it
python docs/build_reference.py --check    exit with 1 when it is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from jtbd_nlp.cli.main import app

TARGET = Path(__file__).resolve().parent / "cli.md"


def commands(group: object, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups before their members."""
    yield words
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*words, name))


def reference() -> str:
    """Return the whole page."""
    parts = ["# Command line\nMade from `--help` by `docs/build_reference.py`; a test holds it to the code.\n"]
    runner = CliRunner(env={"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"})
    for words in commands(typer.main.get_command(app)):
        shown = runner.invoke(app, [*words, "--help"], prog_name="jtbd-nlp").stdout.rstrip()
        body = "\n".join(line.rstrip() for line in shown.splitlines())
        parts.append(f"## {' '.join(('jtbd-nlp', *words))}\n```\n{body}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(TARGET.read_text(encoding="utf-8") != reference())
    TARGET.write_text(reference(), encoding="utf-8")
