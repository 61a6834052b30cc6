"""What is kept of somebody with linked accounts, is erased with each of these, and how long it is kept, on SQLite and
PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.storage.database import Database
from adapters.storage.forgetting import forget
from adapters.storage.keeping import Retention, expire
from adapters.storage.queues import outbox
from adapters.storage.sql import SqlStore
from bot.enrolments import EnrolmentState
from bot.people import Person
from bot.register import RegisterEntry
from bot.tickets import What
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    account_request,
    enrolled,
    enrolment,
    entry,
    go,
    kept,
    learnt,
    registered,
    ticket,
)
from tests.adapters.storage.test_forgetting_accounts import everything

YEAR = timedelta(days=366)


@pytest.fixture
def entries(sql_store: SqlStore) -> tuple[RegisterEntry, RegisterEntry]:
    return registered(sql_store, entry("@larks_choir", ASKER)), registered(sql_store, entry("@larks_young"))


@pytest.fixture
def linked(sql_store: SqlStore) -> tuple[str, str]:
    """Two accounts of one person."""
    one, other = "teams:ann", "slack:U7"
    with sql_store.work() as work:
        work.links.link(one, other)
    return one, other


@pytest.mark.parametrize("place", ["slack:U7:", "slack:D77:17.1"])
def test_where_somebody_went_on_by_a_linked_account_goes_with_that_account(
    database: Database,
    sql_store: SqlStore,
    entries: tuple[RegisterEntry, RegisterEntry],
    linked: tuple[str, str],
    place: str,
) -> None:
    one, other = linked
    theirs = enrolled(sql_store, replace(enrolment(entries[0], Person(one)), place=place))
    with sql_store.work() as work:
        asked_for = work.requests.add(replace(account_request(Person(one)), place=place))
    with database.transaction() as connection:
        parcel = {"platform": "slack", "payload": "{}", "created": 1.0, "due": 1.0}
        connection.execute(outbox.insert().values(key="1", conversation=place, receipt=place, **parcel))
    forget(database, other, NOON)

    left = everything(database)
    assert "U7" not in left
    assert "D77" not in left
    with sql_store.work() as work:
        kept_one, request = work.enrolments.get(theirs.id), work.requests.get(asked_for.id)
        assert kept_one is not None
        assert request is not None
        assert (kept_one.state, kept_one.person.account, kept_one.place) == (theirs.state, one, "")
        assert (request.person.account, request.place) == (one, "")
        assert not work.enrolments.change(replace(theirs, version=theirs.version + 1))  # which would write it again


def test_where_the_other_of_two_linked_accounts_went_on_stays(
    database: Database,
    sql_store: SqlStore,
    entries: tuple[RegisterEntry, RegisterEntry],
    linked: tuple[str, str],
) -> None:
    one, other = linked
    theirs = enrolled(sql_store, replace(enrolment(entries[0], Person(one)), place=f"{one}:"))
    forget(database, other, NOON)

    with sql_store.work() as work:
        assert work.enrolments.get(theirs.id) == theirs


def test_what_an_admin_answered_a_member_stays_without_who_it_was(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    asked = kept(sql_store, ticket(f"message:{entries[0].id}:1", asker=OTHER))
    go(sql_store, asked, What.ANSWERED, "Come on Tuesday", ASKER)
    forget(database, ASKER.account, NOON)

    left = everything(database)
    assert "Come on Tuesday" in left
    assert ASKER.account not in left
    assert ASKER.name not in left
    forget(database, OTHER.account, NOON)
    assert "Tuesday" not in everything(database)


def test_a_record_stays_while_its_person_runs_the_account_by_a_linked_account(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    there = Person("teams:ann")
    with sql_store.work() as work:
        work.links.link(ASKER.account, there.account)
        work.links.link(OTHER.account, "teams:ola")
    done = {"state": EnrolmentState.FINISHED, "finished": NOON}
    runs, gone = (
        learnt(sql_store, enrolled(sql_store, enrolment(entries[0], one)), **done)
        for one in (there, Person("teams:ola"))
    )
    expire(database, Retention(), NOON + YEAR)

    with sql_store.work() as work:
        assert work.enrolments.get(runs.id) == runs
        assert work.enrolments.get(gone.id) is None


def test_what_was_said_once_for_an_enrolment_is_known_as_long_as_that_is_kept(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    waits = enrolled(sql_store, enrolment(entries[0]))
    gone = learnt(sql_store, enrolled(sql_store, enrolment(entries[1], CLERK)), state=EnrolmentState.ENDED)
    keys = [f"{kind}:{one.id}:further" for one in (waits, gone) for kind in ("enrolment", "recheck")]
    with sql_store.work() as work:
        for key in (*keys, "register:larks", "welcome:1"):
            work.first(key)
    expire(database, Retention(), NOON + 3 * YEAR)

    with sql_store.work() as work:
        assert work.asked([*keys, "register:larks", "welcome:1"]) == {*keys[:2], "register:larks"}
