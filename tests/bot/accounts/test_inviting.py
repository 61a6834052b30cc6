"""Inviting somebody to run an account, accepting and declining, and ending it."""

import pytest

from bot import wording_of_desk, wording_of_onboarding
from bot.accounts.enrolling import reached_at
from bot.accounts.inviting import Inviting
from bot.acts import (
    AcceptInvitation,
    AgreeTakeOver,
    DeclineInvitation,
    EndEnrolment,
    Invite,
    ShowOnboarding,
    TakeOver,
)
from bot.enrolments import EnrolmentState
from bot.office import Office, Offices
from bot.people import Person
from bot.precedents import Precedents
from bot.register import AccountState, Admin, Change
from bot.replies import TO_ADMIN, Card, Lesson, Mail, Told
from bot.tickets import State, What
from knowledge.flows.matching import Guides
from knowledge.library import Library
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
    lesson,
    listing,
    states,
    told,
)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def test_staff_invite_and_nothing_begins_before_it_is_accepted(choir: Choir) -> None:
    replies = choir.does(Invite("1", WREN.account), ROOK)
    said = told(replies, "slack:S1:")
    assert said == "slack:U1 is invited to run @larks_choir (The choir). Nothing changes until they accept."
    invitation = lesson(replies)
    assert invitation.conversation == "slack:U1:"
    assert "The choir office invites you to run @larks_choir (The choir) on Twitter." in invitation.told.opening
    assert choir.entry().admins == ()
    assert "6 short steps" in invitation.told.opening
    assert choir.enrolment().asked_by == ROOK


def test_an_account_can_be_named_by_its_handle(choir: Choir) -> None:
    choir.does(Invite("@larks_young", WREN.account), ROOK)
    assert choir.enrolment().entry == "2"


