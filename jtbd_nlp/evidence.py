"""Cuts quotes out of transcripts, and checks the quotes of any report against the transcripts they claim to come from.

In: transcripts with their segments, or a report (ours or another tool's JSON) and a source. Out: `Quote` as an exact
slice of a participant's turn; `QuoteCheck` for each quote of a report, which says where a wrong one differs.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .errors import InvalidParameterError, StudyError
from .matching import closest_words, difference, redacted
from .records import Job, Quote, QuoteCheck, Segment, SentenceTags, Transcript, Turn

_ELISION = re.compile(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.|…)\s*")
_NEAR = 0.6  # share of equal characters from which a passage counts as the edited original


def cut_quote(
    transcript: Transcript,
    segment: Segment,
    span: tuple[int, int] | None = None,
    *,
    slot: str | None = None,
    role: str = "support",
    tags: SentenceTags | None = None,
) -> Quote:
    """Cut a segment, or part of one, out of its transcript as a quote.

    Parameters
    ----------
    transcript : Transcript
        The one that the segment comes from.
    segment : Segment
        A participant's.
    span : tuple[int, int] or None, default=None
        ``[start, end)`` in characters of the segment; None takes it whole. White space at its ends is left out.
    slot : str or None, default=None
        What the words show: situation, motivation, outcome, struggle, solution, emotion, wish ...
    role : str, default="support"
        ``"support"`` or ``"counter"``.
    tags : SentenceTags or None, default=None
        Where the quote's emotion and force come from.

    Returns
    -------
    Quote
        ``text`` equals ``transcript.text[start_char:end_char]``.

    Raises
    ------
    InvalidParameterError
        If the segment is of another transcript, or the span is empty, leaves the segment, or does not lie in one turn
        of a participant.
    """
    if segment.transcript_id != transcript.transcript_id:
        raise InvalidParameterError(
            f"segment must be of transcript {transcript.transcript_id!r}, got one of {segment.transcript_id!r}. "
            "Look the transcript up by the segment's transcript_id."
        )
    start, end = span or (0, segment.end_char - segment.start_char)
    if not 0 <= start < end <= segment.end_char - segment.start_char:
        raise InvalidParameterError(
            f"span must lie within the {segment.end_char - segment.start_char} characters of its segment, "
            f"got {(start, end)!r}. Give offsets in characters of the segment."
        )
    quote = cut_span(transcript, segment.start_char + start, segment.start_char + end, slot=slot, role=role)
    return dataclasses.replace(
        quote,
        start_s=quote.start_s if segment.start_s is None else segment.start_s,
        participant_id=segment.participant_id or quote.participant_id,
        segment_id=segment.segment_id,
        emotion=tags.emotion if tags else None,
        force=tags.force if tags else None,
    )


def cut_span(
    transcript: Transcript, start_char: int, end_char: int, *, slot: str | None = None, role: str = "support"
) -> Quote:
    """Cut ``[start_char, end_char)`` of a transcript as a quote; refused outside one turn of a participant.

    Parameters
    ----------
    transcript : Transcript
    start_char, end_char : int
        Characters of ``transcript.text``, half-open; white space at the ends is left out.
    slot : str or None, default=None
        What the words show.
    role : str, default="support"
        ``"support"`` or ``"counter"``.

    Returns
    -------
    Quote
        Its participant is the turn's; the transcript's id stands in where the source names nobody.

    Raises
    ------
    InvalidParameterError
        If the span is empty or does not lie in one turn of a participant.
    """
    words = transcript.text[start_char:end_char]
    start, end = start_char + len(words) - len(words.lstrip()), start_char + len(words.rstrip())
    turn = _turn_at(transcript, start)
    inside = turn is not None and 0 <= start < end <= turn.end_char and turn.role == "participant"
    if turn is None or not inside:
        who = "no turn" if turn is None else f"a turn of the {turn.role} {turn.speaker!r}"
        raise InvalidParameterError(
            f"a quote must be a non-empty slice of one participant's turn, got [{start_char}, {end_char}) of "
            f"{transcript.transcript_id!r}, which touches {who}. Quote the participant's words alone."
        )
    return Quote(
        transcript_id=transcript.transcript_id,
        speaker=turn.speaker,
        participant_id=turn.participant_id or transcript.transcript_id,
        text=transcript.text[start:end],
        start_char=start,
        end_char=end,
        start_s=turn.start_s,
        slot=slot,
        role=role,
    )


def verify_quotes(report: Any, source: Any = None) -> list[QuoteCheck]:
    """Check every quote of a report against the transcripts, word for word.

    Works on our reports (the slice at the stated offsets must equal the text) and on any JSON of the shape
    ``{"jobs": [{"quotes": [{"text": ..., "transcript_id": ...}]}]}`` (the text must be an exact part of one turn of a
    participant). ``quote`` is read as ``text`` and ``transcript`` as ``transcript_id``.

    Parameters
    ----------
    report : JobReport or Mapping or Path or str
        The report, its JSON as a mapping, its file, or the folder with ``report.json``.
    source : Any, default=None
        Whatever `read_transcripts` reads, or transcripts; None takes those that a `JobReport` holds.

    Returns
    -------
    list[QuoteCheck]
        One per quote, in the order of the report. ``kind`` is exact, moved, edited, shortened, joined, interviewer,
        other transcript, no transcript or not found; only exact ones are ``ok``.

    Raises
    ------
    StudyError
        If the report cannot be read or has no list of jobs.
    """
    data = _as_mapping(report)
    transcripts = _transcripts(report if source is None else source, given=source is not None)
    by_id = {t.transcript_id: t for t in transcripts}
    offsets_count = "schema_version" in data
    checks = []
    for job in data["jobs"]:
        job_id = str(job.get("job_id", "")) if isinstance(job, Mapping) else ""
        checks += [_check(_Claim.of(job_id, row, offsets=offsets_count), by_id) for row in _quote_rows(job)]
    return checks


class _Claim(NamedTuple):
    """What a report says: these words stand in that transcript, at those offsets where it says so."""

    job_id: str
    transcript_id: str
    text: str
    start: int | None
    end: int | None

    @classmethod
    def of(cls, job_id: str, row: Mapping[str, Any], *, offsets: bool) -> _Claim:
        start, end = row.get("start_char"), row.get("end_char")
        whole = offsets and type(start) is int and type(end) is int
        name = row.get("transcript_id", row.get("transcript"))
        text = str(row.get("text", row.get("quote")))
        return cls(job_id, str(name), text, start if whole else None, end if whole else None)

    def says(self, kind: str, reason: str, nearest: str | None = None) -> QuoteCheck:
        return QuoteCheck(
            job_id=self.job_id,
            transcript_id=self.transcript_id,
            text=self.text,
            ok=kind == "exact",
            reason=reason,
            kind=kind,
            nearest=nearest,
        )


def _as_mapping(report: Any) -> Mapping[str, Any]:
    if isinstance(report, (str, Path)):
        report = _load(Path(report))
    if not isinstance(report, Mapping) and hasattr(report, "jobs"):
        report = {"schema_version": 1, "jobs": list(report.jobs)}
    if not isinstance(report, Mapping) or not isinstance(report.get("jobs"), list):
        raise StudyError(
            f"a report must be a JSON object with a list 'jobs', got {type(report).__name__}. "
            "Give report.json, the folder that holds it, or a JobReport."
        )
    return {**report, "jobs": [dataclasses.asdict(j) if isinstance(j, Job) else j for j in report["jobs"]]}


def _load(path: Path) -> Any:
    path = path / "report.json" if path.is_dir() else path
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise StudyError(f"{path} must be a readable JSON report, got: {error}. Check path and file.") from error


def _transcripts(source: Any, *, given: bool) -> tuple[Transcript, ...]:
    if not given:
        source = getattr(source, "transcripts", ())
    elif not _are_transcripts(source):
        from .ingestion import read_transcripts

        source = read_transcripts(source)
    if not _are_transcripts(source):
        raise StudyError("transcripts must be given to verify quotes, got none. Name the folder of transcripts.")
    return tuple(source)


def _are_transcripts(source: Any) -> bool:
    return isinstance(source, Sequence) and len(source) > 0 and all(isinstance(t, Transcript) for t in source)


def _quote_rows(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all that looks like a quote, wherever a job keeps it: quotes, forces, solutions, counter_quotes, wishes."""
    if isinstance(value, Mapping):
        if {"text", "quote"} & value.keys() and {"transcript_id", "transcript"} & value.keys():
            yield value
        else:
            for part in value.values():
                yield from _quote_rows(part)
    elif isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        for part in value:
            yield from _quote_rows(part)


