"""Words that mean an act, and the questions that only look like them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts import AddToQuery, AskersAct, Escalate, GiveName, Rate, ReopenQuery, ShowMyQueries, Withdraw
from bot.exchanges import Ending, Exchange
from bot.people import Person
from bot.words_that_act import means_home, meant
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict
from tests.bot.asking import MONDAY

OFFICE = "the choir office"


def heard(name: str, ending: str = Verdict.NO) -> Exchange:
    return Exchange(
        name, "slack:D1:", Person("slack:U1"), "larks", Party.MEMBER, MONDAY, "May I tape it?", "No.", ending
    )


def taken(text: str, *said: Exchange) -> AskersAct | None:
    return meant(text, said or (heard("7"),), OFFICE)


@pytest.mark.parametrize(
    "text",
    [
        "my queries",
        "My queries?",
        "show me my queries",
        "what became of my queries?",
        "What's happened to Q12?",
        "what happened to query 12",
        "what happened to my question?",
        "Is there any news on q12?",
        "Q12",
        "#12?",
        "where is my query?",
        "status of Q12",
    ],
)
def test_asking_what_became_of_queries_shows_them(text: str) -> None:
    assert taken(text) == ShowMyQueries()


@pytest.mark.parametrize(
    "text",
    [
        "ask the choir office",
        "Please ask the choir office.",
        "Ask choir office",
        "ask National Office",
        "just ask the office",
        "no, ask the office instead",
        "ask the office for me",
        "can you ask the office about this please?",
        "I want to ask the choir office about this",
        "escalate",
        "Escalate this!",
        "escalate it to the choir office",
        "send this to the office",
        "could you send my question to the choir office?",
        "talk to a person",
        "Can I speak to a human?",
        "I'd like to talk to somebody",
        "may I talk to somebody at the choir office",
    ],
)
def test_wanting_a_person_means_to_send_what_was_said_last(text: str) -> None:
    assert taken(text) == Escalate("7")


def test_before_anything_was_asked_it_means_to_send_nothing_yet() -> None:
    assert meant("talk to a person", (), OFFICE) == Escalate("")


def test_thanks_in_between_are_passed_over() -> None:
    said = (heard("6", Reason.OUT_OF_SCOPE), heard("7", Reason.SMALL_TALK), heard("8", Ending.TOLD))

    assert taken("ask the office", *said) == Escalate("6")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("withdraw Q12", Withdraw("12")),
        ("Please withdraw my query Q12.", Withdraw("12")),
        ("take Q12 back", Withdraw("12")),
        ("cancel query 12", Withdraw("12")),
        ("withdraw Q0012", Withdraw("12")),
        ("add to Q12: I post on X as well", AddToQuery("12", "I post on X as well")),
        ("Add to my query Q12 that I am new", AddToQuery("12", "that I am new")),
        ("add this to q12 - more\nthan one line?", AddToQuery("12", "more\nthan one line?")),
        ("add to Q12", AddToQuery("12", "")),
        ("reopen Q12", ReopenQuery("12", "")),
        ("Reopen Q12: still   unclear", ReopenQuery("12", "still   unclear")),
        ("reopen #12 because it is unclear", ReopenQuery("12", "because it is unclear")),
        ("open Q12 again: still unclear", ReopenQuery("12", "still unclear")),
        ("give my name for Q12", GiveName("12")),
    ],
)
def test_a_query_can_be_named_by_its_number(text: str, act: AskersAct) -> None:
    assert taken(text) == act


def test_what_is_added_is_kept_to_its_last_letter() -> None:
    words = "word " * 3_000 + "end"

    assert taken(f"add to Q12: {words}") == AddToQuery("12", words)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("that was wrong", ""),
        ("That is wrong.", ""),
        ("That’s wrong!", ""),
        ("no, that is not right", ""),
        ("that was wrong: we may tape it", "we may tape it"),
        ("this answer is wrong because it is old", "it is old"),
        ("you got that wrong - see the minutes", "see the minutes"),
        ("you’re wrong", ""),
        ("wrong", ""),
        ("Wrong!", ""),
        ("incorrect: we may tape it", "we may tape it"),
    ],
)
def test_saying_that_an_answer_was_wrong_rates_it(text: str, reason: str) -> None:
    assert taken(text) == Rate("7", False, reason)


@pytest.mark.parametrize("ending", [Ending.GUIDED, Ending.CHECKED, Ending.ASKED, Ending.TOLD, Ending.FAILED])
def test_what_was_no_answer_is_not_rated(ending: Ending) -> None:
    assert taken("that is wrong", heard("7", ending)) is None


def test_nothing_is_rated_before_an_answer() -> None:
    assert meant("that is wrong", (), OFFICE) is None


@pytest.mark.parametrize(
    "text",
    [
        "Who do I ask at the choir office about branding?",
        "Can I ask the choir office for a logo?",
        "ask the choir office about branding",
        "Should I send this to the office before I post?",
        "Can I send this to the office?",
        "Do I have to ask the office?",
        "do I have to escalate complaints?",
        "how do I escalate a complaint",
        "may members talk to a journalist?",
        "can I talk to somebody from a company about us",
        "what happened to the newsletter",
        "can I withdraw a post",
        "withdraw",
        "add to my post a disclaimer",
        "my question is about logos",
        "My question: can I post?",
        "Do queries go to the office?",
        "reopen the account",
        "is it wrong to retweet",
        "wrong?",
        "wrong account",
        "that is wrong of me to post, isn't it",
        "that is wrong, can I post it anyway?",
        "That was wrong: may I post it?",
        "Can I tell people to ask the office?",
        "we ask the office to post for us, right?",
        "",
        "?",
        "12",
    ],
)
def test_a_question_about_the_office_is_a_question(text: str) -> None:
    assert taken(text) is None


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    taken(text)


@pytest.mark.parametrize(
    "text", ["please, " * 5_000, "add to Q1" + " : " * 20_000, "that is wrong" + " " * 50_000 + "x", "no, " * 20_000]
)
def test_a_hostile_text_ends_in_time(text: str) -> None:
    begun = time.perf_counter()
    taken(text)

    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("text", ["home", "HOME!", "go to home", "please show me the home page", "my home screen"])
def test_a_word_alone_asks_for_what_is_shown_first(text: str) -> None:
    assert means_home(text)


@pytest.mark.parametrize(
    "text", ["", "homes", "home?", "take me home safely", "home " * 100, "is home ok", "homepage design"]
)
def test_what_says_more_asks_something_else(text: str) -> None:
    assert not means_home(text)
