"""What the commands of ``edit`` share: their arguments, the study opened in somebody's name, and how an edit is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import say, say_json

if TYPE_CHECKING:
    from ..study import Study
    from ..study.curation import Edit

JobId = Annotated[str, typer.Argument(help="A job's id, such as J-3f9a1c.")]
By = Annotated[str | None, typer.Option(help="Who edits; none: as given before the command, or JTBD_NLP_BY.")]
Several = Annotated[list[str], typer.Option("--quote", help="Words that single out a quote; several times.")]


def open_as(context: typer.Context, folder: Path, by: str | None) -> Study:
    """Open a study in the name of whoever edits it, as told behind the command or before it."""
    from ..study import Study

    return Study.open(folder, by=context.obj if by is None else by)


def tell(edit: Edit, as_json: bool) -> None:
    """Print one edit."""
    tell_all([edit], as_json)


def tell_all(written: Iterable[Edit], as_json: bool) -> None:
    """Print edits, and from when on they count."""
    for edit in written:
        if as_json:
            say_json(edit.to_dict())
        else:
            say(
                f"{edit.op}{f' of {edit.edit}' if edit.edit else ''}: written as {edit.id}; it counts from the next run: jtbd-nlp mine"
            )
