"""The commands `verse forget` and `verse export`, and that nothing is left of somebody anywhere, whatever they did."""

import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from adapters import command
from adapters.console.payload import terminal_payload
from adapters.delivery.handling import Handling
from adapters.email.render import mail_payload
from adapters.settings import Settings
from adapters.storage.backup import sweep
from adapters.storage.database import Database, schema
from adapters.storage.exporting import export
from adapters.storage.forgetting import forget, forgotten, hash_of
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.recorded import recorded
from adapters.storage.sql import SqlStore
from bot import acts
from bot.exchanges import Exchange
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.tickets import Ticket
from knowledge.clauses import Party
from knowledge.library import Library
from knowledge.questions import Account
from tests.conftest import assistant_of

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECRET = "heronsecret"
ANN, BEN = Person("chat:U7", "Annheron Asker"), Person("chat:U8", "Ben Other")
ALEX = Person("console:alex", "Alex")
WHERE = {ANN: "chat:D7:1", BEN: "chat:D8:1", ALEX: "console:alex:1"}
OFFICE = Office("larks", "the choir office", "chat:desk:", {"": "desk@choir.example"}, question_in_mail=True)
QUESTIONS = (
    "May we share the {} of last season with our friends?",
    "Who keeps the {} in the cellar on rainy days?",
    "Please check this draft: {} sings at dawn, come along!",
    "{}",
)


class Desk:
    """The bot on a database, with two people who ask and one who answers. Whatever Ann writes holds the secret."""

    def __init__(self, database: Database, library: Library) -> None:
        self.inbox, self.outbox, self.store = Inbox(database), Outbox(database), SqlStore(database, lambda: NOON)
        assistant = assistant_of(library, offices=Offices({"larks": OFFICE})).assistant
        renders = {"console": terminal_payload, "chat": terminal_payload, "email": mail_payload}
        self._handling = Handling(self.store, self.inbox, self.outbox, assistant.handle, assistant.failed, renders)
        self._events = 0
        with self.store.work() as work:
            work.staff.add(StaffMember(ALEX, "larks", "Librarian"))

    def comes(self, who: Person, text: str = "", act: acts.Act | None = None) -> None:
        """A message comes in."""
        self._events += 1
        self.inbox.accept(f"e{self._events}", Message(WHERE[who], text, "larks", person=who, act=act))

    def does(self, who: Person, text: str = "", act: acts.Act | None = None) -> None:
        """A message comes in and is handled."""
        self.comes(who, text, act)
        for taken in self.inbox.claim("w", 10):
            self._handling.handle(taken)

    def sends(self, chance: random.Random) -> None:
        """What waits is sent or given up, and some of it goes on waiting."""
        for row in self.outbox.claim("s", {"console": 0, "chat": 0, "email": 0}, 3):
            if chance.random() < 0.5:
                self.outbox.failed(row, "nobody there")
            elif chance.random() < 0.7:
                self.outbox.sent(row, "r1")

    def exchange(self, who: Person) -> str:
        """The last exchange of somebody."""
        with self.store.work() as work:
            turn = work.conversations.last(WHERE[who], who.account)
            return turn.exchange if turn else ""

    def ticket(self, who: Person, chance: random.Random) -> Ticket | None:
        """One of somebody's tickets."""
        with self.store.work() as work:
            found = work.tickets.of_asker(who.account, 9)
        return chance.choice(found) if found else None


def anns(desk: Desk, chance: random.Random) -> list[tuple[str, acts.Act | None]]:
    """What Ann may do now."""
    exchange, ticket = desk.exchange(ANN), desk.ticket(ANN, chance)
    now: list[tuple[str, acts.Act | None]] = [(question.format(SECRET), None) for question in QUESTIONS]
    now += [
        ("I am a trainee", None),
        ("", acts.Greet()),
        ("", acts.ShowHome()),
        ("", acts.CheckDraft(f"The {SECRET} sings at dawn.", Account.AFFILIATED)),
    ]
    if exchange:
        now += [
            ("", acts.Escalate(exchange)),
            ("", acts.Send(exchange, True, (), f"The {SECRET} is urgent")),
            ("", acts.Send(exchange, False)),
            ("", acts.Rate(exchange, False, f"It forgets the {SECRET}")),
        ]
    if ticket:
        now += [
            ("", acts.AddToQuery(ticket.id, f"I mean the {SECRET} of ours")),
            ("", acts.Withdraw(ticket.id)),
            ("", acts.ReopenQuery(ticket.id, f"What about the {SECRET}?")),
            ("", acts.GiveName(ticket.id)),
            ("", acts.ShowMyQueries()),
        ]
    return now


