"""Wording of slots: words are cut whole, no meaning is turned, and what the sentence leaves open is not used."""

from __future__ import annotations

import pytest
from builders import cost, word

from jtbd_nlp.drafting.names import name_of
from jtbd_nlp.drafting.slots.situations import circumstances_of
from jtbd_nlp.drafting.vetoes.quoted import is_quoted
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Statement


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        (
            "motivation",
            "I used it to guess what the best price for a boat would be, and where to ask.",
            "guess what the best price for a boat would be",
            "guess what the best price for a boat would be",
        ),
        (
            "motivation",
            "I'm trying to find the seat that's for me, because it is cold.",
            "find the seat that's for me",
            "find the seat that's for me",
        ),
        (
            "motivation",
            "I'd get the roof looked at by a proper builder.",
            "get the roof looked at by a proper builder",
            "get the roof looked at by a proper builder",
        ),
        (
            "motivation",
            "I want to finish the time-consuming lists.",
            "finish the time-consuming lists",
            "finish the time-consuming lists",
        ),
        (
            "motivation",
            "I use it to sort already-labelled jars.",
            "sort already-labelled jars",
            "sort already-labelled jars",
        ),
        (
            "motivation",
            "I prefer to write the long letters myself.",
            "write the long letters myself",
            "write the long letters myself",
        ),
        (
            "motivation",
            "I use it a lot to help me scaffold questions for young readers.",
            "help me scaffold questions for young readers",
            "scaffold questions for young readers",
        ),
        (
            "motivation",
            "I want to find new ways to streamline the parts of the work that take me the most time and nerve.",
            "find new ways",
            "find new ways to streamline the parts of the work",
        ),
        ("situation", "When I'm given a vague map to work from, I ask.", "I'm given a vague map to work from",
         "I'm given a vague map to work from"),
        ("situation", "The research is so time-consuming and dear.", "The research is so time-consuming and dear",
         "the research is so time-consuming and dear"),
        ("situation", "When I couldn't find out, I rang.", "When I couldn't find out", "I can't find out"),
        ("outcome", "Then I can spend more of my time planting the beds rather than digging.",
         "I can spend more of my time planting the beds",
         "spend more of my time planting the beds"),
        ("motivation", "I use it to understand what I should bake next quite heavily.",
         "understand what I should bake next quite heavily",
         "understand what I should bake next"),
        ("motivation", "In my own life I do my best to stay off social media and see my friends.",
         "stay off social media",
         "stay off social media"),
        ("motivation", "It helps us understand how long ago a pot was fired, what the clay was, and what it cost.",
         "understand how long ago a pot was fired, what the clay was, and what it cost",
         "understand how long ago a pot was fired"),
        ("motivation", "I want to find the cause of a leak and where best to begin digging.",
         "find the cause of a leak and where best to begin digging",
         "find the cause of a leak"),
        ("motivation", "I try to shorten my list of nails as well as my list of screws.",
         "shorten my list of nails as well as my list of screws",
         "shorten my list of nails as well as my list of screws"),
        ("motivation", "I don't want to form a habit of relying on AI for my own songs.",
         "form a habit of relying on AI for my own songs",
         "avoid forming a habit of relying on AI for my own songs"),
        ("situation", "My bakery is rather small (less than ten people).",
         "My bakery is rather small (less than ten people)",
         "my bakery is rather small"),
        ("situation", "We are seeing a rise in orders of rye, in some weeks the sole cause of delay.",
         "We are seeing a rise in orders of rye, in some weeks the sole cause of delay",
         "we are seeing a rise in orders of rye in some weeks"),
        ("motivation", "I must make sure my helpers know how to knead or bake the rolls.",
         "make sure my helpers know how to knead or bake the rolls",
         "make sure my helpers know how to knead or bake the rolls"),
        ("motivation", "I use it to help me conduct preliminary market research and test basic ideas.",
         "conduct preliminary market research and test basic ideas",
         "conduct preliminary market research"),
        ("motivation", "I want to get better at kneading and baking the rolls.",
         "get better at kneading and baking the rolls",
         "get better at kneading and baking the rolls"),
    ],
)  # fmt: skip
def test_no_end_and_no_half_of_a_word_is_lost(slot: str, sentence: str, span: str, expected: str) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("motivation", "I don't care about maps or tables.", "care about maps or tables", None),
        ("motivation", "We do not have an approved budget yet.", "have an approved budget yet", None),
        ("motivation", "The tool can't read my scans.", "read my scans", None),
        ("motivation", "I would not need to keep the tests to myself.", "keep the tests to myself", None),
        ("motivation", "I prefer to write my own songs, I don't like using tools for that.", "write my own songs",
         "write my own songs"),
        ("motivation", "I don't want to get caught in an old lie.", "get caught in an old lie",
         "avoid being caught in an old lie"),
        ("motivation", "I need to be careful not to reveal a name to anybody.", "reveal a name", "avoid revealing a name to anybody"),
        ("motivation", "We want that the nurse does not think about the gloves at all.",
         "the nurse does not think about the gloves at all", "have the nurse not think about the gloves at all"),
        ("motivation", "It makes me sound like a robot.", "sound like a robot", None),
        ("motivation", "Do I want to be sat doing sums at night?", "be sat doing sums at night", None),
        ("motivation", "I used to only make hats and scarves.", "make hats and scarves", None),
        ("motivation", "He wanted to be able to play the song.", "play the song", None),
        ("outcome", "I wasn't posting letters often.", "I wasn't posting letters often", None),
        ("motivation", "I am a bit unwilling to hand the keys to strangers.", "hand the keys to strangers", None),
        ("motivation", "It is rare that I use it to come up with a new recipe.", "come up with a new recipe", None),
        ("motivation", "It would be terrible to lose the whole harvest.", "lose the whole harvest", None),
        ("motivation", "My husband and I want to save for a house.", "save for a house", "save for a house"),
        ("motivation", "Our school wants to reach the parents quickly.", "reach the parents", "reach the parents quickly"),
        ("outcome", "I could do it by hand but it saves me two hours.", "it saves me two hours", "save two hours"),
        ("outcome", "I was reluctant, but it saves me a whole day.", "it saves me a whole day", "save a whole day"),
        ("outcome", "There's no need to drive in, which saves me an hour.", "saves me an hour", "save an hour"),
        ("motivation", "It's terrible to keep track of them.", "keep track of them", "keep track of them"),
        ("motivation", "I want to send – you know – the bill to him.", "send – you know – the bill to him", "send the bill to him"),
        (
            "motivation",
            "I want to show my boss, without any jargon, what it costs.",
            "show my boss, without any jargon, what it costs",
            "show my boss without any jargon what it costs",
        ),
        ("situation", "There may be a delay at the border.", "There may be a delay at the border", "there may be a delay at the border"),
        ("motivation", "It can be frightening to see them lose so much time.", "see them lose so much time", None),
        ("motivation", "It helps, with no real chance of taking over my position.", "taking over my position", None),
        ("motivation", "I have no intention of selling the shop.", "selling the shop", None),
        ("motivation", "There was no chance to look at the plans.", "look at the plans", "look at the plans"),
        (
            "outcome",
            "I'd like to fill gaps from a list, so that no slot's wasted, and at the moment I'm doing that by phone.",
            "no slot's wasted, and at the moment I'm doing that by phone",
            None,
        ),
        ("motivation", "Learning every recipe by heart is a trap.", "Learning every recipe by heart", None),
        ("motivation", "I just didn't want to not get the loaf I paid for.",
         "get the loaf I paid for",
         "get the loaf I paid for"),
        ("motivation", "I had to tell her that we couldn't run the stall in the summer.",
         "run the stall in the summer",
         None),
        ("motivation", "I sleep well, so don't try to sell me one.", "try to sell me one", None),
        ("motivation", "I could find the right tables using old books, but the app is much faster.",
         "find the right tables using old books",
         None),
        ("motivation", "I may be able to draw three signs myself, but I might struggle to draw more.",
         "draw three signs myself",
         None),
        ("motivation", "Some saw the crack, while others were able to find the leak.", "find the leak", None),
        ("motivation", "Our customers want to know that we are people who care.",
         "know that we are people who care",
         None),
        ("motivation", "My boss used AI in generating different labels for jars.",
         "generating different labels for jars",
         None),
        ("motivation", "Our team wants to know which jars are full.",
         "know which jars are full",
         "know which jars are full"),
        ("motivation", "The app is dear, or it fails to tell ripe fruit from green fruit.",
         "tell ripe fruit from green fruit",
         None),
        ("motivation", "I would use it to help other bakers.", "help other bakers", "help other bakers"),
        ("outcome", "I want a list so I no longer have to ring round.",
         "I no longer have to ring round",
         "that I no longer have to ring round"),
        ("outcome", "Some saw the crack, while others were able to find the leak.", "find the leak", None),
        ("outcome", "I tend to get stuck on knots, and I lose heart and patience.", "I lose heart and patience", None),
        ("outcome", "Knowing that there is a baker behind the bread is something people pay for.",
         "Knowing that there is a baker behind the bread",
         None),
        ("motivation", "And not because I want to spy on my neighbours.", "spy on my neighbours", None),
        ("outcome", "I could find the right tables using old books, but the app is much faster.",
         "I could find the right tables",
         None),
        ("outcome", "I sleep well, so don't try to sell me one.", "don't try to sell me one", None),
    ],
)  # fmt: skip
def test_no_meaning_is_turned(slot: str, sentence: str, span: str, expected: str | None) -> None:
    assert word(slot, sentence, span) == expected


