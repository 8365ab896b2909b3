"""Runs every fuzz target in its own process for a time, and prints executions and crashes: ``make fuzz``.

    python fuzz/run.py [seconds per target, default 60] [target ...]

Findings are kept in ``fuzz/crashes/<target>/``; each that was mended is a case of ``tests/test_ingestion_fuzz.py``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from targets import TARGETS, seeds

HERE = Path(__file__).resolve().parent


def run_target(name: str, seconds: int) -> tuple[int, int]:
    """Fuzz one target; return executions and crashes."""
    crashes = HERE / "crashes" / name
    crashes.mkdir(parents=True, exist_ok=True)
    before = _count(crashes)
    with tempfile.TemporaryDirectory() as folder:
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
        sys.stderr.write(done.stderr[-2_000:])
        n_crashes = 1
    return int(found.group(1)) if found else 0, n_crashes


def _count(folder: Path) -> int:
    """Count findings; a slow unit on a busy machine is none (time is bounded by -timeout and by the tests)."""
    return sum(not path.name.startswith("slow-unit") for path in folder.iterdir())


def main(arguments: list[str]) -> int:
    """Fuzz the named targets, or all; return how many crashes were found."""
    seconds = int(arguments[0]) if arguments else 60
    total = 0
    for name in arguments[1:] or sorted(TARGETS):
        started = time.monotonic()
        executions, crashes = run_target(name, seconds)
        total += crashes
        sys.stdout.write(
            f"{name:10s} {executions:9,d} executions {time.monotonic() - started:6.0f} s {crashes} crashes\n"
        )
        sys.stdout.flush()
    return min(total, 100)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
