"""Tickets: the moves that each state allows, and what a move changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import NOBODY, Person
from bot.tickets import Dossier, MoveRefused, Part, State, Ticket, What, moved
from knowledge.clauses import Party

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASKER, ROOK, MARSH = Person("slack:U1", "Wren"), Person("slack:S1", "Rook"), Person("slack:S2", "Marsh")
OPEN = Ticket("12", "exchange:1", "larks", Party.MEMBER, ASKER, False, "slack:D1:", (), Dossier("Why?"), NOON)

FIRST = (What.SENT, What.TAKEN_UP)  # with which a ticket begins
ALLOWED = {
    State.OPEN: set(What) - {*FIRST, What.REOPENED},
    State.CLAIMED: set(What) - {*FIRST, What.REOPENED, What.CLAIMED},
    State.ANSWERED: {What.NAMED, What.CLOSED, What.REOPENED},
    State.CLOSED: {What.NAMED, What.REOPENED},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("what", [what for what in What if what not in FIRST])
def test_each_state_allows_its_moves_and_no_others(state: State, what: What) -> None:
    ticket = replace(OPEN, state=state)

    if what in ALLOWED[state]:
        after, move = moved(ticket, what, ROOK, NOON, "words")
        assert (after.version, move.version, move.what, move.who, move.text) == (2, 2, what, ROOK, "words")
    else:
        with pytest.raises(MoveRefused):
            moved(ticket, what, ROOK, NOON)


def test_a_claim_makes_its_maker_the_holder() -> None:
    after, _ = moved(OPEN, What.CLAIMED, ROOK, NOON)

    assert (after.state, after.holder, after.changed) == (State.CLAIMED, ROOK, NOON)


def test_handing_over_makes_another_the_holder() -> None:
    claimed, _ = moved(OPEN, What.CLAIMED, ROOK, NOON)
    after, move = moved(claimed, What.HANDED_OVER, ROOK, NOON, holder=MARSH)

    assert (after.state, after.holder, move.who) == (State.CLAIMED, MARSH, ROOK)


def test_an_answer_keeps_its_words_and_its_ruling() -> None:
    after, _ = moved(OPEN, What.ANSWERED, ROOK, NOON, "No.", ruling="4")

    assert (after.state, after.answer, after.ruling) == (State.ANSWERED, "No.", "4")


@pytest.mark.parametrize("what", [What.CLOSED, What.WITHDRAWN])
def test_closing_and_taking_back_close(what: What) -> None:
    assert moved(OPEN, what, ROOK, NOON)[0].state is State.CLOSED


def test_what_is_opened_again_is_nobodys_and_stands_by_itself() -> None:
    answered = replace(OPEN, state=State.ANSWERED, holder=ROOK, joined_to="3", answer="No.")

    after, _ = moved(answered, What.REOPENED, ASKER, NOON)

    assert (after.state, after.holder, after.joined_to) == (State.OPEN, NOBODY, "")


@pytest.mark.parametrize("what", [What.ADDED, What.ASKED_BACK, What.ASKED_FOR_NAME])
def test_words_between_asker_and_staff_leave_the_state(what: What) -> None:
    claimed, _ = moved(OPEN, What.CLAIMED, ROOK, NOON)

    assert moved(claimed, what, ROOK, NOON, "words")[0].state is State.CLAIMED


def test_a_name_once_given_stays_given() -> None:
    named, _ = moved(replace(OPEN, state=State.CLOSED), What.NAMED, ASKER, NOON)
    after, _ = moved(named, What.REOPENED, ASKER, NOON)

    assert after.named


@pytest.mark.parametrize("state", State)
def test_a_ticket_waits_until_it_is_answered_or_closed(state: State) -> None:
    assert replace(OPEN, state=state).waits is (state in (State.OPEN, State.CLAIMED))


def test_parts_are_left_out_only_where_they_can_go() -> None:
    question, line = Part("question", "Your question", "Why?", can_go=False), Part("line:1", "You asked", "Who?")

    assert Dossier("Why?", (question, line)).without(("question", "line:1", "other")).parts == (question,)


@given(st.lists(st.sampled_from([what for what in What if what not in FIRST]), max_size=30))
def test_in_any_order_of_moves_versions_count_on_and_only_holders_hold(moves: list[What]) -> None:
    ticket, at = OPEN, NOON
    for what in moves:
        at += timedelta(minutes=1)
        try:
            after, move = moved(ticket, what, ROOK, at, "words")
        except MoveRefused:
            continue
        assert move.version == after.version == ticket.version + 1
        assert (move.ticket, move.at, after.changed) == ("12", at, at)
        assert (after.id, after.key, after.asker, after.dossier, after.opened) == (
            ticket.id,
            ticket.key,
            ticket.asker,
            ticket.dossier,
            ticket.opened,
        )
        assert after.holder.account or after.state is not State.CLAIMED
        ticket = after