def test_phrases_that_break_off_cost_more() -> None:
    known = cost("motivation", "I was able to find new wool.", "find new wool")
    assert cost("motivation", "I was able to find new ways.", "find new ways") > known + 0.25
    assert (
        cost("motivation", "I want to grow it into a very profitable, turn key business.", "grow it into a very") > 0.5
    )


def test_what_lost_its_object_or_its_subject_costs_more() -> None:
    sentence = "I want to get better about understanding and sharing about how we can teach people to bake rolls."
    assert word("motivation", sentence, "get better about understanding") is None
    sentence = "Using it so I feel confident in teaching the craft made me feel glad."
    assert cost("outcome", sentence, "I feel confident in teaching the craft made me feel glad") >= 0.5


@pytest.mark.parametrize(
    ("text", "word", "quoted"),
    [
        ("I type 'change the colour of the barn' and wait.", "change", True),
        ("It's the bakers' own work to change the sign, isn't it?", "change", False),
        ("I change what is a 'story draft' in the end.", "story", False),
        ('I ask it to "change the sign" now.', "change", True),
    ],
)
def test_what_is_quoted_is_not_the_speakers(text: str, word: str, quoted: bool) -> None:
    assert is_quoted(text, text.index(word)) is quoted


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("there was the launch", "And then there was the launch."),
        ("the reality is that we are buried in paper", "Well, the reality is that we are buried in paper."),
        ("the problem is something", "When the problem is something, I ask."),
        ("the notes allow me", "And the notes allow me"),
        ("After two hours of cooling", "After two hours of cooling, it is done."),
        ("with my emails", "I use it a lot with my emails."),
    ],
)
def test_what_names_a_thing_or_belongs_elsewhere_is_no_circumstance(span: str, sentence: str) -> None:
    assert word("situation", sentence, span) is None


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("situation", "I use it for talks when wanting to cheer up my helpers.", "when wanting to cheer up my helpers",
         "I want to cheer up my helpers"),
        ("situation", "Any task that requires a steady hand I do alone.", "Any task that requires a steady hand",
         "there is a task that requires a steady hand"),
        ("situation", "We rang them, with the customer standing there.", "with the customer standing there",
         "I have the customer standing there"),
        ("outcome", "I work for myself, so I don't have a boss.", "I don't have a boss", None),
        ("outcome", "It is under contract, so I can't say more.", "I can't say more", None),
        ("outcome", "I file it, so that I don't lose track of it.", "I don't lose track of it",
         "that I don't lose track of it"),
        ("outcome", "I found that the charts were right for the job.", "the charts were right for the job", None),
        ("outcome", "I like it, it is faster.", "faster", None),
        ("motivation", "It is about ensuring the letter made sense.", "ensuring the letter made sense",
         "ensure the letter makes sense"),
        ("motivation", "I revise my plan based on the AI response.", "revise my plan based on the AI response",
         "revise my plan"),
        ("situation", "At first I wasn't sure how to weigh rye.",
         "I wasn't sure how to weigh rye",
         "I am not sure how to weigh rye"),
        ("motivation", "So I keep those jars locked away for lack of better words.",
         "keep those jars locked away for lack of better words",
         "keep those jars locked away"),
        ("situation", "I had some drivers that were parking badly.",
         "I had some drivers that were parking badly",
         "I have some drivers that are parking badly"),
        ("situation", "I look at the whole field before digging into the rows.",
         "before digging into the rows",
         "I am about to dig into the rows"),
        ("situation", "After settling on a name, I painted the sign.",
         "After settling on a name",
         "I settle on a name"),
        ("motivation", "In the end I needed to find a shop that was open at night.",
         "find a shop that was open at night",
         "find a shop that is open at night"),
        ("motivation", "I wanted to find out what happened last night.",
         "find out what happened last night",
         "find out what happened last night"),
        ("situation", "Say I might be writing a list of plants for my pupils.",
         "I might be writing a list of plants",
         "I am writing a list of plants for my pupils"),
        ("situation", "And last year there were forty-one parts invoices that we had not got.",
         "last year there were forty-one parts invoices",
         None),
        ("motivation", "I wanted to ensure the letter made sense.",
         "ensure the letter made sense",
         "ensure the letter makes sense"),
    ],
)  # fmt: skip
def test_clauses_are_said_as_they_are_meant(slot: str, sentence: str, span: str, expected: str | None) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("avoid being the man who chases people", "Avoid being the man who chases people"),
        ("carry my old books along bit by bit", "Carry my old books along bit by bit"),
        ("know how to maintain my personal writing skills at home", "Know how to maintain my personal writing skills"),
        ("keep the balance between sweet and sour cakes", "Keep the balance between sweet and sour cakes"),
        ("tell an owner right away where the boat is", "Tell an owner where the boat is"),
        ("do research for a fun garden-themed candy party", "Do research for a fun garden-themed candy party"),
        ("get help with design decisions all the time", "Get help with design decisions"),
        ("have the small ones paid by the month's end", "Have the small ones paid"),
        ("write up policies, plans and risk notes for the barn", "Write up policies for the barn"),
        ("sort jars by weight, colours, sizes, and makers of the glass", "Sort jars by weight"),
        ("learn how to sell or make the items here", "Learn how to sell or make the items"),
        ("avoid leaning on one person's phone being on", "Avoid leaning on one person's phone being on"),
        ("see my yearly costs plus my rates for each customer", "See my yearly costs"),
        ("sort through the fuzzy ideas my brain clings onto", "Sort through the fuzzy ideas my brain clings onto"),
    ],
)
def test_a_name_keeps_what_its_last_word_calls_for(goal: str, name: str) -> None:
    assert name_of(Statement(situation=None, motivation=goal, outcome=None, text="")) == name


