"""What an invitation rests on, and that nobody comes to run an account by one that no longer holds."""

from collections.abc import Callable

import pytest

from bot import wording_of_onboarding
from bot.acts import (
    AcceptInvitation,
    Act,
    AddAdmin,
    AgreeTakeOver,
    AnswerQuery,
    AnswerStep,
    Close,
    CloseEntry,
    ConfirmRead,
    DeclineInvitation,
    EndEnrolment,
    Invite,
    Leave,
    RemoveAdmin,
    ReopenEntry,
    ReopenQuery,
    ShowOnboarding,
    Snooze,
    TakeOver,
    Withdraw,
)
from bot.desk import Desk
from bot.enrolments import EnrolmentState
from bot.people import Person, StaffMember
from bot.precedents import Precedents
from bot.register import AccountState, Admin, Change
from bot.replies import TO_ADMIN, Lesson, Reply, Told
from bot.tickets import State, What
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.onboarding_room import (
    DAW,
    FINCH,
    ROOK,
    WREN,
    Choir,
    asks,
    lesson,
    message,
    states,
    told,
)

ELSEWHERE = Person("console:wren", "Wren Ashby")


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def at_desk(choir: Choir, act: Act, who: Person = ROOK) -> list[Reply]:
    """What comes of an act of staff on a query."""
    choir.later(minutes=1)
    with choir.store.work() as work:
        return Desk(choir.library, choir.offices, Precedents(choir.library), work).act(message(act, who, "", "larks"))


def refuses(choir: Choir) -> list[Reply]:
    return at_desk(choir, Close("1", choir.ticket().version, "No, somebody else is to run it."))


def runs_it(choir: Choir, person: Person = WREN, name: str = "1") -> bool:
    return choir.entry(name).admin((person.account,)) is not None


def is_over(choir: Choir, act: Act, who: Person = WREN) -> None:
    """An act of whoever was invited does nothing, and they are told that it is over."""
    before = choir.entry(), choir.enrolment()
    assert "That is over for @larks_choir" in told(choir.does(act, who), f"{who.account}:")
    assert (choir.entry(), choir.enrolment()) == before


# What needed nobody's agreement


