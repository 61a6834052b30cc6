"""Requests for a new account: what a group has agreed, gathered piece by piece before it goes to the office. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people import Person


class RequestState(StrEnum):
    """Where a request stands."""

    GATHERING = "gathering"
    SENT = "sent"  # there is a ticket
    APPROVED = "approved"
    DROPPED = "dropped"  # by whoever began it


class Field(StrEnum):
    """What is asked of a group, in this order. The first six have to be there before the request goes."""

    GROUP = "group"
    PURPOSE = "purpose"
    AUDIENCE = "audience"
    CONTENT = "content"  # who provides it
    WATCHING = "watching"  # who watches for interaction
    HANDLE = "handle"  # where, and what it should be called
    QUESTIONS = "questions"  # about naming and branding
    ADMINS = "admins"  # who else would run it, by their accounts


NEEDED = tuple(Field)[:6]


@dataclass(frozen=True, slots=True)
class AccountRequest:
    """A group's request. `id` is given by the store; `given` is what was said so far, by field. `place` is the
    conversation in which it is gathered, `ticket` what it became, `entry` the account that came of it. `active` is when
    something was last said for it there, or it was shown."""

    id: str
    society: str
    person: Person
    place: str
    begun: datetime
    given: tuple[tuple[Field, str], ...] = ()
    state: RequestState = RequestState.GATHERING
    ticket: str = ""
    entry: str = ""
    version: int = 1
    active: datetime | None = None

    def of(self, field: Field) -> str:
        """What was said about a field; empty where nothing was."""
        return dict(self.given).get(field, "")

    @property
    def missing(self) -> tuple[Field, ...]:
        """What is needed and was not said yet, in order."""
        return tuple(field for field in NEEDED if not self.of(field).strip())
