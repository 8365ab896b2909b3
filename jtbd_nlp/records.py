"""Every record that travels between stages: frozen, slotted, and tied to the others by ids.

Offsets are characters of ``Transcript.text``, half-open ``[start_char, end_char)``; times are seconds or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["participant", "interviewer", "observer", "unknown"]
Force = Literal["push", "pull", "anxiety", "habit"]
Slot = Literal["situation", "motivation", "outcome"]

LABELS = ("struggle", "desire", "situation", "outcome", "solution", "emotion")
EMOTIONS = (
    "frustration", "anxiety", "confusion", "disappointment", "sadness", "overwhelm",
    "relief", "joy", "confidence", "excitement", "surprise", "pride", "other",
)  # fmt: skip
NEGATIVE_EMOTIONS = frozenset(EMOTIONS[:6])
FORCES: tuple[Force, ...] = ("push", "pull", "anxiety", "habit")
SPANS = ("situation", "motivation", "outcome", "solution")
SLOTS: tuple[Slot, ...] = ("situation", "motivation", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's go; ``[start_char, end_char)`` covers the words and not the speaker's label."""

    turn_index: int
    speaker: str | None
    role: Role = "unknown"
    participant_id: str | None = None
    start_char: int
    end_char: int
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One interview as normalised text with its turns in order.

    ``source`` is the path relative to the input folder with forward slashes, so that ids and bytes do not depend on the
    machine. ``role_confidence`` in [0, 1] says how sure the roles are; 1 when labels or a person said so.
    ``metadata`` is what the file's head or format says of the interview, as text. ``times`` are anchors
    ``(start_char, seconds)`` in order of offset, one per caption cue or recognised word, for sources that have them.
    """

    transcript_id: str
    source: str
    text: str
    turns: tuple[Turn, ...]
    format: str = "text"
    sha256: str = ""
    role_confidence: float = 1.0
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    times: tuple[tuple[int, float], ...] = ()

    def words(self, turn: Turn) -> str:
        """Return the words of one turn."""
        return self.text[turn.start_char : turn.end_char]

    def __repr__(self) -> str:
        """Say which one it is: its text would fill a terminal, or a log that is not meant to hold an interview."""
        return f"Transcript({self.transcript_id!r}, {len(self.turns)} turns, {len(self.text)} characters)"

    def _repr_html_(self) -> str:
        from .reporting.display_records import transcript_html

        return transcript_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The sentence-sized unit that is tagged and embedded: an exact slice of its transcript.

    ``context`` is the end of the interviewer's question and of what the speaker said just before: it helps the tagger
    and is never part of a span. ``backchannel`` marks "mhm" and the like: kept, but never evidence.
    """

    segment_id: str
    transcript_id: str
    turn_index: int
    speaker: str | None
    participant_id: str | None
    role: Role
    text: str
    start_char: int
    end_char: int
    start_s: float | None = None
    end_s: float | None = None
    context: str = ""
    backchannel: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that caused a tag: ``[start, end)`` in characters of the sentence, and where they were found."""

    label: str
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTags:
    """What one sentence says, for the reader of jobs.

    ``labels`` is a subset of `LABELS`; ``scores`` maps each label to its calibrated probability; ``emotion`` and
    ``force`` are one kind or None; ``spans`` maps situation, motivation, outcome, solution to ``(start, end)``.
    ``uncertain`` names labels whose probability lies too near the threshold to be used. ``intensity`` is 0 (no
    emotion) to 3. ``stance`` tells whose and how real it is: "own", or "negated", "hypothetical", "others", "reported".
    ``language`` is "en", or what was found when the sentence was left alone.
    """

    labels: frozenset[str] = frozenset()
    scores: Mapping[str, float] = field(default_factory=dict)
    emotion: str | None = None
    force: str | None = None
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    uncertain: frozenset[str] = frozenset()
    intensity: int = 0
    stance: str = "own"
    language: str = "en"


WEAK = 0.125  # chance of telling of its job below which a quote is shown apart: heads counted are then about those expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Exact words of a participant: ``text`` equals ``transcript.text[start_char:end_char]``, always.

    Built by `jtbd_nlp.evidence.cut_quote` (a slice) or read back from a saved report; never from loose words.
    ``slot`` is what it shows (as docs/report.md lists it); ``role`` is "support" or
    "counter". ``stage`` is the step of the switch timeline, where it is told; ``reason`` says why a passage supports
    no job (only in ``JobReport.unclustered``). ``support`` is the chance, in [0, 1], that a reader would file the
    passage under its job (see `jtbd_nlp.drafting.backing`); None for what the statement was worded from and for what a
    person placed. ``original_start_char`` and ``original_end_char`` are the place in the original where the shown
    transcript was redacted; None where it was not.
    """

    transcript_id: str
    speaker: str | None
    participant_id: str
    text: str
    start_char: int
    end_char: int
    start_s: float | None = None
    slot: str | None = None
    role: str = "support"
    segment_id: str = ""
    emotion: str | None = None
    force: str | None = None
    stage: str | None = None
    reason: str | None = None
    support: float | None = None
    original_start_char: int | None = None
    original_end_char: int | None = None

    @property
    def is_weak(self) -> bool:
        """Tell whether the passage was hardly more than told nearby: a chance of telling of its job below `WEAK`."""
        return self.support is not None and self.support < WEAK


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A job story; an empty slot is None and never invented.

    ``inferred`` lists words not found in the evidence, ``removed`` the phrases naming a tool that were taken out.
    """

    situation: str | None
    motivation: str | None
    outcome: str | None
    text: str
    inferred: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An empty slot and the question that an interviewer should ask next."""

    slot: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the linter says of a statement: the rule's id, how grave, why, and what to do; ``slot`` where it applies."""

    rule: str
    severity: Literal["error", "warning", "info"]
    message: str
    fix: str
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What people hire for a job today, in their words; participants who use it and who gave it up.

    ``hired_why`` and ``fired_why`` quote who tells a reason; who is not quoted there told none.
    """

    name: str
    hired_by: tuple[str, ...] = ()
    fired_by: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    hired_why: tuple[Quote, ...] = ()
    fired_why: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A cluster that became a statement, with all its evidence. See docs/report.md for each key.

    ``forces`` always has the four of `FORCES`, in that order; an empty tuple says that none was found.
    """

    job_id: str
    name: str
    statement: Statement
    confidence: str
    participants: tuple[str, ...]
    n_transcripts: int
    dimensions: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    forces: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    solutions: tuple[Solution, ...] = ()
    emotions: Mapping[str, int] = field(default_factory=dict)
    counter_quotes: tuple[Quote, ...] = ()
    lint: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    single_voice: bool = False
    stability: float | None = None
    effective_voices: float = 0.0
    episodic_share: float = 0.0
    phrases: tuple[str, ...] = ()
    wishes: tuple[Quote, ...] = ()
    big_job: str | None = None
    edits: tuple[str, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        none: dict[str, tuple[Quote, ...]] = dict.fromkeys(FORCES, ())
        object.__setattr__(self, "forces", none | dict(self.forces))  # frozen; saved and loaded it must be the same

    def __repr__(self) -> str:
        """Say which one it is, without its evidence."""
        return f"Job({self.job_id!r}, {self.statement.text!r}, {len(self.participants)} participants)"

    def _repr_html_(self) -> str:
        from .reporting.display_records import job_html

        return job_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody answered when asked for a wish, or for what was not talked about.

    ``question`` is its kind: magic_wand, anything_else or looking_ahead. ``job_id`` names the job that quotes the
    answer; None: it is in none.
    """

    quote: Quote
    question: str
    job_id: str | None = None

    @property
    def participant_id(self) -> str:
        """Return who wishes."""
        return self.quote.participant_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceTold:
    """A sentence that tells what moves somebody; ``quote.force`` names the force.

    ``job_id`` names the job that counts it among its forces; None: it is in none. ``asked`` is true where the
    interviewer's question asked for this force.
    """

    quote: Quote
    job_id: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Warn:
    """Something the user must know; once per run and cause, with the transcript it concerns if any."""

    code: str
    message: str
    source: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """Whether one quote of a report stands in its transcript, word for word, in a participant's turn.

    ``kind`` sorts the reasons: exact, moved, edited, shortened, joined, interviewer, other transcript, no transcript,
    not found. ``nearest`` holds the words of the transcript that come closest, where some do.
    """

    job_id: str
    transcript_id: str
    text: str
    ok: bool
    reason: str
    kind: str = ""
    nearest: str | None = None


Row = dict[str, Any]
