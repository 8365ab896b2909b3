"""The parts of the tagger, each by itself: cues, stance, spans, windows, emotions, spaCy, scikit-learn."""

import itertools
import pickle

import numpy as np
import pandas as pd
import pytest

from jtbd_nlp import tag_sentences
from jtbd_nlp.config import Config
from jtbd_nlp.errors import InvalidParameterError
from jtbd_nlp.records import EMOTIONS, LABELS
from jtbd_nlp.tagging.cues import emotion_kind, find_cues, force_of, intensity_of, lexicon
from jtbd_nlp.tagging.decoding import best_span, strongest_words, to_characters
from jtbd_nlp.tagging.emotions import kind_of, score_emotions
from jtbd_nlp.tagging.encoding import ENOUGH, MAX_CONTEXT, STEP, WINDOW, encode_pairs
from jtbd_nlp.tagging.model import load_model_tagger
from jtbd_nlp.tagging.stance import stance_of


def stance(text: str, label: str) -> str:
    return stance_of(text, [c for c in find_cues(text) if c.label == label])


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("I struggle with the form.", "struggle", "own"),
        ("It's not that I struggle with the form.", "struggle", "negated"),
        ("I don't really have a problem with it.", "struggle", "negated"),
        ("I can't say it was ever a headache.", "struggle", "negated"),
        ("It's not only a problem, it costs money.", "struggle", "own"),
        ("I don't like it, but I struggle on.", "struggle", "own"),
        ("I'd imagine some people would hate it.", "emotion", "hypothetical"),
        ("My boss loves it.", "emotion", "others"),
        ("I love it.", "emotion", "own"),
        ("My manager said that he is worried about it.", "emotion", "reported"),
        ("My boss drives me crazy.", "emotion", "own"),
    ],
)
def test_stance(text: str, label: str, expected: str) -> None:
    assert stance(text, label) == expected


def test_every_lexicon_names_its_source() -> None:
    from importlib import resources

    files = [f for f in resources.files("jtbd_nlp.tagging").joinpath("lexicons").iterdir() if f.name.endswith(".toml")]
    assert len(files) >= 5
    assert all("Source:" in f.read_text(encoding="utf-8") for f in files)


@pytest.mark.parametrize(
    ("text", "kind", "intensity"),
    [
        ("I was a bit worried.", "anxiety", 1),
        ("I was worried.", "anxiety", 2),
        ("I was really, really worried!", "anxiety", 3),
        ("It drives me crazy every time.", "frustration", 3),
        ("What a relief.", "relief", 2),
    ],
)
def test_kind_and_intensity_from_wording(text: str, kind: str, intensity: int) -> None:
    assert emotion_kind(text, find_cues(text)) == kind
    assert intensity_of(text) == intensity


def test_force_from_words() -> None:
    assert force_of("I'm afraid that it will replace me") == "anxiety"
    assert force_of("I have always done it by hand, it's a habit") == "habit"
    assert force_of("The cat sat down") is None


def brute_force(inside: np.ndarray, first: np.ndarray, last: np.ndarray, weight: float) -> tuple[int, int]:
    chance = 1 / (1 + np.exp(-inside))
    log_first, log_last = (v - np.log(np.exp(v).sum()) for v in (first, last))
    best, at = -np.inf, (0, 0)
    for i, j in itertools.product(range(len(inside)), repeat=2):
        if i <= j < i + 64:
            value = 2 * chance[i : j + 1].sum() / (j - i + 1 + chance.sum()) + weight * (log_first[i] + log_last[j])
            if round(value, 6) > best:
                best, at = round(value, 6), (i, j)
    return at


@pytest.mark.parametrize("seed", range(8))
def test_best_span_equals_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 3, (3, 1 + 9 * seed))
    assert best_span(*logits, 0.1) == brute_force(*logits, 0.1)


def test_span_is_widened_to_words_and_trimmed() -> None:
    text = "So, uncomfortable seats, yes."
    assert to_characters(text, [(4, 6), (6, 17), (18, 23), (23, 24)], 1, 3) == (4, 23)


def test_strongest_words_are_whole_words() -> None:
    text = "I hate spreadsheets now"
    offsets = [(0, 1), (2, 6), (7, 13), (13, 19), (20, 23)]
    assert text[slice(*strongest_words(text, offsets, np.array([-1.0, 2.0, 0.5, 0.5, -1.0])))] == "hate spreadsheets"


