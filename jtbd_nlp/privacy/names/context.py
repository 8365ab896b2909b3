"""One token and what stands beside it: whether it is the name of a person, and by what evidence.

In: a token of a passage and what a language model took for people and places. Out: the evidence, or nothing. A name that
is also an ordinary word counts only beside a cue.
"""

from __future__ import annotations

import re

from ..english import is_english
from ..lexicon import names, words
from .cues import (
    ARTICLE,
    CASE,
    DESK,
    DOES,
    EPONYM,
    FIRST_WORDS,
    HUMAN,
    INITIAL,
    INTRODUCED,
    LISTING,
    NO_NAME_AFTER,
    OBJECT,
    OFFICE_TITLE,
    PRESENCE,
    SELF,
    SOME,
    SPOKE,
    SPOKEN_TITLE,
    STOP,
    STRONG_OBJECT,
    SUBJECT,
    TITLE,
)
from .ends import (
    another_before,
    another_name,
    is_full_name,
    no_names,
    parts_given,
)
from .fame import is_nobody_near
from .lists import is_brand, is_city, is_double, is_given, is_surname, stands_alone
from .spots import is_at_door, is_call, is_pair, is_spot, is_weak_spot
from .surroundings import Surroundings
from .vetoes import (
    ACRONYMS,
    is_called_generic,
    is_place_like,
    is_shouted,
    is_somewhere,
    is_written_as_a_thing,
    names_a_thing,
    title_wants,
)

_OFFICES = frozenset("mayor chancellor justice provost lieutenant chief president minister secretary judge".split())


class Context(Surroundings):
    """One token and what stands beside it, with the judgement whether it is a name."""

    def reason(self) -> str | None:
        """Say why the token is a name, or return None."""
        if len(self.low) < 2 or (self.low in STOP and not (self.capital and self.low == "will")):
            return None
        if self.low in self.known and self._known():
            return "known"
        if self._excluded():
            return None
        return self._cued() or (self._listed() if self.capital else self._lower())

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
            and (usable or (not self.common and not is_english(self.low)))
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
        unknown, given = not is_english(self.low) and not self.common and not is_brand(self.low), is_given(self.low)
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
            return not is_english(self.low) or is_surname(self.low)
        spoken = SPOKEN_TITLE.search(self.before)
        if not spoken or (spoken[0].strip(" .").isupper() and not self.word.isupper()):  # "the MS walk"
            return False
        return self.capital or title_wants(self.low, spoken[0])

    def _listed(self) -> str | None:
        if self._barred():
            return None
        parts = parts_given(self.low) or is_double(self.low)
        given, surname = is_given(self.low) or parts or self._nicknamed(), is_surname(self.low)
        initial = bool(INITIAL.search(self.before) or FIRST_WORDS.search(self.before))
        if self.common:
            return self._word_name(given or surname, initial)
        return self._on_list(given, surname, initial) or self._on_no_list()

    def _barred(self) -> bool:
        """Say whether what stands beside a word with a capital keeps it from being a name."""
        if is_shouted(self.word) or (self.word.isupper() and len(self.word) < 6) or is_called_generic(self.low):
            return True
        elsewhere = is_place_like(self.before) or is_somewhere(self.before, self.after)
        if (elsewhere or names_a_thing(self.before, self.after)) and not self._beside():
            return True
        if self.low in words("streets") and another_before(self.before):
            return True
        holds = bool(DESK.match(self.after) or CASE.match(self.after))
        if SOME.search(self.before) and not holds:
            return True  # "a Karen wrote in"
        if ARTICLE.search(self.before) and not (self._acting() or holds):
            return True
        return is_nobody_near(self.word, self.before, self.after, another_name(self.after), self._beside())

    def _on_list(self, given: bool, surname: bool, initial: bool) -> str | None:
        """Say why a word that a list of names may hold, and no dictionary, is a name here."""
        somewhere = self.place and not (self.person or self._surely_given())
        if given and not somewhere and not (initial and self._doubtful() and not self._beside()):
            return "list"
        if another_name(self.after) and (given or (self.person and surname)):
            return "list"
        if self.place or is_city(self.low) or not (surname or re.match(r"(?:O['’]|Mc|Mac)[A-Z]", self.word)):
            return None
        return "surname" if self._beside() or (self.person and self.low in names().surnames) else None

    def _on_no_list(self) -> str | None:
        """Say why a word that no list knows is a name here."""
        word = self.low.replace("-", "").isalpha() and not self.word.isupper()
        odd = word and not is_english(self.low) and not is_brand(self.low)
        unknown = odd and (not self.place or self._done_to())
        if self.person and unknown and (self._beside() or another_name(self.after, by_name=True)):
            return "model"
        if unknown and self.chained and LISTING.search(self.before):
            return "list of names"
        joined = SUBJECT.match(self.after) and re.search(r"\b(?:and|or) \Z", self.before)
        if unknown and (STRONG_OBJECT.search(self.before) or joined) and self.word[1:].islower():
            return "verb"
        if odd and HUMAN.match(self.after):
            return "verb"
        return "self" if unknown and SELF.search(self.before) and another_name(self.after) else None

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
            or (OBJECT.search(self.before) and not is_english(self.low))
            or self._acting()
            or DESK.match(self.after)
            or PRESENCE.match(self.after)
            or DOES.match(self.after)
            or (SELF.search(self.before) and not is_english(self.low))
        ):
            return "lower"
        return None
