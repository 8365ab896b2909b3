"""Job vectors: centring on the study, neighbours of one answer, and wrong lengths."""

import numpy as np
import pytest

from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.similarity import centre, job_vectors, told_vectors, without_theme


def rows(n: int, seed: int = 0) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(n, 30)) + 1.0
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("n", [0, 1, 2, 40])
def test_unit_rows_for_any_number(n: int) -> None:
    found = job_vectors(rows(n), [""] * n)
    assert found.shape == (n, 30)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(n), abs=1e-5)


def test_what_the_study_shares_is_taken_away() -> None:
    plain = rows(60)
    found = job_vectors(plain, [""] * 60)
    above = np.triu_indices(60, 1)
    assert (plain @ plain.T)[above].mean() > 0.4
    assert abs((found @ found.T)[above].mean()) < 0.1


def test_few_passages_are_centred_less() -> None:
    pair = rows(2)
    assert (centre(pair) @ centre(pair).T)[0, 1] > 0


def test_passages_of_one_answer_attract_and_others_do_not() -> None:
    plain, texts = rows(20), ["x"] * 20
    question = "What takes you most of the time in a normal week at work? "
    alone = job_vectors(plain, texts, contexts=[f"question number {i} on something else altogether" for i in range(20)])
    contexts = [f"question number {i} on something else altogether" for i in range(20)]
    contexts[4], contexts[5] = question, question + "I sort the invoices."
    together = job_vectors(plain, texts, contexts=contexts)
    assert together[4] @ together[5] > alone[4] @ alone[5] + 0.1
    assert abs(together[7] @ together[12] - alone[7] @ alone[12]) < 0.1


def test_empty_contexts_make_no_neighbours() -> None:
    plain = rows(6)
    assert np.allclose(job_vectors(plain, ["x"] * 6, contexts=[""] * 6), job_vectors(plain, ["x"] * 6), atol=1e-6)


@pytest.mark.parametrize("name", ["contexts", "tags"])
def test_wrong_lengths_are_refused(name: str) -> None:
    with pytest.raises(InvalidParameterError, match=f"{name} must be one for each of 3"):
        job_vectors(rows(3), ["x"] * 3, **{name: []})
    with pytest.raises(InvalidParameterError, match="texts must be"):
        job_vectors(rows(3), [])


def test_one_direction_that_outweighs_all_others_is_taken_away() -> None:
    rng = np.random.default_rng(0)
    about = np.zeros((200, 30))
    about[:, 0] = rng.choice([-2.0, 2.0], 200)
    themed = rng.normal(size=(200, 30)) + about
    themed /= np.linalg.norm(themed, axis=1, keepdims=True)
    found = without_theme(themed)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(200))
    assert np.abs(np.corrcoef(found[:, 0], about[:, 0])[0, 1]) < 0.2 < np.corrcoef(themed[:, 0], about[:, 0])[0, 1]


def test_without_such_a_direction_nothing_changes() -> None:
    even = centre(rows(4000))
    assert ((without_theme(even) * even).sum(axis=1) > 0.99).all()
    assert np.array_equal(without_theme(even[:5]), even[:5])


def test_the_vectors_that_are_given_stay_as_they_are() -> None:
    given = np.random.default_rng(0).normal(size=(40, 8))
    before = given.copy()
    job_vectors(given, ["t"] * 40, contexts=["asked"] * 40)
    centre(given)
    without_theme(given)
    assert (given == before).all()


def test_what_an_answer_tells_is_shared_by_its_passages_and_leaves_the_input_alone() -> None:
    plain = rows(40)
    before = plain.copy()
    asked = "one and the same question, long enough to be known again"
    contexts = [asked, asked, *(f"question number {i} on something else altogether" for i in range(38))]
    told = told_vectors(plain, contexts, 0.8)
    apart = told_vectors(plain, [f"question number {i} on something else altogether" for i in range(40)], 0.8)
    assert told.dtype == np.float32
    assert np.allclose(np.linalg.norm(told, axis=1), 1, atol=1e-5)
    assert told[0] @ told[1] > apart[0] @ apart[1] + 0.3
    assert (plain == before).all()
