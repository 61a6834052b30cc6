"""What `verse serve` and `verse chat` have in common beside the way of a message."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from adapters.settings import Settings
from adapters.storage.database import Database
from adapters.storage.sql import SqlStore
from adapters.stored import RENDERS, encode_gaps, stored, switched_off
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Reply
from knowledge.library import Library
from tests.adapters.slack.room import Setting, parts_of
from tests.adapters.storage.conftest import CLERK, exchange
from tests.conftest import without_flows


class Counting(Precedents):
    """Counts how often it was asked whether a question is ruled on."""

    asked = 0

    def covers(self, *given: object) -> bool:
        self.asked += 1
        return super().covers(*given)  # type: ignore[arg-type]


def test_notices_by_mail_are_not_queued_while_e_mail_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert switched_off(Settings()) == ("email",)
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:25")
    assert switched_off(Settings()) == ()


@pytest.mark.parametrize(
    ("wanted", "account", "looked_at"), [("", CLERK.account, 1), ("wrens", CLERK.account, 0), ("", "x:y", 0)]
)
def test_what_staff_are_about_to_list_is_looked_through_while_others_write(
    database: Database, sample_library: Library, wanted: str, account: str, looked_at: int
) -> None:
    store, precedents = SqlStore(database), Counting(sample_library)
    with store.work() as work:
        work.staff.add(StaffMember(CLERK, "larks"))
        work.exchanges.add(replace(exchange("May we sing in the rain?"), ending="gap"))

    def look() -> None:
        encode_gaps(store, sample_library, Offices({"larks": Office("larks", "x")}), precedents, wanted, account)

    with ThreadPoolExecutor(1) as pool, store.work():
        pool.submit(look).result(timeout=10)

    assert precedents.asked == looked_at


def test_a_message_is_handled_with_what_its_platform_knows_of_who_wrote_it(
    database: Database, sample_library: Library
) -> None:
    seen: list[Message] = []

    def answer(message: Message, work: Work) -> list[Reply]:
        seen.append(message)
        return []

    def introduced(message: Message) -> Message:
        return replace(message, person=Person(message.person.account, "Ann Example"))

    setting = Setting(sample_library, without_flows(sample_library), "larks", Office("larks", "x"), {})
    bot = stored(parts_of(setting), database, answer, introduced=introduced)
    bot.inbox.accept("e1", Message("slack:D1:17.1", "May we sing?", "larks", person=Person("slack:U1")))
    (taken,) = bot.inbox.claim("w", 1)
    bot.handling.handle(taken)

    assert [message.person for message in seen] == [Person("slack:U1", "Ann Example")]
    assert bot.inbox.is_handled("e1")


def test_what_is_said_on_a_platform_that_another_process_serves_is_queued() -> None:
    assert set(RENDERS) == {"console", "email", "slack", "teams"}
    assert not {"slack", "teams"} & set(switched_off(Settings(slack_bot_token=None, microsoft_app_id=None)))
