"""The commands of ``edit`` that say where passages belong, from ``edit move`` to ``edit cannot-link``."""

from __future__ import annotations

from typing import Annotated

import typer

from .edited import By, JobId, Several, open_as, tell
from .output import AsJson, StudyFolder
from .passages import find_passage

FromTo = Annotated[
    list[str], typer.Argument(metavar="[JOB] TO", help="The job it goes to; before it the one it is in.")
]
Words = Annotated[str, typer.Option("--quote", help="Words that single out one passage, of a job or left out.")]


def move(
    context: typer.Context, study: StudyFolder, jobs: FromTo, quote: Words, by: By = None, as_json: AsJson = False
) -> None:
    """Move one quote to another job, or a passage that was left out into one.

    \b
    Examples:
      jtbd-nlp edit move my-study J-77ab02 --quote "two hundred rows"
      jtbd-nlp edit move my-study J-3f9a1c J-77ab02 --quote "two hundred rows"
    """
    from ..errors import InvalidParameterError

    if len(jobs) > 2:
        raise InvalidParameterError(f"jobs must be one or two ids, got {' '.join(jobs)!r}. Give [JOB] TO.")
    opened = open_as(context, study, by)
    job = jobs[0] if len(jobs) == 2 else None
    tell(opened.move(find_passage(opened, job, quote), jobs[-1], job=job), as_json)


def pin(
    context: typer.Context,
    study: StudyFolder,
    job: JobId,
    quote: Annotated[list[str] | None, typer.Option("--quote", help="Words of one quote; none: all it has.")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Keep a job's quotes together, whatever later runs find.

    \b
    Example:
      jtbd-nlp edit pin my-study J-3f9a1c
    """
    opened = open_as(context, study, by)
    tell(opened.pin(job, [find_passage(opened, job, words) for words in quote] if quote else None), as_json)


def exclude(
    context: typer.Context,
    study: StudyFolder,
    job: Annotated[str | None, typer.Argument(help="A job's id; none: the quote is evidence nowhere.")] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="Words that single out one passage; none: the whole job.")
    ] = None,
    by: By = None,
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

    opened = open_as(context, study, by)
    if quote is not None:
        tell(opened.exclude(find_passage(opened, job, quote), job=job), as_json)
    elif job is not None:
        tell(opened.exclude(job), as_json)
    else:
        raise InvalidParameterError("exclude must have a job or --quote, got neither. Add one of them.")


def must_link(
    context: typer.Context, study: StudyFolder, quote: Several, by: By = None, as_json: AsJson = False
) -> None:
    """Say that passages tell of one job; they may be of any job, or of none.

    \b
    Example:
      jtbd-nlp edit must-link my-study --quote "two hundred rows" --quote "copy by hand"
    """
    opened = open_as(context, study, by)
    tell(opened.must_link(*(find_passage(opened, None, words) for words in quote)), as_json)


def cannot_link(
    context: typer.Context, study: StudyFolder, quote: Several, by: By = None, as_json: AsJson = False
) -> None:
    """Say that no two of these passages tell of one job.

    \b
    Example:
      jtbd-nlp edit cannot-link my-study --quote "two hundred rows" --quote "my accountant"
    """
    opened = open_as(context, study, by)
    tell(opened.cannot_link(*(find_passage(opened, None, words) for words in quote)), as_json)
