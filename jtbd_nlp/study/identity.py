"""Keeps the ids of jobs from run to run: groups of passages and the ledger of the last run in, an id a group out.

A job is the passages that belong to it, not its name and not its number. A passage is known by the content of its
transcript and its place there, so renaming a file or reading files in another order changes nothing; in a transcript
whose text was changed, it is known by its words, and by them alone where its name was changed too. Groups are matched to
the jobs of the ledger by the share of passages that they have in common (Jaccard, over passages that both runs saw), the
greatest share first, so that a group that shares more than half with a job always bears its id; what matches nothing gets
an id that is a hash of its passages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..records import Segment, Transcript
from .ledger import Known, Ledger, Passage, short_hash

LEAST_SHARE = 0.2  # below it, a group is another job: a fifth is what a job cut into five equal parts leaves in each
_DIGITS = 6
_LEAST_CHARS = 20  # of a sentence that is known by its words alone: shorter ones are said by anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An id for each group, in their order; ``absorbed`` tells for a job that is gone which id holds most of it."""

    ids: tuple[str, ...]
    absorbed: Mapping[str, str | None] = field(default_factory=dict)


def passages_of(segments: Iterable[Segment], transcripts: Iterable[Transcript]) -> dict[str, Passage]:
    """Return the lasting name of each segment, by segment id.

    Parameters
    ----------
    segments : Iterable[Segment]
        Of the transcripts given.
    transcripts : Iterable[Transcript]
        Their text names them, not their file.

    Returns
    -------
    dict[str, Passage]
    """
    contents = {t.transcript_id: short_hash(t.text) for t in transcripts}
    return {
        s.segment_id: Passage(contents[s.transcript_id], s.start_char, s.end_char, s.transcript_id, short_hash(s.text))
        for s in segments
    }


def assign_ids(
    groups: Sequence[Collection[Passage]],
    ledger: Ledger,
    *,
    corpus: Iterable[Passage] | None = None,
    made: Collection[str] = (),
) -> Assignment:
    """Give each group the id of the job that it continues, or a new one.

    Parameters
    ----------
    groups : Sequence[Collection[Passage]]
        Disjoint, none empty.
    ledger : Ledger
        Of the run before; an empty one gives new ids to all.
    corpus : Iterable[Passage] or None, default=None
        All passages of this run, grouped or not; those of the ledger that are not among them (their transcript was
        taken away) do not count. None takes those of the groups.
    made : Collection[str], default=()
        Jobs that a person made. They choose after the others: where the machine does not part what the person parted,
        the group is the job that it was, and the edit that made the new one is done again.

    Returns
    -------
    Assignment
        Does not depend on the order of the groups or of their passages: both are sorted before ties are broken.
    """
    ordered = sorted(range(len(groups)), key=lambda i: sorted(groups[i]))
    members = [frozenset(groups[i]) for i in ordered]
    everything = frozenset(corpus) if corpus is not None else frozenset().union(*members)
    index = Index(everything)
    before = {job_id: index.find(known.passages) for job_id, known in sorted(ledger.jobs.items())}
    found: dict[int, str] = {}
    for rank in range(3):
        choosing = {j: p for j, p in before.items() if _rank(j, ledger, made) == rank}
        found = _match(members, choosing, found)
    ids = _fresh_ids(members, found, set(ledger.jobs))
    placed = dict(zip(ordered, ids, strict=True))
    absorbed = heirs(ledger, dict(zip(ids, members, strict=True)), everything)
    return Assignment(ids=tuple(placed[i] for i in range(len(groups))), absorbed=absorbed)


def heirs(
    ledger: Ledger, groups: Mapping[str, Collection[Passage]], corpus: Iterable[Passage]
) -> dict[str, str | None]:
    """Return, for each job of the ledger that is no group now, the id of the group that holds at least half of it."""
    index = Index(frozenset(corpus))
    gone = {job_id: index.find(ledger.jobs[job_id].passages) for job_id in ledger.jobs if job_id not in groups}
    return {job_id: _holder(passages, groups) for job_id, passages in gone.items()}


