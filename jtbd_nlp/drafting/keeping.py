"""Keeps between runs what drafting works out of single sentences and wordings: words for the slots, vectors, grades.

One entry of the cache each, which holds what the last run used: what is taken out of a study is gone with its next run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..models import named_model, shipped
from .pairs import MAX_TOKENS, load_pairs
from .worded import Worded

if TYPE_CHECKING:
    from ..analysis import Cache
    from ..config import Config
    from .choice import Embed

_PACKAGE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".toml", ".txt")  # what a change of could give other words


@dataclass(frozen=True, slots=True)
class Kept:
    """What sentences gave, and models that know what they were asked before.

    Attributes
    ----------
    worded : Worded
        By sentence.
    embed : callable
        Texts to vectors.
    scores : Mapping of str to callable
        By the folder of a model of `jtbd_nlp.drafting.pairs`: pairs of texts to its rows.
    """

    worded: Worded
    embed: KnownRows
    scores: Mapping[str, KnownRows]

    def entries(self) -> Iterator[tuple[str, dict[str, bytes | np.ndarray]]]:
        """Yield what this run used, by name."""
        yield "worded", {"worded": json.dumps(self.worded.plain()).encode()}
        yield "vectors", self.embed.entry()
        for folder, rows in self.scores.items():
            yield folder, rows.entry()


@contextmanager
def keeping(cache: Cache | None, embed: Embed, config: Config) -> Iterator[Kept]:
    """Hand out what the last run left in the cache, and keep what this one used.

    Parameters
    ----------
    cache : Cache or None
        None keeps nothing.
    embed : callable
        Texts to vectors; a row must depend on its own text only.
    config : Config
        ``embedding`` counts.

    Yields
    ------
    Kept
    """
    bases = {
        "worded": version("spacy"),
        "vectors": named_model(config.embedding.model) or "minilm",
        **dict.fromkeys(MAX_TOKENS, "scores"),
    }
    keys = {} if cache is None else {what: _key(what, basis) for what, basis in bases.items()}
    entries = {} if cache is None else {what: cache.get(key) for what, key in keys.items()}
    words = entries.get("worded")
    kept = Kept(
        Worded(json.loads(words["worded"]) if words else None),
        KnownRows(embed, entries.get("vectors")),
        {folder: KnownRows(load_pairs(folder), entries.get(folder)) for folder in MAX_TOKENS},
    )
    yield kept
    if cache is not None:
        for what, entry in kept.entries():
            cache.put(keys[what], entry)


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


def _key(what: str, basis: Any) -> str:
    parts = [what, basis, shipped(), _code_sha256()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _code_sha256() -> str:
    """Return a hash of this package's rules: any change of them words everything anew."""
    total = hashlib.sha256()
    for file in sorted(f for f in _PACKAGE.rglob("*") if f.suffix in _CODE and "models" not in f.parts):
        total.update(
            file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        )
    return total.hexdigest()
