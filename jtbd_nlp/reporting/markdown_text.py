"""Words of a report in, Markdown out in which none of them acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..checking import clean_text
from ..records import Quote
from .times import clock

# All that opens markup in CommonMark, GFM, Obsidian or Notion, and template braces of site generators.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&#$^=%])|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+:])")


def escape_markdown(text: str) -> str:
    """Return text on one line that every Markdown reader shows as it is: nothing in it becomes markup or a link.

    Parameters
    ----------
    text : str
        Anything; line ends become spaces, invisible controls and direction overrides go.

    Returns
    -------
    str
    """
    line = " ".join(_INVISIBLE.sub("", clean_text(text)).split())
    escaped = _MARKUP.sub(lambda m: "\\" + m.group(), line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def listed(items: Iterable[str]) -> str:
    """Return items on one line."""
    return ", ".join(escape_markdown(item) for item in items)


def quote_line(quote: Quote, mark: str = "") -> str:
    """Return a quote as an item of a list: who said it, where, and what else there is to say of it."""
    where = ", ".join(
        part
        for part in (
            escape_markdown(quote.participant_id),
            "" if quote.transcript_id == quote.participant_id else escape_markdown(quote.transcript_id),
            clock(quote.start_s),
            escape_markdown(quote.slot or ""),
            mark,
        )
        if part
    )
    return f"- “{escape_markdown(quote.text)}” ({where})"
