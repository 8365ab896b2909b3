"""The search for personal data: transcripts in, finds out.

Each turn is searched by itself; names that speaker labels, the participants file or a sure find bring to light are then
caught everywhere in the study.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from ..ingestion.speakers.participants import is_personal
from ..records import Transcript, Turn
from .english import is_english
from .finds import SPECIAL_KINDS, Find, Hit, settle
from .lexicon import fold, names, words
from .names.cues import CONTRACTION, TOKEN
from .names.people import find_people, name_parts

_OF_KNOWN = frozenset({"known", "title"})
_SURE = frozenset({"known", "title", "introduced", "relation", "list"})
_DISTINCTIVE = 6  # letters and digits from which a find is caught again without its cue
_MAX_PASSAGE = 20_000  # characters that are searched at once; longer turns are cut at a space


def find_personal_data(
    transcripts: Iterable[Transcript], *, known_names: Iterable[str] = (), config: object = None
) -> tuple[Find, ...]:
    """Find personal data in transcripts.

    Parameters
    ----------
    transcripts : Iterable[Transcript]
        Of one study: a name found in one is caught in all.
    known_names : Iterable[str]
        Names to catch besides the speakers' own, such as those of a participants file.
    config : PrivacyConfig or None, default=None
        ``keep`` lists words that are never personal, ``hide`` words that always are.

    Returns
    -------
    tuple[Find, ...]
        Sorted by transcript and offset; those that hide text do not overlap.

    Raises
    ------
    MissingExtraError
        If Presidio or the spaCy model is absent.
    """
    from .engine import analyse

    ordered = sorted(transcripts, key=lambda t: t.transcript_id)
    keep = {fold(word) for word in getattr(config, "keep", ())}
    hide = tuple(getattr(config, "hide", ()))
    known = name_parts([*known_names, *speaker_names(ordered)]) - keep
    passages = [(t, start, end) for t in ordered for start, end in _passages(t)]
    texts = [t.text[start:end] for t, start, end in passages]
    hits = list(analyse(texts, known))
    learned = _learned(texts, hits) - keep
    if learned - known:
        hits = [[*found, *_recall(text, learned)] for text, found in zip(texts, hits, strict=True)]
    finds = [_find(t, start, hit) for (t, start, _), found in zip(passages, hits, strict=True) for hit in found]
    kept = (f for f in finds if fold(_words(ordered, f)) not in keep) if keep else finds
    labels = [f for t in ordered for f in _labels(t)]
    return settle([*kept, *labels, *find_exact(ordered, hide), *_repeats(ordered, finds, keep)])


def find_known_names(transcripts: Iterable[Transcript], known_names: Iterable[str]) -> tuple[Find, ...]:
    """Find the names of speakers and further known names, and nothing else; needs no Presidio.

    Parameters
    ----------
    transcripts : Iterable[Transcript]
    known_names : Iterable[str]
        Beside those in speaker labels.
    """
    ordered = sorted(transcripts, key=lambda t: t.transcript_id)
    known = name_parts([*known_names, *speaker_names(ordered)])
    finds = [f for t in ordered for f in _labels(t)]
    for t in ordered:
        for start, end in _passages(t):
            found = find_people(t.text[start:end], known=known)
            finds += [_find(t, start, hit) for hit in found if hit.source in _OF_KNOWN]
    return settle(finds)


def find_exact(transcripts: Iterable[Transcript], phrases: Iterable[str], kind: str = "OTHER") -> list[Find]:
    """Find given words wherever they stand as whole words, in any case."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    if not ordered:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
    return [_find(t, 0, Hit(*m.span(), kind, 1.0, "exact")) for t in transcripts for m in pattern.finditer(t.text)]


def _labels(transcript: Transcript) -> list[Find]:
    """Find the speaker labels before the turns, ordinary words among them."""
    finds = []
    for turn in transcript.turns:
        label = turn.speaker or ""
        start = label_start(transcript, turn)
        if start >= 0 and is_personal(label):
            finds.append(_find(transcript, 0, Hit(start, start + len(label), "NAME", 1.0, "label")))
    return finds


