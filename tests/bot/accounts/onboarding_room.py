"""A choir with two accounts on its register, staff who are asked, and people who are set up to run them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryWork
from bot.accounts.enrolling import as_it_stands
from bot.accounts.onboarding import Onboarding
from bot.accounts.register_desk import RegisterDesk
from bot.acts import AcceptInvitation, Act, AnswerStep, Close, ConfirmRead, Invite, TakeOver
from bot.desk import Desk
from bot.enrolments import Enrolment, EnrolmentState
from bot.following import Following
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Button, Lesson, Listed, Reply, Told
from bot.telling import buttons_of
from bot.tickets import Ticket
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding import files
from knowledge.onboarding.checklist import Checklists
from tests.conftest import SAMPLE

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 10:00 in London
WREN, FINCH = Person("slack:U1", "Wren Ashby"), Person("slack:U2", "Finch Vale")
ROOK, DAW = Person("slack:S1", "Rook Marsh"), Person("slack:S2", "Daw Hill")
CARO = Person("slack:S9", "Caro Lake")  # staff of another society
DESK = "slack:C1:"
OFFICE = Office("larks", "the choir office", DESK)


class Choir:
    """One store; each act is in a unit of work of its own, a minute after the one before."""

    def __init__(self, library: Library, guides: Guides, office: Office = OFFICE) -> None:
        self.now, self.library, self.guides = MONDAY, library, guides
        self.checklists, faults = files.load([SAMPLE / "onboarding"], library.index.clauses, guides.flows)
        assert not faults
        self.offices = Offices({"larks": office, "oars": Office("oars", "the boathouse")})
        self.store = MemoryStore(lambda: self.now)
        with self.store.work() as work:
            for member in (StaffMember(ROOK, "larks", "Choir Secretary"), StaffMember(DAW, "larks")):
                work.staff.add(member)
            work.staff.add(StaffMember(CARO, "oars", "Cox"))
            for handle, group in (("@larks_choir", "The choir"), ("@larks_young", "The Young Larks")):
                added = RegisterMove("", 1, self.now, NOBODY, Change.ADDED)
                work.register.add(RegisterEntry("", "larks", handle, "Twitter", group), added)

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    @contextmanager
    def working(self) -> Iterator[tuple[MemoryWork, Onboarding]]:
        self.later(minutes=1)
        with self.store.work() as work:
            yield work, self.onboarding(work)

    def onboarding(self, work: MemoryWork, checklists: Checklists | None = None) -> Onboarding:
        precedents = Precedents(self.library)
        held = checklists or self.checklists
        return Onboarding(self.library, self.guides, held, self.offices, precedents, work)

    def does(self, act: Act, who: Person = WREN, where: str = "", society: str | None = "larks") -> list[Reply]:
        """What comes of an act of somebody's."""
        with self.working() as (_, onboarding):
            return onboarding.act(message(act, who, where, society))

    def keeps(self, act: Act, who: Person = ROOK) -> list[Reply]:
        """What comes of an act of somebody's on the register."""
        self.later(minutes=1)
        with self.store.work() as work:
            desk = RegisterDesk(self.library, self.checklists, self.offices, Precedents(self.library), work)
            return desk.act(message(act, who, "", "larks"))

    def asker_does(self, act: Act, who: Person = WREN) -> list[Reply]:
        """What comes of an act of an asker's on a query of theirs."""
        self.later(minutes=1)
        with self.store.work() as work:
            following = Following(self.library, self.offices, Precedents(self.library), work)
            return following.act(message(act, who, "", "larks"), act)  # type: ignore[arg-type]

    def entry(self, name: str = "1") -> RegisterEntry:
        with self.store.work() as work:
            found = work.register.get(name)
        assert found is not None
        return found

    def enrolment(self, name: str = "1") -> Enrolment:
        with self.store.work() as work:
            found = work.enrolments.get(name)
        assert found is not None
        return found

    def ticket(self, name: str = "1") -> Ticket:
        with self.store.work() as work:
            found = work.tickets.get(name)
        assert found is not None
        return found

    def history(self, name: str = "1") -> list[tuple[Change, str, str]]:
        """Of each line of an entry's history what it is, who did it and whom it concerns."""
        with self.store.work() as work:
            return [(move.what, move.who.account, move.whom.account) for move in work.register.history(name)]

    def changes(self, name: str = "1", **changes: object) -> None:
        """An account is changed on the register, by staff."""
        with self.store.work() as work:
            before = work.register.get(name)
            assert before is not None
            after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
            assert work.register.change(after, RegisterMove(name, after.version, self.now, ROOK, Change.CHANGED))

    def runs(self, person: Person, name: str = "1") -> None:
        """Somebody is noted as an admin of an account, by staff."""
        self.changes(name, admins=(*self.entry(name).admins, Admin(person, self.now)))

    def link(self, one: Person, other: Person) -> None:
        with self.store.work() as work:
            work.links.link(one.account, other.account)

    def under_way(self, person: Person = WREN, name: str = "1") -> Lesson:
        """The first lesson of somebody whom staff invited, and who accepted."""
        self.does(Invite(name, person.account), ROOK)
        with self.store.work() as work:
            invited = work.enrolments.of([person.account])[0]
        return lesson(self.does(AcceptInvitation(invited.id), person))

    def through(self, shown: Lesson, who: Person = WREN, wrong: bool = False) -> Lesson:
        """The last lesson, after every step is answered as it is best, or as it is not."""
        while not isinstance(shown.buttons[0].act, ConfirmRead):
            shown = lesson(self.does(self.best(shown, wrong), who))
        return shown

    def best(self, shown: Lesson, wrong: bool = False) -> AnswerStep:
        """The answer to what is open that is right, or that is wrong."""
        act = shown.buttons[0].act
        assert isinstance(act, AnswerStep)
        checklist = self.checklists.of("larks")
        step = checklist.step(act.step) if checklist else None
        assert step is not None
        if act.item == "words":
            return replace(act, given="To tell of our concerts.")
        example = next((one for one in step.examples if one.id == act.item), None)
        if example is not None:
            return replace(act, given=labels(shown)[int(example.fine is wrong)])
        post, _, flow_step = act.item.partition(":")
        played = next((one for one in step.posts if one.id == post), None)
        if played is not None and flow_step.count(":"):
            fitting = dict(played.responses)[flow_step.partition(":")[2]]
            return replace(act, given="Not sure" if wrong else fitting)
        return replace(act, given=labels(shown)[-2 if wrong else 0])

    def set_up(self, person: Person = WREN, name: str = "1") -> list[Reply]:
        """What is said at the end to somebody who has gone through all of it."""
        return self.does(self.through(self.under_way(person, name), person).buttons[0].act, person)


