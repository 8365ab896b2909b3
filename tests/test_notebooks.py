"""Every notebook runs from top to bottom.

What the models and the parser gave for the samples is known from elsewhere in the tests, so that notebooks only put it
together; `test_sockets` runs one with nothing known.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jtbd_nlp.study import FolderCache

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
KNOWN = """
import functools, jtbd_nlp
from jtbd_nlp.study import FolderCache
jtbd_nlp.mine = functools.partial(jtbd_nlp.mine, cache=FolderCache({folder!r}))
"""
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.enable_socket  # the kernel is spoken to over loopback; other hosts stay blocked
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_and_is_committed_without_output(path: Path, known: Callable[[], FolderCache]) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert all(not c.get("outputs") for c in notebook.cells), "strip the outputs before committing"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(KNOWN.format(folder=str(known().folder))))
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    pictures = [c for c in notebook.cells if c.source.rpartition("\n")[2].startswith("plot_")]
    assert all("image/png" in output.data for c in pictures for output in c.outputs if output.output_type != "stream")


def test_there_are_notebooks() -> None:
    assert [p.stem[:2] for p in NOTEBOOKS] == ["01", "02", "03", "04"]
