"""The search for personal data: the audit set with its floors, names from labels, settling, determinism, no network."""

from __future__ import annotations

import importlib.util
import json
import random
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jtbd_nlp.config import PrivacyConfig
from jtbd_nlp.privacy import KINDS, SPECIAL_KINDS, Find, find_personal_data
from jtbd_nlp.privacy.finds import settle
from jtbd_nlp.privacy.names.people import find_people, name_parts
from jtbd_nlp.privacy.searches.digits import find_numbers, luhn
from jtbd_nlp.records import Transcript, Turn

pytest.importorskip("presidio_analyzer", reason="the extra privacy is not installed")
ROOT = Path(__file__).resolve().parent.parent


def build(transcript_id: str, *turns: tuple[str, str]) -> Transcript:
    text, placed = "", []
    for index, (speaker, words) in enumerate(turns):
        text += ("\n\n" if text else "") + f"{speaker}: "
        role = "interviewer" if speaker == "Interviewer" else "participant"
        person = transcript_id if role == "participant" else None
        placed.append(
            Turn(
                turn_index=index,
                speaker=speaker,
                role=role,
                participant_id=person,
                start_char=len(text),
                end_char=len(text) + len(words),
            )
        )
        text += words
    return Transcript(transcript_id=transcript_id, source=f"{transcript_id}.txt", text=text, turns=tuple(placed))


def words(transcript: Transcript, finds: tuple[Find, ...], kind: str) -> list[str]:
    return [
        transcript.text[f.start_char : f.end_char]
        for f in finds
        if f.kind == kind and f.transcript_id == transcript.transcript_id
    ]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pii_audit", ROOT / "benchmarks" / "pii_audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(audit: ModuleType) -> dict[str, list[Find]]:
    result: dict[str, list[Find]] = audit.search(audit.read_audit())
    return result


@pytest.mark.parametrize("held_out", [False, True], ids=["all", "held-out"])
def test_audit_floors(audit: ModuleType, found: dict[str, list[Find]], held_out: bool) -> None:
    items = [i for i in audit.read_audit() if i["held_out"] or not held_out]
    score = audit.score(items, found)
    shares = {group: hit / n for group, (hit, n) in score.items()}
    assert shares["must"] == 1.0
    assert shares["hard"] >= 0.65
    assert shares["special"] >= 0.60
    assert shares["lookalike"] <= 0.05


@pytest.mark.parametrize(
    "name",
    [
        "pii_blind",
        "pii_blind_2",
        "pii_blind_3",
        "pii_blind_4",
        "pii_blind_5",
        "pii_blind_6",
        "pii_blind_7",
        "pii_blind_8",
    ],
)
def test_sets_that_were_blind_once_stay_mended(audit: ModuleType, name: str) -> None:
    """What each gave when first run stands in docs/privacy.md; these floors are for what was mended afterwards."""
    items = audit.read_audit(ROOT / "tests" / "data" / f"{name}.jsonl")
    score = audit.score(items, audit.search(items))
    shares = {group: hit / n for group, (hit, n) in score.items() if n}
    assert shares["hard"] >= 0.85
    assert shares["special"] >= 0.80
    assert shares["lookalike"] <= 0.05


def test_audit_is_as_large_as_promised(audit: ModuleType) -> None:
    items = audit.read_audit()
    counts = {g: sum(i["group"] == g for i in items) for g in audit.GROUPS}
    assert counts["must"] >= 60 and counts["hard"] >= 60 and counts["special"] >= 40 and counts["lookalike"] >= 80
    assert {i["kind"] for i in items if i["group"] in ("must", "hard")} == set(KINDS) - {"OTHER"}
    assert {i["kind"] for i in items if i["group"] == "special"} == set(SPECIAL_KINDS)
    for item in items:
        assert all(0 <= s < e <= len(item["text"]) for s, e in item["spans"]), item["id"]
        assert all(item["text"][s:e].strip() == item["text"][s:e] for s, e in item["spans"]), item["id"]


def test_name_of_a_label_is_caught_everywhere_in_any_case() -> None:
    one = build("a", ("Sixtine Oyelaran", "Hello."), ("Interviewer", "So sixtine, and you, Oyelaran's sister?"))
    two = build("b", ("Participant", "i told sixtine so."))
    finds = find_personal_data([two, one])
    assert words(one, finds, "NAME") == ["Sixtine Oyelaran", "sixtine", "Oyelaran"]
    assert words(two, finds, "NAME") == ["sixtine"]


