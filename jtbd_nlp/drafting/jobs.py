"""Groups of passages in, jobs out: each with its statement, quotes, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ..context import (
    Material,
    confidence_of,
    counter_quotes_of,
    dimensions_of,
    effective_voices,
    emotions_of,
    episodic_share,
    forces_of,
    phrases_of,
    solutions_of,
    stage_of,
    wishes_of,
)
from ..records import SLOTS, Job, Quote, Segment, SentenceTags
from .candidates import Candidate, Evidence
from .choice import Said
from .finding import Found, Search, searching
from .grading import Fit, Grade, graded
from .names import Phrases, name_of, verb_phrases_of
from .sharing import Shares
from .statements import Draft, draft_statement, find_gaps
from .worded import Worded

_SLOT_ORDER = ("motivation", "outcome", "struggle", "situation", "solution", "emotion")

LEAST_QUOTED = 4  # words

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages that tell of one job: rows of the study's passages, with what the clustering says of them."""

    job_id: str
    rows: tuple[int, ...]
    stability: float | None = None
    big_job: int | None = None
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sources:
    """All that the drafting draws on.

    Attributes
    ----------
    material : Material
        Transcripts, segments and tags of the study, by id.
    passages : tuple of Segment
        What can be evidence, one a row of the vectors.
    vectors : ndarray of shape (n_passages, n), float32
        Job vectors, unit L2 norm: which passages are central to a job.
    plain_vectors : ndarray of shape (n_passages, n_dims), float32
        Plain embeddings, unit L2 norm: which passages are about the same thing.
    embed : callable
        Texts to plain unit vectors.
    worded : Worded
        What sentences gave in an earlier run, to be added to; the jobs do not depend on it.
    grade : callable or None, default=None
        Candidates to how good their words are, see `jtbd_nlp.drafting.grading`; None leaves it to the rules' cost.
    phrases : callable, default=verb_phrases_of
        Goals to the phrases that can name them, see `jtbd_nlp.drafting.names`.
    fit : callable or None, default=None
        Goals and what may stand beside them to how well they go together; None leaves it to the rules.
    processes : int, default=0
        Processes that find candidates for many groups, beside this one; the jobs do not depend on it.
    """

    material: Material
    passages: tuple[Segment, ...]
    vectors: np.ndarray
    plain_vectors: np.ndarray
    embed: Embed
    worded: Worded = field(default_factory=Worded)
    grade: Grade | None = None
    phrases: Phrases = verb_phrases_of
    fit: Fit | None = None
    processes: int = 0


