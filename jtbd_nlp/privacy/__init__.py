"""Finds personal data in transcripts and keeps it out of what is shown; off unless the settings ask for it.

In: transcripts as they were read. Out: finds, and transcripts with pseudonyms and placeholders that the rest of the
library mines as it would any other.
"""

from .finding import find_personal_data
from .finds import KINDS, SPECIAL_KINDS, Find
from .finishing import apply_privacy
from .protection import Protection, protect
from .pseudonyms import Pseudonymiser
from .redaction import Redactor, redact

__all__ = [
    "KINDS",
    "SPECIAL_KINDS",
    "Find",
    "Protection",
    "Pseudonymiser",
    "Redactor",
    "apply_privacy",
    "find_personal_data",
    "protect",
    "redact",
]
