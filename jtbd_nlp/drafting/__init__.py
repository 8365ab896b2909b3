"""Groups of passages in, draft jobs out: statements worded from clauses of the evidence, nothing invented."""

from .grading import load_grader
from .jobs import Group, Sources, draft_jobs
from .statements import compose_text

__all__ = ["Group", "Sources", "compose_text", "draft_jobs", "load_grader"]
