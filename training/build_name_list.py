"""Rebuild jtbd_nlp/privacy/data/names.txt from Faker's lists of names and an English corpus.

In: the package ``faker`` (MIT; ``pip install faker==40.63.0``) and interviews as gzipped JSON lines
(``turns`` with ``text``). Out: one line per name, ``name<TAB>kind``: kind is ``g`` (given name), ``s`` (surname) or
``b`` (both), followed by ``w`` when the corpus uses it in lower case as an ordinary word. The corpus
gives nothing else to the file.

Run from the project's root: ``python training/build_name_list.py ../shared/data/interviews/corpus.jsonl.gz``
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "jtbd_nlp" / "privacy" / "data" / "names.txt"
MIN_LETTERS = 3
WORD_COUNT = 2  # so often in lower case, and at least as often as with a capital inside a sentence: a word
GIVEN = ("first_names", "first_romanized_names")
HEAD = """\
# Given names (g), surnames (s), both (b); w: also an ordinary English word. Made by training/build_name_list.py
# from the name lists of Faker 40.63.0, Copyright (c) 2012 Daniele Faraglia, MIT Licence, https://github.com/joke2k/faker
"""


def _flat(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict | list | tuple | set | frozenset):
        return [text for item in value for text in _flat(item)]
    return []


def _latin(word: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in word if c not in "'’-")


def _collect() -> tuple[set[str], set[str]]:
    import faker.providers.person as person

    given: set[str] = set()
    surnames: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            if not attribute.startswith(("first_", "last_")) or "format" in attribute:
                continue
            target = given if attribute.startswith("first_") else surnames
            target.update(_flat(getattr(provider, attribute)))
    return _clean(given), _clean(surnames)


def _clean(names: set[str]) -> set[str]:
    parts = {part for name in names for part in name.split()}
    keep = {p for p in parts if len(p) >= MIN_LETTERS and p[0].isupper() and p.replace("-", "").isalpha() and _latin(p)}
    return {_fold(p) for p in keep}


def _fold(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def _counts(corpus: Path) -> tuple[Counter[str], Counter[str]]:
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        for line in stream:
            for turn in json.loads(line)["turns"]:
                lower.update(re.findall(r"\b[a-z]{3,}\b", turn["text"]))
                upper.update(w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", turn["text"]))
    return lower, upper


def main() -> None:
    given, surnames = _collect()
    lower, upper = _counts(Path(sys.argv[1]))
    rows = []
    for name in sorted(given | surnames):
        kind = "b" if name in given and name in surnames else "g" if name in given else "s"
        word = lower[name] >= WORD_COUNT and lower[name] >= upper[name]
        rows.append(f"{name}\t{kind}{'w' if word else ''}")
    OUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "names,", sum(r.endswith("w") for r in rows), "also words")


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
