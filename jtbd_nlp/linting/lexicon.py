"""Reads the word lists in ``lexicons/`` once; each file says where its words come from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent / "lexicons"


@cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """Return one list file as nested mappings; ``name`` without its ending."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return one list of a file as a set."""
    return frozenset(read_lexicon(name)[key])
