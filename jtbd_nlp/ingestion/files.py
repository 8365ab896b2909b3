"""Lists the files of a source, in one order on every machine, and says which ones a rule leaves out.

In: files and folders. Out: `Found` files sorted by relative path, ignored files by rule, and warnings. Links to folders
are not followed, so that a loop cannot happen.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..records import Warn

_OUR_NAMES = "personal_data.csv participants.csv study.toml curation.toml jtbd.toml jtbd_nlp.toml config.toml thumbs.db desktop.ini"
_OURS = frozenset(_OUR_NAMES.split())
_DOCS = ("readme", "license", "licence", "changelog", "copying")
_OUTPUT_NAMES = """
    report.json report.html report.md report.xlsx jobs.csv quotes.csv tags.csv segments.csv forces.csv solutions.csv
    participants_out.csv wishes.csv unclustered.csv phrases.csv keys.json pseudonyms.json personal_data.csv
"""
_OUTPUTS = frozenset(_OUTPUT_NAMES.split())
_OUTPUT_FOLDERS = frozenset(("transcripts", "tables", "vectors", "cache", "__pycache__"))
_MAX_FILES = 2_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and its path relative to the source, with forward slashes, in NFC."""

    path: Path
    source: str


@dataclass(slots=True)
class Listing:
    """What was found under a source."""

    files: list[Found] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)


def list_files(sources: Sequence[Path]) -> Listing:
    """Return every file below the sources, sorted by relative path.

    Hidden files, the files of a study (participants.csv, study.toml, curation.toml), README and LICENSE, and the
    outputs of an earlier run (known by their report.json) are left out and listed as ignored.
    """
    listing = Listing()
    folders = [path for path in sources if path.is_dir()]
    single = [path for path in sources if not path.is_dir()]
    base = _base(single) if single else None
    for folder in folders:
        prefix = "" if len(sources) == 1 else f"{_shown(folder.resolve().name)}/"
        _walk(folder, prefix, listing)
    for path in single:
        listing.files.append(Found(path, _shown(os.path.relpath(path, base) if base else path.name)))
    listing.files.sort(key=lambda found: (found.source, os.fsencode(found.path)))
    return listing


def _base(paths: Sequence[Path]) -> str | None:
    try:
        return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])  # noqa: PTH100, PTH120
    except ValueError:
        return None


def _walk(root: Path, prefix: str, listing: Listing) -> None:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            listing.warnings.append(_unreadable(folder, root, error))
            continue
        ours = any(entry.name == "report.json" for entry in entries) and _is_report(folder / "report.json")
        for entry in entries:
            shown = prefix + _shown(os.path.relpath(entry.path, root))
            if _ignored(entry, ours):
                listing.ignored.append(shown)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
            elif _leads_to_folder(entry):
                message = f"{shown} is a link to a folder and was not followed. Give that folder itself."
                listing.warnings.append(Warn(code="refused", message=message, source=shown))
            else:
                listing.files.append(Found(Path(entry.path), shown))


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _ignored(entry: os.DirEntry[str], ours: bool) -> bool:
    name = entry.name.casefold()
    if name.startswith((".", "~$")) or name in _OURS or name == "_success" or name.split(".")[0] in _DOCS:
        return True
    return ours and (name in _OUTPUTS or name in _OUTPUT_FOLDERS)


def _is_report(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return b'"schema_version"' in stream.read(4096)
    except OSError:
        return False


def _unreadable(folder: Path, root: Path, error: OSError) -> Warn:
    shown = _shown(os.path.relpath(folder, root))
    return Warn(code="refused", message=f"{shown}: the folder cannot be read ({error.strerror})", source=shown)


def _shown(path: str) -> str:
    """Return a path as it is shown: forward slashes, NFC, and only characters that can be written out."""
    text = os.fsencode(path.replace(os.sep, "/")).decode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", "".join(c if c.isprintable() else "\ufffd" for c in text))


def transcript_ids(sources: Sequence[str]) -> list[str]:
    """Return one id per relative path: the stem, or as much of the path as tells it from all others.

    Examples
    --------
    >>> transcript_ids(["a/one.txt", "b/one.txt", "b/two.txt", "b/two.vtt"])
    ['a/one', 'b/one', 'b/two.txt', 'b/two.vtt']
    """
    ids = [_stem(source).rpartition("/")[2] for source in sources]
    for wider in (_stem, str):
        counts = Counter(name.casefold() for name in ids)
        ids = [
            wider(source) if counts[name.casefold()] > 1 else name for name, source in zip(ids, sources, strict=True)
        ]
    counts = Counter(name.casefold() for name in ids)
    seen: Counter[str] = Counter()
    for index, name in enumerate(ids):
        if counts[name.casefold()] > 1:
            seen[name.casefold()] += 1
            ids[index] = f"{name}#{seen[name.casefold()]}"
    return ids


def _stem(source: str) -> str:
    path = PurePosixPath(source)
    name = path.name
    for ending in (".gz", path.suffix):
        name = name.removesuffix(ending) if name.removesuffix(ending) else name
    name = name.removesuffix(".jsonl") or name
    parent = "" if str(path.parent) == "." else f"{path.parent}/"
    return parent + (name or path.name)
