"""A reply waits in the outbox until it has arrived or been given up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from adapters.storage.database import Database
from adapters.storage.outbox import Claimed, Outbox
from adapters.storage.queues import outbox as table
from adapters.storage.queues import posted
from tests.adapters.storage.test_statements import counted

_OVER = -1.0  # a lease that has ended as soon as it begins
_ANY = {"t": 0.0}


def filled(database: Database, *conversations: str, lease: float = 30) -> Outbox:
    """An outbox with a reply to each of these conversations, k0, k1 ..."""
    outbox = Outbox(database, lease)
    for number, conversation in enumerate(conversations):
        put(database, outbox, f"k{number}", conversation)
    return outbox


def put(database: Database, outbox: Outbox, key: str, conversation: str, ticket: str = "") -> bool:
    with database.transaction() as connection:
        return outbox.put(connection, key, conversation, {"text": f"words of {key}"}, ticket)


def keys(rows: list[Claimed]) -> list[str]:
    return [row.key for row in rows]


def kept(database: Database, column: str) -> list[object]:
    with database.transaction() as connection:
        return list(connection.scalars(sa.select(table.c[column]).order_by(table.c.id)))


def test_a_reply_is_put_in_once_whatever_is_repeated(database: Database) -> None:
    outbox = Outbox(database)

    assert put(database, outbox, "k", "t:1", ticket="12")
    assert not put(database, outbox, "k", "t:1")

    (row,) = outbox.claim("w", _ANY, 10)
    assert (row.conversation, row.payload, row.ticket, row.attempts, row.doubtful) == (
        "t:1",
        {"text": "words of k"},
        "12",
        1,
        False,
    )


def test_a_reply_of_a_work_that_fails_was_never_there(database: Database) -> None:
    outbox = Outbox(database)

    def fail() -> None:
        with database.transaction() as connection:
            outbox.put(connection, "k", "t:1", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert outbox.claim("w", _ANY, 10) == []


def test_replies_of_one_conversation_are_taken_in_order_and_one_at_a_time(database: Database) -> None:
    outbox = filled(database, "t:1", "t:1", "t:2")
    first = outbox.claim("w", _ANY, 10)
    assert keys(first) == ["k0", "k2"]
    assert outbox.claim("other", _ANY, 10) == []

    outbox.sent(first[0], "r")
    assert keys(outbox.claim("other", _ANY, 10)) == ["k1"]


def test_what_is_tried_again_holds_up_its_conversation_and_what_was_given_up_does_not(database: Database) -> None:
    outbox = filled(database, "t:1", "t:1", "t:2", "t:2")
    first, second = outbox.claim("w", _ANY, 10)
    outbox.retry(first, 3600, "away", in_doubt=False)
    outbox.failed(second, "gone; ask")

    assert keys(outbox.claim("w", _ANY, 10)) == ["k3"]


def test_of_many_senders_each_takes_other_replies(database: Database) -> None:
    outbox = filled(database, *(f"t:{number}" for number in range(40)))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda worker: outbox.claim(f"w{worker}", _ANY, 5), range(8)))
    left = outbox.claim("last", _ANY, 40)

    found = [row.key for each in (*taken, left) for row in each]
    assert sorted(found) == sorted(f"k{number}" for number in range(40))


def test_only_the_platforms_that_are_served_are_taken(database: Database) -> None:
    outbox = filled(database, "slack:C1:1", "email:larks:", "console:ann:1", "console:bob:1")

    assert outbox.claim("w", {}, 10) == []
    assert keys(outbox.claim("w", {"console": 0.0, "slack": 1.0}, 10, under="console:ann:")) == ["k2"]
    assert keys(outbox.claim("w", {"console": 0.0, "email": 0.0}, 10)) == ["k1", "k3"]


def test_the_next_one_of_a_conversation_waits_as_long_as_its_platform_asks_for(database: Database) -> None:
    outbox = filled(database, "t:1", "t:1", "t:2", "u:1", "u:1")
    paces = {"t": 3600.0, "u": 0.0}
    for row in outbox.claim("w", paces, 10):
        outbox.sent(row, "r")

    assert keys(outbox.claim("another replica", paces, 10)) == ["k4"]
    assert keys(outbox.claim("another replica", {"t": 0.0}, 10)) == ["k1"]


def test_when_a_lease_ends_another_takes_over_knowing_that_it_may_have_arrived(database: Database) -> None:
    outbox = filled(database, "t:1", lease=_OVER)
    (first,) = outbox.claim("dead", _ANY, 1)
    (second,) = outbox.claim("alive", _ANY, 1)

    assert (first.doubtful, second.doubtful, second.attempts) == (False, True, 2)
    assert not outbox.sent(first, "r")
    assert not outbox.retry(first, 0, "away", in_doubt=False)
    assert not outbox.failed(first, "gone; ask")
    assert outbox.sent(second, "r")
    assert not outbox.sent(second, "r")
    assert kept(database, "receipt") == ["r"]


def test_what_a_reply_held_is_erased_when_it_is_sent(database: Database) -> None:
    outbox = filled(database, "t:1", "t:2")
    first, second = outbox.claim("w", _ANY, 2)
    outbox.sent(first, "r")
    outbox.failed(second, "gone; ask")

    assert kept(database, "payload") == [None, '{"text": "words of k1"}']


@pytest.mark.parametrize("in_doubt", [True, False])
def test_a_doubt_stays_until_it_is_settled(database: Database, in_doubt: bool) -> None:
    outbox = filled(database, "t:1")
    outbox.retry(outbox.claim("w", _ANY, 1)[0], 0, "away", in_doubt)
    outbox.retry(outbox.claim("w", _ANY, 1)[0], 0, "busy", in_doubt=False, counted=False)
    (row,) = outbox.claim("w", _ANY, 1)

    assert (row.doubtful, row.attempts) == (in_doubt, 2)


@pytest.mark.parametrize("given_up", [True, False])
def test_how_far_a_reply_came_is_kept_with_it_until_it_is_sent_and_what_of_it_is_in_doubt(
    database: Database, given_up: bool
) -> None:
    outbox = filled(database, "t:1")
    (row,) = outbox.claim("w", _ANY, 1)
    assert row.progress == {}
    row.progress.update(said=["0"], receipt="t \U0001f600")
    if given_up:
        assert outbox.failed(row, "no")
        assert outbox.requeue(row.id)
    else:
        assert outbox.retry(row, 0, "away", in_doubt=True)
    (row,) = outbox.claim("other", _ANY, 1)
    assert (row.payload, row.doubtful) == ({"text": "words of k0"}, False)
    assert row.progress == {"said": ["0"], "receipt": "t \U0001f600"}

    row.progress["said"].append("1")
    outbox.retry(row, 0, "busy", in_doubt=False)
    (row,) = outbox.claim("third", _ANY, 1)
    assert row.progress["said"] == ["0", "1"]
    assert outbox.sent(row, "r")
    assert kept(database, "payload") == [None]


def test_how_far_a_reply_came_is_not_written_by_whoever_lost_the_claim_nor_over_what_was_erased(
    database: Database,
) -> None:
    outbox = filled(database, "t:1", "t:2", lease=_OVER)
    lost, erased = outbox.claim("dead", _ANY, 2)
    lost.progress["said"] = erased.progress["said"] = ["0"]
    (row,) = outbox.claim("alive", _ANY, 1)
    assert not outbox.retry(lost, 0, "away", in_doubt=True)
    assert (row.progress, row.doubtful) == ({}, True)

    with database.transaction() as connection:
        connection.execute(table.update().where(table.c.id == erased.id).values(payload=None, failed=1.0))
    assert not outbox.retry(erased, 0, "away", in_doubt=True)
    assert kept(database, "payload") == ['{"text": "words of k0"}', None]


def test_a_sender_that_stops_gives_back_what_may_have_arrived(database: Database) -> None:
    outbox = filled(database, "t:1", "t:2", "t:3")
    outbox.claim("other", _ANY, 1)
    sent, _ = outbox.claim("w", _ANY, 2)
    outbox.sent(sent, "r")
    outbox.give_back("w", [2, 3])

    assert [(row.key, row.doubtful) for row in outbox.claim("next", _ANY, 5)] == [("k2", True)]


def test_what_was_claimed_and_never_begun_is_given_back_as_it_was(database: Database) -> None:
    outbox = filled(database, "t:1")
    outbox.claim("w", _ANY, 1)
    outbox.give_back("w", [])

    (row,) = outbox.claim("next", _ANY, 5)
    assert (row.attempts, row.doubtful) == (1, False)


def test_of_what_waits_under_one_name_a_part_can_be_left_apart(database: Database) -> None:
    outbox = filled(database, "t:ann:1", "t:ann:desk-1", "t:bob:1", "t:ann:2")

    assert (outbox.waiting("t:ann:", "t:ann:desk"), outbox.waiting("t:ann:desk")) == (2, 1)
    assert keys(outbox.claim("w", _ANY, 9, "t:ann:", "t:ann:desk")) == ["k0", "k3"]
    assert (outbox.waiting("t:ann:", "t:ann:desk"), outbox.waiting("t:ann:desk")) == (0, 1)


def test_what_can_never_be_delivered_is_kept_as_failed_with_what_to_do(database: Database) -> None:
    outbox = Outbox(database)
    with database.transaction() as connection:
        assert outbox.put_failed(
            connection, "k", "pigeon:loft", {"text": "Coo."}, ticket="12", fault="no pigeons; set another desk"
        )
        assert not outbox.put_failed(connection, "k", "pigeon:loft", {"text": "Coo."}, ticket="12", fault="no")

    (row,) = outbox.undelivered()
    assert (row.platform, row.ticket, row.attempts, row.fault) == ("pigeon", "12", 0, "no pigeons; set another desk")
    assert outbox.claim("w", {"pigeon": 0.0}, 1) == []


def test_what_was_given_up_is_listed_and_can_be_tried_again(database: Database) -> None:
    outbox = Outbox(database)
    put(database, outbox, "k", "t:1", ticket="12")
    (row,) = outbox.claim("w", _ANY, 1)
    outbox.failed(row, "No such channel; " + "ask " * 500)

    (given_up,) = outbox.undelivered()
    assert (given_up.conversation, given_up.ticket, given_up.attempts) == ("t:1", "12", 1)
    assert given_up.fault.startswith("No such channel; ask")
    assert outbox.claim("w", _ANY, 1) == []

    assert outbox.requeue(given_up.id)
    assert not outbox.requeue(given_up.id)
    assert outbox.undelivered() == []
    (again,) = outbox.claim("w", _ANY, 1)
    assert (again.payload, again.attempts) == ({"text": "words of k"}, 1)


def test_nothing_that_was_sent_is_sent_again_by_asking(database: Database) -> None:
    outbox = filled(database, "t:1")
    (row,) = outbox.claim("w", _ANY, 1)
    outbox.sent(row, "r")

    assert not outbox.requeue(row.id)
    assert not outbox.requeue(999)


def given_up(
    database: Database, outbox: Outbox, key: str, ticket: str = "", about: str = "card", **payload: str
) -> int:
    """Has a reply to the desk fail; gives its id."""
    with database.transaction() as connection:
        outbox.put(connection, key, "t:desk", payload, ticket, about)
    (row,) = outbox.claim("w", _ANY, 1)
    assert outbox.failed(row, "no")
    return row.id


def test_an_old_state_is_not_put_over_a_newer_one_by_asking(database: Database) -> None:
    outbox = Outbox(database)
    old = given_up(database, outbox, "k1", "12", subject="card:12")
    assert [row.id for row in outbox.undelivered()] == [old]
    newer = given_up(database, outbox, "k2", "12", subject="card:12")
    assert [row.id for row in outbox.undelivered()] == [newer]

    assert not outbox.requeue(old)
    assert outbox.requeue(newer)
    outbox.sent(outbox.claim("w", _ANY, 1)[0], "desk:1")
    assert not outbox.requeue(old)


@pytest.mark.parametrize(
    ("ticket", "about", "payload"),
    [
        ("13", "card", {"subject": "card:13"}),
        ("12", "news", {"beside": "card:12"}),
        ("", "card", {"subject": "home:tab"}),
    ],
)
def test_what_came_later_on_something_else_takes_the_place_of_nothing(
    database: Database, ticket: str, about: str, payload: dict[str, str]
) -> None:
    outbox = Outbox(database)
    card = given_up(database, outbox, "k1", "12", subject="card:12")
    given_up(database, outbox, "k2", ticket, about, **payload)

    assert outbox.requeue(card)


def test_of_what_is_no_state_each_is_said_again_by_asking(database: Database) -> None:
    outbox = Outbox(database)
    names = [given_up(database, outbox, f"k{number}", "12", "answered", text="Yes.") for number in range(2)]

    assert [outbox.requeue(name) for name in names] == [True, True]


def send_with(database: Database, outbox: Outbox, key: str, conversation: str, receipt: str, **payload: str) -> Claimed:
    """Has a reply sent with this receipt; gives its row."""
    with database.transaction() as connection:
        outbox.put(connection, key, conversation, payload)
    (row,) = outbox.claim("w", _ANY, 1)
    assert outbox.sent(row, receipt)
    return row


def test_where_the_latest_word_on_something_stands_is_kept_for_each_conversation(database: Database) -> None:
    outbox = Outbox(database)
    first = send_with(database, outbox, "k1", "t:desk", "desk:1", subject="card:12")
    send_with(database, outbox, "k2", "t:other", "other:1", subject="card:12")
    beside = send_with(database, outbox, "k3", "t:desk", "desk:2", beside="card:12")
    assert (outbox.earlier(first), outbox.earlier(beside)) == ("desk:1", "desk:1")
    assert outbox.subject_of("t:desk", "desk:1") == "card:12"

    send_with(database, outbox, "k4", "t:desk", "desk:3", subject="card:12")
    assert outbox.earlier(beside) == "desk:3"
    assert [outbox.subject_of("t:desk", f"desk:{number}") for number in (1, 2, 3)] == ["", "", "card:12"]
    assert outbox.subject_of("t:other", "desk:3") == ""


def test_an_answer_is_found_by_its_receipt_alone_and_takes_the_place_of_none(database: Database) -> None:
    outbox = Outbox(database)
    send_with(database, outbox, "k1", "t:ann", "a 1", subject="answer:7")
    with counted(database) as run:
        again = send_with(database, outbox, "k2", "t:ben", "b 1", subject="answer:7")
        assert outbox.earlier(again) == ""

    assert [outbox.posted_under(receipt) for receipt in ("a 1", "b 1", "c 1")] == [
        ("t:ann", "answer:7"),
        ("t:ben", "answer:7"),
        None,
    ]
    assert len([one for one in run if "posted" in one]) == 1


def test_what_was_said_in_a_conversation_is_known_by_its_receipt(database: Database) -> None:
    outbox = Outbox(database)
    send_with(database, outbox, "k1", "t:ann", "a 1")

    asked = [("t:ann", "a 1"), ("t:ann", "a 2"), ("t:ben", "a 1"), ("t:ann", "")]
    assert [outbox.was_said(*one) for one in asked] == [True, False, False, False]


def test_an_answer_that_was_given_up_is_said_again_by_asking_whatever_was_answered_since(database: Database) -> None:
    outbox = Outbox(database)
    names = [given_up(database, outbox, f"k{number}", "", "answer", subject=f"answer:{number}") for number in range(2)]

    assert [outbox.requeue(name) for name in names] == [True, True]


def test_what_cannot_be_edited_takes_no_place(database: Database) -> None:
    outbox = Outbox(database)
    send_with(database, outbox, "k1", "t:desk", "desk:1", subject="card:12")
    row = send_with(database, outbox, "k2", "t:desk", "", subject="card:12")

    assert outbox.earlier(row) == "desk:1"


@pytest.mark.parametrize("subject", ["Query Q12 waits", "card:", "Card:12", "card:1 2", "card:12\n", "x" * 200, ""])
def test_the_subject_line_of_a_mail_is_no_subject(database: Database, subject: str) -> None:
    outbox = Outbox(database)
    row = send_with(database, outbox, "k1", "t:desk", "<1@larks.example>", subject=subject)

    assert outbox.earlier(row) == ""
    with database.transaction() as connection:
        assert connection.execute(sa.select(posted)).all() == []


def test_whoever_lost_the_claim_does_not_say_where_it_stands(database: Database) -> None:
    outbox = Outbox(database, _OVER)
    with database.transaction() as connection:
        outbox.put(connection, "k", "t:desk", {"subject": "card:12"})
    (lost,) = outbox.claim("dead", _ANY, 1)
    (row,) = outbox.claim("alive", _ANY, 1)

    assert not outbox.sent(lost, "desk:1")
    assert outbox.earlier(row) == ""
    assert outbox.sent(row, "desk:2")
    assert outbox.earlier(row) == "desk:2"


def test_hostile_texts_are_kept(database: Database) -> None:
    outbox = Outbox(database)
    with database.transaction() as connection:
        outbox.put(connection, "k\0\ud800", "t:\0'; --", {"text": "\0\ud800\U0001f600 “quoted”"})
    (row,) = outbox.claim("w", _ANY, 1)

    assert row.payload == {"text": "\0?\U0001f600 “quoted”"}
    assert outbox.retry(row, 0, "fault\0\ud800", in_doubt=False)
    assert outbox.sent(outbox.claim("w", _ANY, 1)[0], "r\0\ud800")
