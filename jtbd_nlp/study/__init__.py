"""A study that lives: a folder of transcripts with its settings, a person's edits, ids that last, cache and results."""

from __future__ import annotations

__all__ = ["Study"]
