"""Gives people pseudonyms that last for a study: P1, P2 ... for participants, I1 ... for interviewers, T1 for files.

The key file holds who is who. It is kept apart from the report, for its owner alone, and turns pseudonyms back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from ...errors import StudyError
from .private_files import read_private, write_private

FORMAT = 1
_NOTE = "Who is who. Keep this file apart from the report; whoever has both knows the people."
_PSEUDONYM = re.compile(r"([A-Z])([1-9]\d{0,8})")
_SHOWN = re.compile(r"(?<![\w-])([PIOS][1-9]\d{0,8})(?![\w-])")
LETTERS = {"participant": "P", "interviewer": "I", "observer": "O", "unknown": "S", "transcript": "T"}


class Pseudonymiser:
    """Pseudonyms of one study.

    New people are numbered in the order of their sorted ids; those who have a pseudonym keep it, so that a study can
    grow. An id that looks like a pseudonym already ("P4") stays itself.

    Parameters
    ----------
    key_file : Path or str or None, default=None
        JSON file; read where it is there. None: pseudonyms last as long as the object.

    Raises
    ------
    StudyError
        If the file is there and cannot be used.
    """

    def __init__(self, key_file: Path | str | None = None) -> None:
        self.key_file = None if key_file is None else Path(key_file)
        self._by_id: dict[tuple[str, str], str] = {}
        self._names: dict[str, set[str]] = {}
        self._written = read_private(self.key_file) if self.key_file else None
        if self._written is not None:
            self._load(self._written)

    def assign(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """Return id to pseudonym; ids that are new get the next numbers in sorted order.

        Parameters
        ----------
        kind : str
            One of participant, interviewer, observer, unknown, transcript.
        ids : Iterable[str]
            Such as ``participant_id``; repeats do no harm.
        """
        letter = LETTERS[kind]
        wanted = sorted(set(ids))
        for own in wanted:
            if (letter, own) not in self._by_id and _is(own, letter) and own not in self._by_id.values():
                self._by_id[letter, own] = own
        new = [i for i in wanted if (letter, i) not in self._by_id]
        numbers = [int(p[1:]) for (initial, _), p in self._by_id.items() if initial == letter]
        start = max(numbers, default=0) + 1
        for number, own in enumerate(new, start):
            self._by_id[letter, own] = f"{letter}{number}"
        return {i: self._by_id[letter, i] for i in wanted}

    def remember(self, pseudonym: str, names: Iterable[str]) -> None:
        """Keep the names by which a person is called, for the key file."""
        self._names.setdefault(pseudonym, set()).update(name for name in names if name)

    def who(self, pseudonym: str) -> str:
        """Return the id behind a pseudonym.

        Raises
        ------
        StudyError
            If nobody has that pseudonym.
        """
        found = next((own for (_, own), p in self._by_id.items() if p == pseudonym), None)
        if found is None:
            raise StudyError(
                f"pseudonym must be one of the key file's, got {pseudonym!r}. Is it the key of this study?"
            )
        return found

    def reveal(self, text: str) -> str:
        """Return a text of the report with the pseudonyms of people turned back into their ids."""
        known = {p: own for (_, own), p in self._by_id.items()}
        bare = re.sub(r"\[([PIOS][1-9]\d{0,8})\]", lambda m: known.get(m[1], m[0]), text)
        return _SHOWN.sub(lambda m: known.get(m[1], m[0]), bare)

    def save(self) -> None:
        """Write the key file where it changed: atomically, readable for its owner alone."""
        text = self.to_json()
        if self.key_file is not None and text != self._written:
            write_private(self.key_file, text)
            self._written = text

    def to_json(self) -> str:
        """Return the content of the key file."""
        people = {
            pseudonym: {"id": own, "names": sorted(self._names.get(pseudonym, ()))}
            for (_, own), pseudonym in sorted(self._by_id.items(), key=lambda kv: (kv[1][0], int(kv[1][1:])))
        }
        return (
            json.dumps({"schema_version": FORMAT, "note": _NOTE, "pseudonyms": people}, ensure_ascii=False, indent=1)
            + "\n"
        )

    def _load(self, text: str) -> None:
        try:
            data = json.loads(text)
            version, people = data["schema_version"], data["pseudonyms"]
            if not isinstance(version, int) or version > FORMAT:
                raise ValueError(f"schema_version {version!r}")
            for pseudonym, entry in people.items():
                if not _PSEUDONYM.fullmatch(pseudonym) or not isinstance(entry["id"], str):
                    raise ValueError(f"entry {pseudonym!r}")
                self._by_id[pseudonym[0], entry["id"]] = pseudonym
                self._names[pseudonym] = {str(name) for name in entry.get("names", ())}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise StudyError(
                f"{self.key_file} must be the key file that jtbd_nlp wrote, got {error!r:.120}. "
                "Restore it from a copy; deleting it gives people new pseudonyms."
            ) from error


def _is(own: str, letter: str) -> bool:
    match = _PSEUDONYM.fullmatch(own)
    return match is not None and match[1] == letter
