"""Turns records into plain JSON values and back, from their type hints alone; wrong types are refused by path."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..errors import StudyError

Decode = Callable[[Any, str], Any]
_DIGITS = 4
_LEAVES = frozenset({str, int, float, bool, types.NoneType})
_ALREADY = _LEAVES - {float}


def to_plain(value: Any) -> Any:
    """Return records, mappings, sets and tuples as dicts and lists; floats rounded to 4 digits, sets sorted."""
    kind: Any = type(value)
    if kind in _ALREADY:  # most values by far
        return value
    if kind is tuple or kind is list:
        return [to_plain(v) for v in value]
    names = _field_names(kind)
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(k): to_plain(value[k]) for k in sorted(value, key=str)}
    if isinstance(value, Set):
        return sorted(to_plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [to_plain(v) for v in value]
    if isinstance(value, (str, bool, int)):
        return value
    return _round(float(value))


@cache
def _field_names(kind: Any) -> tuple[str, ...] | None:
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


def _round(value: float) -> float | None:
    finite = value == value and abs(value) != float("inf")  # JSON has no NaN
    return (round(value, _DIGITS) + 0.0) if finite else None


def dumps(value: Any, *, indent: int | None = 1) -> str:
    """Return JSON text in the order of the keys, ending with a line feed; plain letters stay as they are."""
    if indent is None:
        return _encoder((",", ":")).encode(value) + "\n"
    return "".join(chunks(value, indent=indent))


def chunks(value: Any, *, indent: int = 1) -> Iterator[str]:
    """Yield the text of `dumps` in pieces, so that a large value is never held whole as text.

    The layout is that of ``json.dumps`` with the same indent. Python's own encoder is fast without indents only; so it
    is given each object or list that holds no other, with the indent as part of the separator. An iterator is
    written as a list, item by item.
    """
    yield from _laid_out(value, indent, 1)
    yield "\n"


def _laid_out(value: Any, indent: int, depth: int) -> Iterator[str]:
    inner = "\n" + " " * (indent * depth)
    outer = inner[: len(inner) - indent]
    if isinstance(value, Iterator):
        yield from _rows(value, indent, depth)
    elif not isinstance(value, (dict, list, tuple)) or not value:
        yield _encoder((",", ": ")).encode(value)
    elif _is_flat(value):
        text = _encoder(("," + inner, ": ")).encode(value)
        yield f"{text[0]}{inner}{text[1:-1]}{outer}{text[-1]}"
    elif isinstance(value, dict):
        start = "{" + inner
        for key, item in value.items():
            yield f"{start}{_key(key)}: "
            yield from _laid_out(item, indent, depth + 1)
            start = "," + inner
        yield outer + "}"
    else:
        yield from _rows(value, indent, depth)


def _rows(items: Iterable[Any], indent: int, depth: int) -> Iterator[str]:
    inner = "\n" + " " * (indent * depth)
    start = "[" + inner
    for item in items:
        yield start
        yield from _laid_out(item, indent, depth + 1)
        start = "," + inner
    yield "[]" if start[0] == "[" else inner[: len(inner) - indent] + "]"


def _is_flat(value: Any) -> bool:
    return all(type(item) in _LEAVES for item in (value.values() if isinstance(value, dict) else value))


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys must be texts, got {key!r}. Pass the value through to_plain first.")
    return _encoder((",", ": ")).encode(key)


@cache
def _encoder(separators: tuple[str, str]) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=separators)


def from_plain(hint: Any, value: Any, where: str) -> Any:
    """Build a record, or a collection of them, from plain values.

    Parameters
    ----------
    hint : Any
        Type hint of the result, such as ``tuple[Job, ...]``.
    value : Any
        What `to_plain` gave; keys that the record does not have are passed over.
    where : str
        Named in errors, such as ``"report.json: jobs"``.

    Returns
    -------
    Any
        A value of that type.

    Raises
    ------
    StudyError
        If a key is missing or a value has the wrong type.
    """
    return _decoder(hint)(value, where)


@cache
def _decoder(hint: Any) -> Decode:
    origin, args = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    if origin in (Union, types.UnionType):
        return _optional(next(a for a in args if a is not types.NoneType))
    if origin is Literal:
        return _one_of(args)
    if origin is tuple:
        return _list(args[0]) if args[-1] is Ellipsis else _fixed(args)
    if origin is frozenset:
        return _frozen(args[0])
    if origin in (dict, Mapping):
        return _mapping(args[1])
    return _scalar(hint)


def _wrong(where: str, rule: str, value: Any) -> StudyError:
    got = repr(value)
    return StudyError(f"{where} must be {rule}, got {got[:80]}. Save the report again, or mend the file.")


def _record(cls: type[Any]) -> Decode:
    hints = get_type_hints(cls)
    required = {
        f.name
        for f in dataclasses.fields(cls)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    names = [f.name for f in dataclasses.fields(cls)]

    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(where, "an object", value)
        missing = required - value.keys()
        if missing:
            raise _wrong(where, f"an object with {', '.join(sorted(missing))}", sorted(value))
        return cls(**{n: _decoder(hints[n])(value[n], f"{where}.{n}") for n in names if n in value})

    return decode


def _optional(inner: Any) -> Decode:
    def decode(value: Any, where: str) -> Any:
        return None if value is None else _decoder(inner)(value, where)

    return decode


def _one_of(options: tuple[Any, ...]) -> Decode:
    def decode(value: Any, where: str) -> Any:
        if value not in options:
            raise _wrong(where, "one of " + ", ".join(map(str, options)), value)
        return value

    return decode


def _items(value: Any, where: str) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise _wrong(where, "a list", value)
    return list(value)


def _list(inner: Any) -> Decode:
    def decode(value: Any, where: str) -> Any:
        item = _decoder(inner)
        return tuple(item(v, f"{where}[{i}]") for i, v in enumerate(_items(value, where)))

    return decode


def _fixed(inners: tuple[Any, ...]) -> Decode:
    def decode(value: Any, where: str) -> Any:
        items = _items(value, where)
        if len(items) != len(inners):
            raise _wrong(where, f"a list of {len(inners)}", value)
        return tuple(_decoder(h)(v, where) for h, v in zip(inners, items, strict=True))

    return decode


def _frozen(inner: Any) -> Decode:
    def decode(value: Any, where: str) -> Any:
        return frozenset(_decoder(inner)(v, where) for v in _items(value, where))

    return decode


def _mapping(inner: Any) -> Decode:
    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(where, "an object", value)
        item = _decoder(inner)
        return {k: item(v, f"{where}.{k}") for k, v in value.items()}

    return decode


def _scalar(hint: Any) -> Decode:
    def decode(value: Any, where: str) -> Any:
        if hint is Any:
            return value
        if hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
            raise _wrong(where, f"of type {hint.__name__}", value)
        return value

    return decode
