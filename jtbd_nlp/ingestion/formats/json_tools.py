"""Loads JSON that nobody vouches for, and looks into it without ever failing on a wrong type."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import IngestionError

_MAX_DIGITS = 300


def load_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises
    ------
    IngestionError
        If it is no JSON, is cut short, or is nested too deeply; the message says where.
    """
    try:
        return json.loads(text.lstrip("\ufeff"), parse_int=_whole)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise IngestionError(
            f"is no complete JSON ({error.msg} at {where}). Export it again.", line=error.lineno
        ) from error
    except RecursionError as error:
        raise IngestionError("is JSON nested too deeply to be a transcript. Export it again.") from error
    except ValueError as error:
        raise IngestionError(f"is no usable JSON ({error}). Export it again.") from error


def _whole(digits: str) -> int | float:
    # A number of a million digits takes minutes to convert; no time or count needs one.
    return int(digits) if len(digits) <= _MAX_DIGITS else float("inf")


def dig(value: Any, *keys: str | int) -> Any:
    """Follow keys and indices; None as soon as one is missing."""
    for key in keys:
        if isinstance(key, str) and isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(key, int) and isinstance(value, list) and -len(value) <= key < len(value):
            value = value[key]
        else:
            return None
    return value


def dicts(value: Any) -> list[Mapping[str, Any]]:
    """Return the mappings in a list; empty if it is no list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def first_of(item: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Return the value of the first name that is there and not None."""
    return next((item[name] for name in names if item.get(name) is not None), None)


def as_text(value: Any) -> str:
    """Return a text as it is, anything else as nothing."""
    return value if isinstance(value, str) else ""


def speaker_name(value: Any) -> str | None:
    """Return the label of a speaker as a service gives it: 0 and "A" become "Speaker 0", "Speaker A"."""
    if isinstance(value, Mapping):
        value = first_of(value, ("name", "display_name", "label", "id", "participant_name"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or value is None or not isinstance(value, (int, str)):
        return None
    text = str(value).strip()[:200]
    if not text or text.casefold() in ("uu", "unknown", "none", "null"):
        return None
    return f"Speaker {text}" if len(text) == 1 or text.isdecimal() else text
