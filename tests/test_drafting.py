"""Wording of slots: meaning kept, first person, present, no tools in motivations; and the choice between candidates."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from builders import cost, word, wording_of

from jtbd_nlp.drafting.choosing.nearness import nearness
from jtbd_nlp.drafting.finding.candidates import Candidate
from jtbd_nlp.drafting.finding.sharing import Shares
from jtbd_nlp.drafting.frames.purposes import purposes_of
from jtbd_nlp.drafting.grammar.inflection import gerund, participle, third_person
from jtbd_nlp.drafting.grammar.wording import Wording, tidy
from jtbd_nlp.drafting.names import name_of
from jtbd_nlp.drafting.slots.situations import circumstances_of
from jtbd_nlp.drafting.statements import compose_text, draft_statement, find_gaps
from jtbd_nlp.drafting.vetoes.praise import is_praise
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Segment, Statement


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        (
            "I use AI to draft copy for product listings.",
            "draft copy for product listings",
            "draft copy for product listings",
        ),
        (
            "It helps me with brainstorming ideas for lessons.",
            "brainstorming ideas for lessons",
            "brainstorm ideas for lessons",
        ),
        ("I want to be paid on the day.", "be paid on the day", "be paid on the day"),
        ("I want you to remind me of the visit.", "remind me of the visit", "be reminded of the visit"),
        ("I ask it to give me ideas for campaigns.", "give me ideas for campaigns", "get ideas for campaigns"),
        ("I don't want to lose my own voice.", "lose my own voice", "avoid losing my own voice"),
        ("I need to refine my work and push my skills.", "refine my work and push my skills", "refine my work"),
        ("I want to be able to see who has paid.", "be able to see who has paid", "see who has paid"),
        (
            "I want to move it over without losing a patient.",
            "move it over without losing a patient",
            "move it over without losing a patient",
        ),
        ("I want the bill to be ready when I leave.", "be ready when I leave", "have the bill ready when I leave"),
        ("I'd love to write reports with ChatGPT.", "write reports with ChatGPT", "write reports"),
    ],
)
def test_motivations(sentence: str, span: str, expected: str) -> None:
    assert word("motivation", sentence, span) == expected


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("I wasn't going to delete the spreadsheet.", "delete the spreadsheet"),
        ("She doesn't have to log in to a whiteboard.", "log in to a whiteboard"),
        ("To be honest, it was cheap.", "be honest"),
        ("It might be considered safe enough for us to use for the mundane tasks.", "use for the mundane tasks"),
        ("They'd try to sell me something.", "sell me something"),
        ("I read it rather than reading the whole law.", "reading the whole law"),
        ("It was a consistency thing.", "a consistency thing"),
    ],
)
def test_what_is_denied_or_said_in_passing_is_no_motivation(sentence: str, span: str) -> None:
    assert word("motivation", sentence, span) is None


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        ("When I had to grade 120 essays, I used it.", "When I had to grade 120 essays", "I have to grade 120 essays"),
        ("I use it when writing reports.", "when writing reports", "I am writing reports"),
        ("With a class of 35 kids it is hard.", "With a class of 35 kids", "I have a class of 35 kids"),
        (
            "If you have three calls at once, you lose track.",
            "If you have three calls at once",
            "I have three calls at once",
        ),
        (
            "Every month I copy the diary by hand.",
            "Every month I copy the diary by hand",
            "every month I copy the diary by hand",
        ),
        ("When Jonas moved a booking, nobody told me.", "When Jonas moved a booking", "Jonas moves a booking"),
    ],
)
def test_situations(sentence: str, span: str, expected: str) -> None:
    assert word("situation", sentence, span) == expected


@pytest.mark.parametrize(
    ("sentence", "span"),
    [("As a manager I like it.", "As a manager"), ("It differs depending on the lesson.", "depending on the lesson")],
)
def test_roles_and_comparisons_are_no_situations(sentence: str, span: str) -> None:
    assert word("situation", sentence, span) is None


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        ("It saves me a lot of time.", "saves me a lot of time", "save a lot of time"),
        ("I do it so that my evenings are free.", "so that my evenings are free", "that my evenings are free"),
        (
            "I pay so that I don't have to read it all.",
            "so that I don't have to read it all",
            "that I don't have to read it all",
        ),
        (
            "It made me feel organised and in control.",
            "made me feel organised and in control",
            "feel organised and in control",
        ),
        (
            "I check to make sure the numbers are right.",
            "to make sure the numbers are right",
            "make sure the numbers are right",
        ),
        ("It allows me to finish by noon.", "allows me to finish by noon", "finish by noon"),
    ],
)
def test_outcomes(sentence: str, span: str, expected: str) -> None:
    assert word("outcome", sentence, span) == expected


def test_so_at_the_start_of_a_sentence_is_no_purpose() -> None:
    assert word("outcome", "So I shoot weddings.", "So I shoot weddings") is None


def test_an_unwanted_state_is_avoided_and_not_its_wanting() -> None:
    said = "I don't want to be running three lists."
    assert word("motivation", said, "want to be running three lists") == "avoid running three lists"
    assert word("motivation", said, "running three lists") == "avoid running three lists"


def test_dread_possession_and_others_wants_are_no_goals() -> None:
    said = "I'd hate to lose a friend over a sticker."
    assert word("motivation", said, "lose a friend over a sticker") == "avoid losing a friend over a sticker"
    assert word("motivation", "Then I've got fourteen people.", "got fourteen people") is None
    assert word("motivation", "Now it wants a date.", "wants a date") is None


def test_a_price_is_no_outcome() -> None:
    assert word("outcome", "It takes me a whole evening.", "takes me a whole evening") is None


def test_no_outcome_loses_its_never() -> None:
    worded = word(
        "outcome",
        "I want it so that I never have two children at the door.",
        "so that I never have two children at the door",
    )
    assert worded is None or "never" in worded


def test_fillers_repeats_and_loose_ends_go() -> None:
    assert tidy("the the, um, list of you know names and") == "the, um, list of names"


def test_forms() -> None:
    assert [third_person(v) for v in ("try", "pass", "go", "be", "play")] == ["tries", "passes", "goes", "is", "plays"]
    assert [gerund(v) for v in ("make", "run", "be", "lie", "agree", "lose")] == [
        "making",
        "running",
        "being",
        "lying",
        "agreeing",
        "losing",
    ]
    assert [participle(v) for v in ("route", "put", "notify", "stop")] == ["routed", "put", "notified", "stopped"]


def test_phrases_end_where_the_tree_does_and_not_where_a_span_was_cut() -> None:
    said = "I want to find out who hasn't understood before the test, so I can help them in time."
    assert word("motivation", said, "find out who") == "find out who hasn't understood before the test"
    said = "I want to see the speed with which pages load."
    assert word("motivation", said, "see the speed with") == "see the speed with which pages load"


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("I asked the model to talk to me.", "asked the model"),
        ("I needed the walls to contain some frames.", "contain some frames"),
        ("It would be too risky to share this report.", "share this report"),
        ("I'd sooner dig a pond than ask for money.", "dig a pond"),
    ],
)
def test_what_a_tool_is_told_and_what_others_do_is_no_goal(sentence: str, span: str) -> None:
    found = wording_of("motivation", sentence, span)
    assert found is None or found.cost > 0.8


def test_a_sentence_of_struggle_gives_its_clauses_as_circumstances() -> None:
    told = [w.text for w in circumstances_of(load_parser()("I find that the figures don't match mine."))]
    assert told == ["the figures don't match mine"]
    told = [w.text for w in circumstances_of(load_parser()("I hate coming home at six."))]
    assert told == ["I am coming home at six"]
    assert not list(circumstances_of(load_parser()("I would love a better list.")))


def test_habits_and_plans_come_into_the_present() -> None:
    assert word("situation", "When I'd been asking for a week, he paid.", "When I'd been asking for a week")
    assert (
        word("situation", "When they will send a bill, I pay.", "When they will send a bill") is None
    )  # who are they?
    assert (
        word("situation", "When clients will send a bill, I pay.", "When clients will send a bill")
        == "clients send a bill"
    )


def test_words_of_one_episode_are_preferred_to_those_of_others() -> None:
    options = {
        "motivation": [candidate("motivation", "bill on the day")],
        "situation": [candidate("situation", "big jobs end late", "a"), candidate("situation", "bills pile up", "b")],
    }
    assert draft_statement(options, embed).statement.situation == "big jobs end late"


def test_a_job_takes_in_only_what_is_open() -> None:
    shares = Shares([["a", "b", "c", "d", "e"], ["f", "g"], ["h"]], [False, False, True], excluded=["x"])
    assert shares.is_open("a", 1)
    assert not shares.is_open("f", 0)  # its group is small
    assert not shares.is_open("h", 0)  # put there by a person
    assert not shares.is_open("x", 0)
    assert not shares.is_open("a", 2)
    shares.close(1, ["f", "a"])
    assert "a" not in shares.members(0)
    assert not shares.is_open("a", 0)


def candidate(slot: str, text: str, transcript: str = "a", turn: int = 0, centrality: float = 0.5) -> Candidate:
    segment = Segment(
        segment_id=f"{transcript}:{text}", transcript_id=transcript, turn_index=turn, speaker="P", participant_id=transcript,
        role="participant", text=text, start_char=0, end_char=len(text),
    )  # fmt: skip
    return Candidate(slot=slot, segment=segment, span=(0, len(text)), wording=Wording(text, 0.0), centrality=centrality)


def embed(texts: list[str]) -> np.ndarray:
    """Vectors by the first letter: texts that start alike are alike."""
    rows = np.zeros((len(texts), 26), dtype=np.float32)
    for i, text in enumerate(texts):
        rows[i, ord(text[0].lower()) - 97] = 1.0
    return rows


def test_outcomes_of_others_join_a_statement_where_they_fit_and_their_circumstances_do_not() -> None:
    chosen = draft_statement(
        {
            "motivation": [candidate("motivation", "bill on the day")],
            "situation": [candidate("situation", "bills pile up", "b")],
            "outcome": [candidate("outcome", "zoom away", "b"), candidate("outcome", "be paid by Friday", "b")],
        },
        embed,
    )
    assert chosen.statement.situation is None
    assert chosen.statement.outcome == "be paid by Friday"
    assert chosen.statement.text == "When …, I want to bill on the day, so I can be paid by Friday."
    assert [g.slot for g in find_gaps(chosen.statement)] == ["situation"]
    assert find_gaps(chosen.statement)[0].ask.startswith("About “bill on the day”: think of the last time this came up")


@pytest.mark.parametrize("goal", ["lose a load", "avoid being an anecdote", "think what answer do I need to give"])
def test_a_question_names_any_goal_and_supposes_nothing(goal: str) -> None:
    empty = Statement(situation=None, motivation=goal, outcome=None, text="")
    asks = [gap.ask for gap in find_gaps(empty)]
    assert len(asks) == 2 and all(ask.startswith(f"About “{goal}”: ") for ask in asks)
    assert not any("you could" in ask or "wanted to" in ask for ask in asks)
    assert all(
        gap.ask[0].isupper() for gap in find_gaps(Statement(situation=None, motivation=None, outcome=None, text=""))
    )


def test_the_judge_decides_which_words_stand_beside_a_goal() -> None:
    options = {
        "motivation": [candidate("motivation", "bill on the day")],
        "situation": [candidate("situation", "big jobs end late"), candidate("situation", "bills pile up")],
        "outcome": [candidate("outcome", "be paid by Friday"), candidate("outcome", "zoom away")],
    }
    chances = {"bills pile up": (0.9, 0.8), "zoom away": (0.8, 0.5)}

    def fit(pairs: Sequence[tuple[Candidate, Candidate]]) -> np.ndarray:
        assert {goal.slot for goal, _ in pairs} == {"motivation"}
        return np.array([chances.get(c.wording.text, (0.02, 0.01)) for _, c in pairs])

    found = draft_statement(options, embed, fit=fit).statement
    assert (found.situation, found.outcome) == ("bills pile up", "zoom away")
    none = draft_statement(options, embed, fit=lambda pairs: np.full((len(pairs), 2), 0.02)).statement
    assert (none.situation, none.motivation, none.outcome) == (None, "bill on the day", None)


def test_without_a_goal_nothing_is_put_together() -> None:
    drafted = draft_statement({"situation": [candidate("situation", "it rains")]}, embed)
    assert drafted.statement.motivation is None
    assert drafted.statement.situation is None


def test_two_jobs_do_not_share_a_motivation_while_there_is_another() -> None:
    options = {
        "motivation": [candidate("motivation", "get paid", centrality=0.9), candidate("motivation", "plan ahead")]
    }
    assert draft_statement(options, embed, {"get paid"}).statement.motivation == "plan ahead"


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("have my dog lick the plate", "Have my dog lick the plate"),
        ("set up my stall and paint all the signs", "Set up my stall"),
        ("be asked without ever having to hint at it", "Be asked without having to hint at it"),
        ("bake in a way for the fair that could win", "Bake in a way for the fair"),
    ],
)
def test_names_end_where_a_phrase_does(goal: str, name: str) -> None:
    assert name_of(Statement(situation=None, motivation=goal, outcome=None, text="")) == name


def test_names_are_short_and_unique() -> None:
    statement = Statement(
        situation=None, motivation="be very sure that the style is right for all of them", outcome=None, text=""
    )
    whole = "Be sure the style is right"
    assert name_of(statement) == whole
    assert name_of(statement, {whole}) != whole
    assert compose_text("a", "b", "that c is d") == "When a, I want to b, so that c is d."


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("The AI was determined to sell boats.", "sell boats"),
        ("It likes to invent street names.", "invent street names"),
        ("You have a nurse waiting in the corridor.", "a nurse waiting in the corridor"),
        ("There were others winning bigger tenders.", "winning bigger tenders"),
        ("If I open the hatch, the alarm goes.", "open the hatch"),
        ("When I paint the fence, I wear gloves.", "paint the fence"),
        ("I think the guild will forget about it.", "think the guild will forget about it"),
    ],
)
def test_what_a_tool_is_like_a_scene_or_a_condition_is_no_goal(sentence: str, span: str) -> None:
    assert word("motivation", sentence, span) is None


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("motivation", "I had to pay the baker up front.", "pay the baker up front", "pay the baker up front"),
        (
            "motivation",
            "I want every ticket filed the day I buy it.",
            "every ticket filed the day I buy it",
            "have every ticket filed the day I buy it",
        ),
        (
            "motivation",
            "I want to run the whole fair from start to finish.",
            "run the whole fair from start to finish",
            "run the whole fair from start to finish",
        ),
        ("motivation", "I want the poem to come from me.", "come from me", "have the poem come from me"),
        ("motivation", "I asked the AI to provide two recipes.", "provide two recipes", "get two recipes"),
        ("situation", "I recently moved the clinic.", "I recently moved the clinic", "I move the clinic"),
        ("situation", "I do worry about the roof.", "I do worry about the roof", "I worry about the roof"),
        ("situation", "I hate driving home in fog.", "I hate driving home in fog", "I am driving home in fog"),
        ("situation", "We've got two dogs.", "We've got two dogs", "we've got two dogs"),
        (
            "situation",
            "If I won't finish the wall, I say so.",
            "If I won't finish the wall",
            "I do not finish the wall",
        ),
        (
            "outcome",
            "I want to be paid without having to ask, so I can cover the rent.",
            "cover the rent",
            "cover the rent",
        ),
        (
            "outcome",
            "I call her, so talking it over gives me time to think.",
            "gives me time to think",
            "get time to think",
        ),
    ],
)
def test_phrases_stay_whole_and_come_into_the_present(slot: str, sentence: str, span: str, expected: str) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("slot", "sentence", "span"),
    [
        ("situation", "We are not a bakery.", "We are not a bakery"),
        ("situation", "I am at the director level.", "I am at the director level"),
        ("situation", "Most of our digging is because the pipes leak.", "Most of our digging is"),
        ("situation", "It frees up my mornings.", "It frees up my mornings"),
        ("outcome", "I ask it how the lamps might change the mood.", "the lamps might change the mood"),
        ("outcome", "I wear it if it fits the season.", "it fits the season"),
        ("outcome", "The choir sings fast.", "The choir sings fast"),
    ],
)
def test_who_somebody_is_and_what_merely_is_fill_no_slot(slot: str, sentence: str, span: str) -> None:
    assert word(slot, sentence, span) is None


def test_a_clause_ends_where_the_next_begins_without_a_mark() -> None:
    assert word("situation", "When I speak to the council I have two pages.", "When I speak to the council I have") == (
        "I speak to the council"
    )


def test_purposes_are_found_behind_a_wish_and_behind_what_is_done_for_them() -> None:
    def purposes(sentence: str) -> list[str]:
        return [p.text for p in purposes_of(load_parser()(sentence))]

    assert purposes("I'd love to see the file before the visit, so I sound prepared.") == ["I sound prepared"]
    assert purposes("I write the dose on the lid to remember it.") == ["remember it"]
    assert purposes("I was late, so I take the bus.") == []
    assert purposes("I had to drive there to look at a pipe.") == []


def test_praise_is_no_circumstance() -> None:
    assert is_praise("the garden is lovely and enjoyable")
    assert not is_praise("the garden is enjoyable but hard to keep")
    assert not is_praise("the pump is not reliable")


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("motivation", "I use an app to help with planning meals.", "help with planning meals", "get help with planning meals"),
        ("motivation", "I use it to help revise emails to clients.", "help revise emails to clients", "revise emails to clients"),
        ("motivation", "Took the day off, got the train.", "Took the day off", None),
        ("motivation", "I want to be taken care of without asking.", "be taken care of without asking",
         "be taken care of without asking"),
        ("motivation", "I want to have it billed by the time I've swept the floor, then the evening's mine.",
         "have it billed by the time I've swept the floor, then the evening's mine",
         "have it billed by the time I've swept the floor"),
        ("motivation", "I want to put my notes together before the call.", "put my notes together before the call",
         "put my notes together before the call"),
        ("motivation", "I want to keep the old pages therefore.", "keep the old pages therefore",
         "keep the old pages"),
        ("motivation", "I want to keep the pages up to date.", "keep the pages up to date", "keep the pages up to date"),
        ("motivation", "It is my job not just to edit the report.", "edit the report", "edit the report"),
        ("motivation", "I enjoy knitting hats without the use of AI.", "knitting hats without the use of AI", "knit hats"),
        ("motivation", "What I want is to guess how many will come.", "guess how many will come", "guess how many will come"),
        ("outcome", "I want it filed today, so there's nothing left to do in May.", "there's nothing left to do in May",
         "that there's nothing left to do in May"),
        ("outcome", "So I'm not afraid of the bank.", "I'm not afraid of the bank", "that I'm not afraid of the bank"),
        ("outcome", "I may branch out to use it for baking.", "use for baking", None),
        ("motivation", "The AI being able to run the shop is a thought.", "run the shop", None),
    ],
)  # fmt: skip
def test_what_is_handed_over_is_got_and_afterthoughts_count(
    slot: str, sentence: str, span: str, expected: str | None
) -> None:
    assert word(slot, sentence.replace("use it for", "use for"), span) == expected


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("motivation", "It is hard to get the AI to respond the way I like.", "respond the way I like", None),
        ("motivation", "I don't want the barn to be lost.", "want the barn to be lost", None),
        ("motivation", "The plan will need some people to keep it going.", "keep it going", None),
        ("outcome", "It provides me with a good reason to go on.", "provides me with a good reason to go on",
         "get a good reason to go on"),
        ("motivation", "I want to plan each course prior to the big dinner for the whole of the village.",
         "plan each course prior to the big dinner for the whole of the village", "plan each course"),
    ],
)  # fmt: skip
def test_what_is_done_by_others_or_broken_off_is_left_out(
    slot: str, sentence: str, span: str, expected: str | None
) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("I can see it growing to take on more small repairs.", "take on more small repairs"),
        ("I give it letters for it to read and sort for me.", "sort for me"),
        ("The maps used by the AI to plan a route are old.", "plan a route"),
        ("If I could wave a magic wand, it would be done.", "wave a magic wand"),
        ("Let it help people rather than forbid its use.", "forbid its use"),
    ],
)
def test_what_a_tool_does_by_itself_is_no_goal(sentence: str, span: str) -> None:
    assert word("motivation", sentence, span) is None


def test_no_phrase_loses_its_never() -> None:
    assert word(
        "motivation", "I want to map the ground, never with secret files.", "map the ground, never with secret"
    ) == ("map the ground")


def test_goals_that_point_at_something_untold_or_say_too_little_cost_more() -> None:
    assert cost("motivation", "I want to build these sheds.", "build these sheds") > cost(
        "motivation", "I want to build wooden sheds.", "build wooden sheds"
    )
    assert cost("motivation", "I hope to go on in the spring.", "go on in the spring") > cost(
        "motivation", "I hope to sow oats in spring.", "sow oats in spring"
    )


def test_a_denial_that_nobody_said_is_inferred() -> None:
    goal, outcome = candidate("motivation", "bill on the day"), candidate("outcome", "I always forget the slips.")
    options = {"motivation": [goal], "outcome": [outcome]}
    for added in ((), ("don't",)):
        wording = Wording("that I don't forget the slips", 0.0, added=added)
        options["outcome"] = [dataclasses.replace(outcome, wording=wording)]
        statement = draft_statement(options, embed, fit=lambda pairs: np.full((len(pairs), 2), 0.9)).statement
        assert statement.text == "When …, I want to bill on the day, so that I don't forget the slips."
        assert statement.inferred == added


def test_two_answers_around_a_question_are_near() -> None:
    goal = candidate("motivation", "bill on the day", turn=5)
    told = [nearness(candidate("situation", "jobs end late", turn=turn), goal) for turn in (3, 7, 8, 2)]
    assert told == ["near", "near", "person", "person"]
