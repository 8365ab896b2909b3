"""What the functions around a job work on: transcripts, segments and tags by id, and quotes cut from them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from ..evidence import cut_quote
from ..linting.words import content_stems
from ..records import Quote, Segment, SentenceTags, Transcript

T = TypeVar("T")
UNTAGGED = SentenceTags()
_FEW = 4  # passages of a word that is rare however small the study


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """All that was read and tagged in a run, by id; what many jobs ask for is worked out once and kept."""

    transcripts: Mapping[str, Transcript]
    segments: Mapping[str, Segment]
    tags: Mapping[str, SentenceTags]

    @classmethod
    def of(
        cls, transcripts: Iterable[Transcript], segments: Iterable[Segment], tags: Mapping[str, SentenceTags]
    ) -> Material:
        """Index what a run has; segments keep their reading order."""
        return cls(
            transcripts={t.transcript_id: t for t in transcripts},
            segments={s.segment_id: s for s in segments},
            tags=tags,
        )

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """Return how rare each content word is among participants' segments: log of the inverse share."""
        counts: Counter[str] = Counter()
        n = 0
        for segment in self.segments.values():
            if segment.role == "participant" and not segment.backchannel:
                counts.update(set(content_stems(segment.text)))
                n += 1
        return {w: math.log((1 + n) / (1 + count)) for w, count in counts.items()}

    @cached_property
    def _common(self) -> float:
        n = sum(s.role == "participant" and not s.backchannel for s in self.segments.values())
        return math.log((1 + n) / (1 + max(_FEW, n / 20)))

    def is_rare(self, one: str) -> bool:
        """Say whether a stem stands in at most four, or one of twenty, of the study's passages."""
        return self.rarity.get(one, 0.0) >= self._common

    @cached_property
    def turns(self) -> Mapping[tuple[str, int], tuple[Segment, ...]]:
        """Return the segments of each turn in reading order, by transcript and turn index."""
        found: dict[tuple[str, int], list[Segment]] = {}
        for segment in self.segments.values():
            found.setdefault((segment.transcript_id, segment.turn_index), []).append(segment)
        return {key: tuple(sorted(part, key=place)) for key, part in found.items()}

    @cached_property
    def _kept(self) -> dict[str, tuple[tuple[Any, ...], Any]]:
        return {}

    def once(self, name: str, work: Callable[[], T], *basis: Any) -> T:
        """Return what ``work`` gave the first time for these very objects, so that not every job asks again."""
        kept = self._kept.get(name)
        if kept is None or any(a is not b for a, b in zip(kept[0], basis, strict=True)):
            kept = self._kept[name] = (basis, work())
        found: T = kept[1]
        return found

    def tags_of(self, segment_id: str) -> SentenceTags:
        """Return the tags of a segment; empty ones where it was not tagged."""
        return self.tags.get(segment_id, UNTAGGED)

    def passages(self, segment_ids: Iterable[str]) -> list[Segment]:
        """Return participants' segments of a set of ids, by transcript and place; back-channels are left out."""
        found = (self.segments[i] for i in set(segment_ids) if i in self.segments)
        kept = (s for s in found if s.role == "participant" and not s.backchannel)
        return sorted(kept, key=place)

    def quote(
        self, segment: Segment, span: tuple[int, int] | None = None, *, slot: str, role: str = "support"
    ) -> Quote:
        """Cut a segment, or part of it, as a quote."""
        transcript = self.transcripts[segment.transcript_id]
        return cut_quote(transcript, segment, span, slot=slot, role=role, tags=self.tags_of(segment.segment_id))


def place(item: Segment | Quote) -> tuple[str, int, int]:
    """Return where something stands, to sort by."""
    return item.transcript_id, item.start_char, item.end_char


def voice(segment: Segment) -> str:
    """Return who speaks: the participant, or the transcript where nobody is named."""
    return segment.participant_id or segment.transcript_id


def by_turns(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Order quotes so that every participant is heard once before anybody is heard twice; else by place."""
    seen: dict[str, int] = {}
    ranked = []
    for quote in sorted(quotes, key=place):
        seen[quote.participant_id] = seen.get(quote.participant_id, 0) + 1
        ranked.append((seen[quote.participant_id], quote))
    return tuple(q for _, q in sorted(ranked, key=lambda r: (r[0], *place(r[1]))))
