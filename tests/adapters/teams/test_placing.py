"""Where what was pressed belongs, whatever a client says of that."""

import pytest

from adapters.chat.kept import Kept
from adapters.chat.pressing import Becomes, Does, Pressed
from adapters.teams.inbound import Pushed
from adapters.teams.origin import Waits
from adapters.teams.places import Place
from adapters.teams.placing import kept_place, placed, placed_in_dialog
from adapters.teams.references import Scope
from adapters.teams.whereabouts import Chat, Who
from bot.acts import Act, Escalate, Say, ShowMyQueries

ANN = Who("teams:ann", "29:ann")
CHANNEL, GROUP, OWN = (
    Chat("19:choir", "1500", Scope.CHANNEL),
    Chat("19:tenors", "", Scope.GROUP),
    Chat("a:1ann", "", Scope.PERSONAL),
)


def comes_to(chat: Chat, act: Act, place: str = "", at_desk: bool = False) -> str:
    """The conversation of a press of Ann's on a button that says that it is of a place."""
    push = Pushed("k", ANN, chat, None, "1600", place, waits=True)
    return placed(push, Pressed(Does.ACT, act), "", at_desk).conversation


@pytest.mark.parametrize(
    ("chat", "act", "belongs"),
    [
        (CHANNEL, Say("Yes"), "teams:19%3Achoir:1500:ann:open"),
        (CHANNEL, ShowMyQueries(), "teams:ann"),
        (GROUP, Say("Yes"), "teams:19%3Atenors::ann:open"),
        (GROUP, Escalate("7"), "teams:ann"),
        (OWN, Say("Yes"), "teams:ann"),
        (OWN, ShowMyQueries(), "teams:ann"),
    ],
)
def test_a_question_goes_on_before_everybody_and_all_else_is_for_who_pressed(
    chat: Chat, act: Act, belongs: str
) -> None:
    assert comes_to(chat, act) == belongs


def test_at_a_desk_nothing_that_is_pressed_is_for_all() -> None:
    assert comes_to(CHANNEL, Say("Yes"), at_desk=True) == "teams:ann"


@pytest.mark.parametrize(
    ("named", "belongs"),
    [
        ("teams:ann:d1", "teams:ann:d1"),
        ("teams:bob:d1", "teams:ann"),
        ("teams:19%3Achoir:1500:ann:open", "teams:ann"),
        ("nowhere", "teams:ann"),
    ],
)
def test_a_button_in_the_personal_chat_may_belong_to_a_dialog_of_theirs(named: str, belongs: str) -> None:
    assert comes_to(OWN, Say("Yes"), named) == belongs
    assert comes_to(CHANNEL, ShowMyQueries(), named) == "teams:ann"


@pytest.mark.parametrize(
    ("kept", "belongs"),
    [
        ("teams:ann", "teams:ann"),
        ("teams:ann:d1", "teams:ann:d1"),
        ("teams:19%3Achoir:1500:ann:open", "teams:ann"),
    ],
)
def test_a_dialog_keeps_a_place_of_whoever_acts_in_it(kept: str, belongs: str) -> None:
    assert kept_place(kept, ANN, "k").conversation == belongs


@pytest.mark.parametrize(
    "kept", ["teams:bob", "teams:19%3Achoir", "teams:19%3Achoir:1500:bob:open", "slack:C1", "", "ann"]
)
def test_a_place_of_somebody_else_is_not_kept(kept: str) -> None:
    place = kept_place(kept, ANN, "k")

    assert place.channel == "ann"
    assert place.thread not in ("", "1500")
    assert place == kept_place("", ANN, "k") != kept_place("", ANN, "another")


def test_a_press_in_a_dialog_is_answered_in_it() -> None:
    come_to = placed_in_dialog(Pressed(Does.ACT, Escalate("7")), Kept("teams:ann", "12"), ANN, "k")

    assert (come_to.origin.invoke, come_to.origin.waits, come_to.origin.card) == ("k", Waits.DIALOG, "12")
    assert come_to.origin.becomes is Becomes.SEND
    assert not come_to.asks


def test_what_opens_a_dialog_where_none_can_open_is_carried_out() -> None:
    push = Pushed("k", ANN, OWN, None, "1600")  # as an old client sends it

    for does in (Does.OPENS, Does.FORM):
        come_to = placed(push, Pressed(does, Escalate("7")), "", at_desk=False)
        assert (come_to.origin.invoke, come_to.origin.waits, come_to.asks) == ("", Waits.NOTHING, False)
        assert Place.of(come_to.conversation) == Place("ann")