def message(act: Act, who: Person, where: str, society: str | None) -> Message:
    return Message(where or f"{who.account}:", "", society, Party.MEMBER, who, act)


def lesson(replies: list[Reply]) -> Lesson:
    """The first lesson among replies."""
    return next(one for one in replies if isinstance(one, Lesson))


def told(replies: list[Reply], conversation: str = "slack:U1:") -> str:
    """All that the bot says of itself in a conversation."""
    return " ".join(one.text for one in replies if isinstance(one, Told) and one.conversation == conversation)


def listing(replies: list[Reply], conversation: str = "slack:U1:") -> Listed:
    return next(one for one in replies if isinstance(one, Listed) and one.conversation == conversation)


def labels(reply: Reply) -> list[str]:
    return [button.label for button in buttons_of(reply)]


def button(reply: Reply, label: str) -> Button:
    """The button of a reply with this label."""
    return next(one for one in buttons_of(reply) if one.label == label)


def asks(choir: Choir, who: Person = WREN, handle: str = "@larks_choir") -> list[Reply]:
    """Somebody says that they have taken an account over, and confirms it."""
    return choir.does(TakeOver(handle, confirmed=True), who)


def closes(choir: Choir, reason: str = "We do not know you.") -> list[Reply]:
    """Staff close the first query."""
    choir.later(minutes=1)
    with choir.store.work() as work:
        desk = Desk(choir.library, choir.offices, Precedents(choir.library), work)
        return desk.act(message(Close("1", 0, reason), ROOK, "", "larks"))


def states(choir: Choir) -> list[EnrolmentState]:
    """Of every enrolment how it stands, the latest first."""
    with choir.store.work() as work:
        every = [one for name in ("1", "2") for one in work.enrolments.for_entry(name)]
        return [as_it_stands(one, work).state for one in every]
