"""What every store remembers of conversations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ports import Offer, Turn
from knowledge.answers import Citation
from knowledge.clauses import Party
from knowledge.flows.flow import Response
from knowledge.questions import Account
from tests.adapters.storage.conftest import ASKER, NOON, OTHER, SetClock, Store

CITATION = Citation("larks/a/b", "larks", "the Larks' rules", "second", "Rehearsals", "“Quoted” – né 🎵", official=True)
GIVEN = (Response("consent", "Yes, the conductor has"), Response("use", "“At home” – né 🎵"))
TURN = Turn(
    "larks",
    Party.TRAINEE,
    "Can I, here?",
    "Can I?",
    ("Yes",),
    ("Yes", "No"),
    (CITATION,),
    "larks/x",
    "Can I?",
    GIVEN,
    by=ASKER.account,
)


def put(store: Store, conversation: str, turn: Turn) -> None:
    with store.work() as work:
        work.conversations.put(conversation, turn)


def last(store: Store, conversation: str, account: str = ASKER.account) -> Turn | None:
    with store.work() as work:
        return work.conversations.last(conversation, account)


def test_nothing_is_remembered_of_a_conversation_that_never_was(store: Store) -> None:
    assert last(store, "slack:C1:1") is None


def test_a_turn_comes_back_whole(store: Store) -> None:
    put(store, "slack:C1:1", TURN)

    assert last(store, "slack:C1:1") == TURN


def test_a_bare_turn_comes_back_whole(store: Store) -> None:
    bare = Turn("", Party.MEMBER)
    put(store, "slack:C1:1", bare)

    assert last(store, "slack:C1:1", "") == bare


def test_only_the_turn_put_last_is_remembered(store: Store) -> None:
    later = replace(TURN, question="And you?", options=(), citations=())
    put(store, "slack:C1:1", TURN)
    put(store, "slack:C1:1", later)

    assert last(store, "slack:C1:1") == later


def test_reading_a_turn_does_not_use_it_up(store: Store) -> None:
    put(store, "slack:C1:1", TURN)
    last(store, "slack:C1:1")

    assert last(store, "slack:C1:1") == TURN


@pytest.mark.parametrize("other", ["slack:C1:2", "slack:C2:1", "teams:C1:1", "slack:C1:", "slack:c1:1", "slack:C1:1 "])
def test_a_conversation_is_known_by_its_whole_name(store: Store, other: str) -> None:
    put(store, "slack:C1:1", TURN)

    assert last(store, other) is None


def test_what_one_person_said_in_a_conversation_is_never_another_ones(store: Store) -> None:
    theirs = replace(TURN, question="And me?", by=OTHER.account)
    put(store, "slack:C1:1", TURN)
    assert (last(store, "slack:C1:1", OTHER.account), last(store, "slack:C1:1", "")) == (None, None)
    put(store, "slack:C1:1", theirs)

    assert last(store, "slack:C1:1") == TURN
    assert last(store, "slack:C1:1", OTHER.account) == theirs


def test_many_conversations_are_kept_apart(store: Store) -> None:
    turns = {f"slack:C{number}:1": replace(TURN, question=str(number)) for number in range(30)}
    with store.work() as work:
        for name, turn in turns.items():
            work.conversations.put(name, turn)
    with store.work() as work:
        assert {name: work.conversations.last(name, ASKER.account) for name in turns} == turns


def test_a_name_and_a_question_may_hold_any_character(store: Store) -> None:
    odd = replace(TURN, question="'; DROP TABLE turns; -- \n\t\u202e 🎵")
    put(store, "teams:a'b\"c%_;:ü", odd)

    assert last(store, "teams:a'b\"c%_;:ü") == odd


def test_every_field_comes_back_as_what_it_was(store: Store) -> None:
    full = replace(TURN, checking=True, draft="We are 1st", account=Account.OFFICIAL, exchange="12")
    put(store, "slack:C1:1", full)

    assert last(store, "slack:C1:1") == full
    assert isinstance(full.role, Party)


def test_what_no_database_keeps_in_a_draft_breaks_nothing(store: Store) -> None:
    put(store, "slack:C1:1", replace(TURN, draft="before\x00between\ud800after"))

    turn = last(store, "slack:C1:1")

    assert turn is not None
    assert turn.draft.startswith("before")
    assert turn.draft.endswith("after")


def test_one_work_sees_what_it_has_put_itself(store: Store) -> None:
    with store.work() as work:
        assert work.conversations.last("slack:C1:1", ASKER.account) is None
        work.conversations.put("slack:C1:1", TURN)
        assert work.conversations.last("slack:C1:1", ASKER.account) == TURN


SAID = replace(TURN, role_said=True)


def role_of(store: Store, society: str = "larks", account: str = ASKER.account) -> Party | None:
    with store.work() as work:
        return work.conversations.role_of(account, society)


def test_who_never_said_their_role_has_none(store: Store) -> None:
    put(store, "slack:C1:1", TURN)

    assert role_of(store) is None


def test_a_role_that_somebody_said_is_known_of_them_everywhere(store: Store) -> None:
    put(store, "slack:C1:1", SAID)

    assert role_of(store) is Party.TRAINEE


def test_it_is_the_one_that_they_said_last(store: Store, clock: SetClock) -> None:
    put(store, "slack:C1:1", SAID)
    clock.now += timedelta(minutes=1)
    put(store, "slack:C1:2", replace(SAID, role=Party.STAFF))
    clock.now += timedelta(minutes=1)
    put(store, "slack:C1:3", replace(TURN, role=Party.MEMBER))  # as which they are only taken
    assert role_of(store) is Party.STAFF
    clock.now += timedelta(minutes=1)
    put(store, "slack:C1:1", replace(SAID, question="And now?"))

    assert role_of(store) is Party.TRAINEE


def test_a_role_said_of_one_society_is_none_of_another(store: Store) -> None:
    put(store, "slack:C1:1", SAID)

    assert role_of(store, "oars") is None
    assert role_of(store, "") is None


def test_nobody_has_the_role_of_somebody_else(store: Store) -> None:
    put(store, "slack:C1:1", SAID)

    assert role_of(store, account=OTHER.account) is None
    assert role_of(store, account="teams:U1") is None


def test_who_is_not_known_has_no_role(store: Store) -> None:
    put(store, "slack:C1:1", replace(SAID, by=""))

    assert role_of(store, account="") is None


def test_what_was_offered_is_kept_with_when(store: Store) -> None:
    offer = Offer("later", "Later \ud83d", "Snooze", (("enrolment", "1"), ("version", 1), ("confirmed", True)))
    turn = replace(TURN, offers=(offer,), offered=NOON)
    put(store, "slack:C1:1", turn)

    with store.work() as work:
        kept = work.conversations.last("slack:C1:1", turn.by)
    assert kept is not None
    assert (kept.offered, kept.offers[0].fields) == (NOON, offer.fields)
    assert [type(value) for _, value in kept.offers[0].fields] == [str, int, bool]
