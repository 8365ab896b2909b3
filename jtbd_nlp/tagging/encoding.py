"""Turns a sentence and its context into the model's input: [CLS] sentence [SEP] context [SEP]; long ones in windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAX_CONTEXT = 16  # tokens, kept from the right end: what was said last matters most
ENOUGH = 24  # tokens that own words and context fill together: a sentence as long as that speaks for itself
WINDOW = 128  # own tokens of one input
STEP = 96  # from window to window, so that every phrase of 32 tokens stands whole in one
MAX_CHARS = 100_000  # of one sentence given to the tokenizer; a context is cut to its last 400


@dataclass(frozen=True, slots=True)
class Encoded:
    """One input of the model: token ids, 0 for own tokens and 1 for context, and where each own token stands."""

    ids: list[int]
    type_ids: list[int]
    offsets: list[tuple[int, int]]


def encode_pairs(tokenizer: Any, sentences: Sequence[str], contexts: Sequence[str]) -> list[list[Encoded]]:
    """Encode sentences with their contexts.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        Word-piece tokenizer without truncation.
    sentences, contexts : sequence of str
        The same number of each; a context may be empty.

    Returns
    -------
    list of list of Encoded
        For each sentence its windows, at least one; only the first carries the context. Offsets are characters of the
        sentence.
    """
    own = tokenizer.encode_batch([s[:MAX_CHARS] for s in sentences], add_special_tokens=False)
    before = tokenizer.encode_batch([c[-400:] for c in contexts], add_special_tokens=False)
    marks = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    return [_windows(a, _last(b.ids, ENOUGH - len(a.ids)), marks) for a, b in zip(own, before, strict=True)]


def _last(ids: list[int], room: int) -> list[int]:
    """Return the last tokens of a context that there is room for."""
    n = min(max(room, 0), MAX_CONTEXT)
    return list(ids[-n:]) if n else []


def _windows(own: Any, before: list[int], marks: tuple[int, int]) -> list[Encoded]:
    ids, offsets = list(own.ids), list(own.offsets)
    cls, sep = marks
    windows = []
    for start in range(0, max(1, len(ids) - WINDOW + STEP), STEP):
        mine = ids[start : start + WINDOW]
        tail = [*before, sep] if before and start == 0 else []
        windows.append(
            Encoded([cls, *mine, sep, *tail], [0] * (len(mine) + 2) + [1] * len(tail), offsets[start : start + WINDOW])
        )
    return windows
