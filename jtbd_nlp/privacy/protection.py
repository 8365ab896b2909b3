"""Keeps personal data out of a run: transcripts as they were read in, transcripts as they may be mined and shown out.

Everything downstream sees only the protected transcripts, so nothing that is hidden can come back through a quote, a
statement, a phrase, a cache or a log. `finishing.apply_privacy` then scrubs what did not come from the transcripts
(settings, warnings, texts that a person typed) and notes where each quote stands in the original.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..config import PrivacyConfig
from ..ingestion.access.listing import is_named_by_rule
from ..ingestion.speakers.alike import ALIKE
from ..ingestion.speakers.participants import UNUSED
from ..records import Row, Transcript, Turn, Warn
from .finding import find_known_names, find_personal_data, label_start
from .finds import Find, settle
from .hiding.identities import Identities, agreed, identify, row_names
from .hiding.offsets import OffsetMap
from .hiding.pseudonyms import Pseudonymiser
from .hiding.redaction import Redactor, placeholder
from .hiding.scrubbing import Scrubber
from .names.people import name_parts
from .review import Review, read_review, write_review

KEY_FILE = "pseudonyms.json"
REVIEW_FILE = "personal_data.csv"
_IN_FILE_NAMES = ("EMAIL", "PHONE")
_EXTRA = "\x00"  # begins the ids of texts that are searched beside the transcripts


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What may be mined and shown, and what is needed to finish the report.

    ``transcripts``, ``participants`` and ``warnings`` are protected; ``finds`` are of the originals. ``origins`` maps
    a shown transcript id to the original one and the map of offsets. ``scrubber`` is None where privacy is off.
    """

    transcripts: tuple[Transcript, ...]
    participants: tuple[Row, ...] = ()
    warnings: tuple[Warn, ...] = ()
    finds: tuple[Find, ...] = ()
    origins: Mapping[str, tuple[str, OffsetMap]] = field(default_factory=dict)
    scrubber: Scrubber | None = None

    def original_span(self, transcript_id: str, start_char: int, end_char: int) -> tuple[str, int, int]:
        """Return the id and offsets in the original transcript for a span of a protected one."""
        if transcript_id not in self.origins:
            return transcript_id, start_char, end_char
        own, offsets = self.origins[transcript_id]
        return own, offsets.to_original(start_char), offsets.to_original(end_char, is_end=True)


def protect(
    transcripts: Iterable[Transcript], privacy: PrivacyConfig, *, participants: Sequence[Row] = (),
    warnings: Sequence[Warn] = (), private: Path | None = None,
) -> Protection:  # fmt: skip
    """Return the transcripts as they may be mined and shown.

    Parameters
    ----------
    transcripts : Iterable[Transcript]
        As they were read.
    privacy : PrivacyConfig
        Off: everything comes back as it is, and nothing is loaded.
    participants, warnings : sequences
        Of the ingestion; protected too.
    private : Path or None, default=None
        Folder for the key file and ``personal_data.csv``, apart from the results. None: nothing is written, and
        pseudonyms last for this run.

    Returns
    -------
    Protection

    Raises
    ------
    MissingExtraError
        If ``redact`` is not off and Presidio is absent.
    StudyError
        If the key file or the review cannot be used.
    """
    ordered = tuple(sorted(transcripts, key=lambda t: t.transcript_id))
    if privacy.redact == "off" and not privacy.pseudonymise:
        return Protection(transcripts=ordered, participants=tuple(participants), warnings=tuple(warnings))
    return _Run(ordered, privacy, tuple(participants), tuple(warnings), private).protect()


