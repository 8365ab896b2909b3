"""Runs an ONNX model over texts, on as many threads as there are cores, so that no text's result depends on another's.

A model whose metadata says ``rows = independent`` (training/int8.py) is run on texts of equal length together: its
products are of whole numbers with fixed scales, so that a text gives the same bits alone and among others. Any other
model, such as one quantized dynamically, whose scales come from the whole batch, is run one text at a time.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .errors import InvalidParameterError
from .models import model_file

PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider", "mps": "CoreMLExecutionProvider"}
TOKENS = 512  # word pieces of one run: enough to fetch the weights once for many texts, few enough for the cache
# onnxruntime's fused kernel for these two is five times slower than the two apart
SLOWER = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]

_making = threading.Lock()


class OnnxModel:
    """A shipped ONNX encoder with its tokenizer.

    Parameters
    ----------
    folder : str
        Folder below ``models/`` that holds ``model.onnx`` and ``tokenizer.json``; both are checked by sha256.
    max_tokens : int, default=256
        Longer inputs are cut at their end.
    threads : int, default=0
        Runs in work at the same time, those of all models with this setting together; 0 means one per core.
    device : str, default="cpu"
        Key of `PROVIDERS`, or the name of an onnxruntime provider.

    Raises
    ------
    InvalidParameterError
        If the installed onnxruntime has no such device.
    MissingModelError
        If a file is absent or is not the recorded one.
    """

    def __init__(self, folder: str, *, max_tokens: int = 256, threads: int = 0, device: str = "cpu") -> None:
        import onnxruntime

        from .offline import silenced

        silenced(onnxruntime)
        self.threads = n_threads(threads)
        with _making:
            self._turns = _turns(self.threads)
        self.tokenizer = _tokenizer(model_file(f"{folder}/tokenizer.json").read_text(encoding="utf-8"))
        self.tokenizer.enable_truncation(max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # texts run side by side, not parts of one
        options.enable_mem_pattern = False  # a plan kept for each length and number of texts: memory, and no faster
        options.log_severity_level = 3
        with _making:  # a cached function lets a second thread in while the first still makes it
            shared = _has_shared_memory()
        if shared:
            options.add_session_config_entry("session.use_env_allocators", "1")
        path: Path = model_file(f"{folder}/model.onnx")
        providers = list(dict.fromkeys([_provider(device, onnxruntime.get_available_providers()), PROVIDERS["cpu"]]))
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=providers, disabled_optimizers=SLOWER
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._shared = self._session.get_modelmeta().custom_metadata_map.get("rows") == "independent"

    def run_each(self, encodings: Sequence[Any]) -> list[list[np.ndarray]]:
        """Run the model on each encoding; what comes out for one does not depend on the others.

        Parameters
        ----------
        encodings : Sequence[tokenizers.Encoding]
            From ``self.tokenizer.encode_batch``.

        Returns
        -------
        list of list of ndarray
            Per text the model's outputs without the batch axis, in the order of the input.
        """
        results: list[list[np.ndarray]] = [[]] * len(encodings)

        def run(places: Sequence[int]) -> None:
            for row, outputs in zip(places, self._run([encodings[i] for i in places]), strict=True):
                results[row] = outputs

        batches = self._batches([len(e.ids) for e in encodings])
        if self.threads == 1 or len(batches) < 4:
            for places in batches:
                run(places)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(run, batches))
        return results

    def _batches(self, lengths: Sequence[int]) -> list[list[int]]:
        """Return the places of the texts that share a run: of one length, so that nothing is padded."""
        if not self._shared:
            return [[i] for i in range(len(lengths))]
        places: dict[int, list[int]] = defaultdict(list)
        for i, length in enumerate(lengths):
            places[length].append(i)
        found = []
        for length, same in sorted(places.items()):
            size = max(1, TOKENS // length)
            found += [same[at : at + size] for at in range(0, len(same), size)]
        return found

    def _run(self, encodings: Sequence[Any]) -> list[list[np.ndarray]]:
        ids = np.asarray([e.ids for e in encodings], dtype=np.int64)
        types = np.asarray([e.type_ids for e in encodings], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        with self._turns:
            outputs = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})
        return [[out[row] for out in outputs] for row in range(len(encodings))]


def _provider(device: str, available: Sequence[str]) -> str:
    """Return the name that onnxruntime has for a device; it would take the processor for one that it does not have."""
    name = PROVIDERS.get(device, device)
    if name not in available:
        known = [short for short, long in PROVIDERS.items() if long in available]
        raise InvalidParameterError(
            f"[embedding] device must be one of {', '.join([*known, *available])}, got {device!r}. "
            "Install the onnxruntime that has it, or leave it out."
        )
    return name


def n_threads(threads: int) -> int:
    """Return how many runs a setting allows at the same time: 0 means one per core."""
    return threads or os.cpu_count() or 1


def _tokenizer(description: str) -> Any:
    """Return a tokenizer of its own, for it is told where to cut, over word pieces that all models share."""
    from tokenizers import Tokenizer

    read = _read_once(description)
    found = Tokenizer(read.model)
    found.normalizer, found.pre_tokenizer = read.normalizer, read.pre_tokenizer
    found.post_processor, found.decoder = read.post_processor, read.decoder
    found.add_special_tokens([token for _, token in sorted(read.get_added_tokens_decoder().items())])
    return found


@cache
def _read_once(description: str) -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(description)


@cache
def _has_shared_memory() -> bool:
    """Have onnxruntime keep one pool of memory for all models in place of one each; tell whether it could be made."""
    import onnxruntime

    try:
        kind = onnxruntime.OrtMemoryInfo(
            "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
        )
        onnxruntime.create_and_register_allocator(kind, None)
    except Exception:  # noqa: BLE001 - somebody else made one before, or this version cannot: each keeps its own
        return False
    return True


@cache
def _turns(threads: int) -> threading.Semaphore:
    """Return what models share that may have so many runs in work: two of them asked at once take no more cores than one."""
    return threading.Semaphore(threads)
