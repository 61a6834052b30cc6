"""Enrolments and the register where several people act at the same moment."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.storage.memory import MemoryTickets, MemoryWork
from adapters.storage.memory_accounts import MemoryEnrolments, MemoryRegister
from bot.acts import (
    AcceptInvitation,
    AgreeTakeOver,
    AnswerStep,
    DeclineInvitation,
    EndEnrolment,
    Invite,
)
from bot.enrolments import Enrolment, EnrolmentState
from bot.people import Person
from bot.register import Change, RegisterEntry, RegisterMove
from bot.replies import TO_ADMIN, Lesson, Reply, Told
from bot.tickets import Move, State, Ticket, What, moved
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.onboarding_room import (
    DAW,
    ROOK,
    WREN,
    Choir,
    asks,
    lesson,
    message,
    states,
    told,
)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


class Overtaken(MemoryEnrolments):
    """Enrolments of which somebody else changes one just before it is changed here."""

    def __init__(self, work: MemoryWork, rival: Callable[[Enrolment], Enrolment]) -> None:
        super().__init__(work._kept.accounts)
        self._rivals = [rival]

    def change(self, after: Enrolment) -> bool:
        if self._rivals:
            before = self.get(after.id)
            assert before is not None
            assert super().change(replace(self._rivals.pop()(before), version=before.version + 1))
        return super().change(after)


class Busy(MemoryRegister):
    """A register of which staff change an account just before it is changed here."""

    def __init__(self, work: MemoryWork) -> None:
        super().__init__(work._kept.accounts)
        self._rivals = 2

    def change(self, after: RegisterEntry, move: RegisterMove) -> bool:
        if self._rivals:
            self._rivals -= 1
            before = self.get(after.id)
            assert before is not None
            now = replace(before, purpose=f"{before.purpose}.", version=before.version + 1)
            assert super().change(now, RegisterMove(now.id, now.version, move.at, ROOK, Change.CHANGED))
        return super().change(after, move)


class Agreed(MemoryTickets):
    """Tickets, to the first of which staff agree just before any is moved here."""

    def __init__(self, work: MemoryWork, choir: Choir) -> None:
        super().__init__(work._kept)
        self._rival = [(work, choir)]

    def move(self, after: Ticket, move: Move) -> bool:
        if self._rival:
            work, choir = self._rival.pop()
            choir.onboarding(work).act(message(AgreeTakeOver("1", 0), ROOK, "", "larks"))
        return super().move(after, move)


def does_while_staff_agree(choir: Choir, act: DeclineInvitation | EndEnrolment, who: Person) -> list[Reply]:
    with choir.working() as (work, _):
        work.tickets = Agreed(work, choir)
        return choir.onboarding(work).act(message(act, who, "", "larks"))


def test_of_two_presses_at_the_same_moment_one_counts(choir: Choir) -> None:
    shown = choir.under_way()
    act = shown.buttons[0].act
    assert isinstance(act, AnswerStep)
    with choir.working() as (work, _):
        work.enrolments = Overtaken(work, lambda one: replace(one, active=choir.now, place="teams:0123:"))
        replies = choir.onboarding(work).act(message(act, WREN, "", "larks"))
    assert lesson(replies).title.endswith("The tone of a post")
    assert [one.step for one in choir.enrolment().answers] == ["media"]


def test_who_accepts_while_staff_end_it_is_not_enrolled(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    with choir.working() as (work, _):
        work.enrolments = Overtaken(work, lambda one: replace(one, state=EnrolmentState.ENDED))
        replies = choir.onboarding(work).act(message(AcceptInvitation("1"), WREN, "", "larks"))
    assert "That is over" in told(replies)
    assert choir.entry().admins == ()


def test_two_admins_who_are_put_on_at_the_same_moment_both_stand_there(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    with choir.working() as (work, _):
        work.register = Busy(work)
        choir.onboarding(work).act(message(AcceptInvitation("1"), WREN, "", "larks"))
    assert (choir.entry().purpose, len(choir.entry().admins)) == ("..", 1)


def test_taking_it_back_while_staff_agree_says_how_it_stands_now(choir: Choir) -> None:
    asks(choir)
    replies = does_while_staff_agree(choir, DeclineInvitation("1"), WREN)
    assert "taken back" not in told(replies)
    assert isinstance(lesson(replies).buttons[0].act, AcceptInvitation)
    assert states(choir) == [EnrolmentState.INVITED]


def test_ending_it_while_a_colleague_agrees_tells_whoever_was_invited(choir: Choir) -> None:
    asks(choir)
    replies = does_while_staff_agree(choir, EndEnrolment("1", 1), DAW)
    heard = [one for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:"]
    assert [one.about for one in heard] == [TO_ADMIN]
    assert "has ended your onboarding for @larks_choir" in heard[0].text
    assert states(choir) == [EnrolmentState.ENDED]


def test_ending_it_while_the_person_declines_says_so_and_tells_them_nothing(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    with choir.working() as (work, _):
        work.enrolments = Overtaken(work, lambda one: replace(one, state=EnrolmentState.DECLINED))
        replies = choir.onboarding(work).act(message(EndEnrolment("1", 1), DAW, "", "larks"))
    assert told(replies, "slack:S2:").endswith("(The choir): declined. Nothing was done.")
    assert told(replies) == ""


def test_taking_it_back_while_a_line_is_added_takes_the_query_back_as_well(choir: Choir) -> None:
    asks(choir)

    class Added(MemoryTickets):
        def move(self, after: Ticket, move: Move) -> bool:
            if move.what is What.WITHDRAWN and after.version == 2:
                ticket = self.get("1")
                assert ticket is not None
                assert super().move(*moved(ticket, What.ADDED, WREN, choir.now, "Since Monday."))
            return super().move(after, move)

    with choir.working() as (work, _):
        work.tickets = Added(work._kept)
        replies = choir.onboarding(work).act(message(DeclineInvitation("1"), WREN, "", "larks"))
    assert "I have taken back what was asked" in told(replies)
    assert choir.ticket().state is State.CLOSED


def test_agreeing_while_the_asker_takes_it_back_invites_nobody(choir: Choir) -> None:
    asks(choir)
    with choir.store.work() as work:
        ticket = work.tickets.get("1")
        assert ticket is not None
        assert work.tickets.move(*moved(ticket, What.WITHDRAWN, WREN, choir.now))
    replies = choir.does(AgreeTakeOver("1", 1), ROOK)
    assert not [one for one in replies if isinstance(one, Lesson)]
    assert states(choir) == [EnrolmentState.ENDED]
