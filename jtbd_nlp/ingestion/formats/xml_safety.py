"""Refuses XML that declares a document type: no office file needs one, and entity bombs do."""

from __future__ import annotations

from xml.parsers import expat

from ...errors import IngestionError


class _RootReached(Exception):
    """The root element began: nothing dangerous can follow."""


def check_xml(data: bytes) -> None:
    """Parse up to the root element.

    Raises
    ------
    IngestionError
        If a document type is declared before it, or the XML is broken.
    """
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise IngestionError("declares XML entities, as entity bombs do. Save it again with an office program.")

    def stop(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, True)
    except _RootReached:
        return
    except (expat.ExpatError, ValueError) as error:
        raise IngestionError(f"holds broken XML ({error}). Save it again.") from error
