"""What is kept of one person in the register, enrolments, requests and links, and how it is erased, on SQLite and
PostgreSQL."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.storage import account_tables, tables
from adapters.storage.database import Database, schema
from adapters.storage.exporting import export
from adapters.storage.forgetting import Forgotten, forget, forget_again, hash_of
from adapters.storage.keeping import Retention, expire
from adapters.storage.queues import outbox
from adapters.storage.sql import SqlStore
from bot.account_requests import AccountRequest, Field, RequestState
from bot.enrolments import Enrolment, EnrolmentState, ReadClause, StepAnswer
from bot.people import NOBODY, Person
from bot.ports import Wanted
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.ticket_keys import key_of_request, key_of_take_over
from bot.tickets import Part, State
from bot.wording import ERASED
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    account_request,
    changed,
    enrolled,
    enrolment,
    entry,
    kept,
    learnt,
    race,
    registered,
    ticket,
    with_question,
)

SECRET = "heronsecret"
HOUR, YEAR = timedelta(hours=1), timedelta(days=366)
CLAUSE = ReadClause("larks/sharing/credit", "second edition", "Say whose it is.", NOON)
WRITTEN = StepAnswer("purpose", "words", f"To sing of {SECRET}", NOON)


def everything(database: Database) -> str:
    """All that stands in any table."""
    with database.transaction() as connection:
        return "\n".join(
            str(tuple(row)) for table in schema.tables.values() for row in connection.execute(sa.select(table))
        )


@pytest.fixture
def entries(sql_store: SqlStore) -> tuple[RegisterEntry, RegisterEntry]:
    """An account that the asker runs alone and has changed, and one that they run with another."""
    alone = registered(sql_store, entry("@larks_choir", ASKER))
    alone = changed(sql_store, replace(alone, purpose="To sing"), who=ASKER, text=f"purpose: from {SECRET} to x")
    return alone, registered(sql_store, entry("@larks_young", ASKER, OTHER))


@pytest.fixture
def set_up(sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]) -> tuple[Enrolment, Enrolment]:
    """What the asker has finished, and what they are at, in direct messages that nothing else tells of."""
    done, open_one = (enrolled(sql_store, enrolment(one)) for one in entries)
    done = learnt(
        sql_store, done, state=EnrolmentState.FINISHED, finished=NOON, answers=(WRITTEN,), read=(CLAUSE,), place=""
    )
    place = "slack:D99:17.1"
    return done, learnt(
        sql_store, open_one, state=EnrolmentState.UNDER_WAY, answers=(WRITTEN,), place=place, snoozed=NOON
    )


def test_an_admin_who_is_forgotten_is_off_the_register(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    assert forget(database, ASKER.account, NOON + HOUR).left == ("@larks_choir",)

    with sql_store.work() as work:
        alone, together = (work.register.get(one.id) for one in entries)
        assert alone is not None
        assert together is not None
        assert (alone.admins, alone.state, alone.purpose) == ((), AccountState.NEEDS_ADMIN, "To sing")
        assert (together.admins, together.state) == ((Admin(OTHER, NOON),), AccountState.ACTIVE)
        before, now = work.register.history(alone.id)[1:]
        assert (before.who, before.what, before.text) == (NOBODY, Change.CHANGED, ERASED)
        assert now == RegisterMove(alone.id, alone.version, NOON + HOUR, NOBODY, Change.ADMIN_REMOVED)
    left = everything(database)
    for word in (SECRET, ASKER.account, ASKER.name):
        assert word not in left


def test_an_account_whose_other_admin_is_leaving_needs_one_once_the_first_is_forgotten(
    database: Database, sql_store: SqlStore
) -> None:
    leaving = (Admin(ASKER, NOON), Admin(OTHER, NOON, leaving=NOON))
    needs = registered(sql_store, replace(entry("@larks_choir"), admins=leaving))
    closed = registered(sql_store, replace(entry("@larks_old", ASKER), state=AccountState.CLOSED))
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        found = [work.register.get(one.id) for one in (needs, closed)]
    assert [one.state for one in found if one] == [AccountState.NEEDS_ADMIN, AccountState.CLOSED]


def test_what_staff_said_of_an_account_stays_when_they_are_forgotten(database: Database, sql_store: SqlStore) -> None:
    kept = registered(sql_store, entry("@larks_choir", OTHER))
    changed(sql_store, replace(kept, group="The young"), text="group: from The choir to The young")
    forget(database, CLERK.account, NOON)

    with sql_store.work() as work:
        move = work.register.history(kept.id)[-1]
    assert (move.who, move.text) == (NOBODY, "group: from The choir to The young")


def test_what_was_said_of_an_admin_goes_with_them(database: Database, sql_store: SqlStore) -> None:
    kept = registered(sql_store, entry())
    after = replace(kept, version=2, admins=(Admin(ASKER, NOON),))
    with sql_store.work() as work:
        move = RegisterMove(kept.id, 2, NOON, CLERK, Change.ADMIN_ADDED, ASKER, f"as {SECRET} said")
        assert work.register.change(after, move)
    forget(database, ASKER.account, NOON)

    assert SECRET not in everything(database)


def test_enrolments_stay_without_words_and_without_who(
    database: Database, sql_store: SqlStore, set_up: tuple[Enrolment, Enrolment]
) -> None:
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        done, ended = (work.enrolments.get(one.id) for one in set_up)
        assert done is not None
        assert ended is not None
        assert (done.state, done.person, done.answers, done.read) == (EnrolmentState.FINISHED, NOBODY, (), (CLAUSE,))
        assert (ended.state, ended.place, ended.answers, ended.snoozed) == (EnrolmentState.ENDED, "", (), None)
        assert work.enrolments.of((ASKER.account, "")) == work.enrolments.open() == ()
    left = everything(database)
    for word in (SECRET, ASKER.account, ASKER.name, "D99"):
        assert word not in left


def test_nothing_is_written_again_of_an_enrolment_as_it_was_before_its_person_was_forgotten(
    database: Database, sql_store: SqlStore, set_up: tuple[Enrolment, Enrolment]
) -> None:
    forget(database, ASKER.account, NOON)
    with sql_store.work() as work:
        for one in set_up:
            assert not work.enrolments.change(replace(one, version=one.version + 1))
        done = work.enrolments.get(set_up[0].id)
        assert done is not None
        assert work.enrolments.change(replace(done, version=done.version + 1))

    assert SECRET not in everything(database)
    assert ASKER.account not in everything(database)


def test_whoever_invited_and_is_forgotten_is_not_written_again(
    database: Database, sql_store: SqlStore, set_up: tuple[Enrolment, Enrolment]
) -> None:
    forget(database, CLERK.account, NOON)

    with sql_store.work() as work:
        assert not work.enrolments.change(replace(set_up[1], version=set_up[1].version + 1))
        now = work.enrolments.get(set_up[1].id)
        assert now is not None
        assert (now.asked_by, now.person, now.state) == (NOBODY, ASKER, EnrolmentState.UNDER_WAY)
        assert work.enrolments.change(replace(now, version=now.version + 1))
    assert CLERK.account not in everything(database)


def test_what_others_asked_for_somebody_is_closed_and_erased_with_them(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    asked = enrolled(sql_store, enrolment(entries[0], ASKER, EnrolmentState.ASKED_FOR))
    of_them = ticket(key_of_take_over(asked.id), f"May {ASKER.account} run it, says {SECRET}?", OTHER)
    opened = kept(sql_store, of_them)
    another = kept(sql_store, ticket(key_of_take_over("77"), "A plain one", OTHER))

    assert forget(database, ASKER.account, NOON).closed == (opened.id,)

    with sql_store.work() as work:
        closed, still = work.tickets.get(opened.id), work.tickets.get(another.id)
        assert closed is not None
        assert (closed.state, closed.asker, closed.dossier.question) == (State.CLOSED, OTHER, ERASED)
        assert still == another
    assert SECRET not in everything(database)


def test_requests_stay_without_words_and_what_was_being_gathered_is_dropped(
    database: Database, sql_store: SqlStore
) -> None:
    with sql_store.work() as work:
        gathering = work.requests.add(account_request(purpose=SECRET))
        sent = work.requests.add(replace(account_request(purpose=SECRET), state=RequestState.SENT, ticket="12"))
        others = work.requests.add(account_request(OTHER))
    forget(database, ASKER.account, NOON)

    with sql_store.work() as work:
        for before, state in ((gathering, RequestState.DROPPED), (sent, RequestState.SENT)):
            now = work.requests.get(before.id)
            assert now is not None
            assert (now.person, now.given, now.place, now.state) == (NOBODY, (), "", state)
            assert not work.requests.change(replace(before, version=2))
            assert work.requests.change(replace(now, version=now.version + 1))
        assert work.requests.get(others.id) == others
    assert SECRET not in everything(database)


def naming(*people: Person) -> AccountRequest:
    """A request that names who else is to run the account."""
    given = ((Field.PURPOSE, "To sing"), (Field.ADMINS, " ".join(["me", *(one.account for one in people)])))
    return replace(account_request(OTHER), given=given)


@pytest.mark.parametrize("known", [True, False])
def test_somebody_whom_another_named_to_run_an_account_is_erased_there(
    database: Database, sql_store: SqlStore, known: bool
) -> None:
    others = Person("slack:U11")
    with sql_store.work() as work:
        request = work.requests.add(naming(ASKER, others))
        part = Part(Field.ADMINS, "Who runs it", f"the asker, {ASKER.account}, {others.account}")
        made = with_question(ticket(key_of_request(request.id), asker=OTHER), "An account for the choir")
        made = replace(made, dossier=replace(made.dossier, parts=(*made.dossier.parts, part)))
        opened, _ = work.tickets.open(made)
        if known:
            work.links.tried(ASKER.account)

    assert forget(database, ASKER.account, NOON) == Forgotten(True)

    with sql_store.work() as work:
        now, asked = work.requests.get(request.id), work.tickets.get(opened.id)
        assert now is not None
        assert asked is not None
        assert now.of(Field.ADMINS) == f"me {others.account}"
        assert asked.dossier.parts[-1].text == f"the asker, {ERASED}, {others.account}"
        assert not work.requests.change(replace(request, version=2))
        assert work.tickets.queue(Wanted("larks", words=others.account)).total == 1
    assert "'slack:U1'" not in everything(database).replace(others.account, "")
    assert f"{ASKER.account} " not in everything(database).replace(others.account, "")
    assert forget(database, ASKER.account, NOON) == Forgotten(False)


def test_a_restored_database_forgets_whom_others_named_as_well(database: Database, sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        request = work.requests.add(naming(ASKER))

    assert forget_again(database, {hash_of(ASKER.account): NOON}) == 1
    with sql_store.work() as work:
        now = work.requests.get(request.id)
        assert now is not None
        assert now.of(Field.ADMINS) == "me"


def test_links_and_codes_go_and_nobody_is_left_linked_alone(database: Database, sql_store: SqlStore) -> None:
    with sql_store.work() as work:
        work.links.link(ASKER.account, "teams:ann")
        for other in ("teams:ola", "console:ola"):
            work.links.link(OTHER.account, other)
        code = work.links.offer(ASKER.account, NOON + HOUR)
        work.links.tried(ASKER.account)
    forget(database, ASKER.account, NOON)
    forget(database, "teams:ola", NOON)

    with sql_store.work() as work:
        assert work.links.offered_by(code) == ""
        assert work.links.accounts("teams:ann") == ("teams:ann",)
        assert work.links.accounts(OTHER.account) == (OTHER.account, "console:ola")
    with database.transaction() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(account_tables.link)).scalar_one() == 2
        assert connection.execute(sa.select(account_tables.link_tries)).all() == []


def test_what_somebody_chose_in_a_step_is_not_erased_where_others_are_shown_it(
    database: Database, sql_store: SqlStore, set_up: tuple[Enrolment, Enrolment]
) -> None:
    chosen = StepAnswer("accuracy", "good", "Fine to post as it is", NOON, True)
    learnt(sql_store, set_up[1], answers=(WRITTEN, chosen))
    parcel = {"platform": "slack", "conversation": "slack:U2:", "created": 1.0, "due": 1.0}
    with database.transaction() as connection:
        for key, said in (("1", f"They wrote: {WRITTEN.given}"), ("2", chosen.given)):
            connection.execute(outbox.insert().values(key=key, payload=json.dumps({"text": said}), **parcel))
    forget(database, ASKER.account, NOON)

    with database.transaction() as connection:
        rows = connection.execute(sa.select(outbox.c.key, outbox.c.failed).order_by(outbox.c.key)).all()
    assert [(row.key, row.failed is None) for row in rows] == [("1", False), ("2", True)]


def test_an_export_holds_what_somebody_runs_learnt_asked_for_and_linked(
    database: Database,
    sql_store: SqlStore,
    entries: tuple[RegisterEntry, RegisterEntry],
    set_up: tuple[Enrolment, Enrolment],
) -> None:
    with sql_store.work() as work:
        work.requests.add(account_request(purpose="To tell of herons"))
        work.links.link(ASKER.account, "teams:ann")
        work.links.offer(ASKER.account, NOON + HOUR)
    enrolled(sql_store, enrolment(entries[1], OTHER))

    exported = json.loads(json.dumps(export(database, ASKER.account, NOON)))

    assert [one["handle"] for one in exported["runs"]] == ["@larks_choir", "@larks_young"]
    assert [one["id"] for one in exported["enrolments"]] == [set_up[1].id, set_up[0].id]
    assert exported["enrolments"][1]["answers"][0]["given"] == WRITTEN.given
    assert exported["enrolments"][1]["read"][0]["clause"] == CLAUSE.clause
    assert exported["account_requests"][0]["given"] == [["purpose", "To tell of herons"]]
    assert exported["linked"] == ["teams:ann"]
    assert len(exported["codes_offered"]) == 1
    assert [(one["what"], one["by_them"]) for one in exported["register_moves"]] == [("changed", True)]
    assert SECRET in exported["register_moves"][0]["body"]
    assert all(word not in str(exported) for word in (OTHER.account, CLERK.account, CLERK.name))


def test_enrolments_that_are_done_with_go_after_a_year_unless_the_person_runs_the_account(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    runs = learnt(sql_store, enrolled(sql_store, enrolment(entries[0])), state=EnrolmentState.FINISHED, finished=NOON)
    gone = learnt(sql_store, enrolled(sql_store, enrolment(entries[0], OTHER)), state=EnrolmentState.DECLINED)
    waits = enrolled(sql_store, enrolment(entries[1], OTHER))
    asked = enrolled(sql_store, enrolment(entries[0], OTHER, EnrolmentState.ASKED_FOR))
    kept(sql_store, ticket(key_of_take_over(asked.id)))
    left = enrolled(sql_store, enrolment(entries[0], CLERK, EnrolmentState.ASKED_FOR))

    early, late = (expire(database, Retention(), NOON + days) for days in (timedelta(days=364), YEAR))

    assert (early["enrolment"], late["enrolment"]) == (0, 2)
    with sql_store.work() as work:
        for one, there in ((runs, True), (gone, False), (waits, True), (asked, True), (left, False)):
            assert (work.enrolments.get(one.id) is not None) is there


def test_enrolments_that_can_come_to_nothing_any_more_go_after_a_year(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    closed = registered(sql_store, replace(entry("@larks_old"), state=AccountState.CLOSED))
    under_way = enrolment(entries[1], OTHER, EnrolmentState.UNDER_WAY)
    waits = [enrolled(sql_store, enrolment(entries[0], OTHER)), enrolled(sql_store, under_way)]
    over = [enrolled(sql_store, enrolment(closed)), enrolled(sql_store, replace(under_way, person=CLERK))]
    expire(database, Retention(), NOON + YEAR)

    with sql_store.work() as work:
        assert [work.enrolments.get(one.id) for one in (*waits, *over)] == [*waits, None, None]


def test_requests_go_with_their_tickets_and_what_was_left_after_a_year(database: Database, sql_store: SqlStore) -> None:
    opened = kept(sql_store, ticket())
    with sql_store.work() as work:
        left = work.requests.add(account_request())
        sent = work.requests.add(replace(account_request(), state=RequestState.SENT, ticket=opened.id))

    assert expire(database, Retention(), NOON + timedelta(days=364))["account_request"] == 0
    assert expire(database, Retention(), NOON + YEAR)["account_request"] == 1
    with sql_store.work() as work:
        assert work.requests.get(left.id) is None
        assert work.requests.get(sent.id) == sent


def test_codes_go_after_a_day_and_those_whom_the_register_speaks_of_stay(
    database: Database, sql_store: SqlStore, set_up: tuple[Enrolment, Enrolment]
) -> None:
    with sql_store.work() as work:
        work.links.offer("slack:U8", NOON)
        work.links.tried("slack:U8")
        work.links.link("slack:U7", "teams:ann")

    assert expire(database, Retention(), NOON + timedelta(hours=23))["link_code"] == 0
    gone = expire(database, Retention(), NOON + timedelta(hours=25))

    assert (gone["link_code"], gone["link_tries"], gone["person"]) == (1, 1, 1)
    with database.transaction() as connection:
        accounts = set(connection.execute(sa.select(tables.person.c.account)).scalars())
    assert accounts == {"", ASKER.account, OTHER.account, CLERK.account, "slack:U7", "teams:ann"}


def test_somebody_can_be_forgotten_while_they_are_being_set_up(
    database: Database, sql_store: SqlStore, entries: tuple[RegisterEntry, RegisterEntry]
) -> None:
    def work_or_forget(number: int) -> None:
        for _ in range(4):
            if number == 0:
                forget(database, ASKER.account, NOON)
                continue
            with sql_store.work() as work:
                one = work.enrolments.add(replace(enrolment(entries[number % 2]), answers=(WRITTEN,)))
                for theirs in work.enrolments.of((ASKER.account,)):
                    work.enrolments.change(
                        replace(theirs, answers=(*theirs.answers, WRITTEN), version=theirs.version + 1)
                    )
            with sql_store.work() as work:
                on = work.register.get(entries[number % 2].id)
                assert on is not None
                joined = replace(on, admins=(Admin(ASKER, NOON), Admin(OTHER, NOON)), version=on.version + 1)
                move = RegisterMove(on.id, joined.version, NOON, ASKER, Change.ADMIN_ADDED, ASKER, SECRET)
                work.register.change(joined, move)
                work.links.link(ASKER.account, "teams:ann")
            if one is not None:
                with sql_store.work() as work:
                    work.enrolments.change(replace(one, state=EnrolmentState.UNDER_WAY, version=2))

    race(work_or_forget)
    forget(database, ASKER.account, NOON)

    assert SECRET not in everything(database)
    assert ASKER.account not in everything(database)
