"""How far a reply of several messages came goes along with it: nothing is said twice, whoever goes on with it."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.delivery.platforms import Later, Parcel, Platform, Refused
from adapters.delivery.sending import Patience, Sender
from adapters.storage.database import Database
from adapters.storage.outbox import Claimed, Outbox
from adapters.storage.queues import outbox as table
from adapters.teams.origin import Origin, Waits
from adapters.teams.outgoing import Dialog, Outgoing, Post, payload_of
from adapters.teams.platform import TeamsPlatform
from adapters.teams.waiting import Waiting
from bot.wording import repeated
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import User
from tests.adapters.teams.sending_out import Bench, at_bench, card, parcel

ANN = User("ann").account
AGAIN = f"{repeated()}\n\n"


def another(at: Bench) -> TeamsPlatform:
    """The platform of another replica."""
    return TeamsPlatform(
        at.connector,
        at.references,
        Waiting(),
        at.app,
        tenant=TENANT,
        staff=lambda: (),
        was_said=lambda *_: False,
        clock=at.clock,
    )


def filled(database: Database, *posts: str, lease: float = 30.0) -> Outbox:
    """An outbox with a reply of these messages to Ann."""
    outbox = Outbox(database, lease)
    with database.transaction() as connection:
        outbox.put(connection, "k", ANN, payload_of(Outgoing(ANN, tuple(map(Post, posts)))))
    return outbox


async def sends(outbox: Outbox, platform: Platform) -> None:
    """What a replica does at one time."""
    await Sender(outbox, {"teams": platform}, patience=Patience(backoff=lambda _attempt: 60.0)).drain()


def due(database: Database) -> None:
    """Has whatever was put off be due."""
    with database.transaction() as connection:
        connection.execute(table.update().values(due=0.0))


def stored(database: Database) -> tuple[object, ...]:
    with database.transaction() as connection:
        found = connection.execute(sa.select(table.c.sent.is_not(None), table.c.payload, table.c.doubtful))
        return tuple(found.one())


async def put_off(at: Bench, outbox: Outbox, database: Database, *faults: Fault) -> None:
    """Has one replica meet these faults, one a call, and another go on."""
    for fault in faults:
        at.teams.faults.append(fault)
    await sends(outbox, at.platform)
    at.teams.faults.clear()
    due(database)
    at.clock.now += 60
    await sends(outbox, another(at))


@pytest.mark.parametrize(
    ("status", "retry_after", "mark"),
    [(429, 1, ""), (429, None, ""), (412, None, ""), (403, None, ""), (503, None, AGAIN)],
)
def test_another_process_goes_on_where_one_was_put_off(
    database_url: str, status: int, retry_after: int | None, mark: str
) -> None:
    async def say(at: Bench) -> None:
        chat, database = at.meet("ann"), at.references._database
        outbox = filled(database, "one", "two", "three")
        at.teams.faults = [Fault("send"), Fault("send", status=status, retry_after=retry_after)]
        await sends(outbox, at.platform)
        due(database)
        at.clock.now += 60
        await sends(outbox, another(at))

        assert at.texts(chat) == ["one", f"{mark}two", "three"]  # of the second alone nobody may know
        assert stored(database) == (True, None, False)

    at_bench(database_url, say)


def test_another_process_goes_on_where_one_waits_for_its_turn(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        chat, database = at.meet("ann"), at.references._database
        outbox = filled(database, *(f"part {number}" for number in range(9)))
        await sends(outbox, at.platform)
        assert len(at.texts(chat)) == 7
        due(database)
        await sends(outbox, another(at))

        assert at.texts(chat) == [f"part {number}" for number in range(9)]

    at_bench(sqlite_url, say)


def test_after_a_process_died_each_part_that_may_have_come_says_so(database_url: str) -> None:
    async def say(at: Bench) -> None:
        chat, database = at.meet("ann"), at.references._database
        outbox = filled(database, "one", "two", "three", "four", lease=-1.0)

        async def takes(platform: TeamsPlatform, *faults: Fault) -> Claimed:
            """Somebody takes the row, and meets these faults, one a call."""
            (row,) = outbox.claim("w", {"teams": 0.0}, 1)
            at.teams.faults = list(faults)
            with suppress(Later):
                await platform.deliver(_parcel(row))
            return row

        first = await takes(at.platform, Fault("send"), Fault("send", status=412))
        assert outbox.retry(first, 0, "412", in_doubt=False)
        await takes(at.platform, Fault("send"), Fault("send"), Fault("send", status=412))  # nothing is written of this
        last = await takes(another(at))

        said_again = [f"{AGAIN}{part}" for part in ("two", "three", "four")]
        assert last.doubtful
        assert at.texts(chat) == ["one", "two", "three", *said_again]

    at_bench(database_url, say)


def test_what_was_given_up_in_the_middle_goes_on_there_when_staff_have_it_sent_again(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        chat, database = at.meet("ann"), at.references._database
        outbox = filled(database, "one", "two")
        at.teams.faults = [Fault("send"), *(Fault("send", status=400) for _ in range(2))]
        await sends(outbox, at.platform)
        (given_up,) = outbox.undelivered()
        assert outbox.requeue(given_up.id)
        await sends(outbox, another(at))

        assert at.texts(chat) == ["one", "two"]

    at_bench(sqlite_url, say)


def test_what_was_shown_in_a_dialog_is_not_shown_again_by_another_process(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        chat = at.meet("ann")
        origin, dialog = Origin("i1", Waits.DIALOG), Dialog("Policy", card("Yes"))
        shown = parcel(f"{ANN}:3f", "Yes", "further", origin=origin, dialog=dialog, posts_too=True)
        at.waiting.expect("i1")
        at.teams.faults = [Fault("send"), Fault("send", status=412)]
        await at.ends(shown)
        await another(at).deliver(shown)

        assert at.texts(chat) == ["Yes", "further"]
        assert shown.progress["shown"]

    at_bench(sqlite_url, say)


@pytest.mark.parametrize("noted", [{"said": 7}, {"receipt": [], "said": {}}])
def test_what_another_edition_noted_is_given_up_with_a_word_for_staff(sqlite_url: str, noted: dict[str, Any]) -> None:
    async def say(at: Bench) -> None:
        at.meet("ann")

        assert isinstance(await at.ends(replace(parcel(ANN, "one"), progress=noted)), Refused)

    at_bench(sqlite_url, say)


def _parcel(row: Claimed) -> Parcel:
    return Parcel(
        row.key, "teams", row.conversation, row.payload, row.attempts, doubtful=row.doubtful, progress=row.progress
    )
