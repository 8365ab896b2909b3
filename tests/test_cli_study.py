"""The commands of a study and of a report that need no model: edits, looking, exchange, guide."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from jtbd_nlp.cli.main import app
from jtbd_nlp.errors import JtbdError
from jtbd_nlp.exchange import read_qdpx, write_qdpx
from jtbd_nlp.records import ForceTold
from jtbd_nlp.study import Study

CLOSE, PHONE = "J-3f9a1c", "J-0b77e2"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study whose results are the small report."""
    folder = tmp_path / "study"
    Study.init(folder)
    builders.small_report().save(folder / "results")
    return folder


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def output(*words: str | Path) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words: str | Path) -> str:
    done = run(*words)
    assert isinstance(done.exception, JtbdError), done.output
    return str(done.exception)


def test_every_edit_is_written_with_who_made_it(study: Path) -> None:
    commands: list[list[str]] = [
        ["rename", CLOSE, "Close early"],
        ["reword", CLOSE, "outcome", ""],
        ["merge", CLOSE, PHONE],
        ["split", CLOSE, "--quote", "two hundred rows", "--name", "Copying"],
        ["create", "--quote", "two hundred rows", "--quote", "go home on time", "--motivation", "copy less"],
        ["move", CLOSE, PHONE, "--quote", "go home on time"],
        ["move", PHONE, "--quote", "go home on time"],
        ["pin", CLOSE],
        ["pin", CLOSE, "--quote", "two hundred rows"],
        ["exclude", CLOSE, "--quote", "two hundred rows"],
        ["exclude", "--quote", "two hundred rows"],
        ["exclude", PHONE],
        ["must-link", "--quote", "two hundred rows", "--quote", "go home on time"],
        ["cannot-link", "--quote", "two hundred rows", "--quote", "go home on time"],
        ["review", CLOSE],
        ["review", CLOSE, "--open"],
        ["note", CLOSE, "Ask again"],
        ["undo"],
    ]
    for name, *rest in commands:
        told = json.loads(output("edit", "--by", "Ada", name, study, *rest, "--json"))
        assert told["op"] == name.replace("-", "_") and told["by"] == "Ada"
    history = Study.open(study).history()
    assert [edit.op for edit in history] == [name.replace("-", "_") for name, *_ in commands]
    assert [len(edit.quotes) for edit in history if edit.op == "pin"] == [4, 1]
    assert "note" in output("history", study) and "(undone)" in output("history", study)
    assert "Ada  split  job=J-3f9a1c  name=Copying" in output("history", study)
    assert "quotes=“Every month I copy two hundred rows, and one is always wrong” (ben)" in output("history", study)
    assert "undo (undone)" not in output("history", study)
    rows = json.loads(output("history", study, "--json"))
    assert [(row["op"], row["counts"]) for row in rows][-2:] == [("note", False), ("undo", True)]


def test_who_edits_is_told_before_the_command_or_behind_it(study: Path) -> None:
    output("edit", "--by", "Ada", "rename", study, CLOSE, "Close early")
    output("edit", "--by", "Ada", "rename", study, CLOSE, "Close it", "--by", "Ben")
    output("edit", "exclude", study, PHONE, "--by", "Cem")
    *_, named = Study.open(study).history()
    assert [edit.by for edit in Study.open(study).history()] == ["Ada", "Ben", "Cem"]
    assert output("edit", "undo", study).startswith(f"undo of {named.id}: written as E-"), "whose it was is to be seen"


def test_words_that_name_no_quote_or_several_are_refused(study: Path) -> None:
    assert "found in 0" in refused("edit", "exclude", study, CLOSE, "--quote", "no such words")
    assert "found in" in refused("edit", "exclude", study, CLOSE, "--quote", "e")
    assert "J-000000" in refused("edit", "exclude", study, "J-000000", "--quote", "rows")
    assert Study.open(study).history() == ()


def test_what_was_left_out_can_be_named_without_a_job(study: Path) -> None:
    words = "Honestly I like doing it by hand"
    left = builders.quote(builders.BEN, words, reason="says nothing that others say")
    dataclasses.replace(builders.small_report(), unclustered=(left,)).save(study / "results")
    for command in (["move", PHONE], ["exclude"], ["create"]):
        told = json.loads(output("edit", command[0], study, *command[1:], "--quote", words, "--json"))
        assert [q["text"] for q in told["quotes"]] == [words] and "job" not in told
    assert "A tool that did it" in output("edit", "create", study, "--quote", "tool that did it", "--json"), "a wish"
    moving = ForceTold(quote=dataclasses.replace(left, force="habit", slot="force"))
    dataclasses.replace(builders.small_report(), forces=(moving,)).save(study / "results")
    assert words in output("edit", "exclude", study, "--quote", words, "--json"), "what moves somebody"
    assert "one or two ids" in refused("edit", "move", study, CLOSE, PHONE, CLOSE, "--quote", words)
    assert "neither" in refused("edit", "exclude", study)


