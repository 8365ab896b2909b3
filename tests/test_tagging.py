"""The public call and the stage: shape, input that is broken, language, order, spans, determinism."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jtbd_nlp
from jtbd_nlp.config import Config
from jtbd_nlp.errors import InvalidParameterError, MissingModelError
from jtbd_nlp.records import EMOTIONS, FORCES, LABELS, SPANS, SentenceTags
from jtbd_nlp.tagging import load_tagger

LEXICON = Config.from_dict({"tagging": {"model": "lexicon"}})
SURE = Config.from_dict({"tagging": {"keep_uncertain": False}})
BOTH = pytest.mark.parametrize("config", [LEXICON, SURE], ids=["lexicon", "model"])
TALK = [
    "I struggle to keep track of my invoices when the month ends.",
    "I want to find the right form without calling anybody.",
    "I love it, it saves me two hours every week.",
    "Sounds good to me.",
    "We keep everything in a spreadsheet.",
]


def check(text: str, tags: SentenceTags) -> None:
    assert tags.labels <= set(LABELS)
    assert set(tags.scores) == set(LABELS)
    assert all(0 <= s <= 1 and math.isfinite(s) for s in tags.scores.values())
    assert tags.emotion in (None, *EMOTIONS)
    assert (tags.emotion is not None) == ("emotion" in tags.labels) == (tags.intensity > 0)
    assert tags.force in (None, *FORCES)
    assert not tags.uncertain & tags.labels or tags.uncertain <= tags.labels  # left out, or kept and listed
    for slot, (start, end) in tags.spans.items():
        assert slot in SPANS
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
    for cue in tags.cues:
        assert cue.label in tags.labels
        assert 0 <= cue.start < cue.end <= len(text)
    assert {c.label for c in tags.cues} == set(tags.labels)  # every tag names its words


@BOTH
def test_every_sentence_gets_sound_tags(config: Config) -> None:
    for text, tags in zip(TALK, jtbd_nlp.tag_sentences(TALK, config=config), strict=True):
        check(text, tags)


@BOTH
def test_plain_cases(config: Config) -> None:
    struggle, desire, praise, chat, sheet = jtbd_nlp.tag_sentences(TALK, config=config)
    assert "struggle" in struggle.labels
    assert "situation" in struggle.labels
    assert TALK[0][slice(*struggle.spans["situation"])].startswith("when the month")
    assert "desire" in desire.labels
    assert "outcome" in praise.labels
    assert praise.emotion == "joy"
    assert not chat.labels
    assert "solution" in sheet.labels
    assert "spreadsheet" in TALK[4][slice(*sheet.spans["solution"])]


@BOTH
@pytest.mark.parametrize("text", ["", "   ", "😀🎉😡", "123 456", "…", "\x00\x07"])
def test_nothing_said_gives_empty_tags(config: Config, text: str) -> None:
    (tags,) = jtbd_nlp.tag_sentences([text], config=config)
    assert (tags.labels, tags.spans, tags.cues, tags.language) == (frozenset(), {}, (), "und")
    assert set(tags.scores.values()) == {0.0}


@BOTH
def test_other_languages_are_left_alone(config: Config) -> None:
    texts = [
        "Ich hasse es, wenn das Programm abstürzt und ich alles noch mal machen muss.",
        "Esto no funciona cuando tengo prisa.",
        "Je ne sais pas quoi faire avec ça.",
        "это не работает, когда я спешу",
        "これは難しいです",
    ]
    tags = jtbd_nlp.tag_sentences(texts, config=config)
    assert [t.language for t in tags] == ["de", "es", "fr", "ru", "ja"]
    assert all(not t.labels and not t.spans for t in tags)


def test_english_with_foreign_names_stays_english() -> None:
    texts = ["I love le fromage et la baguette", "My boss in München said das ist gut", "No no no no no", "ok"]
    assert {t.language for t in jtbd_nlp.tag_sentences(texts, config=LEXICON)} == {"en"}


@BOTH
def test_control_characters_do_no_harm(config: Config) -> None:
    text = "I struggle\x00 to get\x1b[31m it\u202e done\ufeff."
    (tags,) = jtbd_nlp.tag_sentences([text], config=config)
    check(text, tags)
    assert "struggle" in tags.labels


@BOTH
def test_a_sentence_of_5000_words(config: Config) -> None:
    text = (
        " ".join(["and then we went on to the next one"] * 620) + " and I really struggle to keep up with my invoices"
    )
    (tags,) = jtbd_nlp.tag_sentences([text], config=config)
    check(text, tags)


@BOTH
def test_order_and_neighbours_do_not_matter(config: Config) -> None:
    contexts = [f"How about {i}?" for i in range(len(TALK))]
    together = jtbd_nlp.tag_sentences(TALK, contexts, config=config)
    backwards = jtbd_nlp.tag_sentences(TALK[::-1], contexts[::-1], config=config)[::-1]
    alone = [jtbd_nlp.tag_sentences([t], [c], config=config)[0] for t, c in zip(TALK, contexts, strict=True)]
    assert together == backwards == alone


@BOTH
def test_no_sentences(config: Config) -> None:
    assert jtbd_nlp.tag_sentences([], config=config) == []
    assert jtbd_nlp.tag_sentences([], [], config=config) == []


@pytest.mark.parametrize("value", [float("nan"), None, 3, b"bytes"])
def test_what_is_no_text_is_named(value: object) -> None:
    with pytest.raises(InvalidParameterError, match=r"sentences\[1\] must be a text, got"):
        jtbd_nlp.tag_sentences(["fine", value], config=LEXICON)  # type: ignore[list-item]


def test_one_text_instead_of_a_list() -> None:
    with pytest.raises(InvalidParameterError, match="must be a list of texts"):
        jtbd_nlp.tag_sentences("I struggle", config=LEXICON)


def test_contexts_of_another_length() -> None:
    with pytest.raises(InvalidParameterError, match=r"as many as sentences \(2\), got 1"):
        jtbd_nlp.tag_sentences(["a b", "c d"], ["x"], config=LEXICON)


def test_unknown_model_folder() -> None:
    with pytest.raises(MissingModelError, match="nosuch"):
        jtbd_nlp.tag_sentences(["I struggle"], config=Config.from_dict({"tagging": {"model": "nosuch"}}))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_gives_sound_tags(text: str, context: str) -> None:
    for config in (LEXICON, Config()):
        (tags,) = load_tagger(config.tagging).tag([text], [context])
        check(text, tags)
