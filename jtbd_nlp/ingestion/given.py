"""What a caller gives as a source in, its paths and ready transcripts out; what can be no source is refused."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import InvalidParameterError
from ..records import Transcript
from .formats.frames import is_frame


def split_source(source: Any) -> tuple[list[Path], list[Transcript]]:
    """Sort a source into paths and ready transcripts; a frame is neither.

    Raises
    ------
    InvalidParameterError
        If it is of another kind, or a path that no file can have.
    """
    if isinstance(source, Transcript):
        return [], [source]
    if is_frame(source):
        return [], []
    if isinstance(source, (str, Path)):
        return [_path(source)], []
    if isinstance(source, Iterable) and not isinstance(source, (bytes, dict)):
        items = list(source)
        paths = [_path(item) for item in items if isinstance(item, (str, Path))]
        ready = [item for item in items if isinstance(item, Transcript)]
        if len(paths) + len(ready) == len(items):
            return list(dict.fromkeys(paths)), ready
        kinds = {type(item).__name__ for item in items if not isinstance(item, (str, Path, Transcript))}
        got = f"a {type(source).__name__} with items of type {', '.join(sorted(kinds))}"
    else:
        got = type(source).__name__
    raise InvalidParameterError(
        f"source must be a path, a list of paths, a DataFrame or transcripts, got {got}. "
        "Give the folder of transcripts, say."
    )


def _path(given: str | Path) -> Path:
    """Return a path; what no path can be (the words of an interview, or nothing) is refused, not taken for ``.``."""
    path = Path(given)
    try:
        path.stat()
        possible = True
    except ValueError:  # a zero byte
        possible = False
    except OSError as error:
        possible = error.errno != errno.ENAMETOOLONG
    if not possible or not str(given).strip():
        raise InvalidParameterError(
            f"source must be the path of a file or folder, got {str(given)[:40]!r}. "
            "Save words to a file first; for the current folder give '.'."
        )
    return path
