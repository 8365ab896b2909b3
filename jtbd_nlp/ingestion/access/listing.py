"""Lists the files of a source, in one order on every machine, and says which ones a rule leaves out.

In: files and folders. Out: `Found` files sorted by relative path, ignored files by rule, and warnings. Links to folders
are not followed, so that a loop cannot happen.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ...records import Warn

_OUR_NAMES = """
    pseudonyms.json personal_data.csv participants.csv participants.xlsx study.toml curation.toml jtbd.toml jtbd_nlp.toml config.toml
    thumbs.db desktop.ini
"""
_OURS = frozenset(_OUR_NAMES.split())
_DOCS = ("readme", "license", "licence", "changelog", "copying")
_PLAIN = frozenset([".ds_store", ".gitignore", *(doc + ending for doc in _DOCS for ending in ("", ".md", ".txt"))])
_OUTPUT_NAMES = """
    report.json report.html report.md report.xlsx jobs.csv quotes.csv tags.csv segments.csv forces.csv solutions.csv
    participants_out.csv wishes.csv unclustered.csv phrases.csv keys.json segments.jsonl transcripts.json
    settings.json changes.txt changes.json
"""
_OUTPUTS = frozenset(_OUTPUT_NAMES.split())
_OUTPUT_FOLDERS = frozenset(("transcripts", "tables", "vectors", "cache", "__pycache__"))
_PRIVATE = frozenset(("pseudonyms.json", "personal_data.csv", "settings.json"))  # of privacy.private_files
_REPORT, _PRIVATE_FILES = "a report", "the private files of a report"


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


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; it is none where it may not be looked at, of which pathlib makes an error."""
    return os.path.isdir(path)  # noqa: PTH112


def list_files(sources: Sequence[Path]) -> Listing:
    """Return every file below the sources, sorted by relative path; no two share one.

    Hidden files, the files of a study (participants.csv or .xlsx, study.toml, curation.toml), README and LICENSE are left out and
    listed as ignored; so are the outputs of an earlier run (known by their report.json) where a source itself holds
    them. A folder below a source that holds a report, or the private files of one, is left out whole and named.
    """
    listing = Listing()
    labels = _labels(sources)
    for path in sources:
        if is_folder(path):
            _walk(path, labels[path], listing)
        else:
            listing.files.append(Found(path, labels[path]))
    if len(sources) > 1:
        _once(listing)
    if len(sources) > 1 and len({found.source for found in listing.files}) < len(listing.files):
        base = _base([found.path.parent for found in listing.files])
        if base is not None:
            listing.files = [replace(f, source=_shown(os.path.relpath(f.path, base))) for f in listing.files]
    listing.files = _told_apart(sorted(listing.files, key=lambda found: (found.source, os.fsencode(found.path))))
    return listing


def _labels(sources: Sequence[Path]) -> dict[Path, str]:
    """Return what is shown before the paths below each folder, and the whole path of each single file.

    Folders are told by their own name, or by their path below what all have in common where two share that name.
    """
    folders = [path for path in sources if is_folder(path)]
    single = [path for path in sources if not is_folder(path)]
    names = Counter(folder.resolve().name.casefold() for folder in folders)
    common, base = _base(folders), _base([path.parent for path in single])
    labels: dict[Path, str] = {}
    for folder in folders:
        own = folder.resolve().name
        if names[own.casefold()] > 1 and common is not None:
            own = os.path.relpath(os.path.abspath(folder), common)  # noqa: PTH100
        labels[folder] = "" if len(sources) == 1 or own == "." else f"{_shown(own)}/"
    return labels | {p: _shown(os.path.relpath(p, base) if base is not None else p.name) for p in single}


def _base(folders: Sequence[Path]) -> str | None:
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders])  # noqa: PTH100
    except ValueError:  # none, or on two drives
        return None


def _once(listing: Listing) -> None:
    """Keep one entry of a file that two sources hold, a folder and one inside it; the same one in any order."""
    first: dict[str, Found] = {}
    for found in sorted(listing.files, key=lambda found: found.source):
        first.setdefault(os.path.abspath(found.path), found)  # noqa: PTH100
    listing.files = list(first.values())


