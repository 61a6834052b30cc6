"""A terminal on a database: every word through the inbox, every answer through the outbox."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from adapters.console.chat import Chatter, chat
from adapters.console.payload import console_payload, terminal_payload
from adapters.console.stored import NotHandledYet, StoredTalk
from adapters.delivery.handling import Handling
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from bot.messages import Message
from bot.people import Person, StaffMember
from bot.ports import Work
from bot.replies import Reply, Told
from bot.wording import repeated
from knowledge.library import Library
from tests.conftest import assistant_of

FEE = "how much is the annual membership fee"


@dataclass(frozen=True)
class Bot:
    """The bot on a database."""

    store: SqlStore
    inbox: Inbox
    outbox: Outbox
    handling: Handling

    @contextmanager
    def line(self, name: str) -> Iterator[StoredTalk]:
        with StoredTalk(self.store, self.inbox, self.outbox, self.handling, f"console:{name}") as talk:
            yield talk

    def typed(self, name: str, *lines: str) -> str:
        """What stands in somebody's terminal once all of this was typed."""
        out = io.StringIO()
        with self.line(name) as talk:
            chat(talk, Chatter(name, "larks", None, "the choir office"), io.StringIO("\n".join(lines)), out)
        return out.getvalue()


@pytest.fixture
def bot(sqlite_url: str, sample_library: Library) -> Iterator[Bot]:
    database = Database(sqlite_url)
    store, inbox, outbox = SqlStore(database), Inbox(database), Outbox(database)
    assistant = assistant_of(sample_library).assistant
    with store.work() as work:
        work.staff.add(StaffMember(Person("console:robin", "Robin"), "larks", "Choir Secretary"))
    answer, failed = assistant.handle, assistant.failed
    yield Bot(store, inbox, outbox, Handling(store, inbox, outbox, answer, failed, {"console": terminal_payload}))
    database.close()


def test_a_query_goes_to_the_desk_and_its_answer_comes_back_to_another_terminal(bot: Bot) -> None:
    bot.typed("ann", FEE, "ask the choir office", "1")
    at_desk = bot.typed("robin", "desk", "claim 1", "answer 1 Ask the treasurer.", "1")

    assert "Q1 is answered." in at_desk
    back = bot.typed("ann")
    assert "While you were away:" in back
    assert back.index("has taken up Q1") < back.index("Ask the treasurer.")
    assert "treasurer" not in bot.typed("ann")


def test_what_comes_for_others_is_left_to_them(bot: Bot) -> None:
    bot.typed("ann", FEE, "ask the choir office", "1")
    bot.typed("robin", "desk", "claim 1")

    assert "Q1" not in bot.typed("annabel")
    assert "Q1" not in bot.typed("an_")
    assert "has taken up Q1" in bot.typed("ann")


def test_what_another_process_has_in_hand_too_long_comes_later(bot: Bot) -> None:
    message = Message("console:ann:a", "Hello", "larks", person=Person("console:ann", "ann"))
    bot.inbox.accept("before", message)
    (taken,) = bot.inbox.claim("another process", 1)
    with StoredTalk(bot.store, bot.inbox, bot.outbox, bot.handling, "console:ann", patience=0.0) as talk:
        with pytest.raises(NotHandledYet):
            talk.say(message)
        assert talk.arrived(at_desk=False) is None

        bot.handling.handle(taken)

        assert talk.arrived(at_desk=False)
        assert talk.arrived(at_desk=False)
        assert not talk.arrived(at_desk=False)


def test_a_database_that_is_away_gives_a_reference_and_ends_nothing(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    with bot.store.work() as work:
        work.connection.execute(sa.text("DROP TABLE inbox"))
        work.connection.execute(sa.text("DROP TABLE staff"))

    shown = bot.typed("robin", "Hello", "desk", "Hello")

    assert shown.count("Something went wrong here") >= 3
    assert shown.endswith("Goodbye.\n")
    assert "OperationalError while answering" in capsys.readouterr().err


def test_a_fault_gives_a_reference_and_the_way_to_the_office(bot: Bot) -> None:
    def broken(message: Message, work: Work) -> list[Reply]:
        raise RuntimeError(message.text)

    def sorry(message: Message, _work: Work, reference: str) -> list[Reply]:
        return [Told(message.conversation, f"It broke: {reference}")]

    faulty = Handling(bot.store, bot.inbox, bot.outbox, broken, sorry, {"console": terminal_payload})

    assert "It broke: " in replace(bot, handling=faulty).typed("ann", FEE)


def test_what_is_not_on_the_screen_yet_is_not_sent_and_comes_next_time(bot: Bot) -> None:
    left = bot.typed("robin", FEE, "ask the choir office", "1", "desk", "answer 1 It is ten pounds.", "1", "quit")
    assert "for you as the asker" in left

    again = bot.typed("robin")
    assert "While you were away:" in again
    assert "ten pounds" in again
    assert "ten pounds" not in bot.typed("robin")


def test_what_came_to_a_screen_that_went_away_comes_again_and_says_so(bot: Bot) -> None:
    told(bot, "console:ann:before", "The answer.")

    with pytest.raises(BrokenPipeError), bot.line("ann") as talk:
        chat(talk, Chatter("ann", "larks", None, "the choir office"), io.StringIO("hello\n"), Gone("The answer."))

    again = bot.typed("ann")
    assert "The answer." in again
    assert repeated() in " ".join(again.split())
    assert "The answer." not in bot.typed("ann")


def test_what_waits_for_the_desk_can_be_taken_by_another_terminal_meanwhile(bot: Bot) -> None:
    told(bot, "console:robin:desk-1", "A query waits.")
    with bot.line("robin") as first, bot.line("robin") as second:
        assert first.arrived(at_desk=False) is None
        assert (first.waiting(at_desk=False), first.waiting(at_desk=True)) == (0, 1)
        assert second.arrived(at_desk=True)
        assert first.waiting(at_desk=True) == 0


def test_a_plain_sentence_is_shown_as_it_is(bot: Bot) -> None:
    with bot.store.work() as work:
        bot.outbox.put(work.connection, "k", "console:ann:1", {"conversation": "console:ann:1", "text": "Plain\x1b"})

    assert "Plain" in bot.typed("ann")


def test_what_cannot_be_read_here_keeps_nothing_else_from_being_shown(bot: Bot) -> None:
    with bot.store.work() as work:
        bot.outbox.put(work.connection, "k", "console:ann:1", {"blocks": 3})
    told(bot, "console:ann:1", "The answer.")

    assert "The answer." in bot.typed("ann")
    assert len(bot.outbox.undelivered()) == 1


class Gone(io.StringIO):
    """A screen that goes away when it is to show some words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def write(self, text: str) -> int:
        if self._words in text:
            raise BrokenPipeError
        return super().write(text)


def told(bot: Bot, conversation: str, text: str) -> None:
    """Has something wait for somebody."""
    with bot.store.work() as work:
        bot.outbox.put(work.connection, text, conversation, console_payload(Told(conversation, text)))
