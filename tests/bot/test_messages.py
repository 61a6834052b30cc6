"""When two conversations are one place to whoever is spoken to there."""

import pytest

from bot.messages import is_own_place, own_place, same_place

GUID = "11111111-2222-4333-8444-555555555555"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("slack:U1:", "slack:D9:17.1"),  # what came unasked, and an answer to it
        ("slack:D9:17.1", "slack:D9:18.2"),  # a message of its own, below none
        ("slack:D9:17.1", "slack:U1:0fa2"),  # a modal
        ("slack:C1:17.1:U1:open", "slack:C1:17.1:U1"),
        ("slack:C1::U1", "slack:C1::U1"),
        (f"teams:{GUID}:", f"teams:{GUID}"),
        (f"teams:{GUID}:0fa2", f"teams:{GUID}"),  # a dialog
        ("console:ann:", "console:ann:4fe1"),
        ("console:ann:4fe1", "console:ann:77aa"),  # the next day
    ],
)
def test_the_chat_with_somebody_is_one_place_whatever_it_is_called(one: str, other: str) -> None:
    assert same_place(one, other)
    assert same_place(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("slack:D9:17.1", "slack:C1:17.1:U1"),
        ("slack:D9:17.1", "slack:C1:17.1:U1:open"),
        ("slack:C1:17.1:U1", "slack:C1:18.2:U1"),
        ("slack:C1:17.1:U1", "slack:C1::U1"),
        (f"teams:{GUID}", f"teams:19%3Aa%40thread.tacv2:169:{GUID}:open"),
        ("slack:U1:", f"teams:{GUID}:"),
        ("slack:D9:17.1", ""),
    ],
)
def test_another_thread_or_platform_is_another_place(one: str, other: str) -> None:
    assert not same_place(one, other)
    assert not same_place(other, one)


def test_the_place_of_one_person_alone_is_known_by_either_name() -> None:
    assert is_own_place(own_place("slack:U1"), "slack:U1")
    assert is_own_place("slack:U1", "slack:U1")
    assert not is_own_place("slack:U10:", "slack:U1")
    assert not is_own_place("", "")
