"""Reads the graded clauses: ``data/phrases.tsv`` has no text, only hashes; in: files, out: `Phrase`s.

A line names the interview of ``../shared/data/interviews/corpus.jsonl.gz`` that a clause comes from, the cohort that it was mined with,
the start of the sha256 of slot, worded clause and sentence, and the grade. The clauses are cut and worded anew by the
drafter; those that today's rules word otherwise are left out, and counted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tagger_ours import spoken_in

from jtbd_nlp.config import TaggingConfig
from jtbd_nlp.drafting.candidates import Candidate, Evidence, Finder
from jtbd_nlp.records import Segment
from jtbd_nlp.tagging import load_tagger

GRADES = Path(__file__).with_name("data") / "phrases.tsv"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A worded clause with its slot and sentence, what the rules say it costs, and its grade from 0 to 2."""

    cohort: str
    slot: str
    words: str
    source: str
    cost: float
    grade: int


def mark_of(slot: str, words: str, source: str) -> str:
    """Return the hash by which a clause is known."""
    return hashlib.sha256(f"{slot}\t{words}\t{source}".encode()).hexdigest()[:16]


def read_phrases() -> list[Phrase]:
    """Return the graded clauses in the order of the file."""
    with GRADES.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    found = {}
    for c in _candidates({r["transcript_id"] for r in rows}):
        found.setdefault(mark_of(c.slot, c.wording.text, c.segment.text), c)
    made = [(r, found[r["sha256"]]) for r in rows if r["sha256"] in found]
    print(f"{len(made)} of {len(rows)} graded clauses are worded as they were")
    return [
        Phrase(r["cohort"], c.slot, c.wording.text, c.segment.text, c.wording.cost, int(r["grade"])) for r, c in made
    ]


def _candidates(transcript_ids: set[str]) -> Iterator[Candidate]:
    """Yield what the drafter makes of every sentence of some interviews, each taken alone."""
    spoken: dict[str, list[Segment]] = {}
    for segment in spoken_in(transcript_ids):
        if not segment.backchannel:
            spoken.setdefault(segment.transcript_id, []).append(segment)
    for segments in spoken.values():
        tags = load_tagger(TaggingConfig()).tag([s.text for s in segments], [s.context for s in segments])
        for segment, mine in zip(segments, tags, strict=True):
            finder = Finder([Evidence(segment=segment, tags=mine, centrality=1.0)])
            yield from (c for found in finder.find().values() for c in found)
