"""What the documents say holds: the command reference, and the README's Python with its output."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jtbd_nlp import JobReport, pipeline

ROOT = Path(__file__).resolve().parent.parent


def test_the_command_reference_is_what_help_prints() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "build_reference.py"), "--check"], check=False)
    assert done.returncode == 0, "run: python docs/build_reference.py"


def test_readme_is_short_and_its_python_prints_what_it_shows(mined: JobReport, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("\n") < 150
    code = re.search(r"```python\n(.*?)```\n+```text\n(.*?)```", text, re.S)
    assert code
    monkeypatch.setattr(pipeline, "mine", lambda _source: mined)  # mined once for the whole session
    monkeypatch.setattr("jtbd_nlp.mine", lambda _source: mined)
    monkeypatch.chdir(ROOT)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(code.group(1), "README.md", "exec"), {})
    assert shown.getvalue() == code.group(2)


def test_every_linked_document_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_no_document_names_a_path_of_one_machine() -> None:
    names = [p for p in ROOT.rglob("*.md") if not {".venv", "node_modules"} & set(p.parts)]
    assert not [str(p) for p in names if f"{os.sep}root{os.sep}" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("folder", ["benchmarks", "training"])
def test_every_command_of_a_developer_has_a_help(folder: str) -> None:
    for script in sorted((ROOT / folder).glob("*.py")):
        text = script.read_text(encoding="utf-8")
        if 'if __name__ == "__main__":' in text:
            assert "ArgumentParser(" in text or '"--help"' in text, (
                f"{script.name} takes --help for a folder, or starts work"
            )
