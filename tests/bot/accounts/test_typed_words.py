"""What is typed while a step or a request waits: shown back before it is kept, or left to whom it is for."""

from dataclasses import replace

import pytest

from bot import wording_of_requests as wording
from bot import wording_of_typed_words as typed
from bot.account_requests import RequestState
from bot.acts import AcceptInvitation, PassOn, Say
from bot.enrolments import EnrolmentState, StepAnswer
from bot.replies import Answered, Concluded, Guided, Lesson, Listed, NotAnswered, Reply, Told
from bot.telling import buttons_of, in_plain_text
from bot.wording_of_messages import WHAT_TO_SAY
from bot.wording_of_steps import BETTER_NOT, FINE, HAVE_READ_ALL
from knowledge.library import Library
from tests.bot.accounts.hall import ANN, BEN, GIVEN, Hall, button, home, labels, lesson, told
from tests.bot.accounts.test_left_waiting import QUESTION, Talk

TO_WRITING = (
    ("media", ""),
    *(("tone", one) for one in ("thanks", "welcome", "sneer", "grumble")),
    *(("recording", f"{post}:1:consent") for post in ("shared", "taped", "at-home")),
)


@pytest.fixture
def talk(sample_library: Library) -> Talk:
    return Talk(sample_library)


@pytest.fixture
def hall(talk: Talk, sample_library: Library) -> Hall:
    hall = Hall(sample_library)
    hall.store, hall.now = talk.store, talk.now
    return hall


def is_under_way(talk: Talk, hall: Hall, *answered: tuple[str, str]) -> str:
    """An onboarding of Ann's in which these were answered, shown to her."""
    enrolment = hall.is_enrolled(hall.has_account("@larks_choir", ANN))
    answers = tuple(StepAnswer(step, item, "...", hall.now, True) for step, item in answered)
    hall.answered(enrolment, lambda one: replace(one, answers=answers))
    talk.says("onboarding")
    return enrolment


def is_invited(hall: Hall) -> str:
    return hall.is_enrolled(hall.has_account("@larks_choir"), state=EnrolmentState.INVITED)


def purpose(hall: Hall) -> str:
    return hall.entries()[0].purpose


# Typed words are kept once it is said that they are meant


def test_words_for_a_request_are_shown_before_they_are_kept(talk: Talk, hall: Hall) -> None:
    talk.says("request an account")
    (asked,) = talk.says("The Evening Larks")
    assert isinstance(asked, Told)
    assert (asked.words, labels(asked)) == ("The Evening Larks", [typed.KEEP_IT, typed.NOT_MEANT])
    assert not hall.request().given
    assert lesson(talk.presses(button([asked], typed.KEEP_IT).act)).before.opening.startswith("Noted.")
    assert hall.request().given


@pytest.mark.parametrize("text", ["yes", "Keep it", "Yes, keep it."])
def test_that_they_are_meant_can_be_said_in_words(talk: Talk, hall: Hall, text: str) -> None:
    talk.says("request an account", "slack:D9:1")
    talk.says("The Evening Larks", "slack:D9:2")
    assert isinstance(talk.says(text, "slack:D9:3")[0], Lesson)
    assert hall.request().given


def test_a_no_shows_the_question_again(talk: Talk, hall: Hall) -> None:
    talk.says("request an account")
    talk.says("The Evening Larks")
    assert "Which group is the account for?" in in_plain_text(talk.says("no")[0])
    assert not hall.request().given


def test_words_that_were_meant_for_something_else_are_answered(talk: Talk, hall: Hall) -> None:
    talk.says("request an account")
    (asked,) = talk.says("We sing with friends at open rehearsals")
    act = button([asked], typed.NOT_MEANT).act
    assert act == Say("We sing with friends at open rehearsals")
    answered, waits = talk.presses(act)
    assert isinstance(answered, Answered | NotAnswered)
    assert told([waits]) == wording.REQUEST_WAITS
    assert not hall.request().given


def test_nothing_is_written_on_the_register_before_that(talk: Talk, hall: Hall) -> None:
    is_under_way(talk, hall, *TO_WRITING)
    (asked,) = talk.says("To tell of our concerts")
    assert purpose(hall) == ""
    talk.presses(button([asked], typed.KEEP_IT).act)
    assert purpose(hall) == "To tell of our concerts"