def test_how_somebody_comes_across_belongs_to_it() -> None:
    sentence = "I want to come across as professional in my emails."
    assert (
        word("motivation", sentence, "come across as professional in my emails")
        == "come across as professional in my emails"
    )
    told = circumstances_of(load_parser()("Our AI can come off as stilted, but I answer customers."))
    assert "our AI can come off as stilted" in [w.text for w in told]


def test_a_clause_that_needs_something_is_not_had_whole() -> None:
    sentence = "we customer-facing representatives need information from another department is a constant nightmare."
    assert (
        word("motivation", sentence, "we customer-facing representatives need information from another department")
        is None
    )


def test_what_may_be_so_or_not_is_no_circumstance() -> None:
    asked = "If we can keep Dev on through the winter, or not, I want to see that coming in time."
    assert word("situation", asked, "If we can keep Dev on through the winter") is None
    told = "If we can keep Dev on through the winter, I want to tell him in time."
    assert (
        word("situation", told, "If we can keep Dev on through the winter") == "we can keep Dev on through the winter"
    )


def test_until_when_is_no_outcome() -> None:
    told = "I want to check that they all arrived before I let go of the cabinet."
    assert word("outcome", told, "let go of the cabinet") is None
    gained = "I want to check them before Friday, so that I can pay the butcher before he asks."
    assert word("outcome", gained, "so that I can pay the butcher before he asks") == "pay the butcher"
