"""Passages of one job in, candidates for each slot out: a span, its wording, and how central its passage is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING

from ...records import SLOTS, Segment, SentenceTags
from ..frames.purposes import may_aim
from ..slots.gains import may_gain
from .candidates import Candidate, Evidence
from .parses import Parses
from .sentences import (
    answered_in,
    elided_in,
    gained_in,
    marked_in,
    places_in,
    sought_in,
    struggled_in,
    timed_in,
    turned_in,
)
from .worded import Worded, Words

if TYPE_CHECKING:
    from ...context import Material
    from .sentences import Parse

MAX_PARSED = 20  # passages per slot that the parser sees: the most central ones that have the span
PART = 10  # passages parsed together where it is not known how many are needed
MAX_TOLD = 16  # goals whose turn is searched for the circumstance and the outcome
REACH = 12  # sentences before and after a goal that are searched
MAX_STRUGGLE = 30  # words of a sentence of struggle whose clauses may stand as a situation

# outcomes that name what a tool does, or a state: good after "so I can", no goals by themselves
_NO_GOALS = frozenset(
    "that get be feel save have see offer provide give bring allow produce improve increase boost keep prevent take cut "
    "speed expand".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What was told around some passages: all that a `Finder` needs of a study, small enough to be sent."""

    turns: Mapping[tuple[str, int], tuple[Segment, ...]]
    tags: Mapping[str, SentenceTags]
    worded: Worded

    def tags_of(self, segment_id: str) -> SentenceTags:
        """Return the tags of a segment; empty ones where it was not tagged."""
        return self.tags.get(segment_id, SentenceTags())


