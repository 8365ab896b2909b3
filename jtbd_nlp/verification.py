"""Checks the quotes of any report against the transcripts they claim to come from.

In: a report (ours or another tool's JSON) and a source. Out: `QuoteCheck` for each quote, which says where a wrong one
differs. A redacted report is checked against the transcripts saved beside it as well as against the originals, at the
offsets that each quote keeps for both.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .config import Config, IngestionConfig
from .errors import StudyError
from .evidence import turn_at
from .matching import closest_words, difference, redacted
from .records import Job, QuoteCheck, Transcript, Turn

_ELISION = re.compile(r"(?:(?<!\s)\s+)?(?:\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.|…)\s*")
_LISTS = frozenset({"quotes", "evidence"})  # where whatever stands is a quote, if only its words
_BESIDE = ("forces", "solutions", "wishes", "unclustered")  # lists of a report that quote outside of jobs
_NEAR = 0.6  # share of equal characters from which a passage counts as the edited original


def verify_quotes(
    report: Any, source: Any = None, *, participants: Any = None, config: Config | IngestionConfig | None = None
) -> list[QuoteCheck]:
    """Check every quote of a report against the transcripts, word for word.

    Works on our reports (the slice at the stated offsets must equal the text) and on any JSON of the shape
    ``{"jobs": [{"quotes": [{"text": ..., "transcript_id": ...}]}]}`` (the text must be an exact part of one turn of a
    participant). ``quote`` is read as ``text`` and ``transcript`` as ``transcript_id``. Of a redacted report, words that
    were hidden are not compared; a transcript under a pseudonym is found by the sha256 that the report states for it.

    Parameters
    ----------
    report : JobReport or Mapping or Path or str
        The report, its JSON as a mapping, its file, or the folder with ``report.json``.
    source : Any, default=None
        Whatever `read_transcripts` reads, transcripts, or a saved report or its folder ``transcripts/``; None takes those
        that a `JobReport` holds.
    participants : path, DataFrame or rows, default=None
        The table of who is who, where the run was given one; as for `read_transcripts`.
    config : Config or IngestionConfig or None, default=None
        How the source is read: names of interviewers, text columns, limits. None: as the report says that it was read.

    Returns
    -------
    list[QuoteCheck]
        One per quote, those of jobs first, then what the report quotes outside of jobs (``job_id`` empty). ``kind`` is
        exact, moved, edited, shortened, joined, interviewer,
        other transcript, no transcript or not found; only exact ones are ``ok``.

    Raises
    ------
    StudyError
        If the report cannot be read or has no list of jobs.
    """
    data = _as_mapping(report)
    if source is None:
        transcripts = _checked(getattr(report, "transcripts", ()))
    else:
        settings = config.ingestion if isinstance(config, Config) else config or _settings(data)
        transcripts = _read(source, participants, settings)
    by_id = _by_id(transcripts, data)
    offsets_count = "schema_version" in data
    checks = []
    for job in data["jobs"]:
        job_id = str(job.get("job_id", "")) if isinstance(job, Mapping) else ""
        checks += [_check(_Claim.of(job_id, row, offsets=offsets_count), by_id) for row in _quote_rows(job)]
    seen = {_place(row) for row in _quote_rows(data["jobs"])}
    for row in _quote_rows([data.get(name) or () for name in _BESIDE]):
        if _place(row) not in seen:
            seen.add(_place(row))
            checks.append(_check(_Claim.of("", row, offsets=offsets_count), by_id))
    return checks


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(key)) for key in ("transcript_id", "start_char", "end_char", "text"))


def _by_id(transcripts: Sequence[Transcript], data: Mapping[str, Any]) -> dict[str, Transcript]:
    """Return the transcripts by id, those that the report shows under a pseudonym under that as well."""
    by_id = {t.transcript_id: t for t in transcripts}
    provenance = data.get("provenance")
    inputs = provenance.get("inputs") if isinstance(provenance, Mapping) else None
    if not isinstance(inputs, Mapping):
        return by_id
    copies = Counter(t.sha256 for t in transcripts)
    by_hash = {t.sha256: t for t in transcripts if t.sha256 and copies[t.sha256] == 1}
    return {shown: by_hash[h] for shown, h in inputs.items() if isinstance(h, str) and h in by_hash} | by_id


class _Claim(NamedTuple):
    """What a report says: these words stand in that transcript, at those offsets where it says so."""

    job_id: str
    transcript_id: str
    text: str
    start: int | None
    end: int | None
    original: tuple[int, int] | None = None

    @classmethod
    def of(cls, job_id: str, row: Mapping[str, Any], *, offsets: bool) -> _Claim:
        start, end = row.get("start_char"), row.get("end_char")
        whole = offsets and type(start) is int and type(end) is int
        first, last = row.get("original_start_char"), row.get("original_end_char")
        original = (first, last) if whole and type(first) is int and type(last) is int else None
        name, text = row.get("transcript_id", row.get("transcript")), row.get("text", row.get("quote"))
        words = text if isinstance(text, str) else ""  # null is no word "None"
        return cls(
            job_id, "" if name is None else str(name), words, start if whole else None, end if whole else None, original
        )

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
        beside = {key: getattr(report, key, {}) for key in ("provenance", "config")}
        beside |= {key: [dataclasses.asdict(told) for told in getattr(report, key, ())] for key in _BESIDE}
        report = {"schema_version": 1, "jobs": list(report.jobs), **beside}
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


def _read(source: Any, participants: Any, settings: IngestionConfig) -> tuple[Transcript, ...]:
    if _are_transcripts(source):
        return tuple(source)
    from .ingestion import read_transcripts

    return _checked(_saved(source) or read_transcripts(source, participants=participants, config=settings))


def _checked(transcripts: Any) -> tuple[Transcript, ...]:
    if not _are_transcripts(transcripts):
        raise StudyError("transcripts must be given to verify quotes, got none. Name the folder of transcripts.")
    return tuple(transcripts)


def _settings(data: Mapping[str, Any]) -> IngestionConfig:
    """Return how a report of ours says that its transcripts were read; keys that this version does not know are left."""
    config = data.get("config") if "schema_version" in data else None
    told = config.get("ingestion") if isinstance(config, Mapping) else None
    if not isinstance(told, Mapping):
        return IngestionConfig()
    known = {field.name for field in dataclasses.fields(IngestionConfig)}
    return IngestionConfig(**{key: value for key, value in told.items() if key in known})


def _saved(source: Any) -> tuple[Transcript, ...]:
    """Return the transcripts that a report keeps beside itself, with the turns it was made from; else none."""
    if not isinstance(source, (str, Path)):
        return ()
    path = Path(source)
    folder = path.parent if path.name == "transcripts" else path
    if not (folder / "report.json").is_file() or not (folder / "transcripts.json").is_file():
        return ()
    from .reporting import JobReport

    return JobReport.load(folder).transcripts


def _are_transcripts(source: Any) -> bool:
    return isinstance(source, Sequence) and len(source) > 0 and all(isinstance(t, Transcript) for t in source)


def _quote_rows(value: Any, *, listed: bool = False) -> Iterator[Mapping[str, Any]]:
    """Yield all that looks like a quote, wherever a job keeps it: quotes, forces, solutions, counter_quotes, wishes.

    What is ``listed`` as a quote is one, also where it names no transcript or is only a text.
    """
    if isinstance(value, Mapping):
        named = listed or {"transcript_id", "transcript"} & value.keys()
        if named and {"text", "quote"} & value.keys():
            yield value
        else:
            for key, part in value.items():
                yield from _quote_rows(part, listed=key in _LISTS)
    elif isinstance(value, str):
        if listed:
            yield {"text": value}
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for part in value:
            yield from _quote_rows(part, listed=listed)


def _check(claim: _Claim, by_id: Mapping[str, Transcript]) -> QuoteCheck:
    transcript = by_id.get(claim.transcript_id) or by_id.get(Path(claim.transcript_id).stem)
    if transcript is None and not claim.transcript_id:
        return claim.says("no transcript", "the quote names no transcript; say in transcript_id where it stands")
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
    words = _slice(transcript, span)
    if not _says(claim.text, words) and claim.original and _says(claim.text, _slice(transcript, claim.original)):
        span, words = claim.original, _slice(transcript, claim.original)
    if not _says(claim.text, words):
        found = _check_words(claim, transcript, by_id)
        if not found.ok:
            return found
        at = _nearest_place(claim.text, transcript, span[0])
        return claim.says("moved", f"the words stand at [{at}, {at + len(claim.text)}), not at the offsets", words)
    turn = turn_at(transcript, span[0])
    if turn is None or span[1] > turn.end_char or turn.role != "participant":
        return _not_participant(claim, turn)
    return claim.says("exact", "exact" if words == claim.text else "exact but for words that were redacted")


def _nearest_place(words: str, transcript: Transcript, start: int) -> int:
    """Return where a participant says the words, of several places the one nearest to a start."""
    theirs = [t for t in transcript.turns if t.role == "participant"]
    found = [t.start_char + m.start() for t in theirs for m in re.finditer(re.escape(words), transcript.words(t))]
    return min(found, key=lambda at: abs(at - start))


def _slice(transcript: Transcript, span: tuple[int, int]) -> str:
    return transcript.text[max(span[0], 0) : max(span[1], 0)]


def _says(text: str, words: str) -> bool:
    return words == text or redacted(text, words)


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