def _told_apart(files: Sequence[Found]) -> list[Found]:
    """Give each file a path of its own: those whose names look the same when they are shown are numbered."""
    taken: set[str] = set()
    kept: list[Found] = []
    for found in files:
        path, number = PurePosixPath(found.source), 2
        source = found.source
        while source in taken:
            source, number = str(path.with_name(f"{path.stem}#{number}{path.suffix}")), number + 1
        taken.add(source)
        kept.append(replace(found, source=source))
    return kept


def _walk(root: Path, prefix: str, listing: Listing) -> None:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            listing.warnings.append(_unreadable(folder, root, error))
            continue
        ours = _is_output(folder, {entry.name for entry in entries})
        if ours and folder != root:
            listing.warnings.append(_earlier(prefix + _shown(os.path.relpath(folder, root)), ours))
            continue
        for entry in entries:
            shown = prefix + _shown(os.path.relpath(entry.path, root))
            if _ignored(entry, ours=ours == _REPORT):
                listing.ignored.append(shown)
            elif entry.is_dir(follow_symlinks=False):
                pending.append(Path(entry.path))
            elif _leads_to_folder(entry):
                message = f"{shown} is a link to a folder and was not followed. Give that folder itself."
                listing.warnings.append(Warn(code="refused", message=message, source=shown))
            else:
                listing.files.append(Found(Path(entry.path), shown))


def _is_output(folder: Path, names: Set[str]) -> str:
    """Return what of an earlier run a folder holds: its report, or what goes with it and is private; else nothing."""
    if "report.json" in names and _is_report(folder / "report.json"):
        return _REPORT
    named = folder.name == "private" or folder.name.endswith("-private")
    return _PRIVATE_FILES if named and not _PRIVATE.isdisjoint(names) else ""


def _earlier(shown: str, what: str) -> Warn:
    message = (
        f"{shown}: holds {what} of an earlier run, so nothing in it was read. "
        "Move it elsewhere, or what is to be read out of it."
    )
    return Warn(code="earlier_run", message=message, source=shown)


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _ignored(entry: os.DirEntry[str], *, ours: bool) -> bool:
    name = entry.name.casefold()
    if name.startswith((".", "~$")) or name in _OURS or name == "_success" or name.split(".")[0] in _DOCS:
        return True
    return ours and (name in _OUTPUTS or name in _OUTPUT_FOLDERS)


def is_named_by_rule(source: str) -> bool:
    """Tell whether a path is one of the names that are left out wherever they lie, and so says nothing of anybody."""
    name = source.casefold()
    return name in _OURS or name in _OUTPUTS or name in _OUTPUT_FOLDERS or name in _PLAIN


def _is_report(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError:
        return False
    return b'"schema_version"' in head and b'"jobs"' in head


def _unreadable(folder: Path, root: Path, error: OSError) -> Warn:
    shown = _shown(os.path.relpath(folder, root))
    message = f"{shown}: the folder cannot be read ({error.strerror}). Check its rights."
    return Warn(code="refused", message=message, source=shown)


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


def without_duplicates(listing: Listing, max_file_mb: int, warnings: list[Warn]) -> list[Found]:
    """Leave out files with the same bytes as one before them, by hash, and warn; only files of one size are compared."""
    sizes: dict[int, list[Found]] = defaultdict(list)
    for found in listing.files:
        try:
            size = os.stat(found.path).st_size  # noqa: PTH116
        except OSError:
            size = -1
        sizes[size].append(found)
    copies: set[str] = set()
    for size, group in sizes.items():
        if len(group) > 1 and 0 < size <= max_file_mb * 1_000_000:
            copies |= _copies(group, warnings)
    return [found for found in listing.files if found.source not in copies]


def _copies(group: Sequence[Found], warnings: list[Warn]) -> set[str]:
    first: dict[str, str] = {}
    copies: set[str] = set()
    for found in group:
        try:
            with found.path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            continue
        original = first.setdefault(digest, found.source)
        if original != found.source:
            copies.add(found.source)
            message = f"{found.source}: has the same bytes as {original} and was read once"
            warnings.append(Warn(code="duplicate", message=message, source=found.source))
    return copies