def next_ledger(ledger: Ledger, jobs: Mapping[str, Collection[Passage]], names: Mapping[str, str]) -> Ledger:
    """Return the ledger after a run; jobs that it lost stay in it, so that an id comes back with its passages.

    Parameters
    ----------
    ledger : Ledger
        Before the run.
    jobs : Mapping[str, Collection[Passage]]
        What each id holds now.
    names : Mapping[str, str]
        What the machine calls each; a name that the ledger has already is kept.
    """
    known = {job_id: replace(entry, lost=True) for job_id, entry in ledger.jobs.items()}
    for job_id, passages in jobs.items():
        name = (known[job_id].name if job_id in known else "") or names.get(job_id, "")
        known[job_id] = Known(name=name, passages=tuple(sorted(passages)))
    return replace(ledger, jobs=dict(sorted(known.items())))


def corpus_hash(passages: Iterable[Passage], settings: str = "") -> str:
    """Return a hash of all passages of a run, and of the settings that decide how they are grouped."""
    body = sorted(f"{p.content}:{p.start_char}:{p.end_char}:{p.transcript_id}" for p in passages)
    return short_hash("\n".join([settings, *body]), 32)


def new_id(passages: Iterable[Passage], taken: Collection[str]) -> str:
    """Return ``J-`` and six hex digits of a hash of the passages, or more digits while that id is taken."""
    body = "\n".join(f"{p.content}:{p.start_char}:{p.end_char}" for p in sorted(set(passages)))
    digest = short_hash(body, 64)
    return next(f"J-{digest[:n]}" for n in range(_DIGITS, 65) if f"J-{digest[:n]}" not in taken)


def _rank(job_id: str, ledger: Ledger, made: Collection[str]) -> int:
    """Return 0 for jobs of the last run, 1 for those that a person made, 2 for those that are long gone."""
    return 2 if ledger.jobs[job_id].lost else int(job_id in made)


def _match(
    members: Sequence[frozenset[Passage]], before: Mapping[str, frozenset[Passage]], found: Mapping[int, str]
) -> dict[int, str]:
    """Add to ``found`` pairs of free groups and jobs, those with the greatest share first."""
    seen = frozenset().union(*before.values())
    shares = []
    for i in range(len(members)):
        shared = members[i] & seen if i not in found else frozenset()
        for job_id, passages in before.items() if shared else ():
            common = len(shared & passages)
            share = common / (len(shared) + len(passages) - common) if common else 0.0
            if share >= LEAST_SHARE:
                shares.append((-round(share, 9), job_id, i))
    pairs = dict(found)
    for _, job_id, i in sorted(shares):
        if i not in pairs and job_id not in pairs.values():
            pairs[i] = job_id
    return pairs


def _fresh_ids(members: Sequence[frozenset[Passage]], found: Mapping[int, str], taken: set[str]) -> list[str]:
    ids = []
    for i, group in enumerate(members):
        job_id = found.get(i) or new_id(group, taken)
        taken.add(job_id)
        ids.append(job_id)
    return ids


def _holder(passages: frozenset[Passage], groups: Mapping[str, Collection[Passage]]) -> str | None:
    counts = [(len(passages & frozenset(group)), job_id) for job_id, group in groups.items()]
    most, job_id = max(counts, key=lambda pair: (pair[0], pair[1]), default=(0, ""))
    return job_id if most and 2 * most >= len(passages) else None


class Index:
    """Finds passages of an earlier run among those of this one."""

    def __init__(self, corpus: Iterable[Passage]) -> None:
        self._corpus = corpus = frozenset(corpus)
        self._contents = {p.content for p in corpus}
        self._ids = {p.transcript_id for p in corpus}
        self._by_words: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
        self._anywhere: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in sorted(corpus):
            self._by_words[passage.transcript_id, passage.words].append(passage)
            self._anywhere[passage.words].append(passage)

    def find(self, passages: Iterable[Passage]) -> frozenset[Passage]:
        """Return them as this run knows them; in a transcript whose content changed, by their words in order.

        Where its name changed as well (people are hidden now, say), a sentence that was said once is known by its words.
        """
        kept: set[Passage] = set()
        used: Counter[tuple[str, str]] = Counter()
        for passage in sorted(passages):
            if passage.content in self._contents:
                kept |= {passage} & self._corpus
                continue
            if passage.transcript_id not in self._ids:
                same = self._anywhere.get(passage.words, [])
                kept |= set(same) if len(same) == 1 and passage.end_char - passage.start_char >= _LEAST_CHARS else set()
                continue
            key = passage.transcript_id, passage.words
            kept |= set(self._by_words.get(key, [])[used[key] : used[key] + 1])
            used[key] += 1
        return frozenset(kept)