def test_windows_cover_every_token_once_or_more() -> None:
    tokenizer = load_model_tagger("tagger")._model.tokenizer
    (windows,) = encode_pairs(tokenizer, ["word " * 500], ["before " * 100])
    starts = [{o[0] for o in w.offsets} for w in windows]
    assert set().union(*starts) == {5 * i for i in range(500)}
    assert all(len(w.offsets) <= WINDOW for w in windows)
    assert all(sum(w.type_ids) == 0 for w in windows)  # a long sentence needs no context
    assert all(len(a & b) == WINDOW - STEP for a, b in itertools.pairwise(starts[:-1]))


@pytest.mark.parametrize(("n_words", "n_context"), [(1, MAX_CONTEXT), (ENOUGH - 6, 6), (ENOUGH, 0), (ENOUGH + 9, 0)])
def test_context_fills_what_a_short_sentence_leaves_free(n_words: int, n_context: int) -> None:
    tokenizer = load_model_tagger("tagger")._model.tokenizer
    ((window,),) = encode_pairs(tokenizer, ["word " * n_words], ["before " * 100])
    assert sum(window.type_ids) == n_context + bool(n_context)  # and the mark that closes it
    assert len(window.offsets) == n_words


def test_context_moves_scores_but_never_spans_outside() -> None:
    tagger = load_model_tagger("tagger")
    text = "Yes, every single day."
    with_context, without = tagger.tag([text, text], ["Do you struggle to get your reports done in time?", ""])
    assert with_context.scores != without.scores
    assert all(end <= len(text) for _, end in with_context.spans.values())


def test_keep_uncertain_uses_what_was_in_doubt() -> None:
    texts = [
        "It would save some time maybe.",
        "That was hard at first.",
        "We looked at other options.",
        "I guess it's fine.",
    ] * 3
    plain, kept = (load_model_tagger("tagger", keep_uncertain=k).tag(texts) for k in (False, True))
    assert all(a.labels | a.uncertain == b.labels for a, b in zip(plain, kept, strict=True))
    assert all(a.scores == b.scores for a, b in zip(plain, kept, strict=True))


def test_emotion_task() -> None:
    texts = [
        "Thank you so much, this is great!",
        "I'm scared of the dark",
        "The train leaves at nine.",
        "",
        "das ist mir egal und ich will es nicht",
    ]
    thanks, fear, plain, empty, german = score_emotions(texts)
    assert "gratitude" in thanks.labels
    assert thanks.kind == "joy"
    assert fear.labels[0] == "fear"
    assert fear.kind == "anxiety"
    assert len(fear.scores) == 28
    assert (plain.kind, plain.intensity) == (None, 0)
    assert (empty.labels, empty.language, german.labels, german.language) == ((), "und", (), "de")


def test_a_reading_has_the_same_bits_alone_and_among_others() -> None:
    texts = [*["I am so happy for you", "We lost all of it again", "Who would say such a thing"] * 5, "Thanks!"]
    tagger = load_model_tagger("tagger")
    together = tagger.read(texts, [""] * len(texts))
    alone = [tagger.read([t], [""])[0] for t in texts]
    for one, other in zip(together, alone, strict=True):
        assert all(np.array_equal(one.heads[name], other.heads[name]) for name in one.heads)
        assert np.array_equal(one.tokens, other.tokens)


def test_emotion_task_needs_the_model() -> None:
    with pytest.raises(InvalidParameterError, match="model folder"):
        score_emotions(["x"], config=Config.from_dict({"tagging": {"model": "lexicon"}}))


def test_every_goemotions_label_has_a_kind_or_none() -> None:
    names = lexicon("goemotions")["kinds"]
    assert len(names) == 28
    assert {kind_of(n) for n in names} <= {None, *EMOTIONS}
    with pytest.raises(InvalidParameterError, match="'rage'"):
        kind_of("rage")


def test_spacy_component() -> None:
    spacy = pytest.importorskip("spacy")
    import jtbd_nlp.tagging.component  # noqa: F401  registers the factory, as the entry point does

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("jtbd_tagger", config={"model": "lexicon"})
    doc, empty = nlp.pipe(["I struggle with the form. When it rains I want to get home fast.", ""])
    first, second = doc.sents
    assert "struggle" in first._.jtbd.labels
    assert second.text[slice(*second._.jtbd.spans["situation"])].startswith("When it rains")
    assert doc[0:2]._.jtbd is None
    assert len(empty) == 0
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [s._.jtbd for s in again.sents] == [first._.jtbd, second._.jtbd]


