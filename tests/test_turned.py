"""What a struggle leaves when it ends: clauses of struggle turned round, and which are not."""

import pytest

from jtbd_nlp.drafting.slots.turned import turned_of
from jtbd_nlp.language import load_parser


def turned(sentence: str) -> list[str]:
    return [w.text for w in turned_of(load_parser()(sentence))]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("So I spent a weekend typing it into the spreadsheet.", "that I don't spend a weekend typing it into the spreadsheet"),
        ("And I always forget the slips.", "that I don't forget the slips"),
        ("I was really scared of that Monday.", "that I am not scared of that Monday"),
        ("I'm losing people.", "that I am not losing people"),
        ("It takes me a whole evening.", "that it doesn't take me a whole evening"),
        ("I had to ring round all the factors.", "that I don't have to ring round all the factors"),
        ("I felt like a right fool.", "that I don't feel like a right fool"),
        ("I've to log in twice.", "that I don't have to log in twice"),
        ("We keep losing the keys.", "that we don't keep losing the keys"),
        ("I rather often forget the slips.", "that I don't forget the slips"),
    ],
)  # fmt: skip
def test_a_struggle_is_turned_round(sentence: str, words: str) -> None:
    assert words in turned(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "She charges by the hour.",  # happens in a story of struggle, and is none
        "I sat in his van and he showed me.",
        "It's two hundred and ten pounds.",
        "I think it's fine.",
        "I will spend a day on it.",  # not yet
        "I'd lose the whole morning.",  # supposed
        "I don't feel bad about it.",  # no struggle: that it is not so
        "I don't have to chase them.",
        "We can't lose this client.",
        "I can't wait to get home.",
        "This takes me an hour.",  # nobody knows what
        "It was confused by two amounts.",
        "The result is that I'm much more confident tackling difficult problems.",  # a gain
        "I have to look after my mum.",  # duties are no burdens
        "We have to keep the patients safe.",
        "I have to be careful with the gas.",
        "I lost my mum last year.",  # nobody's job
        "I missed my daughter so much.",
        "I miss the getting paid in eight minutes.",
        "I kept the carbon book going the first month.",
        "I lost my job two years ago.",  # over
        "We lost the van in 2017.",
    ],
)
def test_what_is_no_struggle_by_its_words_is_left_alone(sentence: str) -> None:
    assert turned(sentence) == []


def test_the_place_is_the_clause_as_it_was_said_and_the_denial_is_nobodys_word() -> None:
    sentence = "It rained, and I forgot the slips."
    found = next(iter(turned_of(load_parser()(sentence))))
    assert found.place is not None
    assert sentence[slice(*found.place)] == "I forgot the slips"
    assert found.added == ("don't",)
