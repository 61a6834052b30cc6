"""One person with several accounts is set up for an account once, whatever they and staff do with which of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest

from adapters.storage.database import Database
from adapters.storage.sql import SqlStore
from bot.accounts.linking import Linking
from bot.accounts.nudging import Nudging
from bot.acts import AcceptInvitation, AgreeTakeOver, Invite, Link, OfferLink, RemoveAdmin, TakeOver
from bot.enrolments import EnrolmentState
from bot.hours import Hours
from bot.office import Offices
from bot.people import NOBODY, Person, StaffMember
from bot.register import Change, RegisterEntry, RegisterMove
from bot.replies import Reply, Told
from bot.tickets import State
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.adapters.storage.conftest import RACERS, race
from tests.bot.accounts.onboarding_room import OFFICE, ROOK, WREN, Choir, asks, lesson, message, states, told

THERE = Person("teams:0f3c1c5e-0000-4000-8000-00000000000a", "Wren Ashby")
ALWAYS = Hours(days=dict.fromkeys(range(7), (time.min, time.max)))


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def reminders(choir: Choir) -> list[str]:
    """Where whoever is set up for the first account is reminded three days later."""
    choir.later(days=3)
    offices = Offices({"larks": replace(OFFICE, hours=ALWAYS)})
    with choir.store.work() as work:
        due = Nudging(choir.library, choir.checklists, offices, work).due()
    theirs = [one for one in due if isinstance(one, Told) and "@larks_choir" in one.text]
    return [one.conversation for one in theirs if one.conversation != OFFICE.desk]


def links(choir: Choir, one: Person = WREN, other: Person = THERE) -> None:
    """Somebody shows that two accounts are theirs, as anybody does."""
    choir.later(minutes=1)
    with choir.store.work() as work:
        offered = told(Linking(work).act(message(OfferLink(), one, "", None)), f"{one.account}:")
        code = next(word for word in offered.replace("“", " ").replace("”", " ").split() if word[4:5] == "-")
        Linking(work).act(message(Link(code.strip(".,:")), other, "", None))
        assert other.account in work.links.accounts(one.account)


@pytest.mark.parametrize("removed_by_desk", [True, False])
def test_who_was_taken_off_and_is_set_up_by_another_account_is_reminded_once(
    choir: Choir, removed_by_desk: bool
) -> None:
    choir.under_way()
    choir.link(WREN, THERE)
    if removed_by_desk:
        choir.keeps(RemoveAdmin("1", 0, WREN.account))
    else:
        choir.changes("1", admins=())
    choir.does(Invite("1", THERE.account), ROOK)
    choir.does(AcceptInvitation("2"), THERE)
    assert choir.enrolment("1").state is EnrolmentState.ENDED
    assert reminders(choir) == [f"{THERE.account}:"]


def test_asking_by_another_account_leaves_nothing_open_behind(choir: Choir) -> None:
    choir.under_way()
    choir.link(WREN, THERE)
    choir.changes("1", admins=())
    asks(choir, THERE)
    assert choir.enrolment("1").state is EnrolmentState.ENDED
    assert choir.enrolment("2").state is EnrolmentState.ASKED_FOR


def test_of_two_that_are_open_when_accounts_are_linked_the_one_that_is_further_stays(choir: Choir) -> None:
    first = choir.under_way()
    choir.does(Invite("1", THERE.account), ROOK)
    links(choir)
    assert states(choir) == [EnrolmentState.ENDED, EnrolmentState.UNDER_WAY]
    assert reminders(choir) == ["slack:U1:"]
    assert lesson(choir.does(choir.best(first))).progress


def test_linking_ends_nothing_for_other_accounts_and_people(choir: Choir) -> None:
    choir.does(Invite("1", WREN.account), ROOK)
    choir.does(Invite("2", THERE.account), ROOK)
    choir.does(Invite("2", "slack:U2"), ROOK)
    links(choir)
    assert states(choir) == [EnrolmentState.INVITED] * 3


def test_one_agreement_answers_both_queries_of_who_asked_by_two_accounts(choir: Choir) -> None:
    asks(choir)
    asks(choir, THERE)
    links(choir)
    assert sorted(states(choir)) == [EnrolmentState.ASKED_FOR, EnrolmentState.ENDED]
    choir.does(AgreeTakeOver("1", 0), ROOK)
    assert sorted(states(choir)) == [EnrolmentState.ENDED, EnrolmentState.INVITED]
    assert [choir.ticket(name).state for name in ("1", "2")] == [State.ANSWERED, State.ANSWERED]


class Kept(Choir):
    """The same choir, kept in a database."""

    def __init__(self, library: Library, guides: Guides, database: Database) -> None:
        super().__init__(library, guides)
        self.sql = SqlStore(database, lambda: self.now)
        with self.sql.work() as work:
            work.staff.add(StaffMember(ROOK, "larks", "Choir Secretary"))
            added = RegisterMove("", 1, self.now, NOBODY, Change.ADDED)
            work.register.add(RegisterEntry("", "larks", "@larks_choir", "Twitter", "The choir"), added)


@pytest.fixture
def kept(sample_library: Library, sample_guides: Guides, postgres_url: str) -> Iterator[Kept]:
    database = Database(postgres_url, pool=RACERS)
    yield Kept(sample_library, sample_guides, database)
    database.close()


def test_linked_accounts_that_take_an_account_over_at_once_are_one_request(kept: Kept) -> None:
    people = [WREN, THERE, *(Person(f"console:wren{number}") for number in range(RACERS - 2))]
    with kept.sql.work() as work:
        for person in people[1:]:
            work.links.link(WREN.account, person.account)
    kept.now += timedelta(minutes=1)

    def take_over(number: int) -> list[Reply]:
        with kept.sql.work() as work:
            who = people[number]
            return kept.onboarding(work).act(message(TakeOver("@larks_choir", confirmed=True), who, "", "larks"))  # type: ignore[arg-type]

    got = race(take_over)

    with kept.sql.work() as work:
        (enrolment,) = work.enrolments.open()
        assert len(work.tickets.waiting()) == 1
    texts = [told(replies, f"{who.account}:") for replies, who in zip(got, people, strict=True)]
    assert sum("Sent to the choir office as Q1" in text for text in texts) == 1
    assert sum("has been asked to agree" in text for text in texts) == RACERS - 1
    assert enrolment.state is EnrolmentState.ASKED_FOR
