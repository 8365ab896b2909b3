"""Our own labels of sentences, given by reading; in: files, out: items in the form of ``tags/*.jsonl``.

``data/read.tsv`` labels sentences of the shared interviews and holds no text: the interview, the start of the sha256 of the
sentence, the labels, and spans in characters of the sentence. ``data/talks.jsonl`` is talk from other walks of life that
was made up for this, text and labels; ``data/interviews.jsonl`` is more of it, whole talks, and ``data/interviews_tags.tsv`` its
labels in the form of ``read.tsv``, "?" where a feeling or a force is not to be learned from. ``data/others_tags.tsv`` labels
sentences of reviews, of apps and things, and of what weighs on people.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.records import SPANS, Segment
from jtbd_nlp.segmentation import build_segments, cut_transcript

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
LABELS = Path(__file__).with_name("data") / "read.tsv"
TALKS = LABELS.with_name("talks.jsonl")
INTERVIEWS = LABELS.with_name("interviews.jsonl")  # made up, whole
INTERVIEWS_TAGS = LABELS.with_name("interviews_tags.tsv")
OTHERS = LABELS.with_name("others_tags.tsv")
UNSURE = "?"  # ten readers of the first made-up interviews were not of one mind on feelings: 4.6 to 16.9 % of sentences
UNSEEN = Path(__file__).resolve().parents[1] / "benchmarks" / "talks.jsonl"  # nothing is trained on these talks
UNSEEN_TAGS = UNSEEN.with_name("talk_tags.tsv")
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
    rows = marked(LABELS)
    return items(rows, spoken_in({r["transcript_id"] for r in rows}))


def read_invented() -> list[dict[str, Any]]:
    """Return the labelled sentences of the made-up interviews."""
    rows = marked(INTERVIEWS_TAGS)
    return items(rows, invented({r["transcript_id"] for r in rows}))


def read_others(reviews: Iterable[str], sentences: Iterable[str]) -> list[dict[str, Any]]:
    """Return the labelled sentences that stand in reviews of apps, and those of texts that are one sentence each."""
    rows = marked(OTHERS)
    wanted = {r["transcript_id"] for r in rows}
    told = [(mark_of(text), text) for text in reviews if mark_of(text) in wanted]
    talks = [{"transcript_id": i, "turns": [{"speaker": "Participant", "text": text}]} for i, text in told]
    alone = {mark_of(text): text for text in sentences}
    found = items([r for r in rows if r["transcript_id"] != "-"], spoken([json.dumps(t) for t in talks]))
    return found + [item_of(r, alone[r["sha256"]]) for r in rows if r["sha256"] in alone]


def read_unseen(reader: str = "first") -> list[dict[str, Any]]:
    """Return what a reader, "first" or "second", labelled of the talks that are kept for tests."""
    rows = [r for r in marked(UNSEEN_TAGS) if r["reader"] == reader]
    return items(rows, spoken(UNSEEN.read_text(encoding="utf8").splitlines()))


def marked(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file of labels."""
    with path.open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def items(rows: list[dict[str, str]], segments: Iterable[Segment]) -> list[dict[str, Any]]:
    """Return labels with the sentences that they are of; a row whose sentence is cut otherwise today is left out."""
    texts: dict[tuple[str, str], Segment] = {}
    for segment in segments:
        texts.setdefault((segment.transcript_id, mark_of(segment.text)), segment)
    found = [(r, texts[key]) for r in rows if (key := (r["transcript_id"], r["sha256"])) in texts]
    print(f"{len(found)} of {len(rows)} sentences that were read are cut as they were", flush=True)
    return [item_of(r, segment.text, segment.context) for r, segment in found]


def item_of(row: dict[str, str], text: str, context: str = "") -> dict[str, Any]:
    """Return the labels of a row with their sentence; None is not to be learned from."""
    spans = {s: None if row[s] == "-" else [int(n) for n in row[s].split("-")] for s in SPANS}
    told = {
        "struggle": int(row["struggle"]),
        "desire": int(row["desire"]),
        "emotion": None if row["emotion"] == UNSURE else row["emotion"],
        "force": None if row["force"] == UNSURE else row["force"],
    }
    return {"text": text, "before": context, "transcript_id": row["transcript_id"], **told, **spans}
