"""`JobReport`: the result of a run; records in, files and data frames out, and back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..records import ForceTold, Job, Quote, Row, Segment, SentenceTags, Solution, Transcript, Warn, Wish

if TYPE_CHECKING:
    import pandas as pd

    from .display import TaggedTranscript

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JobReport:
    """All that a run found, with what it was found in.

    Parameters
    ----------
    jobs : tuple[Job, ...]
        Draft jobs, strongest first.
    unclustered : tuple[Quote, ...]
        Passages that support no job; ``reason`` of each says why.
    transcripts : tuple[Transcript, ...]
        All that were read, with their text.
    warnings : tuple[Warn, ...]
        What the user must know, files that could not be read among it.
    config : Mapping[str, Any]
        Settings as they were used, by section.
    provenance : Mapping[str, Any]
        Version, models and inputs with their sha256. No time stamps: the same input gives the same bytes.
    segments : tuple[Segment, ...]
        Sentence-sized units in reading order.
    tags : Mapping[str, SentenceTags]
        By segment id.
    participants : tuple[Row, ...]
        A row for each transcript and speaker: ``transcript_id``, ``speaker``, ``participant_id`` and the columns of the
        participants file.
    coordinates : Mapping[str, tuple[float, float]]
        Segment id to its place on the map of passages; empty: no map.
    saturation : tuple[float, ...]
        Mean number of jobs heard of after 1, 2, ... interviews; empty: not computed.
    wishes : tuple[Wish, ...]
        What participants of the whole study answered when asked for a wish, or for what was not talked about.
    forces : tuple[ForceTold, ...]
        What moves people, over the whole study: the forces of the jobs, and sentences of no job that can be trusted.
    solutions : tuple[Solution, ...]
        What people hire today, over the whole study; names that no job bears out only where they are beyond doubt.

    Notes
    -----
    ``JobReport.load(folder)`` after ``report.save(folder)`` gives an equal report, but for floats, which are rounded to
    4 digits.
    """

    jobs: tuple[Job, ...] = ()
    unclustered: tuple[Quote, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    warnings: tuple[Warn, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)
    segments: tuple[Segment, ...] = ()
    tags: Mapping[str, SentenceTags] = field(default_factory=dict)
    participants: tuple[Row, ...] = ()
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    saturation: tuple[float, ...] = ()
    wishes: tuple[Wish, ...] = ()
    forces: tuple[ForceTold, ...] = ()
    solutions: tuple[Solution, ...] = ()

    def to_frame(self, name: str = "jobs") -> pd.DataFrame:
        """Return one table of the report.

        Parameters
        ----------
        name : str, default="jobs"
            One of jobs, quotes, tags, segments, forces, solutions, participants, wishes, gaps, lint, left_out, warnings.

        Returns
        -------
        pandas.DataFrame
            Columns are documented in docs/report.md; the same ones, of the same types, whatever the number of rows.

        Raises
        ------
        InvalidParameterError
            If there is no table of that name.
        """
        from .frames import build_frame

        return build_frame(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole report as plain values: the keys of report.json, segments with their tags, and texts."""
        from .saving import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, origin: str = "report") -> JobReport:
        """Build from what `to_dict` gave, or from report.json alone (then without texts and segments).

        Parameters
        ----------
        data : Mapping[str, Any]
            Plain values; keys that nobody knows are passed over.
        origin : str, default="report"
            Named in errors.

        Returns
        -------
        JobReport

        Raises
        ------
        StudyError
            If a key is missing or of the wrong type, or the schema is newer than this version knows.
        """
        from .saving import from_dict

        return from_dict(data, origin)

    def save(self, folder: Path | str, *, parquet: bool = False) -> Path:
        """Write report.json, .html, .md, jobs.csv, quotes.csv, segments.jsonl and the transcripts.

        Each file appears whole or not at all; ``report.json`` comes last, so a folder that has one is complete.

        Parameters
        ----------
        folder : Path or str
            Made where absent; files of an earlier report are replaced, and those of its transcripts that this one has not
            are removed. What is not ours stays.
        parquet : bool, default=False
            Also write each table as Parquet in parts, below ``tables/`` (extra ``parquet``).

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        StudyError
            If the folder cannot be written, or holds transcripts of yours under the names to be written.
        MissingExtraError
            If Parquet is asked for and pyarrow is not installed.
        """
        from .saving import save

        return save(self, Path(folder), parquet=parquet)

    @classmethod
    def load(cls, path: Path | str) -> JobReport:
        """Read what `save` wrote.

        Parameters
        ----------
        path : Path or str
            The folder, or its report.json.

        Returns
        -------
        JobReport
            Without the other files beside report.json: no texts and no segments, and a warning that says so.

        Raises
        ------
        StudyError
            If there is no report there, or it cannot be used.
        """
        from .saving import load

        return load(Path(path))

    def to_markdown(self) -> str:
        """Return the report for reading, as Markdown in which no quote can act as markup."""
        from .markdown import to_markdown

        return to_markdown(self)

    def to_html(self, *, title: str = "Jobs to be done") -> str:
        """Return the report page: one HTML file that needs no network and works from disk.

        Parameters
        ----------
        title : str, default="Jobs to be done"
            Of the page.

        Returns
        -------
        str
            The same for the same report.
        """
        from .page import to_html

        return to_html(self, title=title)

    def coverage(self) -> dict[str, Any]:
        """Count the participants' struggles and how many of them some job uses.

        Returns
        -------
        dict[str, Any]
            ``n_struggles``, ``n_used`` (quoted by some job, and not as told nearby), ``n_nearby`` (only told nearby),
            ``share`` in [0, 1] or None without struggles, ``n_passages`` (participant segments that are no
            back-channel) and ``n_unclustered``.
        """
        from .coverage import count_coverage

        return count_coverage(self)

    def timeline(self, participant_id: str) -> tuple[Quote, ...]:
        """Return what a participant tells of the steps of a switch, in the order of the switch.

        Parameters
        ----------
        participant_id : str
            Of a participant.

        Returns
        -------
        tuple[Quote, ...]
            Whole sentences, each with its ``stage``: from first thought to satisfied or not, then by place. Of a report
            without its texts, the quotes that jobs have of them. Empty where no step is told.

        Raises
        ------
        InvalidParameterError
            If the report has no such participant.
        """
        from .timelines import timeline_of

        return timeline_of(self, participant_id)

    def tagged(self, transcript_id: str) -> TaggedTranscript:
        """Return one transcript that a notebook shows sentence by sentence with its tags.

        Parameters
        ----------
        transcript_id : str
            Of one of ``.transcripts``.

        Returns
        -------
        TaggedTranscript

        Raises
        ------
        InvalidParameterError
            If the report has no transcript of that id.
        """
        from .display import tagged_transcript

        return tagged_transcript(self, transcript_id)

    def __repr__(self) -> str:
        """Say how much it holds: all of it would be megabytes of interviews."""
        from .telling import n_of

        held = (("job", self.jobs), ("transcript", self.transcripts), ("warning", self.warnings))
        return f"JobReport({', '.join(n_of(len(items), name) for name, items in held)})"

    def _repr_html_(self) -> str:
        from .display import report_html

        return report_html(self)
