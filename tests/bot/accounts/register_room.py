"""A choir and a rowing club with accounts on their registers, their staff, and people who run accounts or ask."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryWork
from adapters.storage.memory_accounts import MemoryRegister
from bot.accounts.register_desk import RegisterDesk
from bot.acts import Act
from bot.messages import Message
from bot.office import Limits, Office, Offices
from bot.people import NOBODY, Person, StaffMember
from bot.precedents import Precedents
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Button, Listed, Reply, Told
from bot.telling import buttons_of, in_plain_text
from bot.tickets import Move, Ticket
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 10:00 in London
ROOK, DAW = Person("slack:S1", "Rook Marsh"), Person("slack:S2", "Daw Hill")  # staff
CARO = Person("slack:S9", "Caro Lake")  # staff of another society
WREN, FINCH = Person("slack:U1", "Wren Ashby"), Person("slack:U2", "Finch Vale")  # who run accounts
LARK = Person("slack:U7", "Robin Fell")  # a member
WREN_ELSEWHERE = Person("teams:00000000-0000-4000-8000-000000000001", "Wren A.")
DESK = "slack:C1:"
OFFICE = Office("larks", "the choir office", DESK, limits=Limits(queries_a_day=3))


class Registry:
    """One store; each act is in a unit of work of its own, a minute after the one before."""

    def __init__(self, library: Library, checklists: Checklists, office: Office = OFFICE) -> None:
        self.now, self.library, self.checklists = MONDAY, library, checklists
        self.offices = Offices({"larks": office, "oars": Office("oars", "the boathouse")})
        self.store = MemoryStore(lambda: self.now)
        accounts = (
            ("larks", "@larks_choir", "The choir"),
            ("larks", "@larks_young", "The Young Larks"),
            ("larks", "@larks_late", "The Evening Larks"),  # which the choir's rules do not list
            ("oars", "@oars_crew", "The crew"),
        )
        with self.store.work() as work:
            work.staff.add(StaffMember(ROOK, "larks", "Choir Secretary"))
            work.staff.add(StaffMember(DAW, "larks"))
            work.staff.add(StaffMember(CARO, "oars", "Cox"))
            for society, handle, group in accounts:
                added = RegisterMove("", 1, self.now, NOBODY, Change.ADDED)
                work.register.add(RegisterEntry("", society, handle, "Twitter", group), added)

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    def does(self, act: Act, who: Person = ROOK, society: str | None = "larks", where: str = "") -> list[Reply]:
        """What comes of an act of somebody's."""
        self.later(minutes=1)
        with self.store.work() as work:
            return self._does(act, who, society, where, work)

    def overtaken(self, act: Act, who: Person, rival: Callable[[MemoryWork], None]) -> list[Reply]:
        """What comes of an act at which somebody else is first, between what it reads and what it writes."""
        self.later(minutes=1)
        with self.store.work() as work:
            work.register = OvertakenRegister(work, rival)
            return self._does(act, who, "larks", "", work)

    def _does(self, act: Act, who: Person, society: str | None, where: str, work: MemoryWork) -> list[Reply]:
        desk = RegisterDesk(self.library, self.checklists, self.offices, Precedents(self.library), work)
        return desk.act(Message(where or f"{who.account}:1", "", society, None, who, act))

    def entry(self, name: str = "1") -> RegisterEntry:
        with self.store.work() as work:
            found = work.register.get(name)
        assert found is not None
        return found

    def history(self, name: str = "1") -> list[tuple[Change, str, str, str]]:
        """Of each line of an account's history what it is, who did it, whom it concerns, and its text."""
        with self.store.work() as work:
            return [(one.what, one.who.account, one.whom.account, one.text) for one in work.register.history(name)]

    def changes(self, name: str = "1", by: Person = DAW, what: Change = Change.CHANGED, **changes: object) -> None:
        """An account is changed by somebody else."""
        with self.store.work() as work:
            changed(work, name, by, what, **changes)

    def runs(self, *people: Person, name: str = "1") -> None:
        """These people are noted as running an account."""
        admins = tuple(Admin(person, self.now) for person in people)
        self.changes(name, admins=(*self.entry(name).admins, *admins))

    def link(self, one: Person, other: Person) -> None:
        with self.store.work() as work:
            work.links.link(one.account, other.account)

    def ticket(self, name: str = "1") -> Ticket:
        with self.store.work() as work:
            found = work.tickets.get(name)
        assert found is not None
        return found

    def moves(self, name: str = "1") -> tuple[Move, ...]:
        with self.store.work() as work:
            return work.tickets.history(name)


class OvertakenRegister(MemoryRegister):
    """A register that somebody else changes just before the first change that is made here."""

    def __init__(self, work: MemoryWork, rival: Callable[[MemoryWork], None]) -> None:
        super().__init__(work._kept.accounts)
        self._work, self._rivals, self._plain = work, [rival], work.register

    def change(self, after: RegisterEntry, move: RegisterMove) -> bool:
        if self._rivals:
            rival = self._rivals.pop()
            self._work.register = self._plain
            rival(self._work)
            self._work.register = self
        return super().change(after, move)


def changed(work: MemoryWork, name: str, by: Person = DAW, what: Change = Change.CHANGED, **changes: object) -> None:
    """An account is changed by somebody, in a work."""
    before = work.register.get(name)
    assert before is not None
    after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
    assert work.register.change(after, RegisterMove(name, after.version, work.now, by, what))


def told(replies: list[Reply], person: Person = ROOK) -> str:
    """All that somebody is told where they are."""
    return "\n".join(in_plain_text(one) for one in replies if one.conversation.startswith(f"{person.account}:"))


def alone(replies: list[Reply], person: Person) -> list[Told]:
    """What somebody is told unasked, in the chat with them alone."""
    return [one for one in replies if isinstance(one, Told) and one.conversation == f"{person.account}:"]


def at_desk(replies: list[Reply]) -> list[Told]:
    return [one for one in replies if isinstance(one, Told) and one.conversation == DESK]


def listing(replies: list[Reply]) -> Listed:
    return next(one for one in replies if isinstance(one, Listed))


def button(replies: list[Reply], name: str, at: int = 0) -> Button:
    """The button of that name, of all that are shown."""
    return [one for reply in replies for one in buttons_of(reply) if one.name == name][at]
