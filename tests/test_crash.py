"""kill -9 at random moments of a run: the next run gives the bytes of an undisturbed one, and no edit is lost.

Thirty moments with a stand-in for the models, five of the whole pipeline with ``make test-long``; JTBD_NLP_KILLS
and JTBD_NLP_SEED set other numbers and moments.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import make_cheap

SEED = "20261124"

# Runs in its own process, which has loaded the libraries but no model: each trial is a fork of it, so that a kill hits
# the run and not the import of libraries. "whole" runs the real pipeline with cue words for a tagger; "small" the
# stand-in of test_study.py, in which most moments fall on the study's own files.
DRIVER = """
import importlib.util, json, os, random, shutil, signal, sys, time, types
from pathlib import Path
root, trials, seed, mode, stand_in = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], sys.argv[5]
if mode == "small":
    spec = importlib.util.spec_from_file_location("stand_in", stand_in)
    tests = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tests)
    sys.modules["jtbd_nlp.pipeline"] = types.ModuleType("jtbd_nlp.pipeline")
    sys.modules["jtbd_nlp.pipeline"].mine = tests.Mine()
    import jtbd_nlp.reporting.page, pandas, scipy.optimize
else:
    import jtbd_nlp.pipeline
    from jtbd_nlp.language import load_parser, load_splitter
    load_parser(), load_splitter()
from jtbd_nlp.study import Study

def child(folder):
    pid = os.fork()
    if pid == 0:
        try:
            Study.open(folder).mine(progress=False)
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    return pid

def whole(folder):
    started = time.monotonic()
    _, status = os.waitpid(child(folder), 0)
    if status:
        raise SystemExit(f"a run that nobody killed ended with {status}")
    return time.monotonic() - started

def bytes_of(folder):
    kept = [folder / "identity.json", folder / "curation.toml", *sorted((folder / "results").rglob("*"))]
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in kept if f.is_file()}

base = root / "base"
whole(base)  # a first run; what is killed is the second, with one more interview and an edit
study = Study.open(base)
study.rename(study.report.jobs[0].job_id, "Named by a person")
shutil.copy(root / "more.txt", base / "transcripts" / "more.txt")
calm = root / "calm"
shutil.copytree(base, calm)
length = whole(calm)
want = bytes_of(calm)
moments = random.Random(seed)
same, killed, found = 0, 0, []
for trial in range(trials):
    folder, wait = root / f"trial{trial}", moments.uniform(0, length)
    for _ in range(5):  # a run that had ended before the kill is tried again, and killed earlier
        shutil.copytree(base, folder)
        pid = child(folder)
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            break
        shutil.rmtree(folder)
        wait /= 2
    else:
        shutil.copytree(base, folder)
    killed += os.WIFSIGNALED(status)
    state = folder / ".jtbd"
    found += [name for name in ("staging", "journal.json") if (state / name).exists()]
    found += ["part"] if list(folder.rglob(".*.part")) else []
    whole(folder)
    got = bytes_of(folder)
    same += got == want
    left = [p.name for p in state.iterdir() if p.name in ("staging", "journal.json")]
    if got != want or left:
        changed = sorted(n for n in want.keys() | got.keys() if got.get(n) != want.get(n))
        print("trial", trial, left, changed, file=sys.stderr)
    shutil.rmtree(folder)
    print("trial", trial, "same", same, "killed", killed, file=sys.stderr, flush=True)
print(json.dumps({"same": same, "killed": killed, "found": found, "seconds": round(length, 2), "files": len(want)}))
"""

TALK = """Interviewer: What is hard about it?
Participant: When the month ends I spend hours on invoices and I hate it. I want to get paid on time so I can sleep.
Interviewer: And then?
Participant: Last week I forgot to {0} and felt stupid. I use a spreadsheet, but I wish {0} was easier.
Interviewer: Anything else?
Participant: When a client calls at night I struggle to {0}. I need to know who owes me money so that I can plan.
"""
LINES = "check what {0} said\nshare {0} with others\nplan the week of {0}\nplan again {0}\n"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("mode", "talk", "trials"), [("small", LINES, 30), pytest.param("whole", TALK, 5, marks=pytest.mark.long)]
)
def test_a_killed_run_leaves_no_trace(tmp_path: Path, mode: str, talk: str, trials: int) -> None:
    from jtbd_nlp.study import Study

    trials = int(os.environ.get("JTBD_NLP_KILLS", trials))
    study = Study.init(tmp_path / "base")
    make_cheap(study.folder / "study.toml", resamples=2)
    for name, what in (("one", "send them"), ("two", "write them down")):
        (study.folder / "transcripts" / f"{name}.txt").write_text(talk.format(what), encoding="utf-8")
    (tmp_path / "more.txt").write_text(talk.format("call them back"), encoding="utf-8")
    more = [
        str(tmp_path),
        str(trials),
        os.environ.get("JTBD_NLP_SEED", SEED),
        mode,
        str(Path(__file__).with_name("test_study.py")),
    ]
    command = [sys.executable, "-c", DRIVER, *more]
    # one thread: a forked child has none of its parent's, and waiting ones only take the processor from each other
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout.splitlines()[-1])
    print(mode, result)  # noqa: T201 - the figure for docs/reliability.md: pytest -s
    assert result["same"] == trials, ran.stderr
    assert result["killed"] > trials // 2  # else the moments came after the end
    assert result["files"] > 8
