"""Fixtures shared by the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import Opened, chromium, save_page

from jtbd_nlp import JobReport, mine

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
def mined(samples: Path) -> JobReport:
    """Return the report of all sample transcripts, mined once for the whole session."""
    return mine(samples, progress=False)


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
