"""A message of somebody else's that a member wants the office to see."""

import pytest

from bot.acts import AddToQuery, Escalate, Refer, Send
from bot.exchanges import Ending
from bot.gaps import gaps
from bot.joined import like
from bot.messages import Message
from bot.people import NOBODY
from bot.ports import Turn
from bot.precedents import Precedents
from bot.referring import LONGEST
from bot.replies import Card, Previewed, Reply, Told
from knowledge.clauses import Party
from knowledge.library import Library
from tests.bot.asking import FINCH, OFFICE, THREAD, WREN, Choir, told

WORDS = "Our rivals cannot hold a note, says <!channel> *everybody*."


@pytest.fixture
def choir(sample_library: Library) -> Choir:
    return Choir(sample_library)


def previewed(replies: list[Reply]) -> Previewed:
    (reply,) = replies
    assert isinstance(reply, Previewed)
    return reply


def card(replies: list[Reply]) -> Card:
    return next(one for one in replies if isinstance(one, Card))


def test_what_would_go_is_shown_as_somebody_else_s_and_nothing_is_sent(choir: Choir) -> None:
    shown = previewed(choir.does(Refer(f" {WORDS}\n")))

    assert [(part.id, part.heading, part.text, part.can_go) for part in shown.parts] == [
        ("question", "Your question", "I refer a message that somebody else wrote. Please look at it.", False),
        ("post", "The message, which somebody else wrote", WORDS, True),
    ]
    assert [button.name for button in shown.buttons] == ["send_named", "send_unnamed", "leave"]
    with choir.store.work() as work:
        assert work.tickets.waiting() == ()


def test_the_desk_sees_whose_words_are_whose(choir: Choir) -> None:
    exchange = previewed(choir.does(Refer(WORDS))).exchange

    sent = card(choir.does(Send(exchange, named=False, added="It names us.")))

    assert [(part.heading, part.text) for part in sent.parts] == [
        ("The question", "I refer a message that somebody else wrote. Please look at it."),
        ("The message that they refer, which somebody else wrote", WORDS),
        ("The asker added", "It names us."),
    ]
    assert sent.draft == ""


def test_a_message_of_ones_own_is_not_said_to_be_somebody_elses(choir: Choir) -> None:
    shown = previewed(choir.does(Refer(WORDS, own=True)))
    sent = card(choir.does(Send(shown.exchange, named=True)))

    assert [(part.heading, part.text) for part in shown.parts] == [
        ("Your question", "I refer a message of mine. Please look at it."),
        ("The message, which you wrote", WORDS),
    ]
    assert "somebody else" not in repr((shown, sent))
    assert sent.parts[1].heading == "The message that they refer, which they wrote"


@pytest.mark.parametrize(
    ("own", "heading"),
    [
        (False, "The message that they refer, which somebody else wrote; shortened by the asker"),
        (True, "The message that they refer, which they wrote; shortened by the asker"),
    ],
)
def test_a_message_can_be_shortened_and_the_desk_sees_that_it_was(choir: Choir, own: bool, heading: str) -> None:
    exchange = previewed(choir.does(Refer(WORDS, own))).exchange

    sent = card(choir.does(Send(exchange, named=False, shortened=" Our rivals cannot hold a note. \n")))

    assert (sent.parts[1].heading, sent.parts[1].text) == (heading, "Our rivals cannot hold a note.")
    assert "everybody" not in repr(sent)


def test_a_message_whose_words_were_changed_is_not_sent(choir: Choir) -> None:
    exchange = previewed(choir.does(Refer(WORDS))).exchange

    replies = choir.does(Send(exchange, named=False, shortened="Our rivals can hold a note."))

    assert told(replies).words == "Our rivals can hold a note."
    assert previewed(replies[1:]).parts[1].text == WORDS


def test_the_message_can_be_left_out_and_told_in_words_of_ones_own(choir: Choir) -> None:
    exchange = previewed(choir.does(Refer(WORDS))).exchange

    sent = card(choir.does(Send(exchange, named=False, left_out=("post",), added="A rival boasts.")))

    assert WORDS not in repr(sent)


