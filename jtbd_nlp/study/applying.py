"""Applies what a person decided to what the machine found: groups and jobs in, curated groups and jobs out.

On each run, in this order: `Curator.constraints` before the clustering, `Curator.regroup` between clustering and
drafting, `Curator.finish` on the drafted jobs. Edits are replayed in order of time, so a later one wins; what cannot be
done as it was meant is a warning, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..records import Job, Segment, Transcript, Warn
from .curation import Edit, active_edits, lone_undos
from .identity import Index, assign_ids, corpus_hash, heirs, next_ledger, passages_of
from .ledger import Ledger, Passage
from .linking import constraints_of, contradictions, lone_passages, standing_links
from .locating import Locator
from .replaying import Replay
from .wording import reworded, without_quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedGroup:
    """A job to be: its lasting id, its passages as segment ids in reading order, and what a person did to it.

    ``held`` tells that a person decided which passages it has, and not only on its words.
    """

    job_id: str
    segment_ids: tuple[str, ...]
    edits: tuple[str, ...] = ()
    pinned: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """What the drafting shall work on.

    ``excluded`` are segments that a person took out of all jobs; ``unclustered`` those that belong to none; ``linked``
    those that a person wants with others or apart from them, or that stand in a job that was worked on; ``placed`` those
    that an edit of passages names: they stay where that puts them, and no other job words a slot from them.
    """

    groups: tuple[CuratedGroup, ...]
    excluded: tuple[str, ...] = ()
    unclustered: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    placed: tuple[str, ...] = ()
    warnings: tuple[Warn, ...] = ()


@dataclass(slots=True)
class Curator:
    """A person's edits and the ids of the last run, for one run of the pipeline.

    Without edits and ledger it only gives ids, so a pipeline needs no other way for a plain run.

    Parameters
    ----------
    edits : Sequence[Edit], default=()
        The whole curation in order of time, undone edits among them.
    ledger : Ledger
        Of the run before; after `finish`, ``self.ledger`` is the one to save.
    settings : str, default=""
        A hash of what decides the grouping: settings, models, version.
    """

    edits: Sequence[Edit] = ()
    ledger: Ledger = field(default_factory=Ledger)
    settings: str = ""
    _replay: Replay | None = None
    _seen: dict[str, set[str]] = field(default_factory=dict)  # the jobs before the edits, as a person saw them
    _named_now: Mapping[str, Sequence[str]] = field(default_factory=dict)  # the machine's groups
    _touched: set[str] = field(default_factory=set)  # jobs whose passages an edit changed or names
    _standing: set[str] = field(default_factory=set)  # jobs that were not merged into others
    _passages: dict[str, Passage] = field(default_factory=dict)

    def constraints(
        self, passages: Sequence[Segment], transcripts: Sequence[Transcript]
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the pairs of row numbers to keep together and apart; see `jtbd_nlp.study.linking.constraints_of`."""
        return constraints_of(self.edits, passages, transcripts, self._members(passages, transcripts))

    def handled(self, passages: Sequence[Segment], transcripts: Sequence[Transcript]) -> tuple[set[str], list[str]]:
        """Return the segments that edits speak of, and those that are all of a job which a person worked on."""
        locator = Locator(passages, transcripts)
        quotes = (quote for edit in active_edits(self.edits) for quote in edit.quotes)
        spoken_of = {s for quote in quotes if (s := locator.segment_id(quote)) is not None}
        return spoken_of, lone_passages(self.edits, self._members(passages, transcripts))

    def regroup(
        self, groups: Sequence[Sequence[str]], segments: Sequence[Segment], transcripts: Sequence[Transcript]
    ) -> Regrouped:
        """Give the groups their ids and apply the edits that move passages.

        Parameters
        ----------
        groups : Sequence[Sequence[str]]
            What the clustering found, as segment ids; disjoint.
        segments : Sequence[Segment]
            All of the run, grouped or not.
        transcripts : Sequence[Transcript]
            All of the run.

        Returns
        -------
        Regrouped
            Groups sorted by job id; none is empty. A group that a person made or pinned may be smaller than the
            settings ask: it stays.
        """
        locator = Locator(segments, transcripts)
        self._passages = passages_of(segments, transcripts)
        links = standing_links(self.edits, locator, self._members(segments, transcripts))
        same = corpus_hash(self._passages.values(), self.settings) == self.ledger.corpus
        named, absorbed = self._named([group for group in groups if group])
        self._seen, self._named_now = self._as_shown(named, same=same), named
        unseen = [j for j in self._seen if j not in self.ledger.jobs or not self.ledger.jobs[j].name]  # never a job
        replay = Replay({j: set(members) for j, members in self._seen.items()}, absorbed, locator, links, unseen)
        for edit in active_edits(self.edits):
            replay.apply(edit)
        self._replay = replay
        warnings = [*_of_nothing(self.edits), *contradictions(links, self.edits), *locator.warnings]
        found = self._regrouped(replay, segments, warnings)
        linked = {s for pair in (*links.must, *links.cannot) for s in pair}
        return replace(found, linked=tuple(sorted(linked)))

    def _as_shown(self, named: Mapping[str, Sequence[str]], *, same: bool) -> dict[str, set[str]]:
        """Return the jobs as a person saw them, which is what edits are about.

        A passage that backs another statement than its group's was shown there, and one that backs none in no job. In
        another corpus the groups are new; only what was merged stays together as it was seen.
        """
        here = {passage: segment_id for segment_id, passage in self._passages.items()}
        index = Index(here)
        merged = {job_id for edit in active_edits(self.edits) if edit.op == "merge" for job_id in edit.jobs}
        parts: dict[str, set[str]] = {}
        taken: set[str] = set()
        for job_id in sorted(named):
            seen = self.ledger.shown.get(job_id, ()) if same or job_id in merged else ()
            parts[job_id] = {here[p] for p in index.find(seen)} - taken
            taken |= parts[job_id]
        for job_id, members in named.items():
            if not same or job_id not in self.ledger.shown:
                parts[job_id] |= set(members) - taken
        return parts

    def _named(self, groups: Sequence[Sequence[str]]) -> tuple[dict[str, list[str]], Mapping[str, str | None]]:
        """Return the machine's groups by lasting id, and where jobs that are gone went; both go into the ledger.

        On the corpus and settings of the last run, its groups are taken again: the new ones may differ from them by
        what the edits asked of the clustering, and an edit of one job must not stir the others.
        """
        corpus = corpus_hash(self._passages.values(), self.settings)
        here = {passage: segment_id for segment_id, passage in self._passages.items()}
        if corpus == self.ledger.corpus:
            kept = self.ledger.groups
            absorbed = heirs(self.ledger, kept, self._passages.values())
            return {job_id: [here[p] for p in held if p in here] for job_id, held in kept.items()}, absorbed
        found = [[self._passages[s] for s in group] for group in groups]
        made = {edit.made for edit in self.edits if edit.made is not None}
        assigned = assign_ids(found, self.ledger, corpus=self._passages.values(), made=made)
        kept = {job_id: tuple(sorted(held)) for job_id, held in zip(assigned.ids, found, strict=True)}
        self.ledger = replace(self.ledger, groups=kept, corpus=corpus)
        return dict(zip(assigned.ids, map(list, groups), strict=True)), assigned.absorbed

    def finish(self, jobs: Iterable[Job]) -> tuple[tuple[Job, ...], tuple[Warn, ...]]:
        """Apply the edits of words to drafted jobs, mark each edited one, and renew the ledger.

        Parameters
        ----------
        jobs : Iterable[Job]
            Drafted from the groups of `regroup`, with their ids.

        Returns
        -------
        tuple[tuple[Job, ...], tuple[Warn, ...]]
            The jobs in their order; a job's name stays what it was in the last run unless a person renamed it. Lint
            them after this: a person's words deserve it as well.
        """
        drafted = list(jobs)
        replay = self._replay
        if replay is None:
            return tuple(drafted), ()
        machine = self._machine_names(drafted)
        parts = {
            part: [self._passages[s] for s in (self._named_now[part] if self._as_found(part) else members)]
            for part, members in replay.parts.items()
        }
        self.ledger = next_ledger(self.ledger, {part: held for part, held in parts.items() if held}, machine)
        self.ledger = replace(self.ledger, shown=self._shown(drafted))
        places = [place for quote in replay.struck if (place := replay.locator.place(quote)) is not None]
        finished = []
        for job in drafted:
            kept = without_quotes(replace(job, name=machine[job.job_id]), places)
            finished.append(reworded(kept, replay.wishes(job.job_id)))
        return tuple(finished), ()

    def _shown(self, drafted: Iterable[Job]) -> dict[str, tuple[Passage, ...]]:
        """Return what a person sees in each job before the edits: its quotes, or what is left of a group that is no job."""
        shown = {job.job_id: self._quoted(job) for job in drafted if self._as_found(job.job_id)}
        for part, seen in self._seen.items():
            if not self._as_found(part):
                shown[part] = tuple(sorted(self._passages[s] for s in seen))
        taken = {passage for held in shown.values() for passage in held}
        for part, members in self._named_now.items():
            shown.setdefault(part, tuple(sorted({self._passages[s] for s in members} - taken)))
        return shown

    def _as_found(self, job_id: str) -> bool:
        """Tell whether a job's passages are those of the machine's group, as far as others left them."""
        return job_id in self._standing and job_id in self._named_now and job_id not in self._touched

    def _quoted(self, job: Job) -> tuple[Passage, ...]:
        return tuple(sorted({self._passages[q.segment_id] for q in job.quotes if q.segment_id in self._passages}))

    def _machine_names(self, drafted: Sequence[Job]) -> dict[str, str]:
        """Return what the machine calls each job: what it called it before, and no new one as a job that keeps its name."""
        known = {j.job_id: self.ledger.jobs[j.job_id].name for j in drafted if j.job_id in self.ledger.jobs}
        names = {job_id: name for job_id, name in known.items() if name}
        taken = set(names.values())
        for job in drafted:
            if job.job_id not in names:
                tries = (job.name, *(f"{job.name} ({n})" for n in range(2, len(drafted) + 2)))
                names[job.job_id] = next(name for name in tries if name not in taken)
                taken.add(names[job.job_id])
        return names

    def _members(self, segments: Sequence[Segment], transcripts: Sequence[Transcript]) -> Mapping[str, list[str]]:
        """Return what each job of the ledger held, as segment ids of this run."""
        here = {passage: segment_id for segment_id, passage in passages_of(segments, transcripts).items()}
        index = Index(here)
        return {j: [here[p] for p in sorted(index.find(known.passages))] for j, known in self.ledger.jobs.items()}

    def _regrouped(self, replay: Replay, segments: Sequence[Segment], warnings: list[Warn]) -> Regrouped:
        order = {segment.segment_id: i for i, segment in enumerate(segments)}
        held = replay.result()
        edits = [edit for edit in active_edits(self.edits) if edit.quotes]
        placed = {s for edit in edits for q in edit.quotes if (s := replay.locator.segment_id(q)) is not None}
        self._standing = set(held)
        self._touched = {i for i, m in held.items() if m != self._seen.get(i) or m & placed}
        gone = placed.union(*(held[i] for i in self._touched), replay.excluded)
        # of a job whose passages nobody touched the machine words its own group again: it says what it said before
        held = {
            i: m if i in self._touched or i not in self._named_now else set(self._named_now[i]) - gone
            for i, m in held.items()
        }
        held = {job_id: members for job_id, members in held.items() if members}
        groups = tuple(
            CuratedGroup(
                job_id=job_id,
                segment_ids=tuple(sorted(members, key=order.__getitem__)),
                edits=tuple(replay.wishes(job_id).marks),
                pinned=job_id in replay.pinned,
                held=job_id in self._touched,
            )
            for job_id, members in sorted(held.items())
        )
        grouped = {s for group in groups for s in group.segment_ids}
        return Regrouped(
            groups=groups,
            excluded=tuple(sorted(replay.excluded, key=order.__getitem__)),
            unclustered=tuple(s for s in order if s not in grouped and s not in replay.excluded),
            placed=tuple(sorted(placed)),
            warnings=tuple([*warnings, *replay.warnings]),
        )


def _of_nothing(edits: Sequence[Edit]) -> Iterator[Warn]:
    """Yield a warning for each undo whose edit is not in the file."""
    for edit in lone_undos(edits):
        yield Warn(
            code="curation_edit_gone",
            message=f"Edit {edit.edit_id} (undo) names edit {edit.edit}, which curation.toml does not have: it takes "
            "nothing back. Copy the id from: jtbd-nlp history STUDY",
        )
