"""An event is taken once and handled once, by one worker at a time."""

import random
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.inbox import Inbox, Taken
from adapters.storage.queues import inbox as table
from bot.messages import Message
from bot.people import Person

_OVER = -1.0  # a lease that has ended as soon as it begins


def filled(database: Database, *conversations: str, lease: float = 30) -> Inbox:
    """An inbox with an event for each of these conversations, e0, e1 ..."""
    inbox = Inbox(database, lease)
    for number, conversation in enumerate(conversations):
        inbox.accept(f"e{number}", Message(conversation, f"word {number}"))
    return inbox


def events(taken: list[Taken]) -> list[str]:
    return [one.event for one in taken]


def handle(database: Database, inbox: Inbox, taken: Taken) -> None:
    with database.transaction() as connection:
        assert inbox.handled(connection, taken)


def kept(database: Database, column: str) -> list[object]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.select(table.c[column]).order_by(table.c.id)))


def test_an_event_is_taken_once_whatever_is_repeated(database: Database) -> None:
    inbox = Inbox(database)
    message = Message("t:1", "May I?", person=Person("t:u1", "Kit"))

    assert inbox.accept("e", message)
    assert not inbox.accept("e", message)

    (taken,) = inbox.claim("w", 10)
    assert taken.message() == message
    handle(database, inbox, taken)
    assert not inbox.accept("e", message)
    assert inbox.claim("w", 10) == []


def test_of_many_that_bring_one_event_at_once_one_is_first(database: Database) -> None:
    inbox = Inbox(database)
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda _: inbox.accept("e", Message("t:1", "May I?")), range(8)))

    assert sorted(accepted) == [False] * 7 + [True]


def test_messages_of_one_conversation_are_taken_in_order_and_one_at_a_time(database: Database) -> None:
    inbox = filled(database, "t:1", "t:1", "t:2", "t:1")

    first = inbox.claim("w", 10)
    assert events(first) == ["e0", "e2"]
    assert inbox.claim("other", 10) == []

    handle(database, inbox, first[0])
    assert events(inbox.claim("other", 10)) == ["e1"]


def test_no_more_are_taken_than_were_asked_for(database: Database) -> None:
    inbox = filled(database, "t:1", "t:2", "t:3")

    assert events(inbox.claim("w", 2)) == ["e0", "e1"]
    assert events(inbox.claim("w", 2)) == ["e2"]


def test_of_many_workers_each_takes_other_messages(database: Database) -> None:
    inbox = filled(database, *(f"t:{number}" for number in range(40)))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda worker: inbox.claim(f"w{worker}", 5), range(8)))
    left = inbox.claim("last", 40)

    found = [one.event for each in (*taken, left) for one in each]
    assert sorted(found) == sorted(f"e{number}" for number in range(40))


def test_when_a_lease_ends_another_takes_over_and_the_first_can_no_longer_settle(database: Database) -> None:
    inbox = filled(database, "t:1", lease=_OVER)
    (first,) = inbox.claim("dead", 1)
    (second,) = inbox.claim("alive", 1)

    assert (first.event, first.attempts, second.event, second.attempts) == ("e0", 1, "e0", 2)
    with database.transaction() as connection:
        assert not inbox.handled(connection, first)
    assert not inbox.is_handled("e0")
    handle(database, inbox, second)
    assert inbox.is_handled("e0")


def test_what_a_message_held_is_erased_when_it_is_handled(database: Database) -> None:
    inbox = filled(database, "t:1")
    handle(database, inbox, inbox.claim("w", 1)[0])

    assert kept(database, "body") == [None]
    assert kept(database, "event") == ["e0"]


def test_what_is_put_off_is_taken_again_when_it_is_due(database: Database) -> None:
    inbox = filled(database, "t:1", "t:2")
    first, second = inbox.claim("w", 2)
    inbox.put_off(first, 3600, "OperationalError")
    inbox.put_off(second, 0, "OperationalError")

    assert events(inbox.claim("w", 2)) == ["e1"]
    assert kept(database, "fault") == ["OperationalError"] * 2


def test_what_waits_holds_up_the_rest_of_its_conversation_alone(database: Database) -> None:
    inbox = filled(database, "t:1", "t:1", "t:2")
    inbox.put_off(inbox.claim("w", 1)[0], 3600, "OperationalError")

    assert events(inbox.claim("w", 3)) == ["e2"]


def test_a_worker_that_stops_gives_back_what_it_had_and_no_attempt_is_counted(database: Database) -> None:
    inbox = filled(database, "t:1", "t:2")
    inbox.claim("other", 1)
    inbox.claim("w", 1)
    inbox.give_back("w")

    assert [(one.event, one.attempts) for one in inbox.claim("next", 5)] == [("e1", 1)]


def test_only_conversations_that_begin_so_are_taken(database: Database) -> None:
    inbox = filled(database, "console:Ann:1", "console:ann:1", "console:a_n:1", "slack:C1:2")

    assert events(inbox.claim("w", 5, "console:a_n:")) == ["e2"]
    assert events(inbox.claim("w", 5, "console:ann:")) == ["e1"]


def test_hostile_ids_and_texts_are_kept(database: Database) -> None:
    inbox = Inbox(database)
    for event in ("e\0\ud800", "e'; DROP TABLE inbox; --", random.Random(7).randbytes(5_000).hex()):
        assert inbox.accept(event, Message(f"t:{event[:50]}\0", "text\0\ud800 " + "long " * 50_000))
        assert not inbox.accept(event, Message("t:1", ""))
        (taken,) = inbox.claim("w", 1)
        assert taken.message().text.startswith("text\0? long")
        handle(database, inbox, taken)
        assert inbox.is_handled(event)


def test_an_event_that_nobody_sent_is_not_handled(database: Database) -> None:
    assert not Inbox(database).is_handled("e")


def test_what_comes_next_is_told_in_order_without_what_is_claimed_or_cannot_be_read(database: Database) -> None:
    inbox = Inbox(database)
    for number, words in enumerate(("first?", "second?", "", "third?", "fourth?")):
        inbox.accept(f"e{number}", Message(f"console:{number}", words))
    inbox.claim("w", 1)
    with database.transaction() as connection:
        connection.execute(table.update().where(table.c.event == "e3").values(body="{broken"))

    assert inbox.next_texts(4) == ["second?", "fourth?"]
    assert inbox.next_texts(1) == ["second?"]
