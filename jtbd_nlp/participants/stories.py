"""Groups participants into a few stories: who was moved by the same forces and jobs; None where there are too few.

In: a table with a row per participant. Out: `Stories` with how often the grouping came out the same under resampling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..errors import InvalidParameterError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MIN_PARTICIPANTS = 6  # fewer people make no pattern that resampling could tell from chance
MIN_STORIES, _MAX_STORIES = 3, 5
_MIN_COLUMNS = 4
_MAX_SHARE = 0.8  # of the participants; a story that holds more tells nobody apart
_DRAWN = 0.8  # share of columns drawn in each resample


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """Participants in groups.

    ``members`` holds the participant ids of each story, the largest first. ``marks`` names for each story the columns
    that set it apart from the others, the strongest first. ``stability`` in [0, 1] is for each story the mean share
    of resamples in which two of its members fell together, less the same for members and others: 0 is chance.
    ``ungrouped`` are participants who showed nothing, or nothing that brings them together with others.
    """

    members: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...]
    stability: tuple[float, ...]
    ungrouped: tuple[str, ...] = ()


def group_participants(
    table: pd.DataFrame, *, n_stories: int | None = None, resamples: int = 200, seed: int = 0
) -> Stories | None:
    """Group participants into stories by consensus of Ward's clustering over resampled columns.

    Parameters
    ----------
    table : DataFrame of shape (n_participants, n_columns)
        Counts, such as `forces_matrix(..., by_job=True)` or `jobs_matrix`; only whether a cell is above 0 counts, since
        how often somebody says a thing is a matter of how much they talk.
    n_stories : int or None, default=None
        None picks 3 to 5, whichever the resamples agree on best of those that are no fewer when who stands alone is left out.
    resamples : int, default=200
        Draws of four fifths of the columns.
    seed : int, default=0

    Returns
    -------
    Stories or None
        None where fewer than 6 participants share anything with others, fewer than 4 columns tell them apart, they make
        fewer than 3 groups of two or more (fewer than 2 where ``n_stories`` is given), or one group would hold more than
        four fifths of them.

    Raises
    ------
    InvalidParameterError
        If ``n_stories`` is below 2 or ``resamples`` below 1.

    References
    ----------
    .. [1] Monti, S. et al. "Consensus clustering", Machine Learning 52 (2003). doi:10.1023/A:1023949509487
    """
    _check(n_stories, resamples)
    table = table.sort_index().reindex(sorted(table.columns), axis=1)
    shown: Any = (table > 0).to_numpy()
    return group_shown(shown, [*map(str, table.index)], [*map(str, table.columns)], n_stories, resamples, seed)


def group_shown(
    shown: np.ndarray,
    people: Sequence[str],
    names_of_columns: Sequence[str],
    n_stories: int | None = None,
    resamples: int = 200,
    seed: int = 0,
) -> Stories | None:
    """Do what `group_participants` does with a table of what each person shows, rows and columns sorted: no pandas."""
    # a column that one person alone shows, or everybody, can bring nobody together
    telling: Any = (shown.sum(axis=0) >= 2) & (shown.sum(axis=0) < shown.any(axis=1).sum())
    kept: Any = shown[:, telling].any(axis=1)
    if kept.sum() < MIN_PARTICIPANTS or telling.sum() < _MIN_COLUMNS:
        return None
    binary = shown[kept][:, telling].astype(float)
    names = [p for p, k in zip(people, kept, strict=True) if k]
    sizes = [n_stories] if n_stories else range(MIN_STORIES, min(_MAX_STORIES, len(names) // 2) + 1)
    columns = [c for c, t in zip(names_of_columns, telling, strict=True) if t]
    silent = [p for p, k in zip(people, kept, strict=True) if not k]
    rows = tuple(map(tuple, binary.tolist()))
    groupings = [_consensus(rows, k, resamples, seed) for k in sizes]
    told = [(g, _groups(g[0])) for g in groupings]
    fit = [
        (g, groups) for g, groups in told if _tell_apart(groups, len(names), MIN_STORIES if n_stories is None else 2)
    ]
    if not fit:
        return None
    (_, together), groups = max(fit, key=lambda pair: _agreement(pair[0]))
    return _stories(groups, together, binary, (names, columns), silent)


def _check(n_stories: int | None, resamples: int) -> None:
    if n_stories is not None and n_stories < 2:
        raise InvalidParameterError(f"n_stories must be 2 or more, got {n_stories!r}. Leave it out for 3 to 5.")
    if resamples < 1:
        raise InvalidParameterError(f"resamples must be 1 or more, got {resamples!r}. 200 is a good number.")


@lru_cache(maxsize=2 * _MAX_STORIES)  # a saved report tells its stories twice: on its page, and in Markdown
def _consensus(rows: tuple[tuple[float, ...], ...], k: int, resamples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return labels, and how often each pair fell together over the resamples; both are read only."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    rng = np.random.default_rng(seed)
    binary = np.array(rows)
    n, m = binary.shape
    together = np.zeros((n, n))
    for _ in range(resamples):
        columns = np.sort(rng.choice(m, size=max(2, round(_DRAWN * m)), replace=False))
        together += np.equal.outer(*[_ward(_scaled(binary[:, columns]), k)] * 2)
    together = (together / resamples).round(6)
    apart = 1 - together
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), method="average")
    labels = fcluster(tree, k, criterion="maxclust")
    for kept in (labels, together):
        kept.setflags(write=False)
    return labels, together


def _scaled(binary: np.ndarray) -> np.ndarray:
    """Divide by the root of how many show a column, so that what few share counts for more than what most share."""
    import numpy as np

    scaled: np.ndarray = (binary / np.sqrt(np.maximum(binary.sum(axis=0), 1))).round(9)
    return scaled


def _ward(rows: np.ndarray, k: int) -> np.ndarray:
    from scipy.cluster.hierarchy import fcluster, linkage

    labels: np.ndarray = fcluster(linkage(rows, method="ward"), k, criterion="maxclust")
    return labels


def _agreement(grouping: tuple[np.ndarray, np.ndarray]) -> tuple[float, int]:
    """Return how much more often members fell together than strangers; ties go to fewer stories."""
    labels, together = grouping
    return round(_contrast(labels, together), 4), -len(set(labels.tolist()))


def _contrast(labels: np.ndarray, together: np.ndarray) -> float:
    import numpy as np

    same = np.equal.outer(labels, labels)
    np.fill_diagonal(same, val=False)
    other = ~np.equal.outer(labels, labels)
    return float((together[same].mean() if same.any() else 0) - (together[other].mean() if other.any() else 0))


def _groups(labels: np.ndarray) -> list[list[int]]:
    """Return the rows of each group of two or more, the largest first."""
    groups = [[i for i, v in enumerate(labels) if v == label] for label in sorted(set(labels.tolist()))]
    return sorted((g for g in groups if len(g) > 1), key=lambda g: (-len(g), g[0]))


def _tell_apart(groups: list[list[int]], n_people: int, least: int) -> bool:
    """Tell whether groups are stories: enough of them, and none that holds nearly everybody."""
    return len(groups) >= least and len(groups[0]) <= _MAX_SHARE * n_people


def _stories(
    groups: list[list[int]], together: np.ndarray, binary: np.ndarray, names: tuple[list[str], list[str]],
    silent: list[str],
) -> Stories:  # fmt: skip
    people, columns = names
    grouped = {i for group in groups for i in group}
    lone = [name for i, name in enumerate(people) if i not in grouped]
    return Stories(
        members=tuple(tuple(people[i] for i in g) for g in groups),
        marks=tuple(_marks(binary, g, columns) for g in groups),
        stability=tuple(_stability(together, g) for g in groups),
        ungrouped=tuple(sorted([*silent, *lone])),
    )


def _marks(binary: np.ndarray, group: list[int], columns: list[str]) -> tuple[str, ...]:
    """Return up to five columns that most of a group show and that others show much less."""
    inside, rest = binary[group].mean(axis=0), _others(binary, group)
    lift = (inside - rest).round(6)
    ranked = sorted(range(len(columns)), key=lambda i: (-lift[i], columns[i]))
    return tuple(columns[i] for i in ranked[:5] if inside[i] > 0.5 and lift[i] >= 0.3)


def _others(binary: np.ndarray, group: list[int]) -> Any:
    rest = [i for i in range(len(binary)) if i not in set(group)]
    return binary[rest].mean(axis=0) if rest else binary[group].mean(axis=0) * 0


def _stability(together: np.ndarray, group: list[int]) -> float:
    rest = [i for i in range(len(together)) if i not in set(group)]
    pairs = [together[i, j] for i in group for j in group if i < j]
    strangers = [together[i, j] for i in group for j in rest]
    if not pairs:
        return 0.0
    contrast = sum(pairs) / len(pairs) - (sum(strangers) / len(strangers) if strangers else 0.0)
    return round(max(0.0, float(contrast)), 4)
