"""Reads Parquet: a transcript a row (with its turns, or as text), a turn a row, or a respondent a row; extra ``parquet``."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ...config import IngestionConfig
from ...errors import IngestionError
from ..access.limits import MEGABYTE
from ..turns.raw import RawTranscript
from .json_turns import LISTS
from .tables import read_rows
from .turn_lists import read_turn_lists

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
    listed = _listed(file.schema_arrow)
    if listed is None:
        yield from read_rows([columns, *(row for batch in file.iter_batches() for row in _rows(batch))], config, name)
        return
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH):
        yield from read_turn_lists(columns, list(_rows(batch)), listed, before=number, form="parquet")
        number += batch.num_rows


def _rows(batch: Any) -> Iterator[list[Any]]:
    """Yield rows by place: two columns may share a name."""
    return map(list, zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _listed(schema: Any) -> str | None:
    """Return the column that holds lists of turns, by its name and type."""
    lists = {field.name.casefold(): field.name for field in schema if _is_list(field.type)}
    return next((lists[name] for name in LISTS if name in lists), None)


def _is_list(kind: Any) -> bool:
    from pyarrow import types

    kinds = (types.is_list, types.is_large_list, types.is_fixed_size_list, types.is_list_view, types.is_large_list_view)
    return any(of_kind(kind) for of_kind in kinds)
