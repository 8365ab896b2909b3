"""The locks: every package with its hashes, at the versions that the constraints pin."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\\s]+)", re.MULTILINE)
ELSEWHERE = {"appnope", "colorama", "cffi", "pycparser", "httpx2-jsfetch"}  # needed on other systems than set-up ran on
BUILD = {"hatchling", "editables", "setuptools", "trove-classifiers"}


def name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def pins(file: Path) -> dict[str, str]:
    return {name(m[1]): m[2] for m in PIN.finditer(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", ["base", "extras"])
def test_every_locked_package_has_hashes_and_the_pinned_version(lock: str) -> None:
    file = ROOT / "locks" / f"{lock}.txt"
    blocks = re.split(r"\n(?=[A-Za-z0-9])", file.read_text(encoding="utf-8").split("\n", 2)[2])
    for block in blocks:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:80]
    constraints = pins(ROOT / "constraints.txt")
    for package, version in pins(file).items():
        if package not in ELSEWHERE | BUILD:
            assert constraints.get(package) == version, package


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    base, extras = pins(ROOT / "locks" / "base.txt"), pins(ROOT / "locks" / "extras.txt")
    needed = {name(re.split(r"[\[<>=!~ ]", d)[0]) for d in project["dependencies"]}
    assert needed <= base.keys() <= extras.keys()
    optional = project["optional-dependencies"]
    more = {name(re.split(r"[\[<>=!~ ]", d)[0]) for e in ("dask", "plots", "privacy", "notebook") for d in optional[e]}
    assert more - {"jtbd-nlp"} <= extras.keys()
