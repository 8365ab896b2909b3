"""One token and what stands beside it: the verbs, titles, relations and desks that go with people, or with things."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..english import is_english
from ..lexicon import fold, names, wide_names, words
from .cues import (
    APPOSED,
    CONTRACTION,
    DESK,
    INITIAL,
    INTRODUCED,
    NICKNAME,
    NO_NAME_AFTER,
    OFFICE_TITLE,
    PRESENCE,
    RELATION,
    SPOKEN_TITLE,
    STRONG_OBJECT,
    SUBJECT,
    TITLE,
)
from .ends import no_names
from .fame import behaves_like_a_thing
from .lists import is_double, is_given, is_nickname, stands_alone
from .vetoes import is_place_like, is_thing_called, names_a_thing, speaks_of_month


class Surroundings:
    """One token of a passage, what a language model took it for, and what stands beside it."""

    def __init__(self, text: str, token: re.Match[str], person: bool, place: bool, known: Collection[str]) -> None:
        self.word = CONTRACTION.sub("", token[0])
        self.low = fold(self.word)
        self.text, self.end = text, token.start() + len(self.word)
        self.before = text[max(0, token.start() - 80) : token.start()]
        self.after = text[self.end : self.end + 40]
        self.person, self.place, self.known = person, place, known
        self.capital = self.word[0].isupper()
        self.common = self.low in names().words
        self.chained = False  # a name ends just before the token

    def start(self) -> int:
        """Return where the title before the token starts."""
        match = TITLE.search(self.before) or OFFICE_TITLE.search(self.before) or SPOKEN_TITLE.search(self.before)
        return self.end - len(self.word) - (len(self.before) - match.start() if match else 0)

    def _relation(self) -> bool:
        match = RELATION.search(self.before)
        if not match:
            return False
        plain = self.before.endswith(" ") and not self.before.endswith((", ", "is ", "was ", "called ", "named "))
        return self.capital or not plain or is_given(self.low)

    def _person_cue(self) -> bool:
        return (
            bool(TITLE.search(self.before))
            or self._relation()
            or bool(INTRODUCED.search(self.before))
            or (
                bool(SUBJECT.match(self.after))
                and self.low in words("months")
                and not self.place
                and not speaks_of_month(self.before)
                and " am " not in self.after[:4]
            )
        )

    def _beside(self) -> bool:
        """Say whether a verb or a desk that goes with people stands beside the token."""
        if is_thing_called(self.before):
            return False
        return bool(
            STRONG_OBJECT.search(self.before)
            or DESK.match(self.after)
            or self._acting()
            or (APPOSED.search(self.before) and self.after.startswith(","))
            or (PRESENCE.match(self.after) and not INITIAL.search(self.before))
        )

    def _acting(self) -> bool:
        return (bool(SUBJECT.match(self.after)) and self.low not in {"may", "will"}) or (
            self.low == "will"
            and bool(
                re.match(r" (?:told|said|asked|called|wanted|gave|showed|left|resigned|thinks|says)\b", self.after)
            )
        )

    def _done_to(self) -> bool:
        return bool(STRONG_OBJECT.search(self.before)) and not is_place_like(self.before)

    def _doubtful(self) -> bool:
        """Say whether the word is English, or a short name of the wide list alone: "Dang" at a sentence's start."""
        listed = self.low in names().given or stands_alone(self.low) or is_double(self.low) or "-" in self.low
        return is_english(self.low) or not listed

    def _surely_given(self) -> bool:
        """Say whether the name is one whatever a model says of places: in a list of names, or spelled with an accent."""
        return self.chained or self.low in wide_names().lower or not self.word.isascii()

    def _nicknamed(self) -> bool:
        return is_nickname(self.low) and (
            self.low in words("nicknames") or self._beside() or bool(NICKNAME.search(self.before))
        )

    def _thing(self) -> bool:
        """Say whether a name in lower case stands where things stand: "the bella app", "my sienna"."""
        if DESK.match(self.after):
            return False
        held = NO_NAME_AFTER.search(self.before) and not NICKNAME.search(self.before)
        return bool(held or names_a_thing(self.before, self.after) or behaves_like_a_thing(self.before, self.after))

    def _unheard_of(self) -> bool:
        """Say whether a word that no list knows stands where only a person can: "me and oluwaseun"."""
        known = len(self.low) < 4 or "-" in self.low or is_english(self.low) or self.low in no_names() | names().words
        beside = re.search(r"\b(?:me and|just me,?|between me and) \Z", self.before, re.IGNORECASE)
        return not known and bool(beside or DESK.match(self.after))
