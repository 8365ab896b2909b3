"""Who has which job: counts by a column of the participants file, exact tests where they may be used, anti-personas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Any

from ..errors import InvalidParameterError
from ..records import Job, Quote
from .matrices import support_quotes

MIN_GROUP = 3  # people a group needs; below it no table could be surprising
DETRACTORS = (
    "churned", "churn", "cancelled", "canceled", "detractor", "lost", "inactive", "left", "unsubscribed", "returned",
    "refunded", "lapsed", "former", "ex", "quit", "terminated", "expired", "closed", "deactivated",
)  # fmt: skip
_PEOPLE = frozenset(("customer", "user", "client", "member", "subscriber", "buyer", "account"))  # "former customer"
_WHOSE = (
    "", "customer", "account", "client", "user", "member", "membership", "subscription", "subscriber", "plan", "churn",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How many people of one group have one job, beside the rest.

    ``p_value`` is Fisher's exact test, two-sided, of the group against the rest; None where it may not be used, and
    ``note`` says why. ``p_adjusted`` is Holm's correction over all tests of the same profile.
    """

    job_id: str
    group: str
    n_with: int
    n_group: int
    n_other_with: int
    n_other: int
    p_value: float | None
    p_adjusted: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AntiPersona:
    """People who left: their jobs, the most common first, and what they struggled with, in their words."""

    status: str
    participants: tuple[str, ...]
    jobs: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]


def profile(jobs: Sequence[Job], participants: Iterable[Mapping[str, Any]], column: str) -> list[Profile]:
    """Count who has which job, by a column of the participants file.

    Parameters
    ----------
    jobs : Sequence[Job]
    participants : Iterable[Mapping[str, Any]]
        Rows with ``participant_id`` and the column; several rows of one person must agree.
    column : str
        Such as ``"role"``, ``"plan"`` or ``"segment"``.

    Returns
    -------
    list[Profile]
        One for each job and group, by job and then by group; people without a value are left out of the counts.

    Raises
    ------
    InvalidParameterError
        If no row has the column, or one person has two values.

    Notes
    -----
    People in an interview study are chosen and not drawn: a small p-value says that a difference is not mere chance
    among these people, and nothing of the market.
    """
    groups = groups_of(participants, column)
    found = [_count(job, name, members, groups) for job in jobs for name, members in sorted(groups.items())]
    return _adjusted(found)


def groups_of(participants: Iterable[Mapping[str, Any]], column: str) -> dict[str, frozenset[str]]:
    """Return the participant ids of each value of a column; empty values are left out.

    Raises
    ------
    InvalidParameterError
        If no row has the column, or one person has two values.
    """
    rows = list(participants)
    if not any(column in row for row in rows):
        known = sorted({str(k) for row in rows for k in row})
        raise InvalidParameterError(
            f"column must be one of {', '.join(known) or 'none'}, got {column!r}. Name another."
        )
    value_of: dict[str, str] = {}
    for row in rows:
        person, value = str(row.get("participant_id") or ""), _text(row.get(column))
        if not person or not value:
            continue
        if value_of.setdefault(person, value) != value:
            raise InvalidParameterError(
                f"{column} of {person} must be one value, got {value_of[person]!r} and {value!r}. Mend the file."
            )
    return {v: frozenset(p for p, w in value_of.items() if w == v) for v in sorted(set(value_of.values()))}


def _text(value: Any) -> str:
    """Return a cell as text; a missing number (NaN is the only value unequal to itself) is empty."""
    return "" if value is None or value != value else str(value).strip()


def _count(job: Job, group: str, members: frozenset[str], groups: Mapping[str, frozenset[str]]) -> Profile:
    rest = frozenset().union(*groups.values()) - members
    have = set(job.participants)
    n_with, n_other_with = len(have & members), len(have & rest)
    note = _why_no_test(n_with, len(members), n_other_with, len(rest))
    return Profile(
        job_id=job.job_id,
        group=group,
        n_with=n_with,
        n_group=len(members),
        n_other_with=n_other_with,
        n_other=len(rest),
        p_value=None if note else _fisher(n_with, len(members), n_other_with, len(rest)),
        p_adjusted=None,
        note=note,
    )


def _why_no_test(n_with: int, n_group: int, n_other_with: int, n_other: int) -> str:
    """Return why an exact test may not be used; empty where it may."""
    if n_group == 0 or n_other == 0:
        return "no test: there is only one group"
    if n_group < MIN_GROUP or n_other < MIN_GROUP:
        return f"no test: a group has fewer than {MIN_GROUP} people"
    total = n_with + n_other_with
    if total in (0, n_group + n_other):
        return "no test: everybody has this job" if total else "no test: nobody has this job"
    best = min(_fisher(n, n_group, total - n, n_other) for n in range(max(0, total - n_other), min(total, n_group) + 1))
    return f"no test: with these numbers no result could fall below .05 (best {best:.2f})" if best > 0.05 else ""


