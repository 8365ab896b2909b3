"""The commands that write a person's edits into a study, from ``edit add`` to ``edit undo``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, StudyFolder, say, say_json
from .passages import find_passage

if TYPE_CHECKING:
    from ..study import Study
    from ..study.curation import Edit

JobId = Annotated[str, typer.Argument(help="A job's id, such as J-3f9a1c.")]
FromTo = Annotated[
    list[str], typer.Argument(metavar="[JOB] TO", help="The job it goes to; before it the one it is in.")
]
Words = Annotated[str, typer.Option("--quote", help="Words that single out one passage, of a job or left out.")]
Several = Annotated[list[str], typer.Option("--quote", help="Words that single out a quote; several times.")]


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
    as_json: AsJson = False,
) -> None:
    """Join the edits of a downloaded curation file to the study's own.

    \b
    Example:
      jtbd-nlp edit add my-study ~/Downloads/curation.toml
    """
    written = _open(context, study).add_edits(file)
    _tell_all(written, as_json)
    if not written and not as_json:
        say("nothing to add: the study has these edits already")


def rename(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    name: Annotated[str, typer.Argument(help="The new name.")],
    as_json: AsJson = False,
) -> None:
    """Give a job a name.

    \b
    Example:
      jtbd-nlp edit rename my-study J-3f9a1c "Check what the tool says"
    """
    _tell(_open(context, study).rename(job, name), as_json)


def reword(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    slot: Annotated[str, typer.Argument(help="situation, motivation or outcome")],
    text: Annotated[str, typer.Argument(help="The new words; empty: an empty slot.")],
    as_json: AsJson = False,
) -> None:
    """Put words into a slot of a statement.

    \b
    Example:
      jtbd-nlp edit reword my-study J-3f9a1c outcome "go home on time"
    """
    _tell(_open(context, study).reword(job, slot, text or None), as_json)


def merge(
    context: typer.Context,
    study: StudyFolder,
    first: JobId,
    others: Annotated[list[str], typer.Argument(help="The jobs that join it.")],
    as_json: AsJson = False,
) -> None:
    """Make one job of several; the first keeps its id.

    \b
    Example:
      jtbd-nlp edit merge my-study J-3f9a1c J-77ab02
    """
    _tell(_open(context, study).merge(first, *others), as_json)


def split(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    quote: Several,
    name: Annotated[str | None, typer.Option(help="Name of the new job.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take quotes out of a job and make a new one of them.

    \b
    Example:
      jtbd-nlp edit split my-study J-3f9a1c --quote "two hundred rows" --name "Stop copying"
    """
    opened = _open(context, study)
    _tell(opened.split(job, [find_passage(opened, job, words) for words in quote], name=name), as_json)


