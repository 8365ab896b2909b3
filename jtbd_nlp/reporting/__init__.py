"""Turns the result of a run into a `JobReport`, and that into files: JSON, HTML, Markdown, CSV and data frames."""

from .files import write_bytes, write_text
from .report import SCHEMA_VERSION, JobReport

__all__ = ["SCHEMA_VERSION", "JobReport", "write_bytes", "write_text"]
