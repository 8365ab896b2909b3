"""Reads Parquet: a transcript a row (with its turns, or as text), a turn a row, or a respondent a row; extra ``parquet``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...config import IngestionConfig
from ...errors import IngestionError
from ..access.limits import MEGABYTE
from ..turns.raw import RawTranscript
from .json_tools import first_of
from .json_turns import IDS, LISTS, read_turn_row
from .tables import read_rows

_BATCH = 256  # rows in memory at a time where each is a transcript


def read_parquet(data: bytes, config: IngestionConfig, name: str) -> Iterator[RawTranscript]:
    """Yield the transcripts of a Parquet file.

    Parameters
    ----------
    data : bytes
        The file.
    config : IngestionConfig
        Limits, and text columns of surveys.
    name : str
        Of the file, without its ending.

    Yields
    ------
    RawTranscript
        One a row where a column holds lists of turns; else as `jtbd_nlp.ingestion.formats.tables.read_rows` does.

    Raises
    ------
    IngestionError
        If pyarrow is absent, the file is damaged, or it unpacks to more than ``max_unpacked_mb``.
    """
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise IngestionError("needs pyarrow to be read. Run: pip install 'jtbd_nlp[parquet]'") from error
    file = pq.ParquetFile(io.BytesIO(data))
    unpacked = sum(file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups))
    if unpacked > config.max_unpacked_mb * MEGABYTE:
        raise IngestionError(
            f"must unpack to at most {config.max_unpacked_mb} MB, got {unpacked / MEGABYTE:,.0f} MB. Write it in "
            "parts, or raise max_unpacked_mb in [ingestion]."
        )
    columns = file.schema_arrow.names
    listed = next((c for c in LISTS if c in columns and _is_list(file.schema_arrow.field(c).type)), None)
    if listed is None:
        rows = [[row[c] for c in columns] for batch in file.iter_batches() for row in batch.to_pylist()]
        yield from read_rows([columns, *rows], config, name)
        return
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH):
        for row in batch.to_pylist():
            number += 1
            named = first_of(row, IDS)
            own = str(named) if isinstance(named, (str, int)) else f"row {number}"
            yield replace(read_turn_row({**row, listed: row[listed] or []}, own), format="parquet")


def _is_list(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))
