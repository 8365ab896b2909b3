"""Says what changed between two reports, job by job and quote by quote: two reports in, a `Diff` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..records import SLOTS, Job, Quote, Transcript

if TYPE_CHECKING:
    from ..reporting import JobReport

FORMAT = 1
_SHARE = 0.2  # part of a job's quotes that must go to another one before it counts as split or merged
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobChange:
    """One job and what happened to it; ``others`` are the jobs that it came from or went to."""

    job_id: str
    name: str
    gained: int = 0
    dropped: int = 0
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A quote that was in one job and is in another now; None stands for no job."""

    transcript_id: str
    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A name or a slot that reads differently now."""

    job_id: str
    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What changed from one report to the next; all in the order of job ids.

    A job counts as ``grown`` or ``shrunk`` by quotes of transcripts that are new or were taken away as well as by
    moved ones; ``moved`` lists only quotes whose transcript reads the same in both reports.
    """

    new: tuple[JobChange, ...] = ()
    grown: tuple[JobChange, ...] = ()
    shrunk: tuple[JobChange, ...] = ()
    split: tuple[JobChange, ...] = ()
    merged: tuple[JobChange, ...] = ()
    lost: tuple[JobChange, ...] = ()
    moved: tuple[Moved, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    new_quotes: int = 0
    transcripts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in (*_KINDS, "moved", "reworded")) or any(self.transcripts.values())

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, with ``format`` and the sentence of `summary`."""
        plain = asdict(self)
        plain["transcripts"] = {kind: list(names) for kind, names in sorted(self.transcripts.items())}
        return {"format": FORMAT, "summary": self.summary(), **plain}

    def without_old_words(self, after: JobReport) -> Diff:
        """Return the same without words and names that only the report before had: they may tell of people who are hidden now.

        Parameters
        ----------
        after : JobReport
            The later of the two reports.

        Returns
        -------
        Diff
        """
        names = {job.job_id: job.name for job in after.jobs}
        shown = {quote.text for job in after.jobs for quote in job.quotes} | {quote.text for quote in after.unclustered}

        def renamed(changes: tuple[JobChange, ...]) -> tuple[JobChange, ...]:
            return tuple(replace(c, name=names.get(c.job_id, _NOT_SHOWN)) for c in changes)

        return replace(
            self,
            split=renamed(self.split),
            lost=renamed(self.lost),
            moved=tuple(replace(m, text=m.text if m.text in shown else _NOT_SHOWN) for m in self.moved),
            reworded=tuple(replace(r, before=r.before and _NOT_SHOWN) for r in self.reworded),
            transcripts={kind: ids for kind, ids in self.transcripts.items() if kind not in ("removed", "renamed")},
        )

    def summary(self) -> str:
        """Return one line: "3 new quotes, 1 split, 0 lost" and what else there is."""
        counts = {"new job": len(self.new), "grown": len(self.grown), "shrunk": len(self.shrunk)}
        counts |= {"merged": len(self.merged), "reworded": len({change.job_id for change in self.reworded})}
        first = [_counted(self.new_quotes, "new quote"), f"{len(self.split)} split", f"{len(self.lost)} lost"]
        more = [_counted(n, what) if what == "new job" else f"{n} {what}" for what, n in counts.items() if n]
        return ", ".join([*first, *more, *([_counted(len(self.moved), "moved quote")] if self.moved else [])])

    def text(self) -> str:
        """Return the changes for reading, a line each; only the summary where nothing changed."""
        lines = [self.summary()]
        for kind, names in sorted(self.transcripts.items()):
            lines += [f"{kind} transcript: {name}" for name in names]
        for kind in _KINDS:
            lines += [f"{kind}: {_line(change)}" for change in getattr(self, kind)]
        lines += [f"reworded: {c.job_id} {c.what}: {_shown(c.before)} -> {_shown(c.after)}" for c in self.reworded]
        for quote in self.moved:
            where = f"{quote.before or '-'} -> {quote.after or '-'}"
            lines.append(f"moved: {where}: {_shown(quote.text)} ({quote.transcript_id})")
        return "\n".join(lines) + "\n"


_NOT_SHOWN = "(not shown)"
_KINDS = ("new", "grown", "shrunk", "split", "merged", "lost")


def diff_reports(before: JobReport, after: JobReport) -> Diff:
    """Compare two reports whose jobs have lasting ids.

    Parameters
    ----------
    before, after : JobReport
        Two runs of one study, or of two settings on the same transcripts.

    Returns
    -------
    Diff
    """
    renamed = _renamed(before, after)
    before = _as_renamed(before, renamed)
    old, new = {j.job_id: j for j in before.jobs}, {j.job_id: j for j in after.jobs}
    was, now = _holders(before), _holders(after)
    flows = _flows(was, now)
    kept = [job_id for job_id in sorted(new) if job_id in old]
    sizes = {job_id: _sizes(old[job_id], new[job_id]) for job_id in kept}

    def change(job: Job, others: tuple[str, ...] = (), size: tuple[int, int] = (0, 0)) -> JobChange:
        return JobChange(job_id=job.job_id, name=job.name, gained=size[0], dropped=size[1], others=others)

    split = {j: to for j in sorted(old) if len(to := _large(flows, j, len(_places(old[j])))) > 1}
    for part, source in _split_by_a_person(flows, old, new):
        split[source] = tuple(sorted({*split.get(source, (source,)), part}))
    merged = {j: came for j in sorted(new) if len(came := _sources(flows, j, old)) > 1}
    return Diff(
        new=tuple(change(new[j], size=(len(_places(new[j])), 0)) for j in sorted(new.keys() - old.keys())),
        grown=tuple(change(new[j], size=sizes[j]) for j in kept if sizes[j][0] > sizes[j][1]),
        shrunk=tuple(change(new[j], size=sizes[j]) for j in kept if sizes[j][0] < sizes[j][1]),
        split=tuple(change(old[j], tuple(o for o in to if o != j)) for j, to in sorted(split.items())),
        merged=tuple(change(new[j], tuple(o for o in came if o != j)) for j, came in merged.items()),
        lost=tuple(change(old[j], _large(flows, j, len(_places(old[j])))) for j in sorted(old.keys() - new.keys())),
        moved=_moved(before, after),
        reworded=tuple(r for j in kept for r in _reworded(old[j], new[j])),
        new_quotes=len({place for places in now.values() for place in places} - {p for ps in was.values() for p in ps}),
        transcripts={**_transcripts(before, after), "renamed": tuple(f"{a} -> {b}" for a, b in renamed.items())},
    )


def _renamed(before: JobReport, after: JobReport) -> dict[str, str]:
    """Return the transcripts whose file is the same under another name: a name alone makes no quote a new one."""
    was, now = ({t.transcript_id: _content(t) for t in report.transcripts} for report in (before, after))
    gone = {t: content for t, content in was.items() if content and t not in now}
    came = {t: content for t, content in now.items() if content and t not in was}  # nothing is known of empty ones
    counts = Counter(gone.values()), Counter(came.values())  # a table of answers is many transcripts of one content
    names = {content: t for t, content in came.items()}
    return {t: names[c] for t, c in sorted(gone.items()) if counts[0][c] == counts[1][c] == 1}


def _as_renamed(report: JobReport, renamed: Mapping[str, str]) -> JobReport:
    """Return a report with the names that its transcripts have now."""
    if not renamed:
        return report

    def moved(quote: Quote) -> Quote:
        old = quote.transcript_id
        new = renamed.get(old, old)
        segment = quote.segment_id and new + quote.segment_id.removeprefix(old)  # without one its place tells it apart
        return replace(quote, transcript_id=new, segment_id=segment)

    def named(transcript: Transcript) -> Transcript:
        return replace(transcript, transcript_id=renamed.get(transcript.transcript_id, transcript.transcript_id))

    jobs = tuple(replace(job, quotes=tuple(map(moved, job.quotes))) for job in report.jobs)
    return replace(report, jobs=jobs, transcripts=tuple(map(named, report.transcripts)))


def _places(job: Job) -> dict[Place, Quote]:
    """Return the job's supporting passages; slots of one sentence count once."""
    return {(q.transcript_id, q.segment_id or f"{q.start_char}-{q.end_char}"): q for q in job.quotes}


