"""Who comes to run an account: by invitation, by their own wish, or by an admin's proposal; and who has to agree."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.storage.memory import MemoryWork
from adapters.storage.memory_accounts import MemoryEnrolments, MemoryRegister
from bot import wording_of_desk, wording_of_onboarding
from bot.accounts.enrolling import as_it_stands, reached_at
from bot.accounts.inviting import Inviting
from bot.acts import (
    AcceptInvitation,
    AddToQuery,
    AgreeTakeOver,
    AnswerStep,
    Close,
    DeclineInvitation,
    EndEnrolment,
    Invite,
    ReopenQuery,
    ShowOnboarding,
    TakeOver,
    Withdraw,
)
from bot.desk import Desk
from bot.enrolments import Enrolment, EnrolmentState
from bot.office import Limits, Office, Offices
from bot.people import NOBODY, Person
from bot.precedents import Precedents
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.replies import TO_ADMIN, Card, Lesson, Mail, Reply, Told
from bot.tickets import State, What, moved
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
    labels,
    lesson,
    listing,
    message,
    told,
)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def asks(choir: Choir, who: Person = WREN, handle: str = "@larks_choir") -> list[Reply]:
    """Somebody says that they have taken an account over, and confirms it."""
    return choir.does(TakeOver(handle, confirmed=True), who)


def closes(choir: Choir, reason: str = "We do not know you.") -> list[Reply]:
    """Staff close the first query."""
    choir.later(minutes=1)
    with choir.store.work() as work:
        desk = Desk(choir.library, choir.offices, Precedents(choir.library), work)
        return desk.act(message(Close("1", 0, reason), ROOK, "", "larks"))


def states(choir: Choir) -> list[EnrolmentState]:
    """Of every enrolment how it stands, the latest first."""
    with choir.store.work() as work:
        every = [one for name in ("1", "2") for one in work.enrolments.for_entry(name)]
        return [as_it_stands(one, work).state for one in every]


# Saying that one has taken over


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
    assert states(choir) == [EnrolmentState.INVITED]


def test_a_query_that_its_asker_takes_back_leaves_nothing_waiting(choir: Choir) -> None:
    asks(choir)
    choir.asker_does(Withdraw("1"))
    assert states(choir) == [EnrolmentState.ENDED]


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


# Inviting


def test_staff_invite_and_nothing_begins_before_it_is_accepted(choir: Choir) -> None:
    replies = choir.does(Invite("1", WREN.account), ROOK)
    assert "Slack:U1 is invited to run @larks_choir (The choir). Nothing changes until they accept." in (
        told(replies, "slack:S1:").replace("slack", "Slack")
    )
    invitation = lesson(replies)
    assert invitation.conversation == "slack:U1:"
    assert "The choir office invites you to run @larks_choir (The choir) on Twitter." in invitation.told.opening
    assert choir.entry().admins == ()
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
    elsewhere = Person("teams:0123")
    choir.link(WREN, elsewhere)
    choir.does(Invite("1", WREN.account), ROOK)
    assert len(choir.does(Invite("1", "console:wren"), ROOK)) == 2
    choir.link(WREN, Person("chat:wren"))
    assert len(choir.does(Invite("1", "chat:wren"), ROOK)) == 1


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


@pytest.mark.parametrize("account", ["", "wren", "slack: U1", "slack:wren", "teams:wren", "Slack:U1"])
def test_who_is_no_account_of_anybody_is_not_invited(choir: Choir, account: str) -> None:
    replies = choir.does(Invite("1", account), ROOK)
    assert [one.conversation for one in replies] == ["slack:S1:"]
    assert states(choir) == []


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


# Others at the same moment


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


def test_agreeing_while_the_asker_takes_it_back_invites_nobody(choir: Choir) -> None:
    asks(choir)
    with choir.store.work() as work:
        ticket = work.tickets.get("1")
        assert ticket is not None
        assert work.tickets.move(*moved(ticket, What.WITHDRAWN, WREN, choir.now))
    replies = choir.does(AgreeTakeOver("1", 1), ROOK)
    assert not [one for one in replies if isinstance(one, Lesson)]
    assert states(choir) == [EnrolmentState.ENDED]
