"""Words of a goal in, whether they are a manner of speaking and nobody's goal, out."""

from __future__ import annotations

import re

# "to be honest", "I'd like to say": manners of speaking, nobody's goal
_IDIOMS = (
    ("be", "honest"), ("be", "frank"), ("be", "fair"), ("say",), ("admit",), ("die",), ("put", "it"), ("speak",), ("tell", "truth"),
    ("think",), ("guess",), ("come",), ("go",), ("be", "clear"), ("mention",), ("thank",), ("add",), ("note",), ("share", "example"),
    ("make", "sense"),
    ("be", "nice"), ("mention", "issue"), ("mention", "that"), ("give", "example"), ("be", "able"),
    ("wave", "magic"), ("wonder",), ("remember", "when"), ("think", "about", "it"), ("chat",), ("see", "how", "goes"),
    ("know", "if", "laugh"), ("know", "whether", "laugh"),
)  # fmt: skip


def is_idiom(text: str) -> bool:
    """Tell whether words are a manner of speaking and no goal."""
    if re.match(r"know what i (?:do not|don['’]t) know", text, re.I):
        return True
    words = text.lower().removeprefix("avoid ").replace("being ", "be ", 1).split()  # "I didn't like it, to be fair"
    return any(
        words[0] == idiom[0] and all(w in words[1:4] for w in idiom[1:]) and (len(idiom) > 1 or len(words) < 4)
        for idiom in _IDIOMS
    )
