"""What every store does of links between accounts: the one in memory, SQLite, and PostgreSQL."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.storage.account_keys import hash_of_code, new_code
from adapters.storage.database import Database, schema
from adapters.storage.sql import SqlStore
from tests.adapters.storage.conftest import NOON, SetClock, Store, race

ANN, ANN_TOO, ANN_AT_HOME, OLA = "slack:U1", "teams:ann", "console:ann", "slack:U2"
SOON = NOON + timedelta(minutes=10)


def offered(store: Store, account: str = ANN) -> str:
    with store.work() as work:
        return work.links.offer(account, SOON)


def linked(store: Store, *pairs: tuple[str, str]) -> None:
    for pair in pairs:
        with store.work() as work:
            work.links.link(*pair)


def accounts(store: Store, account: str) -> tuple[str, ...]:
    with store.work() as work:
        return work.links.accounts(account)


def test_a_code_has_eight_characters_that_are_not_taken_for_others() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 9 and code[4] == "-" for code in codes)
    assert not set("".join(codes)) & set("01OILUol")


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_code_says_once_whose_it_is(store: Store, typed: str) -> None:
    code = offered(store)
    with store.work() as work:
        assert work.links.offered_by(typed.format(code)) == ANN
        assert work.links.offered_by(code) == ""
    with store.work() as work:
        assert work.links.offered_by(code) == ""


def test_a_code_can_be_typed_in_small_letters_without_its_hyphen(store: Store) -> None:
    first, second = offered(store, ANN), offered(store, OLA)
    with store.work() as work:
        assert work.links.offered_by(first.lower().replace("-", "")) == ANN
        assert work.links.offered_by(" ".join(second.replace("-", "\u2013"))) == OLA


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "a\x00b", "\ud83c", "'; --", "A" * 100_000])
def test_what_is_no_code_uses_nothing_up(store: Store, typed: str) -> None:
    code = offered(store)
    with store.work() as work:
        assert work.links.offered_by(typed) == ""
        assert work.links.offered_by(code) == ANN


def test_a_code_counts_until_its_time_is_over(store: Store, clock: SetClock) -> None:
    early, late = offered(store, ANN), offered(store, OLA)
    clock.now = SOON - timedelta(microseconds=1)
    with store.work() as work:
        assert work.links.offered_by(early) == ANN
    clock.now = SOON
    with store.work() as work:
        assert work.links.offered_by(late) == ""


def test_a_new_code_takes_the_place_of_the_one_before(store: Store) -> None:
    old = offered(store)
    new = offered(store)
    with store.work() as work:
        assert work.links.offered_by(old) == ""
        assert work.links.offered_by(new) == ANN


def test_of_eight_who_type_a_code_at_once_one_has_it(store: Store) -> None:
    code = offered(store)

    def take(_number: int) -> str:
        with store.work() as work:
            return work.links.offered_by(code)

    assert sorted(race(take)) == [""] * 7 + [ANN]


def test_of_eight_codes_that_one_account_asks_for_at_once_one_counts(store: Store) -> None:
    codes = race(lambda _number: offered(store))
    with store.work() as work:
        assert sorted(work.links.offered_by(code) for code in codes) == [""] * 7 + [ANN]


def test_a_code_itself_is_not_kept(database: Database, sql_store: SqlStore) -> None:
    code = offered(sql_store)
    with database.transaction() as connection:
        kept = str([tuple(row) for table in schema.tables.values() for row in connection.execute(sa.select(table))])

    assert hash_of_code(code) in kept
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_the_codes_that_somebody_types_are_counted_for_an_hour(store: Store, clock: SetClock) -> None:
    with store.work() as work:
        assert [work.links.tried(ANN) for _ in range(3)] == [1, 2, 3]
        assert work.links.tried(OLA) == 1
    clock.now = NOON + timedelta(minutes=59)
    with store.work() as work:
        assert work.links.tried(ANN) == 4
    clock.now = NOON + timedelta(hours=1)
    with store.work() as work:
        assert work.links.tried(ANN) == 1


def test_of_eight_tries_at_once_each_is_counted(store: Store) -> None:
    def attempt(_number: int) -> int:
        with store.work() as work:
            return work.links.tried(ANN)

    assert sorted(race(attempt)) == list(range(1, 9))


def test_an_account_that_is_not_linked_stands_alone(store: Store) -> None:
    linked(store, (OLA, "teams:ola"), (ANN, ANN), ("", ANN), (ANN, ""))

    assert accounts(store, ANN) == (ANN,)
    assert accounts(store, "") == ("",)


def test_what_is_linked_is_found_from_every_side(store: Store) -> None:
    linked(store, (ANN, ANN_TOO), (OLA, "teams:ola"))

    assert accounts(store, ANN) == (ANN, ANN_TOO)
    assert accounts(store, ANN_TOO) == (ANN_TOO, ANN)
    assert accounts(store, OLA) == (OLA, "teams:ola")


def test_whoever_is_linked_to_either_comes_along(store: Store) -> None:
    linked(store, (ANN, ANN_TOO), (ANN_AT_HOME, "console:x"), (ANN_TOO, "console:x"), (ANN, ANN_TOO))

    assert accounts(store, ANN) == (ANN, ANN_AT_HOME, "console:x", ANN_TOO)
    assert set(accounts(store, ANN_AT_HOME)) == set(accounts(store, ANN))


def test_an_account_is_parted_from_all_and_the_others_stay_together(store: Store) -> None:
    linked(store, (ANN, ANN_TOO), (ANN, ANN_AT_HOME))
    with store.work() as work:
        assert work.links.unlink(ANN)
        assert not work.links.unlink(ANN)
    assert accounts(store, ANN) == (ANN,)
    assert accounts(store, ANN_TOO) == (ANN_TOO, ANN_AT_HOME)
    with store.work() as work:
        assert work.links.unlink(ANN_TOO)
        assert not work.links.unlink(ANN_AT_HOME)
    linked(store, (ANN, ANN_TOO))
    assert accounts(store, ANN_AT_HOME) == (ANN_AT_HOME,)


def test_accounts_that_are_linked_at_once_are_all_together(store: Store) -> None:
    race(lambda number: linked(store, (f"slack:U{number}", f"slack:U{number + 1}")))

    assert len(accounts(store, "slack:U0")) == 9
