"""Evidence of a job in, its quotes out: exact words, what each shows, and how likely it tells of this very job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..context import Material, stage_of
from ..records import SLOTS, Quote, SentenceTags
from .backing import chance_of
from .finding.candidates import Candidate, Evidence
from .statements import Draft

LEAST_QUOTED = 4  # words
_SLOT_ORDER = ("motivation", "outcome", "struggle", "situation", "solution", "emotion")


def quotes_of(evidence: Sequence[Evidence], draft: Draft, material: Material) -> tuple[Quote, ...]:
    """Cut a quote of every passage: those that fill a slot first, then as the evidence comes.

    A passage that fills two slots is quoted whole for the first, and its clause once more for the second.
    """
    filling: dict[str, list[str]] = {}
    for slot in SLOTS:
        if slot in draft.chosen:
            filling.setdefault(draft.chosen[slot].segment.segment_id, []).append(slot)
    cut: list[Quote] = []
    for e in sorted(evidence, key=lambda e: e.segment.segment_id not in filling):
        first, *rest = filling.get(e.segment.segment_id) or [_slot_of(e.tags)]
        cut.append(material.quote(e.segment, slot=first))
        cut += [material.quote(e.segment, _telling(draft.chosen[slot], material), slot=slot) for slot in rest]
    told = {e.segment.segment_id: _support(e) for e in evidence if e.segment.segment_id not in filling}
    return tuple(replace(q, stage=stage_of(q.text), support=told.get(q.segment_id)) for q in cut)


def _support(e: Evidence) -> float | None:
    return None if e.backing is None else float(chance_of(np.array(e.backing)))


def _telling(c: Candidate, material: Material) -> tuple[int, int] | None:
    """Return the part of a passage to quote, or None for the whole.

    Whole where the part says too little by itself, or where its words stand earlier in the interview too, perhaps in a
    question: who looks them up must land where they are meant.
    """
    words = c.segment.text[slice(*c.span)]
    first = material.transcripts[c.segment.transcript_id].text.find(words)
    alone = len(words.split()) >= LEAST_QUOTED and first == c.segment.start_char + c.span[0]
    return c.span if alone else None


def _slot_of(tags: SentenceTags) -> str:
    """Return what a passage mainly shows."""
    shown = {"motivation"} if "motivation" in tags.spans else set()
    shown |= {label for label in tags.labels if label != "desire"}
    return next((slot for slot in _SLOT_ORDER if slot in shown), "struggle")
