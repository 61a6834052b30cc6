"""How much one person may ask: told kindly, and nothing that was sent is lost."""

import pytest

from bot.acts import (
    Act,
    AddToQuery,
    Escalate,
    GiveName,
    LeaveUnsent,
    Rate,
    ReopenQuery,
    Send,
    ShowMyQueries,
    Withdraw,
)
from bot.messages import Message
from bot.office import Limits
from bot.replies import Card
from bot.telling import in_plain_text
from bot.tickets import State, What
from knowledge.library import Library
from tests.bot.asking import FINCH, HERE, WREN, Choir, cards, news, told
from tests.conftest import assistant_of


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
    with choir.store.work() as work:
        taken = [choir.escalating(work).refused(message) for _ in range(5)]
        refused = choir.escalating(work).refused(message)
        others = choir.escalating(work).refused(Message(HERE, "Hello?", "larks", person=FINCH))
    choir.later(seconds=61)
    with choir.store.work() as work:
        afterwards = choir.escalating(work).refused(message)

    assert taken == [None] * 5
    assert refused is not None
    assert told(refused).text.startswith("5 messages in a minute is as much as I can take from one person")
    assert others is None
    assert afterwards is None


def test_somebody_without_an_account_has_no_limit(choir: Choir) -> None:
    with choir.store.work() as work:
        for _ in range(9):
            assert choir.escalating(work).refused(Message(HERE, "Hello?", "larks")) is None


def test_what_is_added_to_a_query_that_waits_is_never_lost_and_its_card_shows_each_line_at_once(sent: Choir) -> None:
    replies = [sent.does(AddToQuery("1", f"Line {number}")) for number in range(8)]
    sent.later(minutes=1)
    afterwards = sent.does(AddToQuery("1", "Later"))

    assert [cards(one) for one in (*replies, afterwards)] == [["1"]] * 9
    for number, given in enumerate(replies):
        (card,) = (one for one in given if isinstance(one, Card))
        assert f"Line {number}" in in_plain_text(card)
    assert [len(news(one)) for one in (*replies, afterwards)] == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [text for _, text in sent.texts()][1:] == [*(f"Line {number}" for number in range(8)), "Later"]


def test_words_with_which_a_waiting_query_is_opened_again_are_added_whatever_was_said_before(sent: Choir) -> None:
    for _ in range(6):
        sent.does(ShowMyQueries())
    sent.does(ReopenQuery("1", "One thing more"))

    assert sent.texts()[-1] == (What.ADDED, "One thing more")
    assert told(sent.does(ReopenQuery("1"))).text.startswith("5 messages in a minute")
    assert told(sent.does(AddToQuery("99", "Mine?"))).text.startswith("5 messages in a minute")


def test_the_desk_is_told_at_once_of_what_answers_it(sent: Choir) -> None:
    sent.does(AddToQuery("1", "A line"))
    sent.staff("1", What.ASKED_BACK, "Which day?")

    assert len(news(sent.does(AddToQuery("1", "Monday")))) == 1


@pytest.mark.parametrize(
    "act", [ShowMyQueries(), Escalate("1"), Rate("1", False, "No"), LeaveUnsent("1"), GiveName("1"), Withdraw("1")]
)
def test_presses_are_counted_like_words(sent: Choir, act: Act) -> None:
    taken = [sent.does(act) for _ in range(4)]  # the sending was the first
    refused = sent.does(act)
    sent.later(minutes=1)
    taken.append(sent.does(act))

    assert told(refused).text.startswith("5 messages in a minute is as much as I can take from one person")
    assert refused not in taken


@pytest.mark.parametrize(
    ("words", "society"),
    [("my queries", "larks"), ("ask the choir office", "larks"), ("What may I wear in week 3?", None)],
)
def test_words_of_which_nothing_is_kept_are_counted_as_well(
    sample_library: Library, words: str, society: str | None
) -> None:
    choir = assistant_of(sample_library)
    most = Limits().messages_a_minute
    message = Message(HERE, words, society, person=WREN)

    said = [[getattr(one, "text", "") for one in choir.handle(message)] for _ in range(most + 1)]

    assert [index for index, texts in enumerate(said) if texts[0].startswith(f"{most} messages in a minute")] == [most]


def test_a_query_is_not_opened_again_and_again(sent: Choir) -> None:
    for _ in range(3):
        sent.does(Withdraw("1"))
        sent.does(ReopenQuery("1"))
        sent.later(minutes=5)
    sent.does(Withdraw("1"))

    assert told(sent.does(ReopenQuery("1"))).text.startswith("Opening queries again 3 times in 24 hours")
    sent.later(days=1)
    assert told(sent.does(ReopenQuery("1"))).text.startswith("Q1 is open again")


def test_opening_again_is_counted_whatever_the_query_and_however_it_is_done(sent: Choir) -> None:
    sent.does(Send(sent.heard("Another?").id, named=False))
    acts: list[AddToQuery | ReopenQuery] = [
        AddToQuery("1", "Still?"),
        ReopenQuery("2"),
        AddToQuery("2", "Well?"),
        AddToQuery("1", "And now?"),
    ]
    replies = []
    for act in acts:
        sent.later(minutes=5)
        sent.does(Withdraw(act.ticket))
        replies.append(sent.does(act))

    assert [bool(cards(one)) for one in replies] == [True, True, True, False]
    assert told(replies[-1]).words == "And now?"
    assert sent.ticket("1").state is State.CLOSED
