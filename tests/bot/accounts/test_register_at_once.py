"""The register on PostgreSQL, where several people do the same thing at the same moment: one of them is first."""

from collections.abc import Iterator

import pytest

from adapters.storage.database import Database
from adapters.storage.sql import SqlStore
from bot.accounts.register_desk import RegisterDesk
from bot.acts import Act, AddAdmin, AnswerMessage, ConfirmEntry, Leave, PassOn, PutEntry
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.register import AccountState, Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Reply, Told
from bot.tickets import What
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.rulings.identifying import identifying
from tests.adapters.storage.conftest import RACERS, race
from tests.bot.accounts.register_room import LARK, MONDAY

ADMINS = tuple(Person(f"slack:U{number}", f"Admin {number}") for number in range(RACERS))
STAFF = tuple(Person(f"slack:S{number}", f"Staff {number}") for number in range(RACERS))


class Racing:
    """A choir with two accounts, the first of which eight people run, kept in a database."""

    def __init__(self, library: Library, checklists: Checklists, database: Database) -> None:
        self._library, self._checklists = library, checklists
        self.store = SqlStore(database, lambda: MONDAY)
        with self.store.work() as work:
            for person in STAFF:
                work.staff.add(StaffMember(person, "larks"))
            for handle, people in (("@larks_choir", ADMINS), ("@larks_young", ())):
                admins = tuple(Admin(person, MONDAY) for person in people)
                entry = RegisterEntry("", "larks", handle, "Twitter", "The choir", admins=admins)
                work.register.add(entry, RegisterMove("", 1, MONDAY, NOBODY, Change.ADDED))

    def does(self, act: Act, who: Person) -> list[Reply]:
        offices, precedents = (
            Offices({"larks": Office("larks", "the choir office", "slack:C1:")}),
            Precedents(self._library),
        )
        with self.store.work() as work:
            desk = RegisterDesk(self._library, self._checklists, offices, precedents, work)
            return desk.act(Message(f"{who.account}:1", "", "larks", None, who, act))

    def entry(self, name: str = "1") -> RegisterEntry:
        with self.store.work() as work:
            found = work.register.get(name)
        assert found is not None
        return found

    def history(self, name: str = "1") -> list[Change]:
        with self.store.work() as work:
            return [move.what for move in work.register.history(name)]


@pytest.fixture
def racing(sample_library: Library, sample_checklists: Checklists, postgres_url: str) -> Iterator[Racing]:
    identifying("A", ())  # compiles its patterns once, and not in each thread
    database = Database(postgres_url, pool=RACERS)
    yield Racing(sample_library, sample_checklists, database)
    database.close()


def first_words(got: list[list[Reply]]) -> list[str]:
    """What each was told first."""
    return [replies[0].text for replies in got if isinstance(replies[0], Told)]


def test_of_many_who_confirm_at_once_one_does_and_the_others_learn_of_it(racing: Racing) -> None:
    got = race(lambda number: racing.does(ConfirmEntry("1", 1, access="two"), ADMINS[number]))
    said = first_words(got)
    assert sum(text.startswith("Thank you.") for text in said) == 1
    assert sum(text.startswith("Another of those who run @larks_choir was first") for text in said) == RACERS - 1
    assert racing.history() == [Change.ADDED, Change.CONFIRMED]


def test_one_answer_of_many_reaches_whoever_wrote(racing: Racing) -> None:
    racing.does(PassOn("1", "Could you post our bell-ringing day?", confirmed=True), LARK)
    got = race(lambda number: racing.does(AnswerMessage("1", f"Answer {number}"), ADMINS[number]))
    answers = [one for replies in got for one in replies if isinstance(one, Told) and one.about == What.ANSWERED]
    assert len(answers) == 1
    assert sum("Another admin answered Q1 first" in text for text in first_words(got)) == RACERS - 1
    with racing.store.work() as work:
        ticket = work.tickets.get("1")
    assert ticket is not None
    assert ticket.answer == answers[0].words


def test_a_button_that_is_pressed_many_times_at_once_sends_one_message(racing: Racing) -> None:
    got = race(lambda _: racing.does(PassOn("1", "Could you post our bell-ringing day?", confirmed=True), LARK))
    assert sum(text.startswith("Sent as Q1") for text in first_words(got)) == 1
    assert sum(len(replies) > 1 for replies in got) == 1


def test_all_who_leave_at_once_leave_or_are_asked_to_try_again(racing: Racing) -> None:
    said = first_words(race(lambda number: racing.does(Leave("1"), ADMINS[number])))
    left = sum(text.startswith("Noted: you are leaving") for text in said)
    entry = racing.entry()
    assert left >= 1
    assert len(entry.staying) == RACERS - left
    assert (entry.state is AccountState.NEEDS_ADMIN) is (left == RACERS)
    assert racing.history() == [Change.ADDED, *[Change.LEAVING] * left]


def test_of_staff_who_change_it_at_once_one_is_first_and_no_handle_is_had_twice(racing: Racing) -> None:
    name = PutEntry("larks", "1", 1, handle="@larks_new"), PutEntry("larks", "2", 1, handle="@larks_new")
    race(lambda number: racing.does(name[number % 2], STAFF[number]))
    assert [racing.entry("1").handle, racing.entry("2").handle].count("@larks_new") == 1
    same = PutEntry("larks", handle="@larks_third", platform="Twitter", group="The thirds")
    race(lambda number: racing.does(same, STAFF[number]))
    with racing.store.work() as work:
        assert len(work.register.of("larks")) == 3


def test_somebody_who_is_noted_by_many_at_once_is_noted_once(racing: Racing) -> None:
    race(lambda number: racing.does(AddAdmin("2", 0, LARK.account), STAFF[number]))
    assert [one.person.account for one in racing.entry("2").admins] == [LARK.account]
