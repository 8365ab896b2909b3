"""Print how well the tagger labels talk of other kinds, by labels that were given by reading.

    python benchmarks/talk_tags.py

24 talks that nothing is trained on (``talks.jsonl``: switch interviews, usability sessions, customer calls and more): the first
thirty sentences or so of each were labelled by one reader, and again by a second who did not see those labels
(``talk_tags.tsv``: hashes and places). The tagger is scored against the first; beside it stands how far the two readers agree.
A row whose sentence is cut otherwise today is left out, and counted.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from our_lists import mark_of

import jtbd_nlp
from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.records import LABELS, SPANS, Segment, SentenceTags
from jtbd_nlp.segmentation import build_segments, cut_transcript

TALKS = Path(__file__).with_name("talks.jsonl")
TAGS = TALKS.with_name("talk_tags.tsv")
Row = Mapping[str, str]
Span = tuple[int, int]


def read_rows(reader: str) -> dict[tuple[str, str], Row]:
    """Return what a reader, "first" or "second", labelled, by talk and hash of the sentence."""
    with TAGS.open(encoding="utf8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream, delimiter="\t") if r["reader"] == reader]
    return {(r["transcript_id"], r["sha256"]): r for r in rows}


def spoken() -> dict[tuple[str, str], Segment]:
    """Return the participants' sentences of the talks by talk and hash; of equal ones the first."""
    found: dict[tuple[str, str], Segment] = {}
    for transcript in read_transcripts(TALKS):
        for segment in build_segments(transcript, cut_transcript(transcript)):
            if segment.role == "participant":
                found.setdefault((segment.transcript_id, mark_of(segment.text)), segment)
    return found


def has(row: Row, label: str) -> bool:
    """Say whether a row has a label; a slot's label is its span."""
    if label in ("struggle", "desire"):
        return row[label] == "1"
    return row[label] not in ("none", "-")


def span_of(row: Row, slot: str) -> Span | None:
    """Return the characters of a slot."""
    if row[slot] == "-":
        return None
    start, end = row[slot].split("-")
    return int(start), int(end)


def overlap(a: Span | None, b: Span | None) -> float:
    """Return twice the shared characters over the sum of both; 0 where one is missing."""
    if not a or not b:
        return 0.0
    return 2 * max(0, min(a[1], b[1]) - max(a[0], b[0])) / (a[1] - a[0] + b[1] - b[0])


def score(gold: Sequence[bool], found: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    both = sum(g and f for g, f in zip(gold, found, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(gold)), 2 * both / max(1, sum(gold) + sum(found))


def mean_overlap(pairs: Sequence[tuple[Span | None, Span | None]]) -> float:
    """Return the mean overlap where one side has a span."""
    hits = [overlap(a, b) for a, b in pairs if a or b]
    return sum(hits) / max(1, len(hits))


def say_labels(first: Sequence[Row], second: Sequence[Row], tags: Sequence[SentenceTags]) -> None:
    """Print the labels' figures."""
    means = []
    for label in LABELS:
        gold, again = ([has(r, label) for r in rows] for rows in (first, second))
        precision, recall, f1 = score(gold, [label in t.labels for t in tags])
        means.append((f1, score(gold, again)[2]))
        print(
            f"{label:10s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  (of {sum(gold)}); readers F1 {means[-1][1]:.3f}"
        )
    ours, readers = (sum(column) / len(means) for column in zip(*means, strict=True))
    print(f"mean label F1 {ours:.3f}; readers {readers:.3f}")


def main() -> None:
    places, rows, again = spoken(), read_rows("first"), read_rows("second")
    kept = [key for key in rows if key in places and key in again]
    print(f"{len(kept)} of {len(rows)} labelled sentences are cut as they were")
    segments, first, second = [places[k] for k in kept], [rows[k] for k in kept], [again[k] for k in kept]
    tags = jtbd_nlp.tag_sentences([s.text for s in segments], contexts=[s.context for s in segments])
    say_labels(first, second, tags)
    for slot in SPANS:
        ours = mean_overlap([(span_of(r, slot), t.spans.get(slot)) for r, t in zip(first, tags, strict=True)])
        readers = mean_overlap([(span_of(a, slot), span_of(b, slot)) for a, b in zip(first, second, strict=True)])
        print(f"{slot:10s} span overlap {ours:.3f}; readers {readers:.3f}  (misses and false spans count 0)")


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
