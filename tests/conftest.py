"""Fixtures shared by the tests."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import Opened, chromium, save_page
from filelock import FileLock

from jtbd_nlp import JobReport, mine
from jtbd_nlp.study import FolderCache, Study

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared data beside the checkout; skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of our own sample transcripts."""
    return ROOT / "data" / "samples"


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes share which run these tests side by side."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def mined(samples: Path, together: Path) -> JobReport:
    """Return the report of all sample transcripts, mined once for the whole session: the first process to ask does it."""
    file = together / "mined.pickle"
    with FileLock(f"{file}.lock"):
        if not file.is_file():
            report = mine(samples, progress=False, cache=FolderCache(together / "known"))
            file.write_bytes(pickle.dumps(report))
        again: JobReport = pickle.loads(file.read_bytes())
    return again


@pytest.fixture(scope="session")
def known(mined: JobReport, together: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], FolderCache]:
    """Return copies of the cache of that run, for tests of what is made of the models' work and not of that work."""

    def copied() -> FolderCache:
        return FolderCache(shutil.copytree(together / "known", tmp_path_factory.mktemp("known") / "cache"))

    return copied


@pytest.fixture(scope="session")
def eight(samples: Path, together: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of eight samples, mined once for the whole session; tests work on copies."""
    folder = together / "eight"
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            begun = tmp_path_factory.mktemp("begun") / "eight"  # a run that fails leaves nothing to who asks next
            Study.init(begun)
            builders.make_cheap(begun / "study.toml", resamples=2)
            for file in builders.interviews(samples)[:8]:
                shutil.copy(file, begun / "transcripts")
            Study.open(begun).mine(progress=False)
            begun.rename(folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser, one for a file of tests."""
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """Return the page of the small report, opened; nothing may have gone wrong in it."""
    page = Opened(browser, save_page(tmp_path, builders.small_report().to_html()))
    yield page
    assert page.broken() == []
    page.close()
