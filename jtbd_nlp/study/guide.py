"""Writes the interview guide: a report in, the follow-up questions that its gaps ask for and a starter guide out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..records import FORCES, Job, Quote
from ..reporting.belonging import sure
from ..reporting.markdown_text import escape_markdown

if TYPE_CHECKING:
    from ..reporting import JobReport

_FORCE_ASKS = {
    "push": "What was it about the way you did this before that was no longer good enough?",
    "pull": "When you thought of doing it another way, what did you hope would be different?",
    "anxiety": "What worried you about changing? What could have gone wrong?",
    "habit": "What kept you with the way you knew? What was hard to let go of?",
}
_SLOT_ASKS = {
    "situation": "What was going on just then, and what set it off?",
    "motivation": "What did you want to get done at that moment?",
    "outcome": "If that were sorted out, what would it let you do?",
}
_TELLING = {"motivation": 0, "struggle": 1, "outcome": 2, "situation": 3}  # which of quotes as strong to begin from
_STATED = 2.0  # above any chance: the words that a statement was made from
MOST_ASKED = 6  # questions for one person: more than an interview has room for are not asked
_SOLUTION_ASK = (
    "What do you use for this today, be it a colleague, a spreadsheet, or nothing? Walk me through the last time."
)
_COUNTER_ASK = "Was there a time when this did not matter to you, or when the opposite was true?"
_EPISODE_ASK = "When did this last happen? Tell me about that one time from the start."

# The order of a switch interview: the timeline backwards to the first thought, then forwards through the decision.
_STARTER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Opening", (
        "There are no right answers; I am making a documentary of one decision of yours. Little things help.",
        "What do you do, and what does a usual week look like?",
        "What did you begin, change or stop using most lately? We will talk about that one decision.",
    )),
    ("First thought", (
        "When did you first think that something had to change? Where were you? Who was there?",
        "What happened just before that?",
    )),
    ("Looking around", (
        "What did you do next? How long did it stay at the back of your mind?",
        "What else did you try or think of, doing nothing among it? Why not that?",
        "What made it urgent in the end? Was there a date or an event?",
    )),
    ("Deciding", (
        "How did you decide? Who else had a say?",
        "What nearly stopped you? What did you have to give up?",
        "How did you imagine it would be once you had it?",
    )),
    ("Using", (
        "Tell me about the first time that you used it. What was as you had hoped, and what was not?",
        "What can you do now that you could not do before? Who has noticed?",
        "How do you feel when it works? And when it does not?",
    )),
    ("Closing", (
        "If you had a magic wand, what would you want?",
        "Is there anything that we did not talk about?",
    )),
)  # fmt: skip


def guide(report: JobReport | None) -> str:
    """Return an interview guide as Markdown.

    Parameters
    ----------
    report : JobReport or None
        Of the last run; None gives the starter guide alone.

    Returns
    -------
    str
        Follow-up questions by participant (whom to ask again, and what, from their own words), then by job, then a
        guide for a first switch interview, which ends with the two questions that every interview should end with.
    """
    blocks = ["# Interview guide"]
    if report is not None and report.jobs:
        blocks += [*_by_participant(report), *_by_job(report)]
    blocks.append("## A switch interview from the start\n\nAsk about one decision that was made, not about opinions.")
    blocks += [f"### {title}\n\n" + _bullets(asks) for title, asks in _STARTER]
    return "\n\n".join(blocks) + "\n"


def questions(job: Job) -> tuple[str, ...]:
    """Return what an interviewer should ask next about a job: for its empty slots, then for what else it lacks."""
    asks = [gap.ask for gap in job.gaps]
    asks += [_FORCE_ASKS[force] for force in FORCES if not job.forces.get(force)]
    if not job.solutions:
        asks.append(_SOLUTION_ASK)
    if not job.counter_quotes:
        asks.append(_COUNTER_ASK)
    if job.episodic_share < 0.5:
        asks.append(_EPISODE_ASK)
    return tuple(dict.fromkeys(asks))


def guide_tables(report: JobReport | None) -> dict[str, Any]:
    """Return the same questions as plain values: ``participants``, ``jobs`` and ``starter``.

    Parameters
    ----------
    report : JobReport or None
        Of the last run; None gives the starter guide alone.

    Returns
    -------
    dict[str, Any]
        ``participants`` maps an id to what to ask that person, each with ``job_id``, ``quote`` (their own words, or
        null) and ``asks``; ``jobs`` maps a job id to its questions; ``starter`` maps a part to its questions.
    """
    jobs = () if report is None else report.jobs
    return {
        "participants": {p: [_asked(j, p) for j in found] for p, found in _open_jobs(jobs).items()},
        "jobs": {job.job_id: list(questions(job)) for job in jobs},
        "starter": {title: list(asks) for title, asks in _STARTER},
    }


def _open_jobs(jobs: Sequence[Job]) -> dict[str, list[Job]]:
    """Return for each participant the jobs that they spoke of and that have an empty slot, the strongest first."""
    people = sorted({person for job in jobs for person in job.participants})
    found = {p: [job for job in jobs if p in job.participants and job.gaps] for p in people}
    return {person: theirs for person, theirs in found.items() if theirs}


def _asked(job: Job, person: str) -> dict[str, Any]:
    """Return what to ask a person for what a job lacks, from what they said of it where they are quoted."""
    theirs = [quote for quote in sure(job.quotes) if quote.participant_id == person]
    if not theirs:
        return {"job_id": job.job_id, "quote": None, "asks": [gap.ask for gap in job.gaps]}
    best = min(theirs, key=_how_telling)
    return {"job_id": job.job_id, "quote": best.text, "asks": [_SLOT_ASKS[gap.slot] for gap in job.gaps]}


def _how_telling(quote: Quote) -> tuple[float, int, str, int]:
    """Order quotes to begin from: what the statement was worded from, then the likeliest to tell of the job."""
    support = _STATED if quote.support is None else quote.support
    return -support, _TELLING.get(quote.slot or "", len(_TELLING)), quote.transcript_id, quote.start_char


def _by_participant(report: JobReport) -> Iterator[str]:
    """Yield what to ask those who were interviewed."""
    asked = _open_jobs(report.jobs)
    if not asked:
        return
    yield "## Ask again\n\nThey spoke of these jobs and left a part of them open. Begin from their own words."
    for person, found in asked.items():
        lines = [_follow_up(job, person) for job in found[:MOST_ASKED]]
        rest = len(found) - len(lines)
        more = f"\n\n{rest} more of their jobs {'has' if rest == 1 else 'have'} a gap: see below." if rest else ""
        yield f"### {escape_markdown(person)}\n\n" + _bullets(lines) + more


def _follow_up(job: Job, person: str) -> str:
    asked = _asked(job, person)
    words = "" if asked["quote"] is None else f"You said “{escape_markdown(asked['quote'])}” "
    return f"{words}{' '.join(map(escape_markdown, asked['asks']))} (about: {escape_markdown(job.name)})"


def _by_job(report: JobReport) -> Iterator[str]:
    yield "## Ask the next participants"
    for job in report.jobs:
        asks = questions(job)
        head = f"### {escape_markdown(job.name)} ({escape_markdown(job.job_id)})\n\n{_lacks(job)}"
        yield head + ("\n\n" + _bullets(map(escape_markdown, asks)) if asks else "")


def _lacks(job: Job) -> str:
    missing = [force for force in FORCES if not job.forces.get(force)]
    n = len(job.participants)
    parts = [f"{n} participant{'' if n == 1 else 's'}" + (": find others with this job" if n < 2 else "")]
    parts += [f"no {gap.slot}" for gap in job.gaps]
    parts += [f"no {', '.join(missing)} found"] if missing else []
    return "; ".join(parts) + "."


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
