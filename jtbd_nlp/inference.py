"""Runs an ONNX model over texts, each text a batch of its own, on as many threads as there are cores.

Why one text a batch: dynamic int8 quantization takes its scales from the whole input tensor, so in a shared batch a
sentence's numbers would depend on its neighbours, and with them on file order and partitions. One text a batch makes
every result a function of that text alone, and wastes nothing on padding (see docs/decisions.md for the figures).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from .models import model_file

PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider", "mps": "CoreMLExecutionProvider"}


class OnnxModel:
    """A shipped ONNX encoder with its tokenizer.

    Parameters
    ----------
    folder : str
        Folder below ``models/`` that holds ``model.onnx`` and ``tokenizer.json``; both are checked by sha256.
    max_tokens : int, default=256
        Longer inputs are cut at their end.
    threads : int, default=0
        Texts in work at the same time; 0 means one per core.
    device : str, default="cpu"
        Key of `PROVIDERS`, or the name of an onnxruntime provider.

    Raises
    ------
    MissingModelError
        If a file is absent or is not the recorded one.
    """

    def __init__(self, folder: str, *, max_tokens: int = 256, threads: int = 0, device: str = "cpu") -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.threads = threads or os.cpu_count() or 1
        self.tokenizer = Tokenizer.from_file(str(model_file(f"{folder}/tokenizer.json")))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # texts run side by side, not parts of one
        options.log_severity_level = 3
        path: Path = model_file(f"{folder}/model.onnx")
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=list(dict.fromkeys([PROVIDERS.get(device, device), "CPUExecutionProvider"]))
        )
        self._inputs = {i.name for i in self._session.get_inputs()}

    def run_each(self, encodings: Sequence[Any]) -> list[list[np.ndarray]]:
        """Run the model on each encoding by itself.

        Parameters
        ----------
        encodings : Sequence[tokenizers.Encoding]
            From ``self.tokenizer.encode_batch``.

        Returns
        -------
        list of list of ndarray
            Per text the model's outputs without the batch axis, in the order of the input.
        """
        if self.threads == 1 or len(encodings) < 4:
            return [self._run(e) for e in encodings]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(self._run, encodings))

    def _run(self, encoding: Any) -> list[np.ndarray]:
        ids = np.asarray([encoding.ids], dtype=np.int64)
        types = np.asarray([encoding.type_ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        return [out[0] for out in self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})]
