"""The rule for each slot: a span of a parsed sentence in, its wording out, or None where it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..grammar.wording import Wording
from .motivations import word_motivation
from .outcomes import word_outcome
from .situations import word_situation

if TYPE_CHECKING:
    from spacy.tokens import Span

WORDERS: dict[str, Callable[[Span], Wording | None]] = {
    "situation": word_situation,
    "motivation": word_motivation,
    "outcome": word_outcome,
}
