"""The curation file, and what each edit does to groups and jobs."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtbd_nlp.errors import StudyError
from jtbd_nlp.records import SLOTS, Gap, Job, Quote, Segment, Solution, Statement, Transcript, Turn
from jtbd_nlp.study.applying import Curator
from jtbd_nlp.study.checking import OPERATIONS, QuoteKey
from jtbd_nlp.study.curation import Edit, active_edits, edit_from_dict, edits_from_dict, parse_curation
from jtbd_nlp.study.linking import constraints_of
from jtbd_nlp.study.writing import append_edits, write_curation

LINES = tuple(f"{name} {n} is what I said." for name in ("alpha", "beta", "gamma") for n in range(4))


def transcript(lines: tuple[str, ...] = LINES, name: str = "t") -> Transcript:
    text = "\n".join(lines)
    turn = Turn(turn_index=0, speaker="P", role="participant", participant_id="P1", start_char=0, end_char=len(text))
    return Transcript(transcript_id=name, source=f"{name}.txt", text=text, turns=(turn,))


def segments(of: Transcript) -> list[Segment]:
    found, at = [], 0
    for i, line in enumerate(of.text.split("\n")):
        found.append(
            Segment(
                segment_id=f"{of.transcript_id}:{i:04}", transcript_id=of.transcript_id, turn_index=0, speaker="P",
                participant_id="P1", role="participant", text=line, start_char=at, end_char=at + len(line),
            )
        )  # fmt: skip
        at += len(line) + 1
    return found


T = transcript()
SEGMENTS = segments(T)
GROUPS = [[s.segment_id for s in SEGMENTS if s.text.startswith(name)] for name in ("alpha", "beta", "gamma")]


def key(i: int, of: list[Segment] = SEGMENTS) -> dict[str, Any]:
    s = of[i]
    return {"transcript_id": s.transcript_id, "start_char": s.start_char, "end_char": s.end_char, "text": s.text}


def ids() -> list[str]:
    """The ids of alpha, beta, gamma."""
    found = {g.segment_ids[0]: g.job_id for g in Curator().regroup(GROUPS, SEGMENTS, [T]).groups}
    return [found[group[0]] for group in GROUPS]


A, B, C = ids()


def edits(*tables: dict[str, Any]) -> tuple[Edit, ...]:
    return edits_from_dict({"edit": list(tables)}, origin="test")


def run(*tables: dict[str, Any], groups: list[list[str]] = GROUPS, ledger: Any = None) -> Any:
    settings = "" if groups is GROUPS else "others, so that the machine groups anew"
    curator = Curator(edits(*tables), ledger or first_ledger(), settings)
    return curator, curator.regroup(groups, SEGMENTS, [T])


def first_ledger() -> Any:
    curator = Curator()
    drafted = [draft(g) for g in curator.regroup(GROUPS, SEGMENTS, [T]).groups]
    curator.finish(drafted)
    return curator.ledger


def draft(group: Any, **values: Any) -> Job:
    at = {s.segment_id: s for s in SEGMENTS}
    quotes = tuple(
        Quote(
            transcript_id="t", speaker="P", participant_id="P1", text=at[s].text, start_char=at[s].start_char,
            end_char=at[s].end_char, segment_id=s,
        )
        for s in group.segment_ids
    )  # fmt: skip
    statement = Statement(situation="it rains", motivation="stay dry", outcome=None, text="When it rains, ...")
    filled = {"statement": statement, "gaps": (Gap(slot="outcome", ask="What then?"),)} | values
    return Job(
        job_id=group.job_id, name=f"machine {quotes[0].text[:5]}", confidence="low", participants=("P1",),
        n_transcripts=1, quotes=quotes, edits=group.edits, **filled,
    )  # fmt: skip


def members(regrouped: Any) -> dict[str, list[int]]:
    return {g.job_id: [int(s.split(":")[1]) for s in g.segment_ids] for g in regrouped.groups}


def codes(regrouped: Any) -> list[str]:
    return [w.code for w in regrouped.warnings]


KEYS = ("op", "job", "jobs", "quotes", "to", "into", "text", "name", "slot", "edit", "id", "at", "reviewed", "format")
BASE = {A: [0, 1, 2, 3], B: [4, 5, 6, 7], C: [8, 9, 10, 11]}


# the file


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
QUOTES = st.builds(lambda t, n, w: QuoteKey(t, n, n + len(w), w), WORDS, st.integers(0, 10**6), WORDS)
JOBS = st.integers(0, 2**40).map(lambda n: f"J-{n:06x}")


@st.composite
def any_edit(make: Any) -> Edit:
    op = make(
        st.sampled_from(["rename", "reword", "merge", "split", "create", "move", "pin", "exclude", "note", "review"])
    )
    jobs = make(st.lists(JOBS, min_size=2, max_size=4, unique=True))
    quotes = [q.to_dict() for q in make(st.lists(QUOTES, min_size=1, max_size=3, unique=True))]
    words, job = make(WORDS), jobs[0]
    keys: dict[str, dict[str, Any]] = {
        "rename": {"job": job, "name": words},
        "reword": {"job": job, "slot": "outcome", "text": make(st.just("") | WORDS)},
        "merge": {"jobs": jobs},
        "split": {"job": job, "quotes": quotes, "name": words},
        "create": {"quotes": quotes, **make(st.dictionaries(st.sampled_from([*SLOTS, "name"]), WORDS))},
        "move": {"quotes": quotes, "to": jobs[1]},
        "pin": {"job": job, "quotes": quotes},
        "exclude": {"quotes": quotes},
        "note": {"job": job, "text": words},
        "review": {"job": job, "reviewed": make(st.booleans())},
    }
    return edit_from_dict({"op": op, "by": make(WORDS), **keys[op]})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_edit(), max_size=5))
def test_a_file_reads_back_as_it_was_written(listed: list[Edit]) -> None:
    text, written = append_edits("", listed)
    assert parse_curation(text) == written
    assert [{**e.to_dict(), "id": ""} for e in written] == [{**e.to_dict(), "id": ""} for e in listed]


def test_appending_keeps_every_byte_and_comment_of_the_file() -> None:
    old = '# mine\r\nformat = 1\r\n[[edit]] # why\nop="rename"\njob = "J-00000a"\nname = \'x\'   # keep'
    text, written = append_edits(old, edits({"op": "note", "job": A, "text": "n"}))
    assert text.startswith(old)
    assert [e.op for e in parse_curation(text)] == ["rename", "note"]
    assert parse_curation(text)[1] == written[0]


def test_equal_edits_get_different_ids_and_ids_last() -> None:
    table = {"op": "rename", "job": A, "name": "x"}
    first, second = edits(table, table)
    assert first.edit_id != second.edit_id
    assert edits(table, table) == (first, second)
    text, _ = append_edits(write_curation([first]), [first])
    assert len({e.edit_id for e in parse_curation(text)}) == 2


def test_two_peoples_edits_share_no_first_and_no_last_line_so_that_a_merge_keeps_both_whole() -> None:
    base = write_curation(edits({"op": "rename", "job": A, "name": "x"}))
    sides = [append_edits(base, edits({"op": "note", "job": A, "text": "n", "by": by}))[0] for by in ("Ada", "Ben")]
    ada, ben = (side.removeprefix(base).strip().split("\n") for side in sides)
    assert ada[0] != ben[0] and ada[-1] != ben[-1]  # of common lines there a merge would keep one
    assert [e.by for e in parse_curation("\n".join([base, *ada, *ben]))] == [None, "Ada", "Ben"]


def test_what_git_could_not_merge_is_named() -> None:
    text = write_curation(edits({"op": "note", "job": A, "text": "n"}))
    halves = f'<<<<<<< HEAD\n[[edit]]\nop = "review"\njob = "{A}"\n=======\n[[edit]]\nop = "review"\njob = "{B}"\n>>>>>>> ben\n'
    with pytest.raises(
        StudyError, match=rf"conflict of git at line {text.count(chr(10)) + 1}\. Keep the edits of both"
    ):
        parse_curation(text + halves)


def test_an_edit_that_came_in_twice_is_one_and_its_undo_takes_it_back() -> None:
    one = {"id": "E-000001", "op": "rename", "job": A, "name": "x", "by": "Ada"}
    other = {"id": "E-000002", "op": "note", "job": A, "text": "n"}
    undo = {"id": "E-000003", "op": "undo", "edit": "E-000001"}
    assert [e.edit_id for e in edits(one, other, one, undo)] == ["E-000001", "E-000002", "E-000003"]
    assert [e.op for e in active_edits(edits(one, other, {**one, "by": "Ben"}, undo))] == ["note"]
    assert [e.text for e in active_edits(edits(one, {**one, "name": "y"}))] == ["x", "y"], "another one with its id"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([*OPERATIONS, A]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    for given_value in (value, {"edit": [value]}, {"edit": [{"op": "pin", "job": A, "quotes": [value]}]}):
        try:
            found = edits_from_dict(given_value, origin="fuzz")
        except StudyError:
            continue
        assert parse_curation(write_curation(found)) == found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, "[[edit]]\n" + text, f'[[edit]]\nop = "note"\njob = "{A}"\ntext = """{text}"""'):
        try:
            found = parse_curation(whole)
        except StudyError:
            continue
        assert parse_curation(append_edits(whole, found)[0])[: len(found)] == found


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"op": "renam", "job": A, "name": "x"}, "Did you mean 'rename'"),
        ({"op": "rename", "job": A}, "must have the key name"),
        ({"op": "rename", "job": A, "nam": "x", "name": "y"}, "Did you mean 'name'"),
        ({"op": "rename", "job": "../etc", "name": "x"}, "must be J- and"),
        ({"op": "rename", "job": A, "name": "  "}, "must not be empty"),
        ({"op": "rename", "job": A, "name": "a\x00b"}, "control characters"),
        ({"op": "rename", "job": A, "name": "x" * 20_001}, "at most 20000"),
        ({"op": "rename", "job": A, "name": 3}, "must be text"),
        ({"op": "reword", "job": A, "slot": "outcom", "text": "x"}, "slot must be one of"),
        ({"op": "merge", "jobs": [A, A]}, "two different jobs"),
        ({"op": "merge", "jobs": A}, "list of job ids"),
        ({"op": "must_link", "quotes": [key(0)]}, "2 different quotes"),
        ({"op": "create", "quotes": []}, "1 different quotes"),
        ({"op": "create", "quotes": [key(0)], "motivation": " "}, "must not be empty"),
        ({"op": "create", "quotes": [key(0)], "outcom": "x"}, "Did you mean 'outcome'"),
        ({"op": "exclude"}, "quotes or a job"),
        ({"op": "move", "quotes": [{**key(0), "end_char": 2}], "to": B}, "as long as its place"),
        ({"op": "move", "quotes": [{**key(0), "start_char": -1}], "to": B}, "whole number"),
        ({"op": "move", "quotes": [{"text": "x"}], "to": B}, "Copy the quote"),
        ({"op": "review", "job": A, "reviewed": "no"}, "true or false"),
        ("rename", "table of keys"),
    ],
)
def test_a_wrong_edit_is_refused_with_what_to_do(table: Any, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        edits(table)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format = 2", "Install a newer"),
        ("format = true", "whole number"),
        ("rename = 1", "key must be format or edit"),
        ("[edit]\nop = 1", r"list of \[\[edit\]\]"),
        ("[[edit]\n", "must be TOML"),
        ("a = " + "[" * 5000, "must be TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        parse_curation(text)


def test_toml_times_and_a_byte_order_mark_are_read() -> None:
    (edit,) = parse_curation(f'\ufeff[[edit]]\nat = 2026-11-24T23:10:00Z\nop = "review"\njob = "{A}"\n')
    assert edit.at == "2026-11-24T23:10:00+00:00"


def test_undo_takes_back_and_an_undone_undo_does_not() -> None:
    one = {"id": "E-000001", "op": "rename", "job": A, "name": "x"}
    undo = {"id": "E-000002", "op": "undo", "edit": "E-000001"}
    again = {"id": "E-000003", "op": "undo", "edit": "E-000002"}
    assert active_edits(edits(one, undo)) == ()
    assert [e.edit_id for e in active_edits(edits(one, undo, again))] == ["E-000001"]


def test_an_undo_of_no_edit_is_a_warning() -> None:
    undo = {"id": "E-000001", "op": "undo", "edit": "E-00000f"}
    assert codes(run(undo)[1]) == ["curation_edit_gone"]
    assert codes(run(undo, {"id": "E-000002", "op": "undo", "edit": "E-000001"})[1]) == [], "taken back"


# what edits do


def test_without_edits_the_groups_are_as_they_were() -> None:
    assert members(run()[1]) == BASE


def test_merge_unites_and_its_undo_parts_again() -> None:
    merge = {"id": "E-000001", "op": "merge", "jobs": [B, A]}
    curator, found = run(merge)
    assert members(found) == {B: [0, 1, 2, 3, 4, 5, 6, 7], C: BASE[C]}
    assert [g.edits for g in found.groups if g.job_id == B] == [(f"merge E-000001: with {A}",)]
    curator.finish([draft(g) for g in found.groups])
    undone = run(merge, {"op": "undo", "edit": "E-000001"}, ledger=curator.ledger)[1]
    assert members(undone) == BASE


def test_a_merge_tells_the_words_that_a_person_gave_to_the_job_that_joins() -> None:
    named = {"op": "rename", "job": B, "name": "x"}
    worded = {"op": "reword", "job": B, "slot": "outcome", "text": "go home"}
    curator, regrouped = run(named, worded, {"id": "E-000003", "op": "merge", "jobs": [A, B]})
    job = next(j for j in curator.finish([draft(g) for g in regrouped.groups])[0] if j.job_id == A)
    assert job.statement.outcome is None
    assert job.edits == (f"merge E-000003: with {B} ('x', outcome 'go home')",)


def test_a_merge_keeps_its_id_when_the_machine_makes_one_group_of_both() -> None:
    merge = {"op": "merge", "jobs": [A, B]}
    found = run(merge, groups=[GROUPS[0][:1] + GROUPS[1], GROUPS[2]])[1]
    assert members(found) == {A: [0, 4, 5, 6, 7], C: BASE[C]}


def test_split_makes_a_job_whose_id_lasts() -> None:
    split = {"op": "split", "job": A, "quotes": [key(0), key(1)], "name": "new"}
    curator, found = run(split)
    new = next(j for j in members(found) if j not in (A, B, C))
    assert members(found) == {A: [2, 3], new: [0, 1], B: BASE[B], C: BASE[C]}
    jobs, _ = curator.finish([draft(g) for g in found.groups])
    assert {j.job_id: j.name for j in jobs}[new] == "new"
    assert members(run(split, ledger=curator.ledger)[1]) == members(found)


def test_a_split_gets_new_passages_of_its_half() -> None:
    """On the next run the clusterer parts the halves by itself, and gives each its share of what is new."""
    split = {"op": "split", "job": A, "quotes": [key(0), key(1)]}
    curator, found = run(split, groups=[GROUPS[0], GROUPS[1], GROUPS[2][:2]])
    curator.finish([draft(g) for g in found.groups])
    new = next(j for j in members(found) if j not in (A, B, C))
    grown = [["t:0000", "t:0001", "t:0010"], ["t:0002", "t:0003", "t:0011"], GROUPS[1], GROUPS[2][:2]]
    later = dataclasses.replace(curator.ledger, corpus="one with fewer passages")
    again = members(run(split, groups=grown, ledger=later)[1])
    assert again[new] == [0, 1, 10]
    assert again[A] == [2, 3, 11]


def test_an_edit_changes_only_what_it_names() -> None:
    """On the same corpus the groups of the last run stand, whatever the clustering makes of the edit."""
    stirred = [GROUPS[0][:2], GROUPS[0][2:] + GROUPS[1], GROUPS[2]]
    curator = Curator(edits({"op": "pin", "job": A, "quotes": [key(0), key(1)]}), first_ledger())
    assert members(curator.regroup(stirred, SEGMENTS, [T])) == BASE
    anew = Curator(curator.edits, first_ledger(), "other settings")
    assert members(anew.regroup(stirred, SEGMENTS, [T])) != BASE


def test_move_and_exclude_and_their_marks() -> None:
    moved = {"op": "move", "quotes": [key(0)], "to": B, "job": A, "by": "Ada"}
    struck = {"op": "exclude", "quotes": [key(8)]}
    curator, found = run(moved, struck)
    assert members(found) == {A: [1, 2, 3], B: [0, 4, 5, 6, 7], C: [9, 10, 11]}
    assert found.excluded == ("t:0008",)
    marks = {g.job_id: g.edits for g in found.groups}
    assert marks[A][0].startswith("move E-")
    assert marks[A][0].endswith(f"by Ada: 1 quote to {B}")
    assert marks[B][0].endswith("by Ada: 1 quote in")
    assert marks[C][0].endswith(": 1 quote")
    assert curator.finish([draft(g) for g in found.groups])[1] == ()


def test_an_excluded_quote_leaves_every_list_of_a_job() -> None:
    curator, found = run({"op": "exclude", "quotes": [key(8)]})
    s = SEGMENTS[8]
    quote = Quote(
        transcript_id="t", speaker="P", participant_id="P1", text=s.text, start_char=s.start_char, end_char=s.end_char
    )
    lists: dict[str, Any] = {
        "forces": {"push": (quote,)}, "solutions": (Solution(name="x", quotes=(quote,)),),
        "counter_quotes": (quote,), "wishes": (quote,),
    }  # fmt: skip
    (job, *_), _ = curator.finish([draft(g, **lists) for g in found.groups])
    assert list(job.forces.values()) == [()] * 4
    assert (job.solutions[0].quotes, job.counter_quotes, job.wishes) == ((), (), ())


def test_exclude_from_one_job_leaves_the_passage_to_others() -> None:
    found = run({"op": "exclude", "quotes": [key(0)], "job": A})[1]
    assert members(found)[A] == [1, 2, 3]
    assert found.excluded == ()
    assert found.unclustered == ("t:0000",)


@pytest.mark.parametrize(
    "edit",
    [
        {"op": "create", "quotes": [key(8)]},
        {"op": "move", "quotes": [key(8)], "to": A},
        {"op": "exclude", "quotes": [key(8)]},
        {"op": "cannot_link", "quotes": [key(8), key(9)]},
    ],
)
def test_who_takes_a_passage_out_of_a_group_that_was_no_job_has_not_worked_on_it(edit: dict[str, Any]) -> None:
    seen = first_ledger()
    assert any(g.edits for g in run(edit, ledger=seen)[1].groups if g.job_id == C)
    unseen = replace(seen, jobs={j: replace(k, name="" if j == C else k.name) for j, k in seen.jobs.items()})
    assert not any(g.edits for g in run(edit, ledger=unseen)[1].groups if g.job_id == C)


def test_exclude_a_whole_job() -> None:
    found = run({"op": "exclude", "job": C})[1]
    assert members(found) == {A: BASE[A], B: BASE[B]}
    assert codes(found) == ["curation_job_excluded"]
    assert found.excluded == tuple(GROUPS[2])


def test_pin_keeps_a_job_that_the_machine_dissolves() -> None:
    pin = {"op": "pin", "job": C, "quotes": [key(i) for i in range(8, 12)]}
    found = run(pin, groups=[GROUPS[0], GROUPS[1] + GROUPS[2][:2]])[1]
    assert members(found)[C] == [8, 9, 10, 11]
    assert [g.job_id for g in found.groups if g.pinned] == [C]


def test_links_hold_after_the_clustering_too() -> None:
    must = {"op": "must_link", "quotes": [key(0), key(4)]}
    cannot = {"op": "cannot_link", "quotes": [key(8), key(9)]}
    found = run(must, cannot)[1]
    assert members(found) == {A: [0, 1, 2, 3, 4], B: [5, 6, 7], C: [8, 10, 11]}
    assert found.unclustered == ("t:0009",)
    assert found.linked == ("t:0000", "t:0004", "t:0008", "t:0009")  # no other job may take them in


@pytest.mark.parametrize(
    ("slot", "words", "story"),
    [
        ("situation", "When it is late.", "When it is late, I want to stay dry."),
        ("motivation", "I want to go", "When it rains, I want to go."),
        ("outcome", "so I can go out", "When it rains, I want to stay dry, so I can go out."),
        ("outcome", "So that I can go out", "When it rains, I want to stay dry, so I can go out."),
        ("outcome", "so that nobody waits", "When it rains, I want to stay dry, so that nobody waits."),
        ("situation", "When ", "I want to stay dry."),
        ("motivation", "I want to ", "When it rains."),
        ("outcome", "So that I can ", "When it rains, I want to stay dry."),
        ("outcome", "sort it out", "When it rains, I want to stay dry, so I can sort it out."),
    ],
)
def test_words_that_the_story_says_itself_stand_in_it_once(slot: str, words: str, story: str) -> None:
    curator, found = run({"op": "reword", "job": A, "slot": slot, "text": words})
    jobs = {j.job_id: j for j in curator.finish([draft(g) for g in found.groups])[0]}
    assert jobs[A].statement.text == story


def test_words_of_a_person_win_and_are_marked() -> None:
    curator, found = run(
        {"op": "rename", "job": A, "name": "Mine"},
        {"op": "reword", "job": A, "slot": "outcome", "text": "go out"},
        {"op": "reword", "job": B, "slot": "situation", "text": ""},
        {"op": "note", "job": A, "text": "see P1"},
        {"op": "review", "job": A},
    )
    jobs = {j.job_id: j for j in curator.finish([draft(g) for g in found.groups])[0]}
    assert (jobs[A].name, jobs[A].note, jobs[A].gaps) == ("Mine", "see P1", ())
    assert jobs[A].statement.text == "When it rains, I want to stay dry, so I can go out."
    assert [m.split()[0] for m in jobs[A].edits] == ["rename", "reword", "note", "review"]
    assert jobs[B].statement.text == "I want to stay dry."
    assert {gap.slot for gap in jobs[B].gaps} == {"situation", "outcome"}
    assert jobs[C].edits == ()


def test_names_of_the_machine_stay_and_come_back_after_an_undo() -> None:
    rename = {"id": "E-000001", "op": "rename", "job": A, "name": "Mine"}
    curator, found = run(rename)
    curator.finish([draft(g) for g in found.groups])
    later, found = run(rename, {"op": "undo", "edit": "E-000001"}, ledger=curator.ledger)
    jobs, _ = later.finish([draft(g) for g in found.groups if g.job_id == A])
    assert jobs[0].name == "machine alpha"


# what cannot be done is told


def test_a_new_job_is_not_called_as_one_that_keeps_its_name() -> None:
    parted = [*GROUPS[:2], GROUPS[2][:3], GROUPS[2][3:]]
    curator, regrouped = run(groups=parted)
    drafted = [replace(draft(g), name="machine gamma" if g.job_id != A else "other") for g in regrouped.groups]
    curator.ledger = replace(
        curator.ledger, jobs={j: replace(k, name="machine gamma") for j, k in curator.ledger.jobs.items() if j == C}
    )
    names = {j.job_id: j.name for j in curator.finish(drafted)[0]}
    assert names[C] == "machine gamma" and len(set(names.values())) == 4
    assert sorted(names.values()) == ["machine gamma", "machine gamma (2)", "machine gamma (3)", "other"]


def test_a_job_that_is_gone_is_a_warning_with_its_heir() -> None:
    groups = [GROUPS[0] + GROUPS[1][:3], GROUPS[1][3:] + GROUPS[2]]
    for table in ({"op": "rename", "job": B, "name": "x"}, {"op": "move", "quotes": [key(8)], "to": B}):
        found = run(table, groups=groups)[1]
        assert codes(found) == ["curation_job_gone"]
        assert f"in {A} now" in found.warnings[0].message
        assert members(found) == {A: [0, 1, 2, 3, 4, 5, 6], C: [7, 8, 9, 10, 11]}


def test_a_job_that_never_was_is_a_warning() -> None:
    found = run({"op": "merge", "jobs": [A, "J-dddddd"]}, {"op": "merge", "jobs": ["J-eeeeee", "J-dddddd"]})[1]
    assert codes(found) == ["curation_job_gone"] * 2
    assert members(found) == BASE


def test_contradicting_links_the_later_holds_and_both_are_named() -> None:
    must = {"id": "E-000001", "op": "must_link", "quotes": [key(0), key(4)]}
    cannot = {"id": "E-000002", "op": "cannot_link", "quotes": [key(0), key(4)]}
    found = run(must, cannot)[1]
    assert members(found) == BASE
    assert codes(found) == ["curation_contradiction"]
    assert "E-000001" in found.warnings[0].message
    assert "E-000002" in found.warnings[0].message
    other = run({**cannot, "id": "E-000001"}, {**must, "id": "E-000002"})[1]
    assert members(other)[A] == [0, 1, 2, 3, 4]
    assert codes(other) == ["curation_contradiction"]


def test_a_changed_transcript_is_noticed() -> None:
    shifted = transcript(("A new first line.", *LINES))
    found = Curator(edits({"op": "exclude", "quotes": [key(0)]}), first_ledger()).regroup(
        [[f"t:{i + 1:04}" for i in group] for group in BASE.values()], segments(shifted), [shifted]
    )
    assert found.excluded == ("t:0001",)
    assert codes(found) == ["curation_quote_moved"]
    assert {g.job_id for g in found.groups} == {A, B, C}  # known by their words


def test_a_job_that_a_person_worked_on_is_kept_together_where_its_transcript_changed() -> None:
    shifted = transcript(("A new first line.", *LINES))
    ledger = first_ledger()
    curator = Curator(edits({"op": "rename", "job": A, "name": "x"}), ledger)
    must, cannot = curator.constraints(segments(shifted), [shifted])
    assert (must, cannot) == ([(1, 2), (2, 3), (3, 4)], [])
    merged = Curator(edits({"op": "merge", "jobs": [B, C]}), ledger)
    scattered = [[f"t:{i + 1:04}" for i in group] for group in ([0, 1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11])]
    found = merged.regroup(scattered, segments(shifted), [shifted])
    assert members(found)[B] == [5, 6, 7, 8, 9, 10, 11, 12], "as it was seen"


SHOWN = ("Last week I rang Anneke de Wit about the bill.", "Nothing else happened that day.")
HIDDEN = ("Last week I rang [NAME] about the bill.", "Nothing else happened that day.")


@pytest.mark.parametrize(("before", "after"), [(SHOWN, HIDDEN), (HIDDEN, SHOWN), (HIDDEN, HIDDEN)])
def test_an_edit_finds_its_sentence_when_a_name_was_hidden_or_shown_since(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    then, now = transcript(before), transcript(after)
    first = segments(then)[0]
    place = {"transcript_id": "t", "start_char": first.start_char, "end_char": first.end_char, "text": first.text}
    found = Curator(edits({"op": "exclude", "quotes": [place]})).regroup([], segments(now), [now])
    assert found.excluded == ("t:0000",)
    assert codes(found) == ([] if before == after else ["curation_quote_moved"])


def test_an_edit_and_a_job_are_found_where_people_are_hidden_and_the_file_is_renamed() -> None:
    lines = (*SHOWN, *LINES)
    before, after = transcript(lines, "anneke"), transcript((*HIDDEN, *LINES), "T1")
    curator = Curator()
    groups = [[f"anneke:{i:04}" for i in range(n, n + 3)] for n in (0, 6)]
    curator.regroup(groups, segments(before), [before])
    curator.finish([])
    listed = edits({"op": "exclude", "quotes": [key(0, segments(before))]})
    again = Curator(listed, curator.ledger)
    found = again.regroup([[f"T1:{i:04}" for i in range(n, n + 3)] for n in (0, 6)], segments(after), [after])
    assert {g.job_id for g in found.groups} == set(curator.ledger.jobs)
    assert found.excluded == ("T1:0000",)
    assert codes(found) == ["curation_quote_moved"]


def test_a_placeholder_alone_or_other_words_fit_nothing() -> None:
    now = transcript(("I rang Anneke.", "Last week we met Anneke de Wit about the bill."))
    for words in ("[NAME]", "I [NAME].", "Last week I rang [NAME] about the bill."):
        place = {"transcript_id": "t", "start_char": 0, "end_char": len(words), "text": words}
        found = Curator(edits({"op": "exclude", "quotes": [place]})).regroup([], segments(now), [now])
        assert found.excluded == () and codes(found) == ["curation_quote_gone"], words


def test_a_quote_that_is_gone_is_a_warning_and_nothing_else_happens() -> None:
    gone = {**key(0), "text": "x" * len(key(0)["text"])}
    found = run({"op": "exclude", "quotes": [gone]}, {"op": "pin", "job": A, "quotes": [gone]})[1]
    assert codes(found) == ["curation_quote_gone"]
    assert members(found) == BASE


def test_a_renamed_transcript_is_found_by_its_words() -> None:
    other = transcript(name="renamed")
    found = Curator(edits({"op": "exclude", "quotes": [key(0)]})).regroup([], segments(other), [other])
    assert found.excluded == ("renamed:0000",)
    assert codes(found) == ["curation_quote_moved"]


def test_a_job_without_passages_is_a_warning() -> None:
    found = run({"op": "move", "quotes": [key(i) for i in range(4)], "to": B})[1]
    assert codes(found) == ["curation_job_empty"]
    assert A not in members(found)


# constraints for the clustering


def test_constraints_are_pairs_of_rows() -> None:
    rows = SEGMENTS[2:]
    listed = edits(
        {"op": "must_link", "quotes": [key(2), key(5), key(3)]},
        {"op": "cannot_link", "quotes": [key(8), key(9), key(0)]},  # row 0 is not clustered
        {"op": "split", "job": B, "quotes": [key(6), key(7)]},
    )
    held = {B: ["t:0004", "t:0006", "t:0007"]}
    must, cannot = constraints_of(listed, rows, [T], held)
    assert must == [(0, 3), (1, 3), (4, 5)]  # rows of B alone (4) have nothing left to be kept with
    assert cannot == [(2, 4), (6, 7)]


@pytest.mark.parametrize(
    ("edit", "kept"),
    [
        ({"op": "rename", "job": A, "name": "Mine"}, [(0, 1), (1, 2), (2, 3)]),
        ({"op": "exclude", "job": A, "quotes": [key(1)]}, [(0, 2), (2, 3)]),
        ({"op": "move", "quotes": [key(8)], "to": A}, [(0, 1), (1, 2), (2, 3)]),
        ({"op": "exclude", "quotes": [key(1)]}, []),
        ({"op": "exclude", "job": A}, []),
    ],
)
def test_which_edits_keep_a_job_together(edit: dict[str, Any], kept: list[tuple[int, int]]) -> None:
    held = {A: GROUPS[0], B: GROUPS[1], C: GROUPS[2]}
    must, _ = constraints_of(edits(edit), SEGMENTS, [T], held)
    assert must == kept


def test_constraints_never_contradict_each_other() -> None:
    listed = edits(
        {"op": "must_link", "quotes": [key(0), key(1)]},
        {"op": "must_link", "quotes": [key(1), key(2)]},
        {"op": "cannot_link", "quotes": [key(0), key(2)]},
    )
    must, cannot = constraints_of(listed, SEGMENTS, [T])
    assert (must, cannot) == ([(1, 2)], [(0, 2)])


def test_a_job_that_a_person_worked_on_is_kept_together() -> None:
    held = {A: GROUPS[0], B: GROUPS[1], C: GROUPS[2]}
    listed = edits({"op": "rename", "job": A, "name": "x"}, {"op": "merge", "jobs": [B, C]})
    must, cannot = constraints_of(listed, SEGMENTS, [T], held)
    assert must == [(i, i + 1) for i in range(11) if i % 4 != 3]  # the merged ones each for itself: it can be undone
    assert cannot == []
    moved = edits({"op": "rename", "job": A, "name": "x"}, {"op": "move", "quotes": [key(1)], "to": B, "job": A})
    must, cannot = constraints_of(moved, SEGMENTS, [T], held)
    assert must == [(0, 2), (2, 3), (4, 5), (5, 6), (6, 7)]  # and the job that was given a quote
    assert cannot == [(0, 1), (1, 2), (1, 3)]
