"""What is done from time to time, on a real database: that something did not reach an asker is told at the desk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.delivery.platforms import Parcel, Refused
from adapters.delivery.sending import Sender
from adapters.duties import duties_of
from adapters.storage.database import Database
from adapters.storage.queues import outbox as table
from adapters.stored import Stored, stored
from bot.acts import Act, AnswerQuery, Claim, Join
from bot.messages import Message
from bot.office import Office
from bot.people import StaffMember
from knowledge.library import Library
from tests.adapters.slack.room import Setting, parts_of
from tests.adapters.storage.conftest import ASKER, CLERK, OTHER, kept, ticket
from tests.conftest import without_flows

DESK = "slack:CDESK"


class Closed:
    """A platform on which the accounts of askers are closed, and the desk is there unless it is `away` as well."""

    pace = 0.0

    def __init__(self) -> None:
        self.away, self.seen = False, list[tuple[str, str]]()

    async def deliver(self, parcel: Parcel) -> str:
        if self.away or parcel.conversation.startswith("slack:D"):
            raise Refused("nobody is there", "look for them")
        self.seen.append((parcel.conversation, str(parcel.payload)))
        return "CDESK:1.1"


class Served:
    """A bot whose desk has the queries of two who can no longer be reached."""

    def __init__(self, bot: Stored) -> None:
        self.bot, self.platform = bot, Closed()
        self.tell: Callable[[], object] = next(duty.do for duty in duties_of(bot) if duty.name == "undelivered")
        with bot.store.work() as work:
            work.staff.add(StaffMember(CLERK, "larks", "Librarian"))
        self.first, self.second = (kept(bot.store, ticket(who.account, asker=who)).id for who in (ASKER, OTHER))

    def acts(self, *acts: Act) -> None:
        """What somebody of the staff does at the desk."""
        for number, act in enumerate(acts):
            self.bot.inbox.accept(f"e{number}", Message(f"{DESK}:1.1:S1", "", "larks", person=CLERK, act=act))
            (taken,) = self.bot.inbox.claim("w", 1)
            self.bot.handling.handle(taken)

    def sends(self) -> list[tuple[str, str]]:
        """What arrives of all that waits: where, and what."""
        self.platform.seen.clear()
        asyncio.run(Sender(self.bot.outbox, {"slack": self.platform}).drain())
        return list(self.platform.seen)

    def waits(self) -> int:
        waiting = sa.select(sa.func.count()).select_from(table).where(table.c.sent.is_(None), table.c.failed.is_(None))
        with self.bot.database.reading() as connection:
            return int(connection.execute(waiting).scalar_one())


@pytest.fixture
def served(database: Database, sample_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    office = Office("larks", "the choir office", DESK)
    return Served(
        stored(parts_of(Setting(sample_library, without_flows(sample_library), "larks", office, {})), database)
    )


def test_what_did_not_reach_an_asker_is_told_at_the_desk_once(served: Served) -> None:
    served.acts(AnswerQuery(served.first, 0, "Yes, you may."))
    assert served.tell() == 0
    served.sends()

    assert served.tell() == 2
    card, told = served.sends()
    assert served.tell() == 0

    assert card[0] == told[0] == DESK
    assert "The answer, to the asker: failed" in card[1]
    assert "The answer to Q1 could not be brought to its asker: nobody is there" in told[1]
    assert "Yes, you may." not in told[1]


def test_the_card_of_a_query_says_what_became_of_what_went_to_askers_of_joined_ones(served: Served) -> None:
    served.acts(Join(served.first, 0, (served.second,), confirmed=True), AnswerQuery(served.first, 0, "Yes."))
    served.sends()

    assert served.tell() == 4
    card = served.sends()[0][1]

    assert "The answer, to the asker: failed" in card
    assert "The answer, to the asker of Q2: failed" in card


def test_what_fails_of_that_is_not_told_of(served: Served) -> None:
    served.acts(Claim(served.first, 0))
    served.sends()
    served.tell()
    served.platform.away = True
    assert served.sends() == []

    assert served.tell() == 0
    assert served.waits() == 0


def test_what_is_sent_again_and_fails_again_is_told_again(served: Served) -> None:
    served.acts(Claim(served.first, 0))
    served.sends()
    served.tell()
    served.sends()
    (failed,) = served.bot.outbox.undelivered()
    assert served.bot.outbox.requeue(failed.id)
    assert served.tell() == 0
    served.sends()

    assert served.tell() == 2


def test_of_several_replicas_one_tells_it(served: Served) -> None:
    served.acts(Claim(served.first, 0))
    served.sends()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: served.tell(), range(4)))

    assert sorted(said, key=str) == [0, 0, 0, 2]