class _Run:
    """One protection; holds what its steps share."""

    def __init__(
        self, transcripts: tuple[Transcript, ...], privacy: PrivacyConfig, rows: tuple[Row, ...],
        warnings: tuple[Warn, ...], private: Path | None,
    ) -> None:  # fmt: skip
        self.transcripts, self.privacy, self.rows, self.warnings = transcripts, privacy, rows, warnings
        self.private = private
        self.key = Pseudonymiser(private / KEY_FILE if private else None)
        self.review = read_review(private / REVIEW_FILE) if private else Review({}, {})
        self.hides_names = privacy.pseudonymise or privacy.redact == "on"
        self.who = self._identify()
        self.before = {  # where a label stands, and who speaks after it
            (t.transcript_id, label_start(t, turn)): self._speaker(turn) for t in self.transcripts for turn in t.turns
        }

    def _identify(self) -> Identities:
        if not self.hides_names:
            return Identities({}, {}, {}, {}, ())
        sources = [w.source for w in self.warnings if w.source]
        return identify(
            self.transcripts, self.rows, self.key, everyone=self.privacy.pseudonymise, sources=sources,
            personal=self._personal_files(),
        )  # fmt: skip

    def _personal_files(self) -> set[str]:
        """Return the ids and sources that hold personal data other than names, which `identify` knows better."""
        if self.privacy.redact != "on":
            return set()
        texts = sorted({own for t in self.transcripts for own in (t.transcript_id, t.source)})
        found = find_personal_data(_beside(texts), config=self.privacy)
        return {texts[int(f.transcript_id.removeprefix(_EXTRA))] for f in found if f.kind in _IN_FILE_NAMES}

    def protect(self) -> Protection:
        finds, extra = self._search()
        hidden = self._hidden(finds)
        redactor = Redactor(self.transcripts, hidden, self._show)
        scrubber = self._scrubber(hidden, extra)
        shown = tuple(self._shown(t, redactor, scrubber) for t in self.transcripts)
        if self.private:
            self._save(self.private, finds)
        return Protection(
            transcripts=tuple(sorted(shown, key=lambda t: t.transcript_id)),
            participants=tuple(self._row(row, scrubber) for row in self.rows),
            warnings=(*(scrubber.value(self._unlisted(w)) for w in self.warnings), *self._notes(finds, hidden)),
            finds=finds,
            origins={s.transcript_id: (t.transcript_id, redactor.maps[t.transcript_id])
                     for s, t in zip(shown, self.transcripts, strict=True)},
            scrubber=scrubber,
        )  # fmt: skip

    def _search(self) -> tuple[tuple[Find, ...], dict[str, str]]:
        """Return the finds in the transcripts, and the texts found in metadata and tables with what stands for them."""
        known = [*row_names(self.rows), *self.who.names]
        if self.privacy.redact == "off":
            return find_known_names(self.transcripts, known), {}
        beside = _extras(self.transcripts, self.rows)
        found = find_personal_data([*self.transcripts, *beside], known_names=known, config=self.privacy)
        texts = {t.transcript_id: t.text for t in beside}
        extra = {texts[f.transcript_id][f.start_char : f.end_char]: placeholder(f)
                 for f in found if f.transcript_id in texts and not f.special}  # fmt: skip
        return tuple(f for f in found if f.transcript_id not in texts), extra if self.privacy.redact == "on" else {}

    def _hidden(self, finds: Sequence[Find]) -> tuple[Find, ...]:
        texts = {t.transcript_id: t.text for t in self.transcripts}
        hidden = [f for f in finds if self._hides(f, texts[f.transcript_id][f.start_char : f.end_char])]
        return settle_for_hiding([*hidden, *_added(self.transcripts, self.review)])

    def _hides(self, find: Find, words: str) -> bool:
        decided = self.review.decision(find, words)
        if self.privacy.pseudonymise and find.kind == "NAME" and self.who.has(words):
            return True  # a participant's own name is never shown beside the pseudonym
        if decided is not None:
            return decided
        return self.privacy.redact == "on" and not find.special

    def _show(self, find: Find, words: str) -> str:
        pseudonym = None
        if find.kind == "NAME" and self.hides_names:
            pseudonym = self.before.get((find.transcript_id, find.start_char)) or self.who.of(words)
        return f"[{pseudonym}]" if pseudonym else placeholder(find)

    def _scrubber(self, hidden: Sequence[Find], extra: Mapping[str, str]) -> Scrubber:
        texts = {t.transcript_id: t.text for t in self.transcripts}
        secrets = dict(extra)
        for find in hidden:
            words = texts[find.transcript_id][find.start_char : find.end_char]
            secrets[words] = self._show(find, words)
        parts = {p: f"[{min(who)}]" if len(who) == 1 else "[NAME]" for p, who in self.who.parts.items()}
        names = {
            w
            for f in hidden
            if f.kind == "NAME"
            for w in name_parts([texts[f.transcript_id][f.start_char : f.end_char]])
        }
        secrets |= agreed((label, shown) for (_, label), shown in self.who.labels.items())
        secrets |= {**self.who.ids, **self.who.files}
        return Scrubber(secrets, {n: "[NAME]" for n in names} | parts)

    def _shown(self, original: Transcript, redactor: Redactor, scrubber: Scrubber) -> Transcript:
        moved = redactor.transcript(original)
        return dataclasses.replace(
            moved,
            transcript_id=self.who.files.get(original.transcript_id, original.transcript_id),
            source=self.who.files.get(original.source, scrubber.text(original.source)),
            turns=tuple(self._turn(turn) for turn in moved.turns),
            metadata={k: scrubber.text(v) for k, v in moved.metadata.items()},
            warnings=tuple(scrubber.text(w) for w in moved.warnings),
        )

    def _turn(self, turn: Turn) -> Turn:
        speaker = turn.speaker and (self._speaker(turn) or turn.speaker)
        person = turn.participant_id and self.who.ids.get(turn.participant_id, turn.participant_id)
        return dataclasses.replace(turn, speaker=speaker, participant_id=person)

    def _speaker(self, turn: Turn) -> str | None:
        """Return the pseudonym of who speaks; their id tells apart those who are called alike."""
        called = self.who.labels.get((turn.role, turn.speaker or ""))
        return self.who.ids.get(turn.participant_id or "", called) if called else None

    def _row(self, row: Row, scrubber: Scrubber) -> Row:
        out: Row = {}
        for column, value in row.items():
            if isinstance(value, str) and value in self.who.ids and column == "participant_id":
                out[column] = self.who.ids[value]
            elif column == "speaker" and ("participant", value) in self.who.labels:
                own = str(row.get("participant_id"))
                out[column] = self.who.ids.get(own, self.who.labels["participant", str(value)])
            else:
                out[column] = scrubber.value(value)
        return out

    def _unlisted(self, warn: Warn) -> Warn:
        """Take out what a warning lists of files and people that were not read: nothing tells who of them is a person."""
        if not self.hides_names or warn.code not in ("ignored", UNUSED, ALIKE):
            return warn
        told, _, listed = warn.message.partition(": ")
        if not listed or all(is_named_by_rule(name) for name in listed.split(", ")):
            return warn
        return dataclasses.replace(warn, message=f"{told}; their names are hidden")

    def _notes(self, finds: Sequence[Find], hidden: Sequence[Find]) -> list[Warn]:
        special = sum(f.special for f in finds)
        waiting = len(finds) - special - len(hidden)
        notes = []
        if special:
            message = (
                f"{special} passages may tell of health, religion, ethnicity, politics, union, orientation or "
                f"biometric data; judge them in {REVIEW_FILE}"
            )
            notes.append(Warn(code="special_category", message=message, count=special))
        if self.privacy.redact == "suggest" and waiting > 0:
            message = (
                f"{waiting} finds of personal data are shown until you accept them in {REVIEW_FILE}; the report is "
                f"not for passing on"
            )
            notes.append(Warn(code="personal_data_suggested", message=message, count=waiting))
        if self.privacy.redact == "on":
            message = (
                f"{len(hidden)} pieces of personal data were hidden; no search finds all, so read the report before "
                f"you pass it on"
            )
            notes.append(Warn(code="personal_data_hidden", message=message, count=len(hidden)))
        return notes

    def _save(self, folder: Path, finds: Sequence[Find]) -> None:
        if self.hides_names:
            self.key.save()
        if self.privacy.redact != "off":
            write_review(folder / REVIEW_FILE, self.transcripts, finds, self.review)


