"""Builds the report page: a `JobReport` in, one HTML file out that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING, Any

from ..checking import clean_text
from .page_data import page_data

if TYPE_CHECKING:
    from .report import JobReport

_STYLES = ("base.css", "layout.css", "parts.css")
_SCRIPTS = (
    "dom.js", "model.js", "focus.js", "edits.js", "links.js", "saving.js", "filter.js", "list.js", "job.js", "evidence.js", "source.js",
    "timeline.js", "moving.js", "people.js", "wishes.js", "overview.js", "map.js", "leftover.js", "dialogs.js", "main.js",
)  # fmt: skip
_DATA_HERE = "<data goes here>"  # no title can hold it, since signs are escaped
_ITEMS = 200


def to_html(report: JobReport, *, title: str = "Jobs to be done") -> str:
    """Return the report page.

    All that comes from transcripts or people sits in one JSON block, which the page shows as text and never as markup;
    the content security policy lets only the page's own script and style run and allows no network.

    Parameters
    ----------
    report : JobReport
        What to show.
    title : str, default="Jobs to be done"
        Of the document.

    Returns
    -------
    str
        HTML in UTF-8, the same for the same report.
    """
    return "".join(html_pieces(report, title=title))


def html_pieces(report: JobReport, *, title: str = "Jobs to be done") -> Iterator[str]:
    """Yield the text of `to_html` in pieces: a large study's data is never held whole as text."""
    import jinja2

    style = _asset(*_STYLES)
    script = '"use strict";\n(() => {\n' + _asset(*_SCRIPTS) + "})();\n"
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string(_asset("page.html"))
    page = template.render(
        title=clean_text(title),
        policy=_policy(style, script),
        style=_raw(style),
        script=_raw(script),
        data=_raw(_DATA_HERE),
    )
    head, _, tail = page.partition(_DATA_HERE)
    yield head
    yield from _embedded({"title": title, **page_data(report)})
    yield tail


def _embedded(value: dict[str, Any]) -> Iterator[str]:
    """Yield what `embed_json` gives for an object, some items of its long lists at a time."""
    start = "{"
    for key, item in value.items():
        yield f"{start}{embed_json(key)}:"
        start = ","
        if isinstance(item, list) and item:
            for i in range(0, len(item), _ITEMS):
                yield ("," if i else "[") + embed_json(item[i : i + _ITEMS])[1:-1]
            yield "]"
        else:
            yield embed_json(item)
    yield "}"


def embed_json(value: Any) -> str:
    """Return JSON that cannot end its script element or open a comment in it: no ``<``, ``>`` or ``&`` at all."""
    text = clean_text(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(style: str, script: str) -> str:
    # 'self' is what lets the page send edits to `jtbd-nlp serve`; from disk it allows nothing.
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        f"connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _raw(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # our own assets, and JSON from embed_json


def _asset(*names: str) -> str:
    folder = resources.files(__package__) / "templates"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
