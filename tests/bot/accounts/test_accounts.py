"""The one door to all that is done about accounts: how much one person may do there in a minute."""

import pytest

from bot.accounts.accounts import Accounts
from bot.acts import Act, Invite, TakeOver
from bot.office import Limits
from bot.people import Person
from bot.precedents import Precedents
from bot.replies import Reply
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.accounts.onboarding_room import CARO, ROOK, WREN, Choir, message, told

MOST = Limits().messages_a_minute


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def does(choir: Choir, act: Act, who: Person) -> list[Reply]:
    with choir.store.work() as work:
        precedents = Precedents(choir.library)
        door = Accounts(choir.library, choir.guides, choir.checklists, choir.offices, precedents, work)
        return door.act(message(act, who, "", "larks"))


def refused(choir: Choir, act: Act, who: Person) -> int:
    """How many of a few more than can be done in a minute are refused for that."""
    replies = [told(does(choir, act, who), f"{who.account}:") for _ in range(MOST + 3)]
    return sum(text.startswith(f"{MOST} messages in a minute") for text in replies)


def test_staff_invite_as_many_people_as_they_like(choir: Choir) -> None:
    for number in range(MOST + 3):
        replies = does(choir, Invite("@larks_choir", f"slack:U1{number}"), ROOK)
        assert "is invited to run @larks_choir" in told(replies, "slack:S1:")


def test_an_admin_who_proposes_people_is_held_to_the_limit(choir: Choir) -> None:
    choir.runs(WREN)
    assert refused(choir, Invite("1", "slack:U2"), WREN) == 3


def test_staff_of_another_society_are_held_to_it_as_anybody_is(choir: Choir) -> None:
    assert refused(choir, Invite("1", "slack:U2"), CARO) == 3
    assert refused(choir, Invite("77", "slack:U2"), ROOK) == 3


def test_taking_accounts_over_is_held_to_it(choir: Choir) -> None:
    assert refused(choir, TakeOver("@larks_choir"), WREN) == 3
