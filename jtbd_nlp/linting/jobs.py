"""Lints jobs with their evidence and whole reports: what a statement alone cannot show.

In: `Job` records or a report. Out: findings, for a report by job id with the report's own under the empty id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..context.support import confidence_of, struggle_coverage
from ..errors import InvalidParameterError
from ..records import FORCES, Finding, Job, Quote, Transcript
from .lexicon import word_set
from .rules import RULES, Severity, broken
from .statements import lint_statement
from .words import content_words, may_mean, stem, words_of

LEAST_COVERED = 0.6  # of the struggles, that stand in a job or were told near one
MOST_USED = 0.85  # of the struggles, that jobs use as evidence


def lint_job(
    job: Job,
    *,
    others: Sequence[Job] = (),
    brief: str | None = None,
    products: Sequence[str] = (),
    transcripts: Sequence[Transcript] = (),
) -> list[Finding]:
    """Check one job: its statement, and whether its evidence bears it.

    Parameters
    ----------
    job : Job
    others : Sequence[Job], default=()
        The other jobs of the report, to find doubles.
    brief : str or None, default=None
        Text of the study brief.
    products : Sequence[str], default=()
        Product names to keep out of motivations.
    transcripts : Sequence[Transcript], default=()
        Where the quotes come from; turns on the search for words that the interviewer brought in.

    Returns
    -------
    list[Finding]
        In the order of the table of rules.
    """
    found = lint_statement(
        job.statement,
        evidence=[q for q in job.quotes if q.role == "support"],
        others=[o.statement for o in others if o.job_id != job.job_id],
        brief=brief or None,
        products=products,
    )
    found += [*_support(job), *_forces(job), *_counter(job), *_brought_in(job, transcripts)]
    order = list(RULES)
    return sorted(found, key=lambda f: order.index(f.rule))


def lint_report(
    report: Any, *, brief: str | None = None, products: Sequence[str] = ()
) -> dict[str, tuple[Finding, ...]]:
    """Check every job of a report and the report as a whole.

    Parameters
    ----------
    report : JobReport or Mapping
        Ours, or the JSON of any tool with ``jobs``, each with a ``statement`` (text or slots) and ``quotes``.
    brief : str or None, default=None
        Text of the study brief.
    products : Sequence[str], default=()
        Product names to keep out of motivations.

    Returns
    -------
    dict[str, tuple[Finding, ...]]
        By job id, in the order of the report; the findings on the whole stand under ``""``.

    Raises
    ------
    InvalidParameterError
        If the report has no list of jobs.
    """
    if isinstance(report, Mapping):
        return _lint_foreign(report, brief, products)
    transcripts = tuple(getattr(report, "transcripts", ()))
    shared: dict[str, Any] = {"brief": brief, "products": products, "transcripts": transcripts}
    found = {j.job_id: tuple(lint_job(j, others=report.jobs, **shared)) for j in report.jobs}
    spoken = tuple(getattr(report, "segments", ())), getattr(report, "tags", {})
    used, _ = struggle_coverage(report.jobs, *spoken)
    listed, left = struggle_coverage(report.jobs, *spoken, nearby=True)
    return {**found, "": tuple(_coverage(used, listed, len(left)))}


def _support(job: Job) -> Iterator[Finding]:
    people = len(set(job.participants))
    right = confidence_of(people, len(job.counter_quotes))
    if people == 0:
        yield broken("support", "no participant told of it", "Drop it, or find who said it.", severity="error")
    elif people == 1:
        labelled = "; it is labelled so" if job.single_voice else ""
        fix = "Ask others about it before you build on it." if job.single_voice else "Label it a single voice."
        severity: Severity = "info" if job.single_voice else "warning"
        yield broken("support", f"only one participant told of it{labelled}", fix, severity=severity)
    if people and job.confidence != right:
        message = f"confidence is {job.confidence!r}, but {people} participants and {len(job.counter_quotes)} "
        yield broken("support", f"{message}counter-quotes make it {right!r}", f"Set it to {right!r}.", severity="error")


def _forces(job: Job) -> Iterator[Finding]:
    missing = [f for f in FORCES if not job.forces.get(f)]
    if missing:
        fix = "Ask the next participants what pushed, drew, worried and held them."
        yield broken("forces", f"none found: {', '.join(missing)}", fix)


def _counter(job: Job) -> Iterator[Finding]:
    if job.counter_quotes:
        people = len({q.participant_id for q in job.counter_quotes})
        who = "1 participant says" if people == 1 else f"{people} participants say"
        yield broken("counter", f"{who} the opposite", "Read the counter-quotes before you decide on this job.")
    else:
        yield broken("counter", "searched, nobody found who says the opposite", "Ask for a time when it was not so.")


def _brought_in(job: Job, transcripts: Sequence[Transcript]) -> Iterator[Finding]:
    by_id = {t.transcript_id: t for t in transcripts}
    pairs = [(q, turn_before(q, by_id[q.transcript_id])) for q in job.quotes if q.transcript_id in by_id]
    sources = [(_stems(quote.text), _stems(question)) for quote, question in pairs if quote.role == "support"]
    words = content_words(" ".join(filter(None, (job.statement.motivation, job.statement.outcome))))
    asked = []
    for word in (w for w in dict.fromkeys(words) if w not in word_set("words", "generic")):
        meant = may_mean(stem(word))
        holders = [question for quote, question in sources if meant & quote]
        if holders and all(meant & question for question in holders):
            asked.append(word)
    if asked:
        fix = "Prefer words that participants brought up themselves."
        message = f"words that the interviewer had used first, wherever they occur: {', '.join(map(repr, asked))}"
        yield broken("leading", message, fix, severity="info")


def _stems(text: str) -> set[str]:
    return {stem(w) for w in words_of(text)}


def turn_before(quote: Quote, transcript: Transcript) -> str:
    """Return the interviewer's turn that a quote answers; empty where there is none."""
    asked = [t for t in transcript.turns if t.role == "interviewer" and t.end_char <= quote.start_char]
    return transcript.words(asked[-1]) if asked else ""


