"""The study folder: settings, runs, cache, lock, results; with a pipeline that counts what the models would do."""

from __future__ import annotations

import json
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jtbd_nlp.errors import InvalidParameterError, StudyError
from jtbd_nlp.records import Gap, Job, Quote, Segment, Statement, Transcript, Turn, Warn
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.study import Curator, FolderCache, Study
from jtbd_nlp.study.cache import _encode
from jtbd_nlp.study.curation import edit_from_dict
from jtbd_nlp.study.ledger import Ledger
from jtbd_nlp.study.lock import study_lock
from jtbd_nlp.study.settings import default_settings, read_settings
from jtbd_nlp.study.writing import write_curation

WORDS = ("check", "share", "plan")


class Mine:
    """Groups lines by their first word; ``worked`` lists the transcripts that were not in the cache."""

    def __init__(self) -> None:
        self.worked: list[str] = []
        self.runs = 0
        self.fails = False
        self.privacy: dict[str, Any] = {"pseudonymise": False, "redact": "off"}

    def __call__(self, source: Path, *, cache: FolderCache, curator: Curator, **_: Any) -> JobReport:
        self.runs += 1
        transcripts, segments = [], []
        for file in sorted(source.glob("*.txt")):
            text = file.read_text(encoding="utf-8")
            key = f"{len(text)}-{sum(map(ord, text))}"
            if cache.get(key) is None:
                self.worked.append(file.stem)
                cache.put(key, {"vectors": np.ones((2, 3), np.float32), "tags": b"[]"})
            transcripts.append(_transcript(file.stem, text))
            segments += _segments(transcripts[-1])
        if self.fails:
            raise RuntimeError("the machine went down")
        groups = [[s.segment_id for s in segments if s.text.startswith(word)] for word in WORDS]
        found = curator.regroup(groups, segments, transcripts)
        at = {s.segment_id: s for s in segments}
        drafted = [_job(g.job_id, g.edits, [at[s] for s in g.segment_ids]) for g in found.groups]
        jobs, more = curator.finish(drafted)
        warnings: tuple[Warn, ...] = (*found.warnings, *more)
        config = {"privacy": self.privacy}
        return JobReport(
            jobs=jobs, transcripts=tuple(transcripts), segments=tuple(segments), warnings=warnings, config=config
        )


def _transcript(name: str, text: str) -> Transcript:
    turn = Turn(turn_index=0, speaker="P", role="participant", participant_id=name, start_char=0, end_char=len(text))
    return Transcript(transcript_id=name, source=f"{name}.txt", text=text, turns=(turn,), sha256=text[:64])


def _segments(of: Transcript) -> list[Segment]:
    found, at = [], 0
    for i, line in enumerate(of.text.split("\n")):
        place: dict[str, Any] = {"start_char": at, "end_char": at + len(line), "text": line, "turn_index": 0}
        place |= {"segment_id": f"{of.transcript_id}:{i:04}", "transcript_id": of.transcript_id}
        found.append(Segment(speaker="P", participant_id=of.transcript_id, role="participant", **place))
        at += len(line) + 1
    return [s for s in found if s.text]


def _job(job_id: str, edits: tuple[str, ...], held: list[Segment]) -> Job:
    quotes = tuple(
        Quote(
            transcript_id=s.transcript_id, speaker="P", participant_id=s.transcript_id, text=s.text,
            start_char=s.start_char, end_char=s.end_char, segment_id=s.segment_id, slot="motivation",
        )
        for s in held
    )  # fmt: skip
    people = tuple(sorted({q.participant_id for q in quotes}))
    statement = Statement(situation=None, motivation=quotes[0].text, outcome=None, text=f"I want to {quotes[0].text}.")
    return Job(
        job_id=job_id, name=quotes[0].text.split()[0], statement=statement, confidence="low", participants=people,
        n_transcripts=len(people), quotes=quotes, edits=edits, gaps=(Gap(slot="outcome", ask="What then?"),),
    )  # fmt: skip


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mine]:
    stub = types.ModuleType("jtbd_nlp.pipeline")
    stub.mine = Mine()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "jtbd_nlp.pipeline", stub)
    yield stub.mine  # type: ignore[attr-defined]


@pytest.fixture
def study(tmp_path: Path, mine: Mine) -> Study:
    study = Study.init(tmp_path / "s", by="Ada")
    for name in ("a", "b", "c"):
        interview(study, name)
    return study


