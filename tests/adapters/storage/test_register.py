"""What every store does of the register of accounts: the one in memory, SQLite, and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.storage import account_tables
from adapters.storage.sql import SqlStore
from bot.people import NOBODY, Person
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    Store,
    changed,
    entry,
    race,
    registered,
)

HOUR = timedelta(hours=1)


def added(entry: RegisterEntry) -> RegisterMove:
    return RegisterMove("", 1, NOON, CLERK, Change.ADDED)


def test_an_entry_comes_back_whole_with_its_first_move(store: Store) -> None:
    leaving = replace(entry("@Larks_Choir", ASKER), admins=(Admin(OTHER, NOON), Admin(ASKER, NOON, NOON + HOUR)))
    kept = registered(store, replace(leaving, confirmed=NOON, state=AccountState.NEEDS_ADMIN, former=("@larks",)))

    with store.work() as work:
        assert work.register.get(kept.id) == kept
        assert kept.admins == leaving.admins
        assert work.register.history(kept.id) == (RegisterMove(kept.id, 1, NOON, CLERK, Change.ADDED),)


@pytest.mark.parametrize("handle", ["@larks_choir", "LARKS_CHOIR", "  @Larks_Choir "])
def test_a_handle_is_one_account_of_its_society_whatever_its_capitals(store: Store, handle: str) -> None:
    kept = registered(store, entry("@larks_choir"))
    elsewhere = registered(store, entry(handle, society="wrens"))
    with store.work() as work:
        assert work.register.add(entry(handle), added(kept)) is None
        assert work.register.of_handle("larks", handle) == kept
        assert work.register.of_handle("wrens", handle) == elsewhere
        assert work.register.of("larks") == (kept,)


def test_of_eight_who_add_a_handle_at_once_one_does(store: Store) -> None:
    def add(number: int) -> bool:
        with store.work() as work:
            one = entry("@larks_choir" if number % 2 else "@LARKS_CHOIR", Person(f"slack:U{number}"))
            return work.register.add(one, added(one)) is not None

    assert sorted(race(add)) == [False] * 7 + [True]


def test_a_society_lists_its_accounts_by_handle(store: Store) -> None:
    for handle in ("@larks_young", "@Larks_Choir", "@larks_Hall"):
        registered(store, entry(handle))

    with store.work() as work:
        assert [one.handle for one in work.register.of("larks")] == ["@Larks_Choir", "@larks_Hall", "@larks_young"]
        assert work.register.of("wrens") == ()


def test_whoever_runs_accounts_finds_them_by_any_account_of_theirs(store: Store) -> None:
    first = registered(store, entry("@larks_choir", ASKER, OTHER))
    registered(store, entry("@larks_hall"))
    second = registered(store, replace(entry("@larks_young", OTHER), state=AccountState.CLOSED))

    with store.work() as work:
        assert work.register.run_by((ASKER.account,)) == (first,)
        assert work.register.run_by(("teams:unknown", OTHER.account)) == (first, second)
        assert work.register.run_by(("",)) == work.register.run_by(()) == ()


def test_every_change_is_kept_with_its_move(store: Store) -> None:
    kept = registered(store, entry("@larks_choir", ASKER))
    two = changed(store, replace(kept, admins=(*kept.admins, Admin(OTHER, NOON + HOUR))), Change.ADMIN_ADDED)
    three = changed(store, replace(two, purpose="To sing"), who=ASKER, text="purpose: from A to B")
    four = changed(store, replace(three, admins=three.admins[1:]), Change.ADMIN_REMOVED)

    with store.work() as work:
        assert work.register.get(kept.id) == four
        moves = work.register.history(kept.id)
    assert [(move.version, move.who, move.what, move.text) for move in moves] == [
        (1, CLERK, Change.ADDED, ""),
        (2, CLERK, Change.ADMIN_ADDED, ""),
        (3, ASKER, Change.CHANGED, "purpose: from A to B"),
        (4, CLERK, Change.ADMIN_REMOVED, ""),
    ]
    assert all(move.entry == kept.id and move.whom == NOBODY for move in moves)


def test_a_move_says_whom_it_concerns(store: Store) -> None:
    kept = registered(store, entry())
    after = replace(kept, admins=(Admin(OTHER, NOON),), version=2)
    with store.work() as work:
        assert work.register.change(after, RegisterMove(kept.id, 2, NOON, CLERK, Change.ADMIN_ADDED, OTHER, "asked"))
        assert work.register.history(kept.id)[-1].whom == OTHER


def test_a_change_of_a_version_that_has_passed_is_refused(store: Store) -> None:
    kept = registered(store, entry())
    now = changed(store, replace(kept, group="The young choir"))

    with store.work() as work:
        late = replace(kept, purpose="Late", version=2)
        assert not work.register.change(late, RegisterMove(kept.id, 2, NOON, CLERK, Change.CHANGED))
        assert work.register.get(kept.id) == now
        assert len(work.register.history(kept.id)) == 2


def test_of_eight_changes_at_once_one_is_kept(store: Store) -> None:
    kept = registered(store, entry("@larks_choir", ASKER))

    def change(number: int) -> bool:
        admins = (*kept.admins, Admin(Person(f"slack:U9{number}", "New"), NOON))
        after = replace(kept, admins=admins, version=2)
        with store.work() as work:
            return work.register.change(after, RegisterMove(kept.id, 2, NOON, CLERK, Change.ADMIN_ADDED))

    won = race(change)

    assert sum(won) == 1
    with store.work() as work:
        now = work.register.get(kept.id)
        assert now is not None
        assert [admin.person.account for admin in now.admins] == [ASKER.account, f"slack:U9{won.index(True)}"]
        assert len(work.register.history(kept.id)) == 2


def test_an_account_that_was_renamed_is_found_by_both_names(store: Store) -> None:
    kept = registered(store, entry("@larks_choir"))
    now = changed(store, replace(kept, handle="@larks_sing", former=("@larks_choir",)))

    with store.work() as work:
        assert work.register.of_handle("larks", "@larks_sing") == now
        assert work.register.of_handle("larks", "LARKS_choir") == now
        assert work.register.of_handle("wrens", "larks_choir") is None
        assert work.register.of_handle("larks", "") is None
    back = changed(store, replace(now, handle="@Larks_Choir", former=("@larks_choir", "@larks_sing")))
    with store.work() as work:
        assert work.register.get(kept.id) == work.register.of_handle("larks", "larks_sing") == back


def test_a_name_that_two_accounts_had_is_of_the_one_that_had_it_last(store: Store) -> None:
    first, second = registered(store, entry("@larks")), registered(store, entry("@larks_young"))
    changed(store, replace(first, handle="@larks_old", former=("@larks",)))
    second = changed(store, replace(second, handle="@larks", former=("@larks_young",)))
    second = changed(store, replace(second, handle="@larks_new", former=("@larks_young", "@larks")))

    with store.work() as work:
        assert work.register.of_handle("larks", "@larks") == second
        third = work.register.add(entry("@larks"), added(second))
        assert third is not None
        assert work.register.of_handle("larks", "@larks") == third


def test_an_account_cannot_take_the_name_of_another(store: Store) -> None:
    registered(store, entry("@larks_choir"))
    kept = registered(store, entry("@larks_young"))

    with store.work() as work:
        after = replace(kept, handle="@LARKS_choir", version=2)
        assert not work.register.change(after, RegisterMove(kept.id, 2, NOON, CLERK, Change.CHANGED))
        assert work.register.get(kept.id) == kept
    assert changed(store, replace(kept, purpose="Still here")).version == 2  # the work before it went on


def test_of_eight_accounts_that_take_one_name_at_once_one_has_it(store: Store) -> None:
    some = [registered(store, entry(f"@larks_{number}", ASKER)) for number in range(8)]

    def rename(number: int) -> bool:
        after = replace(some[number], handle="@larks", version=2)
        with store.work() as work:
            return work.register.change(after, RegisterMove(after.id, 2, NOON, CLERK, Change.CHANGED))

    won = race(rename)

    assert sum(won) == 1
    with store.work() as work:
        bearer = work.register.of_handle("larks", "@larks")
        assert bearer is not None
        assert bearer.id == some[won.index(True)].id


@pytest.mark.parametrize("name", ["", "0", "2", "one", "-1", "9" * 40, "1; --", "²"])
def test_there_is_no_entry_under_another_id(store: Store, name: str) -> None:
    kept = registered(store, entry())
    with store.work() as work:
        assert work.register.get(name) is None
        assert work.register.history(name) == ()
        assert not work.register.change(
            replace(kept, id=name, version=2), RegisterMove(name, 2, NOON, CLERK, Change.CLOSED)
        )


def test_more_entries_than_fit_into_one_statement_come_back_with_their_admins(sql_store: SqlStore) -> None:
    kept = registered(sql_store, entry("@larks_choir", ASKER))
    with sql_store.work() as work:
        (row,) = work.connection.execute(sa.select(account_tables.register_entry)).mappings().all()
        rows = [{**row, "id": number, "key": f"larks_{number}"} for number in range(2, 502)]
        work.connection.execute(account_tables.register_entry.insert(), rows)
        (admin,) = work.connection.execute(sa.select(account_tables.register_admin)).mappings().all()
        work.connection.execute(account_tables.register_admin.insert(), [{**admin, "entry": one["id"]} for one in rows])
    with sql_store.work() as work:
        assert len(work.register.of("larks")) == 501
        assert {one.admins for one in work.register.run_by((ASKER.account,))} == {kept.admins}


def test_the_history_of_an_entry_refuses_every_change(sql_store: SqlStore) -> None:
    registered(sql_store, entry())
    change = account_tables.register_history.update().values(what="closed")
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), sql_store.work() as work:
        work.connection.execute(change)
