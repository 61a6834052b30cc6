"""The record of an onboarding: who, for which account, which clauses in which edition, when, and what is still open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import wording_of_onboarding as wording
from bot.accounts.standing import open_checks, written
from bot.enrolments import Enrolment, EnrolmentState, ReadClause, StepAnswer
from bot.office import Office
from bot.register import RegisterEntry
from bot.replies import Button, Entry, Listed
from bot.wording_of_times import day
from knowledge.onboarding.checklist import Checklist, ChecklistStep, StepKind


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of somebody who was set up, or is being. `account` is theirs (platform:id), empty where it was
    forgotten; `handle` is what the account that they run is called now. `sections` are the titles of the sections that
    the clauses in `read` are in, in their order. `checks` are what had to be done elsewhere, each with what was
    answered, and `to_do` those that are open; `written` is what they said of the account, by field."""

    account: str
    handle: str
    state: EnrolmentState
    opened: datetime
    finished: datetime | None
    read: tuple[ReadClause, ...]
    sections: tuple[str, ...]
    to_do: tuple[ChecklistStep, ...]
    checks: tuple[tuple[ChecklistStep, StepAnswer], ...]
    written: tuple[tuple[str, str], ...]


def record_of(
    enrolment: Enrolment, entry: RegisterEntry | None, checklist: Checklist | None, section_of: Callable[[str], str]
) -> Record:
    """The record of an enrolment, as far as its account and its checklist are still there. `section_of` gives the title
    of the section that a clause is in, or nothing."""
    steps = checklist.steps if checklist else ()
    checks = ((step, enrolment.answered(step.id)) for step in steps if step.kind is StepKind.CHECK)
    return Record(
        enrolment.person.account,
        entry.handle if entry else "",
        enrolment.state,
        enrolment.opened,
        enrolment.finished,
        enrolment.read,
        tuple(section_of(one.clause) for one in enrolment.read),
        open_checks(enrolment, checklist) if checklist else (),
        tuple((step, said) for step, said in checks if said is not None),
        tuple((step.field, words) for step, words in written(enrolment, checklist)) if checklist else (),
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
    still_open = [wording.check_line(step.title, said.given) for step, said in record.checks if not said.right]
    done = [wording.check_line(step.title, said.given) for step, said in record.checks if said.right]
    entries += [Entry(wording.STILL_OPEN, tuple(still_open))] if still_open else []
    entries += [Entry(wording.SETTLED, tuple(done))] if done else []
    if record.written:
        entries.append(
            Entry(wording.IN_OWN_WORDS, tuple(wording.field_line(field, words) for field, words in record.written))
        )
    return (*entries, *_read(record, office))


def _read(record: Record, office: Office) -> list[Entry]:
    """The clauses by the edition and the day in which they were confirmed; each section once, with its clauses."""
    blocks: dict[tuple[str, str], dict[str, list[ReadClause]]] = {}
    for one, section in zip(record.read, record.sections, strict=True):
        block = blocks.setdefault((one.edition, day(one.at, office)), {})
        block.setdefault(section, []).append(one)
    entries = []
    for (edition, on), sections in sorted(blocks.items(), key=lambda block: block[0][0]):
        lines = [wording.section_line(title, [one.clause for one in read]) for title, read in sections.items()]
        many = sum(map(len, sections.values()))
        entries.append(Entry(wording.edition_heading(edition, on, many), tuple(lines)))
    return entries
