"""Reads which passages tell of which job; in: our marks and lists, the shared jobs; out: `Pair`s of a statement and a passage.

``data/backing.tsv`` holds no words: a job is the sentence that its goal was cut from, a passage is another sentence, each by
interview and hash, and the grade was given by reading: 2 a researcher would file the passage under the job, 1 a
neighbouring job or too general, 0 not. The jobs of ``benchmarks/lists`` and of the shared cohorts say it of their quotes.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from job_data import COHORTS
from tagger_ours import SHARED, invented, mark_of, spoken_in

from jtbd_nlp.drafting.choosing.choice import story_text
from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.records import Segment
from jtbd_nlp.segmentation import build_segments, cut_transcript

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from our_lists import NAMES, written

MARKS = Path(__file__).with_name("data") / "backing.tsv"
FALSE = 2  # passages of other jobs for each of its own
OVERLAP = 0.5  # of the shorter of quote and sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """What a job's statement says, a passage, how well it belongs there (0 to 2), and where it was told."""

    cohort: str
    wanted: str
    told: str
    grade: int


def read_marks() -> list[Pair]:
    """Return the pairs that were read whose sentences are cut as they were."""
    with MARKS.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    interviews = {r[k] for r in rows for k in ("goal_transcript_id", "transcript_id")}
    texts = {(s.transcript_id, mark_of(s.text)): s.text for s in (*spoken_in(interviews), *invented(interviews))}
    pairs = []
    for r in rows:
        goal = texts.get((r["goal_transcript_id"], r["goal_sentence"]))
        told = texts.get((r["transcript_id"], r["sentence"]))
        if goal is not None and told is not None:
            pairs.append(Pair(r["cohort"], goal, told, int(r["grade"])))
    print(f"{len(pairs)} of {len(rows)} marks are of sentences that are cut as they were", flush=True)
    return pairs


def read_lists(seed: int = 0) -> list[Pair]:
    """Return the jobs of all cohorts with the sentences of their quotes, and of others' quotes as what does not belong."""
    rng = random.Random(seed)
    shared = SHARED / "interviews"
    places = [(name, shared / name, shared / f"{name}_jobs.json") for name in COHORTS]
    pairs: list[Pair] = []
    with tempfile.TemporaryDirectory() as folder:
        ours = written(SHARED.parent, NAMES, Path(folder))
        places += [(name, talks, gold) for name, (talks, gold) in ours.items()]
        for name, talks, gold in places:
            pairs += _of_cohort(name, talks, gold, rng)
    return pairs


def _of_cohort(name: str, talks: Path, gold: Path, rng: random.Random) -> Iterator[Pair]:
    sentences: dict[str, list[Segment]] = {}
    for transcript in read_transcripts(talks):
        spoken = build_segments(transcript, cut_transcript(transcript))
        sentences[transcript.transcript_id] = [s for s in spoken if s.role == "participant"]
    texts = {path.stem: path.read_text(encoding="utf8") for path in sorted(talks.glob("*.txt"))}
    jobs = json.loads(gold.read_text(encoding="utf8"))["jobs"]
    told = [sorted({t for e in job["evidence"] for t in _told(e, texts, sentences)}) for job in jobs]
    every = sorted({t for found in told for t in found})
    for job, own in zip(jobs, told, strict=True):
        others = [t for t in every if t not in own]
        wanted = story_text(job["motivation"] or job["name"], job["situation"], job["outcome"])
        yield from (Pair(name, wanted, t, 2) for t in own)
        yield from (Pair(name, wanted, t, 0) for t in rng.sample(others, min(len(others), FALSE * len(own))))


def _told(item: dict[str, str], texts: dict[str, str], sentences: dict[str, list[Segment]]) -> Iterator[str]:
    """Yield the sentences that a quote covers, or that cover it, by half."""
    start = texts[item["transcript"]].find(item["quote"])
    end = start + len(item["quote"])
    for s in sentences[item["transcript"]] if start >= 0 else ():
        shared = min(end, s.end_char) - max(start, s.start_char)
        if shared >= OVERLAP * min(end - start, s.end_char - s.start_char):
            yield s.text
