"""Words that somebody wrote of an account and would like to be others: changed at any time until the end."""

import pytest

from bot import wording_of_steps as wording
from bot.acts import AnswerStep, ConfirmRead, ShowOnboarding
from bot.enrolments import EnrolmentState
from bot.register import Change
from bot.replies import Lesson, Listed
from bot.telling import in_plain_text
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.hall import Hall
from tests.bot.accounts.onboarding_room import DESK, FINCH, WREN, Choir, button, labels, lesson, listing, told
from tests.bot.accounts.test_left_waiting import Talk
from tests.bot.accounts.test_typed_words import TO_WRITING, is_under_way, purpose

FIRST, SECOND = "skip", "To tell of our concerts."


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def noted(choir: Choir, words: str = FIRST) -> Lesson:
    """What is shown to who has just said what the account is for."""
    shown = choir.under_way()
    while "in your own words?" not in shown.told.remarks:
        shown = lesson(choir.does(choir.best(shown)))
    return lesson(choir.does(AnswerStep("1", "purpose", "words", words)))


def says(choir: Choir, words: str) -> Lesson:
    return lesson(choir.does(AnswerStep("1", "purpose", "words", words)))


def test_what_was_noted_is_shown_with_a_way_to_change_it(choir: Choir) -> None:
    shown = noted(choir)
    assert shown.before.opening == "Noted: its purpose is on the register now. It reads: “skip”"
    assert button(shown, "Change it").act == AnswerStep("1", "purpose", "words", "")
    assert labels(shown)[-2:] == ["Change it", "Later"]
    assert "Change it" not in labels(lesson(choir.does(ShowOnboarding())))


def test_other_words_take_the_place_of_the_first_on_the_register_too_with_its_history(choir: Choir) -> None:
    noted(choir)
    after = says(choir, SECOND)
    assert after.before.opening.endswith(f"It reads: “{SECOND}”")
    assert after.title == "@larks_choir: The picture beside the name"
    assert choir.entry().purpose == SECOND
    with choir.store.work() as work:
        changes = [move.text for move in work.register.history("1") if move.what is Change.CHANGED]
    assert changes == ["purpose: “skip”", f"purpose: “skip” became “{SECOND}”"]
    assert [one.given for one in choir.enrolment().answers if one.item == "words"] == [SECOND]


def test_who_says_to_change_it_without_words_is_asked_again_and_the_rest_stays_answered(choir: Choir) -> None:
    shown = noted(choir)
    again = lesson(choir.does(button(shown, "Change it").act))
    assert again.before.opening == wording.CHANGING
    assert labels(again) == ["Write it", "Keep it as it stands", "Later"]
    assert choir.entry().purpose == FIRST
    after = says(choir, SECOND)
    assert (after.title, choir.entry().purpose) == ("@larks_choir: The picture beside the name", SECOND)


def test_words_that_cannot_stand_leave_the_first_on_the_register_and_are_asked_for_again(choir: Choir) -> None:
    noted(choir, SECOND)
    again = says(choir, "Write to wren@larks.example")
    assert again.before.remarks == "You wrote: “Write to wren@larks.example”"
    assert labels(again) == ["Write it", "Keep it as it stands", "Later"]
    assert choir.entry().purpose == SECOND
    assert lesson(choir.does(button(again, "Keep it as it stands").act)).before.opening == wording.kept("purpose")


def test_at_the_end_what_was_written_is_shown_and_can_be_changed_until_it_is_confirmed(choir: Choir) -> None:
    last = choir.through(noted(choir))
    assert [one.label for one in last.said] == [FIRST]
    assert button(last, "Change the purpose").act == AnswerStep("1", "purpose", "words", "")
    last = says(choir, SECOND)
    assert isinstance(last.buttons[0].act, ConfirmRead)
    replies = choir.does(last.buttons[0].act)
    assert f"Purpose: “{SECOND}”" in in_plain_text(listing(replies, DESK))
    after = choir.does(AnswerStep("1", "purpose", "words", "Something else."))
    assert [type(one) for one in after] == [Listed]
    assert (choir.entry().purpose, choir.enrolment().state) == (SECOND, EnrolmentState.FINISHED)


def test_the_same_words_once_more_change_nothing(choir: Choir) -> None:
    noted(choir, SECOND)
    answers, moves = choir.enrolment().answers, choir.history()
    assert says(choir, f" {SECOND} ").before.opening == wording.ANSWERED_ALREADY
    assert (choir.enrolment().answers, choir.history()) == (answers, moves)


def test_nobody_changes_the_words_of_somebody_else(choir: Choir) -> None:
    noted(choir, SECOND)
    replies = choir.does(AnswerStep("1", "purpose", "words", FIRST), FINCH)
    assert "I find nothing like that of yours." in told(replies, f"{FINCH.account}:")
    assert choir.entry().purpose == SECOND


def test_who_was_taken_off_the_register_meanwhile_changes_nothing(choir: Choir) -> None:
    noted(choir, SECOND)
    choir.changes(admins=())
    assert "That is over for @larks_choir" in told(choir.does(AnswerStep("1", "purpose", "words", FIRST), WREN))
    assert choir.entry().purpose == SECOND


def test_it_is_changed_in_typed_words_as_well(sample_library: Library) -> None:
    talk, hall = Talk(sample_library), Hall(sample_library)
    hall.store, hall.now = talk.store, talk.now
    is_under_way(talk, hall, *TO_WRITING)
    for text in ("It is for a laugh", "Keep it"):
        shown = talk.says(text)
    assert "Change it" in labels(lesson(shown))
    assert purpose(hall) == "It is for a laugh"
    again = lesson(talk.says("Change it"))
    assert again.before.opening == wording.CHANGING
    for text in ("It tells of our concerts", "Keep it"):
        shown = talk.says(text)
    assert purpose(hall) == "It tells of our concerts"
    assert lesson(shown).title == "@larks_choir: The picture beside the name"
