"""The models give the same bits on every x86 processor with AVX2, so that a study gives the same report on any machine."""

from __future__ import annotations

import hashlib
import platform

import pytest

from jtbd_nlp.inference import OnnxModel
from jtbd_nlp.models import model_file

# of the outputs for TEXTS: with AVX-512, VNNI and AMX, and with AVX2 alone (an emulated Haswell) alike
DIGESTS = {
    "jobs": "f311c0225e714cc633d4b3b6bcaf2c33e94eb8f9338bf99efafff75639cac90a",
    "minilm": "8070f133ceb48ae2394f2d53dc0f60b1e3864db557f9c627ecc4463f81362e5e",
    "passages": "7ee7165560023c4ecef9e5b5c5a31a0c86921838c7f9cb4da6f13bb5e26aa26b",
    "phrases": "3edf3b2ab79208e0f43daa9369137f126ec551f509a9fab61335376eb795d85d",
    "tagger": "737909d7b91ceab91a325afb58eee151417c2854fc8d8abe55217075baa41aa7",
}
WORDS = (
    "I never know which of the forty invoices was paid until the bank statement comes and by then the client has asked me "
    "twice so what I want is to see it at a glance when somebody rings me while I am still in the van with wet hands"
).split()
TEXTS = [" ".join(WORDS[:n]) for n in (1, 2, 5, 9, 13, 14, 15, 16, 17, 21, 25, 31, 32, 33, 40, 45)]


def digest(folder: str) -> str:
    """Return the sha256 of what a model gives for some texts of many lengths."""
    model = OnnxModel(folder, threads=1)
    rows = model.run_each(model.tokenizer.encode_batch(TEXTS))
    return hashlib.sha256(b"".join(out.tobytes() for row in rows for out in row)).hexdigest()


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="other processors add in another order")
@pytest.mark.parametrize("folder", sorted(DIGESTS))
def test_a_model_gives_the_same_bits_as_on_the_machines_before(folder: str) -> None:
    assert digest(folder) == DIGESTS[folder]


@pytest.mark.parametrize("folder", sorted(DIGESTS))
def test_no_model_holds_a_step_that_adds_in_as_many_lanes_as_the_processor_has(folder: str) -> None:
    graph = model_file(f"{folder}/model.onnx").read_bytes()
    for step in (b"MultiHeadAttention", b"Softmax", b"SkipLayerNormalization"):
        assert step not in graph
