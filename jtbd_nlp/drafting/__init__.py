"""Groups of passages in, draft jobs out: statements worded from clauses of the evidence, nothing invented.

How a job comes about is told here, from `jobs.draft_jobs` on. The rooms below serve it, and each imports only from those
named before it: ``grammar``, ``vetoes``, ``frames``, ``slots``, ``finding``, ``choosing``.
"""

from .apart import goals_apart
from .choosing.choice import Embed
from .choosing.grading import PhraseGrader
from .jobs import draft_jobs
from .sources import Group, Sources, in_order
from .statements import compose_text

__all__ = ["Embed", "Group", "PhraseGrader", "Sources", "compose_text", "draft_jobs", "goals_apart", "in_order"]
