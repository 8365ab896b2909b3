"""Groups of passages in, draft jobs out: statements worded from clauses of the evidence, nothing invented."""

from .jobs import Group, Material, draft_jobs
from .statements import compose_text

__all__ = ["Group", "Material", "compose_text", "draft_jobs"]