def _check(claim: _Claim, by_id: Mapping[str, Transcript]) -> QuoteCheck:
    transcript = by_id.get(claim.transcript_id) or by_id.get(Path(claim.transcript_id).stem)
    if transcript is None:
        near = difflib.get_close_matches(claim.transcript_id, by_id, n=1)
        hint = f"; did the report mean {near[0]}?" if near else ""
        return claim.says("no transcript", f"no transcript {claim.transcript_id!r} among the {len(by_id)} read{hint}")
    if not claim.text.strip():
        return claim.says("not found", "the quote is empty")
    if claim.start is not None and claim.end is not None:
        return _check_slice(claim, (claim.start, claim.end), transcript, by_id)
    return _check_words(claim, transcript, by_id)


def _check_slice(
    claim: _Claim, span: tuple[int, int], transcript: Transcript, by_id: Mapping[str, Transcript]
) -> QuoteCheck:
    words = transcript.text[max(span[0], 0) : max(span[1], 0)]
    if words != claim.text and not redacted(claim.text, words):
        found = _check_words(claim, transcript, by_id)
        if not found.ok:
            return found
        at = transcript.text.find(claim.text)
        return claim.says("moved", f"the words stand at [{at}, {at + len(claim.text)}), not at the offsets", words)
    turn = _turn_at(transcript, span[0])
    if turn is None or span[1] > turn.end_char or turn.role != "participant":
        return _not_participant(claim, turn)
    return claim.says("exact", "exact" if words == claim.text else "exact but for words that were redacted")


