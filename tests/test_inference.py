"""A text's vector must not depend, in any bit, on the texts that share its run."""

from __future__ import annotations

import random

import numpy as np
import pytest

from jtbd_nlp import embed_texts
from jtbd_nlp.inference import TOKENS, OnnxModel

WORDS = "I lose an hour every week on chasing invoices because nobody in the office ever tells me who has paid".split()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Texts of few different lengths, so that many share a run."""
    rng = random.Random(0)
    return [" ".join(rng.choices(WORDS, k=rng.choice([3, 9, 21]))) for _ in range(60)]


def test_a_vector_has_the_same_bits_alone_and_among_others(texts: list[str]) -> None:
    together = embed_texts(texts)
    assert np.array_equal(together, np.concatenate([embed_texts([t]) for t in texts[:12]] + [embed_texts(texts[12:])]))
    assert np.array_equal(embed_texts(texts[::-1])[::-1], together)


def test_runs_hold_texts_of_one_length_and_few_tokens() -> None:
    model = OnnxModel("minilm", threads=1)
    lengths = [7, 300, 7, 9, 300] + [7] * 200
    batches = model._batches(lengths)
    assert sorted(i for places in batches for i in places) == list(range(len(lengths)))
    for places in batches:
        assert len({lengths[i] for i in places}) == 1
        assert len(places) == 1 or len(places) * lengths[places[0]] <= TOKENS


def test_a_model_that_does_not_say_so_is_run_one_text_at_a_time() -> None:
    model = OnnxModel("minilm", threads=1)
    model._shared = False
    assert model._batches([5, 5, 5]) == [[0], [1], [2]]
