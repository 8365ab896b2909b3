"""Takes in transcripts that are ready: says who is who as the participants file and the settings do, and what is odd.

In: `Transcript`s that someone read or made. Out: the same, with roles and participant ids of the file, and the rows of
their participants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from ..checking import clean_text
from ..config import IngestionConfig
from ..errors import InvalidParameterError
from ..records import Role, Row, Transcript, Turn
from .building import Built, named_roles
from .speakers.participants import People, participant_ids
from .speakers.roles import named_role
from .turns.labels import clean_label, label_key
from .turns.raw import RawTranscript


def check_distinct(transcripts: Sequence[Transcript]) -> dict[str, str]:
    """Return the source of each id.

    Raises
    ------
    InvalidParameterError
        If two transcripts have one id: quotes of one would be looked up in the other.
    """
    sources: dict[str, str] = {}
    for transcript in transcripts:
        refuse_double(transcript, sources)
        sources[transcript.transcript_id] = transcript.source
    return sources


def refuse_double(transcript: Transcript, taken: Mapping[str, str]) -> None:
    """Raise `InvalidParameterError` where the id of a transcript is another's already; ``taken`` is id to source."""
    if transcript.transcript_id in taken:
        raise InvalidParameterError(
            f"transcript_id must be unique, got {transcript.transcript_id!r} for {taken[transcript.transcript_id]!r} and "
            f"{transcript.source!r}. Give one of them another id, or leave one out."
        )


def take_in(transcript: Transcript, people: People, config: IngestionConfig) -> Built:
    """Apply the participants file and the names in the settings to a transcript; others keep their roles and ids.

    Raises
    ------
    InvalidParameterError
        If its turns do not fit its text, or a role is none of ours: what is said there would be passed over in silence.
    """
    _check_turns(transcript)
    transcript = _writable(transcript)
    rows = people.of(transcript.transcript_id, transcript.source)
    named = named_roles(RawTranscript(turns=(), format=transcript.format), rows, config)
    turns = tuple(_with_role(turn, named) for turn in transcript.turns)
    speakers = {label_key(t.speaker or ""): clean_label(t.speaker or "") for t in turns if t.role == "participant"}
    ids, given = participant_ids(transcript.transcript_id, speakers, rows)
    people.used.update(given.values())
    turns = tuple(_with_id(turn, ids, given) for turn in turns)
    changed = transcript if turns == transcript.turns else replace(transcript, turns=turns)
    return Built(changed, _people_rows(changed, given, people))


def _check_turns(transcript: Transcript) -> None:
    """Refuse turns that are out of order, overlap, or leave the text, and roles that nobody knows."""
    last, end = -1, 0
    for turn in transcript.turns:
        fits = last < turn.turn_index and end <= turn.start_char <= turn.end_char <= len(transcript.text)
        if not fits or turn.role not in get_args(Role):
            raise InvalidParameterError(
                f"turns of {transcript.transcript_id!r} must be in order, disjoint, within its {len(transcript.text)} characters, "
                f"and each of a role of {', '.join(get_args(Role))}, got turn {turn.turn_index} at [{turn.start_char}, "
                f"{turn.end_char}) of a {turn.role}. Number turns from 0, and count characters of the text."
            )
        last, end = turn.turn_index, turn.end_char


def _writable(transcript: Transcript) -> Transcript:
    """Mend halves of surrogate pairs, one for one, so that offsets hold: no model reads them, and no file can hold them."""
    turns = tuple(
        replace(
            t,
            speaker=t.speaker and clean_text(t.speaker),
            participant_id=t.participant_id and clean_text(t.participant_id),
        )
        for t in transcript.turns
    )
    return replace(
        transcript,
        transcript_id=clean_text(transcript.transcript_id),
        source=clean_text(transcript.source),
        text=clean_text(transcript.text),
        turns=turns,
    )


def _with_role(turn: Turn, named: Mapping[str, Role]) -> Turn:
    role = named_role(label_key(turn.speaker), named) if turn.speaker and named else None
    return turn if role is None or role == turn.role else replace(turn, role=role, participant_id=None)


def _with_id(turn: Turn, ids: Mapping[str, str], given: Mapping[str, int]) -> Turn:
    """Give a participant's turn the id of the file, or one of its own where its role is new; others keep theirs."""
    key = label_key(turn.speaker or "")
    if turn.role != "participant":
        return turn
    own = ids[key] if key in given or turn.participant_id is None else turn.participant_id
    return turn if own == turn.participant_id else replace(turn, participant_id=own)


def _people_rows(transcript: Transcript, given: Mapping[str, int], people: People) -> tuple[Row, ...]:
    rows: dict[str, Row] = {}
    for turn in transcript.turns:
        key = label_key(turn.speaker or "")
        if turn.role != "participant" or key in rows:
            continue
        row: Row = {
            "participant_id": turn.participant_id,
            "transcript_id": transcript.transcript_id,
            "speaker": clean_label(turn.speaker or ""),
        }
        further = people.rows[given[key]] if key in given else {}
        rows[key] = row | {k: v for k, v in further.items() if k not in ("transcript", "speaker", "participant", *row)}
    return tuple(rows.values())
