"""Takes known personal data out of any other text of a report: warnings, settings, tables, what a person typed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from ...records import Quote, Segment, Transcript
from ..lexicon import fold, names
from ..names.cues import TOKEN

_MIN_SECRET = 3  # characters; shorter strings would be found in anything
_KEPT = (Quote, Segment, Transcript)  # cut from redacted text already, and bound to their offsets
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_ -]*\]")


class Scrubber:
    """Replaces secrets in texts and in everything that holds texts.

    Parameters
    ----------
    secrets : Mapping[str, str]
        Personal data as it was found, and what stands for it.
    parts : Mapping[str, str]
        Folded single names, and what stands for them; names that are ordinary words too are left out by themselves.
    """

    def __init__(self, secrets: Mapping[str, str], parts: Mapping[str, str]) -> None:
        usable = {s: shown for s, shown in secrets.items() if len(s) >= _MIN_SECRET and not _common(s)}
        self._shown = {_flat(s): shown for s, shown in sorted(usable.items())}
        ordered = sorted(self._shown, key=lambda s: (-len(s), s))
        spaced = (re.escape(s).replace(r"\ ", r"\s+") for s in ordered)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W_])", re.IGNORECASE) if ordered else None
        self._parts = {p: shown for p, shown in parts.items() if p not in names().words and len(p) >= _MIN_SECRET}

    def text(self, text: str) -> str:
        """Return a text without the secrets."""
        if self._pattern is not None:
            text = self._pattern.sub(lambda m: self._shown.get(_flat(m[0]), m[0]), text)
        return TOKEN.sub(self._part, text) if self._parts else text

    def _part(self, match: re.Match[str]) -> str:
        word = match[0]
        if (
            match.string[match.start() - 1 : match.start()] == "["
            and match.string[match.end() : match.end() + 1] == "]"
        ):
            return word
        bare = re.sub(r"['’]s\Z", "", word)
        shown = self._parts.get(fold(bare))
        return word if shown is None else shown + word[len(bare) :]

    def value(self, value: Any) -> Any:
        """Return records, mappings and lists with every text in them scrubbed; quotes, segments, transcripts stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, _KEPT) or value is None or isinstance(value, (bool, int, float)):
            return value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changes = {f.name: self.value(getattr(value, f.name)) for f in dataclasses.fields(value)}
            return dataclasses.replace(value, **changes)
        if isinstance(value, Mapping):
            return {self.value(k): self.value(v) for k, v in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return type(value)(self.value(v) for v in value)
        return value


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _common(secret: str) -> bool:
    """Say whether it is a name that cannot be told from an ordinary word ("Will") outside of its sentence."""
    return secret.isalpha() and fold(secret) in names().words
