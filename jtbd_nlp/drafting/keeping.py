"""Keeps between runs what drafting works out of single sentences and wordings: words for the slots, and their vectors.

One entry of the cache each, which holds what the last run used: what is taken out of a study is gone with its next run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..models import named_model, shipped
from .worded import Worded

if TYPE_CHECKING:
    from ..analysis import Cache
    from ..config import Config
    from .choice import Embed

_PACKAGE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".toml", ".txt")  # what a change of could give other words


@dataclass(frozen=True, slots=True)
class Kept:
    """What sentences gave, and an encoder that knows what it encoded before."""

    worded: Worded
    embed: Embed


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
    if cache is None:
        yield Kept(Worded(), embed)
        return
    keys = _key("worded", version("spacy")), _key("vectors", named_model(config.embedding.model) or "minilm")
    stored = cache.get(keys[0])
    kept = Kept(Worded(json.loads(stored["worded"]) if stored else None), KnownVectors(embed, cache.get(keys[1])))
    yield kept
    cache.put(keys[0], {"worded": json.dumps(kept.worded.plain()).encode()})
    cache.put(keys[1], kept.embed.entry())  # type: ignore[attr-defined]


class KnownVectors:
    """Encodes texts, each once.

    Parameters
    ----------
    embed : callable
        Texts to vectors.
    entry : dict or None, default=None
        What `entry` gave in an earlier run.
    """

    def __init__(self, embed: Embed, entry: Any = None) -> None:
        self._embed = embed
        self._stored = {} if entry is None else dict(zip(json.loads(entry["texts"]), entry["vectors"], strict=True))
        self._used: dict[str, np.ndarray] = {}

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of some texts, in their order."""
        new = [t for t in dict.fromkeys(texts) if t not in self._stored]
        if new or not texts:
            found = self._embed(new)
            self._stored.update(zip(new, found, strict=True))
        self._used.update((t, self._stored[t]) for t in texts)
        return np.stack([self._stored[t] for t in texts]) if texts else found

    def entry(self) -> dict[str, bytes | np.ndarray]:
        """Return what this run asked for, to be kept."""
        used = sorted(self._used)
        vectors = np.stack([self._used[t] for t in used]) if used else np.zeros((0, 0), dtype=np.float32)
        return {"texts": json.dumps(used).encode(), "vectors": vectors}


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
