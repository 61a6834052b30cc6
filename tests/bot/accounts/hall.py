"""A choir whose groups ask for accounts, its desk, and people on two platforms; with a clock that the test sets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryWork
from adapters.storage.memory_accounts import MemoryRequests
from bot.account_requests import AccountRequest
from bot.accounts.lessons import Lessons
from bot.accounts.linking import Linking
from bot.accounts.requesting import Requesting
from bot.accounts.words import meant
from bot.acts import Act, FillRequest, LinksAct, RequestAccount, RequestsAct
from bot.desk import Desk
from bot.enrolments import Enrolment, EnrolmentState
from bot.exchanges import Exchange
from bot.messages import Message
from bot.office import Limits, Office, Offices, Routing
from bot.people import Person, StaffMember
from bot.ports import Turn
from bot.precedents import Precedents
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Button, Lesson, Listed, Reply, Told
from bot.telling import buttons_of
from bot.tickets import Ticket
from knowledge.answers import Reason
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding import files
from knowledge.onboarding.checklist import Checklists
from tests.conftest import SAMPLE, SAMPLE_FLOWS, guides_of

ALEX = Person("slack:UALEX", "Alex")  # staff
ANN, BEN = Person("slack:UANN", "Ann Lark"), Person("slack:UBEN", "Ben Lark")
ANN_THERE = Person("teams:0f3c1c5e-0000-4000-8000-00000000000a", "Ann Lark")
STRANGER = Person("slack:UEVE", "Eve")
DESK = "slack:CDESK:"
LATE = "Ann sings on Mondays, Ben in between."
GIVEN = {
    "group": "The Evening Larks",
    "purpose": "To tell of our concerts.",
    "audience": "Families and neighbours.",
    "content": "Two of our altos.",
    "watching": "The same two.",
    "handle": "@larks_evening, on Twitter",
}


def checklists_of(library: Library, guides: Guides) -> Checklists:
    found, faults = files.load([SAMPLE / "onboarding"], library.index.clauses, guides.of("larks"))
    assert not faults
    return found


class Hall:
    """Each act is done in a unit of work of its own, a minute after the one before."""

    def __init__(self, library: Library, limits: Limits | None = None) -> None:
        self.library, self.guides = library, guides_of(library, folder=SAMPLE_FLOWS)
        self.checklists = checklists_of(library, self.guides)
        self.now = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
        self.store = MemoryStore(lambda: self.now)
        routing = (Routing(("larks/accounts/*",), ("Choir Secretary",)),)
        larks = Office("larks", "the choir office", DESK, routing=routing, limits=limits or Limits())
        self.offices = Offices({"larks": larks, "oars": Office("oars", "the boathouse")})
        self.precedents = Precedents(library)
        with self.store.work() as work:
            work.staff.add(StaffMember(ALEX, "larks", "Choir Secretary"))

    def later(self, **more: float) -> None:
        self.now += timedelta(**more)

    def requesting(self, work: MemoryWork) -> Requesting:
        return Requesting(self.library, self.checklists, self.offices, self.precedents, work)

    def does(self, act: Act, who: Person = ANN, place: str = "", society: str | None = "larks") -> list[Reply]:
        """What an act of somebody's comes to."""
        self.later(minutes=1)
        message = Message(place or home(who), "", society, person=who, act=act)
        with self.store.work() as work:
            if isinstance(act, RequestsAct):
                return self.requesting(work).act(message)
            if isinstance(act, LinksAct):
                return Linking(work).act(message)
            return Desk(self.library, self.offices, self.precedents, work).act(message)

    def lessons(self, work: MemoryWork) -> Lessons:
        return Lessons(self.library, self.guides, self.checklists, self.offices, work)

    def means(self, text: str, who: Person = ANN, place: str = "") -> Act | None:
        """The act that words of somebody's mean."""
        self.later(minutes=1)
        with self.store.work() as work:
            message = Message(place or home(who), text, "larks", person=who)
            return meant(message, "larks", self.lessons(work), work)

    def says(self, text: str, who: Person = ANN, place: str = "") -> list[Reply]:
        """What words come to that mean an act."""
        act = self.means(text, who, place)
        assert act is not None, text
        return self.does(act, who, place)

    def is_asked(self, text: str, options: tuple[str, ...] = (), who: Person = ANN, place: str = "") -> None:
        """Somebody asks something else and is answered, and perhaps asked back."""
        self.later(minutes=1)
        place = place or home(who)
        with self.store.work() as work:
            asked = Exchange("", place, who, "larks", Party.MEMBER, self.now, text, "...", Reason.VAGUE)
            kept = work.exchanges.add(asked)
            turn = Turn("larks", Party.MEMBER, text, text, options=options, exchange=kept.id, by=who.account)
            work.conversations.put(place, turn)

    def begins(self, who: Person = ANN, place: str = "") -> AccountRequest:
        """A request that somebody has begun."""
        self.does(RequestAccount(), who, place)
        return self.request(who)

    def fills(self, **given: str) -> list[Reply]:
        """What comes of saying these for the request of Ann, one after another."""
        replies: list[Reply] = []
        for field, words in given.items():
            replies = self.does(FillRequest(self.request().id, field, words))
        return replies

    def is_complete(self, **more: str) -> AccountRequest:
        """A request of Ann's in which everything was said."""
        self.begins()
        self.fills(**{**GIVEN, "questions": "none", "admins": "me", **more})
        return self.request()

    def request(self, who: Person = ANN) -> AccountRequest:
        """The latest request of somebody."""
        with self.store.work() as work:
            return work.requests.of(work.links.accounts(who.account))[0]

    def ticket(self, name: str = "1") -> Ticket:
        with self.store.work() as work:
            found = work.tickets.get(name)
        assert found is not None
        return found

    def links(self, one: Person, other: Person) -> None:
        with self.store.work() as work:
            work.links.link(one.account, other.account)

    def has_account(self, handle: str = "@larks_choir", *admins: Person, leaving: bool = False) -> RegisterEntry:
        """An account on the register that these people run."""
        left = self.now if leaving else None
        entry = RegisterEntry(
            "", "larks", handle, "Twitter", "The choir", admins=tuple(Admin(one, self.now, left) for one in admins)
        )
        with self.store.work() as work:
            added = work.register.add(entry, RegisterMove("", 1, self.now, ALEX, Change.ADDED))
        assert added is not None
        return added

    def is_enrolled(
        self, entry: RegisterEntry, who: Person = ANN, state: EnrolmentState = EnrolmentState.UNDER_WAY
    ) -> str:
        """The id of an enrolment of somebody, shown to them just now where they are alone with the bot."""
        enrolment = Enrolment("", "larks", entry.id, who, ALEX, state, self.now, self.now, home(who))
        with self.store.work() as work:
            added = work.enrolments.add(enrolment)
        assert added is not None
        return added.id

    def answered(self, enrolment: str, change: Callable[[Enrolment], Enrolment]) -> None:
        with self.store.work() as work:
            before = work.enrolments.get(enrolment)
            assert before is not None
            assert work.enrolments.change(replace(change(before), version=before.version + 1))

    def entries(self) -> tuple[RegisterEntry, ...]:
        with self.store.work() as work:
            return work.register.of("larks")


