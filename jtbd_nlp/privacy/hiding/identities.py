"""Who is who in a study: turns and participant rows in, pseudonyms of people, ids and files out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...ingestion.speakers.participants import is_personal
from ...records import Row, Transcript
from ..lexicon import fold, names
from ..names.people import name_parts
from .pseudonyms import LETTERS, Pseudonymiser

_Called = TypeVar("_Called", str, tuple[str, str])  # a label, or a role and a label
ANYBODY = "[NAME]"  # stands for a name that several people bear
_NAME_COLUMN = re.compile(
    r"(?:^|[\s_])(?:name|surname|forename|first[\s_]?name|last[\s_]?name|full[\s_]?name)$", re.IGNORECASE
)
_NOT_PERSON = re.compile(r"company|organi|team|product|project|plan|brand|file|user", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Identities:
    """Pseudonyms of a study.

    ``labels`` maps (role, speaker label) to what is shown, `ANYBODY` where several are called so;
    ``ids`` participant ids; ``files`` transcript ids and
    sources; ``parts`` the folded parts of names to the pseudonyms of all who bear them.
    """

    labels: Mapping[tuple[str, str], str]
    ids: Mapping[str, str]
    files: Mapping[str, str]
    parts: Mapping[str, frozenset[str]]
    names: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Say whether somebody who has a pseudonym bears one of these names."""
        return not self.parts.keys().isdisjoint(name_parts([words]))

    def of(self, words: str) -> str | None:
        """Return the pseudonym of the one person whose name these words are, or None."""
        bearers = [self.parts[p] for p in sorted(name_parts([words])) if p in self.parts]
        shared = frozenset.intersection(*bearers) if bearers else frozenset()
        return min(shared) if len(shared) == 1 else None


def row_names(rows: Iterable[Row]) -> list[str]:
    """Return the names of people in the columns of a participants file that hold names."""
    return sorted({str(v) for row in rows for k, v in row.items() if v and _holds_name(str(k))})


def _holds_name(column: str) -> bool:
    return bool(_NAME_COLUMN.search(column)) and not _NOT_PERSON.search(column)


def names_someone(text: str, known: Iterable[str] = ()) -> bool:
    """Say whether an id or a file name has a person's name in it: "int-03-maria", "t1/Anna Meyer"."""
    parts = {fold(word) for chunk in _LETTERS.findall(text) for word in _camel(chunk)}
    listed = names()
    return any(p in known or (p in listed.given and p not in listed.words and len(p) > 3) for p in parts)


def _camel(chunk: str) -> Iterator[str]:
    yield chunk
    yield from re.findall(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+", chunk)


def identify(
    transcripts: Sequence[Transcript],
    rows: Sequence[Row],
    key: Pseudonymiser,
    *,
    everyone: bool,
    sources: Iterable[str] = (),
    personal: Collection[str] = (),
) -> Identities:
    """Give pseudonyms to the people and files of a study.

    Parameters
    ----------
    transcripts : Sequence[Transcript]
        The originals.
    rows : Sequence[Row]
        The participants table.
    key : Pseudonymiser
        Receives all that is new.
    everyone : bool
        True: every participant gets a pseudonym. False: only ids and labels with a person's name in them do.
    sources : Iterable[str]
        Files that were not read. All get pseudonyms: nobody speaks in them whose name could be known from there.
    personal : Collection[str]
        Ids and sources with personal data of another kind in them: a telephone number, say.
    """
    people = _people(transcripts)
    known = name_parts([*row_names(rows), *(label for _, label in people if is_personal(label))])
    wanted = {(role, own): labels for (role, own), labels in _owners(transcripts).items()
              if (everyone and role == "participant") or _personal(own, labels, known)}  # fmt: skip
    shown: dict[tuple[str, str], str] = {}
    for role in LETTERS:
        shown |= {(role, own): p for own, p in key.assign(role, (o for r, o in wanted if r == role)).items()}
    for (role, own), pseudonym in shown.items():
        key.remember(pseudonym, [*wanted[role, own], *_row_names_of(rows, own)])
    files = _files(transcripts, sources, known, key, personal)
    labels = agreed(
        ((role, label), shown[role, own])
        for (role, own), said in wanted.items()
        for label in said
        if is_personal(label)
    )
    ids = {own: p for (role, own), p in shown.items() if role == "participant"}
    return Identities(labels, ids, files, _bearers(shown, wanted, rows), tuple(sorted(row_names(rows))))


def agreed(shown: Iterable[tuple[_Called, str]]) -> dict[_Called, str]:
    """Return what is shown for each of what people are called: `ANYBODY` where it is several pseudonyms."""
    found: dict[_Called, set[str]] = {}
    for called, pseudonym in shown:
        found.setdefault(called, set()).add(pseudonym)
    return {called: min(who) if len(who) == 1 else ANYBODY for called, who in found.items()}


def _people(transcripts: Sequence[Transcript]) -> set[tuple[str, str]]:
    return {(turn.role, turn.speaker) for t in transcripts for turn in t.turns if turn.speaker}


def _owners(transcripts: Sequence[Transcript]) -> dict[tuple[str, str], set[str]]:
    """Return (role, id) to the labels that speak for it; without a participant id the label is the id."""
    owners: dict[tuple[str, str], set[str]] = {}
    for t in transcripts:
        for turn in t.turns:
            own = turn.participant_id or turn.speaker
            if own:
                owners.setdefault((turn.role, own), set()).update([turn.speaker] if turn.speaker else [])
    return owners


def _personal(own: str, labels: Iterable[str], known: Iterable[str]) -> bool:
    return names_someone(own, known) or any(is_personal(label) for label in labels)


def _row_names_of(rows: Sequence[Row], own: str) -> list[str]:
    return row_names(row for row in rows if row.get("participant_id") == own)


def _bearers(
    shown: Mapping[tuple[str, str], str], wanted: Mapping[tuple[str, str], set[str]], rows: Sequence[Row]
) -> dict[str, frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for (role, own), pseudonym in shown.items():
        said = [label for label in wanted[role, own] if is_personal(label)]
        for part in name_parts([*said, *_row_names_of(rows, own), *([own] if names_someone(own) else [])]):
            parts.setdefault(part, set()).add(pseudonym)
    return {part: frozenset(who) for part, who in parts.items()}


def _files(
    transcripts: Sequence[Transcript], sources: Iterable[str], known: Iterable[str], key: Pseudonymiser,
    personal: Collection[str],
) -> dict[str, str]:  # fmt: skip
    ids = {
        t.transcript_id
        for t in transcripts
        if any(names_someone(own, known) or own in personal for own in (t.transcript_id, t.source))
    }
    unread = set(sources) - {t.source for t in transcripts}
    lost = {source for source in unread if _suffix(source) or names_someone(source, known)}  # a folder may be a word
    given = key.assign("transcript", ids | lost)
    files = dict(given)
    for t in transcripts:
        if t.transcript_id in ids:
            files.setdefault(t.source, given[t.transcript_id] + _suffix(t.source))
    return {own: p + (_suffix(own) if own in lost else "") for own, p in files.items()}


def _suffix(source: str) -> str:
    match = re.search(r"\.[A-Za-z0-9]{1,5}\Z", source)
    return match[0] if match else ""
