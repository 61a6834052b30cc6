"""The record of an onboarding: who, for which account, which clauses in which edition, when, and what is still open."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot import wording_of_onboarding as wording
from bot.accounts.standing import WORDS, open_checks
from bot.enrolments import Enrolment, EnrolmentState, ReadClause
from bot.office import Office
from bot.register import RegisterEntry
from bot.replies import Button, Entry, Listed
from knowledge.onboarding.checklist import Checklist, ChecklistStep, StepKind


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of somebody who was set up, or is being. `account` is theirs (platform:id), empty where it was
    forgotten; `handle` is what the account that they run is called now. `written` is what they said of it, by field."""

    account: str
    handle: str
    state: EnrolmentState
    opened: datetime
    finished: datetime | None
    read: tuple[ReadClause, ...]
    to_do: tuple[ChecklistStep, ...]
    written: tuple[tuple[str, str], ...]


def record_of(enrolment: Enrolment, entry: RegisterEntry | None, checklist: Checklist | None) -> Record:
    """The record of an enrolment, as far as its account and its checklist are still there."""
    steps = checklist.steps if checklist else ()
    written = ((step, enrolment.answered(step.id, WORDS)) for step in steps if step.kind is StepKind.WRITE)
    return Record(
        enrolment.person.account,
        entry.handle if entry else "",
        enrolment.state,
        enrolment.opened,
        enrolment.finished,
        enrolment.read,
        open_checks(enrolment, checklist) if checklist else (),
        tuple((step.field, said.given) for step, said in written if said is not None),
    )


def listed(record: Record, who: str, conversation: str, office: Office, buttons: tuple[Button, ...] = ()) -> Listed:
    """The record as it is shown; `who` is "you" to the person themselves."""
    return Listed(conversation, _heading(record, who, office), _entries(record, office), buttons=buttons)


def in_text(record: Record, who: str, office: Office) -> str:
    """The record as a text, for a mail."""
    blocks = ["\n".join((entry.heading, *entry.lines)) for entry in _entries(record, office)]
    return "\n\n".join([_heading(record, who, office), *blocks])


def _heading(record: Record, who: str, office: Office) -> str:
    if record.finished is not None:
        return wording.record_heading(record.handle, who, record.finished, office)
    return wording.under_way_heading(record.handle, who, wording.STATES[record.state])


def _entries(record: Record, office: Office) -> tuple[Entry, ...]:
    entries = []
    if record.to_do:
        entries.append(Entry(wording.STILL_OPEN, tuple(step.title for step in record.to_do)))
    if record.written:
        entries.append(
            Entry(wording.IN_OWN_WORDS, tuple(wording.field_line(field, words) for field, words in record.written))
        )
    for edition, read in groupby(sorted(record.read, key=lambda one: one.edition), key=lambda one: one.edition):
        lines = tuple(wording.clause_line(one.clause, one.at, office) for one in read)
        entries.append(Entry(wording.edition_heading(edition, len(lines)), lines))
    return tuple(entries)
