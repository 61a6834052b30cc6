"""What every store does of tickets and their histories."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.people import Person
from bot.ports import Wanted
from bot.tickets import Move, State, Ticket, What, moved
from knowledge.clauses import Party
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    Store,
    answered,
    go,
    kept,
    race,
    ticket,
)


def ids(tickets: Iterable[Ticket]) -> list[str]:
    return [one.id for one in tickets]


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


def test_what_staff_took_up_begins_with_who_did_and_is_nothing_that_its_asker_sent(store: Store) -> None:
    with store.work() as work:
        taken_up, _ = work.tickets.open(ticket("a"), by=CLERK)
        assert work.tickets.history(taken_up.id) == (Move(taken_up.id, 1, NOON, CLERK, What.TAKEN_UP),)
        assert work.tickets.opened(ASKER.account, NOON) == 0
        assert work.tickets.of_asker(ASKER.account, 9) == (taken_up,)


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


def test_what_was_asked_and_added_later_is_searched_too(store: Store) -> None:
    opened = go(store, kept(store, ticket()), What.ASKED_BACK, "By an airship?")
    added = go(store, opened, What.ADDED, "It is about the zeppelin", ASKER)
    done = go(store, added, What.ANSWERED, "Only with leave")
    go(store, done, What.REOPENED, "Whose gondola?", ASKER)
    kept(store, ticket("b"))

    with store.work() as work:
        for words in ("airship?", "ZEPPELIN", "leave", "gondola", "zeppelin airship share"):
            assert ids(work.tickets.queue(Wanted("larks", words=words)).tickets) == [opened.id]


def test_the_histories_of_many_are_given_at_once(store: Store) -> None:
    first = go(store, kept(store, ticket("a")), What.ASKED_BACK, "By air?")
    second = kept(store, ticket("b"))

    with store.work() as work:
        found = work.tickets.histories([first.id, second.id, "999"])
        assert found == {name: work.tickets.history(name) for name in (first.id, second.id, "999")}
        assert [len(moves) for moves in found.values()] == [2, 1, 0]
        assert work.tickets.histories([]) == {}


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