def staffs(desk: Desk, chance: random.Random) -> list[acts.Act]:
    """What staff may do now, in whose words Ann's may stand."""
    now: list[acts.Act] = [acts.ShowQueue(), acts.ShowGaps(), acts.ShowWrong()]
    if exchange := desk.exchange(ANN):
        now += [acts.TakeUp(exchange)] * 2
    if ticket := desk.ticket(ANN, chance):
        now += [
            acts.ShowTicket(ticket.id),
            acts.Claim(ticket.id, ticket.version),
            acts.AskBack(ticket.id, ticket.version, f"Which {SECRET} do you mean?"),
            acts.AnswerQuery(ticket.id, ticket.version, "It may be shared."),  # by all who asked
            acts.Close(ticket.id, ticket.version, f"The {SECRET} is gone."),
            acts.ReopenTicket(ticket.id, ticket.version),
        ]
        if other := desk.ticket(BEN, chance):
            now += [
                acts.Join(ticket.id, ticket.version, (other.id,), confirmed=chance.random() < 0.7),
                acts.Join(other.id, other.version, (ticket.id,), confirmed=chance.random() < 0.7),
                acts.ShowTicket(other.id),
            ]
    return now


def live(desk: Desk, chance: random.Random, steps: int) -> None:
    """Some time at the desk."""
    desk.does(ANN, QUESTIONS[1].format(SECRET))
    desk.does(ANN, "", acts.Send(desk.exchange(ANN), True))
    desk.does(BEN, "Who keeps the robes in the cellar on rainy days?")
    desk.does(BEN, "", acts.Send(desk.exchange(BEN), True))
    for _ in range(steps):
        if chance.random() < 0.55:
            desk.does(ANN, *chance.choice(anns(desk, chance)))
        else:
            desk.does(ALEX, "", chance.choice(staffs(desk, chance)))
        if chance.random() < 0.5:
            desk.sends(chance)
    desk.comes(ANN, f"And the {SECRET}?")


def everything(database: Database) -> str:
    """All that stands in any table, by what the database itself says that it has."""
    held = sa.MetaData()
    with database.transaction() as connection:
        held.reflect(connection)
        assert set(schema.tables) <= set(held.tables)
        return "\n".join(
            str(tuple(row)) for table in held.tables.values() for row in connection.execute(sa.select(table))
        )


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_left_of_somebody_whatever_they_and_staff_did(
    database: Database, sample_library: Library, seed: int
) -> None:
    desk = Desk(database, sample_library)
    with capture_logs() as logged:
        desk.does(ANN, QUESTIONS[3].format(SECRET))
        desk.does(ALEX, "", acts.TakeUp(desk.exchange(ANN)))  # by which it is nobody's query
        live(desk, random.Random(seed), 25)
    assert everything(database).count(SECRET) > 5

    assert forget(database, ANN.account, NOON).known

    left = everything(database)
    for word in (SECRET, ANN.account + "'", ANN.name, WHERE[ANN]):
        assert word not in left
        assert word not in str(logged) or word == WHERE[ANN]  # which is an id
    if database.is_sqlite:
        assert sweep(database)
        in_file = b"".join(file.read_bytes() for file in Path(database.engine.url.database or "").parent.glob("*.db*"))
        assert b"SQLite" in in_file
        assert SECRET.encode() not in in_file


def test_what_others_asked_and_was_joined_to_a_forgotten_query_waits_by_itself_again(
    database: Database, sample_library: Library
) -> None:
    desk, chance = Desk(database, sample_library), random.Random(1)
    live(desk, chance, 0)
    lead, other = desk.ticket(ANN, chance), desk.ticket(BEN, chance)
    assert lead is not None
    assert other is not None
    desk.does(ALEX, "", acts.Join(lead.id, lead.version, (other.id,), confirmed=True))

    forget(database, ANN.account, NOON)

    with desk.store.work() as work:
        freed = work.tickets.get(other.id)
        assert freed is not None
        assert (freed.joined_to, freed.waits, freed.dossier) == ("", True, other.dossier)


@pytest.mark.parametrize("seed", range(2))
def test_an_export_has_everything_of_somebody_and_nothing_of_others(
    database: Database, sample_library: Library, seed: int
) -> None:
    desk = Desk(database, sample_library)
    live(desk, random.Random(seed), 15)
    with desk.store.work() as work:  # Ben asks where Ann does as well
        work.exchanges.add(Exchange("", WHERE[ANN], BEN, "larks", Party.MEMBER, NOON, "robes", "", "yes"))

    exported = json.dumps(export(database, ANN.account, NOON))

    assert exported.count(SECRET) > 5
    for word in ("robes", BEN.account + '"', BEN.name, ALEX.account, ALEX.name):
        assert word not in exported


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("left", [False, True])
def test_an_export_of_staff_has_nothing_of_those_who_asked(
    database: Database, sample_library: Library, seed: int, left: bool
) -> None:
    """Nor once they have left the list of staff, while what they were shown is still to be sent."""
    desk, chance = Desk(database, sample_library), random.Random(seed)
    desk.does(ALEX, "Who keeps the robes?")
    live(desk, chance, 15)
    bens = desk.ticket(BEN, chance)
    assert bens is not None
    for act in (acts.ShowQueue(), acts.ShowGaps(), acts.ShowWrong(), acts.ShowTicket(bens.id)):
        desk.does(ALEX, "", act)
    if left:
        with desk.store.work() as work:
            work.staff.remove("larks", ALEX.account)

    exported = export(database, ALEX.account, NOON)

    assert exported["queued"] == []
    assert [one["asked"] for one in exported["exchanges"]] == ["Who keeps the robes?"]
    for word in ("rainy", "of last season", "is urgent", ANN.account, ANN.name, BEN.account, BEN.name):
        assert word not in json.dumps(exported)


