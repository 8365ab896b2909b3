"""Shows tagged sentences as HTML: in: sentences and their tags, out: a self-contained piece of HTML for a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from ..records import SPANS, SentenceTags

COLOURS = {
    "situation": "#cfe3ff", "motivation": "#d6f2d0", "outcome": "#ffe3b8", "solution": "#e6dcff",
    "struggle": "#c0392b", "desire": "#1e7d34", "emotion": "#b3620e",
}  # fmt: skip
_STYLE = (
    "<style>.jtbd{font:15px/2.1 system-ui,sans-serif;color:#1c1c1c;background:#fff;max-width:62em;padding:1em}"
    ".jtbd p{margin:.2em 0 .2em 0;padding-left:.8em;border-left:4px solid #eee}"
    ".jtbd mark{padding:.15em .25em;border-radius:.3em;color:inherit}"
    ".jtbd mark small{font-size:.62em;font-weight:700;text-transform:uppercase;margin-left:.4em;opacity:.7}"
    ".jtbd u{text-decoration-thickness:2px;text-underline-offset:4px}"
    ".jtbd .tag{font-size:.7em;border:1px solid;border-radius:1em;padding:.05em .6em;margin-left:.4em}"
    "</style>"
)


def tags_to_html(sentences: Sequence[str], tags: Sequence[SentenceTags]) -> str:
    """Draw sentences with their spans as coloured marks, cue words underlined, labels behind.

    Parameters
    ----------
    sentences : sequence of str
        As given to `tag_sentences`.
    tags : sequence of SentenceTags
        One for each.

    Returns
    -------
    str
        HTML with its style, no script; every text of the transcript is escaped.
    """
    rows = [f"<p>{_marked(text, found)}{_badges(found)}</p>" for text, found in zip(sentences, tags, strict=True)]
    return f'{_STYLE}<div class="jtbd">{"".join(rows)}</div>'


def _marked(text: str, tags: SentenceTags) -> str:
    """Cut the text where any span or cue begins or ends, and open and close what holds there."""
    spans = [(slot, *tags.spans[slot]) for slot in SPANS if slot in tags.spans]
    cues = [(c.label, c.start, c.end) for c in tags.cues if c.source != "span"]
    edges = sorted({0, len(text), *(e for _, start, end in spans + cues for e in (start, end))})
    return "".join(_piece(text, start, end, spans, cues) for start, end in pairwise(edges))


def _piece(text: str, start: int, end: int, spans: list[tuple[str, int, int]], cues: list[tuple[str, int, int]]) -> str:
    words = escape(text[start:end])
    cue = next((label for label, a, b in cues if a <= start and end <= b), None)
    if cue:
        words = f'<u style="text-decoration-color:{COLOURS.get(cue, "#555")}">{words}</u>'
    holding = [(slot, b) for slot, a, b in spans if a <= start and end <= b]
    if not holding:
        return words
    name = "".join(f"<small>{slot}</small>" for slot, b in holding if b == end)
    return f'<mark style="background:{COLOURS[holding[-1][0]]}">{words}{name}</mark>'


def _badges(tags: SentenceTags) -> str:
    shown = [label for label in ("struggle", "desire", "emotion") if label in tags.labels]
    texts = [(label, tags.emotion if label == "emotion" and tags.emotion else label) for label in shown]
    badges = [f'<span class="tag" style="color:{COLOURS[label]}">{escape(text)}</span>' for label, text in texts]
    if tags.stance != "own":
        badges.append(f'<span class="tag" style="color:#777">{escape(tags.stance)}</span>')
    return "".join(badges)
