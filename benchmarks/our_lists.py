"""Our own lists of jobs for further cohorts, given by reading; in: lists, out: transcripts and gold jobs as files.

The lists hold no words of the interviews. In ``lists/*.json`` (twelve cohorts, which models/passages learned from) evidence is an
interview of ``corpus.jsonl.gz``, the characters of the passage in its text below, and the slot; in ``unseen_lists.jsonl`` (64, which no
model learned from; ten of them made-up talk) it is interview, sentence by hash, and slot. One reader each (a language model, following
a written guide and the six shared lists); nobody read twice. ``talks.jsonl`` is 24 conversations of other kinds than interviews about work
(switch interviews, usability sessions, customer calls), made up for this, with lists of their jobs in ``talk_lists.jsonl``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.segmentation import build_segments, cut_transcript

UNSEEN = Path(__file__).resolve().with_name("unseen_lists.jsonl")
TALKS, TALK_LISTS = UNSEEN.with_name("talks.jsonl"), UNSEEN.with_name("talk_lists.jsonl")
LISTS = Path(__file__).resolve().parent / "lists"
_ASKING = frozenset({"Interviewer", "Moderator", "Agent"})
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


def written_unseen(shared: Path, folder: Path) -> dict[str, tuple[Path, Path]]:
    """Write the transcripts and the gold jobs of those cohorts of `UNSEEN` that are interviews of the corpus.

    Returns
    -------
    dict of str to (Path, Path)
        By name, the folder of transcripts and the file of gold jobs.
    """
    lists = _read_lists(UNSEEN)
    texts = _texts(shared, {t for jobs in lists.values() for job in jobs for t in job["told"]})
    return _placed(lists, texts, folder)


def written_talks(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Write the conversations of `TALKS` and the gold jobs of each kind; see `written_unseen`.

    The scoring script knows speakers by the names that the shared interviews have.
    """
    texts = {}
    with TALKS.open(encoding="utf8") as stream:
        for row in map(json.loads, stream):
            for turn in row["turns"]:
                turn["speaker"] = "Interviewer" if turn["speaker"] in _ASKING else "Participant"
            texts[row["transcript_id"]] = _text_of(row)
    return _placed(_read_lists(TALK_LISTS), texts, folder)


def _read_lists(path: Path) -> dict[str, list[dict[str, Any]]]:
    with path.open(encoding="utf8") as stream:
        return {row["cohort"]: row["jobs"] for row in map(json.loads, stream)}


def _placed(
    lists: dict[str, list[dict[str, Any]]], texts: dict[str, str], folder: Path
) -> dict[str, tuple[Path, Path]]:
    """Write the cohorts all of whose transcripts there are."""
    places = {}
    for name, jobs in lists.items():
        interviews = {t for job in jobs for t in job["told"]}
        if interviews <= texts.keys():
            talks, gold = folder / name, folder / f"{name}_jobs.json"
            talks.mkdir(parents=True, exist_ok=True)
            for t in sorted(interviews):
                (talks / f"{t}.txt").write_text(texts[t], encoding="utf8")
            said = _sentences(talks)
            gold.write_text(json.dumps({"jobs": [_gold(job, said) for job in jobs]}), encoding="utf8")
            places[name] = (talks, gold)
    return places


def _sentences(talks: Path) -> dict[tuple[str, str], str]:
    """Return the participants' sentences by interview and hash."""
    spoken = (
        s for t in read_transcripts(talks) for s in build_segments(t, cut_transcript(t)) if s.role == "participant"
    )
    return {(s.transcript_id, mark_of(s.text)): s.text for s in spoken}


def mark_of(text: str) -> str:
    """Return the hash by which lists and marks know a sentence."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _gold(job: dict[str, Any], said: dict[tuple[str, str], str]) -> dict[str, Any]:
    slots = {slot: job[slot] for slot in ("name", "situation", "motivation", "outcome")}
    return {**slots, "single_voice": len(job["told"]) < 2, "evidence": list(_evidence(job, said))}


def _evidence(job: dict[str, Any], said: dict[tuple[str, str], str]) -> Iterator[dict[str, str]]:
    for transcript, items in job["told"].items():
        for mark, slot in map(str.split, items):
            if (transcript, mark) in said:
                yield {"transcript": transcript, "quote": said[transcript, mark], "slot": slot}


def _texts(shared: Path, wanted: set[str]) -> dict[str, str]:
    """Return interviews of the corpus as the text that the evidence counts characters of."""
    found = {}
    with gzip.open(shared / "data" / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        for row in map(json.loads, stream):
            if row["transcript_id"] in wanted:
                found[row["transcript_id"]] = _text_of(row)
    return found


def _text_of(row: dict[str, Any]) -> str:
    return "\n\n".join(f"{turn['speaker']}: {turn['text']}" for turn in row["turns"]) + "\n"


def _quoted(place: list[Any], texts: dict[str, str]) -> dict[str, str]:
    transcript, start, end, slot = place
    return {"transcript": transcript, "quote": texts[transcript][start:end], "slot": slot}
