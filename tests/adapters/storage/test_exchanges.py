"""What every store does of exchanges and of what was said of them."""

from dataclasses import replace
from datetime import timedelta

from bot.exchanges import Rating
from tests.adapters.storage.conftest import (
    ASKER,
    NOON,
    OTHER,
    RACERS,
    SetClock,
    Store,
    exchange,
    race,
    ticket,
)


def test_an_exchange_comes_back_whole(store: Store) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange())
    with store.work() as work:
        assert work.exchanges.get(added.id) == added == replace(exchange(), id=added.id)


def test_before_an_exchange_are_those_of_the_same_person_in_the_same_conversation(store: Store) -> None:
    with store.work() as work:
        first, second, third = (work.exchanges.add(exchange(f"{number}")) for number in range(3))
        work.exchanges.add(replace(exchange("of another"), person=OTHER))
        work.exchanges.add(replace(exchange("elsewhere"), conversation="slack:D9:1"))
        last = work.exchanges.add(exchange("last"))

        assert work.exchanges.before(last, 9) == (first, second, third)
        assert work.exchanges.before(last, 2) == (second, third)
        assert work.exchanges.before(last, 0) == ()
        assert work.exchanges.before(first, 9) == ()


def test_what_one_person_sends_is_counted_for_a_minute_from_the_first(store: Store, clock: SetClock) -> None:
    def heard(account: str = ASKER.account) -> int:
        with store.work() as work:
            return work.exchanges.heard(account)

    assert [heard(), heard(), heard(OTHER.account)] == [1, 2, 1]
    clock.now = NOON + timedelta(seconds=59)
    assert [heard(), heard(OTHER.account)] == [3, 2]
    clock.now = NOON + timedelta(seconds=60)
    assert [heard(), heard()] == [1, 2]
    clock.now = NOON  # a clock that was put back
    assert heard() == 1


def test_what_one_person_sends_at_once_is_all_counted(store: Store) -> None:
    def hear(_number: int) -> int:
        with store.work() as work:
            return work.exchanges.heard(ASKER.account)

    assert sorted(race(hear)) == list(range(1, RACERS + 1))


def test_exchanges_that_ended_so_or_were_escalated_are_listed_latest_first(store: Store) -> None:
    with store.work() as work:
        yes = work.exchanges.add(replace(exchange("answered"), ending="yes"))
        gap = work.exchanges.add(replace(exchange("silent"), ending="gap"))
        sent = work.exchanges.add(replace(exchange("sent on"), ending="no"))
        work.exchanges.add(replace(exchange("of others"), ending="gap", society="wrens"))
        work.tickets.open(ticket(f"exchange:{sent.id}"))

        assert work.exchanges.ended("larks", ("gap", "vague"), 9) == (sent, gap)
        assert work.exchanges.ended("larks", ("gap", "vague"), 1) == (sent,)
        assert work.exchanges.ended("larks", ("yes",), 9) == (sent, yes)
        assert work.exchanges.ended("larks", (), 9) == (sent,)


def test_answers_called_wrong_are_listed_latest_first(store: Store) -> None:
    with store.work() as work:
        first, second, third = (work.exchanges.add(exchange(f"{number}?")) for number in range(3))
        early = Rating(first, ASKER, False, "Not so", NOON)
        late = Rating(second, OTHER, False, "Nor so", NOON + timedelta(hours=1))
        for rating in (early, late, Rating(third, ASKER, True, "", NOON)):
            work.ratings.put(rating)

        assert work.ratings.wrong("larks", 9) == (late, early)
        assert work.ratings.wrong("larks", 1) == (late,)
        assert work.ratings.wrong("wrens", 9) == ()


def test_saying_it_again_takes_the_place_of_what_was_said(store: Store) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange())
        work.ratings.put(Rating(added, ASKER, False, "Not so", NOON))
        again = Rating(added, ASKER, False, "The clause is another", NOON + timedelta(minutes=1))
        work.ratings.put(again)
        assert work.ratings.wrong("larks", 9) == (again,)

        work.ratings.put(replace(again, right=True, reason=""))
        assert work.ratings.wrong("larks", 9) == ()


def test_what_was_called_wrong_is_settled_once(store: Store) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange())
        assert not work.ratings.settle(added.id)
        work.ratings.put(Rating(added, ASKER, False, "Not so", NOON))
        work.ratings.put(Rating(added, OTHER, False, "Nor so", NOON))

        assert work.ratings.settle(added.id)
        assert not work.ratings.settle(added.id)
        assert work.ratings.wrong("larks", 9) == ()


def test_of_eight_ratings_of_one_person_at_once_one_is_kept(store: Store) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange())

    def rate(number: int) -> None:
        with store.work() as work:
            work.ratings.put(Rating(added, ASKER, False, f"{number}", NOON))

    race(rate)

    with store.work() as work:
        assert len(work.ratings.wrong("larks", 9)) == 1


def test_the_names_of_all_who_asked_something_of_a_society_are_known(store: Store) -> None:
    with store.work() as work:
        work.exchanges.add(exchange("first"))
        work.exchanges.add(exchange("second"))
        work.exchanges.add(replace(exchange("third"), person=OTHER))
        work.exchanges.add(replace(exchange("elsewhere"), society="oars", person=replace(OTHER, account="x:9")))
    with store.work() as work:
        assert work.exchanges.names("larks") == tuple(sorted({name for name in (ASKER.name, OTHER.name) if name}))
        assert work.exchanges.names("finches") == ()
