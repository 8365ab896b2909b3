"""Lints one statement: the text rules, and those on evidence, support, other jobs and brief where given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from numbers import Integral
from typing import Any

from ..checking import check_texts
from ..errors import InvalidParameterError
from ..records import SLOTS, Finding, Quote, Statement
from ..story import WANT, WHEN, lead_of
from .parsing import Parsed, count_sentences, parse_statement
from .rules import RULES, broken
from .wording import wording_findings
from .words import content_stems, overlap, untraced_words

_SAME_JOB = 0.6  # share of content words in common from which two statements are one job
_FROM_BRIEF = 0.75  # share of a statement's content words that the brief holds


def lint_statement(
    statement: str | Statement | Mapping[str, Any],
    *,
    evidence: Sequence[Quote | str] | None = None,
    support: int | None = None,
    others: Sequence[str | Statement | Mapping[str, Any]] = (),
    brief: str | None = None,
    products: Sequence[str] = (),
) -> list[Finding]:
    """Check one job statement against the rules.

    Parameters
    ----------
    statement : str or Statement or Mapping
        A text such as "When ..., I want to ..., so I can ...", or its slots: situation, motivation, outcome and,
        if there is one, text.
    evidence : Sequence[Quote or str] or None, default=None
        What participants said; turns on the rules faithful and, for quotes with a slot, evidence.
    support : int or None, default=None
        Number of participants who told of it; turns on the rule support.
    others : Sequence, default=()
        The other statements of the list, each as ``statement`` and this one not among them; turns on the part of
        altitude that finds doubles, word for word the same ones too.
    brief : str or None, default=None
        Text of the study brief; turns on the rule leading.
    products : Sequence[str], default=()
        Product names to keep out of motivations, beside the built-in list.

    Returns
    -------
    list[Finding]
        In the order of the table of rules; empty when all is well.

    Raises
    ------
    InvalidParameterError
        If the statement is none of the three, ``support`` is no count, ``brief`` no text, or ``evidence``, ``others`` or
        ``products`` no list of what it should hold.
    """
    parsed = read_statement(statement)
    if support is not None and not _is_count(support):
        raise InvalidParameterError(
            f"support must be a count of participants, 0 or more, got {support!r}. Count people."
        )
    if brief is not None and not isinstance(brief, str):
        raise InvalidParameterError(f"brief must be a text, got {brief!r}. Read it from its file first.")
    if isinstance(others, (str, Statement, Mapping)):
        raise InvalidParameterError(f"others must be a list of statements, got one {others!r}. Put it in a list.")
    if not isinstance(others, Iterable):
        raise InvalidParameterError(
            f"others must be a list of statements, got {others!r}. Give [] where there are none."
        )
    found = wording_findings(parsed, check_texts(products, "products"))
    found += _evidence(parsed, _checked(evidence)) if evidence is not None else []
    found += _support(int(support)) if support is not None else []
    found += _leading(parsed, brief) if brief else []
    found += _doubles(parsed, [read_statement(o) for o in others])
    order = list(RULES)
    return sorted(found, key=lambda f: order.index(f.rule))


def _is_count(value: Any) -> bool:
    return isinstance(value, Integral) and int(value) >= 0


def _checked(evidence: Sequence[Quote | str]) -> list[Quote | str]:
    """Return the evidence as a list, after a check that each item is a quote or a text."""
    if (
        isinstance(evidence, (str, bytes, Mapping))
        or not isinstance(evidence, Iterable)
        or hasattr(evidence, "columns")
    ):
        check_texts(evidence, "evidence")  # which refuses them
    listed = list(evidence)  # once: of what can be gone through only once nothing would be left to judge by
    check_texts([q.text if isinstance(q, Quote) else q for q in listed], "evidence")
    return listed


def read_statement(statement: str | Statement | Mapping[str, Any]) -> Parsed:
    """Return the slots of a text, a record or a mapping.

    Raises
    ------
    InvalidParameterError
        If it is none of the three.
    """
    if isinstance(statement, str):
        return parse_statement(statement)
    if isinstance(statement, Statement):
        statement = {s: getattr(statement, s) for s in (*SLOTS, "text")}
    if not isinstance(statement, Mapping):
        raise InvalidParameterError(
            f"statement must be a text, a Statement or a mapping of slots, got {type(statement).__name__}. "
            'Give "When ..., I want to ..., so I can ...".'
        )
    slots: dict[str, str | None] = {s: _slot(statement.get(s)) for s in SLOTS}
    if not any(slots.values()) and isinstance(statement.get("text"), str):
        return parse_statement(str(statement["text"]))
    text = statement.get("text")
    words = text if isinstance(text, str) else ""
    return _of_slots(slots["situation"], slots["motivation"], slots["outcome"], words)


@lru_cache(maxsize=1024)  # each job of a report is held against all others
def _of_slots(situation: str | None, motivation: str | None, outcome: str | None, text: str) -> Parsed:
    slots = {"situation": situation, "motivation": motivation, "outcome": outcome}
    text = text or parse_statement(compose(slots)).text
    return Parsed(
        text=text,
        situation=situation,
        motivation=motivation,
        outcome=outcome,
        outcome_clause=outcome,
        n_sentences=count_sentences(text),
        n_words=len(text.split()),
        score=parse_statement(text).score,
    )


def _slot(value: Any) -> str | None:
    words = (
        value.strip().strip(",;.").strip() if isinstance(value, str) else ""
    )  # a data frame has NaN for an empty one
    return words if any(c.isalpha() for c in words) else None


def compose(slots: Mapping[str, str | None]) -> str:
    """Return the slots as one sentence, leaving out the empty ones; for counting and comparing, not for show."""
    openers = {"situation": WHEN, "motivation": WANT, "outcome": lead_of(slots.get("outcome"))}
    return ", ".join(openers[s] + str(slots[s]) for s in SLOTS if slots.get(s)) + "."


def _evidence(parsed: Parsed, evidence: Sequence[Quote | str]) -> Iterator[Finding]:
    quotes = [q for q in evidence if isinstance(q, Quote) and q.role == "support"]
    texts = [q.text if isinstance(q, Quote) else q for q in evidence]
    labelled = {q.slot for q in quotes if q.slot}
    for slot in SLOTS:
        words = getattr(parsed, slot)
        if words is None:
            continue
        if not texts or (labelled and slot not in labelled and not _held_by(words, texts)):
            fix = "Empty the slot, or quote a participant who says it."
            yield broken("evidence", f"no quote of a participant shows the {slot}", fix, slot=slot)
        elif untraced := untraced_words(words, texts):
            fix = "Use the participants' words, or mark these as inferred."
            what = ", ".join(map(repr, untraced))
            yield broken("faithful", f"not found in the evidence: {what}", fix, slot=slot)


def _held_by(words: str, texts: Sequence[str]) -> bool:
    return bool(content_stems(words)) and not untraced_words(words, texts)


def _support(n_participants: int) -> Iterator[Finding]:
    if n_participants == 0:
        yield broken("support", "no participant told of it", "Drop it, or find who said it.", severity="error")
    elif n_participants == 1:
        yield broken("support", "only one participant told of it", "Label it a single voice, and ask others about it.")


def _leading(parsed: Parsed, brief: str) -> Iterator[Finding]:
    words = " ".join(filter(None, (parsed.motivation, parsed.outcome)))
    if len(set(content_stems(words))) >= 3 and overlap((words, brief), symmetric=False) >= _FROM_BRIEF:
        fix = "Keep it only if participants brought it up themselves, and then in their words."
        yield broken("leading", "motivation and outcome say what the study brief already said", fix)


def _doubles(parsed: Parsed, others: Sequence[Parsed]) -> Iterator[Finding]:
    mine = _whole(parsed)
    for other in others:
        if overlap((mine, _whole(other)), symmetric=True) >= _SAME_JOB:
            fix = "Merge the two, or say what sets them apart."
            same = "the same" if other.text == parsed.text else "nearly the same"
            yield broken("altitude", f"it is {same} as another job: {other.text!r}", fix)
            return


def _whole(parsed: Parsed) -> str:
    return " ".join(filter(None, (parsed.situation, parsed.motivation, parsed.outcome)))
