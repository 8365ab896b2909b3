"""Joins the edits of another curation file to those of a study: both in, those that are new out, under ids of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .curation import Edit, content_id


def without_known(edits: Iterable[Edit], known: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that are not among the known ones: an id alone does not tell, people write them by hand too.

    Parameters
    ----------
    edits : Iterable[Edit]
        With the ids that somebody gave them.
    known : Iterable[Edit]
        Those of the study; one whose id was taken when it came in has a fresh one there.

    Returns
    -------
    tuple[Edit, ...]
        In their order.
    """
    held = tuple(known)
    ids, said = {edit.edit_id for edit in held}, {_said(edit) for edit in held}
    return tuple(edit for edit in edits if edit.edit_id not in ids or _said(edit) not in said)


def with_ids_apart(edits: Iterable[Edit], known: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of another file with other ids where a known edit has theirs; their undos follow them.

    An undo in that file means the edit of its own file: by the id alone it would take back somebody else's.

    Parameters
    ----------
    edits : Iterable[Edit]
        In order of time, with the ids that somebody gave them.
    known : Iterable[Edit]
        Those of the study.

    Returns
    -------
    tuple[Edit, ...]
        In their order. One that the study has under another id gets that one.
    """
    held = {edit.edit_id: _said(edit) for edit in known}
    names: dict[str, str] = {}
    apart = []
    for edit in edits:
        own = replace(edit, edit=names.get(edit.edit or "", edit.edit))
        if held.get(edit.edit_id, _said(own)) != _said(own):
            own = _with_its_job(own)
            said = _said(own)
            same = (edit_id for edit_id, other in held.items() if other == said)
            names[edit.edit_id] = next(same, content_id(said.to_dict()))
        apart.append(replace(own, edit_id=names.get(edit.edit_id, edit.edit_id)))
    return tuple(apart)


def _with_its_job(edit: Edit) -> Edit:
    """Return an edit that names the job that it makes: the id of that is a hash of the edit's, which is to change."""
    return edit if edit.made is None else replace(edit, into=edit.made)


def _said(edit: Edit) -> Edit:
    """Return what an edit says, whoever wrote it down, under whatever id."""
    return replace(edit, edit_id="", by=None)
