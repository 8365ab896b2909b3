"""Passages of a study in, its groups out: as the vectors and a person have them, and in the order of drafting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .analysis import Cache, StudyAnalysis
from .blas import one_thread
from .clustering import Clustering
from .clustering.keeping import kept_grouping
from .config import Config
from .context import Material
from .drafting import Group, in_order
from .records import Segment, Transcript
from .similarity import job_vectors
from .study.applying import Curator, Regrouped


def group_passages(
    study: StudyAnalysis,
    transcripts: Sequence[Transcript],
    config: Config,
    people: Curator,
    cache: Cache | None = None,
) -> tuple[Clustering, np.ndarray]:
    """Group the passages of a study by job.

    Parameters
    ----------
    study : StudyAnalysis
        With passages, tags and vectors.
    transcripts : Sequence of Transcript
        The same ones, for a person's constraints.
    config : Config
        ``clustering`` counts.
    people : Curator
        ``Curator()`` where nobody has edited.
    cache : Cache or None, default=None
        Where the last grouping is kept.

    Returns
    -------
    Clustering
        One label per passage.
    ndarray of shape (n_passages, n_dims)
        Job vectors.
    """
    passages = study.passages
    with one_thread():
        vectors = job_vectors(
            study.vectors,
            [p.text for p in passages],
            contexts=[p.context for p in passages],
            tags=[study.tags[p.segment_id] for p in passages],
        )
    must, cannot = people.constraints(passages, transcripts)
    voices = [p.participant_id or p.transcript_id for p in passages]
    asked = {"voices": voices, "names": [p.text for p in passages], "must_link": must, "cannot_link": cannot}
    return kept_grouping(cache, vectors, config=config.clustering, **asked), vectors


def groups_of(clustering: Clustering, passages: Sequence[Segment]) -> list[list[str]]:
    """Return the ids of the passages of each cluster."""
    groups: list[list[str]] = [[] for _ in range(clustering.n_clusters)]
    for label, passage in zip(clustering.labels.tolist(), passages, strict=True):
        if label >= 0:
            groups[label].append(passage.segment_id)
    return groups


def grouped_as(groups: Sequence[Sequence[str]], clustering: Clustering, passages: Sequence[Segment]) -> Clustering:
    """Return the clustering without what was parted from its groups: no figure of a cluster is true of that."""
    kept = {segment_id for group in groups[: clustering.n_clusters] for segment_id in group}
    labels = (
        np.where([p.segment_id in kept for p in passages], clustering.labels, -1) if passages else clustering.labels
    )
    return replace(clustering, labels=labels)


def handled_by(people: Curator, study: StudyAnalysis, transcripts: Sequence[Transcript]) -> tuple[set[str], list[str]]:
    """Return the segments that a person placed, linked or left out, and those that are all of a job they worked on."""
    must, cannot = people.constraints(study.passages, transcripts)
    linked = {study.passages[row].segment_id for pair in (*must, *cannot) for row in pair}
    spoken_of, alone = people.handled(study.passages, transcripts)
    return linked | spoken_of, alone


def groups_to_draft(
    regrouped: Regrouped, clustering: Clustering, study: StudyAnalysis, material: Material
) -> list[Group]:
    """Return the groups that have something to draft a job from, those that most people speak of first."""
    row = {p.segment_id: i for i, p in enumerate(study.passages)}
    groups = []
    for group in regrouped.groups:
        rows = tuple(row[s] for s in group.segment_ids if s in row)
        beside = tuple(s for s in group.segment_ids if s not in row and material.segments[s].role == "participant")
        if not rows and not beside:
            continue
        labels = [int(clustering.labels[r]) for r in rows if clustering.labels[r] >= 0]
        main = max(sorted(set(labels)), key=labels.count) if labels else None
        groups.append(
            Group(
                job_id=group.job_id,
                rows=rows,
                beside=beside,
                stability=None if main is None or main >= len(clustering.stability) else clustering.stability[main],
                big_job=None if main is None or main >= len(clustering.parents) else clustering.parents[main],
                edits=group.edits,
                held=group.held,
            )
        )
    return in_order(groups, study.passages)
