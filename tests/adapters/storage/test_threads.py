"""In which threads somebody is answered without naming the bot, on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.keeping import Retention, expire
from adapters.storage.sql import SqlStore
from adapters.storage.tables import left_alone
from adapters.storage.threads import Threads
from bot.messages import Message
from bot.ports import Turn
from bot.tickets import What
from knowledge.clauses import Party
from tests.adapters.storage.conftest import CLERK, NOON, go, kept, ticket

THREAD = "slack:C1:17.3"
ANN, BEN = f"{THREAD}:U1", f"{THREAD}:U2"


@pytest.fixture
def threads(database: Database) -> Threads:
    return Threads(database, NOON.timestamp)


def talks(store: SqlStore, conversation: str, by: str = "slack:U1") -> None:
    with store.work() as work:
        work.conversations.put(conversation, Turn("larks", Party.MEMBER, by=by))


@pytest.mark.parametrize("openly", ["", ":open"])
def test_whoever_is_in_talk_with_the_bot_is_answered_and_nobody_else(
    threads: Threads, sql_store: SqlStore, openly: str
) -> None:
    talks(sql_store, f"{ANN}{openly}")

    assert threads.answers(ANN)
    for other in (BEN, "slack:C1:17.4:U1", "slack:C2:17.3:U1", "slack:C1:17.3:U", "slack:C1:17.3:U11"):
        assert not threads.answers(other)


def test_a_question_that_still_waits_is_talk_as_well(threads: Threads, database: Database) -> None:
    Inbox(database).accept("e", Message(ANN, "May I?"))

    assert threads.answers(ANN)
    threads.leave(THREAD)
    assert not threads.answers(ANN)


def test_having_pressed_something_there_is_no_talk(threads: Threads, sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        assert work.conversations.last(BEN, "slack:U2") is None

    assert not threads.answers(BEN)


def test_it_leaves_all_of_a_thread_and_no_other_and_comes_back_to_whom_names_it(
    threads: Threads, sql_store: SqlStore
) -> None:
    elsewhere = "slack:C1:17.31:U1"
    for conversation in (ANN, f"{BEN}:open", elsewhere):
        talks(sql_store, conversation)
    for _ in range(2):
        threads.leave(THREAD)
    assert [threads.answers(one) for one in (ANN, BEN, elsewhere)] == [False, False, True]

    threads.come_back(BEN)
    assert [threads.answers(one) for one in (ANN, BEN)] == [False, True]
    threads.come_back(THREAD)
    assert threads.answers(ANN)


def test_nothing_is_written_where_the_bot_is_not(threads: Threads, database: Database) -> None:
    threads.leave(THREAD)
    threads.come_back(ANN)

    with database.transaction() as connection:
        assert connection.execute(sa.select(left_alone)).all() == []


def test_while_staff_are_at_it_the_bot_keeps_quiet(threads: Threads, sql_store: SqlStore) -> None:
    opened = kept(sql_store, ticket())
    talks(sql_store, opened.conversation)
    assert threads.answers(opened.conversation)

    claimed = go(sql_store, opened, What.CLAIMED, who=CLERK)
    assert not threads.answers(opened.conversation)
    go(sql_store, claimed, What.ANSWERED, "Yes, you may.")
    assert threads.answers(opened.conversation)


def test_what_stands_in_a_thread_is_taken_as_it_is_written(threads: Threads, sql_store: SqlStore) -> None:
    talks(sql_store, "slack:C1:17_3:U1")
    threads.leave("slack:C1:17%3")
    threads.leave("slack:C1:17.3")
    threads.leave("slack:C1:17_")

    assert threads.answers("slack:C1:17_3:U1")


def test_that_it_left_is_kept_as_long_as_conversations_are(
    threads: Threads, database: Database, sql_store: SqlStore
) -> None:
    talks(sql_store, ANN)
    threads.leave(THREAD)

    assert expire(database, Retention(), NOON + timedelta(days=29))["left_alone"] == 0
    assert expire(database, Retention(), NOON + timedelta(days=31))["left_alone"] == 1


def test_a_conversation_is_that_of_whoever_is_in_talk_there(threads: Threads, sql_store: SqlStore) -> None:
    talks(sql_store, "slack:D1:17.3")

    assert threads.is_of("slack:D1:17.3", "slack:U1")
    for conversation, account in (("slack:D1:17.3", "slack:U2"), ("slack:D1:17.4", "slack:U1"), ("slack:D1:17.3", "")):
        assert not threads.is_of(conversation, account)
