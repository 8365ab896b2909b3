"""Spots of a sentence where hardly anything but a person's name can stand, so that a name on no list is one.

In: what stands before and after a word. Out: yes or no. `people` asks it of words that are no ordinary English ones.
"""

from __future__ import annotations

import re

from ..lexicon import words

_I = re.IGNORECASE
_LIVES = "|".join(sorted((*words("kin"), *words("roles")), key=lambda w: (-len(w), w)))
_NAMES = r"(?:(?-i: [A-ZÀ-Þ][\w'’-]{1,20})(?:,? and|,)){0,3}"
_BEFORE = (
    r"\b(?:calls?|called|greets?|greeted|addressed|introduced) (?:me|him|her|them|herself|himself)(?: to \w{2,4})? as",
    r"\b(?:go|goes|going|went) by", r"\b(?:put|puts) (?:me|us|him|her) (?:through|on) to", r"\b(?:married|engaged|related) to",
    r"\b(?:sat|sitting|stood|standing) (?:next to|beside)", r"\b(?:signs?|signed) (?:off|it|them|everything|himself|herself)(?: off)? as",
    rf"\b(?:{_LIVES}|ex|pal|buddy)(?:[- ]in[- ]laws?)? of (?:mine|ours|his|hers|theirs|my \w{{3,9}}'s)(?:,| called| named)?",
    rf"\b(?:{_LIVES})[- ]in[- ]law(?:,| is| was)?", r"\b(?:my|his|her|our) (?:late |ex[- ]|step|god|half[- ]|great[- ])\w{3,9}(?:,| is)?",
    rf"\bof (?:us|them)(?: \w{{2,7}}){{0,3}},(?: me,| just me,| myself,)?{_NAMES}", r"\b(?:just me,?|between me and|with me and)",
    r"\b(?:talk|talking|speak|speaking|chat|chatting|shout(?:[- ]?out)?) to", r"\b(?:in the name of|"
    r"under the name(?: of)?)", r"\b(?:who was it,|what's (?:his|her) name,)", r"\b(?:bless|rest in peace|poor old|poor wee|dear old)",
)  # fmt: skip
_SPOT_BEFORE = re.compile(rf"(?:{'|'.join(_BEFORE)}) \Z", _I)
_AFTER = (
    rf", (?:my|our|his|her|their)(?: [\w-]{{2,12}}){{0,2}} (?:{_LIVES})(?:[- ]in[- ]law)?(?=[,.)]|$| who)",
    r",? (?:bless (?:him|her)|god rest|rest (?:his|her) soul)\b",
    r"['’]s (?:mum|mom|dad|mother|father|wife|husband|son|daughter|brother|sister|handwriting|birthday|funeral|maternity|retirement|"
    r"leaving do|on (?:holiday|leave|maternity|shift|nights)|off (?:sick|today)|not in today|at lunch)\b",
    r" (?:next door|upstairs|downstairs|(?:over|across|down|up) the (?:road|street|hall|corridor|landing))\b",
    r" (?:twins|boys|girls|lads|sisters|wedding|funeral)\b",
)  # fmt: skip
_SPOT_AFTER = re.compile("|".join(_AFTER))
_WEAK_BEFORE = re.compile(  # only for words that a list of names has
    r"\b(?:(?:ask|asking|asked) for|according to|nobody but|no one but|everyone but|everybody but|anyone but|except|unless|without|if only|"
    r"if|(?:he|she)'s called|(?:they|people|everyone|everybody)(?: all| just| mostly)? (?:say|says)|under|signed|initialled|"
    r"(?:just|still|it|badge|label|docket|note|sheet|board) (?:all )?says?|wait(?:ing)? (?:for|on)|cover(?:ing|ed)? for|swap(?:ped)? with|"
    r"ring|see|paired (?:me |us )?with|shift,|late,|lates,|nights,|days,) \Z",
    _I,
)
_PAIR_AFTER = re.compile(
    r" (?:and|or) (?-i:[A-Z][a-z]{2,15})(?:,| (?:both|in (?:the )?[a-z]{4,12}|off|share|do|run|went|were both|are both|"
    r"have both|had both|split|"
    r"take|took|came|know|knew|swap|swapped|work|worked|cover|covered|fight|argue|sit|sat))\b",
    _I,
)
_PAIR_BEFORE = re.compile(r"\b[A-Z][a-z]{2,15} (?:and|or) \Z")
_PAIR_END = re.compile(
    r"(?: both| in (?:the )?[a-z]{4,12}| off| share| do| run| went| (?:were|are|have|had) both| split| take| took| came| know| knew| swap| "
    r"swapped| work| worked| cover| covered| fight| argue| sit| sat)\b",
    _I,
)
_AND_I = re.compile(r" and I\b")
_CLAUSE = re.compile(
    r"(?:^|[.,;!?\n] |\b(?:so|but|when|then|with|between|because|like) )\Z"
)  # "Oyin and I share a desk"
_TALK = re.compile(
    r"\b(?:shout(?:ed|ing|s)?|yell(?:ed|ing)?|asks?|asked|says?|said|saying|go|goes|going|went|like|oh|hey|okay|ok|sorry|listen|look|"
    r"wait|hang on|told (?:him|her)|cheers|thanks|thank you|morning|evening|bye|please|come on|right|no|yes|yeah)\b[^.!?\n]{0,30}, \Z",
    _I,
)
_ADDRESSED = re.compile(
    r"[,?] ?(?:have|has|can|could|would|will|do|did|are|is|what|where|when|how|why|who|you|come|listen|get|put|please|mate|"
    r"love|we need|I need|that's)\b",
    _I,
)
_OF_MINE = re.compile(
    rf"\b(?:{_LIVES})(?:[- ]in[- ]law, | of (?:mine|ours|his|hers|theirs)(?:,| called| named)? )\\Z", _I
)
_AT_DOOR = re.compile(r"\b(?:that['’]s|that is|it['’]s|this is|is that|that was|it was) \Z", _I)
_DOOR = re.compile(
    r" who\b| (?:at|on) the (?:door|phone|line|other line|gate|till|desk|radio)\b|,? (?:speaking|calling|here)\b"
)


def is_spot(before: str, after: str) -> bool:
    """Say whether a person's name is all but sure to stand between two pieces of text: "a mate of mine ... rang"."""
    named = _SPOT_BEFORE.search(before) or _SPOT_AFTER.match(after) or (_AND_I.match(after) and _CLAUSE.search(before))
    return bool(named) or is_call(before, after) or is_at_door(before, after)


def is_weak_spot(before: str) -> bool:
    """Say whether a name of the lists is likely a person's here: "the booking's under ..."."""
    return bool(_WEAK_BEFORE.search(before))


def is_pair(before: str, after: str) -> bool:
    """Say whether a capitalised word is one of two that do what people do: "when Sunny and Faith both went on leave"."""
    return bool(_PAIR_AFTER.match(after) or (_PAIR_BEFORE.search(before) and _PAIR_END.match(after)))


def is_call(before: str, after: str) -> bool:
    """Say whether somebody is spoken to: "so I shouted, ..., have you got it"."""
    return bool(_TALK.search(before) and _ADDRESSED.match(after))


def is_at_door(before: str, after: str) -> bool:
    """Say whether somebody is there or is somebody's: "that's ... at the door", "my mother in law, ..."."""
    return bool(_AT_DOOR.search(before) and _DOOR.match(after)) or bool(_OF_MINE.search(before))
