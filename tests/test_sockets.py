"""Nothing phones home: mining, reporting, redacting, checking, notebooks and a named encoder open no network socket.

Each runs in a process of its own, in which Python reports every socket and every look-up of a name to the test (an audit
hook: libraries cannot go around it from Python). Native code could; so the same is told by the kernel where ``strace`` is
installed, with ``make test-long``. One thing is let pass by name: urllib3, which spaCy imports, asks the kernel once
whether there is IPv6, by binding a socket to port 0 of the own machine; nothing is connected, looked up or sent.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

WATCH = """
import json, sys
opened = []
def watch(event, args):
    if event == "socket.__new__" and int(args[1]) in (2, 10) or event in (
        "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"
    ) and not (event in ("socket.connect", "socket.bind") and isinstance(args[1], (str, bytes))):
        opened.append(f"{event} {args!r:.200}")
sys.addaudithook(watch)
"""
MINE = """
from pathlib import Path
from jtbd_nlp import JobReport, mine, verify_quotes
from jtbd_nlp.config import Config
from jtbd_nlp.reproducing import reproduce
source = Path(sys.argv[1])
for redact in sys.argv[3:]:
    out = Path(sys.argv[2]) / redact
    config = Config.from_dict({"privacy": {"redact": redact}, "clustering": {"resamples": 2, "min_passages": 2}}, origin="test")
    report = mine(source, config=config, progress=False)
    report.save(out)
    checks = verify_quotes(JobReport.load(out), source)
    assert report.jobs and checks, (len(report.jobs), len(checks))
    assert all(c.ok for c in checks), [c for c in checks if not c.ok]
    report.to_html(), report.to_markdown(), [report.to_frame(n) for n in ("jobs", "quotes", "forces", "solutions")]
"""
NOTEBOOK = """
import os, nbformat
from IPython.core.interactiveshell import InteractiveShell
os.chdir(sys.argv[2])
shell = InteractiveShell.instance(history_length=0)
for cell in nbformat.read(sys.argv[1], as_version=4).cells:
    if cell.cell_type == "code":
        shell.run_cell(cell.source, store_history=False).raise_error()
"""
ENCODER = """
from jtbd_nlp.config import EmbeddingConfig
from jtbd_nlp.embedding import embed_texts
vectors = embed_texts(["I lose hours on invoices.", "He rings at night."], config=EmbeddingConfig(model=sys.argv[1]))
assert vectors.shape == (2, 16)
"""
END = "\nprint(json.dumps(opened))\n"


def opened(code: str, *words: str | Path) -> list[str]:
    command = [sys.executable, "-c", WATCH + code + END, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=1_800)
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    asked = [i for i, line in enumerate(found) if line.startswith("socket.bind") and line.endswith("('::1', 0))")]
    assert len(asked) <= 1
    return [line for i, line in enumerate(found) if not any(i in (at - 1, at) for at in asked)]


@pytest.fixture(scope="module")
def few(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few")
    for name in ("01_plumber.txt", "03_photographer.txt", "06_groomer.json"):
        shutil.copy(samples / name, folder)
    return folder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a sentence-transformers model with random weights."""
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer

    raw, folder = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("encoder")
    (raw / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghilnorstuvy"]))
    tokenizer = transformers.BertTokenizer(vocab=str(raw / "vocab.txt"))
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = transformers.BertConfig(vocab_size=len(tokenizer), **sizes)
    transformers.BertModel(config).save_pretrained(raw)
    tokenizer.save_pretrained(raw)
    SentenceTransformer(modules=[Transformer(str(raw)), Pooling(16)], device="cpu").save(str(folder))
    return folder


def test_the_watch_sees_sockets_and_look_ups() -> None:
    code = "import socket\nsocket.socket().close()\ntry:\n    socket.getaddrinfo('localhost', 1)\nexcept OSError:\n    pass"
    assert [line.split()[0] for line in opened(code)] == ["socket.__new__", "socket.getaddrinfo"]


def test_telemetry_is_off_before_any_library_is_loaded() -> None:
    code = "import os, jtbd_nlp\nassert 'onnxruntime' not in sys.modules and os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    assert opened(code) == []


def test_a_choice_of_the_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from jtbd_nlp.offline import be_silent

    monkeypatch.setenv("DO_NOT_TRACK", "0")
    be_silent()
    assert os.environ["DO_NOT_TRACK"] == "0"


@pytest.mark.slow
def test_mining_and_reporting_open_none(few: Path, tmp_path: Path) -> None:
    assert opened(MINE, few, tmp_path / "out", "off") == []


@pytest.mark.slow
def test_redacting_opens_none(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer")
    one = tmp_path / "one"  # one interview is redacted as three are
    one.mkdir()
    shutil.copy(few / "01_plumber.txt", one)
    assert opened(MINE, one, tmp_path / "out", "on") == []


@pytest.mark.slow
def test_a_notebook_opens_none() -> None:
    pytest.importorskip("IPython")
    pytest.importorskip("nbformat")
    assert opened(NOTEBOOK, ROOT / "notebooks" / "01_quickstart.ipynb", ROOT / "notebooks") == []


@pytest.mark.slow
def test_a_named_encoder_opens_none(encoder: Path) -> None:
    assert opened(ENCODER, encoder) == []


@pytest.mark.slow
def test_a_named_encoder_is_never_unpickled(encoder: Path, tmp_path: Path) -> None:
    """Weights as pickle run code when they are loaded; such a model is refused, and what it would do is not done."""
    import pickle

    from jtbd_nlp.config import EmbeddingConfig
    from jtbd_nlp.embedding import embed_texts
    from jtbd_nlp.errors import MissingModelError

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (Path(tmp_path / "sprung"),)  # type: ignore[return-value]

    model = tmp_path / "model"
    shutil.copytree(encoder, model)
    for weights in model.rglob("*.safetensors"):
        weights.with_name("pytorch_model.bin").write_bytes(pickle.dumps(Trap()))
        weights.unlink()
    with pytest.raises(MissingModelError):
        embed_texts(["I lose hours."], config=EmbeddingConfig(model=str(model)))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.long
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("redact", ["off", "on"])
def test_the_kernel_saw_none_either(few: Path, tmp_path: Path, redact: str) -> None:
    log = tmp_path / "calls"
    command = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(log), sys.executable, "-c"]
    wait = "\nimport time\ntime.sleep(45)\n"  # onnxruntime's telemetry goes out some time after the model was loaded
    command += ["import sys\n" + MINE + wait, str(few), str(tmp_path / "out"), redact]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=3_600)
    if "ptrace" in done.stderr.lower() and "permitted" in done.stderr.lower():
        pytest.skip("this machine does not let a process be traced")
    assert done.returncode == 0, done.stderr[-3000:]
    calls = re.findall(r".*AF_INET.*", log.read_text(encoding="utf-8", errors="replace"))
    assert [c for c in calls if "connect(" in c or "sendto(" in c] == []
    assert len([c for c in calls if "socket(" in c]) <= 1, calls  # urllib3's question after IPv6