def interview(study: Study, name: str, extra: str = "") -> None:
    lines = [f"{word} what {name} said {n}" for word in WORDS for n in range(2)]
    (study.folder / "transcripts" / f"{name}.txt").write_text("\n".join(lines) + extra, encoding="utf-8")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


# settings


def test_a_new_settings_file_reads_as_the_defaults_and_explains_each_key(tmp_path: Path) -> None:
    from jtbd_nlp.config import Config

    text = default_settings()
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path / "study.toml") == Config()
    assert "# granularity = 1.0  # above 1: fewer and broader jobs" in text
    on = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.split("\n"))
    (tmp_path / "study.toml").write_text(on, encoding="utf-8")
    assert read_settings(tmp_path / "study.toml") == Config()  # every commented line is valid TOML as well


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("[clustering]\ngranularty = 2", InvalidParameterError, "Did you mean 'granularity'"),
        ("[clusterin]\n", InvalidParameterError, "Did you mean 'clustering'"),
        ("format = 2", StudyError, "newer jtbd_nlp"),
        ("format = 'x'", InvalidParameterError, "whole number"),
        ("[clustering\n", StudyError, "must be a TOML file"),
    ],
)
def test_wrong_settings_are_refused(study: Study, text: str, error: type[Exception], says: str) -> None:
    (study.folder / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(error, match=says):
        Study.open(study.folder)


def test_init_keeps_what_is_there_and_refuses_a_study(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "participants.csv").write_text("mine", encoding="utf-8")
    Study.init(tmp_path)
    assert (tmp_path / "participants.csv").read_text(encoding="utf-8") == "mine"
    with pytest.raises(StudyError, match="without a study"):
        Study.init(tmp_path)
    with pytest.raises(StudyError, match="must hold a study"):
        Study.open(tmp_path / "nowhere")


# runs


def test_a_second_run_does_nothing_and_one_more_interview_only_that(study: Study, mine: Mine) -> None:
    first = study.mine()
    before = bytes_of(study.folder / "results")
    assert mine.worked == ["a", "b", "c"]
    assert study.mine().jobs == first.jobs
    assert mine.runs == 1
    assert bytes_of(study.folder / "results") == before
    interview(study, "d")
    assert study.changes().text() == "1 added, 0 changed, 0 removed, 3 as before"
    again = study.mine()
    assert mine.worked == ["a", "b", "c", "d"]
    assert [j.job_id for j in again.jobs] == [j.job_id for j in first.jobs]
    said = (study.folder / "results" / "changes.txt").read_text(encoding="utf-8")
    assert said.startswith("files: 1 added, 0 changed, 0 removed, 3 as before")


def test_added_changed_removed_and_renamed_files_are_told_apart(study: Study) -> None:
    study.mine()
    folder = study.folder / "transcripts"
    interview(study, "a", "\nplan more")
    (folder / "b.txt").rename(folder / "z.txt")
    (folder / "c.txt").unlink()
    interview(study, "d")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    found = study.changes()
    assert (found.added, found.changed, found.removed, found.renamed) == (
        ("d.txt",), ("a.txt",), ("c.txt",), (("b.txt", "z.txt"),)
    )  # fmt: skip


def test_deleted_results_come_back_with_the_same_bytes(study: Study) -> None:
    study.mine()
    interview(study, "d")
    study.rename(study.report.jobs[0].job_id, "Named")
    study.mine()
    before = bytes_of(study.folder / "results")
    (study.folder / "results" / "report.json").unlink()
    (study.folder / "results" / "jobs.csv").write_text("damaged", encoding="utf-8")
    study.mine()
    assert bytes_of(study.folder / "results") == before


def test_without_its_state_folder_a_study_keeps_ids_and_edits(study: Study) -> None:
    import shutil

    study.mine()
    job = study.report.jobs[0].job_id
    study.rename(job, "Named")
    shutil.rmtree(study.folder / ".jtbd")
    interview(study, "d")
    assert {j.job_id: j.name for j in study.mine().jobs}[job] == "Named"
    assert (study.folder / ".jtbd" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_without_its_state_folder_a_study_still_takes_away_what_is_no_longer_there(study: Study) -> None:
    import shutil

    study.mine()
    shutil.rmtree(study.folder / ".jtbd")
    (study.folder / "transcripts" / "a.txt").unlink()
    (study.folder / "results" / "transcripts" / "mine.txt").write_text("a person's own", encoding="utf-8")
    study.mine()
    left = sorted(file.name for file in (study.folder / "results" / "transcripts").iterdir())
    assert left == ["b.txt", "c.txt", "mine.txt"]


def test_a_failed_run_changes_nothing(study: Study, mine: Mine) -> None:
    study.mine()
    before = bytes_of(study.folder / "results")
    identity = (study.folder / "identity.json").read_bytes()
    interview(study, "d")
    mine.fails = True
    with pytest.raises(RuntimeError):
        study.mine()
    assert bytes_of(study.folder / "results") == before
    assert (study.folder / "identity.json").read_bytes() == identity


def test_a_study_without_transcripts_or_results_says_so(tmp_path: Path, mine: Mine) -> None:
    study = Study.init(tmp_path / "s")
    with pytest.raises(StudyError, match="must hold transcripts"):
        study.mine()
    with pytest.raises(StudyError, match="must have results"):
        _ = study.report
    assert "magic wand" in study.guide()
    assert not study.diff()


def test_results_of_removed_files_go(study: Study) -> None:
    study.mine()
    assert (study.folder / "results" / "transcripts" / "a.txt").exists()
    (study.folder / "results" / "mine.txt").write_text("a person's own file", encoding="utf-8")
    (study.folder / "transcripts" / "a.txt").unlink()
    study.mine()
    assert not (study.folder / "results" / "transcripts" / "a.txt").exists()
    assert (study.folder / "results" / "mine.txt").exists()


# edits through Python


def test_every_edit_from_python_holds_after_a_run(study: Study) -> None:
    first, second, third = study.mine().jobs
    study.merge(first.job_id, second.job_id)
    study.rename(first.job_id, "Both")
    split = study.split(third.job_id, third.quotes[:2], name="Part")
    study.move(third.quotes[2], first.job_id)
    study.exclude(first.quotes[0])
    study.pin(first.job_id)
    study.note(first.job_id, "look again")
    study.review(first.job_id)
    study.reword(first.job_id, "outcome", "sleep well")
    study.must_link(third.quotes[3], third.quotes[4])
    study.cannot_link(third.quotes[3], first.quotes[1])
    jobs = {job.job_id: job for job in study.mine().jobs}
    assert set(jobs) == {first.job_id, third.job_id, split.into}
    assert (jobs[first.job_id].name, jobs[first.job_id].note) == ("Both", "look again")
    assert jobs[first.job_id].statement.outcome == "sleep well"
    texts = {quote.text for quote in jobs[first.job_id].quotes}
    assert texts == {q.text for q in (*first.quotes[1:], *second.quotes, third.quotes[2])}
    assert {edit.by for edit in study.history()} == {"Ada"}
    assert all(mark.split()[1].startswith("E-") for job in jobs.values() for mark in job.edits)


def test_a_workbook_says_who_is_who_where_the_csv_has_no_row(study: Study, mine: Mine) -> None:
    book, table = (study.folder / f"participants.{kind}" for kind in ("xlsx", "csv"))
    assert study.state.people is None, "a new study has a heading alone"
    book.write_bytes(b"one")
    assert study.state.people == book
    study.mine()
    study.mine()
    assert mine.runs == 1
    book.write_bytes(b"two")
    study.mine()
    assert mine.runs == 2, "what changed in it asks for a run"
    table.write_text("transcript,speaker,participant\na,P,P1\n", encoding="utf-8")
    assert study.state.people == table


def test_a_move_to_the_job_itself_is_refused_and_a_name_is_made_of_the_goal_alone(study: Study) -> None:
    first = study.mine().jobs[0]
    with pytest.raises(StudyError, match="to another job"):
        study.move(first.quotes[0], first.job_id, job=first.job_id)
    made = study.create(first.quotes[0], motivation="I want to keep dry")
    assert dict(made.words) == {"motivation": "keep dry"}


def test_edits_that_come_in_bear_who_brought_them_and_none_is_left_aside_for_its_id(
    study: Study, tmp_path: Path
) -> None:
    job = study.mine().jobs[0].job_id
    mine = f'[[edit]]\nid = "E-000001"\nop = "rename"\njob = "{job}"\n'
    for who, name in (("Ben", "one"), ("Cem", "another")):
        file = tmp_path / f"{name}.toml"
        file.write_text(f'{mine}name = "{name}"\n', encoding="utf-8")
        brought = Study.open(study.folder, by=who)
        assert [edit.by for edit in brought.add_edits(file)] == [who]
        assert brought.add_edits(file) == study.add_edits(file) == ()
    assert [(edit.by, edit.text) for edit in study.history()] == [("Ben", "one"), ("Cem", "another")]
    assert study.mine().jobs[0].name == "another"


def test_an_undo_that_comes_in_takes_back_the_edit_of_its_own_file(study: Study, tmp_path: Path) -> None:
    job = study.mine().jobs[0].job_id
    for who, more in (("ben", ""), ("cem", '[[edit]]\nid = "E-000002"\nop = "undo"\nedit = "E-000001"\n')):
        file = tmp_path / f"{who}.toml"
        renamed = f'[[edit]]\nid = "E-000001"\nop = "rename"\njob = "{job}"\nname = "{who}"\n'
        file.write_text(renamed + more, encoding="utf-8")
        assert study.add_edits(file) and study.add_edits(file) == ()
    assert [edit.text for edit in study.edits] == ["ben"], "who took back their own took back another's"


def test_a_job_that_comes_in_keeps_its_id_where_that_of_its_edit_is_taken(study: Study, tmp_path: Path) -> None:
    """Its id is a hash of the edit's: later edits of the file that came in named a job that was not made."""
    report = study.mine()
    keys = ("transcript_id", "start_char", "end_char", "text")
    quotes = [{key: getattr(q, key) for key in keys} for q in report.jobs[0].quotes]
    study.record(edit_from_dict({"id": "E-000001", "op": "note", "job": report.jobs[0].job_id, "text": "mine"}))
    made = edit_from_dict({"id": "E-000001", "op": "create", "quotes": quotes[:1]})
    named = edit_from_dict({"id": "E-000002", "op": "rename", "job": made.made, "name": "Theirs"})
    file = tmp_path / "theirs.toml"
    file.write_text(write_curation((made, named)), encoding="utf-8")
    assert len(study.add_edits(file)) == 2 and study.add_edits(file) == ()
    after = study.mine()
    assert made.made in {job.job_id for job in after.jobs}
    assert "Theirs" in {job.name for job in after.jobs}
    assert not [w for w in after.warnings if w.code == "curation_job_gone"]


def test_undo_takes_back_the_last_edit_that_counts(study: Study) -> None:
    job = study.mine().jobs[0]
    study.rename(job.job_id, "One")
    study.rename(job.job_id, "Two")
    study.undo()
    assert study.mine().jobs[0].name == "One"
    study.undo()
    assert study.mine().jobs[0].name == job.name
    assert len(study.history()) == 4
    with pytest.raises(StudyError, match="one of the history"):
        study.undo("E-000000")


def test_a_slip_in_a_job_id_is_noticed_at_once(study: Study) -> None:
    job = study.mine().jobs[0].job_id
    with pytest.raises(StudyError, match=f"Did you mean '{job}'"):
        study.rename(job[:-1] + "x", "name")
    assert study.history() == ()


def test_a_damaged_curation_file_stops_the_run_and_stays(study: Study) -> None:
    study.mine()
    file = study.folder / "curation.toml"
    file.write_text("[[edit]]\nop = 'rename'\n", encoding="utf-8")
    for act in (study.mine, study.undo):
        with pytest.raises(StudyError, match="edit 1"):
            act()
    assert file.read_text(encoding="utf-8") == "[[edit]]\nop = 'rename'\n"


def test_diff_says_what_a_person_and_new_interviews_changed(study: Study) -> None:
    first, second, third = study.mine().jobs
    assert not study.diff()
    study.merge(first.job_id, second.job_id)
    study.rename(first.job_id, "Both")
    split = study.split(third.job_id, third.quotes[:3])
    study.mine()
    diff = study.diff()
    assert [c.job_id for c in diff.merged] == [first.job_id]
    assert diff.merged[0].others == (second.job_id,)
    assert [(c.job_id, c.others) for c in diff.split] == [(third.job_id, (split.into,))]
    assert [c.job_id for c in diff.lost] == [second.job_id]
    assert [c.job_id for c in diff.new] == [split.into]
    assert [(r.what, r.after) for r in diff.reworded if r.what == "name"] == [("name", "Both")]
    assert len(diff.moved) == len(second.quotes) + 3
    saved = json.loads((study.folder / "results" / "changes.json").read_text(encoding="utf-8"))
    assert saved["summary"] == diff.summary()
    interview(study, "d")
    study.mine()
    assert study.diff().summary() == "6 new quotes, 0 split, 0 lost, 2 grown"
    assert study.diff().transcripts["added"] == ("d",)
    assert "grown: " in study.diff().text()


@pytest.mark.parametrize("hiding", [{"redact": "on"}, {"redact": "suggest"}, {"pseudonymise": True}])
def test_results_that_hide_people_tell_nothing_of_what_earlier_runs_showed(
    study: Study, mine: Mine, hiding: dict[str, Any]
) -> None:
    def changes() -> str:
        results = study.folder / "results"
        return "".join((results / f"changes.{kind}").read_text(encoding="utf-8") for kind in ("txt", "json"))

    interview(study, "anna_meyer")
    job = study.mine().jobs[0].job_id
    study.rename(job, "Check for Oskar")
    study.mine()
    assert "Check for Oskar" in changes() and "anna_meyer" not in changes()
    mine.privacy = {**mine.privacy, **hiding}
    study.rename(job, "Check for somebody")
    study.mine()
    assert "Oskar" not in changes() and "anna_meyer" not in changes()
    study.rename(job, "Check for all")  # the run before hid as much, but its search may have found less
    (study.folder / "transcripts" / "anna_meyer.txt").unlink()
    study.mine()
    assert "Check for all" in changes() and "(not shown)" in changes()
    assert "somebody" not in changes() and "anna_meyer" not in changes()


# lock, room, rights


def test_two_runs_on_one_study_lock_each_other_out(study: Study) -> None:
    with study_lock(study.folder / ".jtbd"), pytest.raises(StudyError, match=f"in use by process {os.getpid()}"):
        study.mine()
    study.mine()


def test_a_lock_left_by_a_dead_process_is_free(study: Study) -> None:
    (study.folder / ".jtbd" / "holder.json").write_text('{"pid": 1, "host": "x", "what": "mine"}', encoding="utf-8")
    (study.folder / ".jtbd" / "lock").touch()
    assert study.mine().jobs


def test_a_full_disk_is_told_before_work_starts(study: Study, mine: Mine, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    real = shutil.disk_usage(study.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: real._replace(free=10**6))
    with pytest.raises(StudyError, match="50 MB free, got 1 MB"):
        study.mine()
    assert mine.runs == 0


def test_a_read_only_study_is_told_before_work_starts(
    study: Study, mine: Mine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def refuse(**_: Any) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(StudyError, match="must be writable, got Read-only file system"):
        study.mine()
    assert mine.runs == 0


def test_a_disk_that_fills_while_results_are_written_loses_nothing(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.mine()
    before = bytes_of(study.folder / "results")
    study.rename(study.report.jobs[0].job_id, "Named")
    curation = (study.folder / "curation.toml").read_bytes()
    real, left = os.fsync, [4]

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StudyError, match="No space left"):
        study.mine()
    monkeypatch.undo()
    assert bytes_of(study.folder / "results") == before
    assert (study.folder / "curation.toml").read_bytes() == curation


# cache


def test_the_cache_gives_back_arrays_and_bytes(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    value: dict[str, Any] = {"v": np.arange(6, dtype=np.float32).reshape(2, 3), "t": b"\x00abc", "e": b""}
    cache.put("k", value)
    found = FolderCache(tmp_path).get("k")
    assert found is not None
    assert (found["t"], found["e"]) == (b"\x00abc", b"")
    np.testing.assert_array_equal(found["v"], value["v"])
    assert cache.get("other") is None
    cache.put("../../out", value)
    assert cache.get("../../out") is not None
    assert len(list(tmp_path.glob("??/*.cache"))) == 2


def test_a_damaged_entry_is_noticed_and_made_again(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("k", {"v": np.ones(100)})
    (file,) = tmp_path.rglob("*.cache")
    whole = file.read_bytes()
    for raw in (b"", whole[:-1], whole[:200] + b"x" + whole[201:], whole.replace(b"cache 1", b"cache 2")):
        file.write_bytes(raw)
        assert cache.get("k") is None
        assert not file.exists()
    assert cache.damaged == 4


def test_the_cache_never_unpickles(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"Object arrays|pickle"):
        _encode({"v": np.array([object()])})


def test_the_cache_takes_the_oldest_away_when_it_is_full(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path, max_mb=1)
    for n in range(4):
        cache.put(f"k{n}", {"v": np.random.default_rng(n).bytes(400_000)})
        file = next(tmp_path.rglob(f"k{n}.cache"))
        os.utime(file, (n, n))
    (tmp_path / "ab").mkdir(exist_ok=True)
    (tmp_path / "ab" / ".k9.cache.part").write_bytes(b"half")
    cache.get("k0")
    assert cache.prune() == 2
    assert [cache.get(f"k{n}") is not None for n in range(4)] == [True, False, False, True]
    assert not list(tmp_path.rglob("*.part"))


def test_the_cache_goes_on_without_room(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cache = FolderCache(tmp_path / "file" / "cache")
    cache.put("k", {"v": b"x"})
    assert cache.failed is not None
    assert cache.get("k") is None


# the ledger file


def test_the_ledger_reads_back_and_a_wrong_one_is_refused(study: Study) -> None:
    study.mine()
    ledger = study.state.ledger()
    assert Ledger.from_dict(ledger.to_dict()) == ledger
    for wrong in ({}, [], {"format": 1, "jobs": 3}, {"format": 1, "jobs": {"J-1": {"name": "x"}}}):
        with pytest.raises(StudyError, match="ledger of a study"):
            Ledger.from_dict(wrong)
    with pytest.raises(StudyError, match="newer"):
        Ledger.from_dict({"format": 9, "jobs": {}})


@pytest.mark.parametrize("base", ["", "||||||| base\nwhat both began from\n"])
def test_where_git_could_not_merge_the_ledger_a_run_knows_the_jobs_of_both_sides(study: Study, base: str) -> None:
    jobs = study.mine().jobs
    file = study.folder / "identity.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    sides = [{**whole, "jobs": {j.job_id: whole["jobs"][j.job_id] for j in kept}} for kept in (jobs[:2], jobs[1:])]
    ours, theirs = (json.dumps(side, indent=1).split("\n", 1)[1] for side in sides)
    file.write_text(f"{{\n<<<<<<< HEAD\n{ours}\n{base}=======\n{theirs}\n>>>>>>> ben\n", encoding="utf-8")
    study.rename(jobs[0].job_id, "ours")
    study.rename(jobs[2].job_id, "theirs")
    interview(study, "d")
    report = study.mine()
    assert {j.job_id: j.name for j in report.jobs}.items() >= {(jobs[0].job_id, "ours"), (jobs[2].job_id, "theirs")}
    assert not report.warnings
    assert json.loads(file.read_text(encoding="utf-8"))["corpus"]
    file.write_text(f"{{\n<<<<<<< HEAD\n{ours}\n", encoding="utf-8")
    interview(study, "e")
    with pytest.raises(StudyError, match="must be JSON"):
        study.mine()


# a run that ends at any step


class Killed(BaseException):
    """Stands for the end of the process: nothing in the library may catch it."""


def die_at(step: int, patch: pytest.MonkeyPatch) -> list[int]:
    """End at the n-th time that a file is put in place, taken away or made safe; count how often that happens."""
    import shutil

    count = [0]

    def before(real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            count[0] += 1
            if count[0] == step:
                raise Killed
            return real(*args, **more)

        return call

    patch.setattr(os, "fsync", lambda _: None)  # as far as this process sees, the same, and quicker
    for owner, name in ((Path, "replace"), (Path, "unlink"), (os, "fsync"), (shutil, "rmtree"), (shutil, "copyfile")):
        patch.setattr(owner, name, before(getattr(owner, name)))
    return count


@pytest.mark.slow
def test_a_run_that_ends_at_any_step_is_finished_by_the_next(study: Study, tmp_path: Path) -> None:
    import shutil

    study.mine()
    study.rename(study.report.jobs[0].job_id, "Named")
    (study.folder / "transcripts" / "a.txt").unlink()
    interview(study, "d")
    calm = Study(shutil.copytree(study.folder, tmp_path / "calm"))
    with pytest.MonkeyPatch.context() as patch:
        count = die_at(0, patch)
        calm.mine()
    want = {**bytes_of(calm.folder / "results"), "identity": (calm.folder / "identity.json").read_bytes()}
    assert count[0] > 30
    for step in range(1, count[0] + 1):
        torn = Study(shutil.copytree(study.folder, tmp_path / f"torn{step}"))
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            die_at(step, patch)
            torn.mine()
        torn.mine()
        got = {**bytes_of(torn.folder / "results"), "identity": (torn.folder / "identity.json").read_bytes()}
        assert got == want, step
        assert not (torn.folder / ".jtbd" / "staging").exists()
        assert not list(torn.folder.rglob("*.part"))
        assert len(torn.history()) == 1
