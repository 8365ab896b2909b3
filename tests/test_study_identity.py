"""Ids that last: matching by membership, whatever the order, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtbd_nlp.records import Segment, Transcript
from jtbd_nlp.study.identity import assign_ids, new_id, next_ledger, passages_of
from jtbd_nlp.study.ledger import Known, Ledger, Passage


def passage(n: int, content: str = "c") -> Passage:
    return Passage(content, n, n + 1, f"t-{content}", f"w{n}")


def ledger(**jobs: Sequence[int]) -> Ledger:
    return Ledger(jobs={j.replace("_", "-"): Known(passages=tuple(map(passage, m))) for j, m in jobs.items()})


def groups(*found: Sequence[int]) -> list[list[Passage]]:
    return [[passage(n) for n in group] for group in found]


def test_a_grown_job_keeps_its_id() -> None:
    before = ledger(J_aaaaaa=[1, 2, 3], J_bbbbbb=[4, 5, 6])
    assert assign_ids(groups([4, 5, 6, 70, 71, 72, 73], [1, 2, 3, 60]), before).ids == ("J-bbbbbb", "J-aaaaaa")


def test_passages_of_transcripts_that_went_do_not_count() -> None:
    before = ledger(J_aaaaaa=[1, 2, *range(100, 150)])
    assert assign_ids(groups([1, 2]), before).ids == ("J-aaaaaa",)
    everything = map(passage, [*range(1, 3), *range(100, 150)])
    assert assign_ids(groups([1, 2]), before, corpus=everything).ids != ("J-aaaaaa",)


def test_of_two_halves_one_keeps_the_id_and_the_best_pairs_win_overall() -> None:
    before = ledger(J_aaaaaa=[1, 2, 3, 4, 5], J_bbbbbb=[6, 7, 8])
    found = assign_ids(groups([1, 2, 6, 7, 8], [3, 4, 5]), before)
    assert found.ids == ("J-bbbbbb", "J-aaaaaa")
    halves = assign_ids(groups([1, 2], [3, 4, 5]), before)
    assert halves.ids[1] == "J-aaaaaa"
    assert halves.ids[0] not in before.jobs


def test_a_job_that_went_up_in_another_is_known_to_be_there() -> None:
    before = ledger(J_aaaaaa=[1, 2, 3, 4], J_bbbbbb=[5, 6])
    found = assign_ids(groups([1, 2, 3, 4, 5, 6]), before)
    assert found.ids == ("J-aaaaaa",)
    assert found.absorbed == {"J-bbbbbb": "J-aaaaaa"}


def test_a_lost_job_gets_its_id_back() -> None:
    first = ledger(J_aaaaaa=[1, 2, 3])
    second = next_ledger(first, {}, {})
    assert second.jobs["J-aaaaaa"].lost
    assert assign_ids(groups([1, 2, 3]), second).ids == ("J-aaaaaa",)


def test_a_changed_transcript_is_known_by_its_words() -> None:
    before = ledger(J_aaaaaa=[1, 2, 3])
    shifted = [Passage("new", n + 10, n + 11, "t-c", f"w{n}") for n in (1, 2, 3)]
    assert assign_ids([shifted], before).ids == ("J-aaaaaa",)
    other = [Passage("new", n + 10, n + 11, "t-other", f"w{n}") for n in (1, 2, 3)]
    assert assign_ids([other], before).ids != ("J-aaaaaa",)


def test_a_renamed_file_changes_nothing() -> None:
    def one(name: str) -> list[Passage]:
        text = "I check it. I share it."
        transcript = Transcript(transcript_id=name, source=name, text=text, turns=())
        places = [(0, 11), (12, 23)]
        cut = [
            Segment(
                segment_id=f"{name}:{a}", transcript_id=name, turn_index=0, speaker=None, participant_id=None,
                role="participant", text=text[a:b], start_char=a, end_char=b,
            )
            for a, b in places
        ]  # fmt: skip
        return list(passages_of(cut, [transcript]).values())

    assert assign_ids([one("a")], Ledger()).ids == assign_ids([one("b")], Ledger()).ids


def test_new_ids_are_hashes_and_never_taken() -> None:
    first = new_id(map(passage, [1, 2]), ())
    assert first == new_id(map(passage, [2, 1]), ())
    assert len(first) == 8
    second = new_id(map(passage, [1, 2]), {first})
    assert second.startswith(first)
    assert len(second) == 9


PARTITIONS = st.lists(st.integers(0, 5), min_size=1, max_size=24)


def cut(labels: Sequence[int]) -> list[list[Passage]]:
    return [[passage(i) for i, k in enumerate(labels) if k == label] for label in sorted(set(labels))]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTITIONS, PARTITIONS, st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_order(old: list[int], new: list[int], random: object) -> None:
    before = cut(old)
    first = assign_ids(before, Ledger())
    known = next_ledger(Ledger(), dict(zip(first.ids, before, strict=True)), {})
    found = cut(new)
    ids = assign_ids(found, known).ids
    assert len(set(ids)) == len(ids)
    order = list(range(len(found)))
    random.shuffle(order)  # type: ignore[attr-defined]
    mixed = assign_ids([list(reversed(found[i])) for i in order], known).ids
    assert [mixed[order.index(i)] for i in range(len(found))] == list(ids)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTITIONS)
def test_the_same_groups_keep_their_ids(labels: list[int]) -> None:
    found = cut(labels)
    first = assign_ids(found, Ledger())
    known = next_ledger(Ledger(), dict(zip(first.ids, found, strict=True)), {})
    assert assign_ids(found, known).ids == first.ids
    assert Ledger.from_dict(known.to_dict()) == known


@pytest.mark.parametrize("share", [0.25, 0.2])
def test_a_fifth_in_common_is_enough(share: float) -> None:
    n = round(1 / share)
    before = ledger(J_aaaaaa=list(range(n * 2)))
    assert assign_ids(groups([0, 1]), before, corpus=map(passage, range(n * 2))).ids == ("J-aaaaaa",)
    one_less = assign_ids(groups([0]), before, corpus=map(passage, range(n * 2))).ids
    assert one_less != ("J-aaaaaa",)