def draft_jobs(groups: Sequence[Group], sources: Sources, excluded: Iterable[str] = ()) -> tuple[Job, ...]:
    """Draft a job for each group.

    Parameters
    ----------
    groups : Sequence of Group
        None empty.
    sources : Sources
        Passages, tags, vectors.
    excluded : Iterable[str], default=()
        Segments that no job may take in from elsewhere: a person put them where they are.

    Returns
    -------
    tuple of Job
        In the order of the groups; motivations and names are unique. A passage is quoted by one job: where a job takes
        in what was said beside its goal, the group that had it goes without.
    """
    jobs: list[Job] = []
    members = [[sources.passages[r].segment_id for r in g.rows] for g in groups]
    taken = _Taken(shares=Shares(members, [bool(g.edits) for g in groups], excluded))

    def evidence_of(n: int) -> list[Evidence]:
        left = taken.shares.members(n)
        return _by_centrality([r for r in groups[n].rows if sources.passages[r].segment_id in left], sources)

    plain = Search(evidence_of, sources.material, taken.shares, sources.worded)
    with searching(plain, len(groups), sources.processes) as search:
        for n, group in enumerate(groups):
            job = _draft(group, sources, taken, *search.find(n))
            taken.motivations.add((job.statement.motivation or "").lower())
            taken.names.add(job.name)
            taken.shares.close(n, (q.segment_id for q in job.quotes))
            jobs.append(job)
    heads: dict[int | None, str] = {}
    for group, job in zip(groups, jobs, strict=True):
        heads.setdefault(group.big_job, job.name)  # a big job bears the name of its strongest job
    return tuple(
        replace(job, big_job=None if group.big_job is None else heads[group.big_job])
        for group, job in zip(groups, jobs, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """What jobs drafted before have: passages, motivations, names."""

    shares: Shares
    motivations: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def _draft(group: Group, sources: Sources, taken: _Taken, found: list[Evidence], candidates: Found) -> Job:
    members = {e.segment.segment_id for e in found}
    rows = [r for r in group.rows if sources.passages[r].segment_id in members]
    if sources.grade is not None:
        candidates = graded(candidates, sources.grade)
    draft = draft_statement(candidates, sources.embed, taken.motivations, _said(rows, sources), sources.fit)
    evidence = [*found, *_taken_in(draft, sources.material)]
    quotes = _quotes(evidence, draft, sources.material)
    ids = [e.segment.segment_id for e in evidence]
    material = sources.material
    people = tuple(sorted({q.participant_id for q in quotes}))
    row_ids = material.once("rows", lambda: [p.segment_id for p in sources.passages], sources)
    counter = counter_quotes_of(material, ids, row_ids=row_ids, vectors=sources.plain_vectors)
    return Job(
        job_id=group.job_id,
        name=name_of(draft.statement, taken.names, sources.phrases),
        statement=draft.statement,
        confidence=confidence_of(len(people), len(counter)),
        participants=people,
        n_transcripts=len({q.transcript_id for q in quotes}),
        dimensions=dimensions_of(material, ids),
        quotes=quotes,
        forces={str(force): told for force, told in forces_of(material, ids).items()},
        solutions=solutions_of(material, ids),
        emotions=emotions_of(material, ids),
        counter_quotes=counter,
        gaps=find_gaps(draft.statement),
        single_voice=len(people) < 2,
        stability=group.stability,
        effective_voices=effective_voices([e.segment.participant_id or e.segment.transcript_id for e in evidence]),
        episodic_share=episodic_share([e.segment.text for e in evidence]),
        phrases=phrases_of(material, ids),
        wishes=wishes_of(material, ids),
        edits=group.edits,
    )


def _said(rows: list[int], sources: Sources) -> Said:
    passages = [sources.passages[r] for r in rows]
    return Said(voices=[p.participant_id or p.transcript_id for p in passages], vectors=sources.plain_vectors[rows])


def _taken_in(draft: Draft, material: Material) -> list[Evidence]:
    """Return what fills a slot and was told beside the job's own passages."""
    beside = {c.segment.segment_id: c for c in draft.chosen.values() if not c.member}
    return [
        Evidence(segment=c.segment, tags=material.tags_of(i), centrality=c.centrality, member=False)
        for i, c in beside.items()
    ]


def _by_centrality(rows: list[int], sources: Sources) -> list[Evidence]:
    vectors = sources.vectors[rows]
    middle = vectors.mean(axis=0)
    near = (vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))).round(4)
    found = [
        Evidence(
            segment=sources.passages[r],
            tags=sources.material.tags_of(sources.passages[r].segment_id),
            centrality=float(c),
        )
        for r, c in zip(rows, near, strict=True)
    ]
    return sorted(found, key=lambda e: (-e.centrality, e.segment.segment_id))


def _quotes(evidence: Sequence[Evidence], draft: Draft, material: Material) -> tuple[Quote, ...]:
    """Cut a quote of every passage: those that fill a slot first, then the most central.

    A passage that fills two slots is quoted whole for the first, and its clause once more for the second.
    """
    filling: dict[str, list[str]] = {}
    for slot in SLOTS:
        if slot in draft.chosen:
            filling.setdefault(draft.chosen[slot].segment.segment_id, []).append(slot)
    cut: list[Quote] = []
    for e in sorted(evidence, key=lambda e: e.segment.segment_id not in filling):
        first, *rest = filling.get(e.segment.segment_id) or [_slot_of(e.tags)]
        cut.append(material.quote(e.segment, slot=first))
        cut += [material.quote(e.segment, _telling(draft.chosen[slot], material), slot=slot) for slot in rest]
    return tuple(replace(quote, stage=stage_of(quote.text)) for quote in cut)


def _telling(c: Candidate, material: Material) -> tuple[int, int] | None:
    """Return the part of a passage to quote, or None for the whole.

    Whole where the part says too little by itself, or where its words stand earlier in the interview too, perhaps in a
    question: who looks them up must land where they are meant.
    """
    words = c.segment.text[slice(*c.span)]
    first = material.transcripts[c.segment.transcript_id].text.find(words)
    alone = len(words.split()) >= LEAST_QUOTED and first == c.segment.start_char + c.span[0]
    return c.span if alone else None


def _slot_of(tags: SentenceTags) -> str:
    """Return what a passage mainly shows."""
    shown = {"motivation"} if "motivation" in tags.spans else set()
    shown |= {label for label in tags.labels if label != "desire"}
    return next((slot for slot in _SLOT_ORDER if slot in shown), "struggle")