def test_label_that_is_a_word_does_not_hide_the_word() -> None:
    one = build("a", ("Will", "I will do it, Will you? My boss Will will not."), ("Interviewer", "Thanks, Will."))
    found = [(f.start_char, one.text[f.start_char : f.end_char]) for f in find_personal_data([one])]
    assert [w for _, w in found] == ["Will"] * len(found)
    assert one.text.index("I will do") + 2 not in {start for start, _ in found}
    assert one.text.rindex("will not") not in {start for start, _ in found}
    assert {0, one.text.index("boss Will") + 5, one.text.rindex("Will")} <= {start for start, _ in found}


def test_role_label_is_hidden_but_not_hunted() -> None:
    assert name_parts(["Marketing Manager", "Speaker 2", "Participant", "J.", "P3"]) == frozenset()
    assert name_parts(["Anna-Lena Öztürk (PM)"]) >= {"anna-lena", "ozturk"}


def test_participants_file_names_are_known() -> None:
    one = build("a", ("Participant", "and then zyphira came along"))
    assert words(one, find_personal_data([one]), "NAME") == []
    assert words(one, find_personal_data([one], known_names=["Zyphira Quell"]), "NAME") == ["zyphira"]


def test_keep_and_hide() -> None:
    one = build("a", ("Participant", "I asked Priya about Zephyr and the Falcon plan."))
    config = PrivacyConfig(redact="on", keep=("Priya",), hide=("falcon plan",))
    finds = find_personal_data([one], config=config)
    assert words(one, finds, "NAME") == [] and words(one, finds, "OTHER") == ["Falcon plan"]


def test_any_order_gives_the_same_finds(audit: ModuleType) -> None:
    transcripts = [build(i["id"], ("Participant", i["text"])) for i in audit.read_audit()[::9]]
    once = find_personal_data(transcripts)
    random.Random(3).shuffle(transcripts)
    assert find_personal_data(transcripts) == once
    assert list(once) == sorted(once, key=lambda f: (f.transcript_id, f.start_char, -f.end_char, f.kind))


def test_offsets_lie_in_the_text_and_do_not_overlap(audit: ModuleType) -> None:
    transcripts = [build(i["id"], ("Anna Meyer", i["text"])) for i in audit.read_audit()[::8]]
    texts = {t.transcript_id: t.text for t in transcripts}
    hiding = [f for f in find_personal_data(transcripts) if not f.special]
    assert hiding
    for find in hiding:
        assert texts[find.transcript_id][find.start_char : find.end_char].strip()
        assert 0 <= find.score <= 1 and find.kind in KINDS
    for left, right in pairwise(hiding):
        assert left.transcript_id != right.transcript_id or left.end_char <= right.start_char


def test_text_between_turns_and_without_turns_is_searched() -> None:
    loose = Transcript(transcript_id="x", source="x", text="Mail anna@example.org now.", turns=())
    assert words(loose, find_personal_data([loose]), "EMAIL") == ["anna@example.org"]


def test_turn_longer_than_a_passage_is_searched_to_its_end() -> None:
    long = build("a", ("Participant", "so we went on and on " * 1500 + "write to anna@example.org"))
    assert words(long, find_personal_data([long]), "EMAIL") == ["anna@example.org"]


def test_card_needs_its_check_digit() -> None:
    assert luhn("4111111111111111") and not luhn("4111111111111112") and not luhn("0000000000000000")
    assert not find_numbers("we counted 4111 1111 1111 1112 rows of it")
    assert [h.kind for h in find_numbers("it was 4111 1111 1111 1111, I think")] == ["CARD"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12), st.sampled_from(KINDS), st.booleans()), max_size=12))
def test_settled_finds_cover_the_same_characters(spans: list[tuple[int, int, str, bool]]) -> None:
    finds = [
        Find(
            transcript_id="t",
            start_char=a,
            end_char=a + n,
            kind="HEALTH" if s else k,
            score=0.5,
            special=s,
            source="x",
        )
        for a, n, k, s in spans
    ]
    settled = settle(finds)
    for special in (False, True):
        before = {c for f in finds if f.special == special for c in range(f.start_char, f.end_char)}
        after = {c for f in settled if f.special == special for c in range(f.start_char, f.end_char)}
        assert after <= before and (special or after == before)
    assert settle(reversed(settled)) == settled


