"""Analyses transcripts on Dask workers: partitions out, the same analyses back as the local engine gives.

Here is the analysis: segmenting, tagging and encoding, most of the time, with the models loaded once in each worker. What
a worker finishes is kept by content hash where a cache is given, so a worker that dies, or a run that is stopped, loses no
finished transcript. Files are read on workers too (`ingestion.partitions`), and clauses found (`drafting.finding`); what
workers do not give of these is made where the run was called, as are grouping, choosing and wording of statements.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from typing import TYPE_CHECKING

from . import __version__
from .analysis import Analysis, Cache, Failure, analyse_part, failure_of
from .errors import InvalidParameterError, JtbdError, MissingExtraError
from .finishing import COMPUTING

if TYPE_CHECKING:
    from distributed import Client, Future

    from .config import Config
    from .records import Transcript

_log = logging.getLogger("jtbd_nlp")

PARTITION_CHARS = 200_000  # about twenty interviews of an hour: long enough to hide a task's cost, short enough to redo
RETRIES = 2
CONNECT_S = 10


def connect(scheduler: str | None = None, *, workers: int | None = None) -> Client:
    """Connect to a Dask scheduler, or start workers on this machine.

    Parameters
    ----------
    scheduler : str or None, default=None
        Address such as ``"tcp://10.0.0.1:8786"``; None starts one worker process per core here.
    workers : int or None, default=None
        Number of local workers; None is one per core.

    Returns
    -------
    distributed.Client

    Raises
    ------
    MissingExtraError
        If dask.distributed is not installed.
    InvalidParameterError
        If the address is none, or the number of workers is below 1.
    JtbdError
        If the scheduler does not answer within `CONNECT_S` seconds.
    """
    if workers is not None and workers < 1:
        raise InvalidParameterError(f"workers must be 1 or more, got {workers!r}. Leave it out for one per core.")
    try:
        from distributed import Client, LocalCluster
        from distributed.comm import get_address_host_port
    except ImportError as error:
        raise MissingExtraError("dask.distributed", "dask") from error
    if scheduler is None:
        return Client(LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None))
    try:
        get_address_host_port(scheduler)  # a client that was not made whole may wait for itself when it is taken away
    except (TypeError, ValueError) as error:
        raise InvalidParameterError(
            f"scheduler must be an address such as tcp://10.0.0.1:8786, got {scheduler!r} ({error}). "
            "Name its host and port, or leave it out to use this machine."
        ) from error
    try:
        return Client(scheduler, timeout=CONNECT_S)
    except OSError as error:
        raise JtbdError(
            f"the Dask scheduler must answer within {CONNECT_S} s, got nothing from {scheduler!r} ({error}). "
            "Check the address, or leave --scheduler out to use this machine."
        ) from error


def check_workers(client: Client) -> None:
    """Refuse workers that would give other results, or end over what they are sent; wait where there is none yet.

    Parameters
    ----------
    client : distributed.Client
        Its workers of this moment are asked; who joins later is not.

    Raises
    ------
    JtbdError
        If a worker runs another version of this library than is run here, or none, or the scheduler goes away.
    """
    try:
        if not client.nthreads():
            _log.warning("the Dask scheduler has no workers yet; waiting for one")
            client.submit(int, pure=False).result()  # any task: a cluster that grows with its work begins to
        running: dict[str, str | None] = client.run(_version_asker())
        told = client.get_versions(packages=list(COMPUTING))
    except (CancelledError, OSError) as error:
        raise _gone(error) from error
    wrong = [f"{version or 'none'} on {a}" for a, version in sorted(running.items()) if version != __version__]
    if wrong:
        raise JtbdError(
            f"jtbd_nlp on every Dask worker must be {__version__} as here, got {', '.join(wrong[:5])}. "
            "Install that version there, and start the worker again."
        )
    here: dict[str, str | None] = told["client"]["packages"]
    there: dict[str, dict[str, str | None]] = {address: w["packages"] for address, w in told["workers"].items()}
    others = [name for name in COMPUTING if any(has.get(name) != here[name] for has in there.values())]
    if others:
        _log.warning("Dask workers have another %s than is here, so the last digits may differ", " and ".join(others))


def _version_asker() -> Callable[[], str | None]:
    """Return what tells the version that runs on a worker; what is installed there may be noted under an older one.

    A function inside a function is sent whole: a worker without the library could not look it up by name.
    """

    def running() -> str | None:
        from importlib import import_module

        try:
            return str(import_module("jtbd_nlp").__version__)
        except ImportError:
            return None

    return running


def analyse_on(
    client: Client,
    transcripts: Sequence[Transcript],
    config: Config,
    *,
    cache: Cache | None = None,
    done: Callable[[], None] | None = None,
) -> Iterator[Analysis | Failure]:
    """Analyse transcripts on the workers of a client.

    Parameters
    ----------
    client : distributed.Client
        Its workers need this library installed; with a ``cache``, they need to see its folder.
    transcripts : Sequence of Transcript
        In the order wanted.
    config : Config
        Settings.
    cache : Cache or None, default=None
        Where finished analyses are kept.
    done : callable or None, default=None
        Called after each transcript.

    Yields
    ------
    Analysis or Failure
        One per transcript, in their order. A partition that fails again and again is taken apart, so that only the
        transcripts at fault are given up.

    Raises
    ------
    JtbdError
        What the library raises on a worker on purpose, as it would here: a model that is missing there, say. And if the
        scheduler goes away: it alone knows what is done.
    """
    if getattr(client, "status", "") == "closed":  # it went while files were read, which this machine can do alone
        raise _gone("a closed connection")
    partitions = list(_partitions(transcripts))
    futures = [_submit(client, part, config, cache) for part in partitions]
    for number, part in enumerate(partitions):
        results = _result(client, futures[number], part, config, cache)
        futures[number] = None  # let the workers drop what was fetched
        for result in results:
            if done is not None:
                done()
            yield result


def _partitions(transcripts: Sequence[Transcript]) -> Iterator[list[Transcript]]:
    part: list[Transcript] = []
    size = 0
    for transcript in transcripts:
        if part and size + len(transcript.text) > PARTITION_CHARS:
            yield part
            part, size = [], 0
        part.append(transcript)
        size += len(transcript.text)
    if part:
        yield part


def _submit(client: Client, part: list[Transcript], config: Config, cache: Cache | None) -> Future | None:
    return client.submit(_work, part, config, cache, pure=False, retries=RETRIES)


def _work(part: list[Transcript], config: Config, cache: Cache | None) -> list[Analysis]:
    return analyse_part(part, _shared(config), cache)


def _shared(config: Config) -> Config:
    """Return the settings with as many threads as the worker was given, where none are named: the others of its machine have the rest."""
    from distributed import get_worker

    threads = config.embedding.threads or get_worker().state.nthreads
    return replace(config, embedding=replace(config.embedding, threads=threads))


def _result(
    client: Client, future: Future | None, part: list[Transcript], config: Config, cache: Cache | None
) -> list[Analysis | Failure]:
    try:
        found: list[Analysis | Failure] = future.result() if future is not None else []
        return found
    except JtbdError:
        raise  # a missing model concerns every transcript, here as on this machine
    except CancelledError as error:  # of what is not done, nothing can be had any more
        raise _gone(error) from error
    except Exception as error:  # noqa: BLE001 - whatever a worker died of, the rest of the run goes on
        if len(part) == 1:
            return [failure_of(part[0], error)]
    singles = [[t] for t in part]
    again = [_submit(client, single, config, cache) for single in singles]
    return [r for single, f in zip(singles, again, strict=True) for r in _result(client, f, single, config, cache)]


def _gone(got: object) -> JtbdError:
    told = str(got).partition("\n")[0].removesuffix(".")
    return JtbdError(f"the Dask scheduler must stay until the run ends, got: {told}. Start it, and run again.")
