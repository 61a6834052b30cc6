"""Who writes: somebody as a platform knows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """`account` is platform:id, and unique; empty where it is not known or was forgotten. `name` is as it is shown."""

    account: str
    name: str = ""


NOBODY = Person("")


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who may act at the desk of a society. `title` is their post there, a job title; it may be empty."""

    person: Person
    society: str
    title: str = ""
