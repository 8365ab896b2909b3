"""What tells that a name is a character's, a public person's, a brand's or a tool's, and of nobody near the speaker.

In: what stands before and after a word. Out: yes or no, or places in a text. `people` asks before it believes a list of
names or a model; labels, the participants file, titles, relations and introductions are believed all the same.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import famous_names, fold, names, words

_I = re.IGNORECASE
_WORD = re.compile(r"(?<!\w)\w")
# "it's like asking Hermione Granger", "he's a proper Scrooge": one is compared with those whom everybody knows
_COMPARED = re.compile(
    r"\b(?:pure|absolute|(?:straight|something|someone|somebody) out of|inner|dressed (?:up )?as|pretending to be|bit of an?|"
    r"obsessed with|addicted to|such an?|some kind of|some sort of|modern[- ]day|(?:a|an|our|the) (?:real|right|regular|"
    r"proper|total|complete|digital|poor man's)|"
    r"(?:go|going|went|gone) (?:full|all)|(?:feel|feels|felt|feeling|look|looks|looked|sound|sounds|sounded|dress|dressed) "
    r"(?:a bit |a little |so |exactly |just |very )?like) \Z",
    _I,
)
_LIKE = re.compile(  # before a name of two words
    r"\b(?:is|was|be|being|been|it['’]s|i['’]m|he['’]s|she['’]s|you['’]re|they['’]re|we['’]re|bit|little|just|all|more|it) like "
    r"(?:asking|watching|talking to|having|being|working with|reading|a|an|the|some)? ?\Z",
    _I,
)
_MADE_BY = re.compile(
    r"\b(?:statues?|portraits?|busts?|monuments?|murals?|novels?|films?|movies?|albums?|songs?|books?|poems?|plays?|"
    r"paintings?|biograph(?:y|ies)|comics?|documentar(?:y|ies)|ted talks?|"
    r"podcasts?|quotes?|essays?|works|writings|(?:big |huge |massive )?fans?|episodes?|season|seasons|sketch(?:es)?)"
    r" (?:by|of|called|about|from|like) \Z",
    _I,
)
_WORK = re.compile(
    r"(?: [A-ZÀ-Þ][\w'’-]+)? (?:films?|movies?|episodes?|costumes?|memes?|franchise|universe|vibes?|cosplay|soundtrack|tour|merch|dolls?|"
    r"pyjamas|lunchbox|cartoons?|novels?|fan ?fiction|stickers?|toys?|figurines?)\b"
)
# what machines do and people do not, and what only machines and brands have
_SOFTWARE = re.compile(
    r"(?:['’]s)?(?: (?:just|also|always|never|keeps?|kept|has|had|suddenly|is|was|being|gets?|got|would|will|can|constantly)){0,2} "
    r"(?:timed out|times? out|timing out|auto ?(?:fill|save|complete|correct|update)\w*|sync(?:s|ed|ing)?|buffering|"
    r"glitch\w*|lagg(?:ed|s|ing)|"
    r"log(?:s|ged|ging)? (?:me|us|you|everybody|everyone) out|crashes|crashing|"
    r"(?:is|was|been|went|goes|going|go) (?:down|offline)|rebooted|reboots|uninstalled|installed itself|updates itself)\b"
)
_PART = re.compile(
    r"(?: [A-ZÀ-Þ][\w'’-]+)? (?:apps?|plug-?ins?|extensions?|integrations?|api|dashboards?|workspaces?|subscriptions?|"
    r"licen[cs]es?|widgets?|"
    r"playlists?|adverts?|software|chat ?bots?|bots?|speakers?|devices?|printers?|scanners?|hoovers?|vacuum|mixers?|ovens?|"
    r"fridges?|kettles?|"
    r"tractors?|drills?|jackets?|trainers|handbags?|watch(?:es)?|guitars?|pens?|mowers?|vouchers?|catalogue|website|webpage|stores?|"
    r"outlets?|franchises?|pipelines?|server|servers|cluster|database|tickets?|builds?|models?|cards?|points|branch|branches|crisps|ketchup|"
    r"beer|lager|whisky|gin|cereal|biscuits|chocolates?|sauce)\b"
)
_THINGS = (
    r"(?:printer|robot|app|tool|dog|puppy|cat|kitten|horse|pony|rabbit|hamster|parrot|goat|cow|hen|van|car|truck|tractor|boat|machine|bot|"
    r"chat ?bot|server|laptop|spreadsheet|database|sat ?nav|assistant|hoover|vacuum|mower|oven|fridge|plant|mascot|mannequin|"
    r"drone|sourdough)"
)
_A_THING = re.compile(  # "Marvin is what we call the printer", "Fiona from the satnav"
    rf",? (?:(?:is|was|as) (?:what|the name|how) \b|(?:(?:is|was) |from |on |, )?(?:the|our|my|a|"
    rf"an) (?:[\w-]{{2,12}} ){{0,2}}{_THINGS}\b(?!['’]s))",
    _I,
)
_THING_IS = re.compile(rf"\b{_THINGS}s?,? (?:called |named |is called |was called |we call (?:her|him|it) )?\Z", _I)
# "into Claude", "it's all on Gusto", "my Kenwood"
_PUT = re.compile(
    r"\b(?:into|onto|via|(?:it's|it’s|is|was|are|were|put|been|everything|hosted|built|posted|post|posting|sell|selling|sold|list|listed|"
    r"bought|found|saw|stuff|we're|they're|went|live|available|streaming) (?:it |them |that |all |up |back )?on|"
    r"(?:pay|paid|order|ordered|book|booked|ship|shipped|message|messages|sign(?:ed)? in) (?:it |them |up )?(?:with|through|on|from)) \Z",
    _I,
)
_OWNED = re.compile(
    r"\b(?:my|our|his|her|their|your|an?|old|new|second-hand|secondhand|vintage|two|three|several|some|these|those) \Z",
    _I,
)
_SHOP_BEFORE = re.compile(
    r"\b(?:at|from|to|into|in|near|by|opposite|outside|behind|a|the|some|of|for|than|like|and|or|past|called|my|our) \Z",
    _I,
)
_SHOP_AFTER = re.compile(
    r"\W*(?:\Z|[.,;!?)]|\s(?:and|or|but|for|on|in|at|to|with|is|was|are|were|has|have|had|do|did|does|because|so|when|if|after|before|"
    r"that|which|where|every|once|twice|again|last|next|down|round|right|over|near|by|as|like|then|while|until)\b)",
    _I,
)


def famous(text: str) -> list[tuple[int, int]]:
    """Return where brands, characters and sayings stand that are called like people: "Ben and Jerry's", "Sherlock Holmes"."""
    low = text.lower().replace("’", "'")
    found = []
    for match in _WORD.finditer(low) if len(low) == len(text) else ():
        for phrase in _by_letters().get(low[match.start() : match.start() + 3], ()):
            end = match.start() + len(phrase)
            if low.startswith(phrase, match.start()) and not low[end : end + 1].isalnum():
                found.append((match.start(), end + 2 * low.startswith("'s", end)))
                break
    return found


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    """Return the phrases by their first three letters, the longest first."""
    ordered = sorted(famous_names(), key=lambda p: (-len(p), p))
    return {start: tuple(p for p in ordered if p[:3] == start) for start in {p[:3] for p in ordered}}


def is_nobody_near(word: str, before: str, after: str, full: bool, beside: bool) -> bool:
    """Say whether what bears a name is a character, a public person, a brand or a tool.

    Parameters
    ----------
    word, before, after : str
        The name, and the text on both sides of it.
    full : bool
        Another name follows.
    beside : bool
        A verb that goes with people stands beside it.
    """
    if is_compared(before, full) or is_of_a_work(before, after, full) or is_shop(word, before, after):
        return True
    if beside:
        return False
    brand = fold(word) in words("brand_names") or (fold(word) not in names().given and is_owned(before))
    return behaves_like_a_thing(before, after) or (brand and not full)


def is_compared(before: str, full: bool) -> bool:
    """Say whether somebody is likened to the name that follows; ``full``: a name of two words."""
    return bool(_COMPARED.search(before) or (full and _LIKE.search(before)))


def is_of_a_work(before: str, after: str, full: bool) -> bool:
    """Say whether the name is an author's, a character's or a work's: "a novel by Jane Gardam", "the Barbie film"."""
    return bool(_WORK.match(after) or (full and _MADE_BY.search(before)))


def behaves_like_a_thing(before: str, after: str) -> bool:
    """Say whether the name does what machines do or has what brands have: "Jenkins went down", "the Jasper app"."""
    if _A_THING.match(after) or _THING_IS.search(before):
        return True
    return bool(
        _SOFTWARE.match(after) or _PART.match(after) or (_PUT.search(before) and not after.startswith(("'s", "’s")))
    )


def is_owned(before: str) -> bool:
    """Say whether what bears a surname is bought or owned: "my Kenwood"."""
    return bool(_OWNED.search(before))


def is_shop(word: str, before: str, after: str) -> bool:
    """Say whether a name with 's is a shop's: "at Wendy's on the way", and not "Wendy's desk"."""
    possessive = after[:2].replace("’", "'") == "'s"
    named = possessive and f"{fold(word)}'s" in words("shops")
    return named and bool(_SHOP_BEFORE.search(before) or len(before) < 2) and bool(_SHOP_AFTER.match(after[2:]))
