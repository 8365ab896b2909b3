"""JSON of each speech recogniser, with and without speakers; unknown dialects; corpora of JSON lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion import Notes, iter_transcripts, read_sources
from jtbd_nlp.ingestion.formats.json_tools import load_json
from jtbd_nlp.ingestion.formats.speech_json import read_speech_json


def words(text: str, start: float, **extra: Any) -> list[dict[str, Any]]:
    return [{"start": start + i, "end": start + i + 0.5, **extra, "text": w} for i, w in enumerate(text.split())]


def amazon() -> dict[str, Any]:
    items, segments = [], []
    for label, text, start in (("spk_0", "Why did you leave ?", 0.0), ("spk_1", "It was slow .", 3700.0)):
        inside = []
        for word in words(text, start):
            if word["text"] in ".?":
                items.append({"type": "punctuation", "alternatives": [{"content": word["text"]}]})
                continue
            item = {"start_time": str(word["start"]), "end_time": str(word["end"])}
            items.append({**item, "type": "pronunciation", "alternatives": [{"content": word["text"]}]})
            inside.append({**item, "speaker_label": label})
        segments.append({"speaker_label": label, "items": inside})
    return {"jobName": "j", "results": {"items": items, "speaker_labels": {"segments": segments}}}


def google(times: str) -> dict[str, Any]:
    def at(value: float) -> Any:
        return f"{value:.3f}s" if times == "text" else {"seconds": str(int(value)), "nanos": int(value % 1 * 1e9)}

    runs = [("Why did you leave?", 1, 0.0), ("It was slow.", 2, 3700.0)]
    plain = [
        {"alternatives": [{"words": [{"word": w["text"], "startTime": at(w["start"])} for w in words(text, start)]}]}
        for text, _, start in runs
    ]
    tagged = [
        {"word": w["text"], "startTime": at(w["start"]), "endTime": at(w["end"]), "speakerTag": tag}
        for text, tag, start in runs
        for w in words(text, start)
    ]
    return {"results": [*plain, {"alternatives": [{"words": tagged}]}]}


def speechmatics() -> dict[str, Any]:
    results = []
    for speaker, text, start in (("S1", "Why did you leave ?", 0.0), ("S2", "It was slow .", 3700.0)):
        for w in words(text, start):
            kind = "punctuation" if w["text"] in ".?" else "word"
            best = {"content": w["text"], "speaker": speaker}
            results.append({"type": kind, "start_time": w["start"], "end_time": w["end"], "alternatives": [best]})
    return {"format": "2.9", "results": results}


def deepgram() -> dict[str, Any]:
    spoken = [*words("Why did you leave?", 0.0, speaker=0), *words("It was slow.", 3700.0, speaker=1)]
    listed = [{**w, "word": w["text"].lower().strip("?."), "punctuated_word": w["text"]} for w in spoken]
    return {"results": {"channels": [{"alternatives": [{"transcript": "...", "words": listed}]}]}}


def assemblyai() -> dict[str, Any]:
    return {
        "audio_url": "https://example.org/secret?key=1",
        "utterances": [
            {"speaker": "A", "start": 0, "end": 3000, "text": "Why did you leave?", "words": []},
            {"speaker": "B", "start": 3_700_000, "end": 3_702_000, "text": "It was slow.", "words": []},
        ],
    }


def rev() -> dict[str, Any]:
    def elements(text: str, start: float) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for i, word in enumerate(text.split()):
            out += [{"type": "punct", "value": " "}] if i else []
            out.append({"type": "text", "value": word.strip("?."), "ts": start + i, "end_ts": start + i + 0.5})
        return [*out, {"type": "punct", "value": text[-1]}]

    return {
        "speakers": [{"id": 0, "name": "Speaker 0"}],
        "monologues": [
            {"speaker": 0, "elements": elements("Why did you leave?", 0.0)},
            {"speaker": 1, "elements": elements("It was slow.", 3700.0)},
        ],
    }


def whisperx() -> dict[str, Any]:
    return {
        "segments": [
            {"start": 0.0, "end": 3.5, "text": " Why did you leave?", "speaker": "SPEAKER_00"},
            {"start": 3700.0, "end": 3702.5, "text": " It was slow.", "speaker": "SPEAKER_01"},
        ]
    }


DIALECTS = {
    "amazon": (amazon(), ["spk_0", "spk_1"]),
    "google, texts": (google("text"), ["Speaker 1", "Speaker 2"]),
    "google, protobuf": (google("proto"), ["Speaker 1", "Speaker 2"]),
    "speechmatics": (speechmatics(), ["S1", "S2"]),
    "deepgram": (deepgram(), ["Speaker 0", "Speaker 1"]),
    "assemblyai": (assemblyai(), ["Speaker A", "Speaker B"]),
    "rev": (rev(), ["Speaker 0", "Speaker 1"]),
    "whisperx": (whisperx(), ["SPEAKER_00", "SPEAKER_01"]),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_gives_speakers_words_and_times_past_the_hour(dialect: str) -> None:
    data, speakers = DIALECTS[dialect]
    raw = read_speech_json(data)
    assert [(t.speaker, t.text, t.start_s) for t in raw.turns] == [
        (speakers[0], "Why did you leave?", 0.0),
        (speakers[1], "It was slow.", 3700.0),
    ]
    assert "https" not in str(dict(raw.metadata))


def test_word_times_become_anchors_at_word_beginnings() -> None:
    (turn,) = read_speech_json(
        {"segments": [{"start": 1.0, "end": 9.0, "text": " One two. Three", "words": [
            {"word": " One", "start": 1.0, "end": 1.4}, {"word": " two.", "start": 2.5, "end": 3.0},
            {"word": " Three", "start": 3.2, "end": 9.0}]}]}
    ).turns  # fmt: skip
    assert turn.text == "One two. Three"
    assert turn.times == ((0, 1.0), (4, 2.5), (9, 3.2))


def test_anchors_reach_the_normalised_text(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(deepgram()), encoding="utf-8")
    (transcript,) = read_sources(path).transcripts
    starts = dict(transcript.times)
    assert transcript.text.startswith("Speaker 0: Why")
    assert starts[transcript.turns[1].start_char] == 3700.0
    assert all(transcript.text[at - 1] in " \n" for at, _ in transcript.times)


@pytest.mark.parametrize(
    "data",
    [
        {"turns": [{"speaker": "Ann", "text": "Why?"}, {"speaker": "Bob", "text": "So."}]},
        [{"speaker": "Ann", "text": "Why?"}, {"speaker": "Bob", "text": "So."}],
        {"data": {"messages": [{"role": "Ann", "content": "Why?"}, {"role": "Bob", "content": "So."}]}},
        {
            "sentences": [
                {"speaker_name": "Ann", "text": "Why?", "start_time": 1},
                {"speaker_name": "Bob", "text": "So."},
            ]
        },
    ],
)
def test_lists_of_turns_are_found_whatever_their_keys(data: Any) -> None:
    assert [(t.speaker, t.text) for t in read_speech_json(data).turns] == [("Ann", "Why?"), ("Bob", "So.")]


@pytest.mark.parametrize("data", [{"a": 1}, {}, [], [1, 2], "text", 7, None, {"results": {}}, {"a": {"b": {"c": []}}}])
def test_unknown_dialects_are_refused(data: Any) -> None:
    with pytest.raises(IngestionError, match="unknown dialect"):
        read_speech_json(data)


def test_broken_deep_and_huge_json_is_refused_with_the_place() -> None:
    with pytest.raises(IngestionError, match="line 2, column"):
        load_json('{"a":\n oops}')
    with pytest.raises(IngestionError, match="nested too deeply"):
        load_json("[" * 100_000 + "]" * 100_000)
    assert load_json('{"start": ' + "9" * 100_000 + "}") == {"start": float("inf")}


def test_impossible_times_become_none() -> None:
    data = {"segments": [{"start": float("nan"), "end": -3.0, "text": "Hello there."}]}
    assert [(t.start_s, t.end_s) for t in read_speech_json(data).turns] == [(None, None)]


def corpus_line(name: str, *turns: str) -> str:
    listed = [{"speaker": "Interviewer" if i % 2 == 0 else "Participant", "text": t} for i, t in enumerate(turns)]
    return json.dumps({"transcript_id": name, "turns": listed})


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_a_corpus_holds_many_transcripts(name: str, tmp_path: Path) -> None:
    lines = [
        corpus_line("b", "Why?", "It broke."),
        "",
        "not json",
        corpus_line("empty"),
        corpus_line("a", "How?", "By hand."),
    ]
    data = "\n".join(lines).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    result = read_sources(tmp_path)
    assert [t.transcript_id for t in result.transcripts] == ["a", "b"]
    assert {row["participant_id"] for row in result.participants} == {"a", "b"}
    messages = " ".join(w.message for w in result.warnings)
    assert "line 3 is no JSON" in messages and "(empty): must hold words" in messages


def test_ids_of_two_corpora_stay_unique_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(corpus_line("x", "Why?", "It broke."), encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(corpus_line("x", "How?", "By hand."), encoding="utf-8")
    forward = [
        (t.transcript_id, t.source) for t in read_sources([tmp_path / "one.jsonl", tmp_path / "two.jsonl"]).transcripts
    ]
    backward = [
        (t.transcript_id, t.source) for t in read_sources([tmp_path / "two.jsonl", tmp_path / "one.jsonl"]).transcripts
    ]
    assert forward == backward == [("two/x", "two.jsonl"), ("x", "one.jsonl")]


def test_a_corpus_is_read_one_transcript_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(corpus_line(f"t{i}", "Why?", "It broke.") for i in range(3)).encode()))
    notes = Notes()
    stream = iter_transcripts(path, notes=notes)
    assert next(stream).transcript_id == "t0"
    assert len(notes.participants) == 1
    assert len(list(stream)) == 2


def test_a_corpus_cut_short_keeps_what_was_whole(tmp_path: Path) -> None:
    import random

    noise = random.Random(0)
    lines = [corpus_line(f"t{i:03d}", "Why?", "It broke " + str(noise.random()) * 40) for i in range(300)]
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-2_000])
    result = read_sources(path)
    assert 50 < len(result.transcripts) < 300
    assert any("breaks off" in w.message for w in result.warnings)


def test_real_results_of_the_services_are_read(shared: Path) -> None:
    result = read_sources(shared / "data" / "formats" / "stt_json")
    assert len(result.transcripts) == 8
    assert not [w for w in result.warnings if w.code == "refused"]
    by_id = {t.transcript_id: t for t in result.transcripts}
    assert len(by_id["google_stt_diarized"].text.split()) < 1_900  # the last result repeats all others: said once
    assert {t.speaker for t in by_id["dg_speakers"].turns} == {"Speaker 0", "Speaker 1", "Speaker 2"}
    assert len(by_id["amazon_transcribe"].times) > 300


def test_the_whole_corpus_reads(shared: Path) -> None:
    result = read_sources(shared / "data" / "interviews" / "corpus.jsonl.gz")
    assert len(result.transcripts) == 1211
    assert [w.message for w in result.warnings] == [
        "corpus.jsonl.gz (Original): must hold words, got none. Check that the transcript is complete."
    ]