class Finder:
    """Finds and words what can fill the slots of one job.

    Parameters
    ----------
    evidence : Sequence[Evidence]
        Passages of the job, most central first.
    material : Material, Beside or None, default=None
        The study, or the part of it around the passages, for what was told beside a passage; None looks at the passages alone.
    may_take : callable or None, default=None
        Tells whether a segment that is no passage of the job may be used; None allows all.
    worded : Worded or None, default=None
        What sentences gave before, to be added to; the candidates do not depend on it.
    """

    def __init__(
        self,
        evidence: Sequence[Evidence],
        material: Material | Beside | None = None,
        may_take: Callable[[str], bool] | None = None,
        worded: Worded | None = None,
    ) -> None:
        self.evidence = evidence
        self.material = material
        self.may_take = may_take
        self.worded = Worded() if worded is None else worded
        self._parses = Parses()

    def find(self) -> dict[str, list[Candidate]]:
        """Return the candidates by slot, those of the most central passages first."""
        self._parse(*self._asked_of_own())
        motivations = [*self._marked("motivation", self.evidence), *self._sought()]
        beside = self._told_beside(motivations)
        filling = [e for e in beside if _may_fill(e)]
        aiming = [e for e in _spoken(beside) if may_aim(e.segment.text)]
        self._parse((filling, "beside"), (aiming, "places"), (self._stating(motivations), "timed"))
        for e in filling:
            self.worded.once(e.segment, e.tags, "beside", tuple)  # all that is asked of it here is known then
        found = {}
        for slot in ("situation", "outcome"):
            told = [*self._marked(slot, self.evidence), *self._marked(slot, beside)]
            if slot == "situation":
                told += [
                    c
                    for told_by in (self.evidence, beside)
                    for c in self._of_struggles(told_by, "struggled", struggled_in)
                ]
                told += self._timed(motivations)
            else:
                told += self._gained([*self.evidence[:MAX_PARSED], *beside])
                told += [
                    c for told_by in (self.evidence, beside) for c in self._of_struggles(told_by, "turned", turned_in)
                ]
            found[slot] = _each_once(told)
        motivations += _purposes(found["outcome"])
        found["motivation"] = _each_once(motivations)
        return {slot: found[slot] for slot in SLOTS}

    def _parse(self, *asked: tuple[Iterable[Evidence], str]) -> None:
        """Parse the sentences together that nobody asked this before: alone, one costs as much as four in twenty."""
        self._parses.add(
            e.segment for evidence, what in asked for e in evidence if what not in self.worded.of(e.segment, e.tags)
        )

    def _asked_of_own(self) -> Iterator[tuple[Iterable[Evidence], str]]:
        """Yield which of the job's own passages will be parsed, whatever is found, and for what."""
        first = self.evidence[:MAX_PARSED]
        yield first, "sought"
        yield [e for e in first if e.wished], "answered"
        yield [e for e in first if _may_gain(e)], "gained"
        for slot in ("motivation", "situation"):
            yield [e for e in _spoken(self.evidence) if slot in e.tags.spans][:MAX_PARSED], slot
        for what in ("struggled", "turned"):
            yield _own_struggles(self.evidence), what

    @cached_property
    def _own(self) -> Mapping[str, Evidence]:
        return {e.segment.segment_id: e for e in self.evidence}

    def _told_beside(self, goals: Sequence[Candidate]) -> list[Evidence]:
        """Return what the same people said right before and after the clearest goals."""
        if self.material is None:
            return []
        found: dict[str, Evidence] = {}
        for goal in sorted(goals, key=lambda c: (round(c.wording.cost - c.centrality, 4), c.segment.segment_id))[
            :MAX_TOLD
        ]:
            turn = self.material.turns[goal.segment.transcript_id, goal.segment.turn_index]
            at = next(i for i, s in enumerate(turn) if s.segment_id == goal.segment.segment_id)
            for near in turn[max(0, at - REACH) : at + REACH + 1]:
                if near.segment_id not in self._own and not near.backchannel and self._is_open(near):
                    tags = self.material.tags_of(near.segment_id)
                    found[near.segment_id] = Evidence(
                        segment=near, tags=tags, centrality=round(goal.centrality * 0.5, 4), member=False
                    )
        return sorted(found.values(), key=lambda e: (-e.centrality, e.segment.segment_id))

    def _is_open(self, segment: Segment) -> bool:
        return self.may_take is None or self.may_take(segment.segment_id)

    def _once(self, e: Evidence, what: str, work: Callable[[], Iterator[Words]]) -> Iterator[Candidate]:
        """Make candidates of what a sentence gives, which is worked out once for all jobs."""
        for words in self.worded.once(e.segment, e.tags, what, work):
            yield Candidate(
                **words._asdict(), segment=e.segment, centrality=e.centrality, member=e.member, wished=e.wished
            )

    def _marked(self, slot: str, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
        own = _spoken(evidence)
        having = list(islice(self._having(slot, own), MAX_PARSED if evidence is self.evidence else None))
        self._parse(([e for e, _ in having], slot))
        for e, spans in having:
            yield from self._once(e, slot, partial(marked_in, e, self._parses.of, slot, spans))

    def _having(self, slot: str, evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, list[tuple[int, int]]]]:
        """Yield passages with their spans of a slot; a part at a time is parsed, as few of a large group are asked for."""
        for start in range(0, len(evidence), PART):
            part = evidence[start : start + PART]
            if slot == "outcome":
                self._parse(([e for e in part if may_aim(e.segment.text)], "places"))
            yield from ((e, spans) for e in part if (spans := self._spans(e, slot)))

    def _spans(self, e: Evidence, slot: str) -> list[tuple[int, int]]:
        """Return the tagged span, and purpose and result clauses that the tagger left out."""
        found = [e.tags.spans[slot]] if slot in e.tags.spans else []
        if slot != "outcome":
            return found
        return self.worded.once(e.segment, e.tags, "places", lambda: places_in(e, self._parses.of, found))

    def _of_struggles(
        self, evidence: Sequence[Evidence], what: str, work: Callable[[Evidence, Parse], Iterator[Words]]
    ) -> Iterator[Candidate]:
        short = _own_struggles(evidence)
        self._parse((short, what))
        for e in short:
            yield from self._once(e, what, partial(work, e, self._parses.of))

    def _timed(self, goals: Sequence[Candidate]) -> Iterator[Candidate]:
        """Take clauses of when and if from the sentences that state a goal, where the tagger left them out."""
        for e in self._stating(goals):
            yield from self._once(e, "timed", partial(timed_in, e, self._parses.of))

    def _stating(self, goals: Sequence[Candidate]) -> list[Evidence]:
        """Return the passages that goals were found in."""
        return [self._own[segment_id] for segment_id in dict.fromkeys(g.segment.segment_id for g in goals)]

    def _gained(self, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
        """Take what somebody is spared, or would gain, where no "so" says it."""
        for e in evidence:
            if _may_gain(e):
                yield from self._once(e, "gained", partial(gained_in, e, self._parses.of))

    def _sought(self) -> Iterator[Candidate]:
        """Look for "to do something" after words of seeking or difficulty, in the most central passages."""
        for e in self.evidence[:MAX_PARSED]:
            yield from self._once(e, "sought", partial(sought_in, e, self._parses.of))
            yield from self._once(e, "elided", partial(elided_in, e, self._parses.of_text))
            if e.wished:
                yield from self._once(e, "answered", partial(answered_in, e, self._parses.of, self._parses.of_text))


def _spoken(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the passages that speak for who says them."""
    return [e for e in evidence if e.tags.stance not in {"others", "negated"}]


def _own_struggles(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the passages whose clauses of struggle are looked at: somebody's own, not long, nothing asked."""
    having = [e for e in evidence if "struggle" in e.tags.labels and e.tags.stance == "own"]
    short = [e for e in having if len(e.segment.text.split()) <= MAX_STRUGGLE and e.segment.text[-1:] != "?"]
    return short[:MAX_PARSED]


def _may_fill(e: Evidence) -> bool:
    marked = {"situation", "outcome"} & set(e.tags.spans) or "struggle" in e.tags.labels
    return bool(marked) or _may_gain(e)


def _may_gain(e: Evidence) -> bool:
    return e.tags.stance in {"own", "hypothetical"} and may_gain(e.segment.text)


def _purposes(outcomes: Sequence[Candidate]) -> list[Candidate]:
    """Return the outcomes that can be goals as well: what somebody does something for, "make sure the date is right"."""
    return [
        replace(o, slot="motivation", wording=replace(o.wording, cost=round(o.wording.cost + 0.2, 4)))
        for o in outcomes
        if o.member and o.wording.sure and o.wording.text.split()[0] not in _NO_GOALS
    ]


def _each_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the clearest of candidates that have the same words from the same passage."""
    best: dict[tuple[str, str], Candidate] = {}
    for c in candidates:
        key = (c.segment.segment_id, c.wording.text.lower())
        if key not in best or c.wording.cost < best[key].wording.cost:
            best[key] = c
    return list(best.values())
