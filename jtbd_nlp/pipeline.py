"""Joins the stages: transcripts in, a `JobReport` out. Nothing else knows the order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .analysis import Analysis, Cache, StudyAnalysis, analyse_all
from .config import Config
from .context import Material, forces_told
from .drafting import Group, PhraseGrader, Sources, draft_jobs, goals_apart
from .drafting.keeping import Kept, keeping
from .errors import InvalidParameterError
from .finishing import (
    empty_group_warnings,
    is_shown,
    lint_all,
    map_of,
    moving_forces,
    provenance_of,
    result_warnings,
    saturation_of,
    solutions_hired,
    status_warnings,
    unclustered_quotes,
    wishes_told,
    with_big_jobs,
    with_forces,
    with_left_out,
    yield_warnings,
)
from .groups import group_passages, grouped_as, groups_of, groups_to_draft, handled_by
from .inference import n_threads
from .ingestion import read_sources
from .loading import embeds, is_large, loading
from .privacy import Protection, apply_privacy, protect
from .privacy.hiding.private_files import write_private
from .progress import Progress, shown
from .records import Job, Transcript
from .reporting import JobReport
from .study.applying import Curator, Regrouped
from .tagging.model import forget_taggers

if TYPE_CHECKING:
    from distributed import Client

SETTINGS_FILE = "settings.json"  # in the private folder


def mine(  # noqa: PLR0913 - the contract's four, and one for each way to run: kept, curated, distributed
    source: Any,
    *,
    participants: Any = None,
    config: Config | None = None,
    progress: Progress | bool | None = None,
    cache: Cache | None = None,
    curator: Curator | None = None,
    engine: Client | None = None,
    private: Path | str | None = None,
) -> JobReport:
    """Mine jobs from transcripts.

    Parameters
    ----------
    source : path, list of paths, DataFrame, or Transcripts
        A folder is read whole; what cannot be read is named in the warnings and the rest goes on.
    participants : path, DataFrame or rows, default=None
        A table of who is who, as for `read_transcripts`; a ``participants.csv`` in a folder, or beside a file, is found
        without it. It is applied to Transcripts too.
    config : Config or None, default=None
        Settings; the defaults suit one to fifteen interviews.
    progress : callable, bool or None, default=None
        None shows a bar on a terminal or in a notebook only; a callable gets the stage, what is done, and the total.
    cache : Cache or None, default=None
        Where analyses of transcripts are kept between runs.
    curator : Curator or None, default=None
        A person's edits and the ids of the last run (see `jtbd_nlp.study`).
    engine : distributed.Client or None, default=None
        Dask workers for reading files, segmenting, tagging, encoding and finding clauses (see
        `jtbd_nlp.distributed.connect`); None works here.
    private : path or None, default=None
        Folder for the key of the pseudonyms and the list of personal data, apart from the results; None keeps neither.

    Returns
    -------
    JobReport
        The same input gives the same report, whatever the order of files, threads or processes.

    Raises
    ------
    IngestionError
        If nothing at all could be read.
    InvalidParameterError
        If an argument is of a kind that cannot be used, two Transcripts have one id, or turns do not fit their text.
    MissingModelError
        If a model file is absent or changed.
    JtbdError
        If workers of the engine have another version of this library, or its scheduler goes away.

    Examples
    --------
    >>> report = mine("data/samples")
    >>> report.jobs[0].statement.text.startswith("When ")
    True
    """
    settings = Config() if config is None else config
    if not isinstance(settings, Config):
        raise InvalidParameterError(
            f"config must be a Config, got {config!r}. Use Config.from_toml or Config.from_dict."
        )
    _check_means(cache, curator, engine)
    if engine is not None:
        from .distributed import check_workers

        check_workers(engine)
    people = curator or Curator()
    with shown(progress) as show:
        show("reading", 0, 1)
        safe = _read(source, participants, settings, engine, None if private is None else Path(private))
        transcripts = safe.transcripts
        large = is_large(len(transcripts))
        with _one_ahead() as ahead:
            load = None if large or cache is not None else loading(ahead, settings)  # a cache may hold all
            study = _analysed(transcripts, settings, (cache, engine), show, load)
            if large:
                forget_taggers()
            show("grouping", 0, 1)
            clustering, vectors = group_passages(study, transcripts, settings, people, cache)
        show("drafting", 0, 1)
        material = Material.of(transcripts, study.segments, study.tags)
        embed, embed_told = embeds(settings)
        with keeping(cache, embed, embed_told, settings) as kept:
            sources = _sources(study, material, vectors, settings, kept, engine)
            handled = handled_by(people, study, transcripts)
            found = goals_apart(groups_of(clustering, study.passages), sources, *handled)
            regrouped = people.regroup(found, study.segments, transcripts)
            groups = groups_to_draft(regrouped, grouped_as(found, clustering, study.passages), study, material)
            drafted = _drafted(groups, regrouped, sources, settings)
        jobs, edit_warnings = people.finish([job for job in drafted if is_shown(job, regrouped.linked)])
        told = tuple(forces_told(material))
        jobs = lint_all(with_forces(with_big_jobs(_in_order(jobs)), told), transcripts, settings)
    report = JobReport(
        jobs=jobs,
        unclustered=unclustered_quotes(regrouped, drafted, study, {t.transcript_id: t for t in transcripts}),
        transcripts=transcripts,
        warnings=(
            *safe.warnings,
            *result_warnings(clustering, study, transcripts),
            *yield_warnings(jobs, drafted, regrouped, study),
            *status_warnings(safe.participants),
            *regrouped.warnings,
            *edit_warnings,
            *empty_group_warnings(regrouped, study),
        ),
        config=settings.to_dict(),
        provenance=provenance_of(transcripts, settings),
        segments=study.segments,
        tags=study.tags,
        participants=safe.participants,
        coordinates=map_of(vectors, study.passages),
        saturation=saturation_of(jobs, transcripts),
        wishes=wishes_told(material, jobs, regrouped.excluded),
        forces=moving_forces(jobs, told, regrouped.excluded),
        solutions=solutions_hired(material, jobs, regrouped.excluded),
    )
    return apply_privacy(with_left_out(report), safe)


def _check_means(cache: Any, curator: Any, engine: Any) -> None:
    for name, given, needed, kind, advice in (
        ("cache", cache, "get", "a Cache", "jtbd_nlp.study.FolderCache(folder)"),
        ("curator", curator, "constraints", "a Curator", "jtbd_nlp.study.Curator, or mine a Study"),
        ("engine", engine, "submit", "a Dask client", "jtbd_nlp.distributed.connect(address)"),
    ):
        if given is not None and not hasattr(given, needed):
            raise InvalidParameterError(f"{name} must be {kind}, got {given!r}. Use {advice}.")


def _read(source: Any, participants: Any, settings: Config, engine: Client | None, private: Path | None) -> Protection:
    """Read the transcripts, and protect them before anything else sees them: no worker reads what is to be protected."""
    readers = None if _protects(settings) else engine
    read = read_sources(source, participants=participants, config=settings.ingestion, engine=readers)
    safe = protect(
        read.transcripts,
        settings.privacy,
        participants=read.participants,
        warnings=read.warnings,
        private=private,
    )
    _keep_settings(settings, private)
    return safe


def _protects(settings: Config) -> bool:
    return settings.privacy.pseudonymise or settings.privacy.redact != "off"


def _keep_settings(settings: Config, private: Path | None) -> None:
    """Keep the settings as they were given beside the key: those in a protected report have their names taken out."""
    if private is not None and _protects(settings):
        text = json.dumps(settings.to_dict(), ensure_ascii=False, indent=1, sort_keys=True)
        write_private(private / SETTINGS_FILE, text + "\n")


@contextmanager
def _one_ahead() -> Iterator[Executor]:
    """Hand out a pool of one thread; where the work ends with an error, what the pool has not begun is not done."""
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool
        except BaseException:  # somebody may have stopped it by hand
            pool.shutdown(cancel_futures=True)
            raise


def _analysed(
    transcripts: Sequence[Transcript],
    config: Config,
    means: tuple[Cache | None, Client | None],
    show: Progress,
    begun: Callable[[], object] | None,
) -> StudyAnalysis:
    """Analyse all; ``begun`` is called once one gave a passage: what this needs is loaded, and more will be needed."""
    cache, engine = means
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        show("analysing", done, len(transcripts))

    if engine is not None:
        from .distributed import analyse_on

        results = analyse_on(engine, transcripts, config, cache=cache, done=count)
    else:
        results = analyse_all(transcripts, config, cache=cache, threads=n_threads(config.embedding.threads), done=count)
    found = []
    for result in results:
        found.append(result)
        if begun is not None and isinstance(result, Analysis) and result.passages:
            begun()
            begun = None
    return StudyAnalysis(found)


def _sources(
    study: StudyAnalysis,
    material: Material,
    vectors: np.ndarray,
    config: Config,
    kept: Kept,
    engine: Client | None,
) -> Sources:
    grader = PhraseGrader(kept.scores["phrases"])
    return Sources(
        material=material,
        passages=study.passages,
        vectors=vectors,
        passage_vectors=study.vectors,
        embed=kept.embed,
        embed_told=kept.embed_told,
        worded=kept.worded,
        phrases=kept.phrases,
        grade=grader,
        fit=grader.fits,
        processes=max(0, n_threads(config.embedding.threads) - 1),
        engine=engine,
    )


def _drafted(groups: Sequence[Group], regrouped: Regrouped, sources: Sources, config: Config) -> tuple[Job, ...]:
    drafted = [g for n, g in enumerate(groups) if n < config.drafting.max_jobs or g.edits]
    return draft_jobs(drafted, sources, regrouped.excluded, (*regrouped.excluded, *regrouped.placed))


def _in_order(jobs: Sequence[Job]) -> tuple[Job, ...]:
    return tuple(sorted(jobs, key=lambda j: (-len(j.participants), -sum(not q.is_weak for q in j.quotes), j.job_id)))
