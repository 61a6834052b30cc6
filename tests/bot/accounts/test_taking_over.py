"""Somebody says that they have taken an account over: what is sent to staff, and what becomes of it."""

from dataclasses import replace

import pytest

from bot import wording_of_desk, wording_of_onboarding
from bot.acts import (
    AcceptInvitation,
    AddToQuery,
    AgreeTakeOver,
    DeclineInvitation,
    EndEnrolment,
    Invite,
    ReopenQuery,
    ShowOnboarding,
    TakeOver,
    Withdraw,
)
from bot.enrolments import EnrolmentState
from bot.office import Limits, Office, Offices
from bot.people import NOBODY, Person
from bot.register import AccountState, Change, RegisterEntry, RegisterMove
from bot.replies import TO_ADMIN, Card, Lesson, Told
from bot.tickets import State, What
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.onboarding_room import (
    CARO,
    DAW,
    DESK,
    FINCH,
    MONDAY,
    ROOK,
    WREN,
    Choir,
    asks,
    closes,
    labels,
    lesson,
    listing,
    states,
    told,
)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


@pytest.mark.parametrize(
    "said", ["@larks_choir", "larks_choir", "@LARKS_CHOIR", "I have just taken over @larks_choir!"]
)
def test_before_staff_are_asked_it_is_shown_what_would_be_sent(choir: Choir, said: str) -> None:
    replies = choir.does(TakeOver(said))
    assert isinstance(replies[0], Told)
    assert "the choir office has to agree" in replies[0].text
    assert "I have taken over @larks_choir (The choir) on Twitter." in replies[0].words
    assert [one.act for one in replies[0].buttons] == [TakeOver("@larks_choir", confirmed=True)]
    assert states(choir) == []


def test_staff_are_asked_by_a_query_of_the_one_queue(choir: Choir) -> None:
    replies = asks(choir)
    assert isinstance(replies[0], Told)
    assert (replies[0].ticket, replies[0].about) == ("1", What.SENT)
    assert "Sent to the choir office as Q1, with your name." in replies[0].text
    card = next(one for one in replies if isinstance(one, Card))
    assert (card.conversation, labels(card)[0]) == (DESK, "Agree")
    assert any("nobody runs it" in part.text for part in card.parts)
    assert choir.ticket().key == "takeover:1"
    assert states(choir) == [EnrolmentState.ASKED_FOR]


def test_asking_again_says_where_it_stands_and_asks_nobody_anew(choir: Choir) -> None:
    asks(choir)
    again = asks(choir)
    assert "has been asked to agree that you run @larks_choir (The choir), as Q1" in told(again)
    assert len(again) == 1
    assert states(choir) == [EnrolmentState.ASKED_FOR]


def test_an_account_that_nobody_knows_is_answered_with_those_that_are_known(choir: Choir) -> None:
    replies = choir.does(TakeOver("@larks_bass"))
    assert "I find no account of that name" in told(replies)
    assert labels(replies[0]) == ["@larks_choir", "@larks_young"]
    assert "Which account have you taken over?" in told(choir.does(TakeOver()))


def test_words_that_fit_several_accounts_are_answered_with_the_choice(choir: Choir) -> None:
    with choir.store.work() as work:
        added = RegisterMove("", 1, MONDAY, NOBODY, Change.ADDED)
        for handle in ("@altos_one", "@altos_two"):
            work.register.add(RegisterEntry("", "larks", handle, "Twitter", "The Altos"), added)
    replies = choir.does(TakeOver("the altos' account"))
    assert labels(replies[0]) == ["@altos_one", "@altos_two"]


def test_a_former_handle_is_answered_with_the_one_of_today(choir: Choir) -> None:
    choir.changes(handle="@larks_singing", former=("@larks_choir",))
    replies = choir.does(TakeOver("@larks_choir"))
    assert "It is called @larks_singing now." in told(replies)


def test_a_closed_account_cannot_be_taken_over(choir: Choir) -> None:
    choir.changes(state=AccountState.CLOSED)
    assert "no longer used" in told(asks(choir))
    assert states(choir) == []


def test_a_society_without_a_checklist_is_not_spoken_for(choir: Choir) -> None:
    replies = choir.does(TakeOver("@oars_eight"), society="oars")
    assert told(replies).startswith("No checklist is held for OARS")


