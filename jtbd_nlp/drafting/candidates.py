"""Passages of one job in, candidates for each slot out: a span, its wording, and how central its passage is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..language import load_parser
from ..records import SLOTS, Segment, SentenceTags
from .slots import WORDERS
from .wording import Wording

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MAX_PARSED = 14  # passages per slot that the parser sees: the most central ones that have the span
MAX_STRUGGLE = 16  # words of a sentence of struggle that may stand as a situation
MAX_COST = 0.8

# verbs and adjectives after which "to do something" names what a person is after
_SEEKING = frozenset(
    "want need have try like love hope struggle able hard difficult easy tough impossible help wish use manage fail get "
    "aim learn prefer important time way look decide supposed start remember".split()
)


# "so" that tells a purpose, not what came next
_PURPOSE = re.compile(
    r"\bso (?:that\b|(?:i|we|you) (?:can|could|don't|do not|never|know|have|am not|won't)\b|(?:it|they|he|she) "
    r"(?:isn't|doesn't|don't|won't|can|never|feels?|knows?)\b|nobody|nothing|everyone|everybody|(?:the|my|our) "
    r"[^.,;?!]{1,40}? (?:can|feels?|knows?|don't|doesn't|isn't|aren't|won't)\b)[^.;?!]*",
    re.I,
)
_WANTS = re.compile(r"\b(?:want|need|like to|love to|hope|wish)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that could fill a slot, and the passage that proves them; ``centrality`` is a cosine to the job's middle."""

    slot: str
    segment: Segment
    span: tuple[int, int]
    wording: Wording
    centrality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a job with its tags and its cosine to the middle of the job."""

    segment: Segment
    tags: SentenceTags
    centrality: float


def find_candidates(evidence: Sequence[Evidence]) -> dict[str, list[Candidate]]:
    """Word every usable span of a job's passages.

    Parameters
    ----------
    evidence : Sequence[Evidence]
        Passages of one job, most central first.

    Returns
    -------
    dict of str to list of Candidate
        By slot; passages of most central first. Motivations are also looked for in passages without a marked one when
        none of the marked can be worded.
    """
    docs = _Docs([e.segment for part in (*(_having(slot, evidence) for slot in SLOTS), _short(evidence)) for e in part])
    found: dict[str, list[Candidate]] = {slot: list(_worded(slot, evidence, docs)) for slot in SLOTS}
    if not found["motivation"]:
        found["motivation"] = list(_sought(evidence, docs))
    found["situation"] += _struggled(evidence, docs)
    return found


class _Docs:
    """Parses each passage once: those that will be needed together, which costs less, others when they are needed."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        wanted = {s.segment_id: s.text for s in segments}
        self._docs: dict[str, Doc] = dict(zip(wanted, load_parser().pipe(wanted.values()), strict=True))

    def get(self, segment: Segment) -> Doc:
        if segment.segment_id not in self._docs:
            self._docs[segment.segment_id] = load_parser()(segment.text)
        return self._docs[segment.segment_id]


def _worded(slot: str, evidence: Sequence[Evidence], docs: _Docs) -> Iterator[Candidate]:
    for e in _having(slot, evidence):
        start, end = _spans(e)[slot]
        if is_quoted(e.segment.text, start) or (slot == "motivation" and _only_asks(e.segment.text)):
            continue
        span = docs.get(e.segment).char_span(start, end, alignment_mode="expand")
        yield from _candidate(slot, e, span, 0.1 * (e.tags.stance == "hypothetical"))


def _having(slot: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the most central passages that have the slot's span."""
    return [e for e in evidence if slot in _spans(e) and e.tags.stance not in {"others", "negated"}][:MAX_PARSED]


def _short(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the most central short sentences of own struggle."""
    having = [e for e in evidence if "struggle" in e.tags.labels and e.tags.stance == "own"]
    return [e for e in having if len(e.segment.text.split()) <= MAX_STRUGGLE and e.segment.text[-1:] != "?"][:MAX_PARSED]


def _spans(e: Evidence) -> dict[str, tuple[int, int]]:
    """Return the tagged spans, and a purpose clause that the tagger left out."""
    spans = dict(e.tags.spans)
    purpose = None if "outcome" in spans else _PURPOSE.search(e.segment.text)
    if purpose is not None and purpose.start() > 0:
        spans["outcome"] = purpose.span()
    return spans


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place stands inside quotation marks: words of a prompt or a letter, not of the speaker."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _only_asks(text: str) -> bool:
    return text.rstrip().endswith("?") and not _WANTS.search(text)


def _struggled(evidence: Sequence[Evidence], docs: _Docs) -> Iterator[Candidate]:
    """Take short sentences of struggle as circumstances: "When the tool cites outdated facts, I want to check it"."""
    for e in _short(evidence):
        doc = docs.get(e.segment)
        if any(t.dep_ in {"nsubj", "nsubjpass", "expl"} for t in doc[:3]):  # else it hangs on what was said before
            yield from _candidate("situation", e, doc[0 : len(doc)], 0.2)


def _sought(evidence: Sequence[Evidence], docs: _Docs) -> Iterator[Candidate]:
    """Look for "to do something" after words of seeking or difficulty, in the most central passages."""
    for e in evidence[:MAX_PARSED]:
        for span in _infinitives(docs.get(e.segment)):
            yield from _candidate("motivation", e, span, 0.3)


def _infinitives(doc: Doc) -> Iterator[Span]:
    for token in doc:
        if (
            token.tag_ in {"VB", "VBG"}
            and token.dep_ in {"xcomp", "advcl", "ccomp", "acl", "pcomp"}
            and _is_sought(token)
        ):
            last = max(t.i for t in token.subtree)
            yield doc[token.i : last + 1]


def _is_sought(verb: Token) -> bool:
    head = verb.head
    return head.lemma_.lower() in _SEEKING or (verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children))


def _candidate(slot: str, e: Evidence, span: Span | None, extra: float) -> Iterator[Candidate]:
    wording = WORDERS[slot](span) if span is not None and len(span) else None
    if wording is None or wording.cost + extra > MAX_COST or span is None:
        return
    yield Candidate(
        slot=slot,
        segment=e.segment,
        span=(span.start_char, span.end_char),
        wording=Wording(wording.text, wording.cost + extra, wording.removed),
        centrality=e.centrality,
    )
