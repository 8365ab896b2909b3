"""Measures how far person and machine agree: codes on passages in, Cohen's kappa and Krippendorff's alpha out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InvalidParameterError
from ..records import Segment
from ..study.checking import QuoteKey
from .codings import PersonCodings
from .qda import QdaProject, project_of

if TYPE_CHECKING:
    from ..reporting import JobReport


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAgreement:
    """Agreement on one code over all passages of participants.

    ``kappa`` and ``alpha`` are at most 1, 0 is what chance gives; None where there is nothing to measure (nobody used
    the code, or everybody did everywhere).
    """

    code: str
    both: int
    only_person: int
    only_machine: int
    neither: int
    kappa: float | None
    alpha: float | None


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa of two raters.

    Parameters
    ----------
    first, second : Sequence[Hashable]
        What each rater said of each unit, in the same order.

    Returns
    -------
    float or None
        At most 1; None without units, or where both used one category only, the same.

    Raises
    ------
    InvalidParameterError
        If the lengths differ.

    References
    ----------
    .. [1] Cohen, "A coefficient of agreement for nominal scales", 1960. doi:10.1177/001316446002000104

    Examples
    --------
    >>> round(cohen_kappa("yyynn", "yynnn"), 4)
    0.6154
    """
    if len(first) != len(second):
        raise InvalidParameterError(
            f"second must be as long as first, got {len(second)} and {len(first)}. Rate the same units."
        )
    n = len(first)
    if not n:
        return None
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    left, right = Counter(first), Counter(second)
    chance = sum(left[c] * right[c] for c in left) / n**2
    return None if math.isclose(chance, 1.0) else (observed - chance) / (1 - chance)


def krippendorff_alpha(ratings: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha for nominal data.

    Parameters
    ----------
    ratings : Iterable[Sequence[Hashable or None]]
        A sequence a rater, all of one length: what the rater said of each unit, None where nothing.

    Returns
    -------
    float or None
        At most 1; None where fewer than two values can be paired or all are equal.

    Raises
    ------
    InvalidParameterError
        If the lengths differ.

    References
    ----------
    .. [1] Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
    """
    rows = [list(row) for row in ratings]
    if len({len(row) for row in rows}) > 1:
        raise InvalidParameterError(f"ratings must be of one length, got {[len(r) for r in rows]}. Fill up with None.")
    units = [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    n = totals.total()
    apart = sum((len(u) ** 2 - sum(k * k for k in Counter(u).values())) / (len(u) - 1) for u in pairable)
    expected = n * n - sum(k * k for k in totals.values())
    return None if n < 2 or not expected else 1 - (n - 1) * apart / expected


def agreement(
    report: JobReport, codings: PersonCodings, *, pairs: Mapping[str, str] | None = None
) -> tuple[CodeAgreement, ...]:
    """Compare a person's codes with the machine's, code by code.

    Parameters
    ----------
    report : JobReport
        With segments and tags.
    codings : PersonCodings
        Of `person_codings`.
    pairs : Mapping[str, str] or None, default=None
        Name of a person's code to name of a machine's code, for codes that are the same in other words. Codes with
        one guid (a project that went out and came back) or one name, in any case, are paired without it.

    Returns
    -------
    tuple[CodeAgreement, ...]
        A row for each code that both sides know, sorted by name. The units are all segments of participants that are
        no back-channel; a segment carries a code if the coded stretch covers a character of it or more.
    """
    machine = project_of(report)
    rated = [s for s in report.segments if s.role == "participant" and not s.backchannel]
    ours = _by_code(machine)
    rows = []
    for person_code, machine_code in _paired(codings, machine, pairs or {}):
        by_person = _covered(codings.by_code.get(person_code, ()), rated)
        by_machine = _covered(ours.get(machine_code, ()), rated)
        rows.append(_row(codings.names.get(person_code, person_code), by_person, by_machine, rated))
    return tuple(sorted(rows, key=lambda row: row.code))


def _row(name: str, person: set[str], machine: set[str], rated: Sequence[Segment]) -> CodeAgreement:
    first = [s.segment_id in person for s in rated]
    second = [s.segment_id in machine for s in rated]
    both = len(person & machine)
    return CodeAgreement(
        code=name,
        both=both,
        only_person=len(person) - both,
        only_machine=len(machine) - both,
        neither=len(rated) - len(person | machine),
        kappa=cohen_kappa(first, second),
        alpha=krippendorff_alpha([first, second]),
    )


def _by_code(project: QdaProject) -> dict[str, list[QuoteKey]]:
    names = {source.guid: source for source in project.sources}
    found: dict[str, list[QuoteKey]] = {}
    for c in project.codings:
        source = names[c.source]
        quote = QuoteKey(source.name, c.start_char, c.end_char, source.text[c.start_char : c.end_char])
        found.setdefault(c.code, []).append(quote)
    return found


def _paired(codings: PersonCodings, machine: QdaProject, pairs: Mapping[str, str]) -> list[tuple[str, str]]:
    codable = [code for code in machine.codes if code.codable]
    guids = {code.guid for code in codable}
    by_name = {code.name.casefold(): code.guid for code in reversed(codable)}
    found = []
    for code in codings.by_code:
        name = codings.names.get(code, "")
        other = code if code in guids else by_name.get(pairs.get(name, name).casefold())
        if other is not None:
            found.append((code, other))
    return found


def _covered(quotes: Iterable[QuoteKey], rated: Sequence[Segment]) -> set[str]:
    by_transcript: dict[str, list[QuoteKey]] = {}
    for quote in quotes:
        by_transcript.setdefault(quote.transcript_id, []).append(quote)
    return {
        s.segment_id
        for s in rated
        if any(q.start_char < s.end_char and s.start_char < q.end_char for q in by_transcript.get(s.transcript_id, ()))
    }
