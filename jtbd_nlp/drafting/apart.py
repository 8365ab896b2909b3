"""Groups of passages in, the same with clear goals parted from them that no job would tell.

A job states one goal. Where people tell stories, what one of them says they want stands among passages of something else, or
in no group at all, and was lost, while most groups state no goal. So there a clear goal is a group of its own: as many as there
are groups without one, the clearest first. Passages that back it come to it as to any other statement (backing.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..context import wished_in
from ..records import WEAK
from .backing import chance_of
from .choosing.choice import story_text
from .choosing.grading import graded
from .finding.candidates import Candidate, Evidence
from .finding.finder import Finder
from .jobs import draft_groups
from .sources import Group, Sources, in_order

MOST_PASSAGES = 1500  # of a study where it is done: beyond, what one person says once is one of thousands
SELDOM = 1 / 3  # least share of groups without a goal: 4 to 18 % in interviews about work, 45 to 85 % in talk
CLEAR = 0.5  # cost up to which a goal that no question asked for is clear enough to stand for one voice
Goals = Mapping[int, Candidate]  # by the row of their passage


def goals_apart(
    groups: Sequence[Sequence[str]], sources: Sources, fixed: Collection[str] = (), kept: Collection[str] = ()
) -> list[list[str]]:
    """Part clear goals from groups that state another one, and take them up from the passages in no group.

    Parameters
    ----------
    groups : Sequence of Sequence[str]
        What the clustering found, as segment ids.
    sources : Sources
        Passages, tags, vectors.
    fixed : Collection[str]
        Segments that a person wants with others, apart from them, or left out: they stay where they are.
    kept : Collection[str]
        Segments that are all of a job which a person worked on: each is a group of its own, whatever else is told.

    Returns
    -------
    list of list[str]
        The groups, and behind them those of one goal.
    """
    alone = [segment_id for segment_id in dict.fromkeys(kept) if segment_id in sources.row]
    left = [[segment_id for segment_id in group if segment_id not in alone] for group in groups]
    return [*_with_goals(left, sources, {*fixed, *alone}), *([segment_id] for segment_id in alone)]


def _with_goals(groups: list[list[str]], sources: Sources, fixed: Collection[str]) -> list[list[str]]:
    if len(sources.passages) > MOST_PASSAGES or not groups:
        return groups
    rows = [[sources.row[i] for i in group] for group in groups]
    stated = _stated(rows, sources)
    free = len(groups) - len(stated)
    if free < SELDOM * len(groups):
        return groups
    goals = _clear_goals(sources, frozenset(sources.row[i] for i in fixed if i in sources.row))
    parted = _parted(goals, stated, sources, free)
    taken = set(parted)
    left = [[sources.passages[r].segment_id for r in group if r not in taken] for group in rows]
    return [*left, *([sources.passages[r].segment_id] for r in parted)]


def _stated(rows: Sequence[Sequence[int]], sources: Sources) -> list[Candidate]:
    """Return the goals that the groups state; where nothing is parted they are worded so again, but for ties in order."""
    groups = [Group(job_id=f"{n:06}", rows=tuple(group)) for n, group in enumerate(rows) if group]
    drafted = draft_groups(in_order(groups, sources.passages), sources)
    return [d.draft.chosen["motivation"] for d in drafted if "motivation" in d.draft.chosen]


def _clear_goals(sources: Sources, fixed: frozenset[int]) -> Goals:
    """Return the clearest goal of each passage that says what its speaker wants."""
    wished = wished_in(sources.material)
    found: dict[int, list[Candidate]] = {}
    for row, passage in enumerate(sources.passages):
        tags = sources.material.tags_of(passage.segment_id)
        asked = passage.segment_id in wished
        if row not in fixed and (asked or "desire" in tags.labels):
            one = Evidence(segment=passage, tags=tags, centrality=0.0, wished=asked)
            found[row] = Finder([one], worded=sources.worded).find()["motivation"]
    if sources.grade is not None:
        sources.grade([c for goals in found.values() for c in goals])  # in one run of the model
        found = {row: graded({"motivation": goals}, sources.grade)["motivation"] for row, goals in found.items()}
    best = {row: min(goals, key=lambda c: (c.wording.cost, c.span)) for row, goals in found.items() if goals}
    return {row: goal for row, goal in best.items() if goal.wished or goal.wording.cost <= CLEAR}


def _parted(goals: Goals, stated: list[Candidate], sources: Sources, most: int) -> list[int]:
    """Return the rows of the clearest goals that back none that is stated, nor one before them; the clearest first."""
    told = {sources.row.get(c.segment.segment_id) for c in stated}
    order = sorted((g.wording.cost, sources.passages[r].segment_id, r) for r, g in goals.items() if r not in told)
    parted: list[int] = []
    for _, _, row in order:
        if len(parted) == most:
            break
        if not any(_backs(row, goal, sources) for goal in stated):
            stated = [*stated, goals[row]]
            parted.append(row)
    return parted


def _backs(row: int, goal: Candidate, sources: Sources) -> bool:
    """Tell whether a passage would count among the evidence of a goal: told there, it is not lost."""
    wanted = sources.backing.wanted([story_text(goal.wording.text)], [sources.row.get(goal.segment.segment_id)])
    return bool(chance_of(sources.backing.cosines(wanted, [row]))[0, 0] >= WEAK)
