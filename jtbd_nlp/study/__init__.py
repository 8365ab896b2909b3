"""A study that lives: a folder of transcripts with its settings, a person's edits, ids that last, cache and results."""

from __future__ import annotations

from .applying import Curator
from .cache import FolderCache
from .curation import Edit, active_edits, parse_curation
from .diff import Diff, diff_reports
from .folder import Study
from .identity import assign_ids
from .ledger import Ledger
from .linking import constraints_of

__all__ = [
    "Curator",
    "Diff",
    "Edit",
    "FolderCache",
    "Ledger",
    "Study",
    "active_edits",
    "assign_ids",
    "constraints_of",
    "diff_reports",
    "parse_curation",
]
