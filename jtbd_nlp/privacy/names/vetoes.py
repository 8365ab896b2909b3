"""What tells that a capitalised word is no person: a product, a term named after somebody, an acronym, a shout.

In: a word and what stands beside it. Out: yes or no; `people` asks before it believes a list or a model. Labels, the
participants file, titles and introductions ("my name is") are believed all the same.
"""

from __future__ import annotations

import re
from functools import cache

from ..english import is_english
from ..lexicon import fold, names, words

_USED = re.compile(
    r"\b(?:use|uses|used|using|install(?:ed|ing)?|download(?:ed|ing)?|open(?:ed|ing)? up|built (?:it )?in|set up in|"
    r"log(?:ged|ging)? into|import(?:ed|ing)? (?:it )?(?:in)?to|export(?:ed|ing)? (?:it )?(?:from|to|into)|"
    r"subscription to|switch(?:ed|ing)? (?:over )?to|migrat(?:ed|ing) to|typed? (?:it )?into|plug(?:ged)? into|"
    r"version of|tab in|inside|(?:went|go|going|gone) full|we (?:run|ran|are running)|a licen[cs]e for) \Z",
    re.IGNORECASE,
)
_MODEL_NUMBER = re.compile(
    r" (?:[A-Z]{0,3}\d{1,4}[A-Za-z+]{0,4}|[A-Z]\d{1,3}|Pro|Plus|Max|Ultra|Mini|Lite)\b(?! [ap]m\b)"
)
# "the app's called Poppy", "our dog is called Max": what bears the name is no person.
_THING_CALLED = re.compile(
    r"\b(?:apps?|tools?|systems?|products?|brands?|companies|company|software|programs?|platforms?|projects?|servers?|printers?|machines?|"
    r"files?|folders?|tabs?|buttons?|features?|models?|bots?|mascots?|boats?|vans?|cars?|trucks?|tractors?|dogs?|cats?|horses?|pets?|shops?|"
    r"cafes?|pubs?|restaurants?|games?|books?|films?|songs?|shows?|series|podcasts?|characters?|diseases?|methods?|frameworks?|documents?|"
    r"sheets?|spreadsheets?|channels?|robots?|hoovers?|devices?|phones?|sprints?|releases?|versions?|courses?|modules?|streets?|towns?|"
    r"villages?|places?|something|thing|it|which|what)(?:['’]s| is| was| are| were)?(?: we| i| they| she| he)?(?: just| now| also)?,? "
    r"(?:called|named|nicknamed|christened) (?:the |it )?\Z",
    re.IGNORECASE,
)
_GEOGRAPHIC = re.compile(
    r"\b(?:hurricane|storm|cyclone|typhoon|lake|mount|fort|port|cape|operation|project) \Z", re.IGNORECASE
)
# "we opened up in Marion": people stand after "in" only as its object ("confidence in Grace", "copied in Grace")
_IN = re.compile(
    r"(?<!confidence )(?<!trust )(?<!faith )(?<!belief )(?<!believe )(?<!believes )(?<!interest )(?<!interested )(?<!brought )(?<!bring )"
    r"(?<!called )(?<!call )(?<!copied )(?<!copy )(?<!looped )(?<!loop )(?<!roped )(?<!came )(?<!let )(?<!cc'd )(?<!confided )(?<!found )"
    r"\bin \Z"
)
# "a place like Jackson or Lafayette", "we flew via Florence"
_PLACE_LIKE = re.compile(
    r"\b(?:places?|towns?|cit(?:y|ies)|villages?|suburbs?|somewhere|areas?|count(?:y|ies)|airports?|stations?|branch(?:es)?|stores?|sites?|"
    r"offices?|(?:flew|flying|flights?|drove|driving|trains?|bus|moved|moving|travelled|relocated) (?:back |over |down |up )?)"
    r"(?: ?like| in| near| called| such as| at| to| from| via| out of)?"
    r" (?:[A-Z][\w'’-]{1,20}(?:, | or | and | to )){0,3}\Z"
)
_SHOUT = 2  # letters from which a word in capitals is an acronym or a shout, and no name by itself
_MONTH_BEFORE = re.compile(
    r"\b(?:for|in|of|since|until|till|by|from|last|this|next|every|each|early|late|mid|around|through|during|and|or|"
    r"to|before|after|between) \Z",
    re.IGNORECASE,
)


def names_a_thing(before: str, after: str) -> bool:
    """Say whether the words on both sides of a capitalised one make it a product: "I use Tana", "my Reno 4"."""
    if is_thing_called(before):
        return True
    if after.startswith(("'s ", "’s ")):
        return False
    return bool(_MODEL_NUMBER.match(after)) or bool(_USED.search(before) and not _next_is_name(after))


def is_place_like(before: str) -> bool:
    """Say whether a capitalised word stands where a place does: "a town like Lafayette"."""
    return bool(_PLACE_LIKE.search(before))


def is_somewhere(before: str, after: str) -> bool:
    """Say whether a name after "in" is a place: "in Marion", and not "in Marion's van"."""
    return bool(_IN.search(before)) and not after.startswith(("'s", "’s"))


def is_thing_called(before: str) -> bool:
    """Say whether what bears the name that follows is a thing: "the app's called", "Hurricane"."""
    return bool(_THING_CALLED.search(before) or _GEOGRAPHIC.search(before))


def is_shouted(word: str) -> bool:
    """Say whether a word in capitals is an acronym or a shout: it is a name only if it is on the list and no word."""
    if re.fullmatch(r"[A-Z]{2,}s", word):  # "the PDFs"
        return True
    if not word.isupper() or len(word) < _SHOUT:
        return False
    low = fold(word)
    listed = names()
    return low not in listed.given | listed.surnames or low in listed.words or is_english(low) or low in ACRONYMS


def is_written_as_a_thing(word: str) -> bool:
    """Say whether a word is written as acronyms and products are: "NATO", "BeautifulSoup", and not "DeShawn"."""
    return word.isupper() or bool(
        re.search(r"[a-z][A-Z]", word) and not re.match(r"(?:Mc|Mac|De|La|Le|Van|Di|Da|O['’])[A-Z]", word)
    )


def speaks_of_month(before: str) -> bool:
    """Say whether the word before a month's name makes it the month: "for April"."""
    return bool(_MONTH_BEFORE.search(before))


def is_called_generic(low: str) -> bool:
    """Say whether a word after a greeting is what people are, not who they are: "Hi friend", "thanks team"."""
    return low in _generic()


def title_wants(low: str, title: str) -> bool:
    """Say whether a word in lower case can be the name after a spoken title: "dr patel", but not "my uncle phoned"."""
    listed = names()
    if not is_english(low) and low not in listed.words:
        return True
    family = title.strip(" .").lower() in {"auntie", "aunt", "uncle", "sister", "ms"}
    return not family and low in listed.surnames


def _next_is_name(after: str) -> bool:
    match = re.match(r" ([A-ZÀ-ÖØ-Þ][\w'’-]+)", after)
    return bool(match) and fold(match[1]) in names().surnames  # type: ignore[index]


@cache
def _generic() -> frozenset[str]:
    return words("kin") | words("roles") | words("generic_labels") | {"team", "folks", "guys", "everybody", "friends"}


ACRONYMS = frozenset("ai it hr pr qa ux ui ms pm vpn ssl api pdf csv sql seo crm erp kpi okr roi ceo cto cfo".split())
