"""The labels of unseen talk belong to sentences as they are cut today, and nothing is trained on these talks."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.segmentation import build_segments, cut_transcript

ROOT = Path(__file__).resolve().parents[1]


def rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def test_two_readers_labelled_the_same_sentences_and_spans_lie_in_them() -> None:
    labelled = rows("benchmarks/talk_tags.tsv")
    assert set(Counter((r["transcript_id"], r["sha256"]) for r in labelled).values()) == {2}
    lengths = {}
    for transcript in read_transcripts(ROOT / "benchmarks" / "talks.jsonl"):
        for segment in build_segments(transcript, cut_transcript(transcript)):
            lengths[segment.transcript_id, hashlib.sha256(segment.text.encode()).hexdigest()[:16]] = len(segment.text)
    for row in labelled:
        length = lengths[row["transcript_id"], row["sha256"]]
        for slot in ("situation", "motivation", "outcome", "solution"):
            start, end = map(int, row[slot].split("-")) if row[slot] != "-" else (0, 1)
            assert 0 <= start < end <= length


def test_no_talk_of_the_test_is_among_those_trained_on() -> None:
    tested = {r["transcript_id"] for r in rows("benchmarks/talk_tags.tsv")}
    trained = {r["transcript_id"] for r in rows("training/data/interviews_tags.tsv") + rows("training/data/read.tsv")}
    assert len(tested) == 24
    assert not tested & trained
