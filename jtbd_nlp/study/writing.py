"""Writes edits into the text of a curation file: the text as it is and new edits in, the text with them at its end out.

What a person wrote in the file by hand, comments and spacing among it, stays as it is: new edits are appended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.items import AoT

from .checking import FORMAT
from .curation import Edit, parse_curation, unique_ids

HEAD = f"""# What people decided about the jobs of this study, oldest first. Made by commands, by Python, by the
# report page, or by hand: each [[edit]] is one decision, applied on every run. Undo one with op = "undo".
# All operations: docs/studies.md of jtbd_nlp.
format = {FORMAT}
"""


def append_edits(text: str, edits: Sequence[Edit]) -> tuple[str, tuple[Edit, ...]]:
    """Add edits at the end of a curation file.

    Parameters
    ----------
    text : str
        The file as it is; empty for a new one.
    edits : Sequence[Edit]
        In order of time. One whose id is taken gets a fresh one.

    Returns
    -------
    tuple[str, tuple[Edit, ...]]
        The new text, which begins with the old one byte for byte, and the edits as they were written.

    Raises
    ------
    StudyError
        If the text is no curation file.
    """
    known = parse_curation(text)
    fresh = unique_ids(edits, [edit.edit_id for edit in known])
    old = text if text.strip() else HEAD
    added = "".join("\n" + _table(edit) for edit in fresh)
    return old + ("" if old.endswith("\n") else "\n") + added, fresh


def write_curation(edits: Sequence[Edit]) -> str:
    """Return a whole new file with these edits."""
    return append_edits("", edits)[0]


def _table(edit: Edit) -> str:
    """Return one edit. It begins and ends with its id: of lines that two edits share there git would keep one in a merge."""
    document = tomlkit.document()
    table = tomlkit.table()
    values = edit.to_dict()
    for key in [*(key for key in values if key != "id"), "id"]:
        table.add(key, _item(values[key]) if key == "quotes" else values[key])
    listed: AoT = tomlkit.aot()
    listed.append(table)
    document.append("edit", listed)
    return tomlkit.dumps(document).replace("[[edit]]", f"[[edit]]  # {edit.edit_id}", 1)


def _item(quotes: Any) -> Any:
    """Return quotes as one inline table a line, so that git shows each."""
    array = tomlkit.array()
    array.multiline(multiline=True)
    for quote in quotes:
        row = tomlkit.inline_table()
        row.update(quote)
        array.append(row)
    return array
