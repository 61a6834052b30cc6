"""Whoever runs an account and cannot be reached: staff hear of it, once for each time."""

import pytest

from bot.acts import (
    ShowEntry,
)
from bot.people import Person
from bot.ports import Delivery, Stage
from bot.replies import TO_ADMIN
from knowledge.library import Library
from tests.bot.accounts.choir import ANN, BEN, DAY, DESK, Choir, only


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


class TestUnreached:
    def lost(self, choir: Choir, where: str = "slack:U1:", name: str = "1") -> None:
        fault = "Slack says that this person cannot be written to (user_disabled)"
        choir.failed = (*choir.failed, Delivery("", where, Stage.FAILED, 3, choir.now, fault, TO_ADMIN, name))

    def test_staff_are_told_once_who_runs_what_and_cannot_be_reached(self, choir: Choir) -> None:
        entry = choir.account(admins=(ANN,))
        self.lost(choir)

        reply = only(choir.due())

        assert reply.conversation == DESK
        assert reply.text == (
            "Ann Lark, who runs @larks_choir, cannot be reached in Slack: Slack says that this person cannot be written"
            " to (user_disabled). Their account there may be gone."
        )
        assert [one.act for one in reply.buttons] == [ShowEntry(entry.id)]
        assert choir.due() == []
        assert not choir.is_due()

    def test_each_account_that_they_run_is_named(self, choir: Choir) -> None:
        choir.account(admins=(ANN,))
        choir.account("@larks_young", admins=(ANN, BEN))
        self.lost(choir)

        text = only(choir.due()).text

        assert "who runs @larks_choir" in text
        assert "who runs @larks_young" in text

    def test_somebody_who_was_invited_counts_as_well(self, choir: Choir) -> None:
        choir.invited(choir.account(), Person("slack:U9"))
        self.lost(choir, "slack:U9")

        assert only(choir.due()).text.startswith("slack:U9, invited to run @larks_choir, cannot be reached in Slack")

    def test_who_runs_nothing_any_more_is_not_spoken_of(self, choir: Choir) -> None:
        choir.account(admins=(BEN,))
        self.lost(choir)

        assert choir.due() == []

    def test_what_is_given_up_again_is_told_again(self, choir: Choir) -> None:
        choir.account(admins=(ANN,), confirmed=choir.now)
        self.lost(choir)
        choir.due()
        choir.now += DAY
        choir.failed = ()
        self.lost(choir)

        assert len(choir.due()) == 1

    def test_what_is_given_up_before_long_says_nothing_new(self, choir: Choir) -> None:
        choir.account(admins=(ANN,), confirmed=choir.now)
        said: list[int] = []
        for day in range(100):
            if day in (0, 4, 11, 25, 60):
                self.lost(choir, name=str(day))
            said += [day for _ in choir.due()]
            choir.now += DAY

        assert said == [0, 60]