def _check_words(claim: _Claim, transcript: Transcript, by_id: Mapping[str, Transcript]) -> QuoteCheck:
    holders = [t for t in transcript.turns if claim.text in transcript.words(t)]
    if any(t.role == "participant" for t in holders):
        return claim.says("exact", "exact")
    if holders:
        return _not_participant(claim, holders[0])
    if claim.text in transcript.text:
        return claim.says("joined", "the words run across turns; quote one participant's turn at a time")
    parts = [p for p in _ELISION.split(claim.text) if p.strip()]
    if len(parts) > 1 and all(p in transcript.text for p in parts):
        return claim.says("shortened", "words were left out where it says '...'; quote the parts one by one", parts[0])
    return _nearest(claim, transcript) or _elsewhere(claim, transcript, by_id)


def _not_participant(claim: _Claim, turn: Turn | None) -> QuoteCheck:
    if turn is None:
        return claim.says("not found", "the words stand outside every turn (a heading or a summary)")
    if turn.role == "participant":
        return claim.says("joined", "the words run across turns; quote one participant's turn at a time")
    if turn.role == "unknown":
        return claim.says("interviewer", f"it is not known whether {turn.speaker!r} is a participant; name the roles")
    return claim.says("interviewer", f"these are words of the {turn.role} {turn.speaker or ''}".rstrip())


def _nearest(claim: _Claim, transcript: Transcript) -> QuoteCheck | None:
    scored = [(*closest_words(claim.text, transcript.words(t)), -t.turn_index, t) for t in transcript.turns]
    if not scored:
        return None
    ratio, words, _, turn = max(scored, key=lambda s: (s[0], s[2]))
    if ratio < _NEAR:
        return None
    if turn.role != "participant":
        return claim.says("interviewer", f"these are, edited, words of the {turn.role}", words)
    return claim.says("edited", difference(claim.text, words), words)


def _elsewhere(claim: _Claim, transcript: Transcript, by_id: Mapping[str, Transcript]) -> QuoteCheck:
    for name in sorted(by_id):
        if name != transcript.transcript_id and claim.text in by_id[name].text:
            return claim.says("other transcript", f"the words stand in {name}, not here")
    return claim.says("not found", "neither these words nor similar ones are in the transcript")


def _turn_at(transcript: Transcript, char: int) -> Turn | None:
    """Return the turn whose words hold a character."""
    index = bisect_right(transcript.turns, char, key=lambda t: t.start_char) - 1
    turn = transcript.turns[index] if index >= 0 else None
    return turn if turn is not None and char < turn.end_char else None
