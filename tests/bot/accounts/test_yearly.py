"""The yearly question to those who run an account: when, to whom, and that staff hear where nobody answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.acts import (
    ConfirmEntry,
)
from bot.enrolments import EnrolmentState
from bot.hours import Hours
from bot.people import Person
from bot.register import AccountState, Admin
from bot.replies import TO_ADMIN, Listed, Told
from knowledge.library import Library
from tests.bot.accounts.choir import ANN, BEN, DAY, DESK, OFFICE, Choir, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


class TestYearlyQuestion:
    def test_each_admin_is_asked_a_day_after_they_were_added(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        assert choir.due(DAY) == []

        ann, ben = choir.due(timedelta(minutes=1))

        assert isinstance(ann, Told)
        assert (ann.conversation, ben.conversation) == ("slack:U1:", "slack:U2:")
        assert ann.about == TO_ADMIN
        assert "The register says that it is for this: To tell of concerts." in ann.text
        assert [one.act for one in ann.buttons] == [
            ConfirmEntry(entry.id, 1, access="two"),
            ConfirmEntry(entry.id, 1),
            ConfirmEntry(entry.id, 1, active=False),
        ]
        assert choir.due() == []

    def test_they_are_reminded_once_and_then_staff_are_told_once(self, choir: Choir) -> None:
        choir.account(admins=(ANN, BEN))
        days = {day: choir.due(DAY) for day in range(1, 300)}

        asked = [day for day, replies in days.items() if told(replies, "slack:U1:")]
        at_desk = {day: told(replies, DESK) for day, replies in days.items() if told(replies, DESK)}

        assert asked == [2, 16]
        assert list(at_desk) == [21]  # Monday: three days later is a Saturday
        assert at_desk[21] == [
            "@larks_choir was never confirmed. I asked those who run it, reminded them, and nobody has answered."
        ]

    def test_nobody_is_asked_once_one_of_them_has_confirmed(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        choir.due(2 * DAY)
        choir.changed(entry, confirmed=choir.now)

        assert not any(choir.due(DAY) for _ in range(360))

    def test_they_are_asked_again_a_year_after_it_was_confirmed(self, choir: Choir) -> None:
        choir.account(admins=(ANN,), confirmed=choir.now)

        days = [choir.now.date() for _ in range(800) if told(choir.due(DAY), "slack:U1:")]

        assert days == [date(2027, 11, 23), date(2027, 12, 7), date(2028, 11, 23), date(2028, 12, 7)]

    def test_a_year_from_the_29th_of_february_ends_on_the_28th(self, choir: Choir) -> None:
        choir.now = datetime(2028, 2, 29, 10, tzinfo=UTC)
        choir.office = replace(OFFICE, hours=Hours(days=dict.fromkeys(range(7), (time(9), time(17)))))
        choir.account(admins=(ANN,), confirmed=choir.now)

        days = [choir.now.date() for _ in range(400) if told(choir.due(DAY), "slack:U1:")]

        assert days == [date(2029, 2, 28), date(2029, 3, 14)]

    def test_who_is_leaving_or_is_still_being_set_up_is_not_asked(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN, BEN))
        enrolment = choir.invited(entry, BEN, state=EnrolmentState.UNDER_WAY)
        leaving = tuple(replace(one, leaving=choir.now) if one.person == ANN else one for one in entry.admins)
        choir.changed(entry, admins=leaving)
        assert choir.due(2 * DAY) == []

        choir.moves(enrolment, state=EnrolmentState.FINISHED, finished=choir.now)

        assert [one.conversation for one in choir.due() if isinstance(one, Told)] == ["slack:U2:"]

    @pytest.mark.parametrize("state", [AccountState.CLOSED, AccountState.NEEDS_ADMIN])
    def test_only_what_is_in_use_is_asked_about(self, choir: Choir, state: AccountState) -> None:
        choir.account(admins=(ANN,), state=state)

        assert not any(choir.due(DAY) for _ in range(30))

    def test_an_account_without_admins_is_not_asked_about(self, choir: Choir) -> None:
        choir.account()

        assert not any(choir.due(DAY) for _ in range(30))

    def test_one_person_by_two_accounts_is_asked_once(self, choir: Choir) -> None:
        choir.links("slack:U1", "teams:7")
        choir.account(admins=(ANN, Person("teams:7")))

        assert len(choir.due(2 * DAY)) == 1

    def test_an_admin_who_came_later_is_asked_too(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.due(2 * DAY)
        choir.changed(entry, admins=(*entry.admins, Admin(BEN, choir.now)))

        assert told(choir.due(2 * DAY), "slack:U2:")

    def test_staff_are_told_once_however_many_admins_there_are(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        choir.due(10 * DAY)
        choir.changed(entry, admins=(*entry.admins, Admin(BEN, choir.now)))

        said = [text for _ in range(100) for text in told(choir.due(DAY), DESK)]

        assert len(said) == 1

    def test_who_runs_many_accounts_is_asked_in_lists_and_not_about_each_by_itself(self, choir: Choir) -> None:
        for number in range(12):
            choir.account(f"@larks_{number:02}", admins=(ANN,))
        choir.account("@larks_alone", admins=(BEN,))

        due = choir.due(2 * DAY)
        lists = [one for one in due if isinstance(one, Listed)]
        again = [one for one in choir.due(14 * DAY) if isinstance(one, Listed)]

        assert [one.conversation for one in due if isinstance(one, Told)] == ["slack:U2:"]
        assert [(one.conversation, one.about, len(one.entries)) for one in lists] == [
            ("slack:U1:", TO_ADMIN, 10),
            ("slack:U1:", TO_ADMIN, 2),
        ]
        assert lists[0].entries[0].heading == "@larks_00"
        assert [one.act for one in lists[0].entries[0].buttons][-1] == ConfirmEntry("1", 1, active=False)
        assert "two weeks ago" in again[0].entries[0].lines[-1]
        assert choir.due() == []