def test_spacy_component_goes_where_docs_and_pipelines_go() -> None:
    spacy = pytest.importorskip("spacy")
    import jtbd_nlp.tagging.component  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("jtbd_tagger")  # with its model, which no process can be sent
    assert nlp.analyze_pipes()["problems"] == {"jtbd_tagger": ["doc.sents"]}
    nlp.add_pipe("sentencizer", first=True)
    texts = ["I struggle with the form. When it rains I want to get home fast.", "It takes hours."]
    docs = list(nlp.pipe(texts))
    want = [s._.jtbd for doc in docs for s in doc.sents]
    assert want == tag_sentences([s.text for doc in docs for s in doc.sents], ["", "I struggle with the form. ", ""])
    again = pickle.loads(pickle.dumps(nlp))  # what n_process does where processes are spawned
    assert [s._.jtbd for s in again(texts[0]).sents] == want[:2]
    assert [s._.jtbd for s in spacy.tokens.Doc.from_docs(docs).sents] == want
    assert [s._.jtbd for s in list(docs[0].sents)[1].as_doc(copy_user_data=True).sents] == want[1:2]
    stored = spacy.tokens.DocBin(store_user_data=True, docs=docs).to_bytes()
    assert [s._.jtbd for doc in spacy.tokens.DocBin().from_bytes(stored).get_docs(nlp.vocab) for s in doc.sents] == want


def test_spacy_component_counts_labels_in_doubt_only_where_asked() -> None:
    spacy = pytest.importorskip("spacy")
    from jtbd_nlp.tagging.component import SentenceTagger

    sure, all_ = SentenceTagger(), SentenceTagger(keep_uncertain=True)
    text = "When the month ends I want to see who paid, so I can sleep."
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    (few,), (more,) = ([s._.jtbd for s in pipe(nlp(text)).sents] for pipe in (sure, all_))
    assert more.uncertain == few.uncertain == more.labels - few.labels
    assert more.uncertain
    assert pickle.loads(pickle.dumps(all_)).settings.keep_uncertain


def test_spacy_component_wants_sentences() -> None:
    spacy = pytest.importorskip("spacy")
    import jtbd_nlp.tagging.component  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("jtbd_tagger", config={"model": "lexicon"})
    with pytest.raises(InvalidParameterError, match="sentencizer"):
        nlp("No sentences here")


def test_transformer_in_a_pipeline() -> None:
    from sklearn.base import clone
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from jtbd_nlp.tagging.transformer import TagTransformer

    texts = ["I struggle with it", "Fine by me", "I have a problem", "All good"] * 3
    transformer = TagTransformer("lexicon")
    scores = transformer.fit_transform(texts)
    assert scores.shape == (12, len(LABELS))
    assert transformer.get_feature_names_out().tolist() == list(LABELS)
    np.testing.assert_array_equal(transformer.transform(np.array(texts)[:, None]), scores)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(clone(transformer))).transform(texts), scores)
    model = make_pipeline(transformer, LogisticRegression()).fit(texts, [1, 0, 1, 0] * 3)
    assert model.predict(["I struggle"]).tolist() == [1]
    with pytest.raises(InvalidParameterError, match="must be a text"):
        transformer.transform([float("nan")])
    with pytest.raises(InvalidParameterError, match="got a generator"):  # nothing of it was left to transform
        transformer.fit_transform(t for t in texts)
    frame = pd.DataFrame({"said": texts, "n": range(12)})
    np.testing.assert_array_equal(transformer.transform(frame[["said"]]), scores)
    for wrong in (frame, {"said": texts}):  # their headings were tagged
        with pytest.raises(InvalidParameterError, match="must be a list of texts"):
            transformer.transform(wrong)


@pytest.mark.filterwarnings("ignore")
def test_transformer_passes_check_estimator_where_it_applies() -> None:
    from sklearn.utils.estimator_checks import check_estimator

    from jtbd_nlp.tagging.transformer import TagTransformer

    results = check_estimator(TagTransformer("lexicon"), on_fail=None)
    assert results
    assert {r["status"] for r in results} <= {"passed", "skipped"}


def test_html_keeps_every_word_and_escapes_it() -> None:
    import re
    from html import unescape

    from jtbd_nlp.tagging import tag_sentences
    from jtbd_nlp.tagging.display import tags_to_html

    texts = ["When <b>it</b> breaks I want to & need to fix it.", "I hate it", ""]
    tags = tag_sentences(texts, config=Config.from_dict({"tagging": {"model": "lexicon"}}))
    html = tags_to_html(texts, tags)
    assert "<b>" not in html
    body = re.sub(r"<style>.*?</style>|<small>.*?</small>|<span.*?</span>", "", html)
    assert [unescape(re.sub(r"<[^>]+>", "", p)) for p in re.findall(r"<p>(.*?)</p>", body)] == texts
    assert "situation" in html
    assert "frustration" in html
