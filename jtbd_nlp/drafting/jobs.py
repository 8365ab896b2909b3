"""Groups of passages in, jobs out: each with its statement, quotes, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

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
    wished_in,
    wishes_of,
)
from ..records import Job, Quote
from .backing import Claim, assign, weight_of
from .choosing.ahead import Ahead, asking_ahead
from .choosing.choice import Said, story_text
from .choosing.sparing import graded_goals, worth_grading
from .finding.candidates import Candidate, Evidence
from .finding.search import Found, Search, searching
from .finding.sharing import Shares
from .names import name_of
from .quoting import quotes_of
from .sources import Group, Sources
from .statements import Draft, draft_statement, find_gaps


def draft_jobs(
    groups: Sequence[Group], sources: Sources, excluded: Iterable[str] = (), placed: Iterable[str] = ()
) -> tuple[Job, ...]:
    """Draft a job for each group.

    Parameters
    ----------
    groups : Sequence of Group
        None without rows and segments beside.
    sources : Sources
        Passages, tags, vectors.
    excluded : Iterable[str], default=()
        Segments that no slot may be filled from but in their own group.
    placed : Iterable[str], default=()
        Segments that a person put where they are, or out of all: whatever they back, they stay there.

    Returns
    -------
    tuple of Job
        In the order of the groups; motivations and names are unique. First each group gets its statement, then each
        passage goes to the statement that it backs, and is quoted there alone: what backs none is quoted by no job.
    """
    fixed = frozenset(placed)
    drafted = draft_groups(groups, sources, fixed.union(excluded))
    names: set[str] = set()
    jobs: list[Job] = []
    for told, evidence in zip(drafted, _backed(drafted, sources, fixed), strict=True):
        jobs.append(_job(told.group, told.draft, evidence, sources, names))
        names.add(jobs[-1].name)
    heads: dict[int | None, str] = {}
    for group, job in zip(groups, jobs, strict=True):
        heads.setdefault(group.big_job, job.name)  # until it is known which of its jobs are shown: see `with_big_jobs`
    return tuple(
        replace(job, big_job=None if group.big_job is None else heads[group.big_job])
        for group, job in zip(groups, jobs, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Drafted:
    """A group with its statement, and the passages that it then had, most central first."""

    group: Group
    draft: Draft
    found: list[Evidence]


def draft_groups(groups: Sequence[Group], sources: Sources, excluded: frozenset[str] = frozenset()) -> list[Drafted]:
    """Word a statement for each group; a motivation is not given twice, and what one takes in from another is its own."""
    members = [[sources.passages[r].segment_id for r in g.rows] for g in groups]
    shares = Shares(members, [g.held for g in groups], excluded)

    def evidence_of(n: int) -> list[Evidence]:
        left = shares.members(n)
        return _by_centrality([r for r in groups[n].rows if sources.passages[r].segment_id in left], sources)

    plain = Search(evidence_of, sources.material, shares, sources.worded)
    drafted: list[Drafted] = []
    motivations: set[str] = set()
    with (
        searching(plain, len(groups), sources.processes, sources.engine) as search,
        _looking_ahead(search, len(groups), sources) as look,
    ):
        for n, group in enumerate(groups):
            found, candidates = look.find(n)
            draft = _draft_of(found, candidates, motivations, sources)
            motivations.add((draft.statement.motivation or "").lower())
            shares.close(n, (e.segment.segment_id for e in (*found, *_taken_in(draft, sources.material))))
            drafted.append(Drafted(group, draft, found))
    return drafted


def _looking_ahead(search: Search, n_groups: int, sources: Sources) -> AbstractContextManager[Ahead | Search]:
    """Return the search, which also drafts ahead on a thread where models can use another core."""

    def ask(part: Sequence[tuple[list[Evidence], Found]]) -> None:
        if sources.grade is not None:  # those of all groups in full runs
            sources.grade([c for _, found in part for c in found["motivation"]])
            sources.grade([c for evidence, found in part for c in _beside_goals(evidence, found, sources)])
        for evidence, found in part:
            _draft_of(evidence, found, (), sources)

    return asking_ahead(search, ask, n_groups) if sources.processes else nullcontext(search)


def _draft_of(found: Sequence[Evidence], candidates: Found, taken: Iterable[str], sources: Sources) -> Draft:
    return draft_statement(candidates, sources.embed, taken, _said(found, sources), sources.fit, sources.grade)


def _beside_goals(found: Sequence[Evidence], candidates: Found, sources: Sources) -> list[Candidate]:
    """Return what `_draft_of` will have graded beside the goals."""
    goals = graded_goals(candidates, sources.grade, said=_said(found, sources))
    worth = worth_grading(candidates, goals, sources.embed, judged=sources.fit is not None)
    return [c for same in worth.values() for c in same]


def _backed(drafted: Sequence[Drafted], sources: Sources, fixed: frozenset[str]) -> list[list[Evidence]]:
    """Return the evidence of each group: what fills its slots, then what backs its statement, best first."""
    aims = [d for d in drafted if d.draft.statement.motivation is not None]
    held = {e.segment.segment_id for d in drafted if d.group.held for e in d.found} | fixed
    kept_out = frozenset(sources.row[i] for i in held if i in sources.row)
    placed = {sources.row[i] for i in fixed if i in sources.row}  # what a person put there needs no backing
    given = assign([_claim(d, sources) for d in aims], sources.backing, kept_out)
    rows_of = {d.group.job_id: rows for d, rows in zip(aims, given, strict=True)}
    elsewhere = {row for rows in given for row in rows}
    evidence = []
    for d in drafted:
        near = {e.segment.segment_id: e.centrality for e in d.found}
        left = {r: None for r in map(sources.row.__getitem__, near) if r not in elsewhere}
        backing: dict[int, float | None] = {**rows_of.get(d.group.job_id, left)}
        own = [_evidence(row, near, sources, None if row in placed else b) for row, b in backing.items()]
        known = {e.segment.segment_id for e in own}
        own += [e for e in _taken_in(d.draft, sources.material) if e.segment.segment_id not in known]
        own += [_put_there(i, sources.material) for i in d.group.beside]
        evidence.append(sorted(own, key=lambda e: (-(e.backing or 0.0), -e.centrality, e.segment.segment_id)))
    return evidence


def _claim(d: Drafted, sources: Sources) -> Claim:
    filling = {slot: sources.row.get(c.segment.segment_id) for slot, c in d.draft.chosen.items()}
    put = d.group.rows if d.group.held else ()
    return Claim(
        text=story_text(**{slot: c.wording.text for slot, c in d.draft.chosen.items()}),
        goal=filling["motivation"],
        rows=frozenset(sources.row[e.segment.segment_id] for e in d.found),
        fixed=frozenset({row for row in filling.values() if row is not None} | {*put}),
    )


def _evidence(row: int, near: dict[str, float], sources: Sources, backing: float | None) -> Evidence:
    passage = sources.passages[row]
    return Evidence(
        segment=passage,
        tags=sources.material.tags_of(passage.segment_id),
        centrality=near.get(passage.segment_id, 0.0),
        member=passage.segment_id in near,
        backing=backing,
    )


def _job(group: Group, draft: Draft, evidence: list[Evidence], sources: Sources, names: set[str]) -> Job:
    material = sources.material
    quotes = quotes_of(evidence, draft, material)
    sure = [q for q in quotes if not q.is_weak]  # what was only told nearby is no voice of this job, nor a force in it
    ids = list(dict.fromkeys(q.segment_id for q in sure))
    people = tuple(sorted({q.participant_id for q in sure}))
    row_ids = material.once("rows", lambda: [p.segment_id for p in sources.passages], sources)
    counter = counter_quotes_of(material, ids, row_ids=row_ids, vectors=sources.passage_vectors)
    return Job(
        job_id=group.job_id,
        name=name_of(draft.statement, names, sources.phrases),
        statement=draft.statement,
        confidence=confidence_of(len(people), len(counter)),
        participants=people,
        n_transcripts=len({q.transcript_id for q in sure}),
        dimensions=dimensions_of(material, ids),
        quotes=quotes,
        forces={str(force): told for force, told in forces_of(material, ids).items()},
        solutions=solutions_of(material, ids),
        emotions=emotions_of(material, ids),
        counter_quotes=counter,
        gaps=find_gaps(draft.statement),
        single_voice=len(people) < 2,
        stability=group.stability,
        effective_voices=effective_voices(_voices(sure)),
        episodic_share=episodic_share([material.segments[i].text for i in ids]),
        phrases=phrases_of(material, ids),
        wishes=wishes_of(material, ids),
        edits=group.edits,
    )


def _voices(quotes: Sequence[Quote]) -> list[str]:
    """Return who says each quoted passage; a passage that is quoted twice counts once."""
    return list({q.segment_id: q.participant_id for q in quotes}.values())


def _said(found: Sequence[Evidence], sources: Sources) -> Said:
    rows = [sources.row[e.segment.segment_id] for e in found]

    def chances(texts: Sequence[str], goals: Sequence[Candidate]) -> np.ndarray:
        wanted = sources.backing.wanted(texts, [sources.row.get(g.segment.segment_id) for g in goals])
        return weight_of(sources.backing.cosines(wanted, rows)).T

    passages = [sources.passages[r] for r in rows]
    return Said(voices=[p.participant_id or p.transcript_id for p in passages], chances=chances)


def _taken_in(draft: Draft, material: Material) -> list[Evidence]:
    """Return what fills a slot and was told beside the job's own passages."""
    beside = {c.segment.segment_id: c for c in draft.chosen.values() if not c.member}
    return [
        Evidence(segment=c.segment, tags=material.tags_of(i), centrality=c.centrality, member=False)
        for i, c in beside.items()
    ]


def _put_there(segment_id: str, material: Material) -> Evidence:
    return Evidence(segment=material.segments[segment_id], tags=material.tags_of(segment_id), centrality=0.0)


def _by_centrality(rows: list[int], sources: Sources) -> list[Evidence]:
    if not rows:
        return []
    vectors = sources.vectors[rows]
    middle = vectors.mean(axis=0)
    near = (vectors @ (middle / max(float(np.linalg.norm(middle)), 1e-9))).round(4)
    wished = wished_in(sources.material)
    found = [
        Evidence(
            segment=sources.passages[r],
            tags=sources.material.tags_of(sources.passages[r].segment_id),
            centrality=float(c),
            wished=sources.passages[r].segment_id in wished,
        )
        for r, c in zip(rows, near, strict=True)
    ]
    return sorted(found, key=lambda e: (-e.centrality, e.segment.segment_id))
