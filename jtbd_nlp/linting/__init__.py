"""Checks job statements against the rules of good job stories, for ours and for those of any other tool or person.

`lint_statement` needs a text alone; `lint_job` and `lint_report` also use the evidence. `technology_words` and
`untraced_words` are what the drafter uses to keep solutions out of motivations and to mark words of its own.
"""

from __future__ import annotations

from .jobs import lint_job, lint_report
from .parsing import Parsed, parse_statement
from .rules import RULES
from .statements import lint_statement
from .technology import technology_words
from .words import untraced_words

__all__ = [
    "RULES", "Parsed", "lint_job", "lint_report", "lint_statement", "parse_statement", "technology_words",
    "untraced_words",
]  # fmt: skip
