"""Grouping of vectors: order, bad input, links, caps, weights, and agreement with an independent implementation."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jtbd_nlp.clustering import Clustering, cluster_vectors
from jtbd_nlp.clustering.atoms import make_atoms
from jtbd_nlp.clustering.grouping import Points, condense, hold, smooth
from jtbd_nlp.clustering.linkage import merge_tree, tree_of
from jtbd_nlp.clustering.looking import resample
from jtbd_nlp.clustering.support import join_voices
from jtbd_nlp.config import ClusteringConfig
from jtbd_nlp.errors import InvalidParameterError


def blobs(sizes: list[int], seed: int = 0, noise: float = 0.1, n_dims: int = 40) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(len(sizes), n_dims)) / np.sqrt(n_dims)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    rows = middles[truth] + noise * rng.normal(size=(len(truth), n_dims)) / np.sqrt(n_dims)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), truth


def same_groups(a: np.ndarray, b: np.ndarray) -> bool:
    return len({*zip(a.tolist(), b.tolist(), strict=True)}) == len(set(a.tolist())) == len(set(b.tolist()))


def test_clear_groups_are_found_without_being_told_the_number() -> None:
    rows, truth = blobs([8, 8, 7, 7, 6, 6, 5])
    assert same_groups(cluster_vectors(rows).labels, truth)


def test_clusters_are_numbered_by_size_and_exemplars_start_at_the_centre() -> None:
    rows, truth = blobs([4, 10, 7, 6, 8, 5, 9, 3])
    found = cluster_vectors(rows)
    assert np.bincount(found.labels).tolist() == [10, 9, 8, 7, 6, 5, 4, 3]
    first = found.exemplars[0]
    middle = rows[truth == 1].mean(0)
    assert sorted(first) == np.flatnonzero(truth == 1).tolist()
    assert rows[first[0]] @ middle == pytest.approx((rows[truth == 1] @ middle).max(), abs=1e-4)


@pytest.mark.parametrize("with_voices", [False, True])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_order_changes_nothing(with_voices: bool, seed: int) -> None:
    rows, _ = blobs([8, 8, 7, 6, 6, 5, 3], seed=seed, noise=0.7)
    voices = [f"P{i % 5}" for i in range(len(rows))]
    order = np.random.default_rng(seed).permutation(len(rows))
    config = ClusteringConfig(resamples=3)
    a = cluster_vectors(rows, voices=voices if with_voices else None, config=config)
    b = cluster_vectors(rows[order], voices=[voices[i] for i in order] if with_voices else None, config=config)
    assert b.labels.tolist() == a.labels[order].tolist()
    assert (a.stability, a.parents, a.single_voice, a.warnings) == (b.stability, b.parents, b.single_voice, b.warnings)


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize("with_voices", [False, True])
def test_too_few_passages_give_an_empty_result_with_a_reason(n: int, with_voices: bool) -> None:
    found = cluster_vectors(np.eye(n, 8), voices=["P1"] * n if with_voices else None)
    assert found.labels.tolist() == [-1] * n
    assert found.n_clusters == 0
    assert "Nothing to group" in found.warnings[0]


@pytest.mark.parametrize("with_voices", [False, True])
def test_unrelated_passages_stay_unclustered_with_a_reason(with_voices: bool) -> None:
    found = cluster_vectors(np.eye(12), voices=[f"P{i}" for i in range(12)] if with_voices else None)
    assert set(found.labels.tolist()) == {-1}
    assert any("No job found" in w for w in found.warnings)


def test_copies_of_one_sentence_are_not_a_job() -> None:
    found = cluster_vectors(np.tile(np.eye(1, 8), (500, 1)), voices=[f"P{i % 9}" for i in range(500)])
    assert found.n_clusters == 0
    assert "500 passages, of which 1 differ" in found.warnings[0]


def test_one_participant_is_a_single_voice_throughout() -> None:
    rows, _ = blobs([12, 12, 12])
    found = cluster_vectors(rows, voices=["P1"] * len(rows))
    assert found.single_voice == frozenset(range(found.n_clusters))
    assert found.n_clusters > 0
    assert any("1 participant" in w for w in found.warnings)


def test_a_group_of_one_voice_is_told_apart_from_shared_ones() -> None:
    rows, truth = blobs([6, 6, 6, 6])
    voices = ["P9" if g == 2 else f"P{i % 3}" for i, g in enumerate(truth)]
    found = cluster_vectors(rows, voices=voices, config=ClusteringConfig(resamples=4))
    lonely = {int(k) for k in found.labels[truth == 2] if k >= 0}
    assert lonely
    assert lonely <= found.single_voice


@pytest.mark.parametrize("with_voices", [False, True])
def test_no_cluster_is_a_catch_all(with_voices: bool) -> None:
    rows, _ = blobs([60, 5, 5], noise=1.2, seed=3)
    found = cluster_vectors(rows, voices=[f"P{i % 7}" for i in range(70)] if with_voices else None)
    assert np.bincount(found.labels[found.labels >= 0]).max() <= 0.2 * len(rows)


@pytest.mark.parametrize("with_voices", [False, True])
def test_links_are_honoured(with_voices: bool) -> None:
    rows, truth = blobs([6, 6, 6])
    voices = [f"P{i % 4}" for i in range(len(rows))] if with_voices else None
    labels = cluster_vectors(rows, voices=voices, must_link=[(0, 17)], cannot_link=[(0, 1), (6, 7)]).labels
    assert labels[0] == labels[17] >= 0
    assert truth[0] != truth[17]
    for a, b in ((0, 1), (6, 7)):
        assert labels[a] != labels[b] or labels[a] == -1


def test_contradicting_links_are_reported() -> None:
    rows, _ = blobs([6, 6])
    found = cluster_vectors(rows, must_link=[(0, 1), (1, 2)], cannot_link=[(0, 2)])
    assert found.labels[0] == found.labels[2]
    assert "(0, 2)" in found.warnings[0]


@pytest.mark.parametrize(
    ("vectors", "keys"),
    [
        (np.ones(3), {}),
        (np.array([[np.nan, 1.0]]), {}),
        (np.eye(3), {"voices": ["P1"]}),
        (np.eye(3), {"names": ["one", "two"]}),
        (np.eye(3), {"must_link": [(0, 3)]}),
        (np.eye(3), {"cannot_link": [(-1, 0)]}),
    ],
)
def test_wrong_input_is_refused_with_what_was_got(vectors: np.ndarray, keys: dict) -> None:
    with pytest.raises(InvalidParameterError, match="got"):
        cluster_vectors(vectors, **keys)


def test_clear_groups_are_stable_and_blurred_ones_are_less() -> None:
    clear = cluster_vectors(blobs([8, 8, 8, 8, 8])[0])
    blurred = cluster_vectors(blobs([8, 8, 8, 8, 8], noise=2.0)[0], config=ClusteringConfig(granularity=1.15))
    assert min(s for s in clear.stability if s is not None) > 0.95
    assert blurred.n_clusters
    assert np.mean([s for s in blurred.stability if s is not None]) < 0.9


def test_no_resamples_means_no_stability() -> None:
    found = cluster_vectors(blobs([8, 8, 8])[0], config=ClusteringConfig(resamples=0))
    assert set(found.stability) == {None}


def test_granularity_moves_the_number_of_clusters() -> None:
    rows, _ = blobs([10] * 12, noise=0.9)
    voices = [f"P{i % 6}" for i in range(len(rows))]

    def count(granularity: float) -> int:
        return cluster_vectors(rows, voices=voices, config=ClusteringConfig(granularity=granularity)).n_clusters

    assert count(0.8) > count(1.3) > 1


def test_big_jobs_join_what_is_near() -> None:
    rng = np.random.default_rng(0)
    tops = rng.normal(size=(2, 40))
    middles = np.repeat(tops, 4, axis=0) + 0.9 * rng.normal(size=(8, 40))
    rows = np.repeat(middles, 6, axis=0) + 0.15 * rng.normal(size=(48, 40))
    found = cluster_vectors(rows)
    top = [int(np.repeat([0, 1], 24)[members[0]]) for members in found.exemplars]
    assert found.n_clusters == 8
    assert len({*zip(top, found.parents, strict=True)}) == 2


@pytest.mark.parametrize("method", ["average", "ward"])
def test_tree_agrees_with_scipy(method: str) -> None:
    from scipy.cluster.hierarchy import linkage

    rows, _ = blobs([5, 6, 7], noise=1.0)
    weights = np.full(len(rows), 1.0)
    weights[0] = 1.0 + 1e-12  # not equal to 1: our own path
    ours = merge_tree(rows, weights, method)
    theirs = linkage(rows, method, metric="cosine" if method == "average" else "euclidean")
    assert ours[:, 2] == pytest.approx(theirs[:, 2], abs=1e-6)


@pytest.mark.parametrize("method", ["average", "ward"])
def test_a_weight_counts_like_copies(method: str) -> None:
    rows, _ = blobs([4, 5], noise=1.0)
    weights = np.array([3.0, 1, 1, 2, 1, 1, 1, 2, 1])
    copies = np.repeat(rows, weights.astype(int), axis=0)
    high = merge_tree(rows, weights, method)[:, 2]
    again = merge_tree(copies, np.ones(len(copies)), method)[:, 2]
    assert high == pytest.approx(again[-len(high) :], abs=1e-6)


def test_a_tree_of_one_point_has_no_merges() -> None:
    assert tree_of(np.array([[np.inf]]), np.ones(1), "average").shape == (0, 3)


def test_large_studies_go_through_micro_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, truth = blobs([40] * 12, noise=0.3)
    monkeypatch.setattr("jtbd_nlp.clustering.api.SWITCH", 200)
    monkeypatch.setattr("jtbd_nlp.clustering.api.MICRO", 100)
    found = cluster_vectors(rows, cannot_link=[(0, 1)], config=ClusteringConfig(granularity=0.8))
    kept = found.labels >= 0
    assert kept.mean() > 0.9
    assert found.labels[0] != found.labels[1] or found.labels[0] == -1
    for k in range(found.n_clusters):
        assert len(set(truth[found.labels == k].tolist())) == 1
    order = np.random.default_rng(1).permutation(len(rows))
    place = {int(row): i for i, row in enumerate(order)}
    again = cluster_vectors(rows[order], cannot_link=[(place[0], place[1])], config=ClusteringConfig(granularity=0.8))
    assert again.labels.tolist() == found.labels[order].tolist()


def test_a_passage_more_leaves_the_draws_of_the_others_as_they_are() -> None:
    rows, _ = blobs([20] * 5)
    drawn: list[set[int]] = []
    keys = np.random.default_rng(0).integers(2**63, size=len(rows), dtype=np.uint64)
    for n in (len(rows), len(rows) - 2):
        points = Points(rows[:n], np.ones(n), keys[:n])
        draws = resample(points, lambda part: np.zeros(len(part.weights), dtype=int), 20, seed=0)
        drawn.append({draw * 1000 + int(row) for draw, one in enumerate(draws) for row in one.rows})
    assert len({len(d) for d in drawn}) == 2
    assert len(drawn[1] - drawn[0]) <= 20  # one a draw for what left it, where all would be drawn anew: some 390
    assert len({frozenset(d % 1000 for d in drawn[0] if d // 1000 == draw) for draw in range(20)}) == 20


def test_a_name_may_hold_half_of_a_surrogate_pair() -> None:
    rows, _ = blobs([8, 8, 8])
    assert cluster_vectors(rows, names=[f"{i} \ud83d" for i in range(len(rows))]).labels.shape == (24,)


def test_a_passage_less_leaves_nearly_all_micro_clusters_as_they_are() -> None:
    rows, _ = blobs([30] * 20, noise=1.0)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    keys = np.random.default_rng(0).integers(2**63, size=len(rows), dtype=np.uint64)
    groups = []
    for kept in (np.arange(len(rows)), np.arange(3, len(rows))):
        micro = condense(Points(unit[kept], np.ones(len(kept)), keys[kept]), 100)
        groups.append({frozenset(kept[micro == m].tolist()) for m in range(micro.max() + 1)})
    assert len(groups[0] & groups[1]) > 0.8 * len(groups[0])


def test_the_record_counts_its_clusters() -> None:
    assert Clustering(labels=np.array([-1, 0]), exemplars=((1,),)).n_clusters == 1


def test_a_passage_that_its_cluster_rarely_holds_is_left_out() -> None:
    shared = np.full((8, 8), 0.9)
    shared[7, :7] = shared[:7, 7] = 0.2
    assert hold(np.zeros(8, dtype=int), shared, np.ones(8)).tolist() == [0] * 7 + [-1]


def test_never_more_than_a_fifth_is_left_out_for_being_loose() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.uniform(0.0, 0.3, size=(50, 50))
    held = hold(np.zeros(50, dtype=int), (drawn + drawn.T) / 2, np.ones(50))
    assert 0 < (held < 0).sum() <= 10


def test_weights_count_in_what_a_cluster_holds() -> None:
    shared = np.full((8, 8), 0.9)
    shared[7, 1:7] = shared[1:7, 7] = 0.2  # near to the first alone
    heavy = np.array([60.0, 1, 1, 1, 1, 1, 1, 1])
    assert hold(np.zeros(8, dtype=int), shared, np.ones(8))[7] == -1
    assert hold(np.zeros(8, dtype=int), shared, heavy)[7] == 0


def test_smoothing_draws_groups_together_and_leaves_strangers() -> None:
    rows, truth = blobs([12, 12, 12], noise=1.0)
    alone = np.zeros((1, rows.shape[1] + 1))
    alone[0, -1] = 1.0
    together = np.concatenate([np.pad(rows, ((0, 0), (0, 1))), alone])
    moved = smooth(together, np.ones(len(together)))
    same = np.equal.outer(truth, truth)
    before, after = rows @ rows.T, moved[:-1] @ moved[:-1].T
    assert after[same].mean() - after[~same].mean() > before[same].mean() - before[~same].mean()
    assert moved[-1] == pytest.approx(together[-1])
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(len(moved)), abs=1e-6)


def test_linked_strangers_stay_together_however_the_draws_fall() -> None:
    rows = np.eye(20)
    voices = [f"P{i % 5}" for i in range(20)]
    labels = cluster_vectors(rows, voices=voices, must_link=[(3, 17)], config=ClusteringConfig(resamples=5)).labels
    assert labels[3] == labels[17] >= 0
    assert (labels >= 0).sum() == 2


def support_points(cosine: float, voices: list[str], weights: list[float] | None = None, **keys: Any) -> Points:
    """Two rows of group 0, two of group 1 at a cosine to them, others far off, their mean 0."""
    first, second, third = np.eye(8)[:3]
    near = cosine * first + np.sqrt(1 - cosine**2) * second
    rows = np.array([first, first, near, near, *[third] * 4, *[-third] * 4, *[-first] * 2, *[-near] * 2])
    everyone = [*voices, *["P8", "P9"] * 6]
    return Points(rows, np.array(weights or [1.0] * len(rows)), np.arange(len(rows)), np.array(everyone), **keys)


LABELS = np.array([0, 0, 1, 1, *[2] * 4, *[3] * 4, *[-1] * 4])


def test_a_single_voice_joins_what_others_say_near_to_it() -> None:
    points = support_points(0.6, ["P1", "P1", "P2", "P3"])
    joined = join_voices(LABELS, points, cap=9.0, least=2)
    assert joined[:4].tolist() == [1, 1, 1, 1] and (joined[4:] == LABELS[4:]).all()


@pytest.mark.parametrize(
    ("cosine", "voices", "keys"),
    [
        (0.05, ["P1", "P1", "P2", "P3"], {}),  # nobody is near
        (0.6, ["P1", "P4", "P2", "P3"], {}),  # both have voices enough
        (0.6, ["P1", "P1", "P1", "P1"], {}),  # the near one adds none
        (0.6, ["", "", "P2", "P3"], {}),  # a micro-cluster stands for several
        (0.6, ["P1", "P1", "P2", "P3"], {"cannot": ((1, 2),)}),  # a person wants them apart
    ],
)
def test_other_groups_are_left_as_they_are(cosine: float, voices: list[str], keys: dict[str, Any]) -> None:
    points = support_points(cosine, voices, **keys)
    assert (join_voices(LABELS, points, cap=9.0, least=2) == LABELS).all()


def test_joining_makes_no_group_above_the_cap() -> None:
    points = support_points(0.6, ["P1", "P1", "P2", "P3"])
    assert (join_voices(LABELS, points, cap=3.0, least=2) == LABELS).all()


def test_a_study_of_one_voice_is_not_joined_into_one_job() -> None:
    points = support_points(0.6, ["P1"] * 4)
    alone = Points(points.vectors, points.weights, points.keys, np.array(["P1"] * 16))
    assert (join_voices(LABELS, alone, cap=20.0, least=2) == LABELS).all()


def test_atoms_stand_in_the_order_of_their_numbers_also_where_the_first_ones_are_equal() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(60, 20))
    rows[:40, :12] = 0.0  # more equal numbers than are looked at first
    rows[5] = rows[3]
    found = make_atoms(rows, [], [])
    assert [tuple(v) for v in found.vectors.round(6)] == sorted(tuple(v) for v in found.vectors.round(6))
    assert (found.vectors[:, :12] == 0).all(axis=1).sum() == 39
    shuffled = rng.permutation(60)
    assert (make_atoms(rows[shuffled], [], []).vectors == found.vectors).all()