def _holders(report: JobReport) -> dict[str, dict[Place, Quote]]:
    return {job.job_id: _places(job) for job in report.jobs}


def _flows(was: Mapping[str, Mapping[Place, Quote]], now: Mapping[str, Mapping[Place, Quote]]) -> dict[Place, int]:
    """Return how many passages went from each job of before to each job of now."""
    flows = {(a, b): len(was[a].keys() & now[b].keys()) for a in sorted(was) for b in sorted(now)}
    return {pair: n for pair, n in flows.items() if n}


def _large(flows: Mapping[Place, int], job_id: str, size: int) -> tuple[str, ...]:
    return tuple(b for (a, b), n in flows.items() if a == job_id and n >= 2 and n >= _SHARE * size)


def _split_by_a_person(
    flows: Mapping[Place, int], old: Mapping[str, Job], new: Mapping[str, Job]
) -> Iterator[tuple[str, str]]:
    """Yield (new job, the job it came from) for what a person parted, however small the part is."""
    for job_id in sorted(new.keys() - old.keys()):
        if any(mark.startswith("split ") for mark in new[job_id].edits):
            size = len(_places(new[job_id]))
            yield from ((job_id, a) for (a, b), n in flows.items() if b == job_id and 2 * n > size)


def _sources(flows: Mapping[Place, int], job_id: str, old: Mapping[str, Job]) -> tuple[str, ...]:
    """Return the jobs of before that gave most of themselves to this one."""
    return tuple(a for (a, b), n in flows.items() if b == job_id and 2 * n >= len(_places(old[a])))


