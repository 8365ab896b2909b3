"""Holds what a study knows of its jobs between runs: `Ledger`, and its form as plain values for identity.json."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import StudyError

FORMAT = 1


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A segment as it is known across runs; ``words`` is a hash of its text."""

    content: str
    start_char: int
    end_char: int
    transcript_id: str = field(compare=False)
    words: str = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One job of the ledger: what the machine called it, its passages, and whether the last run still had it."""

    name: str = ""
    passages: tuple[Passage, ...] = ()
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The jobs that a study knows, by id; saved as ``identity.json``.

    ``groups`` are what the machine found, before any edit, and ``corpus`` the hash of what it found that in: while
    that is the same, the groups are taken from here, so that an edit changes what it names and nothing else.
    ``shown`` are the passages that each job quoted when it was last shown without an edit: what a person edits.
    """

    jobs: Mapping[str, Known] = field(default_factory=dict)
    groups: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    shown: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    corpus: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, sorted, so that git shows what changed."""
        return {
            "format": FORMAT,
            "corpus": self.corpus,
            "jobs": {job_id: _known_to_dict(self.jobs[job_id]) for job_id in sorted(self.jobs)},
            "groups": {job_id: _places(self.groups[job_id]) for job_id in sorted(self.groups)},
            "shown": {job_id: _places(self.shown[job_id]) for job_id in sorted(self.shown)},
        }

    @classmethod
    def from_dict(cls, data: Any, *, origin: str = "identity.json") -> Ledger:
        """Read what `to_dict` gave.

        Parameters
        ----------
        data : Any
            Plain values.
        origin : str, default="identity.json"
            Named in errors.

        Returns
        -------
        Ledger

        Raises
        ------
        StudyError
            If it is not a ledger, or one of a newer version.
        """
        try:
            version, corpus = int(data["format"]), str(data.get("corpus", ""))
            jobs = {str(k): _known_from_dict(v) for k, v in data["jobs"].items()}
            groups, shown = (
                {str(k): _from_places(v) for k, v in data.get(key, {}).items()} for key in ("groups", "shown")
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StudyError(
                f"{origin} must be the ledger of a study, got {error!r}. Take the file away to start with fresh ids."
            ) from error
        if version > FORMAT:
            raise StudyError(f"{origin}: format must be {FORMAT} or less, got {version}. Install a newer jtbd_nlp.")
        return cls(jobs=jobs, groups=groups, shown=shown, corpus=corpus)


def read_ledger(text: str, origin: str) -> Ledger:
    """Read the text of identity.json; where git marked what it could not merge, the jobs of both sides are known.

    Parameters
    ----------
    text : str
        Of the file.
    origin : str
        Named in errors.

    Returns
    -------
    Ledger
        Of two sides without their groups: what both came to is to be grouped anew.

    Raises
    ------
    StudyError
        As `Ledger.from_dict`.
    ValueError
        If it is no JSON.
    """
    ours, *theirs = (Ledger.from_dict(json.loads(side), origin=origin) for side in _sides(text))
    return ours if not theirs else _joined(ours, theirs[0])


def _sides(text: str) -> list[str]:
    """Return the text, or what each side has where git could not merge them."""
    sides: tuple[list[str], list[str]] = ([], [])
    now: Sequence[list[str]] = sides
    conflict = False
    for line in text.splitlines(keepends=True):
        mark = line[:7] if line[7:8] in ("", " ", "\r", "\n") else ""
        if mark == "<<<<<<<":
            now, conflict = sides[:1], True
        elif mark in ("|||||||", "=======", ">>>>>>>") and conflict:
            now = {"|||||||": (), "=======": sides[1:]}.get(mark, sides)
        else:
            for side in now:
                side.append(line)
    return ["".join(side) for side in sides] if conflict else [text]


def _joined(ours: Ledger, theirs: Ledger) -> Ledger:
    jobs = dict(theirs.jobs)
    for job_id, known in ours.jobs.items():
        other = jobs.get(job_id, known)
        held = tuple(sorted({*known.passages, *other.passages}))
        jobs[job_id] = Known(name=known.name or other.name, passages=held, lost=known.lost and other.lost)
    return Ledger(jobs=dict(sorted(jobs.items())), shown={**theirs.shown, **ours.shown})


def short_hash(text: str, digits: int = 16) -> str:
    """Return the first hex digits of the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def _known_to_dict(known: Known) -> dict[str, Any]:
    return {"name": known.name, "lost": known.lost, "passages": _places(known.passages)}


def _known_from_dict(data: Mapping[str, Any]) -> Known:
    return Known(name=str(data["name"]), lost=bool(data["lost"]), passages=_from_places(data["passages"]))


def _places(passages: Iterable[Passage]) -> dict[str, Any]:
    """Return passages by the content of their transcript: hashes and places, none of their words."""
    contents: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(passages):
        contents[passage.content].append(passage)
    return {
        content: {
            "transcript_id": found[0].transcript_id,
            "at": [f"{p.start_char}-{p.end_char} {p.words}" for p in found],
        }
        for content, found in contents.items()
    }


def _from_places(data: Mapping[str, Any]) -> tuple[Passage, ...]:
    passages = []
    for content, found in data.items():
        for place in found["at"]:
            span, words = place.split(" ")
            start, end = span.split("-")
            passages.append(Passage(str(content), int(start), int(end), str(found["transcript_id"]), words))
    return tuple(sorted(passages))
