"""Nothing is left of somebody who asked in Slack, wherever it was, though its places bear who they are for."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from adapters.delivery.handling import Handling
from adapters.slack.origin import Origin
from adapters.slack.places import Place
from adapters.slack.render import slack_payload
from adapters.storage.database import Database, schema
from adapters.storage.exporting import export
from adapters.storage.forgetting import forget
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.storage.threads import Threads
from bot import acts
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from knowledge.library import Library
from tests.conftest import assistant_of

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = "heronsecret"
ANN, ALEX = Person("slack:U7", "Annheron Asker"), Person("slack:UALEX", "Alex")
PLACES = ("slack:D7:17.1", "slack:C1:17.3:U7", "slack:C1:17.4:U7:open", "slack:C1::U7", "slack:U7:V1", "slack:U7:home")
OFFICE = Office("larks", "the choir office", "slack:CDESK", open_conversations=("slack:C1",))


class Desk:
    """The bot on a database, as Slack reaches it."""

    def __init__(self, database: Database, library: Library) -> None:
        self.inbox, self.outbox, self.store = Inbox(database), Outbox(database), SqlStore(database, lambda: NOON)
        assistant = assistant_of(library, offices=Offices({"larks": OFFICE})).assistant
        renders = {"slack": slack_payload}
        self._handling = Handling(self.store, self.inbox, self.outbox, assistant.handle, assistant.failed, renders)
        self._events = 0
        with self.store.work() as work:
            work.staff.add(StaffMember(ALEX, "larks", "Librarian"))

    def does(self, who: Person, where: str, text: str = "", act: acts.Act | None = None) -> None:
        """Somebody writes, whose event bears the channel, or presses a button, whose event bears who did."""
        self._events += 1
        user, place = who.account.partition(":")[2], Place.of(where)
        pressed = f"slack:17.{self._events}:17.9:act.1:{user}"
        event = f"slack:T1:{place.channel}:17.{self._events}" if text and place.channel[0] != "U" else pressed
        origin = Origin(url="https://hooks.slack.com/1", ts="17.1").as_text()
        self.inbox.accept(event, Message(where, text, "larks", person=who, act=act, origin=origin))
        for taken in self.inbox.claim("w", 10):
            self._handling.handle(taken)

    def exchange(self, where: str) -> str:
        with self.store.work() as work:
            turn = work.conversations.last(where, ANN.account)
            return turn.exchange if turn else ""

    def sends(self, most: int) -> None:
        for number, row in enumerate(self.outbox.claim("s", {"slack": 0}, most)):
            self.outbox.sent(row, f"CDESK:{row.id}" if number % 2 else "")


def everything(database: Database) -> str:
    with database.transaction() as connection:
        return "\n".join(
            str(tuple(row)) for table in schema.tables.values() for row in connection.execute(sa.select(table))
        )


@pytest.mark.parametrize("where", PLACES)
def test_nothing_is_left_of_who_asked_there(database: Database, sample_library: Library, where: str) -> None:
    desk, threads = Desk(database, sample_library), Threads(database, NOON.timestamp)
    desk.does(ANN, where, f"Who keeps the {SECRET} in the cellar on rainy days?")
    desk.does(ANN, where, act=acts.Escalate(desk.exchange(where)))
    desk.sends(3)
    desk.does(ANN, where, act=acts.Send(desk.exchange(where), False, (), f"The {SECRET} is urgent"))
    desk.does(ANN, where, act=acts.ShowMyQueries())
    desk.does(ALEX, "slack:CDESK:17.1:UALEX", act=acts.ShowTicket("1"))
    desk.sends(2)
    threads.leave(where.removesuffix(":open").removesuffix(":U7"))
    before = everything(database)
    assert before.count(SECRET) > 4
    assert "U7'" in before
    exported = str(export(database, ANN.account, NOON))
    assert exported.count(SECRET) > 1
    assert ALEX.account not in exported

    assert forget(database, ANN.account, NOON).known

    left = everything(database)
    for word in (SECRET, "U7'", "U7:", "D7", ANN.name, where):
        assert word not in left
