"""The command `verse gaps`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.console.inbound import BadInput
from adapters.gaps import gaps
from adapters.opening import open_database
from adapters.settings import Settings, from_environment
from adapters.storage.sql import SqlStore
from bot.acts import ShowGaps, ShowTicket, TakeUp
from bot.exchanges import Exchange
from bot.gaps_desk import GapsDesk
from bot.messages import Message
from bot.office import Offices
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.replies import Card, Listed
from knowledge.answers import Reason
from knowledge.clauses import Party
from knowledge.library import Library
from tests.conftest import KEPT

SAM, KIM, ROBIN = Person("slack:U1", "Sam Ridley"), Person("slack:U2", "Kim Dale"), Person("slack:S1", "Robin Wetherby")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, lexical_library: Library, tmp_path: Path) -> Iterator[SqlStore]:
    """A database of its own, beside an index by words alone."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(KEPT / "lexical"))
    monkeypatch.setenv("EMBEDDINGS", "none")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'verse.db'}")
    monkeypatch.chdir(tmp_path)
    database = open_database(from_environment())
    yield SqlStore(database)
    database.close()


def asked(
    store: SqlStore, text: str, society: str = "ipem", who: Person = SAM, ending: str = Reason.OUT_OF_SCOPE
) -> str:
    at = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    with store.work() as work:
        exchange = Exchange("", "slack:D1:", who, society, Party.MEMBER, at, text, "I find nothing.", ending)
        return work.exchanges.add(exchange).id


def told(capsys: pytest.CaptureFixture[str], society: str | None = None, as_json: bool = False) -> str:
    gaps(society, as_json)
    return capsys.readouterr().out


def test_each_kind_is_printed_with_what_is_known_of_it(store: SqlStore, capsys: pytest.CaptureFixture[str]) -> None:
    asked(store, "Who pays for the biscuits of Sam Ridley?")
    asked(store, "Who pays for the biscuits of Sam Ridley?", who=KIM)

    printed = told(capsys, "ipem")

    assert printed.startswith("What the policy leaves open: 2 questions of one kind for ")
    assert "\nWho pays for the biscuits of [name]?\n  Asked twice, by 2 people, last " in printed
    assert "\n  How it ended: nothing was found (2)\n  Nearest clause: " in printed


def test_without_a_society_all_that_are_held_are_listed(store: SqlStore, capsys: pytest.CaptureFixture[str]) -> None:
    asked(store, "Who pays for the biscuits?", "icis")

    printed = told(capsys)

    assert "ipem: Nobody has asked anything" in printed
    assert "Who pays for the biscuits?" in printed


def test_json_has_the_shape_that_others_rely_on(store: SqlStore, capsys: pytest.CaptureFixture[str]) -> None:
    asked(store, "Who pays for the biscuits?", "icis", ending=Reason.VAGUE)

    [gap] = json.loads(told(capsys, as_json=True))["gaps"]

    nearest = gap.pop("nearest")
    assert nearest["clause"].startswith("icis/")
    assert nearest["section"]
    assert gap == {
        "society": "icis",
        "question": "Who pays for the biscuits?",
        "count": 1,
        "askers": 1,
        "endings": {"vague": 1},
        "latest": "2026-11-21T10:00:00+00:00",
        "queries": [],
    }


def test_nothing_open_is_said(store: SqlStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, as_json=True)) == {"gaps": []}
    assert told(capsys, "ipem").startswith("ipem: Nobody has asked anything")


def test_what_was_asked_cannot_steer_the_terminal(store: SqlStore, capsys: pytest.CaptureFixture[str]) -> None:
    asked(store, "Who pays\x1b[31m for\r the\n\n  biscuits?")

    assert "\x1b" not in told(capsys, "ipem")


def test_a_society_that_is_not_held_is_turned_away(store: SqlStore) -> None:
    with pytest.raises(BadInput, match="no policy of 'kites' is held"):
        gaps("kites")


def test_a_query_that_staff_make_of_one_is_kept_without_its_asker(
    store: SqlStore, sample_library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange = asked(store, "Who pays for the biscuits?", "larks")
    with store.work() as work:
        work.staff.add(StaffMember(ROBIN, "larks"))
    precedents = Precedents(sample_library)

    with store.work() as work:
        desk = GapsDesk(sample_library, Offices({}), precedents, work)
        [card] = desk.act(Message("slack:C1:", "", person=ROBIN, act=TakeUp(exchange)))
    with store.work() as work:
        desk = GapsDesk(sample_library, Offices({}), precedents, work)
        [listed] = desk.act(Message("slack:C1:", "", person=ROBIN, act=ShowGaps()))
        [ticket] = work.tickets.waiting()

    assert isinstance(card, Card)
    assert isinstance(listed, Listed)
    assert (ticket.asker, ticket.conversation) == (NOBODY, "")
    assert [button.act for button in listed.entries[0].buttons] == [ShowTicket(ticket.id)]
