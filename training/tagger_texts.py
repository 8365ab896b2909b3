"""Draws the unlabelled texts that the teacher labels: ``python training/tagger_texts.py OUT.jsonl``.

Sentences of interviews that are in no labelled set, with their contexts as the pipeline gives them; and short texts of
other kinds (reviews, stressors, comments), so that the tagger is steady beyond interviews about work. Seeded.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path

from tagger_data import SHARED, read_goemotions, read_needs, read_reviews, read_stressors, read_tags

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.segmentation import build_segments, cut_transcript

N_INTERVIEWS = 190
N_SENTENCES = 11_000
OTHERS = ((read_needs, 1300), (read_reviews, 900), (read_stressors, 1200), (lambda: read_goemotions("train"), 1400))


def interview_sentences(rng: random.Random) -> list[dict[str, str]]:
    """Return participants' sentences of interviews that no labelled set holds."""
    labelled = {r.group for name in ("train", "dev") for r in read_tags(name)}
    with gzip.open(SHARED / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        lines = [line for line in stream if json.loads(line)["transcript_id"] not in labelled]
    folder = Path(sys.argv[1]).parent
    picked = folder / "picked.jsonl"
    picked.write_text("".join(rng.sample(lines, N_INTERVIEWS)), encoding="utf8")
    out = []
    for transcript in read_transcripts(picked):
        segments = build_segments(transcript, cut_transcript(transcript))
        spoken = [s for s in segments if s.role == "participant" and not s.backchannel]
        out += [{"text": s.text, "context": s.context} for s in spoken if 3 <= len(s.text.split()) <= 60]
    return rng.sample(out, min(N_SENTENCES, len(out)))


def main() -> None:
    rng = random.Random(0)
    items = interview_sentences(rng)
    print(len(items), "sentences of interviews")
    for read, n in OTHERS:
        rows = [r for r in read() if 3 <= len(r.text.split()) <= 60]
        items += [{"text": r.text, "context": ""} for r in rng.sample(rows, n)]
    rng.shuffle(items)
    Path(sys.argv[1]).write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf8")
    print(len(items), "texts")


if __name__ == "__main__":
    main()
