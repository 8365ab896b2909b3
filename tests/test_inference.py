"""A text's vector must not depend, in any bit, on the texts that share its run."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from jtbd_nlp import embed_texts
from jtbd_nlp.inference import TOKENS, OnnxModel
from jtbd_nlp.models import model_file

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


def test_tokenizers_share_word_pieces_and_cut_each_for_itself() -> None:
    short, long = OnnxModel("minilm", max_tokens=8), OnnxModel("phrases", max_tokens=20)
    long.tokenizer.no_truncation()
    alone = Tokenizer.from_file(str(model_file("minilm/tokenizer.json")))
    texts = ["[MASK] it [SEP]", "naïve café 🙂", " ".join(WORDS)]
    whole = [(e.ids, e.offsets) for e in alone.encode_batch(texts)]
    assert [(e.ids, e.offsets) for e in long.tokenizer.encode_batch(texts)] == whole
    assert [len(e.ids) for e in short.tokenizer.encode_batch(texts)] == [min(8, len(ids)) for ids, _ in whole]


def test_models_asked_at_once_have_no_more_runs_in_work_than_the_setting_allows(texts: list[str]) -> None:
    models = [OnnxModel(folder, threads=2) for folder in ("minilm", "passages")]
    running, most, lock = [0], [0], threading.Lock()

    class Counted:
        def __init__(self, session: Any) -> None:
            self.session = session

        def run(self, *args: Any) -> Any:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            found = self.session.run(*args)
            with lock:
                running[0] -= 1
            return found

    for model in models:
        model._session = Counted(model._session)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda model: model.run_each(model.tokenizer.encode_batch(texts)), models))
    assert most == [2]
