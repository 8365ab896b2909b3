"""Runs a process and says what it took: seconds, processor seconds, and the memory of it and all below it."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path


class Together:
    """Watches what a process and those below it hold together, in MiB, by the proportional shares of Linux."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.over = pid, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        while not self.over.wait(0.5):
            self.peak = max(self.peak, sum(map(share_of, below(self.pid))))

    def end(self) -> float:
        """Stop looking and return the most that was seen."""
        self.over.set()
        self.thread.join()
        return self.peak


def below(pid: int) -> list[int]:
    """Return a process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def share_of(pid: int) -> float:
    """Return the memory of a process in MiB; what several share counts for each in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def timed(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float, str]:
    """Run a process; return wall seconds, peak MiB of it and those below, and what it printed with more in front."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, env={**os.environ, **(env or {})})
        watch = Together(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        together = watch.end()
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read()
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{text}")
    busy = f"processor {usage.ru_utime + usage.ru_stime:.1f} s"  # what a busy machine changes least
    own = usage.ru_maxrss / 1024
    return seconds, max(together, own), f"{busy}, largest process {own:.0f} MiB\n{text.strip()}"
