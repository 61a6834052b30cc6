"""What every store does of enrolments: the one in memory, SQLite, and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.storage.database import Database
from adapters.storage.queues import outbox
from adapters.storage.sql import SqlStore
from bot.enrolments import EnrolmentState, ReadClause, StepAnswer
from bot.people import Person
from bot.ports import Stage
from bot.replies import TO_ADMIN
from tests.adapters.storage.conftest import (
    ASKER,
    CLERK,
    NOON,
    OTHER,
    RACERS,
    Store,
    enrolled,
    enrolment,
    entry,
    learnt,
    race,
    registered,
)

HOUR = timedelta(hours=1)
JUDGED = StepAnswer("accuracy", "good", "Fine to post", NOON, True)
WRITTEN = StepAnswer("purpose", "words", "“To sing”\x00 🎵\nand more", NOON + HOUR)
CLAUSE = ReadClause("larks/sharing/credit", "second edition", "Say whose it is.", NOON + HOUR, "must")


def test_an_enrolment_comes_back_whole(store: Store) -> None:
    kept = enrolled(store, enrolment(registered(store, entry())))
    with store.work() as work:
        assert work.enrolments.get(kept.id) == kept

    done = learnt(
        store,
        kept,
        state=EnrolmentState.FINISHED,
        active=NOON + HOUR,
        place="teams:ann:",
        asked_by=OTHER,
        answers=(JUDGED, replace(WRITTEN, right=False)),
        read=(CLAUSE,),
        finished=NOON + HOUR,
        snoozed=NOON + 2 * HOUR,
    )
    with store.work() as work:
        back = work.enrolments.get(kept.id)
        assert back is not None
        assert back.answers[1].given.replace("\ufffd", "\x00") == WRITTEN.given
        assert replace(back, answers=()) == replace(done, answers=())
        assert back.answers[0] == JUDGED


def test_every_answer_is_kept_in_order(store: Store) -> None:
    kept = enrolled(store, enrolment(registered(store, entry()), state=EnrolmentState.UNDER_WAY))
    for number in range(3):
        kept = learnt(store, kept, answers=(*kept.answers, replace(JUDGED, item=str(number))))

    with store.work() as work:
        back = work.enrolments.get(kept.id)
        assert back is not None
        assert [answer.item for answer in back.answers] == ["0", "1", "2"]


def test_one_person_is_set_up_for_one_account_once_at_a_time(store: Store) -> None:
    one, another = registered(store, entry("@larks_choir")), registered(store, entry("@larks_young"))
    kept = enrolled(store, enrolment(one))
    with store.work() as work:
        assert work.enrolments.add(enrolment(one, state=EnrolmentState.ASKED_FOR)) is None
        assert work.enrolments.of((ASKER.account,)) == (kept,)
    enrolled(store, enrolment(one, OTHER))
    enrolled(store, enrolment(another))
    learnt(store, kept, state=EnrolmentState.DECLINED)

    assert enrolled(store, enrolment(one)).id != kept.id


def test_of_eight_who_enrol_one_person_at_once_one_does(store: Store) -> None:
    one = registered(store, entry())

    def enrol(number: int) -> bool:
        state = EnrolmentState.ASKED_FOR if number % 2 else EnrolmentState.INVITED
        with store.work() as work:
            return work.enrolments.add(enrolment(one, state=state)) is not None

    assert sorted(race(enrol)) == [False] * 7 + [True]


def test_linked_accounts_are_one_person_who_is_set_up_once(store: Store) -> None:
    one, another = registered(store, entry("@larks_choir")), registered(store, entry("@larks_young"))
    there = Person("teams:ann")
    with store.work() as work:
        work.links.link(ASKER.account, there.account)
    kept = enrolled(store, enrolment(one))
    with store.work() as work:
        assert work.enrolments.add(enrolment(one, there)) is None
    enrolled(store, enrolment(another, there))
    enrolled(store, enrolment(one, OTHER))
    learnt(store, kept, state=EnrolmentState.ENDED)
    enrolled(store, enrolment(one, there))


def test_of_eight_linked_accounts_that_are_enrolled_at_once_one_is(store: Store) -> None:
    one = registered(store, entry())
    people = [Person(f"platform{number}:ann") for number in range(RACERS)]
    with store.work() as work:
        for person in people[1:]:
            work.links.link(people[0].account, person.account)

    def enrol(number: int) -> bool:
        with store.work() as work:
            return work.enrolments.add(enrolment(one, people[number])) is not None

    assert sorted(race(enrol)) == [False] * 7 + [True]


def test_of_eight_changes_at_once_one_is_kept(store: Store) -> None:
    kept = enrolled(store, enrolment(registered(store, entry())))

    def answer(number: int) -> bool:
        answers = (replace(JUDGED, given=f"Answer {number}"),)
        with store.work() as work:
            return work.enrolments.change(replace(kept, answers=answers, version=2))

    won = race(answer)

    assert sum(won) == 1
    with store.work() as work:
        back = work.enrolments.get(kept.id)
        assert back is not None
        assert back.answers[0].given == f"Answer {won.index(True)}"


def test_the_enrolments_of_a_person_are_found_by_any_account_of_theirs(store: Store) -> None:
    one = registered(store, entry())
    first = enrolled(store, enrolment(one, ASKER))
    second = enrolled(store, enrolment(one, Person("teams:ann")))
    third = enrolled(store, enrolment(one, OTHER))

    with store.work() as work:
        assert work.enrolments.of((ASKER.account, "teams:ann")) == (second, first)
        assert work.enrolments.of(("",)) == work.enrolments.of(()) == ()
        assert work.enrolments.for_entry(one.id) == (third, second, first)
        assert work.enrolments.for_entry("77") == ()


def test_those_that_are_open_and_those_that_were_finished_are_told_apart(store: Store) -> None:
    one = registered(store, entry())
    elsewhere = registered(store, entry(society="wrens"))
    open_ones = [enrolled(store, enrolment(one, Person(f"slack:U9{number}"))) for number in range(5)]
    late = learnt(store, open_ones.pop(1), state=EnrolmentState.FINISHED, finished=NOON + HOUR)
    early = learnt(store, open_ones.pop(1), state=EnrolmentState.FINISHED, finished=NOON)
    learnt(store, open_ones.pop(), state=EnrolmentState.ENDED)
    theirs = learnt(store, enrolled(store, enrolment(elsewhere)), state=EnrolmentState.FINISHED, finished=NOON)

    with store.work() as work:
        assert work.enrolments.open() == tuple(open_ones)
        assert work.enrolments.finished("larks") == (early, late)
        assert work.enrolments.finished() == (early, theirs, late)


@pytest.mark.parametrize("name", ["", "0", "2", "one", "-1", "9" * 40, "1; --", "²"])
def test_there_is_no_enrolment_under_another_id(store: Store, name: str) -> None:
    kept = enrolled(store, enrolment(registered(store, entry())))
    with store.work() as work:
        assert work.enrolments.get(name) is None
        assert not work.enrolments.change(replace(kept, id=name, version=2))


def test_what_did_not_reach_an_admin_is_told_until_it_is_erased(database: Database, sql_store: SqlStore) -> None:
    row: dict[str, Any] = {"platform": "slack", "conversation": "slack:U1:", "created": 1.0, "due": 1.0, "ticket": None}
    row |= {"payload": "{}", "failed": None, "about": TO_ADMIN, "fault": "no such user"}
    with database.transaction() as connection:
        connection.execute(
            outbox.insert(),
            [
                row | {"key": "lost", "failed": 2.0},
                row | {"key": "lost with a query", "failed": 2.0, "ticket": 7},
                row | {"key": "waiting"},
                row | {"key": "erased", "failed": 2.0, "payload": None},
                row | {"key": "something else", "failed": 2.0, "about": "card"},
            ],
        )
    with sql_store.work() as work:
        found = work.enrolments.unreached()

    assert [(one.conversation, one.stage, one.ticket, one.about) for one in found] == [
        ("slack:U1:", Stage.FAILED, "", TO_ADMIN),
        ("slack:U1:", Stage.FAILED, "7", TO_ADMIN),
    ]


def test_whoever_invited_is_kept_with_their_name(store: Store) -> None:
    kept = enrolled(store, enrolment(registered(store, entry())))
    with store.work() as work:
        back = work.enrolments.get(kept.id)
        assert back is not None
        assert (back.person, back.asked_by) == (ASKER, CLERK)