@pytest.mark.parametrize(
    "text",
    [
        "later",
        "not now",
        "ask a human",
        "I want to speak to somebody at the office",
        "code of conduct",
        "accept",
        "decline",
        "Someone is impersonating the choir on twitter",
        "Our account was hacked",
        "I'm leaving",
        "help",
        QUESTION,
    ],
)
@pytest.mark.parametrize("step", ["request", "writing"])
def test_what_has_a_meaning_elsewhere_is_not_taken_for_them(talk: Talk, hall: Hall, text: str, step: str) -> None:
    if step == "request":
        talk.says("request an account")
    else:
        is_under_way(talk, hall, *TO_WRITING)
    replies = talk.says(text)
    assert replies
    assert typed.KEEP_IT not in [label for one in replies for label in labels(one)]
    if step == "request":
        assert not hall.request().given
    assert purpose(hall) == "" if hall.entries() else True


@pytest.mark.parametrize(
    "text", ["Write it", "skip", "change", "none", "same as before", "\U0001f44d", "\U0001f44d \U0001f44d", "no"]
)
def test_what_says_nothing_asks_again_and_is_kept_nowhere(talk: Talk, hall: Hall, text: str) -> None:
    is_under_way(talk, hall, *TO_WRITING)
    assert lesson(talk.says(text)).progress == "Step 4 of 6"
    assert purpose(hall) == ""
    (asked,) = talk.says("To tell of our concerts")  # which nothing was asked in between
    assert typed.KEEP_IT in labels(asked)


@pytest.mark.parametrize("text", ["Write it", "skip", "1", "send it"])
def test_a_field_of_a_request_is_asked_for_again_as_well(talk: Talk, hall: Hall, text: str) -> None:
    talk.says("request an account")
    assert "Which group is the account for?" in in_plain_text(talk.says(text)[0])
    assert not hall.request().given


@pytest.mark.parametrize(
    "text",
    [
        *GIVEN.values(),
        "Families and neighbours of those who sing with us.",
        "Scientists and technologists who work with phantoms, and trainees who might like to.",
        "Two of our committee, a post a week each. Our secretary stands in when they are away.",
        "People who use phantoms",
        "News",
        "To speak to people about singing",
        "Trainees",
        "nobody yet",
    ],
)
def test_anything_that_is_no_question_can_be_kept(talk: Talk, text: str) -> None:
    talk.says("request an account")
    assert typed.KEEP_IT in labels(talk.says(text)[0])


def test_a_request_goes_in_words_with_its_fields_that_may_be_left(talk: Talk, hall: Hall) -> None:
    talk.says("request an account")
    for words in GIVEN.values():
        talk.keeps(words)
    assert "Will you run the account yourself?" in in_plain_text(talk.says("none")[0])
    (whole,) = talk.says("yes")
    assert isinstance(whole, Listed)
    talk.says("Send it")
    assert hall.request().state is RequestState.SENT


# What was offered last is taken in words, and a decision that was under way gives way to it


def test_a_decision_gives_way_to_a_request_and_its_advice(talk: Talk, hall: Hall) -> None:
    assert isinstance(talk.says("Can I record the rehearsal?")[0], Guided)
    talk.says("request an account")
    talk.keeps(GIVEN["group"])
    talk.says(wording.NOT_SURE)
    for replies in (talk.says("yes"), talk.says("Ask them")):
        assert not any(isinstance(one, Guided | Concluded) for one in replies)
    assert "Q1" in told(replies)
    assert hall.ticket().dossier.question.startswith("The Evening Larks is not sure")


def test_the_decision_is_gone_on_with_once_that_is_said(talk: Talk) -> None:
    (guided,) = talk.says("Can I record the rehearsal?")
    assert isinstance(guided, Guided)
    talk.says("link my accounts")
    assert isinstance(talk.says("go on")[-1], Guided)


@pytest.mark.parametrize(
    ("text", "sent"), [("Ask them", True), ("no", False), ("Go on with the request", False), ("The altos", False)]
)
def test_advice_is_asked_for_or_left_in_words(talk: Talk, text: str, sent: bool) -> None:
    talk.says("request an account")
    talk.says(wording.NOT_SURE)
    talk.says(text)
    with talk.store.work() as work:
        assert (work.tickets.get("1") is not None) is sent


def test_a_yes_after_another_question_asks_nobody_for_advice(talk: Talk) -> None:
    talk.says("request an account")
    talk.says(wording.NOT_SURE)
    talk.says(QUESTION)
    talk.says("yes")
    with talk.store.work() as work:
        assert work.tickets.get("1") is None


def test_who_gives_a_request_up_is_told_that_what_they_asked_about_it_waits(talk: Talk) -> None:
    talk.says("request an account")
    talk.says(wording.NOT_SURE)
    talk.says("Ask them")
    replies = talk.says("drop my request")
    assert "went before, as Q1." in told(replies)
    assert "Nothing of it was sent" not in told(replies)
    assert {"Withdraw it", wording.BEGIN_ANEW} <= set(labels(replies[0]))


