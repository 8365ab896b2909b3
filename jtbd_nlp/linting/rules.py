"""The table of rules: id, how grave a breach is, why the rule is there. `docs/linting.md` shows it with examples."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..records import Finding

Severity = Literal["error", "warning", "info"]


class Rule(NamedTuple):
    """One rule; ``reason`` says what goes wrong when it is broken."""

    severity: Severity
    reason: str


RULES: dict[str, Rule] = {
    "slots": Rule("error", "without situation, motivation and outcome in one sentence nobody can design for it"),
    "persona": Rule("warning", "roles and demographics do not cause jobs; circumstances do"),
    "specific": Rule("warning", "a circumstance that is always true tells nobody when the job comes up"),
    "solution-free": Rule("error", "a named solution ends the search for better ones"),
    "atomic": Rule("warning", "two goals have two circumstances and two measures of success"),
    "progress": Rule("warning", "an outcome that repeats the goal or only praises it says nothing about progress"),
    "evidence": Rule("error", "a slot that no participant said is an invention"),
    "faithful": Rule("warning", "words that no evidence holds are the writer's and not the participant's"),
    "support": Rule("warning", "one voice may be an exception; readers must know"),
    "forces": Rule("info", "people switch when push and pull outweigh anxiety and habit"),
    "counter": Rule("info", "people who say the opposite mark the limits of a job"),
    "leading": Rule("warning", "what the study asked for is not what it found"),
    "altitude": Rule("warning", "too broad to design for, a mere movement of the hand, or the same as another job"),
    "no-score": Rule(
        "error", "importance, satisfaction and opportunity scores need a survey; interviews cannot give them"
    ),
    "coverage": Rule("info", "jobs must account for most struggles and list what they leave out"),
}


def broken(rule: str, message: str, fix: str, *, slot: str | None = None, severity: Severity | None = None) -> Finding:
    """Return a finding of a rule, as grave as its table says unless told otherwise."""
    return Finding(rule=rule, severity=severity or RULES[rule].severity, message=message, fix=fix, slot=slot)
