"""Loads what a run needs before it asks: while the models run, the interpreter is idle; later everybody wants it.

A large study asks for little else than memory: there each is loaded when it is asked, in the place of what is over.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from importlib import import_module

from .config import Config
from .drafting import Embed
from .drafting.choosing.pairs import MAX_TOKENS, load_pairs
from .embedding import load_embedder, load_passage_embedder
from .finishing import MOST_FOR_CURVE
from .language import load_parser


def embeds(settings: Config) -> tuple[Embed, Embed]:
    """Return the encoder of words, and that of passages; each is loaded when it is first asked."""
    return (
        lambda texts: load_embedder(settings.embedding).embed(texts),
        lambda texts: load_passage_embedder(settings.embedding).embed(texts),
    )


def is_large(n_transcripts: int) -> bool:
    """Tell whether a study is so large that its memory counts for more than the start."""
    return n_transcripts > MOST_FOR_CURVE


def loading(pool: Executor, settings: Config) -> Callable[[], None]:
    """Return what starts to load, on a pool, all that comes after the analysis of some transcripts.

    It loads for grouping, then for drafting, each by itself, so that whoever stops waits for no more than one of them.
    What cannot be loaded is told of when they ask for it.
    """

    def begin() -> None:
        for load in _loads(settings):
            pool.submit(load)

    return begin


def _loads(settings: Config) -> list[Callable[[], object]]:
    threads = settings.embedding.threads
    return [
        partial(import_module, "scipy.cluster.hierarchy"),
        load_parser,
        partial(load_embedder, settings.embedding),
        *(load_pairs(folder, threads).loaded for folder in MAX_TOKENS),
    ]