@cache  # small counts come again and again, in 200 jobs by three groups
def _fisher(n_with: int, n_group: int, n_other_with: int, n_other: int) -> float:
    """Return the two-sided p-value of Fisher's exact test.

    By counting, in whole numbers, the tables with the same sums that are no likelier; to import scipy.stats for it takes 0.8 s.
    """
    total = n_with + n_other_with
    ways = {n: comb(n_group, n) * comb(n_other, total - n) for n in range(min(total, n_group) + 1)}
    return round(sum(w for w in ways.values() if w <= ways[n_with]) / sum(ways.values()), 6)


def _adjusted(profiles: Sequence[Profile]) -> list[Profile]:
    """Fill in Holm's correction; with two groups each test stands twice, from either side, and is counted once."""
    from dataclasses import replace

    two = len({p.group for p in profiles}) == 2
    tests = {_test_of(p, two=two): p.p_value for p in profiles if p.p_value is not None}
    adjusted, highest = {}, 0.0
    for i, (key, p) in enumerate(sorted(tests.items(), key=lambda kv: kv[1])):
        highest = max(highest, min(1.0, p * (len(tests) - i)))
        adjusted[key] = round(highest, 6)
    return [replace(p, p_adjusted=adjusted.get(_test_of(p, two=two))) if p.p_value is not None else p for p in profiles]


def _test_of(row: Profile, *, two: bool) -> tuple[str, str]:
    return row.job_id, "" if two else row.group


def status_column(columns: Iterable[str]) -> str | None:
    """Return the column that says who left: "status", "Customer status", "account_status" and their like, or None."""
    plain = {_words(column): column for column in reversed(list(columns))}
    return next((plain[name] for whose in _WHOSE if (name := f"{whose} status".strip()) in plain), None)


def told_twice(participants: Iterable[Mapping[str, Any]], column: str) -> dict[str, tuple[str, ...]]:
    """Return the people of whom rows give several values of a column, in whatever case, with these values."""
    values: dict[str, dict[str, str]] = {}
    for row in participants:
        person, value = str(row.get("participant_id") or ""), _text(row.get(column))
        if person and value:
            values.setdefault(person, {}).setdefault(_words(value), value)
    return {person: tuple(found.values()) for person, found in sorted(values.items()) if len(found) > 1}


def _words(value: str) -> str:
    """Return a name or value for comparing: no case, and dashes, underscores and blanks alike."""
    return " ".join(value.casefold().replace("_", " ").replace("-", " ").split())


def _left(value: str) -> str:
    """Return the word of a status that says that somebody left: "former" of "Former customers"."""
    words = _words(value).split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1].removesuffix("s") in _PEOPLE else words)


def anti_personas(
    jobs: Sequence[Job],
    participants: Iterable[Mapping[str, Any]],
    *,
    column: str = "status",
    values: Sequence[str] = (),
) -> list[AntiPersona]:
    """Return the people who left, by status, with their jobs and struggles.

    Parameters
    ----------
    jobs : Sequence[Job]
    participants : Iterable[Mapping[str, Any]]
        Rows with ``participant_id`` and the column.
    column : str, default="status"
        Where no row has just that, "Customer status", "account_status" and their like are taken for it.
    values : Sequence[str], default=()
        Which statuses mean that somebody left, in any case; empty takes churned, cancelled, lapsed, former customer and
        their like.

    Returns
    -------
    list[AntiPersona]
        By status, in lower case and without dashes; empty when nobody has such a status.

    Raises
    ------
    InvalidParameterError
        As `groups_of`.
    """
    rows = list(participants)
    if column == "status" and not any(column in row for row in rows):
        column = status_column(str(key) for row in rows for key in row) or column
    wanted = {_left(v) for v in (values or DETRACTORS)}
    plain = [{**row, column: _words(_text(row[column]))} if column in row else row for row in rows]
    left = {value: people for value, people in groups_of(plain, column).items() if _left(value) in wanted}
    return [_anti_persona(status, frozenset(people), jobs) for status, people in sorted(left.items())]


def _anti_persona(status: str, members: frozenset[str], jobs: Sequence[Job]) -> AntiPersona:
    counts = [(j.job_id, len(members & set(j.participants))) for j in jobs]
    quotes = {
        (q.transcript_id, q.start_char, q.end_char): q
        for j in jobs
        for q in (*(q for q in support_quotes(j) if q.slot == "struggle"), *j.forces.get("push", ()))
        if q.participant_id in members
    }
    return AntiPersona(
        status=status,
        participants=tuple(sorted(members)),
        jobs=tuple(sorted(((j, n) for j, n in counts if n), key=lambda jn: (-jn[1], jn[0]))),
        quotes=tuple(quotes[k] for k in sorted(quotes)),
    )
