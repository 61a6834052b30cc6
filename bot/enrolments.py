"""Enrolments: somebody who is to run an account is invited, accepts, and is taken through a checklist. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people import Person


class EnrolmentState(StrEnum):
    """Where an enrolment stands."""

    ASKED_FOR = "asked_for"  # by the person, or by an admin who leaves; staff have yet to agree
    INVITED = "invited"
    UNDER_WAY = "under_way"  # they accepted
    FINISHED = "finished"
    DECLINED = "declined"  # by the person
    ENDED = "ended"  # by staff, or because the account is gone


OPEN = (EnrolmentState.ASKED_FOR, EnrolmentState.INVITED, EnrolmentState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """What somebody answered in one step. `item` tells several questions of a step apart (an example, a post and a step
    of a flow); `right` says whether it was, None where nothing is right or wrong."""

    step: str
    item: str
    given: str
    at: datetime
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause that somebody confirmed to have read: in which edition, in which words and how strongly put (its
    `Force`), by which a change is noticed."""

    clause: str
    edition: str
    text: str
    at: datetime
    force: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person's onboarding for one account. `id` is given by the store.

    `entry` is the account's id on the register. `asked_by` is who invited them, or asked for it. `active` is when the
    person last did something about it, or was invited; from there reminders count. `place` is the conversation in which
    they were last shown a step. `snoozed` is until when they want to hear nothing.
    """

    id: str
    society: str
    entry: str
    person: Person
    asked_by: Person
    state: EnrolmentState
    opened: datetime
    active: datetime
    place: str
    answers: tuple[StepAnswer, ...] = ()
    read: tuple[ReadClause, ...] = ()
    finished: datetime | None = None
    snoozed: datetime | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def answered(self, step: str, item: str = "") -> StepAnswer | None:
        """What was answered last there."""
        return next((one for one in reversed(self.answers) if (one.step, one.item) == (step, item)), None)
