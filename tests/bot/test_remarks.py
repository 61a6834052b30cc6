"""What staff say beside a query: it goes to nobody, and is offered to be sent on."""

import pytest

from bot.acts import AnswerQuery, AskBack, Close, Remark, Withdraw
from bot.people import NOBODY, Person
from bot.replies import Told
from bot.tickets import State, What
from knowledge.library import Library
from tests.bot.desk_room import ALEX, ANN, CARO, STRANGER, Room, to

HERE = "chat:desk:12:alex"


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def remarked(room: Room, ticket: str, words: str = "I think that is fine.", who: Person = ALEX) -> Told:
    (reply,) = room.does(Remark(ticket, words), who, HERE)
    assert isinstance(reply, Told)
    return reply


def test_it_is_said_that_nothing_was_sent_and_what_can_be_done_with_the_words(room: Room) -> None:
    name = room.sends()

    reply = remarked(room, name, " I think that is fine. ")

    assert (reply.conversation, reply.ticket, reply.words) == (HERE, name, "I think that is fine.")
    assert reply.text == "This stands here alone: nothing was sent to the asker."
    assert [(button.label, button.act) for button in reply.buttons] == [
        ("Send to the asker as the answer", AnswerQuery(name, 1, "I think that is fine.")),
        ("Ask the asker this", AskBack(name, 1, "I think that is fine.")),
    ]
    assert [move.what for move in room.history(name)] == [What.SENT]


def test_pressed_it_goes_to_the_asker_once(room: Room) -> None:
    name = room.sends()
    answer = remarked(room, name).buttons[0].act

    first, second = room.does(answer), room.does(answer)

    assert [one.words for one in to(first, room.ticket(name))] == ["I think that is fine."]
    assert to(second, room.ticket(name)) == []
    assert room.ticket(name).state is State.ANSWERED


def test_what_has_moved_on_since_is_not_answered_by_an_old_button(room: Room) -> None:
    name = room.sends()
    answer = remarked(room, name).buttons[0].act
    room.does(Withdraw(name), ANN)

    assert to(room.does(answer), room.ticket(name)) == []


@pytest.mark.parametrize("what", ["answered", "closed"])
def test_beside_a_query_that_waits_no_longer_nothing_can_be_sent(room: Room, what: str) -> None:
    name = room.sends()
    room.does(AnswerQuery(name, 0, "No.") if what == "answered" else Close(name, 0, "Not ours."))

    reply = remarked(room, name)

    assert f"{what}; to send something, open it again first." in reply.text
    assert reply.buttons == ()


@pytest.mark.parametrize("who", [STRANGER, CARO, ANN, NOBODY])
def test_nobody_but_staff_of_that_desk_is_answered(room: Room, who: Person) -> None:
    assert room.does(Remark(room.sends(), "Hello?"), who) == []


@pytest.mark.parametrize("words", ["", "  \n", "\u200b"])
def test_without_words_there_is_nothing_to_send(room: Room, words: str) -> None:
    reply = remarked(room, room.sends(), words)

    assert (reply.text, reply.buttons) == ("There are no words in that which I could send to the asker.", ())


@pytest.mark.parametrize("ticket", ["", "99", "none", "Q"])
def test_beside_no_query_there_is_nothing_to_say(room: Room, ticket: str) -> None:
    assert room.does(Remark(ticket, "Hello?")) == []


@pytest.mark.parametrize("closed", [False, True])
def test_beside_a_query_without_an_asker_it_is_said_that_there_is_nobody_to_send_to(room: Room, closed: bool) -> None:
    name = room.takes_up(NOBODY)
    if closed:
        room.does(Close(name, 0, "Not ours."))

    reply = remarked(room, name)

    assert reply.text == "This stands here alone: Q1 has no asker to whom it could be sent."
    assert (reply.words, reply.buttons) == ("", ())


def test_what_is_too_long_to_be_sent_is_told_so(room: Room) -> None:
    reply = remarked(room, room.sends(), "x" * 4_001)

    assert "too long to be sent" in reply.text
    assert reply.buttons == ()
