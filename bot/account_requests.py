"""Requests for a new account: what a group has agreed, gathered piece by piece before it goes to the office. Pure."""

import re
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
_HANDLE = re.compile(r"(?<![\w@])@[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")
_PLATFORMS = (  # "@handle on Twitter", "Twitter: @handle", "@handle, Twitter"
    re.compile(r"\bon\s+(?P<name>[A-Za-z][\w ]{0,38}?)\s*(?:[.,;:(]|\Z)"),
    re.compile(r"\A(?P<name>[A-Za-z]\w{0,38}):"),
    re.compile(r",\s*(?P<name>[A-Za-z]\w{0,38})\s*(?:[.;(]|\Z)"),
)


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


def proposed(text: str) -> tuple[str, str]:
    """The handle and the platform that the words on where an account is to be propose; empty where they do not."""
    handle = _HANDLE.search(text)
    platform = next(filter(None, (pattern.search(text) for pattern in _PLATFORMS)), None)
    return handle[0] if handle else "", platform["name"].strip() if platform else ""
