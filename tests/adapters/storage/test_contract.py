"""What every store does: the one in memory, SQLite, and PostgreSQL."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest

from bot.exchanges import Rating
from bot.people import Person, StaffMember
from bot.ports import Turn, Wanted
from bot.rulings import flagged, withdrawn
from bot.rulings import kept as kept_on
from bot.tickets import Move, State, What, moved
from knowledge.clauses import Party
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    SetClock,
    Store,
    answered,
    exchange,
    go,
    kept,
    ruling,
    ticket,
    with_question,
)

_Got = TypeVar("_Got")
RACERS = 8


def race(one: Callable[[int], _Got]) -> list[_Got]:
    """What each of eight got who began at once."""
    barrier = Barrier(RACERS)

    def begin(number: int) -> _Got:
        barrier.wait()
        return one(number)

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(begin, range(RACERS)))


def ids(tickets: Iterable[object]) -> list[str]:
    return [str(getattr(one, "id", "")) for one in tickets]


class Interrupted(Exception):
    pass


# Units of work


def test_a_work_has_the_time_of_its_clock(store: Store, clock: SetClock) -> None:
    clock.now = NOON + timedelta(days=1)
    with store.work() as work:
        assert work.now == NOON + timedelta(days=1)


def broken_off(store: Store) -> None:
    with store.work() as work:
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
        assert work.exchanges.count(ASKER.account, NOON) == 0
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


def test_of_eight_who_ask_of_a_key_at_once_one_is_first(store: Store) -> None:
    def ask(_number: int) -> bool:
        with store.work() as work:
            return work.first("digest")

    assert sorted(race(ask)) == [False] * 7 + [True]


def test_turns_of_one_conversation_are_put_one_after_another(store: Store) -> None:
    def add_one(_number: int) -> None:
        with store.work() as work:
            turn = work.conversations.last("slack:C1:1") or Turn("larks", Party.MEMBER, "0")
            work.conversations.put("slack:C1:1", replace(turn, question=str(int(turn.question) + 1)))

    race(add_one)

    with store.work() as work:
        turn = work.conversations.last("slack:C1:1")
    assert turn is not None
    assert turn.question == "8"


# Exchanges


def test_an_exchange_comes_back_whole(store: Store) -> None:
    with store.work() as work:
        added = work.exchanges.add(exchange())
    with store.work() as work:
        assert work.exchanges.get(added.id) == added == replace(exchange(), id=added.id)


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


def test_exchanges_of_one_person_are_counted_since_a_time(store: Store) -> None:
    with store.work() as work:
        for minutes in (0, 1, 2):
            work.exchanges.add(exchange(minutes=minutes))
        work.exchanges.add(exchange(person=OTHER, minutes=2))

        assert work.exchanges.count(ASKER.account, NOON + timedelta(minutes=1)) == 2
        assert work.exchanges.count("slack:nobody", NOON) == 0


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


# Tickets


def test_a_ticket_comes_back_whole_with_its_first_move(store: Store) -> None:
    with store.work() as work:
        opened, is_new = work.tickets.open(ticket())
    with store.work() as work:
        assert is_new
        assert opened == replace(ticket(), id=opened.id, changed=NOON)
        assert work.tickets.get(opened.id) == work.tickets.of_key("exchange:1") == opened
        assert work.tickets.history(opened.id) == (Move(opened.id, 1, NOON, ASKER, What.SENT),)


def test_a_key_makes_one_ticket(store: Store) -> None:
    first = kept(store, ticket())
    with store.work() as work:
        assert work.tickets.open(ticket(question="Again?")) == (first, False)
        assert work.tickets.queue(Wanted("larks")).total == 1


def test_of_eight_who_open_at_once_one_makes_the_ticket_and_all_get_it(store: Store) -> None:
    def send(number: int) -> tuple[str, bool]:
        with store.work() as work:
            opened, is_new = work.tickets.open(ticket(asker=Person(f"slack:U{number}", "Ann")))
            return opened.id, is_new

    got = race(send)

    assert sum(is_new for _, is_new in got) == 1
    assert len({name for name, _ in got}) == 1


def test_every_move_is_kept(store: Store) -> None:
    opened = kept(store, ticket())
    claimed = go(store, opened, What.CLAIMED)
    asked = go(store, claimed, What.ASKED_BACK, "Whose is it?")
    done = go(store, asked, What.ANSWERED, "Yes, you may.")

    with store.work() as work:
        assert work.tickets.get(opened.id) == done
        assert [(move.version, move.who, move.what, move.text) for move in work.tickets.history(opened.id)] == [
            (1, ASKER, What.SENT, ""),
            (2, CLERK, What.CLAIMED, ""),
            (3, CLERK, What.ASKED_BACK, "Whose is it?"),
            (4, CLERK, What.ANSWERED, "Yes, you may."),
        ]


def test_a_ticket_that_is_opened_again_can_be_answered_again(store: Store) -> None:
    opened = kept(store, ticket())
    again = go(store, answered(store, opened), What.REOPENED, "Still unclear", ASKER)
    done = answered(store, again, "No, after all.")

    with store.work() as work:
        assert work.tickets.get(opened.id) == done
        assert done.answer == "No, after all."
        assert [move.text for move in work.tickets.history(opened.id)][2::2] == ["Yes, you may.", ""]


def test_what_a_move_changes_in_the_dossier_is_kept_and_found(store: Store) -> None:
    opened = kept(store, ticket())
    after, move = moved(opened, What.ADDED, ASKER, NOON, "With a heron")
    after = replace(after, dossier=replace(after.dossier, added="With a heron"), to=("Treasurer",))
    with store.work() as work:
        assert work.tickets.move(after, move)
    with store.work() as work:
        assert work.tickets.get(opened.id) == after
        assert work.tickets.queue(Wanted("larks", words="heron")).total == 1
        assert work.tickets.queue(Wanted("larks", words="urgent")).total == 0


def test_a_move_from_a_version_that_has_passed_is_refused(store: Store) -> None:
    opened = kept(store, ticket())
    late = moved(opened, What.CLAIMED, OTHER, NOON)
    claimed = go(store, opened, What.CLAIMED)

    with store.work() as work:
        assert not work.tickets.move(*late)
        assert work.tickets.get(opened.id) == claimed
        assert len(work.tickets.history(opened.id)) == 2


def test_a_move_of_a_ticket_that_is_not_there_is_refused(store: Store) -> None:
    with store.work() as work:
        assert not work.tickets.move(*moved(replace(ticket(), id="7"), What.CLAIMED, CLERK, NOON))


def test_of_eight_answers_at_once_one_wins(store: Store) -> None:
    opened = kept(store, ticket())

    def answer(number: int) -> bool:
        after, move = moved(opened, What.ANSWERED, Person(f"slack:S{number}", "Clerk"), NOON, f"Answer {number}")
        with store.work() as work:
            return work.tickets.move(after, move)

    won = race(answer)

    assert sum(won) == 1
    with store.work() as work:
        after = work.tickets.get(opened.id)
        assert after is not None
        assert after.answer == f"Answer {won.index(True)}"
        assert [move.text for move in work.tickets.history(opened.id)] == ["", after.answer]


def test_the_tickets_of_one_asker_are_listed_latest_first(store: Store) -> None:
    first, second = kept(store, ticket("a")), kept(store, ticket("b"))
    kept(store, ticket("c", asker=OTHER))

    with store.work() as work:
        assert work.tickets.of_asker(ASKER.account, 9) == (second, first)
        assert work.tickets.of_asker(ASKER.account, 1) == (second,)
        assert work.tickets.opened(ASKER.account, NOON) == 2
        assert work.tickets.opened(ASKER.account, NOON + timedelta(seconds=1)) == 0


def test_a_queue_is_given_by_pages_oldest_first(store: Store) -> None:
    opened = [kept(store, ticket(f"k{number}")) for number in range(5)]

    with store.work() as work:
        page = work.tickets.queue(Wanted("larks"), 1, 2)
        assert page.total == 5
        assert ids(page.tickets) == ids(opened[1:3])
        assert work.tickets.queue(Wanted("larks"), 9, 2) == replace(page, tickets=())
        assert work.tickets.queue(Wanted("wrens")).total == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("larks"), [1, 2, 3]),
        (Wanted("larks", states=(State.OPEN,)), [1, 3]),
        (Wanted("larks", states=(State.CLAIMED, State.ANSWERED)), [2]),
        (Wanted("larks", role="trainee"), [3]),
        (Wanted("larks", holder=CLERK.account), [2]),
        (Wanted("larks", topic="larks/sharing/credit"), [1, 2, 3]),
        (Wanted("larks", topic="larks/voi"), [1, 2, 3]),
        (Wanted("larks", topic="voice"), []),
        (Wanted("larks", words="HERON"), [1]),
        (Wanted("larks", words="straße at"), [1, 2]),
        (Wanted("larks", words="STRASSE"), [1, 2]),
        (Wanted("larks", words="dawn urgent"), [1, 2, 3]),
        (Wanted("larks", words="heron no-such"), []),
        (Wanted("larks", words="%"), []),
        (Wanted("larks", words="100_"), []),
        (Wanted("larks", words="2"), [2]),
        (Wanted("larks", states=(State.OPEN,), role="member", words="heron", topic="larks/"), [1]),
    ],
)
def test_a_queue_is_filtered_and_searched(store: Store, wanted: Wanted, found: list[int]) -> None:
    kept(store, ticket("a", "A heron at the Straße?"))
    go(store, kept(store, ticket("b", "A wren at the STRASSE")), What.CLAIMED)
    kept(store, replace(ticket("c", "Anything"), role=Party.TRAINEE))

    with store.work() as work:
        assert ids(work.tickets.queue(wanted).tickets) == [str(number) for number in found]


def test_the_answer_of_a_ticket_is_searched_too(store: Store) -> None:
    answered(store, kept(store, ticket()), "Only with the Heron's leave")

    with store.work() as work:
        assert work.tickets.queue(Wanted("larks", words="heron's")).total == 1


def test_tickets_that_are_joined_are_found_from_the_one_that_they_joined(store: Store) -> None:
    main, other = kept(store, ticket("a")), kept(store, ticket("b"))
    after, move = moved(other, What.JOINED, CLERK, NOON, joined_to=main.id)
    with store.work() as work:
        assert work.tickets.move(after, move)
    with store.work() as work:
        assert work.tickets.joined_to(main.id) == (after,)
        assert work.tickets.joined_to(other.id) == ()


def test_what_waits_is_listed_for_every_society(store: Store) -> None:
    first = kept(store, ticket("a"))
    second = kept(store, replace(ticket("b"), society="wrens"))
    third = go(store, kept(store, ticket("c")), What.CLAIMED)
    answered(store, kept(store, ticket("d")))

    with store.work() as work:
        assert work.tickets.waiting() == (first, second, third)


# Rulings


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


# Staff


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


# Ratings


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
