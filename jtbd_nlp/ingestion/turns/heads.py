"""Reads what stands before the talk: a YAML head between ``---`` lines, or a block of ``Key: value`` lines.

In: text. Out: the metadata as text and the place where the talk begins. Values are bounded; YAML is read by the safe
loader, without aliases, so that no head can blow up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .labels import label_key

_MAX_HEAD = 64_000
_MAX_VALUE = 2_000
_MAX_NESTED = 200
_KEY_WORDS = """
    title date time participants participant attendees attendee interviewer interviewers interviewee interviewees
    moderator moderators researcher facilitator host duration location project recorded recording transcript file
    filename subject study language meeting topic company product role segment plan status session speakers speaker
    client customer respondent id version author created source url link notes organizer organiser observers
"""
_KEYS = frozenset(_KEY_WORDS.split())
_INTERVIEWERS = ("interviewer", "interviewers", "moderator", "moderators", "researcher", "facilitator", "host")
_PARTICIPANTS = ("participant", "participants", "interviewee", "interviewees", "respondent", "customer", "client")
_SPEAKERS = ("speakers", "attendees", "attendee", "speaker")
_LINE = re.compile(r"[*_]{0,2}([^\W\d_][^:\n]{0,40}?)[*_]{0,2}\s?:[*_]{0,2}[ \t]+(\S[^\n]{0,500})")


def read_head(text: str) -> tuple[dict[str, str], int, list[str]]:
    """Return metadata, the offset where the talk begins, and warnings."""
    start = len(text) - len(text.lstrip("\n \t\ufeff"))
    if text.startswith("---\n", start):
        return _yaml_head(text, start)
    metadata, end = _key_lines(text, start)
    return metadata, end, []


def _yaml_head(text: str, start: int) -> tuple[dict[str, str], int, list[str]]:
    match = re.compile(r"\n(?:---|\.\.\.)[ \t]{0,8}(?:\n|$)").search(text, start + 3, start + _MAX_HEAD)
    if match is None:
        return {}, start, []
    import yaml

    block = text[start + 4 : match.start() + 1]
    if block.count("[") + block.count("{") > _MAX_NESTED:  # the scanner takes quadratic time on deep nests
        return {}, match.end(), ["the YAML head nests too much and was left out"]
    try:
        if any(isinstance(token, (yaml.AliasToken, yaml.AnchorToken)) for token in yaml.scan(block, yaml.SafeLoader)):
            return {}, match.end(), ["the YAML head uses aliases and was left out"]
        data = yaml.safe_load(block)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:120]
        return {}, match.end(), [f"the YAML head cannot be read and was left out: {reason}"]
    if not isinstance(data, Mapping):
        return {}, start, []
    return {label_key(str(k))[:60]: _as_text(v) for k, v in data.items()}, match.end(), []


def _as_text(value: Any, depth: int = 0) -> str:
    if isinstance(value, (list, tuple, set, frozenset)) and depth < 3:
        return ", ".join(_as_text(v, depth + 1) for v in list(value)[:200])[:_MAX_VALUE]
    if isinstance(value, Mapping) and depth < 3:
        named = value.get("name")
        pairs = (
            [named]
            if isinstance(named, str)
            else [f"{k}: {_as_text(v, depth + 1)}" for k, v in list(value.items())[:50]]
        )
        return "; ".join(map(str, pairs))[:_MAX_VALUE]
    if isinstance(value, int) and value.bit_length() > 2_000:
        return "a huge number"
    return "" if value is None or isinstance(value, (list, Mapping)) else str(value)[:_MAX_VALUE]


def _key_lines(text: str, start: int) -> tuple[dict[str, str], int]:
    """Read the first block of lines if all but the first are ``Key: value`` and most keys are known ones."""
    stop = text.find("\n\n", start, start + _MAX_HEAD)
    if stop < 0:
        return {}, start
    lines = [line for line in text[start:stop].split("\n") if line.strip()]
    found = [(_LINE.fullmatch(line.strip().lstrip("#-* ")), line) for line in lines]
    pairs = [(label_key(m.group(1)), m.group(2).strip(" *_")) for m, _ in found if m]
    known = [pair for pair in pairs if pair[0] in _KEYS or pair[0].split()[0] in ("interview", "meeting", "recording")]
    # A sentence after the key is speech: "Interviewer: Thanks for coming in today, shall we start?"
    if not known or len(known) < len(lines) - 1 or any(_is_speech(value) for _, value in known):
        return {}, start
    metadata = {key: value[:_MAX_VALUE] for key, value in known}
    if not found[0][0]:
        metadata.setdefault("title", lines[0].strip(" #*_")[:_MAX_VALUE])
    only_roles = all(key in _INTERVIEWERS + _PARTICIPANTS + _SPEAKERS for key, _ in known)
    return ({}, start) if only_roles and len(known) < 2 else (metadata, stop)


def _is_speech(value: str) -> bool:
    return (
        len(value.split()) > 25
        or value.rstrip().endswith(("?", "!"))
        or re.search(r"[a-z]{3}\.\s+[A-Z]", value) is not None
    )


def named_people(metadata: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the names that a head gives: interviewers, participants, and speakers of unknown role."""
    found: list[tuple[str, ...]] = []
    for keys in (_INTERVIEWERS, _PARTICIPANTS, _SPEAKERS):
        names = [name for key in keys for name in re.split(r"[,;&\n]|\band\b", metadata.get(key, ""))]
        found.append(tuple(name.strip() for name in names if 0 < len(name.strip()) <= 60))
    return found[0], found[1], found[2]