def _coverage(used: float | None, listed: float | None, n_left: int) -> Iterator[Finding]:
    """Judge how much is explained by what stands in or near a job, and padding by what jobs use as evidence."""
    if used is None or listed is None:
        return
    counted = f"{listed:.0%} of the struggles that participants told of stand in a job or near one ({used:.0%} are used as evidence)"
    if listed < LEAST_COVERED:
        fix = "Read the unclustered list: a job may be missing."
        yield broken(
            "coverage",
            f"{counted}, and {n_left} in none; below {LEAST_COVERED:.0%} much is unexplained",
            fix,
            severity="warning",
        )
    elif used > MOST_USED:
        fix = "Look for passages that do not belong to their job."
        yield broken("coverage", f"{counted}; above {MOST_USED:.0%} used, jobs are often padded", fix)


def _lint_foreign(
    report: Mapping[str, Any], brief: str | None, products: Sequence[str]
) -> dict[str, tuple[Finding, ...]]:
    jobs = report.get("jobs")
    if not isinstance(jobs, list) or not all(isinstance(j, Mapping) for j in jobs):
        raise InvalidParameterError("report must have a list 'jobs' of objects, got none. Give the JSON of a report.")
    statements = [j.get("statement", j) for j in jobs]
    found = {}
    for index, job in enumerate(jobs):
        others = statements[:index] + statements[index + 1 :]
        rows = list(_foreign_quotes(job))
        said_by = {who for _, who in rows if who}
        people = set(job.get("participants") or said_by)
        found[str(job.get("job_id", index))] = tuple(
            lint_statement(
                statements[index],
                evidence=[text for text, _ in rows],
                # quotes that name nobody show that somebody spoke, and not how many
                support=len(people) if people or not rows else None,
                others=others,
                brief=brief,
                products=products,
            )
        )
    return found


def _foreign_quotes(job: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the words of each quote of another tool's job and who said them, empty where it does not say."""
    for row in job.get("quotes") or job.get("evidence") or ():
        if isinstance(row, str):
            yield row, ""
        elif isinstance(row, Mapping) and row.get("role") != "counter":
            who = row.get("participant_id", row.get("transcript_id", row.get("transcript")))
            yield str(row.get("text", row.get("quote", ""))), "" if who is None else str(who)
