"""No regular expression of the package can be made to hang: each runs over hostile text within bounded work.

The bound is processor time, not the clock, and far above what a linear pattern needs: it tells a hang from a slow
machine. Two sizes: one in the ordinary tests that a quadratic pattern already fails, and 100 kB with ``make test-long``.
A pattern that passes its bound once is given up at once, so the whole is bounded too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = 10  # of the long run

CODE = r"""
import importlib, inspect, json, pkgutil, re, signal, sys
import jtbd_nlp

SIZE, WORK_S = int(sys.argv[1]), float(sys.argv[2])  # processor time for one pattern on one text
PART, PARTS = int(sys.argv[3]), int(sys.argv[4])
UNITS = ["a", "A", " ", "1", "\n", ".", '"', "[", "<", ":", "a ", "A. ", "1 ", "a@", "a.", "Aa ", "one ", "I am ", "a: ", "- "]


def collect(value, where, found, depth=0):
    if isinstance(value, re.Pattern):
        found.setdefault((value.pattern, value.flags), where)
    elif depth < 4 and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            collect(item, where, found, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for item in value.values():
            collect(item, where, found, depth + 1)


def makes_patterns(value):
    if not callable(getattr(value, "cache_info", None)) or inspect.signature(value).parameters:
        return False
    return any(word in str(inspect.signature(value).return_annotation) for word in ("Pattern", "Categor"))


def patterns():
    found, skipped = {}, []
    for info in sorted(pkgutil.walk_packages(jtbd_nlp.__path__, "jtbd_nlp."), key=lambda i: i.name):
        if info.name.endswith("__main__") or ".distributed" in info.name or ".models" in info.name:
            continue
        try:
            module = importlib.import_module(info.name)
        except ImportError as error:
            skipped.append(f"{info.name}: {error}")
            continue
        for name, value in sorted(vars(module).items()):
            collect(value() if makes_patterns(value) else value, f"{info.name}.{name}", found)
    return found, skipped


class Hang(Exception):
    pass


def stop(*_):
    raise Hang


def hostile(pattern):
    if isinstance(pattern, bytes):
        return [(u.encode() * SIZE)[:SIZE] for u in UNITS[:12]]
    own = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\.", " ", pattern))[:6]
    units = UNITS + [" ".join(own) + " "] * bool(own) + [w for w in own[:2]]
    return [(unit * SIZE)[: SIZE - 1] + "!" for unit in units]


found, skipped = patterns()
signal.signal(signal.SIGVTALRM, stop)
hangs, texts = [], 0
found = dict(list(found.items())[PART::PARTS])
for (pattern, flags), where in found.items():
    compiled = re.compile(pattern, flags)
    for text in hostile(pattern):
        texts += 1
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, WORK_S)
            for _ in compiled.finditer(text):
                pass
        except Hang:
            hangs.append(f"{where} on {text[:12]!r}")
            break
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
print(json.dumps({"patterns": len(found), "texts": texts, "hangs": hangs, "skipped": skipped}))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of processor time")
@pytest.mark.parametrize(
    ("size", "work_s", "part", "parts"),
    [(8_000, 1.0, 0, 1), *(pytest.param(100_000, 4.0, part, PARTS, marks=pytest.mark.long) for part in range(PARTS))],
)
def test_every_pattern_ends_on_hostile_text(size: int, work_s: float, part: int, parts: int) -> None:
    command = [sys.executable, "-c", CODE, *map(str, (size, work_s, part, parts))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=3_600)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    print(size, part, result)  # noqa: T201 - the figure for docs/reliability.md: pytest -s
    assert result["patterns"] > 200 // parts
    assert result["hangs"] == []
