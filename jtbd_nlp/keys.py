"""Names what is kept between runs by a hash of all that it depends on: what was asked, the models, and the rules."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from .models import shipped

_PACKAGE = Path(__file__).resolve().parent
_CODE = (".py", ".json", ".toml", ".txt")  # what a change of could give other results


def key_of_run(what: str, basis: Any) -> str:
    """Return the key of what these models and these rules make.

    Parameters
    ----------
    what : str
        Kind of result.
    basis : Any
        What it depends on beside them, as plain JSON values.

    Returns
    -------
    str
    """
    parts = [what, basis, shipped(), code_sha256()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def code_sha256() -> str:
    """Return a hash of this package's rules: after any change of them everything is made anew."""
    total = hashlib.sha256()
    for file in sorted(f for f in _PACKAGE.rglob("*") if f.suffix in _CODE and "models" not in f.parts):
        total.update(
            file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        )
    return total.hexdigest()
