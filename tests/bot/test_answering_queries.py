"""Answering a query: to every asker who was joined, with a ruling for all, and by one of many only."""

import pytest

from bot.acts import (
    AnswerQuery,
    Close,
    Join,
    ReopenTicket,
    RulingDraft,
    ShowTicket,
    Withdraw,
)
from bot.replies import Card, Told
from bot.tickets import State, What
from knowledge.clauses import Verdict
from knowledge.library import Library
from tests.bot.desk_room import ANN, BEN, DAN, DESK, Room, by_beth, card, listing, names, overtaken, to, told


@pytest.fixture
def room(sample_library: Library) -> Room:
    return Room(sample_library)


def test_who_is_overtaken_at_the_last_moment_sends_nothing_and_learns_who_was_first(room: Room) -> None:
    asked = room.sends()
    replies = overtaken(room, AnswerQuery(asked, 1, "Yes."), by_beth(asked, What.ANSWERED, "No."))
    assert "Beth (Treasurer) answered Q1 first" in told(replies)
    assert to(replies, room.ticket(asked)) == []
    assert room.ticket(asked).answer == "No."


def test_one_answer_goes_to_every_asker_who_was_joined_each_by_themselves(room: Room) -> None:
    lead, second, third = room.sends(ANN, "A?"), room.sends(BEN, "B?"), room.sends(DAN, "C?", named=False)
    room.does(Join(lead, 0, (second, third), confirmed=True))
    replies = room.does(AnswerQuery(lead, 0, "Yes."))
    for name in (lead, second, third):
        assert room.ticket(name).state is State.ANSWERED
        [heard] = to(replies, room.ticket(name))
        assert heard.words == "Yes."
        assert heard.ticket == name
    for other in ("B?", "C?", "Ben", "Dan", "Q2", "Q3"):
        assert other not in str(to(replies, room.ticket(lead)))
    assert "Q1, Q2 and Q3 are answered" in told(replies)
    assert {one.ticket for one in replies if isinstance(one, Card) and one.conversation == DESK} == {
        lead,
        second,
        third,
    }


def test_what_is_joined_is_answered_by_answering_the_other(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    replies = room.does(AnswerQuery(second, 0, "Yes."))
    assert "Answer Q1" in told(replies)
    assert [one.words for one in replies if isinstance(one, Told)] == ["Yes."]
    assert room.ticket(second).state is State.OPEN
    shown = card(room.does(ShowTicket(second)))
    assert "answer" not in names(shown)
    assert "Joined to Q1: the answer to that one answers this one as well" in shown.facts


def test_a_joined_query_that_is_taken_back_is_not_answered(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    room.does(Withdraw(second), BEN)
    replies = room.does(AnswerQuery(lead, 0, "Yes."))
    assert to(replies, room.ticket(second)) == []
    assert room.ticket(second).state is State.CLOSED
    assert room.ticket(second).answer == ""


def test_a_joined_query_that_moves_on_at_the_same_moment_is_left_out_and_that_is_said(room: Room) -> None:
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    replies = overtaken(room, AnswerQuery(lead, 0, "Yes."), by_beth(second, What.ANSWERED, "No."))
    assert "Q1 is answered." in told(replies)
    assert room.ticket(second).answer == "No."
    added = overtaken_at_second(room)
    assert room.ticket(added).answer == "Yes."


def overtaken_at_second(room: Room) -> str:
    """A joined query to which something is added while the other one is answered."""
    lead, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(lead, 0, (second,), confirmed=True))
    overtaken(room, AnswerQuery(lead, 0, "Yes."), by_beth(second, What.ASKED_BACK, "When?"))
    return second


def test_closing_sets_free_what_was_joined(room: Room) -> None:
    lead, second, third = room.sends(ANN), room.sends(BEN), room.sends(DAN)
    room.does(Join(lead, 0, (second, third), confirmed=True))
    replies = room.does(Close(lead, 0, "Settled."))
    assert "Q2 and Q3, joined to it until now, still wait for an answer." in told(replies)
    assert to(replies, room.ticket(second)) == []
    room.does(AnswerQuery(second, 0, "Yes."))
    assert room.ticket(third).answer == "Yes."
    assert room.ticket(lead).answer == ""


RULING = RulingDraft("May a rehearsal be taped?", Verdict.NO, ("larks/rehearsals/recording",), "Not without consent.")


def rulings(room: Room) -> list[tuple[str, bool]]:
    with room.store.work() as work:
        return [(one.ticket, one.stands) for one in work.rulings.of("larks")]


def test_a_ruling_is_shown_before_anything_is_sent_and_made_once_it_is_confirmed(room: Room) -> None:
    asked, second = room.sends(ANN), room.sends(BEN)
    room.does(Join(asked, 0, (second,), confirmed=True))
    shown = listing(room.does(AnswerQuery(asked, 0, "No, Ann.", RULING)))
    assert room.ticket(asked).waits
    assert rulings(room) == []
    [confirm] = [one.act for one in shown.buttons if isinstance(one.act, AnswerQuery) and one.act.confirmed]
    replies = room.does(confirm)
    assert rulings(room) == [(asked, True)]
    for name in (asked, second):
        assert room.ticket(name).ruling == "1"
        [heard] = to(replies, room.ticket(name))
        assert heard.words == "No, Ann."
        assert [one.clause for one in heard.citations] == ["larks/rehearsals/recording"]
    assert "Ruling 1, which came of it, still stands" in told(room.does(ReopenTicket(asked, 0)))


def test_who_is_overtaken_makes_no_ruling_and_replaces_none(room: Room) -> None:
    room.does(AnswerQuery(room.sends(ANN), 0, "No.", RULING, confirmed=True))
    asked = room.sends(BEN)
    replies = overtaken(room, AnswerQuery(asked, 1, "No.", RULING, confirmed=True), by_beth(asked, What.ADDED, "When?"))
    assert "added to Q2 first" in told(replies)
    assert rulings(room) == [("1", True)]
    assert room.ticket(asked).waits
