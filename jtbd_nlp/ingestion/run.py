"""What all files of one reading share: who is who, settings, the ids that are taken, and what is to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from ..config import IngestionConfig
from ..records import Row, Transcript, Warn
from .building import Built
from .speakers.participants import People

_BY_PLACE = re.compile(r"(row|line) \d+")  # how a reader calls a transcript that has no name


@dataclass(slots=True)
class Notes:
    """What a run of reading collects beside the transcripts; pass one to `iter_transcripts` to receive it."""

    warnings: list[Warn] = field(default_factory=list)
    participants: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """What all files of one reading share: people, settings, notes, and the ids that are taken."""

    people: People
    config: IngestionConfig
    notes: Notes
    ids: Mapping[str, str]
    seen: set[str] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)

    def unique_id(self, name: str | None, source: str) -> str:
        """Return the id of a transcript: its file's, or its own name where a file holds several, made unique."""
        if name is None:
            return self.ids[source]
        base = _plain_name(name)
        for candidate in (base, f"{self.ids[source]}/{base}"):
            if candidate.casefold() not in self.seen:
                self.seen.add(candidate.casefold())
                return candidate
        number = next(i for i in count(2) if f"{self.ids[source]}/{base}#{i}".casefold() not in self.seen)
        self.seen.add(f"{self.ids[source]}/{base}#{number}".casefold())
        return f"{self.ids[source]}/{base}#{number}"

    def shared_name(self, name: str, source: str) -> list[str]:
        """Warn of a transcript whose own name another one bears: one exported twice, say, or cut in two by parts of a table."""
        key = _plain_name(name).casefold()
        if key not in self.own or _BY_PLACE.fullmatch(name):
            self.own[key] = source
            return []
        return [
            f"the id {name[:80]!r} is that of a transcript in {self.own[key]} as well; join the two where they are one "
            "interview, or give each an id of its own"
        ]

    def note(self, built: Built) -> Transcript:
        """Note the participants of a transcript and what was odd about it, and give it on."""
        one = built.transcript
        self.notes.participants += built.people
        for message in one.warnings:
            told = f"{one.transcript_id}: {message}"
            self.notes.warnings.append(Warn(code="read_with_care", message=told, source=one.source))
        return one

    def refuse(self, shown: str, reason: str, source: str | None = None) -> None:
        """Note a file, or a part of one, that was not read."""
        self.notes.warnings.append(Warn(code="refused", message=f"{shown}: {reason}", source=source or shown))


def _plain_name(name: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:200] or "unnamed"
