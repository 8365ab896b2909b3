"""Runs every fuzz target in its own process for a time, and prints executions and crashes: ``make fuzz``.

    python fuzz/run.py [seconds per target, default 60] [target ...] [--corpus FOLDER]

With ``--corpus`` what a run learnt is kept in ``FOLDER/<target>``, so that many short runs go on where the last stopped;
``FOLDER/log.jsonl`` then adds up seconds, executions and crashes.

Findings are kept in ``fuzz/crashes/<target>/``; each that was mended is a case of ``tests/test_ingestion_fuzz.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from targets import TARGETS, seeds

HERE = Path(__file__).resolve().parent


def run_target(name: str, seconds: int, corpus: Path | None = None) -> tuple[int, int]:
    """Fuzz one target, from its seeds and what an earlier run left in the corpus; return executions and crashes."""
    crashes = HERE / "crashes" / name
    crashes.mkdir(parents=True, exist_ok=True)
    before = _count(crashes)
    with _folder(name, corpus) as folder:
        for index, seed in enumerate(seeds(name)):
            (Path(folder) / f"seed{index}").write_bytes(seed)
        command = [
            sys.executable, str(HERE / "targets.py"), name, folder, f"-max_total_time={seconds}", "-max_len=20000",
            "-timeout=60", "-rss_limit_mb=2500", f"-artifact_prefix={crashes}/", "-print_final_stats=1", "-verbosity=0",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    found = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    n_crashes = _count(crashes) - before
    if done.returncode and not n_crashes:
        sys.stderr.write(f"{done.stderr[-2_000:]}\n{name} ended with {done.returncode} and left no input\n")
        n_crashes = 1
    return int(found.group(1)) if found else 0, n_crashes


def _count(folder: Path) -> int:
    """Count findings; a slow unit on a busy machine is none (time is bounded by -timeout and by the tests)."""
    return sum(not path.name.startswith("slow-unit") for path in folder.iterdir())


def _folder(name: str, corpus: Path | None) -> AbstractContextManager[str]:
    if corpus is None:
        return tempfile.TemporaryDirectory()
    kept = corpus / name
    kept.mkdir(parents=True, exist_ok=True)
    return nullcontext(str(kept))


def main(arguments: list[str]) -> int:
    """Fuzz the named targets, or all; return how many crashes were found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=int, nargs="?", default=60)
    parser.add_argument("targets", nargs="*", default=[])
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args(arguments)
    total = 0
    for name in options.targets or sorted(TARGETS):
        started = time.monotonic()
        executions, crashes = run_target(name, options.seconds, options.corpus)
        took = time.monotonic() - started
        total += crashes
        sys.stdout.write(f"{name:10s} {executions:9,d} executions {took:6.0f} s {crashes} crashes\n")
        sys.stdout.flush()
        if options.corpus is not None:
            row = {"target": name, "seconds": options.seconds, "executions": executions, "crashes": crashes}
            with (options.corpus / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(row) + "\n")
    return min(total, 100)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