def label_start(transcript: Transcript, turn: Turn) -> int:
    """Return where the label before a turn begins, or -1 where none stands there."""
    label = turn.speaker or ""
    return transcript.text.rfind(label, max(0, turn.start_char - len(label) - 2), turn.start_char) if label else -1


def speaker_names(transcripts: Iterable[Transcript]) -> list[str]:
    """Return the speaker labels that name a person, sorted; "Participant" and "Speaker 2" do not."""
    labels = {turn.speaker for t in transcripts for turn in t.turns if turn.speaker}
    return sorted(label for label in labels if is_personal(label))


def _passages(transcript: Transcript) -> list[tuple[int, int]]:
    """Return the turns, and the text between them, as pieces of bounded length: all of the text is searched."""
    cuts = {0, len(transcript.text)}
    for turn in transcript.turns:
        cuts |= {turn.start_char, turn.end_char}
    ordered = sorted(cuts)
    pieces: list[tuple[int, int]] = []
    for start, end in pairwise(ordered):
        while end - start > _MAX_PASSAGE:
            space = transcript.text.rfind(" ", start + 1, start + _MAX_PASSAGE)
            cut = space if space > start else start + _MAX_PASSAGE
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
    return [(start, end) for start, end in pieces if transcript.text[start:end].strip()]


def _learned(texts: Sequence[str], hits: Sequence[Sequence[Hit]]) -> frozenset[str]:
    sure = [
        text[h.start : h.end]
        for text, found in zip(texts, hits, strict=True)
        for h in found
        if h.kind == "NAME" and h.source in _SURE
    ]
    return frozenset(p for p in name_parts(sure) if p not in names().words and len(p) > 2)


def _recall(text: str, parts: frozenset[str]) -> list[Hit]:
    hits = []
    for match in TOKEN.finditer(text):
        word = CONTRACTION.sub("", match[0])
        if fold(word) in parts and (word[0].isupper() or not is_english(fold(word))):
            hits.append(Hit(match.start(), match.start() + len(word), "NAME", 0.6, "seen elsewhere"))
    return hits


def _find(transcript: Transcript, offset: int, hit: Hit) -> Find:
    return Find(
        transcript_id=transcript.transcript_id, start_char=offset + hit.start, end_char=offset + hit.end, kind=hit.kind,
        score=hit.score, special=hit.kind in SPECIAL_KINDS, source=hit.source,
    )  # fmt: skip


def _repeats(transcripts: Sequence[Transcript], finds: Sequence[Find], keep: Collection[str]) -> Iterator[Find]:
    """Find again, wherever they stand, the numbers, addresses and organisations that a cue gave away once."""
    texts = {t.transcript_id: t.text for t in transcripts}
    phrases: dict[str, set[str]] = {}
    for find in finds:
        found = texts[find.transcript_id][find.start_char : find.end_char]
        if find.kind != "NAME" and not find.special and fold(found) not in keep and _distinctive(found, find.kind):
            phrases.setdefault(find.kind, set()).add(found)
    for kind in sorted(phrases):
        yield from find_exact(transcripts, phrases[kind], kind)


def _distinctive(found: str, kind: str) -> bool:
    if kind in ("EMPLOYER", "SCHOOL"):
        rest = [w for w in fold(found).split() if w not in ("the", "of", "and", "&")]
        return len(rest) > 1 or (
            len(found) > 3 and not is_english(rest[-1] if rest else "") and found.lower() not in words("tools")
        )
    return sum(c.isalnum() for c in found) >= _DISTINCTIVE


def _words(transcripts: Sequence[Transcript], find: Find) -> str:
    return next(t.text[find.start_char : find.end_char] for t in transcripts if t.transcript_id == find.transcript_id)
