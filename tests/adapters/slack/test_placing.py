"""Where what was pressed belongs, whatever a client says of that."""

import pytest

from adapters.chat.pressing import Does, Pressed
from adapters.slack.inbound import Pushed, Who
from adapters.slack.places import Place
from adapters.slack.placing import kept_place, placed
from adapters.workspace import Workspace
from bot.acts import Act, Say, ShowMyQueries

WORKSPACE = Workspace("larks", frozenset({"slack:CDESK"}), frozenset({"slack:COPEN", "slack:CDESK"}))


def comes_to(channel: str, button: str, act: Act, ts: str = "17.5", thread: str = "17.1") -> str:
    """The conversation of a press of U1's on a button that says that it is of a place."""
    push = Pushed("k", Who("U1"), None, "", "", channel, ts, thread, Place.of(button) if button else None)
    return placed(push, Pressed(Does.ACT, act), WORKSPACE, "").conversation


@pytest.mark.parametrize(
    ("channel", "button", "belongs"),
    [
        ("COPEN", "slack:COPEN:17.1:U1:open", "slack:COPEN:17.1:U1:open"),
        ("C1", "slack:C1:17.1:U1:open", "slack:C1:17.1:U1"),  # the channel is not open any more
        ("CDESK", "slack:CDESK:17.1:U1:open", "slack:CDESK:17.1:U1"),
        ("COPEN", "slack:COPEN:17.1:U2:open", "slack:COPEN:17.1:U1"),
        ("D1", "slack:D1:17.1", "slack:D1:17.1"),
        ("D1", "slack:D1:17.1:U1:open", "slack:D1:17.1"),
        ("D1", "slack:D1:17.1:U2:open", "slack:D1:17.1"),
    ],
)
def test_a_step_goes_on_where_its_button_says_as_far_as_that_is_so_there(
    channel: str, button: str, belongs: str
) -> None:
    assert comes_to(channel, button, Say("Yes")) == belongs


def test_in_what_one_person_alone_sees_nothing_is_for_all() -> None:
    for channel in ("C1", "CDESK", "D1"):
        assert not Place.of(comes_to(channel, f"slack:{channel}:17.1:U1:open", Say("Yes"), ts="")).openly


def test_what_is_no_step_is_answered_to_who_pressed_alone() -> None:
    assert comes_to("COPEN", "slack:COPEN:17.1:U1:open", ShowMyQueries()) == "slack:COPEN:17.1:U1"


@pytest.mark.parametrize(
    ("kept", "belongs"),
    [
        ("slack:C1:17.1:U1", "slack:C1:17.1:U1"),
        ("slack:C1::U1", "slack:C1::U1"),
        ("slack:CDESK:17.1:U1", "slack:CDESK:17.1:U1"),
        ("slack:U1:17", "slack:U1:17"),
        ("slack:D1:17.1", "slack:D1:17.1"),  # whose it is has to be looked up
        ("slack:C1:17.1:U1:open", "slack:C1:17.1:U1"),
        ("slack:C1:17.1:U2", ""),
        ("slack:C1:17.1", ""),
        ("slack:CDESK", ""),
        ("slack:U2:17", ""),
        ("slack:U2:home:U1", ""),
        ("slack:U1:17:U2", ""),
        ("chat:1", ""),
        ("", ""),
    ],
)
def test_a_modal_belongs_to_whoever_acts_in_it_or_nowhere(kept: str, belongs: str) -> None:
    place = kept_place(kept, "U1")

    assert (place.conversation if place else "") == belongs