def test_inviting_somebody_twice_sends_nothing_more(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    again = choir.does(Invite("1", WREN.account), DAW)
    assert [one.conversation for one in again] == ["slack:S2:"]
    assert "already, so I have sent nothing more" in told(again, "slack:S2:")
    choir.does(AcceptInvitation("1"))
    assert "has accepted already" in told(choir.does(Invite("1", WREN.account), DAW), "slack:S2:")


def test_somebody_known_by_a_linked_account_is_invited_once(choir: Choir) -> None:
    choir.link(WREN, Person("teams:0123"))
    choir.does(Invite("1", WREN.account), ROOK)
    assert len(choir.does(Invite("1", "console:other"), ROOK)) == 2
    choir.link(WREN, Person("console:wren"))
    assert len(choir.does(Invite("1", "console:wren"), ROOK)) == 1


def test_two_people_can_be_invited_for_one_account(choir: Choir) -> None:
    choir.set_up(WREN)
    choir.set_up(FINCH)
    assert [one.person.account for one in choir.entry().admins] == ["slack:U1", "slack:U2"]


def test_inviting_somebody_who_has_asked_agrees_to_it(choir: Choir) -> None:
    asks(choir)
    replies = choir.does(Invite("1", WREN.account), ROOK)
    assert choir.ticket().state is State.ANSWERED
    assert lesson(replies).conversation == "slack:U1:"
    assert any(isinstance(one, Card) and one.conversation == DESK for one in replies)
    assert states(choir) == [EnrolmentState.INVITED]


@pytest.mark.parametrize(
    "account",
    ["", "wren", "slack: U1", "slack:wren", "teams:wren", "Slack:U1", "email:wren@larks.example", "foo:bar"],
)
def test_who_is_no_account_of_anybody_is_not_invited(choir: Choir, account: str) -> None:
    replies = choir.does(Invite("1", account), ROOK)
    assert [one.conversation for one in replies] == ["slack:S1:"]
    assert states(choir) == []


@pytest.mark.parametrize("account", ["email:wren@larks.example", "foo:bar"])
def test_an_account_where_nobody_is_reached_is_refused_with_what_to_write(choir: Choir, account: str) -> None:
    choir.runs(FINCH)
    for who in (ROOK, FINCH):
        said = told(choir.does(Invite("1", account), who), f"{who.account}:")
        assert "in Slack, in Teams or at a terminal" in said
        assert "“console:wren”" in said


@pytest.mark.parametrize("account", ["slack:U1", "teams:01234567-89ab-cdef-0123-456789abcdef", "console:wren"])
def test_an_account_keeps_its_capitals_where_a_sentence_begins_with_it(choir: Choir, account: str) -> None:
    said = [told(choir.does(Invite("1", account), ROOK), "slack:S1:") for _ in range(2)]
    choir.does(AcceptInvitation("1"), Person(account))
    said.append(told(choir.does(Invite("1", account), ROOK), "slack:S1:"))
    assert [one.partition(" ")[0] for one in said] == [account] * 3


def test_a_name_is_left_as_it_is_where_a_sentence_begins_with_it(choir: Choir) -> None:
    wren = Person("slack:U1", "wren of the altos")
    choir.does(Invite("1", wren.account), ROOK)
    choir.does(AcceptInvitation("1"), wren)
    assert told(choir.does(DeclineInvitation("1"), wren), DESK).startswith("wren of the altos gave up")


@pytest.mark.parametrize("who", [WREN, CARO])
def test_who_is_neither_staff_nor_admin_invites_nobody_and_learns_nothing(choir: Choir, who: Person) -> None:
    there = f"{who.account}:"
    said = told(choir.does(Invite("1", FINCH.account), who), there)
    assert said == told(choir.does(Invite("99", FINCH.account), who), there) == wording_of_onboarding.MAY_NOT_INVITE
    assert states(choir) == []


def test_an_admin_proposes_and_staff_agree(choir: Choir) -> None:
    choir.runs(FINCH)
    replies = choir.does(Invite("1", WREN.account), FINCH)
    assert "Sent to the choir office as Q1" in told(replies, "slack:U2:")
    assert not [one for one in replies if one.conversation == "slack:U1:"]
    assert "I propose that slack:U1" in choir.ticket().dossier.question.replace("and propose", "I propose")
    assert told(choir.does(ShowOnboarding("1"))) == wording_of_onboarding.NO_SUCH  # they hear of it once staff agree
    agreed = choir.does(AgreeTakeOver("1", 1), ROOK)
    assert lesson(agreed).conversation == "slack:U1:"
    answered = next(one for one in agreed if isinstance(one, Told) and one.about == What.ANSWERED)
    assert (answered.conversation, answered.words) == (
        "slack:U2:",
        "Agreed: whom you named is invited to run @larks_choir (The choir).",
    )


@pytest.mark.parametrize(
    ("admins", "said"),
    [
        ((False,), "1 admin on the register."),
        ((True,), "1 admin on the register, who is leaving."),
        ((False, True), "2 admins on the register, of whom 1 is leaving."),
        ((True, True), "2 admins on the register, of whom 2 are leaving."),
    ],
)
def test_staff_see_beside_a_proposal_who_runs_the_account_and_who_of_them_leaves(
    choir: Choir, admins: tuple[bool, ...], said: str
) -> None:
    people = (FINCH, CARO)
    runs = tuple(Admin(one, MONDAY, MONDAY if leaves else None) for one, leaves in zip(people, admins, strict=False))
    choir.changes(admins=runs)
    choir.does(Invite("1", WREN.account), FINCH)
    facts = next(part.text for part in choir.ticket().dossier.parts if part.id == "account")
    assert facts.endswith(said)


def test_a_proposal_made_twice_is_sent_once(choir: Choir) -> None:
    choir.runs(FINCH)
    choir.does(Invite("1", WREN.account), FINCH)
    assert "already, so I have sent nothing more" in told(choir.does(Invite("1", WREN.account), FINCH), "slack:U2:")
    assert "has not agreed yet" in told(choir.does(TakeOver("@larks_choir")))


def test_notices_go_by_mail_as_for_any_query(choir: Choir) -> None:
    choir.offices = Offices({"larks": Office("larks", "the choir office", addresses={"": "desk@larks.example"})})
    assert [one.ticket for one in asks(choir) if isinstance(one, Mail)] == ["1"]


# Accepting, declining, ending


def test_declining_tells_staff_and_changes_no_register(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    before = choir.entry()
    replies = choir.does(DeclineInvitation("1"))
    assert "Wren Ashby declined the invitation to run @larks_choir (The choir)." in told(replies, DESK)
    assert choir.entry() == before
    assert "That is over" in told(choir.does(AcceptInvitation("1")))


def test_who_declined_can_be_invited_again(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    choir.does(DeclineInvitation("1"))
    assert lesson(choir.does(Invite("1", WREN.account), ROOK)).conversation == "slack:U1:"


def test_accepting_by_a_linked_account_notes_the_one_that_was_invited(choir: Choir) -> None:
    elsewhere = Person("teams:0123", "Wren Ashby")
    choir.link(WREN, elsewhere)
    choir.does(Invite("1", WREN.account), ROOK)
    assert lesson(choir.does(AcceptInvitation("1"), elsewhere)).conversation == "teams:0123:"
    assert [one.person.account for one in choir.entry().admins] == [WREN.account]
    enrolment = choir.enrolment()
    with choir.store.work() as work:
        assert reached_at(enrolment, work) == "teams:0123:"


def test_accepting_gives_an_account_that_needed_an_admin_one(choir: Choir) -> None:
    choir.changes(state=AccountState.NEEDS_ADMIN)
    choir.under_way()
    assert choir.entry().state is AccountState.ACTIVE


def test_an_admin_who_was_leaving_and_accepts_stays(choir: Choir) -> None:
    choir.changes(admins=(Admin(WREN, MONDAY, leaving=MONDAY),), state=AccountState.NEEDS_ADMIN)
    choir.under_way()
    assert [one.leaving for one in choir.entry().admins] == [None]
    assert choir.history()[-1][0] is Change.STAYING


def test_an_invitation_for_an_account_that_was_closed_is_over(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    choir.changes(state=AccountState.CLOSED)
    assert "That is over for @larks_choir" in told(choir.does(AcceptInvitation("1")))
    assert choir.entry().admins == ()


def test_staff_end_what_is_under_way_and_the_person_hears_of_it(choir: Choir) -> None:
    choir.under_way()
    replies = choir.does(EndEnrolment("1", choir.enrolment().version), ROOK)
    assert "Ended: Wren Ashby is no longer being set up" in told(replies, "slack:S1:")
    heard = next(one for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:")
    assert heard.about == TO_ADMIN
    assert (choir.entry().admins, choir.enrolment().state) == ((), EnrolmentState.ENDED)
    assert "That is settled already" in told(choir.does(EndEnrolment("1", 0), DAW), "slack:S2:")


def test_ending_what_has_moved_on_is_asked_once_more(choir: Choir) -> None:
    shown, version = choir.under_way(), choir.enrolment().version
    choir.does(shown.buttons[0].act)
    replies = choir.does(EndEnrolment("1", version), ROOK)
    assert "It has moved on since you saw it" in told(replies, "slack:S1:")
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY
    choir.does(next(one.act for one in replies[0].buttons if one.name == "end"), ROOK)  # type: ignore[union-attr]
    assert choir.enrolment().state is EnrolmentState.ENDED


def test_ending_what_was_only_asked_for_closes_its_query(choir: Choir) -> None:
    asks(choir)
    replies = choir.does(EndEnrolment("1", 0), ROOK)
    assert choir.ticket().state is State.CLOSED
    assert [one.about for one in replies if isinstance(one, Told) and one.conversation == "slack:U1:"] == [What.CLOSED]


@pytest.mark.parametrize("who", [WREN, FINCH, CARO])
def test_only_staff_of_that_society_end_an_enrolment(choir: Choir, who: Person) -> None:
    choir.under_way()
    for name in ("1", "99"):
        replies = choir.does(EndEnrolment(name, 0), who)
        assert told(replies, f"{who.account}:") == wording_of_desk.REFUSED
    assert choir.enrolment().state is EnrolmentState.UNDER_WAY


def test_names_that_nothing_may_show_stay_out_of_what_staff_read(choir: Choir) -> None:
    hidden = ("Wren Ashby",)
    choir.offices = Offices({"larks": Office("larks", "the choir office", DESK, hide_names=hidden)})
    shown = [one.text for one in choir.set_up() if isinstance(one, Told)]
    replies = choir.does(ShowOnboarding("1"), ROOK)
    assert "Wren" not in listing(replies, "slack:S1:").heading + " ".join(shown)


def test_others_are_invited_to_a_request_that_staff_approved_by_the_same_way(choir: Choir) -> None:
    choir.later(minutes=1)
    with choir.store.work() as work:
        inviting = Inviting(choir.library, choir.checklists, choir.offices, Precedents(choir.library), work)
        entry = work.register.get("1")
        assert entry is not None
        first, second = (inviting.invite(entry, WREN, ROOK) for _ in range(2))
    assert [type(one) for one in first] == [Lesson]
    assert second == []
