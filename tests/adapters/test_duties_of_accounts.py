"""What is said unasked about accounts, on a real database: by one of several replicas, and once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from adapters.delivery.platforms import Parcel, Refused
from adapters.delivery.sending import Sender
from adapters.duties import duties_of
from adapters.storage.database import Database
from adapters.stored import Stored, stored
from bot.enrolments import Enrolment, EnrolmentState
from bot.hours import Hours
from bot.office import Office
from bot.people import NOBODY, Person
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from knowledge.library import Library
from tests.adapters.chat.running import Setting, parts_of
from tests.bot.accounts.choir import HELD
from tests.conftest import without_flows

DESK = "slack:CDESK:"
ALWAYS = Hours(days=dict.fromkeys(range(7), (time(0), time(23, 59, 59, 999999))))
ANN, BEN = Person("slack:U1", "Ann Lark"), Person("slack:U2", "Ben Lark")
NOW = datetime.now(UTC)


class Gone:
    """A platform on which somebody's account is closed."""

    pace = 0.0

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    async def deliver(self, parcel: Parcel) -> str:
        if parcel.conversation == f"{ANN.account}:":
            raise Refused("nobody is there", "look for them")
        self.seen.append((parcel.conversation, str(parcel.payload)))
        return "C:1.1"


class Served:
    """A bot on whose register is an account that Ben has run for a week, and that Ann was invited to run."""

    def __init__(self, bot: Stored) -> None:
        self.bot, self.platform = bot, Gone()
        self._duties = {duty.name: duty.do for duty in duties_of(bot)}
        week_ago = NOW - timedelta(days=7)
        entry = RegisterEntry("", "larks", "@larks", "X", "Choir", review=NOW.date())
        with bot.store.work() as work:
            added = work.register.add(entry, RegisterMove("", 1, NOW, NOBODY, Change.ADDED))
            assert added is not None
            run = replace(added, admins=(Admin(BEN, week_ago),), version=2)
            assert work.register.change(run, RegisterMove(added.id, 2, week_ago, BEN, Change.ADMIN_ADDED, BEN))
            invited = Enrolment("", "larks", added.id, ANN, BEN, EnrolmentState.INVITED, week_ago, week_ago, "")
            assert work.enrolments.add(invited)

    def duty(self, name: str) -> Callable[[], object]:
        return self._duties[name]

    def sends(self) -> list[tuple[str, str]]:
        """What arrives of all that waits: where, and what."""
        self.platform.seen.clear()
        asyncio.run(Sender(self.bot.outbox, {"slack": self.platform}).drain())
        return list(self.platform.seen)


@pytest.fixture
def served(database: Database, sample_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    office = Office("larks", "the choir office", DESK, hours=ALWAYS)
    setting = Setting(sample_library, without_flows(sample_library), "larks", office, {}, checklists=HELD)
    return Served(stored(parts_of(setting), database))


@pytest.mark.parametrize(("name", "says"), [("nudge", 2), ("review", 1)])
def test_of_several_replicas_one_says_it(served: Served, name: str, says: int) -> None:
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: served.duty(name)(), range(4)))

    assert sum(map(int, map(str, said))) == says
    assert served.duty(name)() == 0


def test_whoever_is_asked_or_reminded_has_it_in_their_own_place(served: Served) -> None:
    served.duty("nudge")()

    [(where, what)] = served.sends()  # Ann's could not be brought

    assert where == "slack:U2:"
    assert "those who run @larks whether it is still in use" in what


def test_staff_hear_once_of_somebody_who_cannot_be_reached(served: Served) -> None:
    served.duty("nudge")()
    served.sends()

    assert served.duty("nudge")() == 1
    [(where, what)] = served.sends()
    assert served.duty("nudge")() == 0

    assert where == DESK
    assert "Ann Lark, invited to run @larks, cannot be reached in Slack: nobody is there" in what


def test_staff_are_told_what_is_due_to_be_looked_at(served: Served) -> None:
    served.duty("review")()

    [(where, what)] = served.sends()

    assert where == DESK
    assert "The account @larks: due" in what
