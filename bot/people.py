"""Who writes: somebody as a platform knows them."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """`account` is platform:id, and unique; empty where it is not known or was forgotten. `name` is as it is shown."""

    account: str
    name: str = ""


NOBODY = Person("")


class Standing(StrEnum):
    """How somebody belongs to where they write from, as the platform has it."""

    OWN = "own"  # to the organisation whose place it is
    GUEST = "guest"  # let in by it, as far as it goes
    OUTSIDER = "outsider"  # to another organisation, with which a channel is shared


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who may act at the desk of a society. `title` is their post there, a job title; it may be empty."""

    person: Person
    society: str
    title: str = ""