def test_an_empty_register_is_said_to_be_one(choir: Choir) -> None:
    held = choir.checklists.of("larks")
    assert held is not None
    choir.checklists = Checklists({"oars": replace(held, society="oars")})
    assert told(choir.does(TakeOver(), society="oars")).startswith("There is no account on the register yet.")


def test_no_more_is_passed_on_than_one_person_may_send(choir: Choir) -> None:
    choir.offices = Offices({"larks": Office("larks", "the choir office", DESK, limits=Limits(queries_a_day=1))})
    asks(choir)
    assert "this one is not sent" in told(asks(choir, handle="@larks_young"))
    assert states(choir) == [EnrolmentState.ASKED_FOR]


def test_staff_who_take_an_account_over_themselves_are_invited_at_once(choir: Choir) -> None:
    replies = choir.does(TakeOver("@larks_choir"), ROOK)
    assert labels(lesson(replies)) == ["Accept", "Later", "Decline"]


def test_who_is_on_the_register_already_can_go_through_the_steps_without_asking(choir: Choir) -> None:
    choir.runs(WREN)
    assert labels(lesson(choir.does(TakeOver("@larks_choir")))) == ["Accept", "Later", "Decline"]


def test_who_is_set_up_already_is_shown_their_record(choir: Choir) -> None:
    choir.set_up()
    assert listing(choir.does(TakeOver("@larks_choir"))).heading.startswith("Onboarding for @larks_choir: you")


# Agreeing


def test_agreeing_answers_the_query_and_invites_the_person(choir: Choir) -> None:
    asks(choir)
    replies = choir.does(AgreeTakeOver("1", 1), ROOK)
    assert choir.ticket().state is State.ANSWERED
    assert "Wren Ashby is invited to run @larks_choir" in told(replies, "slack:S1:")
    answered = next(one for one in replies if isinstance(one, Told) and one.about == What.ANSWERED)
    assert answered.words.startswith("Agreed: you can run @larks_choir (The choir).")
    invitation = lesson(replies)
    assert (invitation.conversation, invitation.about) == ("slack:U1:", TO_ADMIN)
    assert choir.entry().admins == ()  # nobody is enrolled by accident
    assert states(choir) == [EnrolmentState.INVITED]


def test_of_two_staff_who_agree_the_second_is_told_who_was_first(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 1), ROOK)
    replies = choir.does(AgreeTakeOver("1", 1), DAW)
    assert "Rook Marsh" in told(replies, "slack:S2:")
    assert not [one for one in replies if isinstance(one, Lesson)]
    late = choir.does(AgreeTakeOver("1", 0), DAW)
    assert not [one for one in late if isinstance(one, Lesson)]


@pytest.mark.parametrize("who", [WREN, FINCH, CARO, NOBODY])
def test_only_staff_of_that_society_can_agree(choir: Choir, who: Person) -> None:
    asks(choir)
    replies = choir.does(AgreeTakeOver("1", 1), who, "slack:D5:")
    said = wording_of_onboarding.NOT_KNOWN if who == NOBODY else wording_of_desk.REFUSED
    assert told(replies, "slack:D5:") == said
    assert states(choir) == [EnrolmentState.ASKED_FOR]


def test_an_ordinary_query_cannot_be_agreed_to(choir: Choir) -> None:
    asks(choir)
    with choir.store.work() as work:
        ticket = work.tickets.get("1")
        assert ticket is not None
        work.tickets.open(replace(ticket, id="", key="exchange:9"))
    assert wording_of_onboarding.NOT_ABOUT_AN_ACCOUNT in told(choir.does(AgreeTakeOver("2", 0), ROOK), "slack:S1:")


def test_nobody_is_invited_for_an_account_that_was_closed_meanwhile(choir: Choir) -> None:
    asks(choir)
    choir.changes(state=AccountState.CLOSED)
    assert "no longer used" in told(choir.does(AgreeTakeOver("1", 1), ROOK), "slack:S1:")
    assert choir.ticket().state is State.OPEN


def test_a_query_that_staff_close_means_no_and_can_be_asked_anew(choir: Choir) -> None:
    asks(choir)
    closes(choir)
    assert states(choir) == [EnrolmentState.ENDED]
    assert "That is over" in told(choir.does(ShowOnboarding("1")))
    assert "Sent to the choir office as Q2" in told(asks(choir))
    assert states(choir) == [EnrolmentState.ASKED_FOR, EnrolmentState.ENDED]


