"""Rooms of a package import downwards: none from one that is named after it, and none from the modules that use it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import jtbd_nlp

PACKAGE = Path(jtbd_nlp.__file__).parent
# rooms in the order in which they may import, after modules at the top that import no room
ROOMS = {
    "drafting": ("grammar", "vetoes", "frames", "slots", "finding", "choosing"),
    "ingestion": ("access", "turns", "formats", "speakers"),
    "privacy": ("finds", "lexicon", "english", "names", "searches", "hiding"),
}


def imported(path: Path, package: str) -> Iterator[str]:
    """Yield the room or module of the package that each import of a file names."""
    below = (path.parent.relative_to(PACKAGE)).parts  # such as drafting, slots
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*below[: len(below) - node.level + 1], *(node.module or "").split(".")]
            names = [a.name for a in node.names]
            parts = [part for part in base if part]
            if parts[:1] == [package]:
                yield from parts[1:2] or names


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_is_known_and_imports_only_from_those_below_it(package: str) -> None:
    order = ROOMS[package]
    folders = {file.parent.name for file in (PACKAGE / package).glob("*/__init__.py")}
    assert folders == {name for name in order if (PACKAGE / package / name).is_dir()}
    for number, name in enumerate(order):
        place = PACKAGE / package / name
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            assert set(imported(file, package)) <= set(order[: number + 1]), f"{package}/{name}: {file.name}"
