"""Reads the labelled sets of ``../shared/data`` into rows for the tagger; in: files, out: lists of `Row`.

A row is one sentence with its context and whatever labels its source gives; a head whose target is None learns nothing
from that row, so sets with different labels share one batch stream.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from tagger_ours import TALKS, read_invented, read_others, read_ours, read_unseen
from tokenizers import Tokenizer

from jtbd_nlp.records import EMOTIONS, FORCES, SPANS

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
TAGS = ("struggle", "desire", "situation", "outcome", "solution", "emotion", "motivation")
KINDS = ("none", *EMOTIONS)
PUSHES = ("none", *FORCES)
N_GOEMOTIONS = 28
HELD_OUT = 6  # every sixth sentence of needs is for a test
# ten made-up interviews that logistic step and thresholds are fitted on; `tagger_go_on.py` leaves them out
FOR_STEP = re.compile(r"[wn]\w+_12|x\w+_5")
MAX_SENTENCE = 128  # tokens of the sentence itself in training
MAX_CONTEXT = 16  # tokens of context, kept from its right end


@dataclass(slots=True)
class Row:
    """One sentence with targets; ``targets`` maps a head's name to an array, absent heads are not trained by it.

    A tag that is NaN is not learned from. ``soft`` holds a teacher's opinion instead: logits of tags, kind and force in
    a row, and of each own token.
    """

    text: str
    context: str = ""
    group: str = ""
    source: str = ""
    targets: dict[str, np.ndarray] = field(default_factory=dict)
    spans: dict[str, tuple[int, int] | None] | None = None
    soft: tuple[np.ndarray, np.ndarray] | None = None
    ids: list[int] = field(default_factory=list)
    n_own: int = 0  # tokens 1..n_own are the sentence's own
    offsets: list[tuple[int, int]] = field(default_factory=list)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf8") as stream:
        yield from map(json.loads, stream)


def read_tags(name: str) -> list[Row]:
    """Return the labelled sentences of a set: ``tags/<name>.jsonl``, or one of ours, ``talks`` or what was read."""
    ours = {"read": read_ours, "invented": read_invented, "others": _others, "talk_test": read_unseen}
    if name in ours:
        return [row_of(item, name) for item in ours[name]()]
    folder = TALKS.parent if name == "talks" else SHARED / "tags"
    return [row_of(item, f"tags_{name}") for item in _lines(folder / f"{name}.jsonl")]


def row_of(item: dict[str, Any], source: str) -> Row:
    """Return the row of a labelled sentence; what is None of its feeling or force is not to be learned from."""
    spans = {s: tuple(item[s]) if item[s] else None for s in SPANS}
    flags = [item["struggle"], item["desire"], *(spans[s] is not None for s in ("situation", "outcome", "solution"))]
    felt = item["emotion"] and item["emotion"] != "none"
    flags += [np.nan if felt is None else felt, spans["motivation"] is not None]
    targets = {"tags": np.array(flags, np.float32)}
    if item["emotion"]:
        targets["kind"] = np.array(KINDS.index(item["emotion"]))
    if item["force"]:
        targets["force"] = np.array(PUSHES.index(item["force"]))
    context = (item.get("question", "") + " " + item.get("before", "")).strip()
    return Row(item["text"], context, item["transcript_id"], source, targets, spans)


def read_goemotions(name: str) -> list[Row]:
    """Return the rows of one GoEmotions file, 28 labels each."""
    rows = []
    for line in (SHARED / "emotion" / f"goemotions_{name}.tsv").read_text(encoding="utf8").splitlines():
        text, labels, _ = line.split("\t")
        target = np.zeros(N_GOEMOTIONS, np.float32)
        target[[int(i) for i in labels.split(",")]] = 1
        rows.append(Row(text, source="goemotions", targets={"goemotions": target}))
    return rows


def read_needs() -> list[Row]:
    """Return the review sentences that state a customer need or not."""
    with (SHARED / "needs" / "needs_train.csv").open(encoding="utf8", newline="") as stream:
        return [
            Row(
                r["sentence"],
                group=r["category"],
                source="needs",
                targets={"need": np.array([float(r["label"])], np.float32)},
            )
            for r in csv.DictReader(stream)
        ]


def read_reviews() -> list[Row]:
    """Return the texts of app reviews."""
    return [Row(r["text"], source="reviews") for r in _lines(SHARED / "needs" / "app_reviews_en.jsonl")]


def read_stressors() -> list[Row]:
    """Return the texts of everyday stressors."""
    return [Row(r["text"], source="stressors") for r in _lines(SHARED / "needs" / "stressors.jsonl")]


def _others() -> list[dict[str, Any]]:
    return read_others([r.text for r in read_reviews()], [r.text for r in (*read_needs(), *read_stressors())])


def read_silver(texts: Path, opinions: Path) -> list[Row]:
    """Return the texts that a teacher labelled, with its logits; see tagger_teacher.py."""
    with np.load(opinions, allow_pickle=False) as data:
        ends = np.cumsum(data["n_tokens"])
        tokens = np.split(data["tokens"].astype(np.float32), ends[:-1])
        sentence = data["sentence"].astype(np.float32)
    return [
        Row(item["text"], item["context"], source="silver", soft=(sentence[i], tokens[i]))
        for i, item in enumerate(_lines(texts))
    ]


def encode(
    rows: list[Row], tokenizer: Tokenizer, *, max_own: int = MAX_SENTENCE, max_context: int = MAX_CONTEXT,
    enough: int = 10_000,
) -> list[Row]:  # fmt: skip
    """Fill in ``ids``, ``n_own`` and ``offsets``: [CLS] sentence [SEP] context [SEP].

    The context is cut to what makes ``enough`` tokens with the sentence; the shipped tagger reads it so.
    """
    own = tokenizer.encode_batch([r.text for r in rows], add_special_tokens=False)
    context = tokenizer.encode_batch([r.context for r in rows], add_special_tokens=False)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    for row, mine, before in zip(rows, own, context, strict=True):
        a = mine.ids[:max_own]
        room = min(max_context, max(0, enough - len(a)))
        b = before.ids[-room:] if room else []
        row.ids = [cls, *a, sep, *b, *([sep] if b else [])]
        row.n_own, row.offsets = len(a), mine.offsets[:max_own]
    return rows


NAMED = re.compile(
    r"(?:the |an )?(?:ai|llms?|chat ?gpt|ai (?:tools?|models?|assistants?)|claude|gemini|copilot|the model)",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\b(?:the|an?|this|that|my|our|some|any)\s+$", re.IGNORECASE)
TOOLS = (
    "a spreadsheet", "a notebook", "my calendar", "a whiteboard", "sticky notes", "Excel", "Google Docs", "Trello",
    "Slack", "email", "a paper form", "a checklist", "an app", "WhatsApp", "a timer", "flash cards", "a consultant",
    "my neighbour", "a colleague", "the old system", "a shared folder", "pen and paper", "a template", "YouTube",
    "Photoshop", "a phone call", "the CRM", "a map", "a calculator", "a voice recorder", "the intranet", "a diary",
    "Jira", "a text file", "a label printer", "our accountant",
)  # fmt: skip


def other_tool(row: Row, rng: random.Random) -> Row:
    """Put another tool in the place of the named AI of a row, so that the tagger does not learn one product's name."""
    span = (row.spans or {}).get("solution")
    if not span or not NAMED.fullmatch(row.text[slice(*span)]) or ARTICLE.search(row.text[: span[0]]):
        return row
    start, end = span
    tool = rng.choice(TOOLS)
    shift = len(tool) - (end - start)
    text = row.text[:start] + (tool[0].upper() + tool[1:] if start == 0 else tool) + row.text[end:]
    spans = {
        slot: place and (place[0] + shift * (place[0] >= end), place[1] + shift * (place[1] >= end))
        for slot, place in (row.spans or {}).items()
    }
    return replace(row, text=text, spans=spans)


def token_span(row: Row, slot: str) -> tuple[int, int] | None:
    """Return the span of a slot in tokens, first and last inclusive (counted from the sentence's first), or None."""
    span = row.spans and row.spans[slot]
    if not span:
        return None
    inside = [i for i, (a, b) in enumerate(row.offsets) if a < span[1] and b > span[0]]
    return (inside[0], inside[-1]) if inside else None
