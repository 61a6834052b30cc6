"""The accounts that a policy lists: on the register once, and never again over what staff made of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.storage.memory import MemoryStore
from bot.accounts.listed_accounts import put_listed_on_register
from bot.office import Office, Offices
from bot.people import NOBODY
from bot.register import AccountState, Change, RegisterEntry, RegisterMove
from knowledge.onboarding.checklist import Checklist, Checklists, ListedAccount, RequestRules

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LISTED = (ListedAccount("@larks_choir", "Twitter", "Choir"), ListedAccount("@larks_young", "Twitter", "Young Larks"))
CHECKLIST = Checklist("larks", "larks/accounts/list", LISTED, (), RequestRules("", "", "", ()))
OFFICES = Offices({"larks": Office("larks", "the choir office")})


class Register:
    """The register of a choir."""

    def __init__(self) -> None:
        self.store = MemoryStore(lambda: NOW)

    def opened(self, checklist: Checklist = CHECKLIST) -> tuple[RegisterEntry, ...]:
        """What is on it once the bot was opened."""
        with self.store.work() as work:
            put_listed_on_register(Checklists({checklist.society: checklist}), OFFICES, work)
            return work.register.of("larks")

    def holds(self, entry: RegisterEntry) -> None:
        with self.store.work() as work:
            assert work.register.add(entry, RegisterMove("", 1, NOW, NOBODY, Change.ADDED))


@pytest.fixture
def register() -> Register:
    return Register()


def test_what_a_policy_lists_is_put_on_with_the_clause_that_lists_it(register: Register) -> None:
    choir, young = register.opened()

    assert (choir.handle, choir.platform, choir.group) == ("@larks_choir", "Twitter", "Choir")
    assert (choir.state, choir.admins, choir.confirmed) == (AccountState.ACTIVE, (), None)
    assert choir.review == date(2027, 11, 23)
    assert young.handle == "@larks_young"
    with register.store.work() as work:
        [move] = work.register.history(choir.id)
    assert (move.what, move.who, move.text) == (Change.ADDED, NOBODY, "larks/accounts/list")


def test_it_is_done_once(register: Register) -> None:
    before = register.opened()
    more = replace(CHECKLIST, accounts=(*LISTED, ListedAccount("@larks_late", "Twitter", "Late Larks")))

    assert register.opened(more) == before


def test_what_is_there_by_that_handle_or_by_another_one_since_is_left_as_it_is(register: Register) -> None:
    register.holds(RegisterEntry("", "larks", "@LARKS_CHOIR", "X", "Everybody", state=AccountState.CLOSED))
    register.holds(RegisterEntry("", "larks", "@larks_now", "X", "The young", former=("@larks_young",)))

    assert [entry.handle for entry in register.opened()] == ["@LARKS_CHOIR", "@larks_now"]


def test_a_register_that_was_begun_and_lost_everything_is_begun_anew(register: Register) -> None:
    with register.store.work() as work:
        assert work.first("register:larks")

    assert len(register.opened()) == 2
