"""Mine Jobs-to-be-Done from interview transcripts: offline, deterministic, with exact evidence.

The names below load their modules on first use, so that importing the package stays cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .offline import be_silent

__version__ = "0.14.0"

be_silent()

_HOMES = {
    "Config": "config",
    "JobReport": "reporting",
    "Study": "study",
    "cluster_texts": "clustering",
    "embed_texts": "embedding",
    "lint_statement": "linting",
    "mine": "pipeline",
    "read_transcripts": "ingestion",
    "tag_sentences": "tagging",
    "verify_quotes": "verification",
}

__all__ = [
    "Config",
    "JobReport",
    "Study",
    "__version__",
    "cluster_texts",
    "embed_texts",
    "lint_statement",
    "mine",
    "read_transcripts",
    "tag_sentences",
    "verify_quotes",
]

if TYPE_CHECKING:
    from .clustering import cluster_texts
    from .config import Config
    from .embedding import embed_texts
    from .ingestion import read_transcripts
    from .linting import lint_statement
    from .pipeline import mine
    from .reporting import JobReport
    from .study import Study
    from .tagging import tag_sentences
    from .verification import verify_quotes


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'jtbd_nlp' has no attribute {name!r}. It has: {', '.join(__all__)}")
    value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
