"""Loads what a run needs before it asks: while the models run, the interpreter is idle; later everybody wants it.

A large study asks for little else than memory: there each is loaded when it is asked, in the place of what is over.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from .config import Config
from .drafting import Embed
from .drafting.pairs import MAX_TOKENS, load_pairs
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


def loading(pool: Executor, settings: Config) -> Callable[[], object]:
    """Return what starts to load, on a pool, all that comes after the analysis of some transcripts."""
    return partial(pool.submit, _load, settings)


def _load(settings: Config) -> None:
    """Load for grouping, then for drafting; what cannot be loaded is told of when they ask for it."""
    import scipy.cluster.hierarchy  # noqa: F401

    load_parser()
    load_embedder(settings.embedding)
    for folder in MAX_TOKENS:
        load_pairs(folder, settings.embedding.threads).loaded()
    import pandas  # noqa: F401
