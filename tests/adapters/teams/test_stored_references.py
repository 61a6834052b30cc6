"""How people and channels of Teams are reached is kept, on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.storage.backup import back_up
from adapters.storage.database import Database
from adapters.storage.exporting import export
from adapters.storage.forgetting import forget, forget_again, forgotten
from adapters.storage.inbox import Inbox
from adapters.storage.keeping import Retention, expire
from adapters.storage.queues import inbox
from adapters.storage.tables import reference as references
from adapters.teams.references import Reference, Scope
from adapters.teams.stored_references import SqlReferences
from bot.messages import Message
from bot.people import Person
from tests.adapters.storage.test_statements import counted
from tests.adapters.teams.fake_login import TENANT
from tests.adapters.teams.fake_tenant import OTHER_TENANT, User
from tests.adapters.teams.sending_out import BOT, Clock, desk

ANN, BEN = User("ann"), User("ben")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def chat_with(user: User, conversation: str = "", tenant: str = TENANT) -> Reference:
    chat = conversation or f"a:1{user.name}"
    return Reference(f"https://{user.region}.example/", tenant, Scope.PERSONAL, chat, BOT, user.id)


DESK = Reference("https://emea.example/", TENANT, Scope.CHANNEL, "19:desk@thread.tacv2", BOT)


@pytest.fixture
def kept(database: Database) -> SqlReferences:
    return SqlReferences(database)


def test_what_is_kept_is_there_for_another_process(database: Database, kept: SqlReferences) -> None:
    kept.keep(ANN.account, chat_with(ANN))
    kept.keep(desk(), DESK)

    for of in (kept, SqlReferences(database)):
        assert (of.of(ANN.account), of.of(desk()), of.of(BEN.account)) == (chat_with(ANN), DESK, None)


def test_the_last_one_counts(database: Database, kept: SqlReferences) -> None:
    moved = replace(chat_with(ANN), service_url="https://amer.example/")
    for one in (chat_with(ANN), moved):
        kept.keep(ANN.account, one)

    assert kept.of(ANN.account) == SqlReferences(database).of(ANN.account) == moved


def test_a_chat_that_is_known_is_not_lost_to_what_comes_from_a_channel(kept: SqlReferences) -> None:
    kept.keep(ANN.account, chat_with(ANN))
    elsewhere = replace(chat_with(ANN), service_url="https://amer.example/", conversation="")
    kept.keep(ANN.account, elsewhere)

    assert kept.of(ANN.account) == replace(elsewhere, conversation="a:1ann")


def test_what_has_not_changed_is_neither_read_nor_written_again_for_a_while(database: Database) -> None:
    clock = Clock()
    kept = SqlReferences(database, clock)
    kept.keep(ANN.account, chat_with(ANN))
    with counted(database) as run:
        kept.keep(ANN.account, chat_with(ANN))
        kept.keep(ANN.account, replace(chat_with(ANN), conversation=""))
        assert kept.of(ANN.account) is not None
        assert kept.users(frozenset({ANN.account})) == {ANN.account: ANN.id}
    assert run == []

    clock.now += 601
    with counted(database) as run:
        kept.keep(ANN.account, chat_with(ANN))
    assert [one.split()[0] for one in run if one.startswith(("SELECT", "INSERT"))] == ["SELECT"]


def test_whether_anything_would_change_is_known_where_it_was_kept(database: Database, kept: SqlReferences) -> None:
    own = chat_with(ANN, "a:1ann")
    kept.keep(ANN.account, own)

    assert kept.are_kept({ANN.account: own})
    assert kept.are_kept({ANN.account: replace(own, conversation="")})
    assert not kept.are_kept({ANN.account: own, BEN.account: chat_with(BEN)})
    assert not kept.are_kept({ANN.account: replace(own, service_url="https://teams.example/other/")})
    assert not SqlReferences(database).are_kept({ANN.account: own})


def test_the_latest_of_a_tenant_is_the_one_that_was_written_last(database: Database, kept: SqlReferences) -> None:
    assert kept.latest(TENANT) is None
    kept.keep(ANN.account, chat_with(ANN))
    kept.keep(BEN.account, chat_with(BEN))
    kept.keep("teams:stranger", chat_with(User("cleo"), tenant=OTHER_TENANT))
    assert kept.latest(TENANT) == chat_with(BEN)

    with database.transaction() as connection:
        connection.execute(references.update().where(references.c.place == BEN.account).values(at=NOW))
    assert kept.latest(TENANT) == chat_with(ANN)
    assert kept.latest("") == chat_with(User("cleo"), tenant=OTHER_TENANT)


def test_the_ids_of_those_who_are_known_are_read_together(database: Database, kept: SqlReferences) -> None:
    accounts = [User(f"singer{number}").account for number in range(9)]
    for number, account in enumerate(accounts):
        kept.keep(account, chat_with(User(f"singer{number}")))
    kept.keep(desk(), DESK)
    anew = SqlReferences(database)
    with counted(database) as run:
        found = anew.users(frozenset({*accounts, desk(), BEN.account}))

    assert found == {account: User(f"singer{number}").id for number, account in enumerate(accounts)}
    assert len([one for one in run if one.startswith("SELECT")]) == 1
    assert anew.users(frozenset()) == {}


def test_any_text_can_be_kept(database: Database, kept: SqlReferences) -> None:
    odd = replace(chat_with(ANN), service_url="https://x.example/\x00\ud800 ;--'")
    kept.keep("teams:\x00", odd)

    assert SqlReferences(database).of("teams:\x00") is not None


def test_it_goes_when_it_was_not_written_for_a_year(database: Database, kept: SqlReferences) -> None:
    kept.keep(ANN.account, chat_with(ANN))
    with database.transaction() as connection:
        connection.execute(references.update().values(at=NOW))

    assert expire(database, Retention(), NOW + timedelta(days=364))["reference"] == 0
    assert expire(database, Retention(), NOW + timedelta(days=366))["reference"] == 1


class TestWhoeverIsForgotten:
    def test_nobody_knows_any_more_how_to_reach_them_though_nothing_else_was_kept(
        self, database: Database, kept: SqlReferences
    ) -> None:
        kept.keep(ANN.account, chat_with(ANN))
        kept.keep(BEN.account, chat_with(BEN))

        assert forget(database, ANN.account, NOW).known
        assert not forget(database, ANN.account, NOW).known
        anew = SqlReferences(database)
        assert (anew.of(ANN.account), anew.of(BEN.account)) == (None, chat_with(BEN))

    def test_whoever_comes_back_is_reached_again(self, database: Database) -> None:
        clock = Clock()
        kept = SqlReferences(database, clock)
        kept.keep(ANN.account, chat_with(ANN))
        forget(database, ANN.account, NOW)
        clock.now += 601
        kept.keep(ANN.account, chat_with(ANN))

        assert SqlReferences(database).of(ANN.account) == chat_with(ANN)

    def test_no_key_names_the_chat_with_them(self, database: Database, kept: SqlReferences) -> None:
        for user in (ANN, BEN):
            kept.keep(user.account, chat_with(user))
            message = Message(user.account, "May I?", person=Person(user.account))
            Inbox(database).accept(f"teams:a:1{user.name}:1690", message)
        forget(database, ANN.account, NOW)

        with database.transaction() as connection:
            events = sorted(connection.execute(sa.select(inbox.c.event)).scalars())
        assert [one.partition(":")[0] for one in events] == ["forgotten", "teams"]
        assert "ann" not in " ".join(events)

    def test_a_backup_that_is_put_back_forgets_them_again(self, database: Database, kept: SqlReferences) -> None:
        kept.keep(ANN.account, chat_with(ANN))
        forget(database, ANN.account, NOW)
        later = forgotten(database)
        with database.transaction() as connection:  # as a backup of before has it
            connection.exec_driver_sql("DELETE FROM forgotten")
        SqlReferences(database).keep(ANN.account, chat_with(ANN))

        assert forget_again(database, later) == 1
        assert SqlReferences(database).of(ANN.account) is None

    def test_what_is_kept_of_them_is_theirs_to_have(self, database: Database, kept: SqlReferences) -> None:
        kept.keep(ANN.account, chat_with(ANN))
        kept.keep(BEN.account, chat_with(BEN))
        (reached,) = export(database, ANN.account, NOW)["reached"]

        assert "a:1ann" in reached["body"]
        assert export(database, User("cleo").account, NOW) == {}


def test_a_backup_has_them(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    SqlReferences(database).keep(ANN.account, chat_with(ANN))
    file = Path(sa.make_url(sqlite_url).database or "")
    back_up(file, file.with_suffix(".backup"))
    copy = Database(f"sqlite:///{file.with_suffix('.backup')}")

    assert SqlReferences(copy).of(ANN.account) == chat_with(ANN)
    for one in (database, copy):
        one.close()
