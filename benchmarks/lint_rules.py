"""Print precision and recall of each lint rule on the hand-made statements, for the tuned part and the held-out part.

    python benchmarks/lint_rules.py                     # the table
    python benchmarks/lint_rules.py --wrong tune        # what was missed or wrongly flagged in one part

In: ``tests/data/statements.jsonl`` (text, rules, split and, where a rule needs them, evidence, brief, others).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jtbd_nlp.linting import RULES, lint_statement

STATEMENTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "statements.jsonl"
NEEDS = ("evidence", "brief", "others")


def read_statements(path: Path = STATEMENTS) -> list[dict[str, Any]]:
    """Return the statements with what people say of them."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def flagged(row: Mapping[str, Any]) -> set[str]:
    """Return the ids of the rules that the linter finds broken."""
    return {f.rule for f in lint_statement(row["text"], **{k: row[k] for k in NEEDS if k in row})}


def score(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return for each rule the numbers of hits, misses and false alarms, precision and recall."""
    counts = {rule: {"hits": 0, "misses": 0, "false": 0} for rule in RULES}
    for row in rows:
        said, true = flagged(row), set(row["rules"])
        for rule in RULES:
            key = {(True, True): "hits", (True, False): "misses", (False, True): "false"}.get(
                (rule in true, rule in said)
            )
            if key:
                counts[rule][key] += 1
    return {rule: {**c, **_rates(c)} for rule, c in counts.items() if any(c.values())}


def _rates(c: Mapping[str, int]) -> dict[str, float]:
    said, true = c["hits"] + c["false"], c["hits"] + c["misses"]
    return {"precision": c["hits"] / said if said else 1.0, "recall": c["hits"] / true if true else 1.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", choices=("tune", "held"))
    wrong = parser.parse_args().wrong
    rows = read_statements()
    for part in ("tune", "held"):
        chosen = [r for r in rows if r["split"] == part]
        print(f"{part}: {len(chosen)} statements")
        for rule, c in score(chosen).items():
            n = int(c["hits"] + c["misses"])
            print(f"  {rule:14} n {n:3}  precision {c['precision']:.2f}  recall {c['recall']:.2f}")
    for row in rows:
        if row["split"] == wrong and flagged(row) != set(row["rules"]):
            print("want", row["rules"], "got", sorted(flagged(row)), row["text"])


if __name__ == "__main__":
    main()
