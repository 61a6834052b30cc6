"""What an asker takes out of a query and adds to it before it goes."""

import pytest

from adapters.console.payload import ShownPreview
from adapters.console.trimming import Trimming
from bot.acts import Escalate, Send

SHOWN = ShownPreview("7", (("a", "line:1"), ("b", "line:2"), ("c", "post")))
SEND = Send("7", named=True)


@pytest.fixture
def trimming() -> Trimming:
    made = Trimming()
    made.show(SHOWN)
    return made


def test_what_is_left_out_and_added_goes_with_the_query(trimming: Trimming) -> None:
    assert trimming.take("leave out a and c") == "Left out: a, c.\nNothing has gone yet: choose how to send it."
    assert "You add: “It is urgent.”" in (trimming.take("Add: It is urgent.") or "")

    assert trimming.applied(SEND) == Send("7", True, ("line:1", "post"), "It is urgent.")


def test_what_was_left_out_can_be_put_back(trimming: Trimming) -> None:
    trimming.take("leave out a, b")

    assert "Left out: b." in (trimming.take("put back A") or "")
    assert trimming.applied(SEND) == Send("7", True, ("line:2",))


@pytest.mark.parametrize(
    "line", ["leave out all", "Leave out everything.", "only my question", "send only my question."]
)
def test_all_that_can_be_left_out_is_left_out_at_once(trimming: Trimming, line: str) -> None:
    assert "Left out: a, b, c." in (trimming.take(line) or "")
    assert trimming.applied(SEND) == Send("7", True, ("line:1", "line:2", "post"))


def test_all_can_be_put_back(trimming: Trimming) -> None:
    trimming.take("leave out all")

    assert "Nothing is left out." in (trimming.take("put back all") or "")


def test_where_nothing_can_be_left_out_all_of_it_is_no_part() -> None:
    bare = Trimming()
    bare.show(ShownPreview("7", ()))

    assert bare.take("leave out all") == "There is nothing here that can be left out."


def test_letters_that_are_not_there_change_nothing(trimming: Trimming) -> None:
    assert trimming.take("leave out a and z") == "Please name parts by their letters: a, b, c."
    assert trimming.applied(SEND) == SEND


@pytest.mark.parametrize(
    "line", ["Can I add a picture?", "leave it", "1", "", "leave outside links alone", "add to Q1: a line"]
)
def test_other_lines_are_left_to_the_bot(trimming: Trimming, line: str) -> None:
    assert trimming.take(line) is None


def test_nothing_is_trimmed_where_nothing_was_shown() -> None:
    assert Trimming().take("add: a line") is None
    assert Trimming().applied(SEND) == SEND


def test_once_something_else_is_said_lines_are_the_bots_again_and_what_was_trimmed_stays_so(trimming: Trimming) -> None:
    trimming.take("leave out a")
    trimming.rest()

    assert trimming.take("add: a line") is None
    assert trimming.applied(SEND) == Send("7", True, ("line:1",))


def test_a_query_shown_anew_begins_anew(trimming: Trimming) -> None:
    trimming.take("leave out a")
    trimming.show(SHOWN)

    assert trimming.applied(SEND) == SEND


def test_only_the_query_that_was_shown_is_trimmed(trimming: Trimming) -> None:
    trimming.take("add: a line")

    assert trimming.applied(Send("8", named=True)) == Send("8", named=True)
    assert trimming.applied(Escalate("7")) == Escalate("7")