def test_a_message_is_passed_on_in_words_to_whoever_was_asked_after(talk: Talk, hall: Hall) -> None:
    hall.has_account("@larks_choir", BEN)
    talk.says("Who runs the choir account?")
    assert told(talk.says("pass a message on")) == WHAT_TO_SAY
    talk.presses(PassOn("1", "May we sing with you?"))
    assert "Q1" in told(talk.says("Send without my name"), home(ANN))


@pytest.mark.parametrize("text", ["yes please", "yes, not now", "yes", "1"])
def test_a_yes_or_a_number_sends_nothing_to_staff_and_what_was_asked_is_asked_again(
    talk: Talk, hall: Hall, text: str
) -> None:
    hall.has_account("@larks_choir", BEN)
    talk.says("I've just taken over @larks_choir")
    talk.says(text)
    with talk.store.work() as work:
        assert work.tickets.get("1") is None
    talk.says("I've just taken over @larks_choir")
    assert "has to agree" in told(talk.says("yes"))
    assert "Q1" in told(talk.says("Ask the choir office to agree"))


def test_a_yes_is_for_the_question_that_stands_above_it(talk: Talk, hall: Hall) -> None:
    hall.has_account("@larks_choir", BEN)
    assert isinstance(talk.says("Can I record the rehearsal?", "slack:D9:1")[0], Guided)
    talk.says("I've just taken over @larks_choir", "slack:D9:2")
    talk.says("yes", "slack:D9:1")
    with talk.store.work() as work:
        assert work.tickets.get("1") is None


def test_the_step_that_waits_is_gone_on_with_in_words(talk: Talk, hall: Hall) -> None:
    is_under_way(talk, hall)
    talk.says(QUESTION)
    assert lesson(talk.says("go on")).progress == "Step 1 of 6"


# A yes and a no at a step


def test_a_yes_a_no_and_a_fine_judge_a_post(talk: Talk, hall: Hall) -> None:
    is_under_way(talk, hall, ("media", ""))
    for text in ("fine", "no"):
        talk.says(text)
    with talk.store.work() as work:
        (found,) = work.enrolments.of([ANN.account])
    assert [one.given for one in found.answers[1:3]] == [FINE, BETTER_NOT]


def test_a_no_says_that_something_was_not_done_and_a_yes_nothing_where_two_would_fit(talk: Talk, hall: Hall) -> None:
    enrolment = is_under_way(talk, hall, *TO_WRITING, ("purpose", "words"))
    assert not hall.means("yes")
    talk.says("onboarding")
    assert lesson(talk.says("no")).progress == "Step 6 of 6"
    with talk.store.work() as work:
        found = work.enrolments.get(enrolment)
    assert found is not None
    assert found.answers[-1].given == "Not yet"


def test_the_end_is_confirmed_in_words_where_the_clauses_were_shown_and_not_by_a_yes(talk: Talk, hall: Hall) -> None:
    is_under_way(talk, hall, *TO_WRITING, ("purpose", "words"), ("credit", ""))
    assert isinstance(talk.says("yes")[0], Lesson)
    with talk.store.work() as work:
        assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.UNDER_WAY
    talk.says(HAVE_READ_ALL)
    with talk.store.work() as work:
        assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.FINISHED


def test_the_clauses_are_shown_again_where_they_were_not_shown_in_these_words(talk: Talk, hall: Hall) -> None:
    is_under_way(talk, hall, *TO_WRITING, ("purpose", "words"), ("credit", ""))
    talk.says(QUESTION)
    assert lesson(talk.says(HAVE_READ_ALL)).told.citations
    with talk.store.work() as work:
        assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.UNDER_WAY
    talk.says(HAVE_READ_ALL)
    with talk.store.work() as work:
        assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.FINISHED


def test_nobody_is_enrolled_by_a_yes_or_by_what_they_have_not_seen(talk: Talk, hall: Hall) -> None:
    enrolment = is_invited(hall)
    for text in ("accept", "yes"):
        replies: list[Reply] = talk.says(text)
        assert AcceptInvitation(enrolment) in [one.act for reply in replies for one in buttons_of(reply)]
        with talk.store.work() as work:
            assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.INVITED
    talk.says("accept")
    with talk.store.work() as work:
        assert work.enrolments.of([ANN.account])[0].state is EnrolmentState.UNDER_WAY
