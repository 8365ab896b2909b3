"""Score the search for personal data on tests/data/pii_audit.jsonl; prints recall per kind and every miss on request.

Run: ``python benchmarks/pii_audit.py [--held-out | --tuned] [--misses] [--file FILE]``, or with ``--special-in FILE`` to count
what is flagged as a special category in texts of any origin (JSON Lines with ``text``, or with ``turns`` of which the
interviewer's are left out; ``.gz`` too), each flag in its context with ``--misses``; or with ``--in FILE`` to list everything
that is found in such texts, for a reader to judge. A must or hard item counts as
caught when every letter and digit of its span would be hidden; a special item when a find of its category touches the
span; a look-alike as a false positive when anything at all is found in it.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jtbd_nlp.privacy import Find, find_personal_data
from jtbd_nlp.privacy.searches.special import find_special
from jtbd_nlp.records import Transcript, Turn

AUDIT = Path(__file__).resolve().parent.parent / "tests" / "data" / "pii_audit.jsonl"
GROUPS = ("must", "hard", "special", "lookalike")


def read_audit(path: Path = AUDIT) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def search(items: list[dict[str, Any]]) -> dict[str, list[Find]]:
    """Search each item as a study of its own, so that no item helps another."""
    found: dict[str, list[Find]] = {}
    for item in items:
        turn = Turn(turn_index=0, speaker="Participant", role="participant", start_char=0, end_char=len(item["text"]))
        transcript = Transcript(transcript_id=item["id"], source=item["id"], text=item["text"], turns=(turn,))
        found[item["id"]] = list(find_personal_data([transcript]))
    return found


def caught(item: dict[str, Any], finds: list[Find]) -> bool:
    if item["group"] == "lookalike":
        return bool(finds)
    if item["group"] == "special":
        return any(
            f.kind == item["kind"] and f.start_char < end and start < f.end_char
            for f in finds
            for start, end in item["spans"]
        )
    hidden = {i for f in finds if not f.special for i in range(f.start_char, f.end_char)}
    return all(i in hidden for start, end in item["spans"] for i in range(start, end) if item["text"][i].isalnum())


def beyond(item: dict[str, Any], finds: list[Find]) -> list[Find]:
    """Return the finds that touch no marked span: hidden for nothing."""
    if item["group"] == "lookalike":
        return []
    return [
        f for f in finds if not f.special and not any(f.start_char < e and s < f.end_char for s, e in item["spans"])
    ]


def score(items: list[dict[str, Any]], found: dict[str, list[Find]]) -> dict[str, tuple[int, int]]:
    return {
        g: (sum(caught(i, found[i["id"]]) for i in items if i["group"] == g), sum(i["group"] == g for i in items))
        for g in GROUPS
    }


def _rows(items: list[dict[str, Any]], found: dict[str, list[Find]]) -> Iterator[str]:
    for group, (hit, n) in score(items, found).items():
        name = "false positives" if group == "lookalike" else "caught"
        yield f"{group:10} {hit:4} of {n:4}  {hit / max(n, 1):6.1%} {name}"
        kinds = Counter(i["kind"] for i in items if i["group"] == group)
        hits = Counter(i["kind"] for i in items if i["group"] == group and caught(i, found[i["id"]]))
        yield "    " + ", ".join(f"{k} {hits[k]}/{kinds[k]}" for k in sorted(kinds))
    extra = sum(len(beyond(i, found[i["id"]])) for i in items)
    yield f"hidden beside the marked spans, in the must, hard and special items: {extra}"


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines():
        row = json.loads(line)
        for turn in row.get("turns", [row]):
            if turn.get("speaker") != "Interviewer":
                yield turn["text"]


def _flagged(path: Path, shown: bool, limit: int) -> Iterator[str]:
    """Count the flags in texts that nobody marked; whether they are right is for a reader to say."""
    kinds: Counter[str] = Counter()
    words, contexts = 0, []
    texts = list(itertools.islice(_texts(path), limit))
    for text in texts:
        words += len(text.split())
        for hit in find_special(text):
            kinds[hit.kind] += 1
            contexts.append(f"{hit.kind} | {text[hit.start : hit.end]} | {text[max(0, hit.start - 60) : hit.end + 40]}")
    yield f"{len(texts)} texts, {words} words, {kinds.total()} flags: " + ", ".join(
        f"{k} {v}" for k, v in sorted(kinds.items())
    )
    if shown:
        yield from (" ".join(c.split()) for c in sorted(contexts))


def _listed(path: Path, limit: int) -> Iterator[str]:
    """List what is found in texts that nobody marked: each text a study of its own, its turns searched together."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").splitlines()
    words, texts, contexts = 0, 0, []
    for line in itertools.islice(lines, limit):
        row = json.loads(line)
        turns = [t["text"] for t in row.get("turns", [row]) if t.get("speaker") != "Interviewer"]
        text = "\n".join(turns)
        if text:
            texts, words = texts + 1, words + len(text.split())
            contexts += [
                f"{f.kind} | {text[f.start_char : f.end_char]} | {text[max(0, f.start_char - 60) : f.end_char + 40]}"
                for f in search([{"id": "text", "text": text}])["text"]
            ]
    yield f"{texts} texts, {words} words, {len(contexts)} finds"
    yield from (" ".join(c.split()) for c in contexts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--held-out", action="store_true")
    part.add_argument("--tuned", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--file", type=Path, default=AUDIT)
    parser.add_argument("--special-in", type=Path)
    parser.add_argument("--in", type=Path, dest="texts")
    parser.add_argument("--limit", type=int, default=1_000_000, help="texts to read of --special-in and --in")
    options = parser.parse_args()
    if options.special_in:
        print("\n".join(_flagged(options.special_in, options.misses, options.limit)))
        return
    if options.texts:
        print("\n".join(_listed(options.texts, options.limit)))
        return
    items = [
        i
        for i in read_audit(options.file)
        if (not options.held_out or i["held_out"]) and (not options.tuned or not i["held_out"])
    ]
    found = search(items)
    print("\n".join(_rows(items, found)))
    if options.misses:
        for item in items:
            shown = [(item["text"][f.start_char : f.end_char], f.kind, f.source) for f in found[item["id"]]]
            if caught(item, found[item["id"]]) == (item["group"] == "lookalike") or beyond(item, found[item["id"]]):
                print(item["id"], item["kind"], "|", item["text"], "|", shown)


if __name__ == "__main__":
    main()