def create(
    context: typer.Context,
    study: StudyFolder,
    quote: Several,
    name: Annotated[str | None, typer.Option(help="Name of the job.")] = None,
    situation: Annotated[str | None, typer.Option(help="When ...")] = None,
    motivation: Annotated[str | None, typer.Option(help="I want to ...")] = None,
    outcome: Annotated[str | None, typer.Option(help="so I can ...")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a job that the machine missed, of passages left out or of other jobs; what you do not word is drafted.

    \b
    Example:
      jtbd-nlp edit create my-study --quote "two hundred rows" --motivation "stop copying by hand"
    """
    opened = _open(context, study)
    found = [find_passage(opened, None, words) for words in quote]
    _tell(
        opened.create(found, name=name, situation=situation, motivation=motivation, outcome=outcome),
        as_json,
    )


def move(context: typer.Context, study: StudyFolder, jobs: FromTo, quote: Words, as_json: AsJson = False) -> None:
    """Move one quote to another job, or a passage that was left out into one.

    \b
    Examples:
      jtbd-nlp edit move my-study J-77ab02 --quote "two hundred rows"
      jtbd-nlp edit move my-study J-3f9a1c J-77ab02 --quote "two hundred rows"
    """
    from ..errors import InvalidParameterError

    if len(jobs) > 2:
        raise InvalidParameterError(f"jobs must be one or two ids, got {' '.join(jobs)!r}. Give [JOB] TO.")
    opened = _open(context, study)
    job = jobs[0] if len(jobs) == 2 else None
    _tell(opened.move(find_passage(opened, job, quote), jobs[-1], job=job), as_json)


def pin(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    quote: Annotated[list[str] | None, typer.Option("--quote", help="Words of one quote; none: all it has.")] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a job's quotes together, whatever later runs find.

    \b
    Example:
      jtbd-nlp edit pin my-study J-3f9a1c
    """
    opened = _open(context, study)
    _tell(opened.pin(job, [find_passage(opened, job, words) for words in quote] if quote else None), as_json)


def exclude(
    context: typer.Context,
    study: StudyFolder,
    job: Annotated[str | None, typer.Argument(help="A job's id; none: the quote is evidence nowhere.")] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="Words that single out one passage; none: the whole job.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a quote out of the evidence, of one job or of all; or leave out a whole job.

    \b
    Examples:
      jtbd-nlp edit exclude my-study --quote "two hundred rows"
      jtbd-nlp edit exclude my-study J-3f9a1c --quote "two hundred rows"
      jtbd-nlp edit exclude my-study J-3f9a1c
    """
    from ..errors import InvalidParameterError

    opened = _open(context, study)
    if quote is not None:
        _tell(opened.exclude(find_passage(opened, job, quote), job=job), as_json)
    elif job is not None:
        _tell(opened.exclude(job), as_json)
    else:
        raise InvalidParameterError("exclude must have a job or --quote, got neither. Add one of them.")


def must_link(context: typer.Context, study: StudyFolder, quote: Several, as_json: AsJson = False) -> None:
    """Say that passages tell of one job; they may be of any job, or of none.

    \b
    Example:
      jtbd-nlp edit must-link my-study --quote "two hundred rows" --quote "copy by hand"
    """
    opened = _open(context, study)
    _tell(opened.must_link(*(find_passage(opened, None, words) for words in quote)), as_json)


def cannot_link(context: typer.Context, study: StudyFolder, quote: Several, as_json: AsJson = False) -> None:
    """Say that no two of these passages tell of one job.

    \b
    Example:
      jtbd-nlp edit cannot-link my-study --quote "two hundred rows" --quote "my accountant"
    """
    opened = _open(context, study)
    _tell(opened.cannot_link(*(find_passage(opened, None, words) for words in quote)), as_json)


def review(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    reviewed: Annotated[bool, typer.Option("--done/--open", help="Set the mark, or take it away.")] = True,
    as_json: AsJson = False,
) -> None:
    """Mark a job as reviewed.

    \b
    Example:
      jtbd-nlp edit review my-study J-3f9a1c
    """
    _tell(_open(context, study).review(job, reviewed=reviewed), as_json)


def note(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    text: Annotated[str, typer.Argument(help="The note; empty: none.")],
    as_json: AsJson = False,
) -> None:
    """Put a note to a job.

    \b
    Example:
      jtbd-nlp edit note my-study J-3f9a1c "Ask two more about this"
    """
    _tell(_open(context, study).note(job, text), as_json)


def undo(
    context: typer.Context,
    study: StudyFolder,
    edit: Annotated[str | None, typer.Argument(help="Id of the edit; none: the last one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take an edit back; the history keeps both.

    \b
    Examples:
      jtbd-nlp edit undo my-study
      jtbd-nlp edit undo my-study E-7c1d20f4
    """
    _tell(_open(context, study).undo(edit), as_json)


def _open(context: typer.Context, folder: Path) -> Study:
    from ..study import Study

    return Study.open(folder, by=context.obj)


def _tell(edit: Edit, as_json: bool) -> None:
    _tell_all([edit], as_json)


def _tell_all(written: Iterable[Edit], as_json: bool) -> None:
    for edit in written:
        if as_json:
            say_json(edit.to_dict())
        else:
            say(f"{edit.op}: written as {edit.id}; it counts from the next run: jtbd-nlp mine")
