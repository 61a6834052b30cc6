"""Reminders of enrolments in which nothing happens: when, to whom, and each of them once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.acts import (
    AcceptInvitation,
    DeclineInvitation,
    ShowEntry,
    ShowOnboarding,
    ShowRegister,
    Snooze,
)
from bot.enrolments import EnrolmentState
from bot.people import NOBODY, StaffMember
from bot.register import AccountState
from bot.replies import TO_ADMIN, Mail, Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from tests.bot.accounts.choir import ANN, CLERK, DAY, DESK, OFFICE, Choir, only, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


class TestReminders:
    def test_whoever_was_invited_is_reminded_after_three_seven_and_fourteen_days(self, choir: Choir) -> None:
        choir.invited(choir.account())

        days = [day for day in range(30) if told(choir.due(DAY if day else timedelta()), "slack:U1:")]

        assert days == [3, 7, 14]

    def test_a_reminder_of_an_invitation_accepts_declines_or_puts_it_off(self, choir: Choir) -> None:
        choir.invited(choir.account())

        reply = only(choir.due(3 * DAY))

        assert reply.conversation == "slack:U1:"
        assert reply.about == TO_ADMIN
        assert (
            "You were invited to run @larks_choir, and I have not heard from you since 23 November 2026" in reply.text
        )
        assert [one.act for one in reply.buttons] == [AcceptInvitation("1"), Snooze("1"), DeclineInvitation("1")]

    def test_a_reminder_of_what_was_begun_goes_on_with_it(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.invited(entry, state=EnrolmentState.UNDER_WAY)

        reply = only(choir.due(3 * DAY))

        assert "What you have answered is kept" in reply.text
        assert [one.act for one in reply.buttons] == [ShowOnboarding("1"), Snooze("1"), DeclineInvitation("1")]

    def test_the_last_one_says_that_it_is(self, choir: Choir) -> None:
        choir.invited(choir.account())

        texts = [text for _ in range(15) for text in told(choir.due(DAY), "slack:U1:")]

        assert ["I will not remind you again" in text for text in texts] == [False, False, True]

    def test_a_look_tells_whether_something_is_due_and_marks_nothing(self, choir: Choir) -> None:
        choir.invited(choir.account())
        assert not choir.is_due()
        choir.now += 3 * DAY

        assert choir.is_due()
        assert choir.is_due()
        assert choir.due()
        assert not choir.is_due()
        assert choir.due() == []

    def test_three_days_after_the_last_reminder_staff_are_told_once(self, choir: Choir) -> None:
        entry = choir.account()
        choir.invited(entry)
        days = {day: choir.due(DAY) for day in range(1, 30)}

        at_desk = {day: replies for day, replies in days.items() if told(replies, DESK)}

        assert list(at_desk) == [17]
        reply = only(at_desk[17])
        assert "Ann Lark, invited to run @larks_choir, has not answered since 23 November 2026." in reply.text
        assert [one.act for one in reply.buttons] == [ShowEntry(entry.id)]

    def test_staff_are_given_three_days_after_a_last_reminder_that_came_late(self, choir: Choir) -> None:
        choir.invited(choir.account())
        assert told(choir.due(21 * DAY), "slack:U1:")

        days = [day for day in range(1, 8) if told(choir.due(DAY), DESK)]

        assert days == [3]

    def test_of_missed_reminders_only_the_latest_is_sent(self, choir: Choir) -> None:
        choir.invited(choir.account())

        assert len(choir.due(15 * DAY)) == 1
        assert choir.due(timedelta(hours=1)) == []

    def test_whoever_does_something_is_reminded_from_there(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account(admins=(ANN,)), state=EnrolmentState.UNDER_WAY)
        assert choir.due(3 * DAY)
        choir.moves(enrolment, active=choir.now)

        days = [day for day in range(1, 10) if told(choir.due(DAY), "slack:U1:")]

        assert days == [4, 7]  # the third is a Sunday

    def test_who_puts_it_off_hears_nothing_for_that_time_and_then_what_is_due(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        choir.due(3 * DAY)
        choir.moves(enrolment, snoozed=choir.now + 7 * DAY)

        days = [3 + day for day in range(1, 20) if told(choir.due(DAY), "slack:U1:")]

        assert days == [10, 14]

    def test_who_puts_off_the_last_reminder_is_left_that_time_before_staff_hear(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        choir.due(14 * DAY)
        choir.moves(enrolment, snoozed=choir.now + 7 * DAY)

        days = [14 + day for day in range(1, 20) if told(choir.due(DAY), DESK)]

        assert days == [24]

    def test_staff_hear_after_four_weeks_of_what_is_put_off_each_time(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        said: list[int] = []
        for day in range(1, 60):
            if day % 7 == 3:
                enrolment = choir.moves(enrolment, snoozed=choir.now + 7 * DAY)
            said += [day for _ in told(choir.due(DAY), DESK)]

        assert said == [28]

    def test_a_clock_that_is_set_back_repeats_nothing(self, choir: Choir) -> None:
        choir.invited(choir.account())
        choir.due(14 * DAY)

        assert [choir.due(-days * DAY) for days in (1, 4, 2)] == [[], [], []]

    def test_where_no_checklist_is_held_nobody_is_told_to_go_on_and_staff_hear(self, choir: Choir) -> None:
        choir.checklists = Checklists({})
        choir.invited(choir.account(admins=(ANN,)), state=EnrolmentState.UNDER_WAY)

        said = [(day, reply.text) for day in range(1, 40) for reply in choir.due(DAY) if isinstance(reply, Told)]

        assert said == [
            (
                17,
                "Ann Lark began to be set up to run @larks_choir, and has not gone on since 23 November 2026."
                " No checklist is held by which they could go on.",
            )
        ]

    @pytest.mark.parametrize(
        "state", [EnrolmentState.ASKED_FOR, EnrolmentState.FINISHED, EnrolmentState.DECLINED, EnrolmentState.ENDED]
    )
    def test_who_has_nothing_to_do_is_not_reminded(self, choir: Choir, state: EnrolmentState) -> None:
        choir.invited(choir.account(), state=state)

        assert not any(choir.due(DAY) for _ in range(30))

    def test_nobody_is_reminded_of_an_account_that_is_closed(self, choir: Choir) -> None:
        choir.invited(choir.account(state=AccountState.CLOSED))

        assert not any(choir.due(DAY) for _ in range(30))

    def test_who_was_forgotten_is_not_looked_for(self, choir: Choir) -> None:
        enrolment = choir.invited(choir.account())
        choir.moves(enrolment, person=NOBODY, place="")

        assert not any(choir.due(DAY) for _ in range(30))

    def test_a_renamed_account_is_called_as_it_is_now(self, choir: Choir) -> None:
        entry = choir.account()
        choir.invited(entry)
        choir.changed(entry, handle="@larks", former=("@larks_choir",))

        assert "to run @larks," in only(choir.due(3 * DAY)).text

    def test_it_goes_where_they_did_something_last(self, choir: Choir) -> None:
        choir.links("slack:U1", "teams:7")
        choir.invited(choir.account(), place="teams:7:abc")

        assert only(choir.due(3 * DAY)).conversation == "teams:7:"

    def test_two_accounts_of_one_person_are_reminded_of_apart(self, choir: Choir) -> None:
        choir.invited(choir.account())
        choir.invited(choir.account("@larks_young"))

        assert len(told(choir.due(3 * DAY), "slack:U1:")) == 2

    def test_what_staff_hear_of_several_accounts_is_one_message(self, choir: Choir) -> None:
        for number in range(12):
            choir.invited(choir.account(f"@larks_{number}"))
        choir.due(14 * DAY)

        reply = only(choir.due(3 * DAY))

        assert reply.text.count("has not answered") == 10
        assert reply.text.endswith("And 2 more, which the register shows.")
        assert [one.act for one in reply.buttons] == [ShowRegister("larks")]

    def test_without_a_desk_staff_are_written_to(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, desk="", addresses={"Chair": "c@larks.example"}))
        choir.invited(choir.account())
        choir.due(14 * DAY)

        [mail] = choir.due(3 * DAY)

        assert isinstance(mail, Mail)
        assert mail.conversation == "email:larks:Chair"
        assert mail.subject == "Something about an account"
        assert "Somebody, invited to run @larks_choir, has not answered" in mail.text
        assert "Ann" not in mail.text

    def test_where_nobody_can_be_told_it_is_kept_until_somebody_can(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, desk="", addresses={}))
        choir.invited(choir.account())
        choir.due(14 * DAY)
        assert choir.due(3 * DAY) == []
        assert not choir.is_due()

        choir.office = OFFICE

        assert told(choir.due(DAY), DESK)

    def test_a_name_that_nothing_shows_is_not_shown(self, sample_library: Library) -> None:
        choir = Choir(sample_library, replace(OFFICE, hide_names=("Ann Lark",)))
        choir.invited(choir.account())
        choir.due(14 * DAY)

        assert "Ann Lark" not in only(choir.due(3 * DAY)).text

    def test_the_enrolments_of_another_society_are_its_own(self, choir: Choir) -> None:
        choir.invited(choir.account(), society="oars")

        replies = [reply for _ in range(30) for reply in choir.due(DAY)]

        assert told(replies, DESK) == []


def test_staff_of_the_desk_are_shown_as_the_staff_list_shows_them(choir: Choir) -> None:
    with choir.store.work() as work:
        work.staff.add(StaffMember(CLERK, "larks", "Choir Secretary"))
    choir.invited(choir.account(), CLERK)
    choir.due(14 * DAY)

    assert only(choir.due(3 * DAY)).text.startswith("Robin Wetherby (Choir Secretary), invited to run")
