"""Reads the JSON of speech recognition: Whisper, Amazon, Google, Azure, Speechmatics, Deepgram, AssemblyAI, Rev.

In: a JSON value. Out: `RawTranscript`. Each service has one small function from its JSON to `Piece`s; `DIALECTS` lists
them with what tells them apart. Anything else goes to `json_turns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...errors import IngestionError
from ..turns.raw import RawTranscript
from ..turns.timed import Piece, join_pieces
from ..turns.times import number
from .json_tools import as_text, dicts, dig, first_of, speaker_name
from .json_turns import read_turn_list

_MARKS = frozenset(".,?!;:\u2026%)")


def _word(text: Any, speaker: Any, start: float | None, end: float | None) -> Piece:
    words = as_text(text).strip()
    return Piece(text=words, speaker=speaker_name(speaker), start_s=start, end_s=end, glued=words in _MARKS)


def _whisper(data: Any) -> Iterator[Piece]:
    for segment in dicts(dig(data, "segments")):
        words = list(_whisper_words(segment))
        text = as_text(segment.get("text"))
        # Words give finer times; where they do not add up to the text, the text is what was recognised.
        if words and ("".join("".join(p.text for p in words).split()) == "".join(text.split()) or not text.strip()):
            yield from words
        else:
            yield _word(text, segment.get("speaker"), number(segment.get("start")), number(segment.get("end")))


def _whisper_words(segment: Mapping[str, Any]) -> Iterator[Piece]:
    words = dicts(segment.get("words"))
    texts = [as_text(first_of(word, ("word", "text"))) for word in words]
    spaced = any(text.startswith(" ") for text in texts)
    for index, (word, text) in enumerate(zip(words, texts, strict=True)):
        speaker = speaker_name(word.get("speaker", segment.get("speaker")))
        start, end = number(word.get("start")), number(word.get("end"))
        if index == 0:
            start = number(segment.get("start")) if start is None else start
        glued = spaced and index > 0 and not text.startswith(" ")
        yield Piece(text=text.strip(), speaker=speaker, start_s=start, end_s=end, glued=glued)


def _whisper_cpp(data: Any) -> Iterator[Piece]:
    for part in dicts(dig(data, "transcription")):
        start, end = (_milliseconds(dig(part, "offsets", key)) for key in ("from", "to"))
        yield _word(part.get("text"), part.get("speaker"), start, end)


def _chunks(data: Any) -> Iterator[Piece]:
    for part in dicts(dig(data, "chunks")):
        yield _word(
            part.get("text"), part.get("speaker"), number(dig(part, "timestamp", 0)), number(dig(part, "timestamp", 1))
        )


def _amazon(data: Any) -> Iterator[Piece]:
    results = dig(data, "results")
    channels = dicts(dig(results, "channel_labels", "channels"))
    labels = {
        as_text(item.get("start_time")): item.get("speaker_label") or segment.get("speaker_label")
        for segment in dicts(dig(results, "speaker_labels", "segments"))
        for item in dicts(segment.get("items"))
    }
    if channels:
        items = [(item, c.get("channel_label")) for c in channels for item in dicts(c.get("items"))]
        items = _by_time(items)
    else:
        items = [(item, item.get("speaker_label")) for item in dicts(dig(results, "items"))]
    speaker: Any = None
    for item, said_by in items:
        text = dig(item, "alternatives", 0, "content")
        if item.get("type") == "punctuation":
            yield Piece(text=as_text(text), speaker=speaker_name(speaker), glued=True)
            continue
        speaker = said_by if said_by is not None else labels.get(as_text(item.get("start_time")), speaker)
        yield _word(text, speaker, number(item.get("start_time")), number(item.get("end_time")))


def _by_time(items: list[tuple[Mapping[str, Any], Any]]) -> list[tuple[Mapping[str, Any], Any]]:
    """Weave channels into one order by time; punctuation stays behind its word."""
    timed: list[tuple[float, tuple[Mapping[str, Any], Any]]] = []
    last = 0.0
    for item, channel in items:
        start = number(item.get("start_time"))
        last = last if start is None else start
        timed.append((last, (item, channel)))
    return [pair for _, pair in sorted(timed, key=lambda entry: entry[0])]


def _google(data: Any) -> Iterator[Piece]:
    results = dicts(dig(data, "results")) or dicts(dig(data, "response", "results"))
    words = [dicts(dig(result, "alternatives", 0, "words")) for result in results]
    tagged = [
        w for run in words for w in run if first_of(w, ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label"))
    ]
    # With diarisation the last result says everything once more, with speakers: then only that counts.
    if (
        tagged
        and words
        and all(first_of(w, ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label")) for w in words[-1])
    ):
        words = [words[-1]] if len(words[-1]) >= 0.5 * sum(len(run) for run in words[:-1]) else words
    if not any(words):
        for result in results:
            yield _word(
                dig(result, "alternatives", 0, "transcript"),
                result.get("channelTag"),
                None,
                number(result.get("resultEndTime")),
            )
    for run in words:
        for w in run:
            tag = first_of(w, ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label"))
            start = _google_time(first_of(w, ("startTime", "startOffset", "start_time", "start_offset")))
            end = _google_time(first_of(w, ("endTime", "endOffset", "end_time", "end_offset")))
            yield _word(w.get("word"), tag, start, end)


def _google_time(value: Any) -> float | None:
    if isinstance(value, Mapping):
        whole, part = number(value.get("seconds", 0)), number(value.get("nanos", 0) if value.get("nanos") else 0)
        nanos = value.get("nanos")
        part = nanos / 1e9 if isinstance(nanos, int) and 0 <= nanos < 10**9 else 0.0
        return None if whole is None else round(whole + part, 3)
    return number(value)


def _speechmatics(data: Any) -> Iterator[Piece]:
    for item in dicts(dig(data, "results")):
        best = dig(item, "alternatives", 0)
        text, speaker = dig(best, "content"), dig(best, "speaker")
        start, end = number(item.get("start_time")), number(item.get("end_time"))
        if item.get("type") == "punctuation" and item.get("attaches_to", "previous") == "previous":
            yield Piece(text=as_text(text), speaker=speaker_name(speaker), start_s=start, end_s=end, glued=True)
        else:
            yield _word(text, speaker, start, end)


def _speechmatics_old(data: Any) -> Iterator[Piece]:
    turns = [(number(s.get("time")), s.get("name")) for s in dicts(dig(data, "speakers"))]
    starts = [(start, name) for start, name in turns if start is not None]
    index, speaker = 0, starts[0][1] if starts else None
    for word in dicts(dig(data, "words")):
        start, lasts = number(word.get("time")), number(word.get("duration"))
        while start is not None and index < len(starts) and starts[index][0] <= start + 0.005:
            speaker, index = starts[index][1], index + 1
        end = round(start + lasts, 3) if start is not None and lasts is not None else None
        yield _word(word.get("name"), speaker, start, end)


def _deepgram(data: Any) -> Iterator[Piece]:
    channels = dicts(dig(data, "results", "channels"))
    utterances = dicts(dig(data, "results", "utterances"))
    words = [(w, c) for c, ch in enumerate(channels) for w in dicts(dig(ch, "alternatives", 0, "words"))]
    if utterances and len(channels) > 1:
        for u in utterances:
            yield _word(
                u.get("transcript"), first_of(u, ("channel", "speaker")), number(u.get("start")), number(u.get("end"))
            )
        return
    if len(channels) > 1:
        words.sort(key=lambda pair: number(pair[0].get("start")) or 0.0)
    for w, channel in words:
        speaker = channel if len(channels) > 1 else w.get("speaker")
        yield _word(first_of(w, ("punctuated_word", "word")), speaker, number(w.get("start")), number(w.get("end")))
    if not words:
        for ch in channels:
            yield _word(dig(ch, "alternatives", 0, "transcript"), None, None, None)


def _assemblyai(data: Any) -> Iterator[Piece]:
    for u in dicts(dig(data, "utterances")):
        words = dicts(u.get("words"))
        for w in words:
            yield _word(w.get("text"), u.get("speaker"), _milliseconds(w.get("start")), _milliseconds(w.get("end")))
        if not words:
            yield _word(u.get("text"), u.get("speaker"), _milliseconds(u.get("start")), _milliseconds(u.get("end")))
    if not dicts(dig(data, "utterances")):
        words = dicts(dig(data, "words"))
        for w in words:
            yield _word(w.get("text"), w.get("speaker"), _milliseconds(w.get("start")), _milliseconds(w.get("end")))
        if not words:
            yield _word(dig(data, "text"), None, None, None)


def _milliseconds(value: Any) -> float | None:
    found = (
        value / 1000.0
        if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e13
        else None
    )
    return number(found)


def _rev(data: Any) -> Iterator[Piece]:
    names = {s.get("id"): s.get("name") for s in dicts(dig(data, "speakers")) if isinstance(s.get("id"), (int, str))}
    for monologue in dicts(dig(data, "monologues")):
        said_by = monologue.get("speaker")
        speaker = names.get(said_by) or said_by if isinstance(said_by, (int, str)) else None
        glued = False
        for element in dicts(monologue.get("elements")):
            text = as_text(element.get("value"))
            if not text.strip():
                glued = False
                continue
            start, end = number(element.get("ts")), number(element.get("end_ts"))
            yield Piece(
                text=text.strip(),
                speaker=speaker_name(speaker),
                start_s=start,
                end_s=end,
                glued=glued or element.get("type") == "punct",
            )
            glued = not text[-1].isspace() and element.get("type") != "punct"
            glued = glued and element.get("type") == "text"


def _azure(data: Any) -> Iterator[Piece]:
    for phrase in dicts(dig(data, "recognizedPhrases")):
        ticks = phrase.get("offsetInTicks")
        start = number(ticks / 1e7) if isinstance(ticks, (int, float)) and not isinstance(ticks, bool) else None
        text = first_of(phrase, ("display",)) or dig(phrase, "nBest", 0, "display")
        yield _word(text, first_of(phrase, ("speaker", "channel")), start, None)
    for phrase in dicts(dig(data, "phrases")):
        start, lasts = (
            _milliseconds(phrase.get("offsetMilliseconds")),
            _milliseconds(phrase.get("durationMilliseconds")),
        )
        end = start + lasts if start is not None and lasts is not None else None
        yield _word(phrase.get("text"), first_of(phrase, ("speaker", "channel")), start, end)


# Name, what tells it apart, and the function; tried in this order.
DIALECTS: tuple[tuple[str, Callable[[Any], bool], Callable[[Any], Iterable[Piece]]], ...] = (
    ("rev", lambda d: bool(dicts(dig(d, "monologues"))), _rev),
    ("deepgram", lambda d: bool(dicts(dig(d, "results", "channels"))), _deepgram),
    ("amazon", lambda d: isinstance(dig(d, "results", "items"), list), _amazon),
    ("speechmatics", lambda d: dig(d, "results", 0, "alternatives", 0, "content") is not None, _speechmatics),
    ("speechmatics", lambda d: dig(d, "words", 0, "name") is not None, _speechmatics_old),
    ("google", lambda d: isinstance(dig(d, "results", 0, "alternatives"), list), _google),
    ("google", lambda d: bool(dicts(dig(d, "response", "results"))), _google),
    ("azure", lambda d: bool(dicts(dig(d, "recognizedPhrases")) or dicts(dig(d, "phrases"))), _azure),
    ("assemblyai", lambda d: bool(dig(d, "utterances", 0, "words", 0, "text") or dig(d, "audio_url")), _assemblyai),
    ("whisper", lambda d: dig(d, "segments", 0, "text") is not None, _whisper),
    ("whisper", lambda d: dig(d, "transcription", 0, "offsets") is not None, _whisper_cpp),
    ("whisper", lambda d: dig(d, "chunks", 0, "timestamp") is not None, _chunks),
)  # fmt: skip


def read_speech_json(data: Any) -> RawTranscript:
    """Read what a speech recognition service returned.

    Raises
    ------
    IngestionError
        If the dialect is unknown; the message names the top-level keys.
    """
    for name, fits, pieces in DIALECTS:
        if fits(data):
            turns = tuple(join_pieces(pieces(data)))
            if not turns:
                raise IngestionError(f"is a result of {name} without any words. Export it again.")
            return RawTranscript(turns=turns, format=f"json:{name}", metadata=_metadata(data))
    return read_turn_list(data)


def _metadata(data: Any) -> dict[str, str]:
    """Return the few values that tell of the recording; web addresses with their keys stay out."""
    names = ("language", "language_code", "jobName", "duration", "audio_duration", "title")
    return {name: str(dig(data, name))[:200] for name in names if isinstance(dig(data, name), (str, int, float))}
