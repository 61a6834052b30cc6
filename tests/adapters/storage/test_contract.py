"""What every store does of any work: the one in memory, SQLite, and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.exchanges import Rating
from bot.people import Person, StaffMember
from bot.ports import Turn
from knowledge.clauses import Party
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    SetClock,
    Store,
    exchange,
    race,
    ruling,
    ticket,
    with_question,
)


class Interrupted(Exception):
    pass


def test_a_work_has_the_time_of_its_clock(store: Store, clock: SetClock) -> None:
    clock.now = NOON + timedelta(days=1)
    with store.work() as work:
        assert work.now == NOON + timedelta(days=1)


def broken_off(store: Store) -> None:
    with store.work() as work:
        work.exchanges.heard(ASKER.account)
        work.exchanges.add(exchange())
        work.tickets.open(ticket())
        work.rulings.add(ruling())
        work.staff.add(StaffMember(CLERK, "larks"))
        work.first("once")
        raise Interrupted


def test_nothing_is_kept_of_a_work_that_breaks_off(store: Store) -> None:
    with pytest.raises(Interrupted):
        broken_off(store)

    with store.work() as work:
        assert work.exchanges.heard(ASKER.account) == 1
        assert work.tickets.of_key("exchange:1") is None
        assert (work.rulings.standing(), work.rulings.revision()) == ((), 0)
        assert work.staff.of("larks") == ()
        assert work.first("once")


def test_a_key_is_asked_of_first_only_once(store: Store) -> None:
    with store.work() as work:
        assert work.first("remind:1")
        assert not work.first("remind:1")
        assert work.first("remind:2")
    with store.work() as work:
        assert not work.first("remind:1")


def test_of_many_keys_those_are_told_that_were_asked_of_before(store: Store) -> None:
    with store.work() as work:
        assert work.first("remind:1")
        assert work.first("remind:900")
    with store.work() as work:
        assert work.asked([f"remind:{number}" for number in range(1200)]) == {"remind:1", "remind:900"}
        assert work.asked([]) == frozenset()
        assert work.first("remind:2")


def test_of_eight_who_ask_of_a_key_at_once_one_is_first(store: Store) -> None:
    def ask(_number: int) -> bool:
        with store.work() as work:
            return work.first("digest")

    assert sorted(race(ask)) == [False] * 7 + [True]


def test_turns_of_one_conversation_are_put_one_after_another(store: Store) -> None:
    def add_one(_number: int) -> None:
        with store.work() as work:
            turn = work.conversations.last("slack:C1:1", "") or Turn("larks", Party.MEMBER, "0")
            work.conversations.put("slack:C1:1", replace(turn, question=str(int(turn.question) + 1)))

    race(add_one)

    with store.work() as work:
        turn = work.conversations.last("slack:C1:1", "")
    assert turn is not None
    assert turn.question == "8"


@pytest.mark.parametrize("name", ["", "0", "2", "one", "-1", "1.0", "9" * 40, "1; --", "²", "٣"])
def test_there_is_nothing_under_another_id(store: Store, name: str) -> None:
    with store.work() as work:
        work.exchanges.add(exchange())
        work.tickets.open(ticket())
        work.rulings.add(ruling())

        assert work.exchanges.get(name) is None
        assert work.tickets.get(name) is None
        assert work.tickets.history(name) == ()
        assert work.tickets.deliveries(name) == ()
        assert work.tickets.joined_to(name) == ()
        assert work.rulings.get(name) is None
        assert not work.ratings.settle(name)


@pytest.mark.parametrize(
    "words", ["“né” 🎵 \u202e\n\t", "'; DROP TABLE text; --", "a\x00b", "a\ud83cb", "%_\\", "ß" * 200_000, ""]
)
def test_words_of_any_kind_are_kept(store: Store, words: str) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange(words))
        opened, _ = work.tickets.open(with_question(ticket(), words))
        work.ratings.put(Rating(added, ASKER, False, words, NOON))
    with store.work() as work:
        back = work.exchanges.get(added.id)
        again = work.tickets.get(opened.id)
        (rating,) = work.ratings.wrong("larks", 1)

    assert back is not None
    assert again is not None
    for came in (back.asked, again.dossier.question, rating.reason):
        assert came == words or (len(came) == len(words) and {"\x00", "\ud83c"} & set(words))


def test_somebody_who_is_not_known_leaves_nothing_behind_but_what_they_asked(store: Store) -> None:
    nobody = Person("")
    with store.work() as work:
        added = work.exchanges.add(replace(exchange(), person=nobody))
        opened, _ = work.tickets.open(replace(ticket(), asker=nobody))

        assert work.exchanges.get(added.id) == added
        assert work.tickets.get(opened.id) == opened
        assert opened.asker == nobody


def test_a_name_is_the_one_that_was_given_last(store: Store) -> None:
    with store.work() as work:
        work.staff.add(StaffMember(Person("slack:S1", "Old Name"), "larks"))
        work.staff.add(StaffMember(Person("slack:S1", "New Name"), "larks"))

        assert work.staff.of("larks")[0].person.name == "New Name"