def test_who_is_taken_off_is_not_back_by_an_invitation_of_their_own(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(TakeOver("@larks_choir"))
    assert choir.enrolment().state is EnrolmentState.INVITED
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    assert choir.enrolment().state is EnrolmentState.ENDED
    is_over(choir, AcceptInvitation("1"))
    choir.does(TakeOver("@larks_choir", confirmed=True))  # from then on staff are asked
    assert choir.ticket().state is State.OPEN


def test_nor_by_an_account_that_is_linked_with_theirs(choir: Choir) -> None:
    choir.runs(WREN)
    choir.link(WREN, ELSEWHERE)
    choir.does(TakeOver("@larks_choir"), ELSEWHERE)
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    is_over(choir, AcceptInvitation("1"))
    is_over(choir, AcceptInvitation("1"), ELSEWHERE)


def test_nor_by_one_that_staff_gave_them_while_they_ran_it(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(Invite("1", WREN.account), ROOK)
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    is_over(choir, AcceptInvitation("1"))
    choir.does(Invite("1", WREN.account), ROOK)  # a new word of staff
    assert isinstance(choir.does(AcceptInvitation("2"))[0], Lesson)
    assert runs_it(choir)


def test_nor_where_they_came_off_the_register_in_another_way(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(TakeOver("@larks_choir"))
    choir.changes(admins=())
    is_over(choir, AcceptInvitation("1"))


def test_an_admin_who_still_runs_it_accepts_an_invitation_of_their_own(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(TakeOver("@larks_choir"))
    assert lesson(choir.does(AcceptInvitation("1"))).progress
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY


def test_who_is_no_staff_any_more_is_not_on_by_their_own_word(choir: Choir) -> None:
    choir.does(TakeOver("@larks_choir"), DAW)
    with choir.store.work() as work:
        work.staff.remove("larks", DAW.account)
    is_over(choir, AcceptInvitation("1"), DAW)


def test_nor_where_they_invited_another_account_of_theirs(choir: Choir) -> None:
    choir.link(DAW, ELSEWHERE)
    choir.does(Invite("1", ELSEWHERE.account), DAW)
    with choir.store.work() as work:
        work.staff.remove("larks", DAW.account)
    is_over(choir, AcceptInvitation("1"), ELSEWHERE)
    is_over(choir, AcceptInvitation("1"), DAW)


def test_who_is_staff_accepts_an_invitation_of_their_own(choir: Choir) -> None:
    choir.does(TakeOver("@larks_choir"), DAW)
    choir.does(AcceptInvitation("1"), DAW)
    assert runs_it(choir, DAW)


def test_an_invitation_of_somebody_else_holds_when_who_gave_it_is_no_staff_any_more(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), DAW)
    with choir.store.work() as work:
        work.staff.remove("larks", DAW.account)
    choir.does(AcceptInvitation("1"))
    assert runs_it(choir)


def test_who_agreed_to_their_own_query_has_to_be_staff_still(choir: Choir) -> None:
    asks(choir)
    with choir.store.work() as work:
        work.staff.add(StaffMember(WREN, "larks"))
    choir.does(AgreeTakeOver("1", 0))
    with choir.store.work() as work:
        work.staff.remove("larks", WREN.account)
    is_over(choir, AcceptInvitation("1"))


# What staff agreed to, and then did not


def test_a_no_that_comes_after_the_agreement_ends_the_invitation(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    choir.asker_does(ReopenQuery("1", "Was that right?"))
    refuses(choir)
    is_over(choir, AcceptInvitation("1"))
    assert not runs_it(choir)


def test_nor_is_it_alive_again_when_the_asker_asks_once_more(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    refuses(choir)
    choir.asker_does(ReopenQuery("1", "Please think again."))
    is_over(choir, AcceptInvitation("1"))
    at_desk(choir, AnswerQuery("1", choir.ticket().version, "It stays at no."))
    is_over(choir, AcceptInvitation("1"))


def test_staff_who_think_again_agree_anew(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    refuses(choir)
    choir.asker_does(ReopenQuery("1", "Please think again."))
    replies = choir.does(AgreeTakeOver("1", 0), ROOK)
    assert [one.about for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:"] == [
        What.ANSWERED
    ]
    assert lesson(replies).conversation == "slack:U1:"
    is_over(choir, AcceptInvitation("1"))
    choir.does(AcceptInvitation("2"))
    assert runs_it(choir)
    assert states(choir) == [EnrolmentState.UNDER_WAY, EnrolmentState.ENDED]


def test_inviting_somebody_whose_query_was_closed_and_opened_again_invites_them(choir: Choir) -> None:
    asks(choir)
    refuses(choir)
    choir.asker_does(ReopenQuery("1", "Please think again."))
    assert lesson(choir.does(Invite("1", WREN.account), ROOK)).conversation == "slack:U1:"
    assert choir.ticket().state is State.ANSWERED
    choir.does(AcceptInvitation("2"))
    assert runs_it(choir)


def test_an_agreement_that_was_opened_again_and_answered_in_words_is_none(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    choir.asker_does(ReopenQuery("1", "Where is the button?"))
    at_desk(choir, AnswerQuery("1", choir.ticket().version, "No: please do not take it over."))
    choir.does(AcceptInvitation("1"))
    assert not runs_it(choir)
    choir.does(Invite("1", WREN.account), ROOK)
    choir.does(AcceptInvitation("2"))
    assert runs_it(choir)


def test_a_query_that_is_closed_once_somebody_is_being_set_up_stops_nothing(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    choir.does(AcceptInvitation("1"))
    refuses(choir)
    assert isinstance(choir.does(ShowOnboarding("1"))[0], Lesson)


AGREED: list[Callable[[Choir], object]] = [
    lambda choir: choir.does(EndEnrolment("1", 0), ROOK),
    lambda choir: choir.does(DeclineInvitation("1")),
    lambda choir: choir.does(AgreeTakeOver("1", 0), ROOK),
    lambda choir: at_desk(choir, AnswerQuery("1", 0, "Who are you?")),
    lambda choir: choir.asker_does(Withdraw("1")),
]


@pytest.mark.parametrize("before", AGREED)
def test_who_agrees_to_what_is_settled_invites_nobody(choir: Choir, before: Callable[[Choir], object]) -> None:
    asks(choir)
    before(choir)
    was = states(choir)
    replies = choir.does(AgreeTakeOver("1", 0), DAW)
    assert not [one for one in replies if isinstance(one, Lesson)]
    assert states(choir) == was


# Closing an account


def test_closing_an_account_ends_what_is_open_for_it_for_good(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    choir.does(TakeOver("@larks_choir", confirmed=True), FINCH)
    replies = choir.keeps(CloseEntry("1", 0))
    heard = [one for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:"]
    assert [one.about for one in heard] == [TO_ADMIN]
    assert "for @larks_choir (The choir), since it is noted as no longer used." in heard[0].text
    asker = [one for one in replies if isinstance(one, Told) and one.conversation == "slack:U2:"]
    assert [(one.about, one.words) for one in asker] == [
        (What.CLOSED, "@larks_choir stands on the register as no longer used, so nobody is set up for it.")
    ]
    assert states(choir) == [EnrolmentState.ENDED, EnrolmentState.ENDED]
    choir.keeps(ReopenEntry("1", 0))
    is_over(choir, AcceptInvitation("1"))
    assert choir.entry().admins == ()


def test_who_is_being_set_up_hears_once_that_the_account_was_closed(choir: Choir) -> None:
    choir.under_way()
    replies = choir.keeps(CloseEntry("1", 0))
    heard = [one for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:"]
    assert len(heard) == 1
    choir.keeps(ReopenEntry("1", 0))
    is_over(choir, ShowOnboarding("1"))


def test_what_is_open_for_other_accounts_and_people_stays(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(Invite("2", WREN.account), ROOK)
    choir.does(Invite("1", FINCH.account), ROOK)
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    choir.keeps(AddAdmin("1", 0, WREN.account))
    assert states(choir) == [EnrolmentState.INVITED, EnrolmentState.INVITED]


def test_a_proposal_about_who_is_taken_off_is_closed_and_tells_nobody_why(choir: Choir) -> None:
    choir.runs(FINCH)
    choir.does(Invite("1", WREN.account), FINCH)
    choir.runs(WREN)
    replies = choir.keeps(RemoveAdmin("1", 0, WREN.account))
    assert choir.ticket().state is State.CLOSED
    asker = [one for one in replies if isinstance(one, Told) and one.conversation == "slack:U2:"]
    assert [one.words for one in asker] == [wording_of_onboarding.ENDED_BY_STAFF]
    assert states(choir) == [EnrolmentState.ENDED]


# Who was taken off in between


def test_who_was_taken_off_can_neither_answer_nor_confirm_nor_put_it_off(choir: Choir) -> None:
    shown = choir.under_way()
    answer = choir.best(shown)
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    for act in (answer, ConfirmRead("1"), Snooze("1"), AcceptInvitation("1"), DeclineInvitation("1")):
        is_over(choir, act)
    choir.keeps(AddAdmin("1", 0, WREN.account))  # who is back is not where they were
    is_over(choir, answer)


def test_who_was_taken_off_before_the_end_does_not_finish(choir: Choir) -> None:
    last = choir.through(choir.under_way())
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    is_over(choir, last.buttons[0].act)
    assert choir.enrolment().finished is None


def test_who_was_set_up_and_taken_off_settles_nothing_and_declines_nothing(choir: Choir) -> None:
    last = choir.through(choir.under_way(), wrong=True)
    choir.does(last.buttons[0].act)
    open_check = next(one for one in choir.enrolment().answers if one.step == "credit")
    assert open_check.right is False
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    step = choir.checklists.by_society["larks"].step("credit")
    assert step is not None
    label = next(option.label for option in step.options if option.settles)
    is_over(choir, AnswerStep("1", "credit", "", label))
    is_over(choir, DeclineInvitation("1"))


def test_an_invitation_that_is_over_shows_as_over_to_staff(choir: Choir) -> None:
    choir.changes(admins=(Admin(WREN, choir.now),))
    choir.does(TakeOver("@larks_choir"))
    choir.keeps(RemoveAdmin("1", 0, WREN.account))
    assert "ended" in told(choir.does(EndEnrolment("1", 0), ROOK), "slack:S1:")
    assert choir.entry().state is AccountState.NEEDS_ADMIN
    assert choir.history()[-1][0] is Change.ADMIN_REMOVED


@pytest.mark.parametrize("ends", [RemoveAdmin("1", 0, WREN.account), CloseEntry("1", 0)])
def test_what_rests_while_its_admin_is_leaving_is_ended_for_good_when_staff_end_it(choir: Choir, ends: Act) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    choir.does(AcceptInvitation("1"))
    choir.keeps(Leave("1"), WREN)
    choir.keeps(ends)
    with choir.store.work() as work:
        assert [one.state for one in work.enrolments.for_entry("1")] == [EnrolmentState.ENDED]