def settle_for_hiding(finds: Sequence[Find]) -> tuple[Find, ...]:
    """Join overlapping finds, special ones among them, since all of them are to be hidden."""
    kinds = {(f.transcript_id, f.start_char): f.kind for f in finds if f.special}
    joined = settle(dataclasses.replace(f, special=False) for f in finds)
    return tuple(dataclasses.replace(f, special=kinds.get((f.transcript_id, f.start_char)) == f.kind) for f in joined)


def _added(transcripts: Sequence[Transcript], review: Review) -> list[Find]:
    from .finding import find_exact

    return [
        find
        for words, kind, own in review.added
        for find in find_exact([t for t in transcripts if own in ("", t.transcript_id)], [words], kind)
    ]


def _extras(transcripts: Sequence[Transcript], rows: Sequence[Row]) -> list[Transcript]:
    texts = {f"{key}: {value}" for t in transcripts for key, value in t.metadata.items() if value}
    ids = {"participant_id", "transcript_id", "speaker"}
    texts |= {
        f"{key}: {value}"
        for row in rows
        for key, value in row.items()
        if isinstance(value, str) and value and key not in ids
    }
    return _beside(sorted(texts))


def _beside(texts: Sequence[str]) -> list[Transcript]:
    return [Transcript(transcript_id=f"{_EXTRA}{i}", source="", text=text, turns=()) for i, text in enumerate(texts)]
