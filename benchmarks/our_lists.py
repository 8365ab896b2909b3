"""Our own lists of jobs for twelve further cohorts, given by reading; in: ``lists/*.json``, out: transcripts and gold jobs as files.

The lists hold no words of the interviews: evidence is an interview of ``corpus.jsonl.gz``, the characters of the passage in its
text below, and the slot. One reader each (a language model, following a written guide and the six shared lists); nobody read twice.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

LISTS = Path(__file__).resolve().parent / "lists"
NAMES = tuple(sorted(path.stem for path in LISTS.glob("*.json")))


def written(shared: Path, names: tuple[str, ...], folder: Path) -> dict[str, tuple[Path, Path]]:
    """Write the transcripts and the gold jobs of cohorts to a folder.

    Parameters
    ----------
    shared : Path
        Folder with ``data/interviews/corpus.jsonl.gz``.
    names : tuple of str
        Of `NAMES`.
    folder : Path
        Where they go.

    Returns
    -------
    dict of str to (Path, Path)
        By name, the folder of transcripts and the file of gold jobs.
    """
    lists = {name: json.loads((LISTS / f"{name}.json").read_text(encoding="utf8")) for name in names}
    texts = _texts(shared, {t for found in lists.values() for t in found["transcripts"]})
    places = {}
    for name, found in lists.items():
        talks, gold = folder / name, folder / f"{name}_jobs.json"
        talks.mkdir(parents=True, exist_ok=True)
        for t in found["transcripts"]:
            (talks / f"{t}.txt").write_text(texts[t], encoding="utf8")
        jobs = [{**job, "evidence": [_quoted(e, texts) for e in job["evidence"]]} for job in found["jobs"]]
        gold.write_text(json.dumps({"jobs": jobs}), encoding="utf8")
        places[name] = (talks, gold)
    return places


def _texts(shared: Path, wanted: set[str]) -> dict[str, str]:
    """Return interviews of the corpus as the text that the evidence counts characters of."""
    found = {}
    with gzip.open(shared / "data" / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        for row in map(json.loads, stream):
            if row["transcript_id"] in wanted:
                turns = (f"{turn['speaker']}: {turn['text']}" for turn in row["turns"])
                found[row["transcript_id"]] = "\n\n".join(turns) + "\n"
    return found


def _quoted(place: list[Any], texts: dict[str, str]) -> dict[str, str]:
    transcript, start, end, slot = place
    return {"transcript": transcript, "quote": texts[transcript][start:end], "slot": slot}