def test_what_was_said_of_other_things_does_not_go_along_nor_a_referral_with_those(choir: Choir) -> None:
    choir.heard("Who was Arne?", "info", conversation=THREAD)
    shown = previewed(choir.does(Refer(WORDS), where=THREAD))
    later = previewed(choir.does(Escalate(choir.heard("May I tape it?", conversation=THREAD).id)))

    assert "Arne" not in repr(shown.parts)
    assert WORDS not in repr(later.parts)
    assert "I refer" not in repr(later.parts)
    assert "Who was Arne?" in repr(later.parts)


@pytest.mark.parametrize("words", ["", " \n ", "\u200b\u2060"])
def test_a_message_without_words_cannot_be_referred(choir: Choir, words: str) -> None:
    assert "There are no words in that message" in told(choir.does(Refer(words))).text


def test_a_message_that_is_too_long_is_told_so_and_one_that_is_not_goes_whole(choir: Choir) -> None:
    assert "4,001 characters, and at most 4,000 can go" in told(choir.does(Refer("x" * (LONGEST + 1)))).text
    assert previewed(choir.does(Refer("x" * LONGEST))).parts[1].text == "x" * LONGEST


def test_it_is_asked_whose_policy_is_meant_where_nobody_knows(choir: Choir) -> None:
    with choir.store.work() as work:
        (reply,) = choir.escalating(work).act(Message("slack:D2:", "", None, Party.MEMBER, WREN, Refer(WORDS)))
        assert isinstance(reply, Told)
        assert "which society" in reply.text


def test_it_is_sent_as_who_they_said_they_are(choir: Choir) -> None:
    with choir.store.work() as work:
        work.conversations.put("slack:D7:", Turn("larks", Party.TRAINEE, by=WREN.account, role_said=True))
    with choir.store.work() as work:
        (reply,) = choir.escalating(work).act(Message("slack:U1:7", "", "larks", None, WREN, Refer(WORDS)))

    assert "you ask as a trainee" in previewed([reply]).remarks


def test_somebody_who_cannot_be_reached_refers_nothing(choir: Choir) -> None:
    assert isinstance(told(choir.does(Refer(WORDS), NOBODY)), Told)


def test_one_who_refers_another_message_is_not_told_that_it_was_sent_before(choir: Choir) -> None:
    choir.does(Send(previewed(choir.does(Refer(WORDS))).exchange, named=False))

    other, same = previewed(choir.does(Refer("Quite another one."))), previewed(choir.does(Refer(WORDS)))

    assert "already" not in other.opening
    assert "You have sent this question already, as Q1." in same.opening


def test_of_messages_referred_only_the_same_one_is_offered_to_be_joined(choir: Choir, sample_library: Library) -> None:
    for who, words in ((WREN, WORDS), (FINCH, "Bring a cake to the next concert on Tuesday."), (FINCH, WORDS)):
        choir.does(Send(previewed(choir.does(Refer(words), who)).exchange, named=False), who)

    with choir.store.work() as work:
        first = work.tickets.get("1")
        assert first is not None
        assert [one.id for one in like(first, sample_library, work)] == ["3"]


def test_it_counts_as_no_question_that_the_policy_leaves_open(choir: Choir, sample_library: Library) -> None:
    choir.does(Send(previewed(choir.does(Refer(WORDS))).exchange, named=False))

    with choir.store.work() as work:
        kept = work.exchanges.get("1")
        assert kept is not None
        assert kept.ending == Ending.REFERRED
        assert gaps("larks", work, sample_library, OFFICE, Precedents(sample_library)) == []


def test_it_can_be_added_to_like_any_query(choir: Choir) -> None:
    choir.does(Send(previewed(choir.does(Refer(WORDS))).exchange, named=False))

    assert "I have added that to Q1" in told(choir.does(AddToQuery("1", "It is still there."))).text
