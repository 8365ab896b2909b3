"""The commands that write a person's edits into a study, from ``edit add`` to ``edit undo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .edited import By, JobId, Several, open_as, tell, tell_all
from .output import AsJson, StudyFolder, say
from .passages import find_passage
from .placing import cannot_link, exclude, move, must_link, pin


def register(app: typer.Typer) -> None:
    """Add the group of commands ``edit``."""
    edit = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    edit.callback()(edits)
    for command in (add, rename, reword, merge, split, create, move, pin, exclude, review, note, undo):
        edit.command()(command)
    edit.command("must-link")(must_link)
    edit.command("cannot-link")(cannot_link)
    app.add_typer(edit, name="edit")


def edits(
    context: typer.Context,
    by: Annotated[str | None, typer.Option(envvar="JTBD_NLP_BY", help="Who edits; written into each edit.")] = None,
) -> None:
    """Write a decision into a study; it holds for every later run.

    \b
    Examples:
      jtbd-nlp edit rename my-study J-3f9a1c "Check what the tool says"
      jtbd-nlp edit --by Ada merge my-study J-3f9a1c J-77ab02
    """
    context.obj = by


def add(
    context: typer.Context,
    study: StudyFolder,
    file: Annotated[Path, typer.Argument(help="A curation.toml that the report page downloaded.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Join the edits of a downloaded curation file to the study's own.

    \b
    Example:
      jtbd-nlp edit add my-study ~/Downloads/curation.toml
    """
    written = open_as(context, study, by).add_edits(file)
    tell_all(written, as_json)
    if not written and not as_json:
        say("nothing to add: the study has these edits already")


def rename(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    name: Annotated[str, typer.Argument(help="The new name.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Give a job a name.

    \b
    Example:
      jtbd-nlp edit rename my-study J-3f9a1c "Check what the tool says"
    """
    tell(open_as(context, study, by).rename(job, name), as_json)


def reword(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    slot: Annotated[str, typer.Argument(help="situation, motivation or outcome")],
    text: Annotated[str, typer.Argument(help="The new words; empty: an empty slot.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Put words into a slot of a statement.

    \b
    Example:
      jtbd-nlp edit reword my-study J-3f9a1c outcome "go home on time"
    """
    tell(open_as(context, study, by).reword(job, slot, text or None), as_json)


def merge(
    context: typer.Context,
    study: StudyFolder,
    first: JobId,
    others: Annotated[list[str], typer.Argument(help="The jobs that join it.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Make one job of several; the first keeps its id.

    \b
    Example:
      jtbd-nlp edit merge my-study J-3f9a1c J-77ab02
    """
    tell(open_as(context, study, by).merge(first, *others), as_json)


def split(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    quote: Several,
    name: Annotated[str | None, typer.Option(help="Name of the new job.")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take quotes out of a job and make a new one of them.

    \b
    Example:
      jtbd-nlp edit split my-study J-3f9a1c --quote "two hundred rows" --name "Stop copying"
    """
    opened = open_as(context, study, by)
    tell(opened.split(job, [find_passage(opened, job, words) for words in quote], name=name), as_json)


def create(
    context: typer.Context,
    study: StudyFolder,
    quote: Several,
    name: Annotated[str | None, typer.Option(help="Name of the job.")] = None,
    situation: Annotated[str | None, typer.Option(help="When ...")] = None,
    motivation: Annotated[str | None, typer.Option(help="I want to ...")] = None,
    outcome: Annotated[str | None, typer.Option(help="so I can ...")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Make a job that the machine missed, of passages left out or of other jobs; what you do not word is drafted.

    \b
    Example:
      jtbd-nlp edit create my-study --quote "two hundred rows" --motivation "stop copying by hand"
    """
    opened = open_as(context, study, by)
    found = [find_passage(opened, None, words) for words in quote]
    tell(
        opened.create(found, name=name, situation=situation, motivation=motivation, outcome=outcome),
        as_json,
    )


def review(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    reviewed: Annotated[bool, typer.Option("--done/--open", help="Set the mark, or take it away.")] = True,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Mark a job as reviewed.

    \b
    Example:
      jtbd-nlp edit review my-study J-3f9a1c
    """
    tell(open_as(context, study, by).review(job, reviewed=reviewed), as_json)


def note(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    text: Annotated[str, typer.Argument(help="The note; empty: none.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Put a note to a job.

    \b
    Example:
      jtbd-nlp edit note my-study J-3f9a1c "Ask two more about this"
    """
    tell(open_as(context, study, by).note(job, text), as_json)


def undo(
    context: typer.Context,
    study: StudyFolder,
    edit: Annotated[str | None, typer.Argument(help="Id of the edit; none: the last one.")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take an edit back; the history keeps both.

    \b
    Examples:
      jtbd-nlp edit undo my-study
      jtbd-nlp edit undo my-study E-7c1d20f4
    """
    tell(open_as(context, study, by).undo(edit), as_json)
