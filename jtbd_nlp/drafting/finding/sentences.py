"""One sentence in, the worded clauses that it gives for a slot out, by each way in which one can be told.

What a sentence gives depends on it and its tags alone, so that it is worked out once for all jobs; a sentence is parsed only
where its words say that there is something to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..frames.answers import BEGINNINGS, answer_frames, completed, is_wish
from ..frames.purposes import led_clauses, may_aim, purposes_of
from ..frames.rules import frames_of
from ..frames.seeking import clauses_of_time, each_time, infinitives, only_asks, with_subject
from ..grammar.wording import Wording
from ..slots.costs import PRAISED, cost_in_sentence
from ..slots.framed import word_frame
from ..slots.gains import gained_clauses, gains_of
from ..slots.situations import circumstances_of
from ..slots.turned import turned_of
from ..slots.worders import WORDERS
from ..vetoes.praise import is_praise
from ..vetoes.quoted import is_quoted
from ..vetoes.speaking import is_own_wish
from .candidates import Evidence
from .worded import Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...records import Segment

    Parse = Callable[[Segment], Doc]

# less clear words are no use in any slot; which of the others are, a learned grade says (grading.py) ...
MAX_COST = 1.2
MAX_GOAL_COST = 1.3  # ... and of goals

# what others do, or what is denied, is no goal by itself; "I don't want to be in somebody's way" is one
_FOREIGN = frozenset({"others", "negated"})
_TOLD_OF = frozenset({"others", "reported"})  # where the subject that is left out need not be the speaker

Place = tuple[int, int]  # characters of the sentence, half-open


def marked_in(e: Evidence, parse: Parse, slot: str, spans: Sequence[Place]) -> Iterator[Words]:
    """Word what the tagger marked."""
    if slot == "motivation" and only_asks(e.segment.text):
        return
    for start, end in spans:
        span = parse(e.segment).char_span(start, end, alignment_mode="expand")
        if span is not None and len(span) and not is_quoted(e.segment.text, start):
            found = WORDERS[slot](span)
            extra = cost_in_sentence(slot, found, e.segment.text, e.tags, (start, end))
            yield from _words(slot, e, found, (span.start_char, span.end_char), extra)


def places_in(e: Evidence, parse: Parse, found: Sequence[Place]) -> list[Place]:
    """Return the places that were found, and those of purpose and result clauses that the tagger left out."""
    text = e.segment.text
    places = led_clauses(text, results=not found)
    if may_aim(text):
        places += [(p.start_char, p.end_char) for p in purposes_of(parse(e.segment))]
    every = list(found)
    for start, end in places:
        if start > 0 and all(start != other for other, _ in every):
            every.append((start, end))
    return every


def struggled_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Take clauses of struggle as circumstances: "When the tool cites outdated facts, I want to check it"."""
    for wording in circumstances_of(parse(e.segment)):
        praised = PRAISED * is_praise(wording.text)
        yield from _words("situation", e, wording, wording.place or (0, 0), 0.15 + praised)


def turned_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Take the end of a struggle as an outcome: "so that I don't lose two hours on it"."""
    for wording in turned_of(parse(e.segment)):
        if not is_quoted(e.segment.text, (wording.place or (0, 0))[0]):
            yield from _words("outcome", e, wording, wording.place or (0, 0))


def timed_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Take clauses of when and if."""
    doc = parse(e.segment)
    for span in (*clauses_of_time(doc), *each_time(doc)):
        if e.tags.stance == "own" and not is_quoted(e.segment.text, span.start_char):
            yield from _words("situation", e, WORDERS["situation"](span), (span.start_char, span.end_char))


def gained_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Take what somebody is spared, or would gain, where no "so" says it."""
    doc = parse(e.segment)
    clauses = ((WORDERS["outcome"](span), (span.start_char, span.end_char)) for span in gained_clauses(doc))
    for found, place in (*((w, w.place or (0, 0)) for w in gains_of(doc)), *clauses):
        if not is_quoted(e.segment.text, place[0]):
            yield from _words("outcome", e, found, place)


def sought_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Take "to do something" after words of seeking or difficulty, and what a wish or a struggle stands for."""
    if only_asks(e.segment.text):
        return
    foreign = e.tags.stance in _FOREIGN
    for span in infinitives(parse(e.segment)):
        if not is_quoted(e.segment.text, span.start_char) and not (foreign and not is_own_wish(span[0])):
            extra = 0.12 if "motivation" in e.tags.spans or "desire" in e.tags.labels else 0.3
            found = WORDERS["motivation"](span)
            place = (span.start_char, span.end_char)
            extra += cost_in_sentence("motivation", found, e.segment.text, e.tags, place)
            yield from _words("motivation", e, found, place, extra)
    yield from _framed_in(e, parse)


def answered_in(e: Evidence, parse: Parse, parse_text: Callable[[str], Doc]) -> Iterator[Words]:
    """Take what is wished for where the question asked for a wish: "That I'm told the same day."."""
    doc, text = parse(e.segment), e.segment.text
    told = [(word_frame(frame), 0) for frame in answer_frames(doc)]
    for beginning in BEGINNINGS:
        whole = completed(doc, beginning)
        if whole is not None and not any(told_so for told_so, _ in told):
            moved = whole[1] - len(beginning)
            frames = (f for f in frames_of(parse_text(whole[0])) if f.verb.idx >= len(beginning) and is_wish(f))
            told += [(word_frame(f), moved) for f in frames]
    for found, moved in told:
        if found is not None and found.place is not None:
            place = (max(0, found.place[0] + moved), found.place[1] + moved)
            if not is_quoted(text, place[0]):
                yield from _words("motivation", e, replace(found, place=place), place)


def elided_in(e: Evidence, parse_text: Callable[[str], Doc]) -> Iterator[Words]:
    """Take what is wished for where the speaker leaves out the "I": "Just wanted to walk in on my own two feet."."""
    whole = None if e.tags.stance in _TOLD_OF else with_subject(e.segment.text)
    if whole is None:
        return
    text, moved = whole
    doc = parse_text(text)
    told = [word_frame(f) for f in frames_of(doc) if not f.toil]
    told += [WORDERS["motivation"](span) for span in infinitives(doc) if is_own_wish(span[0])]
    for found in told:
        if found is not None and found.place is not None:
            place = (max(0, found.place[0] + moved), max(1, found.place[1] + moved))
            if not is_quoted(e.segment.text, place[0]):
                yield from _words("motivation", e, replace(found, place=place), place)


def _framed_in(e: Evidence, parse: Parse) -> Iterator[Words]:
    """Turn what is told as a wish or a struggle into the progress it stands for."""
    for frame in frames_of(parse(e.segment)):
        told = not frame.toil or "struggle" in e.tags.labels
        foreign = e.tags.stance in _FOREIGN and not is_own_wish(frame.verb)
        if told and not foreign and not is_quoted(e.segment.text, frame.verb.idx):
            yield from _words("motivation", e, word_frame(frame), (frame.verb.idx, frame.verb.idx))


def _words(slot: str, e: Evidence, wording: Wording | None, span: Place, extra: float = 0.0) -> Iterator[Words]:
    if wording is None:
        return
    cost = round(wording.cost + extra + 0.15 * (e.tags.stance == "hypothetical") * (slot != "motivation"), 4)
    if cost <= (MAX_GOAL_COST if slot == "motivation" else MAX_COST):
        yield Words(slot, wording.place or span, replace(wording, cost=cost))
