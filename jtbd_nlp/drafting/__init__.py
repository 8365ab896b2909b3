"""Groups of passages in, draft jobs out: statements worded from clauses of the evidence, nothing invented."""

from .jobs import Group, Sources, draft_jobs
from .statements import compose_text

__all__ = ["Group", "Sources", "compose_text", "draft_jobs"]
