"""How much one person may ask: told kindly, and nothing that was sent is lost."""

import pytest

from bot.acts import (
    AddToQuery,
    ReopenQuery,
    Send,
    Withdraw,
)
from bot.messages import Message
from bot.people import NOBODY
from knowledge.library import Library
from tests.bot.asking import FINCH, HERE, WREN, Choir, cards, told


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


@pytest.fixture
def sent(choir: Choir) -> Choir:
    """A choir whose office has Q1 of Wren's."""
    choir.does(Send(choir.heard(clauses=("larks/rehearsals/recording",)).id, named=False))
    return choir


def test_who_sends_too_many_in_a_day_is_told_kindly_and_loses_nothing(choir: Choir) -> None:
    for number in range(3):
        choir.does(Send(choir.heard(f"Question {number}?").id, False))
    exchange = choir.heard("One more?")

    refused = told(choir.does(Send(exchange.id, False)))
    choir.later(days=1, minutes=1)
    accepted = told(choir.does(Send(exchange.id, False)))

    assert refused.text.startswith("3 queries in 24 hours is as much as I can pass on from one person")
    assert accepted.text.startswith("Sent to")


def test_who_has_too_many_waiting_can_take_one_back_and_send_another(choir: Choir) -> None:
    for number in range(4):
        choir.does(Send(choir.heard(f"Question {number}?").id, False))
        choir.later(days=1)
    exchange = choir.heard("One more?")

    refused = told(choir.does(Send(exchange.id, False)))
    choir.does(Withdraw("1"))
    accepted = told(choir.does(Send(exchange.id, False)))

    assert refused.text.startswith("4 queries of yours wait for the choir office")
    assert accepted.text.startswith("Sent to")


def test_a_second_press_at_the_limit_is_told_of_the_first(choir: Choir) -> None:
    exchanges = [choir.heard(f"Question {number}?") for number in range(3)]
    for exchange in exchanges:
        choir.does(Send(exchange.id, False))

    assert "has this already, as Q3" in told(choir.does(Send(exchanges[2].id, False))).text


def test_the_limit_of_one_person_is_not_another_ones(choir: Choir) -> None:
    for number in range(3):
        choir.does(Send(choir.heard(f"Question {number}?").id, False))

    assert told(choir.does(Send(choir.heard(who=FINCH).id, False), FINCH)).text.startswith("Sent to")


def test_who_talks_too_fast_is_asked_to_wait_a_minute(choir: Choir) -> None:
    message = Message(HERE, "Hello?", "larks", person=WREN)
    for _ in range(5):
        choir.heard()

    with choir.store.work() as work:
        refused = choir.escalating(work).refused(message)
        others = choir.escalating(work).refused(Message(HERE, "Hello?", "larks", person=FINCH))
    choir.later(seconds=61)
    with choir.store.work() as work:
        afterwards = choir.escalating(work).refused(message)

    assert refused is not None
    assert told(refused).text.startswith("5 messages in a minute is as much as I can take from one person")
    assert others is None
    assert afterwards is None


def test_somebody_without_an_account_has_no_limit(choir: Choir) -> None:
    for _ in range(9):
        choir.heard(who=NOBODY)

    with choir.store.work() as work:
        assert choir.escalating(work).refused(Message(HERE, "Hello?", "larks")) is None


def test_nobody_can_flood_the_desk_through_one_query(sent: Choir) -> None:
    replies = [sent.does(AddToQuery("1", f"Line {number}")) for number in range(8)]
    sent.later(minutes=2)
    afterwards = sent.does(AddToQuery("1", "Later"))

    assert sum(bool(cards(one)) for one in replies) == 4  # with the sending five moves in a minute
    assert told(replies[-1]).text.startswith("That is a lot at once for Q1, so I have not taken this.")
    assert cards(afterwards) == ["1"]


def test_a_query_is_not_opened_again_and_again(sent: Choir) -> None:
    for _ in range(3):
        sent.does(Withdraw("1"))
        sent.does(ReopenQuery("1"))
        sent.later(minutes=5)
    sent.does(Withdraw("1"))

    assert told(sent.does(ReopenQuery("1"))).text.startswith("That is a lot at once for Q1")
