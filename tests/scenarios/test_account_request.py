"""A group asks for an account in Slack, goes on in Teams, and staff approve it: on both kinds of database."""

import re
from datetime import UTC, datetime, timedelta

from adapters.storage.database import Database
from adapters.storage.sql import SqlStore
from bot import wording_of_links, wording_of_requests
from bot.account_requests import RequestState
from bot.acts import Act, ApproveRequest, SendRequest
from bot.enrolments import EnrolmentState
from bot.messages import Message
from bot.people import Person, StaffMember
from bot.replies import Card, Reply
from bot.tickets import State
from knowledge.library import Library
from tests.bot.accounts.hall import ALEX, ANN, ANN_THERE, GIVEN, Hall, button, home, lesson, listing, told
from tests.conftest import assistant_of


class Places:
    """The bot on a database, where people write to it from several platforms, each a minute after the other."""

    def __init__(self, library: Library, database: Database) -> None:
        hall = Hall(library)
        self.now = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
        self.store = SqlStore(database, lambda: self.now)
        self.assistant = assistant_of(library, hall.guides, offices=hall.offices, checklists=hall.checklists).assistant
        with self.store.work() as work:
            work.staff.add(StaffMember(ALEX, "larks", "Choir Secretary"))

    def says(self, text: str, who: Person = ANN) -> list[Reply]:
        return self._handled(Message(home(who), text, "larks", person=who))

    def presses(self, act: Act, who: Person = ANN) -> list[Reply]:
        return self._handled(Message(home(who), "", "larks", person=who, act=act))

    def _handled(self, message: Message) -> list[Reply]:
        self.now += timedelta(minutes=1)
        with self.store.work() as work:
            return self.assistant.handle(message, work)


def test_a_request_begun_in_one_place_and_sent_from_another_becomes_an_account(
    sample_library: Library, database: Database
) -> None:
    there = Places(sample_library, database)
    there.says("request an account")
    for field in ("group", "purpose"):
        there.says(GIVEN[field])
        there.says("yes")

    code = re.search(r"\w{4}-\w{4}", told(there.says("link my accounts")))
    assert code is not None
    linked = there.says(f"code {code[0]}", ANN_THERE)
    assert "your request for an account" in told(linked, home(ANN_THERE))
    assert wording_of_links.NOT_ME in told(linked, home(ANN))

    shown = lesson(there.says("go on with my request", ANN_THERE))
    assert shown.told.opening.startswith("Whom is it to reach?")
    for field in ("audience", "content", "watching", "handle"):
        there.says(GIVEN[field], ANN_THERE)
        there.says("Keep it", ANN_THERE)
    there.says("none", ANN_THERE)
    whole = listing(there.says("yes", ANN_THERE))
    sends = button([whole], wording_of_requests.SEND).act
    assert isinstance(sends, SendRequest)
    first, second = there.presses(sends, ANN_THERE), there.presses(sends, ANN)
    assert "as Q1, with your name" in told(first, home(ANN_THERE))
    assert "another account of yours" in told(second, home(ANN))

    (card,) = (reply for reply in first if isinstance(reply, Card))
    approve = next(one.act for one in card.buttons if one.name == "approve")
    assert approve == ApproveRequest("1", 1, "@larks_evening", "Twitter")
    replies = there.presses(ApproveRequest("1", 1, "@larks_evening", "Twitter"), ALEX)
    there.presses(ApproveRequest("1", 1, "@larks_evening", "Twitter"), ALEX)
    assert "has answered Q1" in told(replies, home(ANN_THERE))

    with there.store.work() as work:
        (entry,) = work.register.of("larks")
        (enrolment,) = work.enrolments.for_entry(entry.id)
        (request,) = work.requests.of([ANN.account])
        ticket = work.tickets.get("1")
    assert (entry.handle, entry.group, entry.purpose) == ("@larks_evening", GIVEN["group"], GIVEN["purpose"])
    assert (enrolment.person.account, enrolment.state) == (ANN_THERE.account, EnrolmentState.INVITED)
    assert (request.state, request.entry) == (RequestState.APPROVED, entry.id)
    assert ticket is not None
    assert ticket.state is State.ANSWERED
