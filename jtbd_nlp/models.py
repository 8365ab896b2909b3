"""Finds the model files that ship with the library and checks each by sha256 before it is loaded.

Looked up in this order: the folder that ``JTBD_NLP_MODELS`` names, ``models/`` inside the installed package, and
``models/`` beside it (a checkout). ``models/index.json`` lists every file with its sha256 and size.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from .errors import MissingModelError

_PACKAGE = Path(__file__).resolve().parent


def _roots() -> list[Path]:
    named = os.environ.get("JTBD_NLP_MODELS")
    if named and not Path(named).is_dir():  # to pass it over would be to run on other models than somebody asked for
        raise MissingModelError(
            f"JTBD_NLP_MODELS must be a folder of models, got {named!r}. Name one, or take the variable away."
        )
    return [*([Path(named)] if named else []), _PACKAGE / "models", _PACKAGE.parent / "models"]


def model_file(name: str) -> Path:
    """Return the path of a shipped model file after checking its sha256.

    Parameters
    ----------
    name : str
        Path below ``models/`` with forward slashes, such as ``"tagger/model.onnx"``.

    Returns
    -------
    Path

    Raises
    ------
    MissingModelError
        If no file of that name is found, it is not listed in ``index.json``, or its sha256 differs.
    """
    return _checked(name, os.environ.get("JTBD_NLP_MODELS", ""))


@cache
def _checked(name: str, _environment: str) -> Path:
    tried = _roots()
    root = next((r for r in tried if (r / name).is_file() and (r / "index.json").is_file()), None)
    if root is None:
        raise MissingModelError(
            f"model file must be one of those shipped, got {name!r}, not found in {', '.join(map(str, tried))}. "
            "Reinstall jtbd_nlp, or set JTBD_NLP_MODELS to the folder that holds it."
        )
    recorded = json.loads((root / "index.json").read_text(encoding="utf-8"))
    want = recorded.get(name, {}).get("sha256")
    got = sha256_of(root / name)
    if want != got:
        raise MissingModelError(
            f"{root / name} must have sha256 {want}, got {got}. The file was changed or cut short; reinstall jtbd_nlp."
        )
    return root / name


def sha256_of(path: Path) -> str:
    """Return the hex sha256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shipped() -> dict[str, str]:
    """Return the recorded sha256 of every shipped model file, by name: what a report's provenance states."""
    for root in _roots():
        if (root / "index.json").is_file():
            index = json.loads((root / "index.json").read_text(encoding="utf-8"))
            return {name: entry["sha256"] for name, entry in sorted(index.items())}
    return {}


def named_model(name: str) -> dict[str, str]:
    """Return the sha256 over all files of a model that the user named, if it is a folder; nothing for a shipped one.

    Parameters
    ----------
    name : str
        As in the settings. A name that only the hub's cache knows is returned with an empty sha256.
    """
    if name == "minilm":
        return {}
    return {name: _sha256_of_folder(name) if Path(name).is_dir() else ""}


@cache
def _sha256_of_folder(name: str) -> str:
    folder = Path(name)
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()}\0{sha256_of(file)}\n".encode())
    return digest.hexdigest()
