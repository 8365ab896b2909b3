"""One token and what stands beside it: whether it is the name of a person, and by what evidence.

In: a token of a passage and what a language model took for people and places. Out: the evidence, or nothing. A name that
is also an ordinary word counts only beside a cue.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from .fame import behaves_like_a_thing, is_nobody_near
from .lexicon import fold, names, wide_names, words
from .name_cues import (
    APPOSED,
    ARTICLE,
    CASE,
    CONTRACTION,
    DESK,
    DOES,
    EPONYM,
    FIRST_WORDS,
    HUMAN,
    INITIAL,
    INTRODUCED,
    LISTING,
    NICKNAME,
    NO_NAME_AFTER,
    OBJECT,
    OFFICE_TITLE,
    PRESENCE,
    RELATION,
    SELF,
    SOME,
    SPOKE,
    SPOKEN_TITLE,
    STOP,
    STRONG_OBJECT,
    SUBJECT,
    TITLE,
)
from .name_ends import (
    another_before,
    another_name,
    english,
    is_full_name,
    no_names,
    parts_given,
)
from .name_lists import is_brand, is_city, is_double, is_given, is_nickname, is_surname, stands_alone
from .name_spots import is_at_door, is_call, is_pair, is_spot, is_weak_spot
from .name_vetoes import (
    ACRONYMS,
    is_called_generic,
    is_place_like,
    is_shouted,
    is_somewhere,
    is_thing_called,
    is_written_as_a_thing,
    names_a_thing,
    speaks_of_month,
    title_wants,
)

_OFFICES = frozenset("mayor chancellor justice provost lieutenant chief president minister secretary judge".split())


class Context:
    """One token and what stands beside it."""

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

    def reason(self) -> str | None:
        """Say why the token is a name, or return None."""
        if len(self.low) < 2 or (self.low in STOP and not (self.capital and self.low == "will")):
            return None
        if self.low in self.known and self._known():
            return "known"
        if self._excluded():
            return None
        return self._cued() or (self._listed() if self.capital else self._lower())

    def start(self) -> int:
        """Return where the title before the token starts."""
        match = TITLE.search(self.before) or OFFICE_TITLE.search(self.before) or SPOKEN_TITLE.search(self.before)
        return self.end - len(self.word) - (len(self.before) - match.start() if match else 0)

    def _known(self) -> bool:
        if not self.common or self._beside():
            return True
        return self.capital and not INITIAL.search(self.before)

    def _excluded(self) -> bool:
        if self.low in no_names() and not (
            self.capital and is_full_name(self.low, self.after, self.person and not self.place)
        ):
            return not (self.capital and (self.low in words("months") | words("place_names")) and self._person_cue())
        return bool(EPONYM.match(self.after)) and not TITLE.search(self.before) and not self._relation()

    def _cued(self) -> str | None:
        if self._titled():
            return "title"
        if self.capital and is_shouted(self.word):
            return None
        usable = self.capital or (is_given(self.low) and (not self.common or self.low in words("cue_names")))
        if (
            INTRODUCED.search(self.before)
            and self.low.removesuffix("s") not in ACRONYMS
            and (usable or (not self.common and not english(self.low)))
        ):
            return "introduced"
        if usable and self._relation():
            return "relation"
        return "spot" if self._spot() else None

    def _spot(self) -> bool:
        """Say whether only a person's name can stand here, whether a list knows it or not."""
        thing = self.low in no_names() | words("brand_names") or is_written_as_a_thing(self.word)
        if thing or is_called_generic(self.low):
            return False
        unknown, given = not english(self.low) and not self.common and not is_brand(self.low), is_given(self.low)
        if self.capital:
            listed = given or (is_surname(self.low) and not is_city(self.low))
            sure = (listed or unknown) and is_spot(self.before, self.after)
            return sure or ((given or (listed and not self.place)) and is_weak_spot(self.before))
        called = given and not self.common and is_call(self.before, self.after)
        return called or (unknown and is_at_door(self.before, self.after))

    def _titled(self) -> bool:
        if self.low in _OFFICES:  # "the Lord Mayor's office"
            return False
        if self.capital and TITLE.search(self.before):
            return True
        if self.capital and OFFICE_TITLE.search(self.before) and not self.word.isupper():
            return not english(self.low) or is_surname(self.low)
        spoken = SPOKEN_TITLE.search(self.before)
        if not spoken or (spoken[0].strip(" .").isupper() and not self.word.isupper()):  # "the MS walk"
            return False
        return self.capital or title_wants(self.low, spoken[0])

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

    def _listed(self) -> str | None:
        given, surname = (
            is_given(self.low) or parts_given(self.low) or is_double(self.low) or self._nicknamed(),
            is_surname(self.low),
        )
        if is_shouted(self.word) or (self.word.isupper() and len(self.word) < 6) or is_called_generic(self.low):
            return None
        elsewhere = is_place_like(self.before) or is_somewhere(self.before, self.after)
        if (elsewhere or names_a_thing(self.before, self.after)) and not self._beside():
            return None
        if self.low in words("streets") and another_before(self.before):
            return None
        if SOME.search(self.before) and not (DESK.match(self.after) or CASE.match(self.after)):
            return None  # "a Karen wrote in"
        if ARTICLE.search(self.before) and not (self._acting() or DESK.match(self.after) or CASE.match(self.after)):
            return None
        if is_nobody_near(self.word, self.before, self.after, another_name(self.after), self._beside()):
            return None
        initial = bool(INITIAL.search(self.before) or FIRST_WORDS.search(self.before))
        if self.common:
            return self._word_name(given or surname, initial)
        if (
            given
            and not (self.place and not (self.person or self._surely_given()))
            and not (initial and self._doubtful() and not self._beside())
        ):
            return "list"
        if another_name(self.after) and (given or (self.person and surname)):
            return "list"
        if (
            (surname or re.match(r"(?:O['’]|Mc|Mac)[A-Z]", self.word))
            and (self._beside() or (self.person and self.low in names().surnames))
            and not self.place
            and not is_city(self.low)
        ):
            return "surname"
        odd = (
            not english(self.low)
            and not is_brand(self.low)
            and self.low.replace("-", "").isalpha()
            and not self.word.isupper()
        )
        unknown = odd and (not self.place or self._done_to())
        if self.person and unknown and (self._beside() or another_name(self.after, by_name=True)):
            return "model"
        if unknown and self.chained and LISTING.search(self.before):
            return "list of names"
        if (
            unknown
            and (
                STRONG_OBJECT.search(self.before)
                or (SUBJECT.match(self.after) and re.search(r"\b(?:and|or) \Z", self.before))
            )
            and self.word[1:].islower()
        ):
            return "verb"
        if odd and HUMAN.match(self.after):
            return "verb"
        return "self" if unknown and SELF.search(self.before) and another_name(self.after) else None

    def _doubtful(self) -> bool:
        """Say whether the word is English, or a short name of the wide list alone: "Dang" at a sentence's start."""
        listed = self.low in names().given or stands_alone(self.low) or is_double(self.low) or "-" in self.low
        return english(self.low) or not listed

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

    def _done_to(self) -> bool:
        return bool(STRONG_OBJECT.search(self.before)) and not is_place_like(self.before)

    def _unheard_of(self) -> bool:
        """Say whether a word that no list knows stands where only a person can: "me and oluwaseun"."""
        known = len(self.low) < 4 or "-" in self.low or english(self.low) or self.low in no_names() | names().words
        beside = re.search(r"\b(?:me and|just me,?|between me and) \Z", self.before, re.IGNORECASE)
        return not known and bool(beside or DESK.match(self.after))

    def _word_name(self, listed: bool, initial: bool) -> str | None:
        if not listed or self.place:
            return None
        if self._beside() and (not initial or self._acting() or self.low != "will"):
            return "verb"
        if is_pair(self.before, self.after) and self.low not in words("months"):
            return "pair"
        if not initial and (self.person or SELF.search(self.before)) and another_name(self.after, by_name=True):
            return "model"
        return None

    def _lower(self) -> str | None:
        if self.word != self.word.lower() or is_called_generic(self.low):
            return None
        if (stands_alone(self.low) or is_double(self.low)) and not self._thing():
            return "lower list"
        if not (is_given(self.low) or self.low in words("nicknames")):
            return "lower" if self._unheard_of() else None
        if self.common:
            told = self.low in words("cue_names") and (STRONG_OBJECT.search(self.before) or DESK.match(self.after))
            human = self.low in words("cue_names") and SPOKE.match(self.after)
            return "verb" if told or human or DOES.match(self.after) else None
        if NO_NAME_AFTER.search(self.before) and not DESK.match(self.after):
            return None
        if (
            STRONG_OBJECT.search(self.before)
            or (OBJECT.search(self.before) and not english(self.low))
            or self._acting()
            or DESK.match(self.after)
            or PRESENCE.match(self.after)
            or DOES.match(self.after)
            or (SELF.search(self.before) and not english(self.low))
        ):
            return "lower"
        return None
