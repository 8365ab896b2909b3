"""Reads the graded clauses and pairs; the files have no words of interviews, only places and hashes; out: `Phrase`s.

``data/phrases.tsv`` names for each clause the cohort that it was mined with, the interview, the start of the sha256 of its sentence,
the characters of the sentence that it was cut from, the start of the sha256 of its words, and its grade. ``data/fits.tsv`` names a
goal and a circumstance or an outcome in the same way, and how well they go together. The words are made anew by the
drafter's rules; what today's rules word otherwise is left out, and counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tagger_ours import invented, mark_of, spoken, spoken_in

from jtbd_nlp.drafting.choosing.grading import clause_texts, fit_texts
from jtbd_nlp.drafting.finding.candidates import Candidate
from jtbd_nlp.drafting.frames.rules import frames_of
from jtbd_nlp.drafting.grammar.wording import Wording
from jtbd_nlp.drafting.slots.framed import word_frame
from jtbd_nlp.drafting.slots.gains import gained_clauses, gains_of
from jtbd_nlp.drafting.slots.situations import circumstances_of
from jtbd_nlp.drafting.slots.turned import turned_of
from jtbd_nlp.drafting.slots.worders import WORDERS
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Segment

DATA = Path(__file__).with_name("data")
UNSEEN = Path(__file__).resolve().parents[1] / "benchmarks" / "talk_clauses.tsv"
TALKS, PAIRS = UNSEEN.with_name("talks.jsonl"), UNSEEN.with_name("pair_marks.tsv")
Place = tuple[str, str]  # interview, hash of the sentence
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the grader reads, which of its questions is asked, what the rules say the words cost, and the grade from 0 to 2."""

    cohort: str
    task: str
    words: str
    source: str
    cost: float
    grade: int


class Pair(NamedTuple):
    """A goal, a circumstance or an outcome that was put beside it, and how well it belongs there, from 0 to 2."""

    goal: Candidate
    other: Candidate
    grade: int


def read_phrases() -> list[Phrase]:
    """Return the graded clauses, then the graded pairs, in the order of the files."""
    clauses, fits = _rows(DATA / "phrases.tsv"), _rows(DATA / "fits.tsv")
    sides = [_side(r, "") for r in clauses] + [_side(r, p) for r in fits for p in ("", "goal_")]
    found = _candidates(sides)
    made = [_clause(r, found) for r in clauses] + [_fit(r, found) for r in fits]
    kept = [phrase for phrase in made if phrase is not None]
    print(f"{len(kept)} of {len(made)} graded clauses and pairs are worded as they were", flush=True)
    return kept


def read_unseen() -> list[Phrase]:
    """Return the graded clauses and pairs that nothing was trained on, as far as they are worded as they were."""
    rows, pairs = _rows(UNSEEN), _rows(PAIRS)
    found: dict[tuple[str, ...], Candidate] = {}
    wanted: dict[Place, set[tuple[str, ...]]] = {}
    for row in rows:
        wanted.setdefault((row["transcript_id"], row["sentence"]), set()).add(_side(row, ""))
    with TALKS.open(encoding="utf8") as stream:
        for segment in spoken(stream.read().splitlines()):
            if asked := wanted.pop((segment.transcript_id, mark_of(segment.text)), None):
                found.update(_worded(segment, asked))
    beside = _candidates([*(_side(r, p) for r in pairs for p in ("", "goal_")), *(_side(r, "") for r in rows)])
    found.update(beside)
    made = [_clause(row, found) for row in rows] + [_fit(row, beside) for row in pairs]
    return [phrase for phrase in made if phrase is not None]


def read_unseen_pairs() -> list[Pair]:
    """Return the graded pairs that nothing was trained on, both sides as the drafter would have them."""
    rows = _rows(PAIRS)
    found = _candidates([_side(r, p) for r in rows for p in ("", "goal_")])
    sides = [(found.get(_side(r, "goal_")), found.get(_side(r, "")), int(r["grade"])) for r in rows]
    return [Pair(goal, other, grade) for goal, other, grade in sides if goal is not None and other is not None]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def _side(row: Row, prefix: str) -> tuple[str, ...]:
    """Return interview, sentence, slot, place and words of a clause, of a row's goal where the prefix says so."""
    slot = "motivation" if prefix else row["slot"]
    names = ("transcript_id", "sentence", "span", "words")
    interview, sentence, span, words = (row[prefix + name] for name in names)
    return interview, sentence, slot, span, words


def _candidates(sides: list[tuple[str, ...]]) -> dict[tuple[str, ...], Candidate]:
    wanted: dict[Place, set[tuple[str, ...]]] = {}
    for side in sides:
        wanted.setdefault((side[0], side[1]), set()).add(side)
    found = {}
    interviews = {interview for interview, _ in wanted}
    for segment in (*spoken_in(interviews), *invented(interviews)):
        asked = wanted.pop((segment.transcript_id, mark_of(segment.text)), set())
        if asked:
            found.update(_worded(segment, asked))
    return found


def _worded(segment: Segment, asked: set[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], Candidate]]:
    """Yield the candidates that a sentence still gives, of those that were graded."""
    doc = load_parser()(segment.text)
    others = [*circumstances_of(doc), *map(word_frame, frames_of(doc)), *gains_of(doc)]
    others += [*map(WORDERS["outcome"], gained_clauses(doc)), *turned_of(doc)]
    for side in asked:
        slot, words = side[2], side[4]
        start, end = map(int, side[3].split("-"))
        span = doc.char_span(start, end, alignment_mode="expand") if end > start else None
        # an outcome that somebody works for can be a goal
        told = (
            [] if span is None else [WORDERS[s](span) for s in (slot, "outcome") if s == slot or slot == "motivation"]
        )
        wording = next((w for w in (*told, *others) if w is not None and mark_of(w.text) == words), None)
        if wording is not None:
            yield side, _candidate(segment, slot, (start, end), wording)


def _candidate(segment: Segment, slot: str, span: tuple[int, int], wording: Wording) -> Candidate:
    return Candidate(slot=slot, segment=segment, span=span, wording=wording, centrality=0.0)


def _clause(row: Row, found: Mapping[tuple[str, ...], Candidate]) -> Phrase | None:
    c = found.get(_side(row, ""))
    return None if c is None else Phrase(row["cohort"], c.slot, *clause_texts(c), c.wording.cost, int(row["grade"]))


def _fit(row: Row, found: Mapping[tuple[str, ...], Candidate]) -> Phrase | None:
    goal, c = found.get(_side(row, "goal_")), found.get(_side(row, ""))
    if goal is None or c is None:
        return None
    return Phrase(row["cohort"], f"{c.slot} fits", *fit_texts(goal, c), c.wording.cost, int(row["grade"]))
