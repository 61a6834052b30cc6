"""The accounts of an invented choir, with a clock that the test sets, and what is said unasked about them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.storage.memory import MemoryStore, MemoryWork
from adapters.storage.memory_accounts import MemoryEnrolments
from bot.accounts.nudging import Nudging
from bot.enrolments import Enrolment, EnrolmentState
from bot.hours import Hours
from bot.office import Office, Offices
from bot.people import NOBODY, Person
from bot.ports import Delivery
from bot.register import Admin, Change, RegisterEntry, RegisterMove
from bot.replies import Reply, Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, Checklists, RequestRules

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 9:00 in London
ANN, BEN, CLERK = Person("slack:U1", "Ann Lark"), Person("slack:U2", "Ben Lark"), Person("slack:S1", "Robin Wetherby")
DESK = "slack:C1:"
OFFICE = Office("larks", "the choir office", DESK, {"Chair": "c@larks.example", "": "desk@larks.example"})
NEVER = Hours(days={})
DAY = timedelta(days=1)
HELD = Checklists({"larks": Checklist("larks", "", (), (), RequestRules("", "", "", ()))})  # one without steps


class Choir:
    """The accounts of a choir, whose office's clock the test sets."""

    def __init__(self, library: Library, office: Office = OFFICE) -> None:
        self.now, self.library, self.office = MONDAY, library, office
        self.store = MemoryStore(lambda: self.now)
        self.failed: tuple[Delivery, ...] = ()
        self.checklists = HELD

    def account(
        self, handle: str = "@larks_choir", admins: tuple[Person, ...] = (), **changes: object
    ) -> RegisterEntry:
        """An account on the register, whose admins were added now."""
        made = RegisterEntry("", "larks", handle, "Twitter", "Choir", "To tell of concerts.")
        entry = replace(made, admins=tuple(Admin(one, self.now) for one in admins), **changes)  # type: ignore[arg-type]
        with self.store.work() as work:
            added = work.register.add(entry, RegisterMove("", 1, self.now, NOBODY, Change.ADDED))
        assert added is not None
        return added

    def changed(self, entry: RegisterEntry, **changes: object) -> RegisterEntry:
        with self.store.work() as work:
            before = work.register.get(entry.id)
            assert before is not None
            after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
            assert work.register.change(after, RegisterMove("", after.version, self.now, CLERK, Change.CHANGED))
        return after

    def invited(self, entry: RegisterEntry, person: Person = ANN, **changes: object) -> Enrolment:
        made = Enrolment(
            "", "larks", entry.id, person, CLERK, EnrolmentState.INVITED, self.now, self.now, f"{person.account}:"
        )
        with self.store.work() as work:
            added = work.enrolments.add(replace(made, **changes))  # type: ignore[arg-type]
        assert added is not None
        return added

    def moves(self, enrolment: Enrolment, **changes: object) -> Enrolment:
        """What somebody does about an enrolment."""
        with self.store.work() as work:
            before = work.enrolments.get(enrolment.id)
            assert before is not None
            after = replace(before, version=before.version + 1, **changes)  # type: ignore[arg-type]
            assert work.enrolments.change(after)
        return after

    def links(self, one: str, other: str) -> None:
        with self.store.work() as work:
            work.links.link(one, other)

    def is_due(self) -> bool:
        with self.store.work() as work:
            return self._nudging(work).is_due()

    def due(self, after: timedelta = timedelta()) -> list[Reply]:
        """What is due that much later."""
        self.now += after
        with self.store.work() as work:
            return self._nudging(work).due()

    def _nudging(self, work: MemoryWork) -> Nudging:
        work.enrolments = Failing(work.enrolments, self.failed)
        return Nudging(self.library, self.checklists, Offices({"larks": self.office}), work)


class Failing(MemoryEnrolments):
    """Enrolments of which something was given up on its way."""

    def __init__(self, enrolments: MemoryEnrolments, failed: tuple[Delivery, ...]) -> None:
        self._enrolments, self._failed = enrolments._enrolments, failed

    def unreached(self) -> tuple[Delivery, ...]:
        return self._failed


def told(replies: list[Reply], where: str) -> list[str]:
    return [one.text for one in replies if isinstance(one, Told) and one.conversation == where]


def only(replies: list[Reply]) -> Told:
    [reply] = replies
    assert isinstance(reply, Told)
    return reply
