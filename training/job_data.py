"""Reads groups of texts that tell of one job from ``../shared/data``; in: files, out: `Domain` with its `Group`s.

A batch is drawn from one domain at a time: only then must the model tell jobs apart and not domains.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jtbd_nlp.config import Config
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.records import Segment
from jtbd_nlp.segmentation import build_segments, cut_transcript

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
COHORTS = ("marketing", "writers", "scientists", "office", "sales", "designers")
NEEDS = ("electronics", "baby", "pets")
WINDOW_WORDS = 14  # a shorter passage is read with its neighbours of the same turn
INTENTS = ("hwu64",)  # CLINC150 and the insurance intents stay unseen: they test


@dataclass(slots=True)
class Group:
    """One job: what each voice told (a list of texts a voice), and how a person wrote the job down."""

    told: list[list[str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Domain:
    """Groups that one batch is drawn from: at most ``n_groups`` of them and ``n_told`` texts of each."""

    groups: list[Group]
    n_groups: int
    n_told: int

    def draw(self, rng: random.Random) -> tuple[list[str], list[int]]:
        """Return texts, each once, and the number of the group of each."""
        found: dict[str, int] = {}
        for number, group in enumerate(rng.sample(self.groups, min(self.n_groups, len(self.groups)))):
            for voice in rng.sample(group.told, min(self.n_told, len(group.told))):
                found.setdefault(rng.choice(voice), number)
            if group.written and rng.random() < 0.5:
                found.setdefault(rng.choice(group.written), number)
        return list(found), list(found.values())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as stream:
        yield from map(json.loads, stream)


def _written(job: dict[str, Any], slots: tuple[str, ...]) -> list[str]:
    story = f"When {job['situation'] or ''} I want to {job['motivation'] or ''} so I can {job['outcome'] or ''}"
    return [" ".join(story.split()), job["name"], *(job[slot] for slot in slots if job[slot])]


def cohort(name: str) -> Domain:
    """Return the gold jobs of a cohort: the quotes, and the sentences they begin in, with their neighbours where they are short."""
    folder = SHARED / "interviews" / name
    texts = {path.stem: path.read_text(encoding="utf8") for path in sorted(folder.glob("*.txt"))}
    found = read_sources(folder, participants=None, config=Config().ingestion).transcripts
    segments = {t.transcript_id: build_segments(t, cut_transcript(t)) for t in found}
    groups = []
    for job in json.loads((SHARED / "interviews" / f"{name}_jobs.json").read_text(encoding="utf8"))["jobs"]:
        voices: dict[str, list[str]] = {}
        for item in job["evidence"]:
            start = texts[item["transcript"]].find(item["quote"])
            said = segments[item["transcript"]]
            inside = [i for i, s in enumerate(said) if s.start_char <= start < s.end_char and s.role == "participant"]
            if inside:
                voices.setdefault(item["transcript"], []).extend(
                    [item["quote"], _words_around(said, inside[0], WINDOW_WORDS)]
                )
        groups.append(Group(list(voices.values()), _written(job, ("motivation", "outcome"))))
    return Domain([group for group in groups if group.told], 14, 5)


def _words_around(segments: Sequence[Segment], at: int, least: int) -> str:
    """Return a passage's words with those around it in the same turn, while they are fewer than ``least``.

    Spoken sentences are short ("And then he rings.") and get their meaning from their neighbours.
    """
    low = high = at
    words = len(segments[at].text.split())
    while words < least:
        before = low > 0 and segments[low - 1].turn_index == segments[at].turn_index
        after = high + 1 < len(segments) and segments[high + 1].turn_index == segments[at].turn_index
        if not before and not after:
            break
        if before and (at - low <= high - at or not after):
            low -= 1
            words += len(segments[low].text.split())
        else:
            high += 1
            words += len(segments[high].text.split())
    return " ".join(s.text for s in segments[low : high + 1])


def needs(name: str) -> Domain:
    """Return review sentences by the job that they express."""
    groups: dict[str, Group] = {}
    for row in _lines(SHARED / "needs" / f"jobs_{name}.jsonl"):
        groups.setdefault(row["group"], Group()).told.append([row["text"]])
    for job in json.loads((SHARED / "needs" / f"jobs_{name}_statements.json").read_text(encoding="utf8")):
        if job["group_id"] in groups:
            groups[job["group_id"]].written.extend(_written(job, ()))
    return Domain([group for group in groups.values() if len(group.told) > 1], 16, 4)


def intents(name: str) -> Domain:
    """Return short customer utterances by intent."""
    groups: dict[str, Group] = {}
    for row in _lines(SHARED / "intents" / f"{name}.jsonl"):
        groups.setdefault(row["intent"], Group()).told.append([row["text"]])
    return Domain(list(groups.values()), 16, 4)


def unlabelled(skip: set[str], n_interviews: int = 450) -> list[str]:
    """Return sentences of interviews in no cohort, for keeping the model near the plain one."""
    import gzip

    with gzip.open(SHARED / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf8") as stream:
        rows = [row for row in map(json.loads, stream) if row["turns"] and row["transcript_id"] not in skip]
    said = [t["text"] for row in rows[:n_interviews] for t in row["turns"] if t["speaker"] == "Participant"]
    cut = [s.strip() for text in said for s in re.split(r"(?<=[.?!])\s+", text)]
    return [s for s in dict.fromkeys(cut) if 7 <= len(s.split()) < 45]


def in_cohorts() -> set[str]:
    """Return the ids of the interviews of all cohorts."""
    return {path.stem for name in COHORTS for path in (SHARED / "interviews" / name).glob("*.txt")}
