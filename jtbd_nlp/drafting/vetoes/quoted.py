"""Place in a sentence in, whether it stands inside quotation marks out: words of a prompt or a letter, not of the speaker."""

from __future__ import annotations

import re

_ELIDED = r"(?:em|cause|cos|coz|til|till|bout|round|tis|twas|n)\b|\d0s"  # "tell 'em": no quotation begins
_SINGLE = re.compile(rf"(?<![\w’'])['‘](?=\w)(?!{_ELIDED})([^'‘’]|(?<=\w)['’](?=\w))+['’](?!\w)", re.I)
_LEAST_WORDS = 3  # one or two words in single marks are only set apart: a 'story draft'


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place stands inside quotation marks.

    Parameters
    ----------
    text : str
        A sentence.
    at : int
        A place in it.
    """
    before = text[:at]
    if before.count('"') % 2 == 1 or before.count("“") > before.count("”"):
        return True
    return any(m.start() < at < m.end() and len(m[0].split()) >= _LEAST_WORDS for m in _SINGLE.finditer(text))