def _sizes(old: Job, new: Job) -> tuple[int, int]:
    was, now = _places(old).keys(), _places(new).keys()
    return len(now - was), len(was - now)


def _moved(before: JobReport, after: JobReport) -> tuple[Moved, ...]:
    texts = {t.transcript_id: _content(t) for t in before.transcripts}
    same = {t.transcript_id for t in after.transcripts if texts.get(t.transcript_id) == _content(t)}
    was, now = _jobs_by_place(before), _jobs_by_place(after)
    changed = [p for p in sorted(was.keys() | now.keys()) if p[0] in same and was.get(p, _NO)[0] != now.get(p, _NO)[0]]
    return tuple(
        Moved(
            transcript_id=place[0],
            text=(now.get(place) or was[place])[1],
            before=was.get(place, _NO)[0],
            after=now.get(place, _NO)[0],
        )
        for place in changed
    )


_NO: tuple[str | None, str] = (None, "")


def _jobs_by_place(report: JobReport) -> dict[Place, tuple[str | None, str]]:
    return {place: (job, quote.text) for job, places in _holders(report).items() for place, quote in places.items()}


def _reworded(old: Job, new: Job) -> list[Reworded]:
    pairs = [("name", old.name, new.name)]
    pairs += [(slot, getattr(old.statement, slot), getattr(new.statement, slot)) for slot in SLOTS]
    return [Reworded(job_id=new.job_id, what=what, before=a, after=b) for what, a, b in pairs if a != b]


def _transcripts(before: JobReport, after: JobReport) -> dict[str, tuple[str, ...]]:
    was = {t.transcript_id: _content(t) for t in before.transcripts}
    now = {t.transcript_id: _content(t) for t in after.transcripts}
    return {
        "added": tuple(sorted(now.keys() - was.keys())),
        "changed": tuple(sorted(t for t in now.keys() & was.keys() if now[t] != was[t])),
        "removed": tuple(sorted(was.keys() - now.keys())),
    }


def _content(transcript: Transcript) -> str:
    """Return what a changed transcript would change: the hash of its file, since a report alone holds no texts."""
    return transcript.sha256 or transcript.text


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _line(change: JobChange) -> str:
    sizes = [f"{sign}{n}" for sign, n in (("+", change.gained), ("-", change.dropped)) if n]
    plural = "" if change.gained + change.dropped == 1 else "s"
    tail = f" ({', '.join(sizes)} quote{plural})" if sizes else ""
    return f"{change.job_id} {change.name}{tail}" + (f" <> {', '.join(change.others)}" if change.others else "")


def _shown(words: str | None) -> str:
    if words is None:
        return "(none)"
    flat = " ".join(words.split())
    return repr(flat if len(flat) <= 80 else flat[:77] + "...")
