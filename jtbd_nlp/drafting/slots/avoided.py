"""Words of a goal that is told by what is not wanted in, the same in good English out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_LONGER = re.compile(r"\Aavoid (.+?) (?:anymore|any more|any longer)\Z")


def without_any(tokens: Iterable[Token]) -> dict[int, str]:
    """Return the edits that take out "any" where "avoid" stands for "not": "I won't wait any two weeks"."""
    return {
        t.i: ""
        for t in tokens
        if t.lower_ == "any" and t.dep_ == "det" and (t.head.tag_ == "NNS" or t.nbor(1).like_num)
    }


def no_longer(text: str) -> str:
    """Say "stop being late" for "avoid being late anymore"."""
    return _NO_LONGER.sub(r"stop \1", text)