def test_an_export_of_staff_has_what_is_said_to_them_of_their_own_queries(
    database: Database, sample_library: Library
) -> None:
    desk = Desk(database, sample_library)
    desk.does(ALEX, "Who keeps the robes in the cellar?")
    desk.does(ALEX, "", acts.Send(desk.exchange(ALEX), True))

    queued = json.dumps(export(database, ALEX.account, NOON)["queued"])

    assert "Q1" in queued


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data folder of the commands."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def verse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the command, and gives what it prints, or says is wrong."""

    def run(*words: str, status: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["verse", *words])
        with pytest.raises(SystemExit) as ended:
            command.main()
        told = capsys.readouterr()
        assert (ended.value.code or 0) == status, told
        return told.err if status else told.out

    return run


@pytest.fixture
def kept(data: Path, sqlite_template: Path, sample_library: Library) -> Iterator[Desk]:
    """A desk in the data folder, at which somebody has asked."""
    data.mkdir()
    (data / "verse.db").write_bytes(sqlite_template.read_bytes())
    with closing(Database(f"sqlite:///{data / 'verse.db'}")) as database:
        desk = Desk(database, sample_library)
        live(desk, random.Random(1), 0)
        yield desk


def test_forgetting_tells_what_was_erased_and_is_noted_beside_the_database(
    kept: Desk, data: Path, verse: Callable[..., str]
) -> None:
    told = verse("forget", ANN.account)

    assert told.startswith("chat:U7 is forgotten: 1 message, 1 query, ")
    assert "Closed because it still waited: Q1." in told
    assert list(recorded(data)) == [hash_of(ANN.account)]
    assert SECRET.encode() not in b"".join(file.read_bytes() for file in data.iterdir())
    assert (data / "forgotten").stat().st_mode & 0o777 == 0o600


def test_somebody_who_is_not_known_is_noted_all_the_same(data: Path, verse: Callable[..., str]) -> None:
    assert verse("forget", "slack:U9").startswith("Nothing was kept of slack:U9. It is noted")

    assert list(recorded(data)) == [hash_of("slack:U9")]
    with closing(Database(f"sqlite:///{data / 'verse.db'}")) as database:
        assert forgotten(database) == recorded(data)


def test_older_copies_that_still_hold_it_are_named(kept: Desk, data: Path, verse: Callable[..., str]) -> None:
    (data / "verse.db.before-1").write_bytes(b"")

    assert f"{data / 'verse.db.before-1'} is an older copy" in verse("forget", ANN.account)
    assert "verse.db-wal" not in verse("forget", ANN.account)


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "left"), [("n", True), ("y", False)])
def test_at_a_terminal_it_is_asked_whether_that_is_meant(
    kept: Desk, data: Path, verse: Callable[..., str], monkeypatch: pytest.MonkeyPatch, answer: str, left: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))

    told = verse("forget", ANN.account, status=2 if left else 0)

    assert ("nothing was erased" in told) is left
    assert (kept.ticket(ANN, random.Random(0)) is not None) is left
    assert (data / "forgotten").exists() is not left


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("forget", "ann"), "'ann' is no account; write platform:id"),
        (("export", "slack:U 1"), "is no account"),
        (("forget",), "name one account, platform:id, or give --again"),
        (("forget", "slack:U1", "--again"), "name one account, platform:id, or give --again"),
    ],
)
def test_what_is_no_account_is_refused(
    data: Path, verse: Callable[..., str], words: tuple[str, ...], told: str
) -> None:
    assert told in verse(*words, status=2)


def test_forgetting_again_applies_what_is_noted(kept: Desk, data: Path, verse: Callable[..., str]) -> None:
    (data / "forgotten").write_text(f"# a note\n{hash_of(ANN.account)} 2026-11-21T12:00:00+00:00\nabc\n")

    assert verse("forget", "--again") == "1 person was forgotten again.\n"
    assert verse("forget", "--again") == "0 people were forgotten again.\n"
    assert kept.ticket(ANN, random.Random(0)) is None


def test_an_export_is_json_on_standard_output_or_in_a_file_of_ones_own(
    kept: Desk, data: Path, verse: Callable[..., str], tmp_path: Path
) -> None:
    printed: dict[str, Any] = json.loads(verse("export", ANN.account))
    file = tmp_path / "ann.json"
    verse("export", ANN.account, "--out", str(file))

    assert json.loads(file.read_text(encoding="utf-8")) == printed
    assert printed["name"] == ANN.name
    assert file.stat().st_mode & 0o777 == 0o600
    assert "is there already" in verse("export", ANN.account, "--out", str(file), status=2)


def test_of_somebody_who_is_not_known_the_export_is_empty(data: Path, verse: Callable[..., str]) -> None:
    assert verse("export", "slack:U9") == "{}\n"
