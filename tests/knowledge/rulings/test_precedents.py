"""Rulings that bear on a question are found: the very same question, and those that are like it."""

import pytest

from knowledge.answers import Question
from knowledge.clauses import Party, Verdict
from knowledge.encoding import Floats, MiniLM
from knowledge.rulings.precedents import Form, How, Matcher, Precedent

POLL = "Can a member run a poll on X?"
SLIDES = "May a member post the slides of a talk after the conference?"
EMOJI = "May a member use an emoji in a reply to a complaint?"


def precedent(name: str, question: str, society: str = "larks", *others: str) -> Precedent:
    forms = tuple(Form(text, Party.MEMBER) for text in (question, *others))
    return Precedent(name, society, question, Verdict.YES, "They may.", (), "1 May 2026", "the office", forms)


def evenly(_term: str) -> float:
    return 1.0


def no_vector(_text: str) -> Floats | None:
    return None


RULINGS = (precedent("1", POLL), precedent("2", SLIDES), precedent("3", EMOJI), precedent("4", POLL, "oars"))


@pytest.fixture
def by_words() -> Matcher:
    return Matcher(RULINGS, no_vector, {"larks": evenly, "oars": evenly})


@pytest.fixture(scope="module")
def by_meaning(encoder: MiniLM) -> Matcher:
    return Matcher(RULINGS, lambda text: encoder.encode([text])[0], {"larks": evenly, "oars": evenly})


def found(matcher: Matcher, text: str, society: str = "larks", *chosen: str) -> list[tuple[str, How]]:
    near = matcher.bearing(Question(text, society, Party.MEMBER, chosen))
    return [(one.precedent.id, one.how) for one in near]


@pytest.mark.parametrize("text", ["Can I run poll on X?", "is it ok to run a poll on x"])
def test_the_same_question_is_found_with_and_without_an_encoder(
    by_words: Matcher, by_meaning: Matcher, text: str
) -> None:
    assert found(by_words, text)[0] == ("1", How.SAME)
    assert found(by_meaning, text)[0] == ("1", How.SAME)


def test_a_like_question_is_only_like(by_words: Matcher, by_meaning: Matcher) -> None:
    assert found(by_meaning, "may I set up a vote on my X account") == [("1", How.LIKE)]
    assert found(by_meaning, "can I put my conference slides online afterwards") == [("2", How.LIKE)]
    assert found(by_words, "may I post slides after the conference about a company") == [("2", How.LIKE)]


def test_an_added_fact_is_never_the_same_however_like(by_meaning: Matcher) -> None:
    assert found(by_meaning, "Can I run a poll on X about a company?")[0] == ("1", How.LIKE)


def test_what_was_chosen_when_asked_back_is_a_fact_too(by_words: Matcher) -> None:
    assert found(by_words, "Can I run a poll on X?", "larks", "My own") == [("1", How.LIKE)]


def test_no_ruling_of_another_society_is_found(by_words: Matcher, by_meaning: Matcher) -> None:
    assert found(by_words, POLL, "oars") == [("4", How.SAME)]
    assert found(by_meaning, SLIDES, "oars") == []
    assert found(by_meaning, SLIDES, "nobody") == []


def test_what_is_about_something_else_is_not_found(by_words: Matcher, by_meaning: Matcher) -> None:
    for text in ("who signs off the budget", "may a patient complain", "", "🎗", "x" * 5000):
        assert found(by_words, text) == []
        assert found(by_meaning, text) == []


def test_the_words_of_whoever_asked_first_are_compared_as_well() -> None:
    ruling = precedent("9", POLL, "larks", "do you mind a vote on twitter")
    matcher = Matcher([ruling], no_vector, {"larks": evenly})

    assert found(matcher, "Do you mind a vote on Twitter?") == [("9", How.SAME)]


def test_of_rulings_on_one_question_the_latest_comes_first() -> None:
    matcher = Matcher([precedent("1", POLL), precedent("2", POLL)], no_vector, {"larks": evenly})

    assert found(matcher, POLL) == [("2", How.SAME), ("1", How.SAME)]
    assert [one.precedent.id for one in matcher.on_same(POLL, "larks", Party.MEMBER)] == ["2", "1"]
