"""What every store does of rulings and of staff."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

from adapters.storage.database import Database
from adapters.storage.forgetting import forget
from adapters.storage.keeping import Retention, expire
from adapters.storage.sql import SqlStore
from bot.people import Person, StaffMember
from bot.rulings import flagged, withdrawn
from bot.rulings import kept as kept_on
from bot.tickets import What
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    RACERS,
    SetClock,
    Store,
    go,
    kept,
    race,
    ruling,
    ticket,
)


def test_a_ruling_comes_back_whole(store: Store) -> None:
    with store.work() as work:
        added = work.rulings.add(ruling())
    with store.work() as work:
        assert added == replace(ruling(), id=added.id)
        assert work.rulings.get(added.id) == added
        assert work.rulings.standing() == work.rulings.of("larks") == (added,)
        assert work.rulings.of("wrens") == ()


def test_rulings_are_listed_latest_first_and_those_that_stand_in_order(store: Store) -> None:
    with store.work() as work:
        first, second, third = (work.rulings.add(ruling(f"{number}?")) for number in range(3))
        gone = withdrawn(second, NOON)
        assert work.rulings.change(gone)

        assert work.rulings.of("larks") == (third, gone, first)
        assert work.rulings.standing() == (first, third)


def test_a_ruling_changes_only_from_the_version_that_was_seen(store: Store) -> None:
    with store.work() as work:
        added = work.rulings.add(ruling())
        marked = flagged(added, ("larks/sharing/credit",))
        assert work.rulings.change(marked)
        assert not work.rulings.change(withdrawn(added, NOON))
        renewed = kept_on(marked, added.review + timedelta(days=365), ("Other words.",))
        assert work.rulings.change(renewed)
        assert work.rulings.get(added.id) == renewed


def test_the_revision_is_another_one_after_every_change(store: Store) -> None:
    seen = []
    with store.work() as work:
        seen.append(work.rulings.revision())
        added = work.rulings.add(ruling())
        seen.append(work.rulings.revision())
        work.rulings.change(withdrawn(added, NOON))
        seen.append(work.rulings.revision())
        work.rulings.change(withdrawn(added, NOON))  # refused
    with store.work() as work:
        assert work.rulings.revision() == seen[-1]
    assert len(set(seen)) == 3


def test_rulings_made_at_once_are_all_counted(store: Store) -> None:
    def make(number: int) -> str:
        with store.work() as work:
            return work.rulings.add(ruling(f"{number}?")).id

    assert len(set(race(make))) == RACERS
    with store.work() as work:
        assert (len(work.rulings.standing()), work.rulings.revision()) == (RACERS, RACERS)


def test_the_revision_is_another_one_once_words_of_queries_were_erased(
    database: Database, sql_store: SqlStore, clock: SetClock
) -> None:
    made = kept(sql_store, ticket())
    with sql_store.work() as work:
        work.rulings.add(ruling())
        seen = [work.rulings.revision()]
    go(sql_store, made, What.CLOSED)

    def counted() -> int:
        with sql_store.work() as work:
            return work.rulings.revision()

    expire(database, Retention(), NOON + timedelta(days=10))
    assert counted() == seen[0]
    assert forget(database, ASKER.account, NOON).known
    seen.append(counted())
    expire(database, Retention(), NOON + timedelta(days=400))
    assert len({*seen, counted()}) == 3


def test_who_makes_a_ruling_sees_every_one_that_was_made_before(store: Store) -> None:
    def make(number: int) -> int:
        with store.work() as work:
            work.rulings.hold()
            before = len(work.rulings.standing())
            work.rulings.add(ruling(f"{number}?"))
            return before

    assert sorted(race(make)) == list(range(RACERS))


def test_staff_act_at_the_desks_of_their_own_societies(store: Store) -> None:
    with store.work() as work:
        work.staff.add(StaffMember(CLERK, "wrens", "Secretary"))
        work.staff.add(StaffMember(CLERK, "larks", "Librarian"))
        work.staff.add(StaffMember(OTHER, "larks"))
    with store.work() as work:
        assert work.staff.member("larks", CLERK.account) == StaffMember(CLERK, "larks", "Librarian")
        assert work.staff.member("wrens", OTHER.account) is None
        assert work.staff.societies(CLERK.account) == ("larks", "wrens")
        assert [member.person for member in work.staff.of("larks")] == [CLERK, OTHER]


def test_adding_staff_again_changes_the_title(store: Store) -> None:
    with store.work() as work:
        work.staff.add(StaffMember(CLERK, "larks", "Librarian"))
        work.staff.add(StaffMember(CLERK, "larks", "Treasurer"))

        assert work.staff.of("larks") == (StaffMember(CLERK, "larks", "Treasurer"),)


def test_whoever_is_taken_off_is_off(store: Store) -> None:
    with store.work() as work:
        work.staff.add(StaffMember(CLERK, "larks"))
        assert work.staff.remove("larks", CLERK.account)
        assert not work.staff.remove("larks", CLERK.account)
        assert work.staff.member("larks", CLERK.account) is None


def test_two_who_take_each_other_off_at_once_are_not_both_gone(store: Store) -> None:
    with store.work() as work:
        for member in (CLERK, OTHER):
            work.staff.add(StaffMember(member, "larks"))

    def take_off(account: str) -> None:
        with store.work() as work:
            if len(work.staff.held("larks")) > 1:
                work.staff.remove("larks", account)

    second = Thread(target=take_off, args=(CLERK.account,))
    with store.work() as work:
        assert len(work.staff.held("larks")) == 2
        second.start()
        second.join(0.3)  # it waits for this work to end
        work.staff.remove("larks", OTHER.account)
    second.join()
    with store.work() as work:
        assert [member.person for member in work.staff.of("larks")] == [CLERK]


def test_staff_are_listed_in_the_order_of_their_accounts(store: Store) -> None:
    accounts = ["slack:b", "Slack:C", "slack:A", "teams:é", "slack:a"]
    with store.work() as work:
        for account in accounts:
            work.staff.add(StaffMember(Person(account, "X"), "larks"))

        assert [member.person.account for member in work.staff.of("larks")] == sorted(accounts)