def home(who: Person) -> str:
    """The conversation of somebody alone with the bot."""
    return f"{who.account}:"


def told(replies: list[Reply], place: str = "") -> str:
    """What is told in sentences, to a conversation or in all."""
    mine = [one for one in replies if isinstance(one, Told) and place in ("", one.conversation)]
    return " ".join(one.text for one in mine)


def lesson(replies: list[Reply]) -> Lesson:
    return next(one for one in replies if isinstance(one, Lesson))


def listing(replies: list[Reply]) -> Listed:
    return next(one for one in replies if isinstance(one, Listed))


def button(replies: list[Reply], label: str) -> Button:
    """The first button of this label."""
    return next(one for reply in replies for one in buttons_of(reply) if one.label == label)


def labels(reply: Reply) -> list[str]:
    return [one.label for one in buttons_of(reply)]


class RivalledRequests(MemoryRequests):
    """Requests that somebody else changes just before the first change that is made here."""

    def __init__(self, work: MemoryWork, rival: Callable[[AccountRequest], AccountRequest], times: int = 1) -> None:
        super().__init__(work._kept.accounts)
        self._rival, self._times = rival, times

    def change(self, after: AccountRequest) -> bool:
        if self._times:
            self._times -= 1
            held = self.get(after.id)
            assert held is not None
            assert super().change(replace(self._rival(held), version=held.version + 1))
        return super().change(after)


def rivalled(hall: Hall, act: Act, rival: Callable[[AccountRequest], AccountRequest], times: int = 1) -> list[Reply]:
    """What an act of Ann's comes to while she does something elsewhere at the same moment."""
    hall.later(minutes=1)
    with hall.store.work() as work:
        work.requests = RivalledRequests(work, rival, times)
        return hall.requesting(work).act(Message(home(ANN), "", "larks", person=ANN, act=act))
