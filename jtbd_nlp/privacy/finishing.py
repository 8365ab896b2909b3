"""Finishes a protected report: what did not come from the transcripts is scrubbed, quotes learn their origin."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..records import Quote
from .hiding.scrubbing import Scrubber
from .protection import Protection

if TYPE_CHECKING:
    from ..reporting import JobReport

_FROM_TRANSCRIPTS = ("transcripts", "segments", "tags", "coordinates")  # made of protected text alone


def apply_privacy(report: JobReport, protection: Protection) -> JobReport:
    """Return the report as it may be shown: scrubbed, each quote with its place in the original.

    Parameters
    ----------
    report : JobReport
        Mined from ``protection.transcripts``.
    protection : Protection
        What `protect` gave.

    Returns
    -------
    JobReport
        The same object where privacy is off.
    """
    if protection.scrubber is None:
        return report
    others = [f.name for f in dataclasses.fields(report) if f.name not in _FROM_TRANSCRIPTS]
    scrubbed = {name: protection.scrubber.value(getattr(report, name)) for name in others}
    scrubbed["provenance"] = _provenance(report, protection.scrubber)
    return dataclasses.replace(report, **{name: _placed(value, protection) for name, value in scrubbed.items()})


def _provenance(report: JobReport, scrubber: Scrubber) -> dict[str, Any]:
    """Scrub the provenance, but for the ids of transcripts: they are shown ones, even where they read like a person's."""
    ids = {t.transcript_id for t in report.transcripts}
    plain = dict(report.provenance)
    inputs = plain.pop("inputs", {})
    kept = {name if name in ids else scrubber.text(str(name)): digest for name, digest in dict(inputs).items()}
    return {**scrubber.value(plain), **({"inputs": kept} if kept else {})}


def _placed(value: Any, protection: Protection) -> Any:
    """Give every quote in a value its offsets in the original."""
    if isinstance(value, Quote):
        _, start, end = protection.original_span(value.transcript_id, value.start_char, value.end_char)
        return dataclasses.replace(value, original_start_char=start, original_end_char=end)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{f.name: _placed(getattr(value, f.name), protection) for f in dataclasses.fields(value)}
        )
    if isinstance(value, Mapping):
        return {k: _placed(v, protection) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_placed(v, protection) for v in value)
    return value
