"""The public face: names, light import, settings, embedding, errors."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import jtbd_nlp
from jtbd_nlp import Config, errors
from jtbd_nlp.config import EmbeddingConfig
from jtbd_nlp.errors import InvalidParameterError, JtbdError, MissingModelError
from jtbd_nlp.models import model_file, shipped


def test_all_names_are_there_and_sorted() -> None:
    assert sorted(jtbd_nlp.__all__) == jtbd_nlp.__all__
    assert set(jtbd_nlp.__all__) - {"__version__"} == set(jtbd_nlp._HOMES)
    for name in jtbd_nlp.__all__:
        assert getattr(jtbd_nlp, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = jtbd_nlp.nothing


def test_import_loads_no_heavy_library() -> None:
    code = "import sys, jtbd_nlp; print([m for m in ('torch', 'spacy', 'sklearn', 'pandas', 'onnxruntime') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom jtbd_nlp.cli.main import app\n"
        "print([m for m in ('torch', 'spacy', 'sklearn', 'pandas', 'numpy') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_every_error_is_in_the_tree_of_its_module() -> None:
    drawn = set(re.findall(r"\b(\w*Error)\b", errors.__doc__ or ""))
    defined = {n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, JtbdError)}
    assert defined <= drawn


def test_version_is_the_one_of_the_changelog() -> None:
    changelog = (Path(jtbd_nlp.__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {jtbd_nlp.__version__}" in changelog


def test_unknown_settings_are_refused_with_the_nearest_match(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameterError, match=r"Did you mean 'granularity'\?"):
        Config.from_dict({"clustering": {"granulrity": 1.0}})
    with pytest.raises(InvalidParameterError, match="must be of type int, got 'three'"):
        Config.from_dict({"clustering": {"min_passages": "three"}})
    with pytest.raises(InvalidParameterError, match="'off', 'suggest', 'on'"):
        Config.from_dict({"privacy": {"redact": "yes"}})
    file = tmp_path / "a.toml"
    file.write_text("[clustering\n", encoding="utf-8")
    with pytest.raises(InvalidParameterError, match=r"a\.toml must be a TOML file"):
        Config.from_toml(file)


def test_settings_round_trip() -> None:
    config = Config.from_dict({"drafting": {"products": ["Ledgerwren"]}, "clustering": {"granularity": 2}})
    assert Config.from_dict(config.to_dict()) == config


def test_vectors_have_the_promised_form_and_depend_on_their_text_alone() -> None:
    texts = ["I lose hours on invoices.", "", "Ünïcode 🙂", "a " * 2000]
    vectors = jtbd_nlp.embed_texts(texts)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(jtbd_nlp.embed_texts(texts[::-1]), vectors[::-1])
    assert np.array_equal(jtbd_nlp.embed_texts(texts[:1]), vectors[:1])
    assert jtbd_nlp.embed_texts([]).shape == (0, 384)


def test_similar_sentences_are_near() -> None:
    a, b, c = jtbd_nlp.embed_texts(["I wait for my money.", "Customers pay me late.", "The cat sleeps on the sofa."])
    assert a @ b > a @ c


@pytest.mark.parametrize("call", [jtbd_nlp.embed_texts, jtbd_nlp.tag_sentences, jtbd_nlp.cluster_texts])
def test_half_a_surrogate_pair_is_read_as_the_sign_that_stands_for_it(call: Callable[..., Any]) -> None:
    broken, mended = call(["I hate \ud83d waiting.", "ok"]), call(["I hate \ufffd waiting.", "ok"])
    assert np.array_equal(getattr(broken, "labels", broken), getattr(mended, "labels", mended))


@pytest.mark.parametrize("call", [jtbd_nlp.embed_texts, jtbd_nlp.tag_sentences, jtbd_nlp.cluster_texts])
def test_what_is_no_list_of_texts_and_no_settings_is_refused(call: Callable[..., Any]) -> None:
    for bad in (None, 5):
        with pytest.raises(InvalidParameterError, match=f"must be a list of texts, got {bad}"):
            call(bad)
    with pytest.raises(InvalidParameterError, match="config must be a Config"):
        call(["I wait."], config={"clustering": {}})
    call(["I wait."], config=Config())


def test_settings_that_are_none_are_refused() -> None:
    with pytest.raises(InvalidParameterError, match=r"config must be a mapping of sections, got 5\. "):
        Config.from_dict(5)  # type: ignore[arg-type]
    with pytest.raises(InvalidParameterError, match=r"config must be a Config, got \{\}"):
        jtbd_nlp.mine("data", config={})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["cache", "curator", "engine"])
def test_a_path_or_an_address_is_no_cache_and_no_engine(name: str) -> None:
    with pytest.raises(InvalidParameterError, match=rf"{name} must be .*, got 'out'\. Use jtbd_nlp\."):
        jtbd_nlp.mine("data", **{name: "out"})  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", ["one text", [None], [float("nan")]])
def test_embedding_refuses_what_is_no_text(bad: object) -> None:
    with pytest.raises(InvalidParameterError):
        jtbd_nlp.embed_texts(bad)  # type: ignore[arg-type]


def test_a_model_that_is_not_on_disk_names_the_line_that_fetches_it() -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(MissingModelError, match="Fetch it once with"):
        jtbd_nlp.embed_texts(["a"], config=EmbeddingConfig(model="nobody/no-such-model"))


@pytest.mark.parametrize("device", ["cuda", "gpu0"])
def test_a_device_that_is_not_there_is_refused(device: str) -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has one")
    with pytest.raises(InvalidParameterError, match=rf"device must be one of cpu, .*got '{device}'"):
        jtbd_nlp.embed_texts(["a"], config=EmbeddingConfig(device=device))


def test_a_changed_model_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "minilm").mkdir()
    (tmp_path / "minilm" / "model.onnx").write_bytes(b"not a model")
    (tmp_path / "index.json").write_text('{"minilm/model.onnx": {"sha256": "0", "bytes": 1}}', encoding="utf-8")
    monkeypatch.setenv("JTBD_NLP_MODELS", str(tmp_path))
    with pytest.raises(MissingModelError, match="must have sha256 0"):
        model_file("minilm/model.onnx")
    with pytest.raises(MissingModelError, match="not found in"):
        model_file("nothing.onnx")


def test_every_shipped_model_file_is_as_recorded_and_has_a_card() -> None:
    for name in shipped():
        path = model_file(name)
        assert (path.parent / "README.md").is_file(), f"{path.parent.name} has no card"


def test_every_module_imports() -> None:
    package = Path(jtbd_nlp.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if path.name != "__main__.py":
            importlib.import_module(".".join(["jtbd_nlp", *path.relative_to(package).with_suffix("").parts]))


def test_a_folder_of_models_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JTBD_NLP_MODELS", str(tmp_path / "gone"))
    for ask in (lambda: model_file("tagger/model.onnx"), shipped):
        with pytest.raises(MissingModelError, match="JTBD_NLP_MODELS must be a folder of models, got"):
            ask()