@given(st.text(max_size=200))
@example("N’T")  # a token that is nothing but a contraction
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_searchers_take_any_text(text: str) -> None:
    from jtbd_nlp.privacy.searches.organisations import find_organisations
    from jtbd_nlp.privacy.searches.special import find_special
    from jtbd_nlp.privacy.searches.written import find_written

    for search in (find_people, find_numbers, find_written, find_organisations, find_special):
        assert all(0 <= h.start < h.end <= len(text) for h in search(text))


def test_no_socket_and_no_download(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new analyser finds everything while look-ups, connections, model downloads and the list of suffixes raise."""
    import spacy.cli
    import tldextract

    from jtbd_nlp.privacy import engine

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something reached for the network")

    for holder, name in ((socket, "getaddrinfo"), (socket, "create_connection"), (spacy.cli, "download")):
        monkeypatch.setattr(holder, name, refuse)
    monkeypatch.setattr(tldextract.TLDExtract, "__call__", refuse)
    for cached in (engine.language_model, engine._presidio):
        cached.cache_clear()
    text = "Mail anna@example.co.uk or call +44 7700 900123, said Priya Raman, card 4111 1111 1111 1111, https://a.example/b"
    finds = find_personal_data([Transcript(transcript_id="t", source="t", text=text, turns=())])
    assert [f.kind for f in finds] == ["EMAIL", "PHONE", "NAME", "CARD", "URL"]


def test_what_is_hidden_rests_on_the_packaged_weights_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another model that the machine has is not asked, and the package's files are checked before they are loaded."""
    import spacy

    from jtbd_nlp.privacy import engine

    monkeypatch.setattr(spacy, "load", lambda *_, **__: pytest.fail("another model was loaded"))
    monkeypatch.setattr(spacy.util, "is_package", lambda _: True)
    asked: list[list[str]] = []
    monkeypatch.setattr(engine, "load_package", lambda exclude: asked.append(exclude) or "the package")
    engine.language_model.cache_clear()
    try:
        assert engine.language_model() == "the package"
    finally:
        engine.language_model.cache_clear()
    assert "ner" not in asked[0]


def test_presidio_runs_only_what_was_chosen() -> None:
    from jtbd_nlp.privacy.engine import _KINDS, _presidio

    names = {type(r).__name__ for r in _presidio().registry.recognizers}
    assert not names & {"EmailRecognizer", "UrlRecognizer", "SpacyRecognizer", "DateRecognizer"}
    assert set(_presidio().get_supported_entities("en")) == set(_KINDS)


def test_what_a_cue_gave_away_is_caught_without_it() -> None:
    one = build("a", ("Participant", "I work at Halvorsen Trading. My staff number is 774120."))
    two = build("b", ("Participant", "Halvorsen Trading? It says 774120 here, not 774121."))
    finds = find_personal_data([one, two])
    assert words(two, finds, "EMPLOYER") == ["Halvorsen Trading"] and words(two, finds, "ID") == ["774120"]


def test_privacy_is_not_loaded_with_the_package() -> None:
    heavy = ("presidio_analyzer", "spacy", "torch")
    code = f"import sys, jtbd_nlp, jtbd_nlp.privacy; print(any(m.split('.')[0] in {heavy} for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


def test_audit_holds_no_real_domains() -> None:
    lines = (ROOT / "tests" / "data" / "pii_audit.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(set(json.loads(line)) == {"id", "group", "kind", "text", "spans", "held_out"} for line in lines)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a mate of mine Zubrow does the same run", "Zubrow"),
        ("then the Okonjo twins joined", "Okonjo"),
        ("so I shouted, Kwabena, have you got the jack", "Kwabena"),
        ("you would have to talk to Xanthe about that", "Xanthe"),
    ],
)
def test_word_on_no_list_is_a_name_where_only_a_person_stands(text: str, name: str) -> None:
    one = build("a", ("Participant", text))
    assert words(one, find_personal_data([one]), "NAME") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "we had Jenkins going down every Tuesday",
        "it's like asking Hermione Granger to do it",
        "I got it at Christie's on the way",
        "Marvin is what we call the label printer",
    ],
)
def test_thing_character_or_shop_is_no_person(text: str) -> None:
    assert find_personal_data([build("a", ("Participant", text))]) == ()


def test_shop_takes_no_owner_away() -> None:
    one = build("a", ("Participant", "it was on Christie's desk"))
    assert words(one, find_personal_data([one]), "NAME") == ["Christie"]
