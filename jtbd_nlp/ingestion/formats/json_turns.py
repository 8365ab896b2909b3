"""Reads JSON that lists turns, whatever the keys are called, and JSON lines with a transcript or a turn a line.

In: a JSON value, or lines. Out: `RawTranscript`s. A list counts if most of its items have a text and it is the longest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...errors import IngestionError
from ..turns.raw import RawTranscript, RawTurn
from ..turns.times import number
from .cells import cell_text
from .json_tools import as_text, dicts, dig, first_of, load_json, speaker_name

TEXT = (
    "text",
    "transcript",
    "content",
    "sentence",
    "utterance",
    "body",
    "message",
    "words",
    "value",
    "caption",
    "display",
)
SPEAKER = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_label",
    "name",
    "role",
    "author",
    "user",
    "from",
    "participant",
)
START = ("start_s", "start", "start_time", "startTime", "begin", "timestamp", "time", "ts")
END = ("end_s", "end", "end_time", "endTime", "end_ts")
IDS = ("transcript_id", "interview_id", "id", "name", "title", "filename", "file")
LISTS = (
    "turns",
    "utterances",
    "segments",
    "sentences",
    "messages",
    "transcript",
    "entries",
    "dialogue",
    "conversation",
)
_MAX_KEYS = 1_000  # an object with more keys is a dictionary of something else


def read_turn_list(data: Any) -> RawTranscript:
    """Read a JSON value that holds a list of turns somewhere near its top.

    Raises
    ------
    IngestionError
        If none is found; the message names the top-level keys.
    """
    items = _turn_items(data)
    if not items:
        keys = ", ".join(sorted(map(str, data))[:12]) if isinstance(data, Mapping) else f"a {type(data).__name__}"
        raise IngestionError(
            f"is JSON of an unknown dialect (top level: {keys[:200]}). "
            'Convert it to {"turns": [{"speaker": ..., "text": ...}]} or to plain text.'
        )
    metadata = {
        str(key)[:60]: str(value)[:500]
        for key, value in (data.items() if isinstance(data, Mapping) else ())
        if isinstance(value, (str, int, float)) and not str(value).startswith("http") and key not in ("text", *LISTS)
    }
    return RawTranscript(turns=tuple(_turn(item) for item in items), format="json", metadata=metadata)


def _turn_items(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, list):
        items = dicts(data)
        return items if sum(_has_text(item) for item in items) > 0.5 * len(items) else []
    if not isinstance(data, Mapping):
        return []
    found = [_turn_items(data.get(key)) for key in LISTS]
    if not any(found):
        values = [value for _, value in sorted(data.items())[:_MAX_KEYS]]
        found = [_turn_items(value) for value in values if isinstance(value, list)]
        found += [_turn_items(value.get(key)) for value in values if isinstance(value, Mapping) for key in LISTS]
    return max(found, key=len, default=[])


def _has_text(item: Mapping[str, Any]) -> bool:
    return bool(as_text(first_of(item, TEXT)).strip())


def _turn(item: Mapping[str, Any]) -> RawTurn:
    return RawTurn(
        speaker=speaker_name(first_of(item, SPEAKER)),
        text=as_text(first_of(item, TEXT)),
        start_s=number(first_of(item, START)),
        end_s=number(first_of(item, END)),
    )


def read_json_lines(lines: Iterable[str]) -> Iterator[RawTranscript]:
    """Yield one transcript per line that holds turns; lines that each hold one turn become one transcript together.

    Raises
    ------
    IngestionError
        If no line can be used. A broken line among good ones is a warning of the transcript after it, by line number.
    """
    loose: list[RawTurn] = []
    faults: list[str] = []
    yielded = False
    for index, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = load_json(line)
        except IngestionError:
            faults.append(f"line {index} is no JSON and was left out")
            continue
        items = next((dig(data, key) for key in LISTS if isinstance(dig(data, key), list)), None)
        if items is not None:
            name = first_of(data, IDS)
            own = cell_text(name) if isinstance(name, (str, int, float)) else ""
            yield replace(read_turn_row(data, own or f"line {index}"), warnings=tuple(_few(faults)))
            yielded, faults = True, []
        elif isinstance(data, Mapping) and _has_text(data):
            loose.append(_turn(data))
        else:
            faults.append(f"line {index} holds neither turns nor a text and was left out")
    if loose or (faults and yielded):
        yield RawTranscript(
            turns=tuple(loose), format="jsonl", warnings=tuple(_few(faults)), name=None if loose else "its last lines"
        )
    elif not yielded:
        raise IngestionError("holds no transcript: each line must be a JSON object with turns or a text.")


def _few(faults: list[str]) -> list[str]:
    return faults if len(faults) <= 5 else [*faults[:5], f"{len(faults) - 5} more lines were left out"]


def read_turn_row(data: Mapping[str, Any], name: str) -> RawTranscript:
    """Read one object with a list of turns, which has its name from its ids or its place."""
    items = next(dicts(data[key]) for key in LISTS if isinstance(data.get(key), list))
    kept = {str(k)[:60]: str(v)[:500] for k, v in data.items() if isinstance(v, (str, int, float)) and k not in IDS}
    return RawTranscript(turns=tuple(_turn(item) for item in items), format="jsonl", metadata=kept, name=name[:200])
