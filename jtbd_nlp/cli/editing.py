"""The commands that write a person's edits into a study: rename, reword, merge, move, pin, exclude, review, note, undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import AsJson, StudyFolder, say, say_json

if TYPE_CHECKING:
    from ..records import Quote
    from ..study import Study
    from ..study.curation import Edit

JobId = Annotated[str, typer.Argument(help="A job's id, such as J-3f9a1c.")]
Words = Annotated[str, typer.Option("--quote", help="Words that single out one quote of the job.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands ``edit``."""
    edit = typer.Typer(
        help="Write a decision into a study; it holds for every later run.", no_args_is_help=True, rich_markup_mode=None
    )
    for command in (add, rename, reword, merge, split, move, pin, exclude, review, note, undo):
        edit.command()(command)
    app.add_typer(edit, name="edit")


def add(
    study: StudyFolder,
    file: Annotated[Path, typer.Argument(help="A curation.toml that the report page downloaded.")],
    as_json: AsJson = False,
) -> None:
    """Join the edits of a downloaded curation file to the study's own."""
    for edit in _open(study).add_edits(file):
        _tell(edit, as_json)


def rename(study: StudyFolder, job: JobId, name: str, as_json: AsJson = False) -> None:
    """Give a job a name."""
    _tell(_open(study).rename(job, name), as_json)


def reword(
    study: StudyFolder,
    job: JobId,
    slot: Annotated[str, typer.Argument(help="situation, motivation or outcome")],
    text: Annotated[str, typer.Argument(help="The new words; empty: an empty slot.")],
    as_json: AsJson = False,
) -> None:
    """Put words into a slot of a statement."""
    _tell(_open(study).reword(job, slot, text or None), as_json)


def merge(study: StudyFolder, first: JobId, others: list[str], as_json: AsJson = False) -> None:
    """Make one job of several; the first keeps its id."""
    _tell(_open(study).merge(first, *others), as_json)


def split(
    study: StudyFolder,
    job: JobId,
    quote: Annotated[list[str], typer.Option("--quote", help="Words that single out a quote; several times.")],
    name: Annotated[str | None, typer.Option(help="Name of the new job.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take quotes out of a job and make a new one of them."""
    opened = _open(study)
    _tell(opened.split(job, [_find(opened, job, words) for words in quote], name=name), as_json)


def move(
    study: StudyFolder, job: JobId, to: Annotated[str, typer.Argument(help="The job it goes to.")], quote: Words,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Move one quote to another job."""
    opened = _open(study)
    _tell(opened.move(_find(opened, job, quote), to, job=job), as_json)


def pin(study: StudyFolder, job: JobId, as_json: AsJson = False) -> None:
    """Keep a job's quotes together, whatever later runs find."""
    _tell(_open(study).pin(job), as_json)


def exclude(
    study: StudyFolder,
    job: JobId,
    quote: Annotated[
        str | None, typer.Option("--quote", help="Words that single out one quote; none: the whole job.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take a quote, or a whole job, out of the evidence."""
    opened = _open(study)
    done = opened.exclude(job) if quote is None else opened.exclude(_find(opened, job, quote), job=job)
    _tell(done, as_json)


def review(study: StudyFolder, job: JobId, as_json: AsJson = False) -> None:
    """Mark a job as reviewed."""
    _tell(_open(study).review(job), as_json)


def note(study: StudyFolder, job: JobId, text: str, as_json: AsJson = False) -> None:
    """Put a note to a job."""
    _tell(_open(study).note(job, text), as_json)


def undo(
    study: StudyFolder,
    edit: Annotated[str | None, typer.Argument(help="Id of the edit; none: the last one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take an edit back."""
    _tell(_open(study).undo(edit), as_json)


def _open(folder: Path) -> Study:
    from ..study import Study

    return Study.open(folder)


def _find(study: Study, job_id: str, words: str) -> Quote:
    """Return the one quote of a job that holds the words."""
    from ..errors import InvalidParameterError

    quotes = [q for job in study.report.jobs if job.job_id == job_id for q in job.quotes if words in q.text]
    if len(quotes) != 1:
        raise InvalidParameterError(
            f"--quote must be words of exactly one quote of {job_id}, got {words!r}, found in {len(quotes)}. Give more or other words."
        )
    return quotes[0]


def _tell(edit: Edit, as_json: bool) -> None:
    if as_json:
        say_json(edit.to_dict())
    else:
        say(f"{edit.op}: written as {edit.id}; it counts from the next run: jtbd-nlp mine")
