"""No regular expression of the package can be made to hang: each runs over 100 kB of hostile text within bounded work.

The bound is processor time, not the clock, and far above what a linear pattern needs: it tells a hang from a slow
machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 600  # of the whole, on a machine that is busy with other things

CODE = r"""
import importlib, json, pkgutil, re, signal, sys
import jtbd_nlp

SIZE = 100_000
WORK_S = 2.0  # of processor time for one pattern on one text; a linear one needs milliseconds
UNITS = ["a", "A", " ", "1", "\n", ".", '"', "[", "<", ":", "a ", "A. ", "1 ", "a@", "a.", "Aa ", "one ", "I am ", "a: ", "- "]


def collect(value, where, found, depth=0):
    if isinstance(value, re.Pattern):
        found.setdefault((value.pattern, value.flags), where)
    elif depth < 3 and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            collect(item, where, found, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for item in value.values():
            collect(item, where, found, depth + 1)


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
            collect(value, f"{info.name}.{name}", found)
            if callable(getattr(value, "cache_info", None)) and "pattern" in name:
                try:
                    collect(value(), f"{info.name}.{name}", found)
                except TypeError:
                    continue  # made for an argument
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
hangs = []
for (pattern, flags), where in found.items():
    compiled = re.compile(pattern, flags)
    for text in hostile(pattern):
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, WORK_S)
            for _ in compiled.finditer(text):
                pass
        except Hang:
            hangs.append(f"{where} on {text[:12]!r}")
            break
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
print(json.dumps({"patterns": len(found), "hangs": hangs, "skipped": skipped}))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of processor time")
def test_every_pattern_ends_on_hostile_text() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, cwd=ROOT, check=False, timeout=LIMIT_S
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["patterns"] > 100
    assert result["hangs"] == []
