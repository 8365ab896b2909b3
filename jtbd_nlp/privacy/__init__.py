"""Finds personal data in transcripts and keeps it out of what is shown; off unless the settings ask for it."""

from .finding import find_personal_data
from .finds import KINDS, SPECIAL_KINDS, Find

__all__ = ["KINDS", "SPECIAL_KINDS", "Find", "find_personal_data"]
