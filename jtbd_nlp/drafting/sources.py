"""What drafting works on: groups of passages, and all that is known of the study around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..context import Material
from ..records import Segment
from .backing import Backing
from .choosing.choice import Embed
from .choosing.grading import Fit, Grade
from .finding.worded import Worded
from .names import Phrases, verb_phrases_of

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages that tell of one job: rows of the study's passages, with what the clustering says of them.

    ``beside`` are ids of segments that a person put there and that the tags make no passage: quoted, and nothing is
    worded from them.
    """

    job_id: str
    rows: tuple[int, ...]
    beside: tuple[str, ...] = ()
    stability: float | None = None
    big_job: int | None = None
    edits: tuple[str, ...] = ()
    held: bool = False  # a person decided which passages it has


@dataclass(frozen=True, kw_only=True, eq=False)
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
    passage_vectors : ndarray of shape (n_passages, n_dims), float32
        Embeddings, unit L2 norm: which passages are about the same thing.
    embed : callable
        Texts to plain unit vectors: which words say the same.
    embed_told : callable
        Texts to unit vectors of the passages' space: which statements they back.
    worded : Worded
        What sentences gave in an earlier run, to be added to; the jobs do not depend on it.
    grade : callable or None, default=None
        Candidates to how good their words are, see `jtbd_nlp.drafting.choosing.grading`; None leaves it to the rules' cost.
    phrases : callable, default=verb_phrases_of
        Goals to the phrases that can name them, see `jtbd_nlp.drafting.names`.
    fit : callable or None, default=None
        Goals and what may stand beside them to how well they go together; None leaves it to the rules.
    processes : int, default=0
        Processes that find candidates for many groups, beside this one, which then also asks the models on a thread
        ahead; 0 does one thing after the other. The jobs do not depend on it.
    engine : distributed.Client or None, default=None
        Dask workers that find the candidates in place of processes. The jobs do not depend on it.
    """

    material: Material
    passages: tuple[Segment, ...]
    vectors: np.ndarray
    passage_vectors: np.ndarray
    embed: Embed
    embed_told: Embed
    worded: Worded = field(default_factory=Worded)
    grade: Grade | None = None
    phrases: Phrases = verb_phrases_of
    fit: Fit | None = None
    processes: int = 0
    engine: Client | None = None

    @cached_property
    def row(self) -> dict[str, int]:
        """Return the row of each passage by its segment id."""
        return {p.segment_id: i for i, p in enumerate(self.passages)}

    @cached_property
    def backing(self) -> Backing:
        """Return what the passages tell."""
        return Backing.of(self.passage_vectors, [p.context for p in self.passages], self.embed_told)


def in_order(groups: Iterable[Group], passages: Sequence[Segment]) -> list[Group]:
    """Return groups in the order of drafting: those that most people speak of first."""
    return sorted(groups, key=lambda g: (-len({passages[r].participant_id for r in g.rows}), -len(g.rows), g.job_id))
