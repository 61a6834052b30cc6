"""What every store does of rulings and of staff."""

from dataclasses import replace
from datetime import timedelta

from bot.people import Person, StaffMember
from bot.rulings import flagged, withdrawn
from bot.rulings import kept as kept_on
from tests.adapters.storage.conftest import (
    CLERK,
    NOON,
    OTHER,
    RACERS,
    Store,
    race,
    ruling,
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


def test_staff_are_listed_in_the_order_of_their_accounts(store: Store) -> None:
    accounts = ["slack:b", "Slack:C", "slack:A", "teams:é", "slack:a"]
    with store.work() as work:
        for account in accounts:
            work.staff.add(StaffMember(Person(account, "X"), "larks"))

        assert [member.person.account for member in work.staff.of("larks")] == sorted(accounts)
