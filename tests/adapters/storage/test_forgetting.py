"""What is kept of one person, and how it is erased, on SQLite and PostgreSQL."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.storage import tables
from adapters.storage.carried import as_text, message_to_json
from adapters.storage.database import Database, schema
from adapters.storage.exporting import export
from adapters.storage.forgetting import Forgotten, forget, forget_again, forgotten, hash_of
from adapters.storage.inbox import Inbox
from adapters.storage.keeping import Retention, expire
from adapters.storage.queues import inbox, outbox, posted
from adapters.storage.sql import SqlStore
from bot.acts import Act, AddStaff
from bot.exchanges import Rating
from bot.keys_of_people import key_of_welcome, keys_of
from bot.messages import Message
from bot.people import NOBODY, StaffMember
from bot.ports import Stage, Turn, Wanted
from bot.ticket_keys import key_of_gap, key_of_query
from bot.tickets import Dossier, State, Ticket, What, moved
from bot.wording import ERASED
from knowledge.clauses import Party
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    answered,
    exchange,
    go,
    kept,
    race,
    ruling,
    ticket,
    with_question,
)

SECRET = "heronsecret"


def everything(database: Database) -> str:
    """All that stands in any table."""
    with database.transaction() as connection:
        return "\n".join(
            str(tuple(row)) for table in schema.tables.values() for row in connection.execute(sa.select(table))
        )


@pytest.fixture
def told(database: Database, sql_store: SqlStore) -> tuple[Ticket, Ticket]:
    """Two tickets of the asker, one of them answered, and much else, all of which holds the secret; and the same of
    another person, which does not."""
    with sql_store.work() as work:
        for person, word in ((ASKER, SECRET), (OTHER, "plain")):
            added = work.exchanges.add(exchange(f"May I say {word}?", person))
            work.conversations.put(
                added.conversation, Turn("larks", Party.MEMBER, f"May I say {word}?", by=person.account)
            )
            work.ratings.put(Rating(added, person, False, f"Because of {word}", NOON))
        work.staff.add(StaffMember(CLERK, "larks", "Librarian"))
        work.rulings.add(ruling())
    done = answered(sql_store, kept(sql_store, with_question(ticket("a"), SECRET)), f"Never say {SECRET}")
    open_one = go(sql_store, kept(sql_store, with_question(ticket("b"), SECRET)), What.ASKED_BACK, f"Why {SECRET}?")
    kept(sql_store, ticket("c", "A plain one", OTHER))
    queue(database, done)
    return done, open_one


def queue(database: Database, done: Ticket) -> None:
    """A message of each that was not handled yet, and replies: to the asker, and about their ticket to the desk."""
    parcel: dict[str, Any] = {"platform": "slack", "created": 1.0, "due": 1.0, "payload": json.dumps({"text": SECRET})}
    with database.transaction() as connection:
        for person, word in ((ASKER, SECRET), (OTHER, "plain")):
            body = as_text(message_to_json(Message("slack:C7:7", word, person=person)))
            connection.execute(
                inbox.insert().values(event=word[:3], conversation="slack:C7:7", body=body, arrived=1.0, due=1.0)
            )
        connection.execute(outbox.insert().values(key="1", conversation=done.conversation, **parcel))
        connection.execute(outbox.insert().values(key="2", conversation="slack:desk:", ticket=int(done.id), **parcel))
        connection.execute(outbox.insert().values(key="3", conversation="slack:D2:1", **parcel | {"payload": "{}"}))


def test_nothing_is_left_of_what_somebody_wrote_nor_of_who_they_are(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    erased = forget(database, ASKER.account, NOON)

    assert (erased.known, erased.exchanges, erased.tickets, erased.closed) == (True, 1, 2, (told[1].id,))
    left = everything(database)
    for word in (SECRET, ASKER.account, ASKER.name, told[0].conversation):
        assert word not in left


def test_a_ticket_stays_without_its_words_and_is_closed(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        done, open_one = (work.tickets.get(one.id) for one in told)
        assert done is not None
        assert open_one is not None
        assert (done.state, open_one.state) == (State.ANSWERED, State.CLOSED)
        assert (done.asker, done.answer, done.conversation) == (NOBODY, ERASED, "")
        assert done.dossier == Dossier(ERASED, (), told[0].dossier.clauses, told[0].dossier.ending)
        moves = work.tickets.history(open_one.id)
        assert [(move.who, move.what, move.text) for move in moves] == [
            (NOBODY, What.SENT, ""),
            (CLERK, What.ASKED_BACK, ERASED),
            (NOBODY, What.CLOSED, ""),
        ]
        assert work.tickets.queue(Wanted("larks", words=SECRET)).total == 0


def test_a_ticket_whose_words_are_erased_can_still_be_moved(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    forget(database, ASKER.account, NOON)
    with sql_store.work() as work:
        done = work.tickets.get(told[0].id)
    assert done is not None
    closed = go(sql_store, done, What.CLOSED)

    with sql_store.work() as work:
        assert work.tickets.get(closed.id) == closed
    with database.transaction() as connection:
        found = sa.select(tables.text.c.body).join(tables.ticket, tables.ticket.c.dossier == tables.text.c.id)
        assert connection.execute(found.where(tables.ticket.c.id == int(closed.id))).scalar() is None


def test_what_others_said_stays(database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]) -> None:
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        (heard,) = work.exchanges.ended("larks", ("depends",), 9)
        assert heard.person == OTHER
        assert work.conversations.last("slack:D2:1", OTHER.account) is not None
        assert [rating.person for rating in work.ratings.wrong("larks", 9)] == [OTHER]
        (theirs,) = work.tickets.of_asker(OTHER.account, 9)
        assert theirs.dossier.question == "A plain one"
    with database.transaction() as connection:
        waiting = connection.execute(sa.select(inbox.c.event).where(inbox.c.handled.is_(None))).scalars().all()
        unsent = connection.execute(sa.select(outbox.c.key).where(outbox.c.failed.is_(None))).scalars().all()
    assert (waiting, unsent) == (["pla"], ["3"])


def test_that_somebody_was_welcomed_or_turned_away_is_forgotten_with_them(
    database: Database, sql_store: SqlStore
) -> None:
    with sql_store.work() as work:
        for key in (*keys_of(ASKER.account), *keys_of(OTHER.account)):
            work.first(key)
    assert ASKER.account not in everything(database)  # of who was only turned away there is nothing else

    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        assert work.asked((*keys_of(ASKER.account), *keys_of(OTHER.account))) == set(keys_of(OTHER.account))


def test_what_another_said_in_the_same_thread_is_remembered(database: Database, sql_store: SqlStore) -> None:
    theirs = Turn("larks", Party.MEMBER, "May I?", by=OTHER.account)
    with sql_store.work() as work:
        work.exchanges.add(exchange("Mine"))
        work.conversations.put("slack:D1:1", Turn("larks", Party.MEMBER, SECRET, by=ASKER.account))
        work.conversations.put("slack:D1:1", theirs)
        work.conversations.put("slack:D1:1", Turn("larks", Party.MEMBER, SECRET))  # of whoever was not known
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        assert work.conversations.last("slack:D1:1", OTHER.account) == theirs
    assert SECRET not in everything(database)


@pytest.mark.parametrize("key_of", [key_of_query, key_of_gap])
def test_what_staff_made_of_a_question_without_its_asker_is_erased_with_them(
    database: Database, sql_store: SqlStore, key_of: Callable[[str], str]
) -> None:
    with sql_store.work() as work:
        added = work.exchanges.add(exchange(SECRET))
    made = with_question(ticket(key_of(added.id), SECRET), SECRET)
    kept(sql_store, replace(made, asker=NOBODY, conversation=""))

    assert forget(database, ASKER.account, NOON).tickets == 1
    assert SECRET not in everything(database)


def test_where_others_ask_as_well_what_is_to_be_said_to_them_stays(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    shared = told[0].conversation
    with sql_store.work() as work:
        work.exchanges.add(replace(exchange("Me too?", OTHER), conversation=shared))
    forget(database, ASKER.account, NOON)

    with database.transaction() as connection:
        to_both = sa.select(outbox.c.payload, outbox.c.failed).where(outbox.c.conversation == shared)
        assert connection.execute(to_both).all() == [(json.dumps({"text": SECRET}), None)]


def test_the_desk_sees_that_a_reply_was_given_up(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        (delivery,) = work.tickets.deliveries(told[0].id)
    assert (delivery.stage, delivery.fault) == (Stage.FAILED, "forgotten")


def test_staff_who_are_forgotten_are_off_the_list_and_what_they_answered_stays(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    assert forget(database, CLERK.account, NOON).known

    with sql_store.work() as work:
        assert work.staff.of("larks") == ()
        done = work.tickets.get(told[0].id)
        assert done is not None
        assert (done.holder, done.answer) == (NOBODY, told[0].answer)
        (ruled,) = work.rulings.standing()
        assert ruled.by == NOBODY
    assert CLERK.name not in everything(database)


def test_whoever_comes_back_is_somebody_new(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    forget(database, ASKER.account, NOON)
    with sql_store.work() as work:
        added = work.exchanges.add(exchange("Again"))

        assert work.exchanges.get(added.id) == added
        assert work.exchanges.before(replace(added, id="99"), 9) == (added,)
        assert work.tickets.of_asker(ASKER.account, 9) == ()


@pytest.mark.parametrize("account", ["", "slack:U99", "slack:U", "%"])
def test_nothing_is_erased_of_somebody_who_is_not_known(
    database: Database, told: tuple[Ticket, Ticket], account: str
) -> None:
    before = everything(database)
    assert forget(database, account, NOON) == Forgotten(False)

    assert set(before.splitlines()) <= set(everything(database).splitlines())


def waiting(database: Database) -> list[str]:
    """The messages that are still to be handled."""
    with database.transaction() as connection:
        found = sa.select(inbox.c.event).where(inbox.c.handled.is_(None), inbox.c.body.is_not(None))
        return list(connection.execute(found.order_by(inbox.c.id)).scalars())


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("", AddStaff("larks", ASKER.account)),
        (ASKER.account, None),
        (f'"person": {{"account": "{ASKER.account}"}}', None),
    ],
)
def test_what_others_write_of_somebody_who_is_forgotten_is_still_handled(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket], text: str, act: Act | None
) -> None:
    Inbox(database).accept("of them", Message("slack:S1:1", text, person=CLERK, act=act))
    Inbox(database).accept("theirs", Message("slack:S1:1", text, person=ASKER, act=act))
    forget(database, ASKER.account, NOON)

    assert waiting(database) == ["pla", "of them"]


def test_what_cannot_be_read_is_left_to_be_handled(database: Database) -> None:
    bodies = ("{", "[]", '"slack:U1"', '{"person": "slack:U1"}', '{"person": {"account": 1}}')
    with database.transaction() as connection:
        for body in bodies:
            connection.execute(inbox.insert().values(event=body, conversation="", body=body, arrived=1.0, due=1.0))

    assert forget(database, ASKER.account, NOON) == Forgotten(False)
    assert waiting(database) == list(bodies)


def test_a_message_that_waits_is_erased_of_somebody_of_whom_nothing_else_is_kept(database: Database) -> None:
    Inbox(database).accept("1", Message(f"{ASKER.account}:1", SECRET, person=ASKER))

    assert forget(database, ASKER.account, NOON) == Forgotten(True)
    assert waiting(database) == []
    assert all(word not in everything(database) for word in (SECRET, ASKER.account, ASKER.name))
    assert forget(database, ASKER.account, NOON) == Forgotten(False)


def test_all_that_waits_of_somebody_is_erased_however_much_it_is(database: Database) -> None:
    rows = [
        {
            "event": f"{person.account} {number}",
            "conversation": "slack:C7:7",
            "body": as_text(message_to_json(Message("slack:C7:7", "Hello", person=person))),
            "arrived": 1.0,
            "due": 1.0,
        }
        for number in range(600)
        for person in (ASKER, OTHER)
    ]
    with database.transaction() as connection:
        connection.execute(inbox.insert(), rows)
    forget(database, ASKER.account, NOON)

    assert waiting(database) == [f"{OTHER.account} {number}" for number in range(600)]


def test_a_restored_database_forgets_a_message_that_waits_as_well(database: Database) -> None:
    Inbox(database).accept("1", Message("slack:C7:7", SECRET, person=ASKER))

    assert forget_again(database, {hash_of(ASKER.account): NOON}) == 1
    assert SECRET not in everything(database)


def test_a_restored_database_forgets_again_whom_it_did_not_know_to_be_forgotten(
    database: Database, sql_store: SqlStore, told: tuple[Ticket, Ticket]
) -> None:
    later = {hash_of(ASKER.account): NOON, hash_of("slack:U99"): NOON}

    assert forget_again(database, later) == 1
    assert SECRET not in everything(database)
    assert forgotten(database) == later
    with sql_store.work() as work:
        added = work.exchanges.add(exchange("Again"))
    assert forget_again(database, later) == 0
    with sql_store.work() as work:
        assert work.exchanges.get(added.id) == added


def test_an_export_holds_all_that_somebody_wrote_and_nobody_else(
    database: Database, told: tuple[Ticket, Ticket]
) -> None:
    exported = json.loads(json.dumps(export(database, ASKER.account, NOON)))

    assert (exported["account"], exported["name"]) == (ASKER.account, ASKER.name)
    assert exported["exchanges"][0]["asked"] == f"May I say {SECRET}?"
    assert [one["ticket"]["id"] for one in exported["queries"]] == [told[1].id, told[0].id]
    assert exported["queries"][1]["history"][2]["text"] == f"Never say {SECRET}"
    assert exported["ratings"][0]["reason"] == f"Because of {SECRET}"
    assert SECRET in exported["conversations"][0]["body"]
    assert SECRET in exported["queued"][0]["payload"]
    assert all(word not in str(exported) for word in ("plain", OTHER.account, CLERK.account, CLERK.name))


def test_an_export_of_staff_holds_what_they_did(database: Database, told: tuple[Ticket, Ticket]) -> None:
    exported = export(database, CLERK.account, NOON)

    assert exported["staff"] == [{"society": "larks", "title": "Librarian"}]
    assert [move["what"] for move in exported["moves"]] == ["claimed", "answered", "asked_back"]
    assert len(exported["rulings"]) == 1


def test_nothing_is_exported_of_somebody_who_is_not_known(database: Database) -> None:
    assert export(database, "slack:U99", NOON) == {}


def test_somebody_can_be_forgotten_while_the_desk_is_at_work_on_what_they_asked(
    database: Database, sql_store: SqlStore
) -> None:
    def work_or_forget(number: int) -> None:
        for again in range(5):
            if number == 0:
                forget(database, ASKER.account, NOON)
                expire(database, Retention(tickets=timedelta()), NOON + timedelta(days=2))
                continue
            with sql_store.work() as work:
                work.conversations.last("slack:D1:1", ASKER.account)
                work.conversations.put("slack:D1:1", Turn("larks", Party.MEMBER, SECRET, by=ASKER.account))
                work.exchanges.add(exchange(SECRET))
                opened, _ = work.tickets.open(ticket(f"{number}:{again}", SECRET))
            with sql_store.work() as work:  # refused where the ticket was closed meanwhile
                work.tickets.move(*moved(opened, What.ANSWERED, CLERK, NOON, SECRET))

    race(work_or_forget)
    forget(database, ASKER.account, NOON)

    assert SECRET not in everything(database)


PLACES = ("slack:C1:17.3:U1", "slack:C1:17.3:U1:open", "slack:C1::U1", "slack:U1:home", "slack:CDESK:17.3:U1")
LIKE_THEM = (
    "slack:C1:17.3:U11",
    "slack:C1:17.3:U2",
    "slack:U11:home",
    "chat:C1:17.3:U1",
    "slack:C1:U1:U2",
    "slack:U1U",
)


def put_everywhere(database: Database, conversations: tuple[str, ...]) -> None:
    """A row of each conversation, in each table that names any."""
    with database.transaction() as connection:
        for number, one in enumerate(conversations):
            key, times = f"{one}:{number}", {"arrived": 1.0, "due": 1.0}
            connection.execute(inbox.insert().values(event=key, conversation=one, handled=2.0, **times))
            connection.execute(
                outbox.insert().values(
                    key=key, platform="slack", conversation=one, payload='{"text": "x"}', created=1.0, due=1.0
                )
            )
            connection.execute(posted.insert().values(conversation=one, subject="card:1", receipt="C1:1", at=1.0))
            connection.execute(tables.left_alone.insert().values(conversation=one, at=NOON))


@pytest.mark.parametrize("known", [True, False])
def test_no_place_bears_somebody_who_was_forgotten(database: Database, sql_store: SqlStore, known: bool) -> None:
    put_everywhere(database, PLACES)
    put_everywhere(database, LIKE_THEM)
    if known:
        with sql_store.work() as work:
            work.exchanges.add(exchange())

    forget(database, ASKER.account, NOON)

    left = everything(database)
    for place in PLACES:
        assert (f"{place}'" in left, f"{place}:" in left) == (False, False)
    for place in LIKE_THEM:
        assert left.count(f"{place}'") == 4


def test_what_was_to_be_done_once_for_somebody_is_not_known_any_more(database: Database, sql_store: SqlStore) -> None:
    theirs = (f"reminded:{ASKER.account}", f"{ASKER.account}:17.3", key_of_welcome(ASKER.account))
    others = (f"reminded:{ASKER.account}1", "added:12", key_of_welcome(OTHER.account))
    with sql_store.work() as work:
        assert all(work.first(key) for key in (*theirs, *others))

    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        assert [work.first(key) for key in theirs] == [True] * 3
        assert [work.first(key) for key in others] == [False] * 3


def test_the_id_of_what_somebody_pressed_no_longer_tells_who_did(database: Database) -> None:
    pressed, others = "slack:17.2:17.4:act.1:U1", "slack:17.2:17.4:act.1:U12"
    with database.transaction() as connection:
        for key in (pressed, others):
            connection.execute(
                inbox.insert().values(event=key, conversation="slack:CDESK", arrived=1.0, due=1.0, handled=2.0)
            )
            connection.execute(
                outbox.insert().values(
                    key=f"{key}:0", platform="slack", conversation="slack:CDESK", created=1.0, due=1.0
                )
            )

    forget(database, ASKER.account, NOON)

    left = everything(database)
    assert (pressed + "'" in left, pressed + ":0'" in left) == (False, False)
    assert (others + "'" in left, others + ":0'" in left) == (True, True)
    assert not Inbox(database).accept(others, Message("slack:CDESK", "again"))


def put(database: Database, event: str, conversation: str, **values: Any) -> None:
    """A row of the inbox and one of the outbox that came of it."""
    with database.transaction() as connection:
        row = {"event": event, "conversation": conversation, "arrived": 1.0, "due": 1.0, "handled": 2.0} | values
        connection.execute(inbox.insert().values(row))
        reply = {"key": f"{event}:0", "platform": "slack", "conversation": conversation, "created": 1.0, "due": 1.0}
        connection.execute(outbox.insert().values(reply))


@pytest.mark.parametrize("known", [True, False])
def test_nothing_tells_which_direct_messages_were_theirs(database: Database, sql_store: SqlStore, known: bool) -> None:
    """Wherever in them they wrote, and whatever came of it elsewhere."""
    if known:
        with sql_store.work() as work:
            work.exchanges.add(replace(exchange(), conversation="slack:D7:17.1"))
    waiting = Message("slack:D7:17.4", "Home", person=ASKER)
    assert Inbox(database).accept("slack:T1:D7:17.4", waiting)
    put(database, "slack:T1:D7:17.2", "slack:D7:17.2")
    put(database, "slack:T1:D7:17.3", "slack:CDESK")
    put(database, "slack:T1:D77:17.3", "slack:D77:17.3")
    put(database, "chat:T1:D7:17.3", "chat:D7:17.3")

    assert forget(database, ASKER.account, NOON).known

    left = everything(database)
    assert "slack:D7:" not in left
    assert "slack:T1:D7:" not in left
    for others in ("'slack:T1:D77:17.3'", "'slack:D77:17.3'", "'chat:T1:D7:17.3'", "'chat:T1:D7:17.3:0'"):
        assert others in left
    assert not Inbox(database).accept("slack:T1:D7:17.4", waiting)


def test_a_place_named_like_direct_messages_in_which_others_ask_is_left(
    database: Database, sql_store: SqlStore
) -> None:
    with sql_store.work() as work:
        for person, thread in ((ASKER, "17.1"), (OTHER, "17.2")):
            work.exchanges.add(replace(exchange("May I?", person), conversation=f"slack:D7:{thread}"))
    put(database, "slack:T1:D7:17.2", "slack:D7:17.2")

    forget(database, ASKER.account, NOON)

    assert "'slack:T1:D7:17.2'" in everything(database)


@pytest.mark.parametrize("event", ["slack:T1:D1:17.1", "slack:17.2:17.4:act.1:U1"])
def test_what_a_platform_repeats_of_somebody_who_is_forgotten_is_not_taken_again(
    database: Database, sql_store: SqlStore, event: str
) -> None:
    with sql_store.work() as work:
        work.exchanges.add(replace(exchange(), conversation="slack:D1:17.1"))
    put(database, event, "slack:D1:17.1")
    message = Message("slack:D1:17.1", SECRET, person=ASKER)

    forget(database, ASKER.account, NOON)

    assert Inbox(database).accept_all([(event, message), ("slack:T1:D1:18.1", message)]) == [False, True]
    assert event not in everything(database)


def test_an_export_has_the_places_that_bear_somebody(database: Database, sql_store: SqlStore) -> None:
    put_everywhere(database, PLACES)
    put_everywhere(database, LIKE_THEM)
    with sql_store.work() as work:
        work.exchanges.add(exchange())

    exported = export(database, ASKER.account, NOON)

    for name in ("queued", "posted", "left_alone"):
        assert sorted(row["conversation"] for row in exported[name]) == sorted(PLACES)
