"""The edits of a study as methods: job ids, quotes and words in, one more `Edit` in curation.toml out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..errors import StudyError
from ..records import Job, Quote
from ..story import without_lead
from .checking import QuoteKey
from .curation import Edit, active_edits, edit_from_dict

if TYPE_CHECKING:
    from ..reporting import JobReport

AnyQuote = Quote | QuoteKey | Mapping[str, Any]


class Editing:
    """What a person can do to the jobs of a study; each method returns the `Edit` that it wrote.

    All take effect at the next ``mine()``, which is quick: the models have nothing to do.
    """

    by: str | None

    if TYPE_CHECKING:

        @property
        def report(self) -> JobReport: ...  # noqa: D102
        def record(self, *edits: Edit) -> tuple[Edit, ...]: ...  # noqa: D102
        def history(self) -> tuple[Edit, ...]: ...  # noqa: D102

    def rename(self, job: str, name: str) -> Edit:
        """Give a job a name."""
        return self._write("rename", job=self._job(job), name=name)

    def reword(self, job: str, slot: str, text: str | None) -> Edit:
        """Put words into a slot of a job's statement (situation, motivation, outcome); None empties it."""
        return self._write("reword", job=self._job(job), slot=slot, text=without_lead(slot, text or ""))

    def merge(self, first: str, *others: str) -> Edit:
        """Make one job of several; the first keeps its id and name."""
        return self._write("merge", jobs=[self._job(first), *(self._job(other) for other in others)])

    def split(self, job: str, quotes: Iterable[AnyQuote], *, name: str | None = None) -> Edit:
        """Take quotes out of a job and make a new one of them; its id is ``.into`` of the result."""
        return self._make("split", job=self._job(job), quotes=_plain(quotes), name=name)

    def create(
        self,
        quotes: AnyQuote | Iterable[AnyQuote],
        *,
        name: str | None = None,
        situation: str | None = None,
        motivation: str | None = None,
        outcome: str | None = None,
    ) -> Edit:
        """Make a job that the machine missed; its id is ``.into`` of the result.

        Parameters
        ----------
        quotes : quote or iterable of quotes
            One or more that tell of it: passages that were left out, or quotes of other jobs, which then leave them.
        name : str or None, default=None
            None takes the motivation, where you give one, else what the statement says.
        situation, motivation, outcome : str or None, default=None
            In your words; what you do not give is drafted from the quotes.

        Returns
        -------
        Edit

        Raises
        ------
        StudyError
            If there is no quote.
        """
        given = {"situation": situation, "motivation": motivation, "outcome": outcome}
        words = {slot: text and without_lead(slot, text) for slot, text in given.items()}
        return self._make("create", quotes=_plain(quotes), name=name, **words)

    def move(self, quotes: AnyQuote | Iterable[AnyQuote], to: str, *, job: str | None = None) -> Edit:
        """Move quotes to another job; ``job`` names the one that they are in now, and may be left out."""
        if job is not None and job == to:
            raise StudyError(f"a move must be to another job, got {to!r} for both. To keep quotes in a job, pin them.")
        return self._write("move", quotes=_plain(quotes), to=self._job(to), job=job and self._job(job))

    def pin(self, job: str, quotes: Iterable[AnyQuote] | None = None) -> Edit:
        """Keep quotes (all that the job has now, where None) together in this job, whatever later runs find."""
        self._job(job)
        held = self._find(job).quotes if quotes is None else quotes
        return self._write("pin", job=job, quotes=_plain(held))

    def exclude(self, quotes: str | AnyQuote | Iterable[AnyQuote], *, job: str | None = None) -> Edit:
        """Take quotes out of the evidence, of one job or of all; a job id instead leaves out that whole job."""
        if isinstance(quotes, str):
            return self._write("exclude", job=self._job(quotes))
        return self._write("exclude", quotes=_plain(quotes), job=job and self._job(job))

    def must_link(self, *quotes: AnyQuote) -> Edit:
        """Say that passages tell of one job."""
        return self._write("must_link", quotes=_plain(quotes))

    def cannot_link(self, *quotes: AnyQuote) -> Edit:
        """Say that no two of these passages tell of one job."""
        return self._write("cannot_link", quotes=_plain(quotes))

    def review(self, job: str, *, reviewed: bool = True) -> Edit:
        """Mark a job as reviewed, or take the mark away."""
        return self._write("review", job=self._job(job), reviewed=None if reviewed else False)

    def note(self, job: str, text: str) -> Edit:
        """Put a note to a job; an empty one takes it away."""
        return self._write("note", job=self._job(job), text=text)

    def undo(self, edit: str | Edit | None = None) -> Edit:
        """Take an edit back; None takes the last one that counts. An undo can be undone.

        Raises
        ------
        StudyError
            If there is no such edit.
        """
        if edit is None:
            edit = next(iter(reversed(active_edits(self.history()))), None)
        known = [e.edit_id for e in self.history()]
        edit_id = edit.edit_id if isinstance(edit, Edit) else edit
        if edit_id is None or edit_id not in known:
            raise StudyError(f"edit must be one of the history, got {edit_id!r}. Known: {', '.join(known) or 'none'}.")
        return self._write("undo", edit=edit_id)

    def _draft(self, op: str, **values: Any) -> dict[str, Any]:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        filled = {"op": op, "at": now, "by": self.by, **values}
        return {key: value for key, value in filled.items() if value is not None}

    def _write(self, op: str, **values: Any) -> Edit:
        return self.record(edit_from_dict(self._draft(op, **values)))[0]

    def _make(self, op: str, **values: Any) -> Edit:
        """Write an edit that makes a job, with the id of that job: a study that is copied keeps it."""
        draft = edit_from_dict(self._draft(op, **values))
        return self.record(edit_from_dict({**draft.to_dict(), "into": draft.made}))[0]

    def _find(self, job_id: str) -> Job:
        return next(job for job in self.report.jobs if job.job_id == job_id)

    def _job(self, job_id: str) -> str:
        """Return the id after checking that the last report has it, so that a slip is noticed at once."""
        known = [job.job_id for job in self.report.jobs]
        if job_id not in known:
            near = difflib.get_close_matches(str(job_id), known, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]!r}?" if near else "Copy it from the list: jtbd-nlp jobs STUDY"
            raise StudyError(f"job must be one of the last report, got {job_id!r}. {hint}")
        return job_id


def _plain(quotes: AnyQuote | Iterable[AnyQuote]) -> list[dict[str, Any]]:
    listed = list(quotes) if isinstance(quotes, Iterable) and not isinstance(quotes, str | Mapping) else [quotes]
    keys = ("transcript_id", "start_char", "end_char", "text")
    return [{key: _part(quote, key) for key in keys} for quote in listed]


def _part(quote: Any, key: str) -> Any:
    """Return a part of a quote; what is none, words alone say, is refused: a place is needed."""
    try:
        return quote[key] if isinstance(quote, Mapping) else getattr(quote, key)
    except (KeyError, AttributeError):
        raise StudyError(
            f"a quote must have transcript_id, start_char, end_char and text, got {quote!r:.80}. "
            "Take it from the report: a quote of a job, or of report.unclustered."
        ) from None
