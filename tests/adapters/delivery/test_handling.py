"""What a message comes to is kept whole, or not at all; and nobody is left without a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from adapters.delivery.handling import Answer, Handling, Prepare, Render
from adapters.delivery.platforms import Later
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox, Taken
from adapters.storage.outbox import Outbox
from adapters.storage.queues import inbox as inbox_table
from adapters.storage.queues import outbox as outbox_table
from adapters.storage.sql import SqlStore
from bot.acts import Claim
from bot.messages import Message
from bot.people import Person, Standing
from bot.ports import Turn, Work
from bot.replies import Mail, Reply, Told
from bot.tickets import Dossier, Ticket, What
from knowledge.clauses import Party

_SECRET = "May the choir share Rowan's pictures?"


def told(message: Message, _work: Work) -> list[Reply]:
    return [Told(message.conversation, f"You said: {message.text}")]


def sorry(message: Message, _work: Work, reference: str) -> list[Reply]:
    return [Told(message.conversation, f"Something broke: {reference}")]


def rendered(reply: Reply, _origin: str, _further: bool) -> dict[str, Any] | None:
    assert isinstance(reply, Told | Mail)
    return {"text": reply.text}


@dataclass(frozen=True)
class Desk:
    """A store with its two queues."""

    database: Database
    store: SqlStore
    inbox: Inbox
    outbox: Outbox

    def handling(
        self,
        answer: Answer = told,
        failed: Callable[..., list[Reply]] = sorry,
        render: Render = rendered,
        off: Sequence[str] = (),
        prepare: Prepare = lambda message: message,
    ) -> Handling:
        renders = {"t": render, "email": render}
        return Handling(self.store, self.inbox, self.outbox, answer, failed, renders, off, prepare)

    def take(self, text: str = "May I?", event: str = "e") -> Taken:
        self.inbox.accept(event, Message("t:1", text, "larks", person=Person("t:u1", "Kit")))
        return self.inbox.claim("w", 1)[0]

    def queued(self) -> list[str]:
        """The texts that wait to be sent."""
        return [row.payload["text"] for row in self.outbox.claim("s", {"t": 0.0, "email": 0.0}, 10)]

    def sent_and_queued(self) -> list[str]:
        """The same, once what was taken before has been sent."""
        with self.database.transaction() as connection:
            connection.execute(outbox_table.update().where(outbox_table.c.claimed_by.is_not(None)).values(sent=1))
        return self.queued()

    def column(self, name: str, table: sa.Table = inbox_table) -> list[object]:
        with self.database.transaction() as connection:
            return list(connection.scalars(sa.select(table.c[name]).order_by(table.c.id)))


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, SqlStore(database), Inbox(database), Outbox(database))


def ticket(key: str, conversation: str) -> Ticket:
    return Ticket(
        "",
        key,
        "larks",
        Party.MEMBER,
        Person("t:u1", "Kit"),
        True,
        conversation,
        (),
        Dossier("May I?"),
        datetime(2026, 11, 2, tzinfo=UTC),
    )


def test_what_is_said_waits_to_be_sent_and_the_message_is_erased(desk: Desk) -> None:
    desk.handling().handle(desk.take())

    assert desk.queued() == ["You said: May I?"]
    assert desk.inbox.is_handled("e")
    assert desk.column("body") == [None]


def test_what_the_bot_keeps_and_says_is_one_with_the_message_being_handled(desk: Desk) -> None:
    def opens_a_ticket(message: Message, work: Work) -> list[Reply]:
        opened, _ = work.tickets.open(ticket("exchange:1", message.conversation))
        work.conversations.put(message.conversation, Turn("larks", Party.MEMBER))
        return [
            Told(message.conversation, "It was taken up.", ticket=opened.id, about=What.CLAIMED),
            Mail("email:larks:", "A query waits", "It waits.", opened.id),
        ]

    desk.handling(opens_a_ticket).handle(desk.take())

    with desk.store.work() as work:
        opened = work.tickets.of_key("exchange:1")
        assert opened is not None
        deliveries = work.tickets.deliveries(opened.id)
        assert [(one.conversation, one.about) for one in deliveries] == [("t:1", "claimed"), ("email:larks:", "notice")]
        assert work.conversations.last("t:1", "") == Turn("larks", Party.MEMBER)
    assert desk.column("key", outbox_table) == ["e:0", "e:1"]


def test_a_fault_in_the_bot_keeps_nothing_and_says_so_with_a_reference(desk: Desk) -> None:
    def breaks(message: Message, work: Work) -> list[Reply]:
        work.tickets.open(ticket("exchange:1", message.conversation))
        raise RuntimeError(message.text)

    with capture_logs() as logs:
        desk.handling(breaks).handle(desk.take(_SECRET))

    (said,) = desk.queued()
    (failed,) = [log for log in logs if log["event"] == "message failed"]
    assert said == f"Something broke: {failed['reference']}"
    assert failed["fault"] == "RuntimeError"
    assert _SECRET not in str(logs)
    assert desk.inbox.is_handled("e")
    assert desk.column("fault") == ["RuntimeError"]
    with desk.store.work() as work:
        assert work.tickets.of_key("exchange:1") is None


def test_where_even_the_apology_breaks_the_message_is_not_tried_for_ever(desk: Desk) -> None:
    def breaks(*_given: object) -> list[Reply]:
        raise RuntimeError(_SECRET)

    with capture_logs() as logs:
        desk.handling(breaks, breaks).handle(desk.take(_SECRET))

    (said,) = desk.queued()
    (log,) = [log for log in logs if log["event"] == "said plainly"]
    assert log["reference"] in said
    assert said.startswith("Something went wrong here")
    assert desk.inbox.is_handled("e")
    assert desk.column("body") == [None]
    assert _SECRET not in str(logs)


def test_where_nothing_can_be_drawn_a_plain_sentence_with_a_reference_is_said(desk: Desk) -> None:
    def breaks(_reply: Reply, _origin: str, _further: bool) -> dict[str, Any] | None:
        raise RuntimeError(_SECRET)

    desk.handling(render=breaks).handle(desk.take(_SECRET))

    (row,) = desk.outbox.claim("s", {"t": 0.0}, 10)
    assert row.payload.keys() == {"conversation", "text"}
    assert row.payload["conversation"] == "t:1"
    assert row.payload["text"].startswith("Something went wrong here")
    assert _SECRET not in row.payload["text"]


def test_a_fault_in_drawing_a_reply_is_a_fault_like_any_other(desk: Desk) -> None:
    handling = desk.handling(lambda message, _work: [Claim("1", 1)])  # type: ignore[list-item]
    handling.handle(desk.take())

    (said,) = desk.queued()
    assert said.startswith("Something broke")


def test_a_fault_of_the_database_gives_the_message_back(desk: Desk) -> None:
    def meets_a_fault(_message: Message, work: Work) -> list[Reply]:
        work.first("once")
        raise sa.exc.OperationalError(_SECRET, {}, RuntimeError(_SECRET))

    with capture_logs() as logs:
        desk.handling(meets_a_fault).handle(desk.take(_SECRET))

    assert not desk.inbox.is_handled("e")
    assert desk.queued() == []
    assert desk.column("claimed_by") == [None]
    assert desk.column("fault") == ["OperationalError"]
    assert _SECRET not in str(logs)
    with desk.store.work() as work:
        assert work.first("once")


def test_however_often_the_database_fails_a_message_is_not_given_up(desk: Desk) -> None:
    def meets_a_fault(_message: Message, _work: Work) -> list[Reply]:
        raise sa.exc.OperationalError("", {}, RuntimeError())

    taken = desk.take()
    for _ in range(20):
        desk.handling(meets_a_fault).handle(taken)
        with desk.database.transaction() as connection:
            connection.execute(inbox_table.update().values(due=0))
        (taken,) = desk.inbox.claim("w", 1)
    desk.handling().handle(taken)

    assert taken.attempts == 1
    assert desk.queued() == ["You said: May I?"]


def test_a_fault_of_the_database_that_cannot_even_be_written_down_is_not_counted(database: Database) -> None:
    class Away(Inbox):
        def put_off(self, taken: Taken, seconds: float, fault: str) -> None:
            raise sa.exc.OperationalError("", {}, RuntimeError())

    def meets_a_fault(_message: Message, _work: Work) -> list[Reply]:
        raise sa.exc.OperationalError("", {}, RuntimeError())

    away = Desk(database, SqlStore(database), Away(database, lease=-1), Outbox(database))
    answers = [meets_a_fault] * 20
    handling = away.handling(lambda message, work: (answers.pop() if answers else told)(message, work))
    taken = away.take()
    while answers:
        with pytest.raises(sa.exc.OperationalError):
            handling.handle(taken)
        (taken,) = away.inbox.claim("w", 1)
    handling.handle(taken)

    assert away.queued() == ["You said: May I?"]


@pytest.mark.parametrize(("age", "rest"), [(0, 1), (1, 1), (20, 10), (100, 50), (90_000, 60)])
def test_a_message_waits_longer_between_attempts_the_longer_it_has_waited(desk: Desk, age: int, rest: int) -> None:
    def meets_a_fault(_message: Message, _work: Work) -> list[Reply]:
        raise sa.exc.OperationalError("", {}, RuntimeError())

    desk.inbox.accept("e", Message("t:1", "May I?"))
    with desk.database.transaction() as connection:
        connection.execute(inbox_table.update().values(arrived=inbox_table.c.arrived - age))
    desk.handling(meets_a_fault).handle(desk.inbox.claim("w", 1)[0])

    with desk.database.transaction() as connection:
        due = connection.execute(sa.select(inbox_table.c.due - desk.database.now)).scalar_one()
    assert rest - 0.5 < due < rest + 3


def test_a_message_that_ends_the_process_each_time_is_apologised_for_in_the_end(database: Database) -> None:
    desk = Desk(database, SqlStore(database), Inbox(database, lease=-1), Outbox(database))
    desk.take()
    for _ in range(7):
        desk.inbox.claim("dies", 1)
    desk.handling().handle(desk.inbox.claim("w", 1)[0])

    (said,) = desk.queued()
    assert said.startswith("Something broke")


def test_what_cannot_be_read_is_apologised_for(desk: Desk) -> None:
    taken = desk.take()
    unreadable = Taken(taken.id, taken.event, taken.conversation, '{"act": {"act": "Fly"}}', "w", taken.attempts)
    desk.handling().handle(unreadable)

    (said,) = desk.queued()
    assert said.startswith("Something broke")


def test_whoever_lost_the_claim_keeps_and_says_nothing(database: Database) -> None:
    desk = Desk(database, SqlStore(database), Inbox(database, lease=-1), Outbox(database))
    first = desk.take()
    (second,) = desk.inbox.claim("another", 1)
    handling = desk.handling()
    handling.handle(second)
    handling.handle(first)

    assert desk.queued() == ["You said: May I?"]
    assert desk.column("key", outbox_table) == ["e:0"]


def test_a_reply_to_a_platform_that_is_none_here_is_kept_as_failed_with_what_to_do(desk: Desk) -> None:
    def says_two(message: Message, _work: Work) -> list[Reply]:
        return [Told("pigeon:loft", "Coo.", ticket="7"), Told(message.conversation, "Yes.")]

    with capture_logs() as logs:
        desk.handling(says_two).handle(desk.take())

    assert desk.queued() == ["Yes."]
    assert [log["platform"] for log in logs if log["event"] == "no such platform"] == ["pigeon"]
    (row,) = desk.outbox.undelivered()
    assert (row.conversation, row.ticket) == ("pigeon:loft", "7")
    assert row.fault == (
        "nothing here reaches this platform; in office.toml, set the desk to a conversation of email, t"
    )
    assert desk.outbox.requeue(row.id)
    (again,) = desk.outbox.claim("s", {"pigeon": 0.0}, 1)
    assert again.payload == {"conversation": "pigeon:loft", "text": "Coo."}


def test_nothing_is_queued_for_a_platform_that_is_switched_off(desk: Desk) -> None:
    def says_two(message: Message, _work: Work) -> list[Reply]:
        return [Mail("email:larks:", "A query waits", "It waits."), Told(message.conversation, "Yes.")]

    desk.handling(says_two, off=["email"]).handle(desk.take())

    assert desk.queued() == ["Yes."]
    assert desk.column("platform", outbox_table) == ["t"]


def test_what_takes_long_is_prepared_while_others_can_write(desk: Desk) -> None:
    def prepare(message: Message) -> Message:
        with desk.store.work() as work:
            assert work.first(message.text)
        return message

    desk.handling(prepare=prepare).handle(desk.take())

    assert desk.queued() == ["You said: May I?"]


def test_what_is_known_of_whoever_wrote_is_handed_on(desk: Desk) -> None:
    def said_by(message: Message, _work: Work) -> list[Reply]:
        return [Told(message.conversation, f"{message.person.name} is a {message.standing}")]

    def introduced(message: Message) -> Message:
        return replace(message, person=Person(message.person.account, "Robin"), standing=Standing.GUEST)

    desk.handling(said_by, prepare=introduced).handle(desk.take())

    assert desk.queued() == ["Robin is a guest"]


@pytest.mark.parametrize(("after", "rest"), [(20.0, 20.0), (None, 1.0)])
def test_a_message_whose_writer_cannot_be_known_now_is_taken_again_and_that_is_no_attempt(
    desk: Desk, after: float | None, rest: float
) -> None:
    waits = [Later(after, "ratelimited", in_doubt=False)]

    def introduced(message: Message) -> Message:
        if waits:
            raise waits.pop()
        return message

    handling = desk.handling(prepare=introduced)
    handling.handle(desk.take())

    assert desk.queued() == []
    assert desk.column("attempts") == [0]
    with desk.database.transaction() as connection:
        due = connection.execute(sa.select(inbox_table.c.due - desk.database.now)).scalar_one()
        connection.execute(inbox_table.update().values(due=0))
    assert rest - 0.5 < due <= rest
    handling.handle(desk.inbox.claim("w", 1)[0])
    assert desk.queued() == ["You said: May I?"]


def test_what_is_said_where_a_message_came_from_knows_its_origin_and_the_first_that_it_answers_in_place(
    desk: Desk,
) -> None:
    def says_four(message: Message, _work: Work) -> list[Reply]:
        here = message.conversation
        return [Told("t:2", "elsewhere"), Told(here, "nothing"), Told(here, "first"), Told(here, "second")]

    def shown(reply: Reply, origin: str, further: bool) -> dict[str, Any] | None:
        assert isinstance(reply, Told)
        shown = f"{reply.text} {origin}{', further' if further else ''}"
        return None if reply.text == "nothing" else {"text": shown.strip()}

    desk.inbox.accept("e", Message("t:1", "May I?", origin="at 17.3"))
    handling = desk.handling(says_four, render=shown)
    handling.handle(desk.inbox.claim("w", 1)[0])

    assert [desk.queued(), *(desk.sent_and_queued() for _ in range(2))] == [
        ["elsewhere", "first at 17.3"],
        ["second at 17.3, further"],
        [],
    ]


def test_what_nobody_wrote_in_about_is_one_work_too(desk: Desk) -> None:
    def reminds(work: Work) -> list[Reply]:
        return [Told("t:1", "Q1 waits.")] if work.first("remind:1") else []

    handling = desk.handling()
    assert handling.carry_out("remind", reminds) == 1
    assert handling.carry_out("remind", reminds) == 0
    assert desk.queued() == ["Q1 waits."]


def test_what_nobody_wrote_in_about_keeps_nothing_where_it_breaks(desk: Desk) -> None:
    def breaks(work: Work) -> list[Reply]:
        work.first("remind:1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.handling().carry_out("remind", breaks)
    with desk.store.work() as work:
        assert work.first("remind:1")
