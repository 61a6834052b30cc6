"""Joining queries: every recipient is shown first, and only what waits at the same desk is joined."""

import pytest

from bot.acts import AnswerQuery, Join, ReopenQuery, ShowTicket, Withdraw
from bot.replies import Entry
from bot.telling import in_plain_text
from bot.tickets import What
from knowledge.library import Library
from tests.bot.desk_room import ANN, BEN, DAN, DESK, Room, by_beth, card, listing, names, overtaken, to, told


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def test_every_recipient_is_shown_before_anything_is_joined(room: Room) -> None:
    lead, second, third = room.sends(ANN, "May I?"), room.sends(BEN, "Can I?"), room.sends(DAN, "Could I?", named=False)
    shown = listing(room.does(Join(lead, 1, (second, third))))
    assert shown.entries == (
        Entry("Q1 · a member · Ann Lark", ("May I?",)),
        Entry("Q2 · a member · Ben Lark", ("Can I?",)),
        Entry("Q3 · a member · name withheld", ("Could I?",)),
    )
    assert "Dan" not in in_plain_text(shown)
    assert room.ticket(second).joined_to == ""
    [confirm] = [button.act for button in shown.buttons]
    replies = room.does(confirm)
    assert room.ticket(second).joined_to == room.ticket(third).joined_to == lead
    assert "3 askers" in told(replies)
    assert "One answer for all: it goes to 3 askers, those of Q2 and Q3 as well" in card(replies).facts


def test_no_asker_hears_of_a_join(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    replies = room.does(Join(lead, 0, (second,), confirmed=True))
    assert to(replies, room.ticket(lead)) + to(replies, room.ticket(second)) == []
    assert {one.conversation for one in replies} == {"chat:alex:1", DESK}


def test_who_saw_the_card_before_a_join_cannot_answer_all_of_them_by_it(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 1, (second,), confirmed=True))
    assert "joined Q1 with Q2" in told(room.does(AnswerQuery(lead, 1, "Yes.")))
    assert room.ticket(second).answer == ""


def test_what_cannot_be_joined_is_left_out_and_named(room: Room) -> None:
    lead, second, answered, taken_back = (room.sends(one) for one in (ANN, BEN, DAN, DAN))
    elsewhere = room.sends(DAN, society="oars")
    room.does(AnswerQuery(answered, 0, "Yes."))
    room.does(Withdraw(taken_back), DAN)
    named = (second, "Q2", lead, answered, taken_back, elsewhere, "99", "x")
    shown = listing(room.does(Join(lead, 0, named)))
    assert [entry.heading[:2] for entry in shown.entries] == ["Q1", "Q2"]
    assert "Left out: Q3, Q4, Q5, Q99 and Qx." in shown.remarks
    room.does(Join(lead, 0, named, confirmed=True))
    assert room.ticket(elsewhere).version == 1
    assert room.ticket(lead).joined_to == ""


def test_joining_nothing_says_what_to_do(room: Room) -> None:
    lead = room.sends(ANN)
    said = "Name at least one query other than Q1. Nothing was joined."
    assert told(room.does(Join(lead, 0, ()))) == said
    assert told(room.does(Join(lead, 0, (lead,), confirmed=True))) == said
    assert room.ticket(lead).version == 1


def test_joining_without_saying_which_offers_those_that_ask_the_same(room: Room) -> None:
    lead, second = room.sends(ANN, "May I tape the rehearsal?"), room.sends(BEN, "May I tape the rehearsal?")
    shown = listing(room.does(Join(lead, 0, ())))
    assert [entry.heading[:2] for entry in shown.entries] == [f"Q{lead}", f"Q{second}"]


def test_what_is_joined_to_another_is_no_place_to_join_to_and_is_not_joined_again(room: Room) -> None:
    lead, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    assert "Join the others to Q1" in told(room.does(Join(second, 0, (third,), confirmed=True)))
    assert "Left out: Q2" in told(room.does(Join(third, 0, (second,), confirmed=True)))
    assert room.ticket(second).joined_to == lead


def test_what_is_joined_to_a_query_comes_along_when_that_is_joined(room: Room) -> None:
    first, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    room.does(Join(second, 0, (third,), confirmed=True))
    shown = listing(room.does(Join(first, 0, (second,))))
    assert len(shown.entries) == 3
    room.does(shown.buttons[0].act)
    assert room.ticket(third).joined_to == first
    room.does(AnswerQuery(first, 0, "Yes."))
    assert room.ticket(third).answer == "Yes."


def test_a_query_stands_for_itself_again_once_the_other_waits_no_longer(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    room.does(AnswerQuery(lead, 0, "Yes."))
    room.does(ReopenQuery(second, "And on Sunday?"), BEN)
    assert "answer" in names(card(room.does(ShowTicket(second))))
    room.does(AnswerQuery(second, 0, "No."))
    assert room.ticket(second).answer == "No."
    assert room.ticket(lead).answer == "Yes."


def test_only_a_query_that_waits_can_have_others_joined_to_it(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(AnswerQuery(lead, 0, "Yes."))
    assert "You answered Q1 at 10:05." in told(room.does(Join(lead, 0, (second,), confirmed=True)))
    assert room.ticket(second).joined_to == ""


def test_the_history_says_what_was_joined_to_what(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    assert "joined with Q2 by Alex (Choir Secretary), 20 Nov 10:05" in card(room.does(ShowTicket(lead))).history
    assert "joined to Q1 by Alex (Choir Secretary), 20 Nov 10:05" in card(room.does(ShowTicket(second))).history


def test_where_somebody_is_first_at_all_of_the_others_nothing_is_said_to_be_joined(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    replies = overtaken(room, Join(lead, 1, (second,), confirmed=True), by_beth(second, What.CLAIMED))

    assert told(replies).startswith("Left out: Q2.")
    assert told(replies).endswith("Nothing was joined.")
    assert (room.ticket(lead).version, room.ticket(second).joined_to) == (1, "")


def test_where_somebody_is_first_at_one_of_the_others_the_history_names_those_that_were_joined(room: Room) -> None:
    lead, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    replies = overtaken(room, Join(lead, 1, (second, third), confirmed=True), by_beth(second, What.CLAIMED))

    assert "Left out: Q2" in told(replies)
    assert card(replies).history[-1].startswith("joined with Q3 by Alex")


def test_where_somebody_is_first_at_the_query_itself_the_others_are_as_they_were(room: Room) -> None:
    lead, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    room.does(Join(second, 0, (third,), confirmed=True))
    act = Join(lead, 1, (second,), confirmed=True)
    replies = overtaken(room, act, by_beth(lead, What.ANSWERED, "Yes."))

    assert "Beth" in told(replies)
    assert (room.ticket(second).joined_to, room.ticket(third).joined_to) == ("", second)
    assert room.ticket(second).waits
    assert "joined to Q2 as before by Alex (Choir Secretary)" in card(room.does(ShowTicket(third))).history[-1]
    assert "joined to nothing after all by Alex" in card(room.does(ShowTicket(second))).history[-1]
