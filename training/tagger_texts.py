"""Draws the unlabelled texts that the teacher labels: ``python training/tagger_texts.py OUT.jsonl [--unread]``.

Sentences of interviews that are in no labelled set, with their contexts as the pipeline gives them; and short texts of
other kinds (reviews, stressors, comments), so that the tagger is steady beyond interviews about work. Seeded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

from tagger_data import SHARED, read_goemotions, read_needs, read_reviews, read_stressors, read_tags

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.segmentation import build_segments, cut_transcript

OTHERS = ((read_needs, 1300), (read_reviews, 900), (read_stressors, 1200), (lambda: read_goemotions("train"), 1400))


def interview_sentences(args: argparse.Namespace, rng: random.Random) -> list[dict[str, str]]:
    """Return participants' sentences of interviews that no labelled set holds."""
    labelled = {r.group for name in ("train", "dev") for r in read_tags(name)}
    read = {r.text for r in read_tags("read")} if args.unread else set()
    with gzip.open(SHARED / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        lines = [line for line in stream if json.loads(line)["transcript_id"] not in labelled]
    picked = Path(args.out).with_suffix(".interviews.jsonl")
    picked.write_text("".join(rng.sample(lines, args.interviews)), encoding="utf8")
    out = []
    for transcript in read_transcripts(picked):
        segments = build_segments(transcript, cut_transcript(transcript))
        spoken = [s for s in segments if s.role == "participant" and not s.backchannel]
        out += [{"text": s.text, "context": s.context} for s in spoken if 3 <= len(s.text.split()) <= 60]
    return [item for item in out if item["text"] not in read]


def drawn(items: list[dict[str, str]], n: int, rng: random.Random) -> list[dict[str, str]]:
    """Draw at most ``n`` of the items."""
    return rng.sample(items, min(n, len(items)))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--interviews", type=int, default=190, help="interviews to draw from")
    parser.add_argument("--sentences", type=int, default=11_000, help="sentences of them at most")
    parser.add_argument("--most", type=int, default=None, help="texts of all kinds at most")
    parser.add_argument("--unread", action="store_true", help="leave out sentences that were labelled by reading")
    return parser.parse_args()


def main() -> None:
    args = parse()
    rng = random.Random(args.seed)
    items = drawn(interview_sentences(args, rng), args.sentences, rng)
    print(len(items), "sentences of interviews")
    for read, n in OTHERS:
        rows = [r for r in read() if 3 <= len(r.text.split()) <= 60]
        items += drawn([{"text": r.text, "context": ""} for r in rows], n, rng)
    rng.shuffle(items)
    items = items[: args.most]
    Path(args.out).write_text("".join(json.dumps(i) + "\n" for i in items), encoding="utf8")
    print(len(items), "texts")


if __name__ == "__main__":
    main()
