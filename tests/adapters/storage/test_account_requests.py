"""What every store does of requests for accounts: the one in memory, SQLite, and PostgreSQL."""

from dataclasses import replace

import pytest

from bot.account_requests import Field, RequestState
from bot.people import Person
from tests.adapters.storage.conftest import ASKER, NOON, OTHER, Store, account_request, entry, race, registered


def test_a_request_comes_back_whole(store: Store) -> None:
    one = registered(store, entry())
    with store.work() as work:
        kept = work.requests.add(account_request())
    with store.work() as work:
        assert kept == replace(account_request(), id=kept.id)
        assert work.requests.get(kept.id) == kept
        given = (*kept.given, (Field.AUDIENCE, "Whoever “listens” 🎵\n"), (Field.QUESTIONS, ""))
        done = replace(kept, given=given, state=RequestState.APPROVED, ticket="12", entry=one.id, active=NOON)
        done = replace(done, place="teams:ann:", version=2)
        assert work.requests.change(done)
    with store.work() as work:
        assert work.requests.get(kept.id) == done


def test_a_person_may_have_several_and_finds_them_by_any_account_of_theirs(store: Store) -> None:
    with store.work() as work:
        first, second = work.requests.add(account_request()), work.requests.add(account_request(Person("teams:ann")))
        work.requests.add(account_request(OTHER))
        assert work.requests.of((ASKER.account, "teams:ann")) == (second, first)
        assert work.requests.of(("",)) == work.requests.of(()) == ()


def test_of_eight_changes_at_once_one_is_kept(store: Store) -> None:
    with store.work() as work:
        kept = work.requests.add(account_request())

    def say(number: int) -> bool:
        with store.work() as work:
            return work.requests.change(replace(kept, given=((Field.GROUP, f"Group {number}"),), version=2))

    won = race(say)

    assert sum(won) == 1
    with store.work() as work:
        back = work.requests.get(kept.id)
        assert back is not None
        assert back.of(Field.GROUP) == f"Group {won.index(True)}"


@pytest.mark.parametrize("name", ["", "0", "2", "one", "-1", "9" * 40, "1; --", "²"])
def test_there_is_no_request_under_another_id(store: Store, name: str) -> None:
    with store.work() as work:
        kept = work.requests.add(account_request())
        assert work.requests.get(name) is None
        assert not work.requests.change(replace(kept, id=name, version=2))
