"""Our own labels of sentences, given by reading; in: files, out: items in the form of ``tags/*.jsonl``.

``data/read.tsv`` labels sentences of the shared interviews and holds no text: the interview, the start of the sha256 of the
sentence, the labels, and spans in characters of the sentence. ``data/talks.jsonl`` is talk from other walks of life that
was made up for this, text and labels; ``data/interviews.jsonl`` is more of it, without labels of sentences.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.records import SPANS, Segment
from jtbd_nlp.segmentation import build_segments, cut_transcript

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
LABELS = Path(__file__).with_name("data") / "read.tsv"
TALKS = LABELS.with_name("talks.jsonl")
INTERVIEWS = LABELS.with_name("interviews.jsonl")  # made up, whole
FIELDS = ("transcript_id", "sha256", "struggle", "desire", "emotion", "force", *SPANS)


def mark_of(text: str) -> str:
    """Return the hash by which a sentence of an interview is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def spoken_in(transcript_ids: set[str]) -> Iterator[Segment]:
    """Yield the participants' sentences of some interviews of the corpus, in its order."""
    with gzip.open(SHARED / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        lines = [line.strip() for line in stream if json.loads(line)["transcript_id"] in transcript_ids]
    yield from spoken(lines)


def spoken(lines: list[str]) -> Iterator[Segment]:
    """Yield the participants' sentences of transcripts, each a line of JSON."""
    if not lines:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "interviews.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf8")
        for transcript in read_transcripts(path):
            yield from (s for s in build_segments(transcript, cut_transcript(transcript)) if s.role == "participant")


def invented(transcript_ids: set[str]) -> Iterator[Segment]:
    """Yield the participants' sentences of some made-up interviews: `INTERVIEWS`, and `TALKS` put together again."""
    turns: dict[str, list[dict[str, str]]] = {}
    for row in map(json.loads, TALKS.read_text(encoding="utf8").splitlines()):
        told = turns.setdefault(row["transcript_id"], [])
        asked = [t["text"] for t in told if t["speaker"] == "Interviewer"]
        question = " ".join((row["question"] or "").split())
        if question and question not in asked[-1:]:
            told.append({"speaker": "Interviewer", "text": question})
        if told and told[-1]["speaker"] == "Participant":
            told[-1]["text"] += f" {row['text']}"
        else:
            told.append({"speaker": "Participant", "text": row["text"]})
    talks = [{"transcript_id": i, "turns": told} for i, told in turns.items()]
    talks += map(json.loads, INTERVIEWS.read_text(encoding="utf8").splitlines())
    yield from spoken([json.dumps(t) for t in talks if t["transcript_id"] in transcript_ids])


def read_ours() -> list[dict[str, Any]]:
    """Return the labelled sentences of the interviews that are cut as they were when they were read."""
    with LABELS.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    texts: dict[tuple[str, str], Segment] = {}
    for segment in spoken_in({r["transcript_id"] for r in rows}):
        texts.setdefault((segment.transcript_id, mark_of(segment.text)), segment)
    found = [(r, texts[key]) for r in rows if (key := (r["transcript_id"], r["sha256"])) in texts]
    print(f"{len(found)} of {len(rows)} sentences that were read are cut as they were", flush=True)
    return [_item(r, segment) for r, segment in found]


def _item(row: dict[str, str], segment: Segment) -> dict[str, Any]:
    spans = {s: None if row[s] == "-" else [int(n) for n in row[s].split("-")] for s in SPANS}
    told = {
        "struggle": int(row["struggle"]),
        "desire": int(row["desire"]),
        "emotion": row["emotion"],
        "force": row["force"],
    }
    return {"text": segment.text, "before": segment.context, "transcript_id": segment.transcript_id, **told, **spans}
