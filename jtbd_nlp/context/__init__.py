"""What stands around a job: forces, solutions, counter-evidence, timeline, wishes, phrases, dimensions, support.

Each is a function over a `Material` (transcripts, segments and tags by id) and the ids of the job's passages; each
quote that comes out is an exact slice of a participant's turn.
"""

from __future__ import annotations

from .answering import question_before
from .forces import dimensions_of, emotions_of, forces_of
from .material import Material
from .moving import forces_told
from .opposites import counter_quotes_of
from .phrases import phrase_quotes_of, phrases_of
from .solutions import solutions_of, solutions_told
from .support import confidence_of, effective_voices, episodic_share, struggle_coverage, tells_episode
from .timeline import STAGES, stage_of
from .wishes import asked_wishes, wished_in, wishes_of

__all__ = [
    "STAGES", "Material", "asked_wishes", "confidence_of", "counter_quotes_of", "dimensions_of", "effective_voices", "emotions_of",
    "episodic_share", "forces_of", "forces_told", "phrase_quotes_of", "phrases_of", "question_before", "solutions_of",
    "solutions_told", "stage_of", "struggle_coverage", "tells_episode", "wished_in", "wishes_of",
]  # fmt: skip