def test_a_query_that_its_asker_opens_again_waits_for_agreement_again(choir: Choir) -> None:
    asks(choir)
    closes(choir)
    choir.asker_does(ReopenQuery("1", "I am the new alto."))
    assert states(choir) == [EnrolmentState.ASKED_FOR]
    choir.does(AgreeTakeOver("1", 0), ROOK)
    assert states(choir) == [EnrolmentState.INVITED, EnrolmentState.ENDED]  # of its own: they were refused before


def test_a_query_that_its_asker_takes_back_leaves_nothing_waiting(choir: Choir) -> None:
    asks(choir)
    choir.asker_does(Withdraw("1"))
    assert states(choir) == [EnrolmentState.ENDED]


@pytest.mark.parametrize("ends", [DeclineInvitation("1"), EndEnrolment("1", 0)])
def test_a_query_that_is_opened_again_after_it_was_over_can_be_agreed_to(
    choir: Choir, ends: DeclineInvitation | EndEnrolment
) -> None:
    asks(choir)
    choir.does(ends, ROOK if isinstance(ends, EndEnrolment) else WREN)
    choir.asker_does(ReopenQuery("1", "I do want it after all."))
    replies = choir.does(AgreeTakeOver("1", 0), ROOK)
    assert choir.ticket().state is State.ANSWERED
    assert lesson(replies).conversation == "slack:U1:"
    assert states(choir)[0] is EnrolmentState.INVITED
    choir.does(AcceptInvitation("2"))
    assert choir.entry().admin((WREN.account,)) is not None


def test_agreeing_to_one_of_two_queries_of_the_same_person_answers_both(choir: Choir) -> None:
    asks(choir)
    choir.asker_does(Withdraw("1"))
    asks(choir)
    choir.asker_does(ReopenQuery("1", "I am the new alto."))
    replies = choir.does(AgreeTakeOver("1", 0), ROOK)
    assert [choir.ticket(name).state for name in ("1", "2")] == [State.ANSWERED, State.ANSWERED]
    assert len([one for one in replies if isinstance(one, Lesson)]) == 1
    assert states(choir) == [EnrolmentState.INVITED, EnrolmentState.ENDED]


def test_who_is_set_up_is_not_invited_by_a_query_that_is_opened_again(choir: Choir) -> None:
    asks(choir)
    choir.does(AgreeTakeOver("1", 0), ROOK)
    shown = choir.through(lesson(choir.does(AcceptInvitation("1"))))
    choir.does(shown.buttons[0].act)
    choir.asker_does(ReopenQuery("1", "One thing more."))
    replies = choir.does(AgreeTakeOver("1", 0), ROOK)
    assert "settled already for @larks_choir (The choir): set up" in told(replies, "slack:S1:")
    assert states(choir) == [EnrolmentState.FINISHED]


def test_a_line_added_to_the_query_changes_nothing_about_it(choir: Choir) -> None:
    asks(choir)
    choir.asker_does(AddToQuery("1", "Since Monday."))
    assert states(choir) == [EnrolmentState.ASKED_FOR]


def test_declining_what_one_asked_for_takes_the_query_back(choir: Choir) -> None:
    asks(choir)
    replies = choir.does(DeclineInvitation("1"))
    assert "I have taken back what was asked" in told(replies)
    assert choir.ticket().state is State.CLOSED
    assert states(choir) == [EnrolmentState.DECLINED]


def test_staff_are_told_that_who_asks_only_says_so(choir: Choir) -> None:
    asks(choir)
    assert choir.ticket().role is Party.MEMBER
    facts = next(part.text for part in choir.ticket().dossier.parts if part.id == "account")
    assert facts.endswith("This comes from somebody who says that they have taken it over.")


def test_who_runs_the_account_and_proposes_another_is_not_said_to_have_taken_it_over(choir: Choir) -> None:
    choir.runs(WREN)
    choir.does(Invite("1", FINCH.account))
    assert choir.ticket().role is Party.ACCOUNT_ADMIN
    assert "taken it over" not in choir.ticket().dossier.parts[1].text
