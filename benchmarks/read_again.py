"""Print how far fresh readers agree with the labels of the shared training sentences: what the guide alone carries.

    python benchmarks/read_again.py ../shared

34 readers (a language model, each anew) had the guide and 89 labelled sentences to go by. Among the sentences that they labelled for
training stood some of ``tags/train.jsonl`` whose labels they did not know (``read_again.tsv``: ids and labels, no text). Their
labels are scored as the tagger's are: F1 of each label, and mean overlap of spans, misses and false ones counting 0.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from talk_tags import has, mean_overlap, score, span_of

from jtbd_nlp.records import LABELS, SPANS

ANSWERS = Path(__file__).with_name("read_again.tsv")


def as_row(gold: Mapping[str, Any]) -> dict[str, str]:
    """Return a shared label as the tables of ours have it."""
    spans = {s: "-" if gold[s] is None else f"{gold[s][0]}-{gold[s][1]}" for s in SPANS}
    return {"struggle": str(gold["struggle"]), "desire": str(gold["desire"]), "emotion": gold["emotion"], **spans}


def show(name: str, pairs: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]) -> None:
    """Print the scores of some readers' labels against the shared ones."""
    found = []
    for label in LABELS:
        precision, recall, f1 = score([has(g, label) for g, _ in pairs], [has(r, label) for _, r in pairs])
        found.append(f1)
        print(f"{name:12} {label:10} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    spans = {s: round(mean_overlap([(span_of(g, s), span_of(r, s)) for g, r in pairs]), 3) for s in SPANS}
    print(f"{name:12} mean of six {sum(found) / len(found):.3f}  n {len(pairs)}  spans {spans}")


def main() -> None:
    lines = (Path(sys.argv[1]) / "data" / "tags" / "train.jsonl").read_text(encoding="utf8").splitlines()
    gold = {row["id"]: as_row(row) for row in map(json.loads, lines)}
    with ANSWERS.open(encoding="utf8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for among in ("interviews", "talks", "reviews"):
        show(among, [(gold[r["id"]], r) for r in rows if r["among"] == among])
    show("all", [(gold[r["id"]], r) for r in rows])


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
