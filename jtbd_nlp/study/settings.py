"""Writes and reads ``study.toml``: the settings of `jtbd_nlp.config` as a file that explains itself."""

from __future__ import annotations

import dataclasses
import inspect
import re
import tomllib
from pathlib import Path
from typing import Any, get_type_hints

from ..config import FORMAT, Config
from ..errors import InvalidParameterError, StudyError

_COMMENT = re.compile(r"^ {4}(\w+):[^#\n]*=[^#\n]*(?:\(\n[^#\n]*)?# (.+)$", re.MULTILINE)
_HEAD = f"""# Settings of this study. A line that begins with # is a default: take the # away to change it.
# `jtbd-nlp mine` reads this file; a key that it does not know is refused.
format = {FORMAT}
"""
_TITLE = '# title = ""  # of the report page; empty: Jobs to be done\n'
_MOST_TITLE = 200  # characters


def default_settings(title: str = "") -> str:
    """Return the text of a new study.toml: every setting, with what it does and its default, commented out."""
    defaults = Config()
    blocks = [_HEAD, f"title = {_toml(_checked_title(title, 'title'))}\n" if title else _TITLE]
    for section, kind in get_type_hints(Config).items():
        doc = (kind.__doc__ or "").strip().splitlines()[0]
        lines = [f"\n[{section}]  # {doc}"]
        says = dict(_COMMENT.findall(_source(kind)))
        for entry in dataclasses.fields(kind):
            value = _toml(getattr(getattr(defaults, section), entry.name))
            comment = f"  # {says[entry.name]}" if entry.name in says else ""
            lines.append(f"# {entry.name} = {value}{comment}")
        blocks.append("\n".join(lines) + "\n")
    return "".join(blocks)


def read_settings(file: Path) -> Config:
    """Read study.toml.

    Parameters
    ----------
    file : Path
        The file.

    Returns
    -------
    Config
        Settings that the file does not name have their defaults.

    Raises
    ------
    StudyError
        If it cannot be read, is no TOML, or was made by a newer version.
    InvalidParameterError
        If a section or a key is unknown (the message says which one is near), or a value is of the wrong type.
    """
    data = _read(file)
    _checked_title(data.pop("title", ""), f"{file}: title")
    version = data.pop("format", FORMAT)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InvalidParameterError(f"{file}: format must be a whole number from 1, got {version!r}. Write {FORMAT}.")
    if version > FORMAT:
        raise StudyError(
            f"{file}: format must be {FORMAT} or less, got {version}. The study was made by a newer jtbd_nlp: "
            "update this one; nothing was changed."
        )
    return Config.from_dict(data, origin=str(file))


def read_title(file: Path) -> str:
    """Return the title of the report page that study.toml gives; empty where it gives none. Raises as `read_settings`."""
    return _checked_title(_read(file).get("title", ""), f"{file}: title")


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise StudyError(f"{file} must be a TOML file in UTF-8, got: {error}. Mend that line.") from error


def _checked_title(value: Any, what: str) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TITLE or not value.isprintable():
        raise InvalidParameterError(
            f"{what} must be one line of up to {_MOST_TITLE} characters, got {value!r:.60}. Write a short one, in quotes."
        )
    return value.strip()


def _source(kind: type[Any]) -> str:
    try:
        return inspect.getsource(kind)
    except (OSError, TypeError):
        return ""  # no source beside the bytecode: the file is written without its comments


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)
