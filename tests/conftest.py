"""Fixtures shared by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

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
