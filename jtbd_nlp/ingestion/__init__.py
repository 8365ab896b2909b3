"""Files in, transcripts out: text, captions, documents, speech recognition, tables; nothing is dropped silently.

`read_sources` returns the transcripts with all warnings and participants; `iter_transcripts` yields one at a time for
sources too large to hold; `read_transcripts` is the public short form.

The rooms below each import only from those named before it: ``access``, ``turns``, ``formats``, ``speakers``.
"""

from __future__ import annotations

from .run import Notes
from .sources import IngestionResult, iter_transcripts, read_sources, read_transcripts

__all__ = ["IngestionResult", "Notes", "iter_transcripts", "read_sources", "read_transcripts"]
