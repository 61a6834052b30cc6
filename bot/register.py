"""The register: the accounts of a society, who runs them, and what became of each. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.people import NOBODY, Person


class AccountState(StrEnum):
    """Where an account on the register stands."""

    ACTIVE = "active"
    NEEDS_ADMIN = "needs_admin"  # whoever ran it is leaving, or has left
    CLOSED = "closed"


class Change(StrEnum):
    """What happened to an entry."""

    ADDED = "added"  # from a policy, a file, a request or by staff
    CHANGED = "changed"  # what it is called, where it is, whose it is, what it is for
    ADMIN_ADDED = "admin_added"
    ADMIN_REMOVED = "admin_removed"
    LEAVING = "leaving"  # an admin said so
    STAYING = "staying"  # and took it back
    CONFIRMED = "confirmed"  # by one of its admins
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Admin:
    """Somebody who runs an account, by how one platform knows them. `leaving` is when they said that they are."""

    person: Person
    since: datetime
    leaving: datetime | None = None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An account on the register of a society. `id` is given by the store.

    `handle` is as it is written ("@IPEM_MR_SIG"), and unique in its society whatever its capitals; `former` are those
    that it had before. `platform` is where it is ("Twitter"), `group` whose it is. `confirmed` is when an admin last
    said that it is as it stands here, `review` the day on which somebody should look at it again.
    """

    id: str
    society: str
    handle: str
    platform: str
    group: str
    purpose: str = ""
    audience: str = ""
    state: AccountState = AccountState.ACTIVE
    admins: tuple[Admin, ...] = ()
    confirmed: datetime | None = None
    review: date | None = None
    former: tuple[str, ...] = ()
    version: int = 1

    @property
    def staying(self) -> tuple[Admin, ...]:
        """Its admins that are not leaving."""
        return tuple(admin for admin in self.admins if admin.leaving is None)

    def admin(self, accounts: tuple[str, ...]) -> Admin | None:
        """The admin whom one of these accounts is of."""
        return next((one for one in self.admins if one.person.account in accounts), None)


@dataclass(frozen=True, slots=True)
class RegisterMove:
    """One line of an entry's history, which is only added to. `version` is the entry's after it; `whom` is the admin
    whom it concerns, and `text` says which field was changed from what to what."""

    entry: str
    version: int
    at: datetime
    who: Person
    what: Change
    whom: Person = NOBODY
    text: str = ""
