"""What pressing comes to."""

import pytest

from adapters.chat.buttons import Pressable, does_what, pressable, takes_away, without_words
from adapters.chat.pressing import Does
from bot.acts import (
    AcceptInvitation,
    Act,
    AgreeTakeOver,
    AnswerStep,
    ApproveRequest,
    AskAdvice,
    CloseEntry,
    ConfirmChange,
    ConfirmEntry,
    ConfirmRead,
    DeclineInvitation,
    DropRequest,
    EndEnrolment,
    FillRequest,
    Invite,
    Leave,
    Link,
    OfferLink,
    PassOn,
    PutEntry,
    RemoveAdmin,
    RequestAccount,
    Say,
    SendRequest,
    ShowOnboarding,
    ShowRegister,
    Snooze,
    Stay,
    TakeOver,
    Unlink,
)
from bot.replies import Button

ASKS: list[Act] = [
    AnswerStep("5", "purpose", "words"),
    Invite("7"),
    PutEntry("larks"),
    PutEntry("larks", "7", 3, "@larks", "Twitter", "The choir"),
    ConfirmEntry("7", 3),
    PassOn("7"),
    FillRequest("4", "group"),
    ApproveRequest("12", 3, "@larks", "Twitter"),
    Link(""),
]
AT_ONCE: list[Act] = [
    TakeOver(),
    Invite("7", "slack:U7"),
    AgreeTakeOver("12", 3),
    ConfirmEntry("7", 3, access="two"),
    ConfirmEntry("7", 3, active=False),
    PassOn("7", "Hello", confirmed=True),
    SendRequest("4", 2),
    OfferLink(),
    Snooze("5"),
    Stay("7"),
    ShowRegister("larks"),
]
GOES_ON: list[Act] = [
    Say("Yes"),
    ShowOnboarding("5"),
    AcceptInvitation("5"),
    AnswerStep("5", "judge", "first", "Fine to post"),
    ConfirmRead("5"),
    ConfirmChange("5", "larks/a/b", "the first"),
    RequestAccount("4"),
    FillRequest("4", "questions", "none"),
    AskAdvice("4"),
]
TAKES_AWAY: list[Act] = [
    DeclineInvitation("5"),
    EndEnrolment("5", 2),
    RemoveAdmin("7", 3, "slack:U7"),
    CloseEntry("7", 3),
    Leave("7"),
    DropRequest("4"),
    Unlink(),
]


@pytest.mark.parametrize("act", ASKS)
def test_what_needs_words_asks_for_them_also_where_one_step_follows_another(act: Act) -> None:
    assert does_what(act) is Does.FORM
    assert pressable(Button("x", "X", act), in_place=True).does is Does.FORM


@pytest.mark.parametrize("act", [*AT_ONCE, *TAKES_AWAY])
def test_what_needs_none_is_done_at_once_and_leaves_the_message(act: Act) -> None:
    assert pressable(Button("x", "X", act), in_place=True).does is Does.ACT


@pytest.mark.parametrize("act", GOES_ON)
def test_one_step_takes_the_place_of_another_and_of_nothing_else(act: Act) -> None:
    assert pressable(Button("x", "X", act), in_place=True).does is Does.STEP
    assert pressable(Button("x", "X", act)).does is Does.ACT


@pytest.mark.parametrize("act", TAKES_AWAY)
def test_what_takes_something_away_is_asked_again(act: Act) -> None:
    assert takes_away(pressable(Button("x", "X", act)))


@pytest.mark.parametrize("act", [*AT_ONCE, *GOES_ON])
def test_what_takes_nothing_away_is_not(act: Act) -> None:
    assert not takes_away(pressable(Button("x", "X", act)))


@pytest.mark.parametrize(
    "act",
    [
        PassOn("7", "Hello", named=True, confirmed=True),
        PutEntry("larks", "7", 3, "@larks", purpose="News"),
        FillRequest("4", "group", "The choir"),
        ApproveRequest("12", 3, "@larks", "Twitter", "Well done"),
        AnswerStep("5", "purpose", "words", "News"),
    ],
)
def test_what_is_too_long_for_a_button_asks_for_its_words_again(act: Act) -> None:
    bare = without_words(Pressable("X", act, does_what(act)))

    assert bare is not None
    assert bare.does is Does.FORM
    assert not isinstance(bare.act, PassOn) or not bare.act.confirmed


@pytest.mark.parametrize("act", [*TAKES_AWAY, ShowRegister("larks"), AnswerStep("5", "judge", "first", "Fine")])
def test_what_has_no_words_cannot_be_asked_for_them(act: Act) -> None:
    assert without_words(Pressable("X", act, does_what(act))) is None
