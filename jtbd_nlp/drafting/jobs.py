"""Groups of passages in, jobs out: each with its statement, quotes, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..context.support import confidence_of, effective_voices, episodic_share
from ..evidence import cut_quote
from ..records import FORCES, Job, Quote, Segment, SentenceTags, Transcript
from .candidates import Evidence, find_candidates
from .statements import Draft, draft_statement, find_gaps, name_of

_SLOT_ORDER = ("motivation", "outcome", "struggle", "situation", "solution", "emotion")

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages that tell of one job: rows of the study's passages, with what the clustering says of them."""

    job_id: str
    rows: tuple[int, ...]
    stability: float | None = None
    big_job: str | None = None
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """All that the drafting draws on.

    Attributes
    ----------
    transcripts : Mapping of str to Transcript
        By id.
    segments : tuple of Segment
        The passages of the study, one a row.
    tags : Mapping of str to SentenceTags
        By segment id.
    vectors : ndarray of shape (n_passages, n), float32
        Job vectors, unit L2 norm.
    embed : callable
        Texts to plain unit vectors.
    """

    transcripts: Mapping[str, Transcript]
    segments: tuple[Segment, ...]
    tags: Mapping[str, SentenceTags]
    vectors: np.ndarray
    embed: Embed


def draft_jobs(groups: Sequence[Group], material: Material) -> tuple[Job, ...]:
    """Draft a job for each group.

    Parameters
    ----------
    groups : Sequence of Group
        None empty.
    material : Material
        Passages, tags, vectors.

    Returns
    -------
    tuple of Job
        In the order of the groups; motivations and names are unique while the evidence has other words.
    """
    jobs: list[Job] = []
    motivations: set[str] = set()
    names: set[str] = set()
    for group in groups:
        job = _draft(group, material, motivations, names)
        motivations.add((job.statement.motivation or "").lower())
        names.add(job.name)
        jobs.append(job)
    return tuple(jobs)


def _draft(group: Group, material: Material, motivations: set[str], names: set[str]) -> Job:
    evidence = _by_centrality(group, material)
    draft = draft_statement(find_candidates(evidence), material.embed, motivations)
    quotes = _quotes(evidence, draft, material)
    people = tuple(sorted({q.participant_id for q in quotes}))
    feelings = Counter(q.emotion for q in quotes if q.emotion)
    return Job(
        job_id=group.job_id,
        name=name_of(draft.statement, names),
        statement=draft.statement,
        confidence=confidence_of(len(people), 0),
        participants=people,
        n_transcripts=len({q.transcript_id for q in quotes}),
        quotes=quotes,
        forces={force: tuple(q for q in quotes if q.force == force) for force in FORCES},
        emotions=dict(sorted(feelings.items(), key=lambda item: (-item[1], item[0]))),
        gaps=find_gaps(draft.statement),
        single_voice=len(people) < 2,
        stability=group.stability,
        effective_voices=effective_voices([q.participant_id for q in quotes]),
        episodic_share=episodic_share([q.text for q in quotes]),
        big_job=group.big_job,
        edits=group.edits,
    )


def _by_centrality(group: Group, material: Material) -> list[Evidence]:
    rows = list(group.rows)
    vectors = material.vectors[rows]
    middle = vectors.mean(axis=0)
    near = (vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))).round(4)
    found = [
        Evidence(segment=material.segments[r], tags=material.tags[material.segments[r].segment_id], centrality=float(c))
        for r, c in zip(rows, near, strict=True)
    ]
    return sorted(found, key=lambda e: (-e.centrality, e.segment.segment_id))


def _quotes(evidence: Sequence[Evidence], draft: Draft, material: Material) -> tuple[Quote, ...]:
    """Cut a quote of every passage: those that fill a slot first, then the most central."""
    filling = {c.segment.segment_id: slot for slot, c in reversed(draft.chosen.items())}
    order = sorted(evidence, key=lambda e: e.segment.segment_id not in filling)
    return tuple(
        cut_quote(
            material.transcripts[e.segment.transcript_id],
            e.segment,
            slot=filling.get(e.segment.segment_id) or _slot_of(e.tags),
            tags=e.tags,
        )
        for e in order
    )


def _slot_of(tags: SentenceTags) -> str | None:
    """Return what a passage mainly shows."""
    shown = {"motivation"} if "motivation" in tags.spans else set()
    shown |= {label for label in tags.labels if label != "desire"}
    return next((slot for slot in _SLOT_ORDER if slot in shown), None)
