"""Looks at what a study is made of before a run: files with their hashes in, what came, changed and went since out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..models import sha256_of

UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputChanges:
    """Files of ``transcripts/`` since the last run, as paths with forward slashes; ``renamed`` holds (old, new)."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    same: int = 0

    def text(self) -> str:
        """Return one line: "2 added, 1 changed, 0 removed, 8 as before"."""
        counts = [f"{len(self.added)} added", f"{len(self.changed)} changed", f"{len(self.removed)} removed"]
        counts += [f"{len(self.renamed)} renamed"] if self.renamed else []
        return ", ".join([*counts, f"{self.same} as before"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a run depends on; equal inputs give equal results, so a run on them is not repeated."""

    files: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Return one hash of everything."""
        body = json.dumps([sorted(self.files.items()), sorted(self.others.items())], ensure_ascii=False)
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def grouping(self) -> str:
        """Return a hash of what decides how passages are grouped, transcripts and edits aside."""
        return hash_value([self.others.get(name, "") for name in ("config", "models", "participants", "version")])

    def changes_since(self, before: Mapping[str, str]) -> InputChanges:
        """Compare with the files of an earlier run: path to sha256."""
        added = sorted(self.files.keys() - before.keys())
        removed = sorted(before.keys() - self.files.keys())
        by_hash = {before[name]: name for name in reversed(removed) if before[name] != UNREADABLE}
        renamed = []
        for name in added:
            old = by_hash.pop(self.files[name], None)
            if old is not None:
                renamed.append((old, name))
        both = self.files.keys() & before.keys()
        return InputChanges(
            added=tuple(name for name in added if name not in {new for _, new in renamed}),
            changed=tuple(sorted(name for name in both if self.files[name] != before[name])),
            removed=tuple(name for name in removed if name not in {old for old, _ in renamed}),
            renamed=tuple(renamed),
            same=sum(self.files[name] == before[name] for name in both),
        )


def hash_files(folder: Path) -> dict[str, str]:
    """Return path to sha256 of every file below; hidden ones are left aside, links to folders not followed."""
    found = {}
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                file = Path(root, name)
                found[file.relative_to(folder).as_posix()] = _hash(file)
    return dict(sorted(found.items()))


def hash_value(value: Any) -> str:
    """Return the sha256 of plain values, whatever the order of their keys."""
    body = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _hash(file: Path) -> str:
    try:
        return sha256_of(file) if file.is_file() else UNREADABLE  # a pipe or a device would never end
    except OSError:
        return UNREADABLE