def test_ambiguous_words_list_what_could_be_meant(study: Path) -> None:
    told = refused("edit", "move", study, PHONE, "--quote", "the")
    assert "found in 2: “the numbers would not add up” (P1, ada, J-3f9a1c)" in told
    assert "“I wish my accountant answered the phone” (P2, ben, J-0b77e2)" in told
    assert "found in 0. Give" in refused("edit", "move", study, PHONE, "--quote", "no such words")


def test_add_joins_a_downloaded_file_once(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "curation.toml"
    file.write_text(f'format = 1\n[[edit]]\nid = "E-abcdef"\nop = "review"\njob = "{CLOSE}"\n', encoding="utf-8")
    assert "E-abcdef" in output("edit", "add", study, file)
    assert "nothing to add" in output("edit", "add", study, file)
    assert "must be a readable file, got No such file" in refused("edit", "add", study, tmp_path / "none.toml")
    assert len(Study.open(study).history()) == 1


def test_a_study_is_verified_as_its_report_is(study: Path) -> None:
    for transcript in builders.small_report().transcripts:
        (study / "transcripts" / transcript.source).write_text(transcript.text, encoding="utf-8")
    told = run("verify", study, study / "transcripts", "--json")
    assert told.stdout == run("verify", study / "results", study / "transcripts", "--json").stdout
    assert json.loads(told.stdout)["quotes"] > 0
    Study.init(study.parent / "new")
    assert "must have results" in refused("verify", study.parent / "new", study / "transcripts")


def test_a_study_without_results_has_the_starter_guide(tmp_path: Path) -> None:
    Study.init(tmp_path / "new")
    assert "magic wand" in output("guide", tmp_path / "new")
    assert json.loads(output("guide", tmp_path / "new", "--json"))["jobs"] == {}


def test_jobs_lists_all_or_shows_one(study: Path) -> None:
    text = output("jobs", study)
    assert CLOSE in text and PHONE in text and "two hundred rows" not in text
    one = output("jobs", study, PHONE)
    assert "ask next" in one and CLOSE not in one
    assert json.loads(output("jobs", study, CLOSE, "--json"))["job_id"] == CLOSE
    assert [job["job_id"] for job in json.loads(output("jobs", study, "--json"))] == [CLOSE, PHONE]
    assert CLOSE in refused("jobs", study, "J-000000")


def test_one_job_is_shown_with_all_that_is_known_of_it(study: Path) -> None:
    builders.nearby_report().save(study / "results")
    close, phone = output("jobs", study, CLOSE), output("jobs", study, PHONE)
    for words in (
        "(2 voices, 4 quotes, +1 nearby, medium)", "[worded from this]", "[belongs: 62 %]", "told nearby, more likely",
        "uses today spreadsheet: P1; given up by P2", "against it P2: Honestly I like doing it by hand",
        "check      faithful (warning): “relaxed” is not in the quotes. Drop it.",
    ):  # fmt: skip
        assert words in close, words
    assert "wish       P2: I wish my accountant" in phone and "note       Ask the others too." in phone


def test_what_was_left_out_is_listed_with_the_reason(study: Path) -> None:
    text = output("jobs", study, "--left-out")
    assert "says nothing that others say (1)" in text and "P2, ben: Every month I copy two hundred rows" in text
    assert json.loads(output("jobs", study, "--left-out", "--json"))[0]["reason"] == "says nothing that others say"
    assert CLOSE in refused("jobs", study, CLOSE, "--left-out")


def test_export_writes_the_table_asked_for_and_keeps_the_title(tmp_path: Path) -> None:
    named = Study.init(tmp_path / "named", title="Bills & late money")
    builders.small_report().save(named.folder / "results")
    output("export", named.folder, "csv", "--table", "gaps", "--out", tmp_path / "gaps.csv")
    assert "When did you last need your accountant?" in (tmp_path / "gaps.csv").read_text(encoding="utf-8")
    assert "xlsx" in refused("export", named.folder, "xlsx", "--table", "gaps", "--out", tmp_path / "a.xlsx")
    output("export", named.folder, "html", "--out", tmp_path / "a.html")
    assert "<title>Bills &amp; late money</title>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_export_names_the_notes_whose_job_is_gone(study: Path, tmp_path: Path) -> None:
    output("export", study, "notes", "--out", tmp_path / "notes")
    report = builders.small_report()
    dataclasses.replace(report, jobs=report.jobs[:1]).save(study / "results")
    assert (
        f"{PHONE}.md: its job is no longer there" in run("export", study, "notes", "--out", tmp_path / "notes").output
    )
    told = json.loads(output("export", study, "notes", "--out", tmp_path / "notes", "--json"))
    assert told["notes_without_a_job"] == [f"jobs/{PHONE}.md"]


def test_people_tells_forces_stories_and_a_column(study: Path) -> None:
    text = output("people", study, "--by", "plan")
    assert "anxiety" in text and "Stories need 6 participants" in text and "1 of 1" in text
    told = json.loads(output("people", study, "--by", "plan", "--json"))
    assert told["forces"].keys() == {"P1", "P2"} and told["stories"] is None
    assert {row["group"] for row in told["profile"]} == {"free", "team"}
    assert "plan" in refused("people", study, "--by", "colour")


def test_the_guide_begins_from_exact_words_of_the_person(study: Path) -> None:
    told = json.loads(output("guide", study, "--json"))
    said = {q.text: q.participant_id for job in Study.open(study).report.jobs for q in job.quotes}
    asked = [(person, row) for person, rows in told["participants"].items() for row in rows]
    assert asked and all(said[row["quote"]] == person for person, row in asked if row["quote"])
    text = output("guide", study)
    assert "You said “" in text and text.rstrip().endswith("Is there anything that we did not talk about?")
    assert told["starter"]["Closing"][-1] in text


@pytest.mark.parametrize(
    "form", ["qdpx", "qdc", "xlsx", "jsonl", "parquet", "notes", "backlog", "phrases", "md", "csv"]
)
def test_every_form_of_export(study: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    assert json.loads(output("export", study, form, "--out", out, "--json")) == {"form": form, "written": str(out)}
    assert out.is_dir() or out.stat().st_size > 0


def test_codes_of_a_person_are_kept_as_edits_once(study: Path, tmp_path: Path) -> None:
    output("export", study, "qdpx", "--out", tmp_path / "ours.qdpx")
    project = read_qdpx(tmp_path / "ours.qdpx")
    person = dataclasses.replace(project.users[0], guid="11111111-2222-4333-8444-555555555555", name="Ada")
    coded = dataclasses.replace(
        project,
        users=(*project.users, person),
        codings=tuple(dataclasses.replace(coding, user=person.guid) for coding in project.codings),
    )
    write_qdpx(coded, tmp_path / "coded.qdpx")
    words = ["import-codes", tmp_path / "coded.qdpx", "--report", study]
    assert Study.open(study).history() == ()
    assert "kappa" in output(*words)
    assert Study.open(study).history() == (), "nothing may be written without --keep"
    told = json.loads(output(*words, "--keep", "--by", "Ada", "--json"))
    assert {edit["op"] for edit in told["edits"]} <= {"pin", "rename"} and told["edits"]
    assert json.loads(output(*words, "--keep", "--by", "Ada", "--json"))["edits"] == []


def test_options_that_a_study_settles_itself_are_refused(study: Path) -> None:
    for option in (
        ["--out", "x"], ["--redact", "on"], ["--pseudonymise"], ["--granularity", "2"], ["--granularity", "0"],
        ["--config", "c"], ["--scheduler", "tcp://127.0.0.1:1"],
    ):  # fmt: skip
        done = run("mine", study, *option)
        assert done.exit_code == 2, option
        assert option[0] in done.stderr and len(done.stderr.splitlines()) == 1
    assert run("reproduce", study, "--config", "c").exit_code == 2


def test_a_title_of_the_study_is_that_of_its_page(tmp_path: Path) -> None:
    output("init", tmp_path / "named", "--title", "Bills & <late> money")
    named = Study.open(tmp_path / "named")
    assert named.title == "Bills & <late> money" and named.config == Study.init(tmp_path / "plain").config
    assert Study.open(tmp_path / "plain").title == ""
    assert "title" in refused("init", tmp_path / "bad", "--title", "two\nlines")
    assert not (tmp_path / "bad").exists()


def test_every_default_setting_says_what_it_does() -> None:
    lines = [line for line in output("config").splitlines() if " = " in line and line.startswith("# ")]
    assert [line for line in lines if line.count("  # ") != 1] == []


def test_version() -> None:
    assert output("--version").startswith("jtbd-nlp 0.")


def every_command(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, (*words, name))
        else:
            yield (*words, name), command


def test_every_command_has_an_example_and_json() -> None:
    plain = {("serve",)}  # runs until it is stopped
    for words, command in every_command(typer.main.get_command(app)):
        assert "Example" in command.help, words
        options = {option for parameter in command.params for option in parameter.opts}
        assert words in plain or "--json" in options, words
        assert all(getattr(p, "help", None) for p in command.params), words
