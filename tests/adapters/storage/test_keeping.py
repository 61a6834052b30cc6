"""What is taken away after a while, and what stays, on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from adapters.storage import tables
from adapters.storage.database import Database
from adapters.storage.keeping import Retention, expire
from adapters.storage.queues import inbox, outbox, posted
from adapters.storage.sql import SqlStore
from bot.exchanges import Rating
from bot.people import StaffMember
from bot.ports import Turn
from bot.tickets import What, moved
from knowledge.clauses import Party
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    SetClock,
    answered,
    exchange,
    go,
    kept,
    ruling,
    ticket,
)

DAY = timedelta(days=1)
SECONDS = NOON.timestamp()


def counted(database: Database, *which: sa.Table) -> list[int]:
    with database.transaction() as connection:
        return [connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in which]


def after(days: int) -> datetime:
    return NOON + days * DAY


def test_exchanges_go_after_a_quarter_and_those_that_were_rated_with_their_rating(
    database: Database, sql_store: SqlStore
) -> None:
    with sql_store.work() as work:
        work.exchanges.add(exchange("plain"))
        rated = work.exchanges.add(exchange("rated"))
        work.ratings.put(Rating(rated, ASKER, False, "Not so", NOON))

    assert expire(database, Retention(), after(89))["exchange"] == 0
    assert expire(database, Retention(), after(91))["exchange"] == 1
    with sql_store.work() as work:
        assert [rating.exchange for rating in work.ratings.wrong("larks", 9)] == [rated]
    gone = expire(database, Retention(), after(366))
    assert (gone["rating"], gone["exchange"], gone["person"]) == (1, 1, 1)
    assert counted(database, tables.exchange, tables.rating, tables.text, tables.person) == [0, 0, 0, 0]


def test_a_conversation_goes_a_month_after_its_last_turn(
    database: Database, sql_store: SqlStore, clock: SetClock
) -> None:
    with sql_store.work() as work:
        work.conversations.put("slack:C1:1", Turn("larks", Party.MEMBER))
        assert work.conversations.last("slack:C2:1", "") is None
    clock.now = after(20)
    with sql_store.work() as work:
        work.conversations.put("slack:C1:1", Turn("larks", Party.STAFF))

    assert expire(database, Retention(), after(31))["conversation"] == 1  # the one in which nothing was ever put
    assert expire(database, Retention(), after(51))["conversation"] == 1
    assert counted(database, tables.conversation, tables.text) == [0, 0]


def test_tickets_that_are_done_with_go_after_a_year_and_those_that_wait_stay(
    database: Database, sql_store: SqlStore
) -> None:
    waiting = kept(sql_store, ticket("a"))
    main = answered(sql_store, kept(sql_store, ticket("b")))
    go(sql_store, kept(sql_store, ticket("c")), What.WITHDRAWN, "Solved", ASKER)
    joined, move = moved(waiting, What.JOINED, CLERK, NOON, joined_to=main.id)
    with sql_store.work() as work:
        assert work.tickets.move(joined, move)

    assert expire(database, Retention(), after(365))["ticket"] == 0
    assert expire(database, Retention(), after(367))["ticket"] == 2
    with sql_store.work() as work:
        assert work.tickets.waiting() == (replace(joined, joined_to=""),)
        assert len(work.tickets.history(waiting.id)) == 2
    assert counted(database, tables.history, tables.searched, tables.text) == [2, 1, 1]


def test_an_id_is_never_given_again(database: Database, sql_store: SqlStore) -> None:
    opened = answered(sql_store, kept(sql_store, ticket()))
    expire(database, Retention(), after(400))

    assert int(kept(sql_store, ticket()).id) > int(opened.id)


def test_rulings_and_staff_stay_and_so_do_those_whom_they_name(database: Database, sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        made = work.rulings.add(ruling())
        work.staff.add(StaffMember(OTHER, "larks"))

    expire(database, Retention(), after(4000))

    with sql_store.work() as work:
        assert work.rulings.standing() == (made,)
        assert work.staff.of("larks") == (StaffMember(OTHER, "larks"),)


def test_the_queues_lose_what_is_done_with_and_never_what_waits(database: Database) -> None:
    event = {"conversation": "slack:C1:1", "arrived": SECONDS, "due": SECONDS}
    parcel = {"platform": "slack", "conversation": "slack:C1:1", "created": SECONDS, "due": SECONDS}
    with database.transaction() as connection:
        connection.execute(inbox.insert(), [{**event, "event": "done", "handled": SECONDS}])
        connection.execute(inbox.insert(), [{**event, "event": "waits"}])
        connection.execute(outbox.insert(), [{**parcel, "key": "sent", "sent": SECONDS}])
        connection.execute(outbox.insert(), [{**parcel, "key": "failed", "failed": SECONDS}])
        connection.execute(outbox.insert(), [{**parcel, "key": "waits"}])

    early, late = expire(database, Retention(), after(29)), expire(database, Retention(), after(91))

    assert (early["inbox"], early["outbox"], late["inbox"], late["outbox"]) == (0, 0, 1, 2)
    assert counted(database, inbox, outbox) == [1, 1]


def test_a_key_may_be_asked_of_again_after_more_than_a_year(database: Database, sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        work.first("digest")
    assert expire(database, Retention(), after(399))["once"] == 0
    assert expire(database, Retention(), after(401))["once"] == 1


def test_more_than_fits_into_one_batch_goes_at_once(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(tables.once.insert(), [{"key": f"{number}", "at": NOON} for number in range(1001)])

    assert expire(database, Retention(), after(401))["once"] == 1001


def test_where_a_card_stands_is_known_for_as_long_as_its_query_is_kept(database: Database) -> None:
    with database.transaction() as connection:
        for number in range(3):
            card = {"conversation": "slack:CDESK", "subject": f"card:{number}", "receipt": "CDESK:1"}
            connection.execute(posted.insert().values(at=SECONDS + number * DAY.total_seconds(), **card))

    assert expire(database, Retention(), after(364))["posted"] == 0
    assert expire(database, Retention(), after(366))["posted"] == 1
    assert counted(database, posted) == [2]


def test_where_an_answer_stands_is_known_for_as_long_as_the_exchange_is_kept(database: Database) -> None:
    with database.transaction() as connection:
        for subject in ("answer:7", "card:12"):
            connection.execute(posted.insert().values(conversation="t:1", subject=subject, receipt="r", at=SECONDS))

    assert expire(database, Retention(), after(89))["posted"] == 0
    assert expire(database, Retention(), after(91))["posted"] == 1
    assert counted(database, posted) == [1]
