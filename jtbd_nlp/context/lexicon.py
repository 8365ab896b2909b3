"""Reads the cue lists in ``context/lexicons/`` once; each file says where its words come from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent / "lexicons"


@cache
def cue_list(name: str) -> Mapping[str, Any]:
    """Return one file of cues as nested mappings; ``name`` without its ending."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
