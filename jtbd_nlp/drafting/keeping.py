"""Keeps between runs what drafting works out of single sentences and wordings: words for the slots, vectors, grades.

One entry of the cache each, which holds what the last run used, or asked for ahead of its use: what is taken out of a
study is gone with its next run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from ..keys import key_of_run
from ..models import named_model
from .choosing.pairs import MAX_TOKENS, load_pairs
from .finding.worded import Worded
from .names import verb_phrases_of

if TYPE_CHECKING:
    from ..analysis import Cache
    from ..config import Config
    from .choosing.choice import Embed


@dataclass(frozen=True, slots=True)
class Kept:
    """What sentences gave, and models that know what they were asked before.

    Attributes
    ----------
    worded : Worded
        By sentence.
    embed : callable
        Texts to vectors of words.
    embed_told : callable
        Texts to vectors of the passages' space.
    scores : Mapping of str to callable
        By the folder of a model of `jtbd_nlp.drafting.choosing.pairs`: pairs of texts to its rows.
    phrases : callable
        Goals to the phrases that can name them.
    """

    worded: Worded
    embed: KnownRows
    embed_told: KnownRows
    scores: Mapping[str, KnownRows]
    phrases: KnownPhrases

    def entries(self) -> Iterator[tuple[str, dict[str, bytes | np.ndarray]]]:
        """Yield what this run used, by name."""
        yield "worded", {"worded": json.dumps(self.worded.plain()).encode()}
        yield "names", {"names": json.dumps(self.phrases.used, sort_keys=True).encode()}
        yield "vectors", self.embed.entry()
        yield "told", self.embed_told.entry()
        for folder, rows in self.scores.items():
            yield folder, rows.entry()


@contextmanager
def keeping(cache: Cache | None, embed: Embed, embed_told: Embed, config: Config) -> Iterator[Kept]:
    """Hand out what the last run left in the cache, and keep what this one used.

    Parameters
    ----------
    cache : Cache or None
        None keeps nothing.
    embed, embed_told : callable
        Texts to vectors of words, and of the passages' space; a row must depend on its own text only.
    config : Config
        ``embedding`` counts.

    Yields
    ------
    Kept
    """
    bases = {
        "worded": version("spacy"),
        "names": version("spacy"),
        "vectors": named_model(config.embedding.model) or "minilm",
        "told": named_model(config.embedding.model) or "passages",
        **dict.fromkeys(MAX_TOKENS, "scores"),
    }
    keys = {} if cache is None else {what: key_of_run(what, basis) for what, basis in bases.items()}
    entries = {} if cache is None else {what: cache.get(key) for what, key in keys.items()}
    words, names = entries.get("worded"), entries.get("names")
    kept = Kept(
        Worded(json.loads(words["worded"]) if words else None),
        KnownRows(embed, entries.get("vectors")),
        KnownRows(embed_told, entries.get("told")),
        {folder: KnownRows(load_pairs(folder, config.embedding.threads), entries.get(folder)) for folder in MAX_TOKENS},
        KnownPhrases(json.loads(names["names"]) if names else {}),
    )
    yield kept
    if cache is not None:
        for what, entry in kept.entries():
            cache.put(keys[what], entry)


class KnownPhrases:
    """Parses each goal for the phrases that can name it once; ``used`` holds what this run asked for."""

    def __init__(self, stored: Mapping[str, Sequence[str]]) -> None:
        self._stored = stored
        self.used: dict[str, Sequence[str]] = {}

    def __call__(self, goal: str) -> Sequence[str]:
        """Return what `jtbd_nlp.drafting.names.verb_phrases_of` gives."""
        if goal not in self.used:
            self.used[goal] = self._stored[goal] if goal in self._stored else verb_phrases_of(goal)
        return self.used[goal]


class KnownRows:
    """Asks a model for the row of each text, or pair of texts, once.

    Parameters
    ----------
    work : callable
        Texts to an array with a row for each, which depends on that text only.
    entry : dict or None, default=None
        What `entry` gave in an earlier run.
    """

    def __init__(self, work: Callable[[Sequence[Any]], np.ndarray], entry: Any = None) -> None:
        self._work = work
        self._stored: dict[Any, np.ndarray] = {} if entry is None else _rows_of(entry)
        self._used: dict[Any, np.ndarray] = {}

    def __call__(self, texts: Sequence[Any]) -> np.ndarray:
        """Return the rows of some texts, in their order."""
        new = [t for t in dict.fromkeys(texts) if t not in self._stored]
        if new or not texts:
            found = self._work(new)
            self._stored.update(zip(new, found, strict=True))
        self._used.update((t, self._stored[t]) for t in texts)
        return np.stack([self._stored[t] for t in texts]) if texts else found

    def entry(self) -> dict[str, bytes | np.ndarray]:
        """Return what this run asked for, to be kept."""
        used = sorted(self._used)
        rows = np.stack([self._used[t] for t in used]) if used else np.zeros((0, 0), dtype=np.float32)
        return {"texts": json.dumps(used).encode(), "rows": rows}


def _rows_of(entry: Any) -> dict[Any, np.ndarray]:
    texts = [t if isinstance(t, str) else tuple(t) for t in json.loads(entry["texts"])]
    return dict(zip(texts, entry["rows"], strict=True))
