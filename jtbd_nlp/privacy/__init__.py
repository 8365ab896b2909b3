"""Finds personal data in transcripts and keeps it out of what is shown; off unless the settings ask for it.

In: transcripts as they were read. Out: finds, and transcripts with pseudonyms and placeholders that the rest of the
library mines as it would any other.

The rooms ``names``, ``searches`` and ``hiding`` import each only from those named before it and, beside them, what is meant
by a find (`finds`) and the words (`lexicon`, `english`).
"""

from .finding import find_personal_data
from .finds import KINDS, SPECIAL_KINDS, Find
from .finishing import apply_privacy
from .hiding.pseudonyms import Pseudonymiser
from .hiding.redaction import Redactor, redact
from .protection import Protection, protect

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
