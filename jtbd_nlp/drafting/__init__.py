"""Groups of passages in, draft jobs out: statements worded from clauses of the evidence, nothing invented."""

from .choice import Embed
from .grading import PhraseGrader
from .jobs import draft_jobs
from .sources import Group, Sources
from .statements import compose_text

__all__ = ["Embed", "Group", "PhraseGrader", "Sources", "compose_text", "draft_jobs"]
