"""Keeps models/index.json: the sha256 and size of every shipped model file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).resolve().parent.parent / "models"


def record(name: str) -> str:
    """Write the entry of ``models/<name>`` and return it as a line to print."""
    data = (MODELS / name).read_bytes()
    path = MODELS / "index.json"
    index = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    index[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(dict(sorted(index.items())), indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
    return f"{name}  {index[name]['sha256']}  {len(data)} bytes"
