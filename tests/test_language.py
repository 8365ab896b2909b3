"""Loading spaCy must not bring along what other packages hang onto it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("presidio_analyzer", "transformers")


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_splitter_imports_no_package_that_only_offers_a_pipe() -> None:
    code = (
        "import sys\nfrom jtbd_nlp.language import load_splitter\nload_splitter()\n"
        f"print([m for m in {HEAVY} if m in sys.modules])\n"
        "from spacy.util import registry\nprint(registry._entry_point_factories.entry_points)"
    )
    assert _run(code).splitlines() == ["[]", "True"]


def test_the_command_line_keeps_torch_out_and_still_can_import_it() -> None:
    code = (
        "import sys\nfrom jtbd_nlp import language\nlanguage.own_process = True\n"
        "doc = language.load_splitter()('It rains. I stay.')\nprint(len(list(doc.sents)), 'torch' in sys.modules)"
    )
    assert _run(code) == "2 False"


def test_the_command_line_keeps_spacys_commands_out_and_still_can_import_them() -> None:
    code = (
        "import sys\nfrom jtbd_nlp import language\nlanguage.own_process = True\nlanguage.load_splitter()\n"
        "print([m for m in ('spacy.cli', 'weasel', 'httpx', 'typer') if m in sys.modules])\n"
        "from spacy.cli.info import info\nprint(callable(info))"
    )
    assert _run(code).splitlines() == ["[]", "True"]


def test_in_a_process_of_others_spacy_is_whole() -> None:
    code = "from jtbd_nlp.language import load_splitter\nload_splitter()\nimport spacy\nprint(callable(spacy.info))"
    assert _run(code) == "True"
