"""Takes results where a team uses them, and other people's codes in: REFI-QDA, spreadsheets, notes, backlogs."""

from __future__ import annotations

from .agreement import agreement, cohen_kappa, krippendorff_alpha
from .backlog import to_backlog
from .codings import codes_to_edits, person_codings
from .exporting import Comparison, compare_codes, export_report
from .notes import lone_notes, write_notes
from .phrases import phrase_bank
from .qda import QdaProject, project_of
from .refi_qda import read_qdc, read_qdpx, validate_qdpx, write_qdc, write_qdpx
from .tables import write_jsonl, write_parquet, write_parquet_tables, write_xlsx

__all__ = [
    "Comparison",
    "QdaProject",
    "agreement",
    "codes_to_edits",
    "cohen_kappa",
    "compare_codes",
    "export_report",
    "krippendorff_alpha",
    "lone_notes",
    "person_codings",
    "phrase_bank",
    "project_of",
    "read_qdc",
    "read_qdpx",
    "to_backlog",
    "validate_qdpx",
    "write_jsonl",
    "write_notes",
    "write_parquet",
    "write_parquet_tables",
    "write_qdc",
    "write_qdpx",
    "write_xlsx",
]
