"""What is said of queries that wait, by e-mail and at the desk, and of what could not be brought to their askers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.office import Office
from bot.ports import Delivery
from bot.replies import CHANGED_RULING, WITHDRAWN_RULING
from bot.tickets import State, Ticket, What
from bot.wording import ROLE_NAMES
from bot.wording_of_cards import age, listed
from bot.wording_of_queries import excerpt, shown
from bot.wording_of_times import day_and_time

LONGEST_QUESTION = 300  # characters of a question that go into a mail, where any may
WRITTEN_BY_ITSELF = "This mail was written by Chapter & Verse. Please do not answer it: nobody reads what comes back."
ANY_SUBJECT = "From the policy desk"
SOMEBODY = "somebody at the desk"
SHOW_QUEUE = "Show the queue"

_PLATFORMS = {"slack": "in Slack", "teams": "in Microsoft Teams", "console": "in the terminal (`verse chat`)"}
_STATES = {State.OPEN: "open", State.CLAIMED: "taken"}
_LETTER = "\n\n"  # between paragraphs
_TOLD = {  # what an asker was to be told of a query
    What.TAKEN_UP: "The word that {query} was made of what they asked",
    What.CLAIMED: "The word that {query} was taken up",
    What.ASKED_BACK: "The question back about {query}",
    What.ASKED_FOR_NAME: "The question who asks {query}",
    What.ANSWERED: "The answer to {query}",
    What.CLOSED: "The word that {query} was closed",
    What.REOPENED: "The word that {query} is open again",
    WITHDRAWN_RULING: "The word that the ruling on {query} was withdrawn",
    CHANGED_RULING: "The word that a clause of the ruling on {query} has changed",
}


def sent(ticket: Ticket, office: Office, question: str) -> tuple[str, str]:
    """Subject and text of the notice that a query waits. `question` is empty where settings keep it out of mails."""
    paragraphs = [
        f"Query {shown(ticket.id)}, from {ROLE_NAMES[ticket.role]}, waits for an answer from {office.name}"
        f" since {day_and_time(ticket.opened, office, ticket.opened)}.",
        *_quoted(question),
        answer_it(ticket.id, office),
        WRITTEN_BY_ITSELF,
    ]
    return f"Query {shown(ticket.id)} waits for an answer", _LETTER.join(paragraphs)


def reminder(ticket: Ticket, office: Office, waited: timedelta, holder: str, passed_on: bool, now: datetime) -> str:
    """What is said of a query that waits too long. `holder` is a job title, empty where nobody has it; `passed_on`
    says that it goes beyond its own post."""
    held = f"It is held by {holder}." if holder else "Nobody has taken it yet."
    second = office.reminders.second_post
    whom = f" This goes to {f'the {second}' if second else 'the whole desk'} as well." if passed_on else ""
    return (
        f"Query {shown(ticket.id)} for {_posts(ticket, office)}, from {ROLE_NAMES[ticket.role]}, has waited for"
        f" {office_hours(waited)} (it came on {day_and_time(ticket.opened, office, now)}). {held}{whom}"
    )


def reminders(office: Office, late: Sequence[tuple[Ticket, str]], more: int, now: datetime) -> str:
    """What is said where several queries wait too long, each with who holds it; `more` are not named."""
    first = f"{len(late) + more} queries for {office.name} have waited too long:"
    rest = [f"and {more} more"] if more else []
    return "\n".join([first, *(_line(ticket, holder, now) for ticket, holder in late), *rest])


def reminders_subject(many: int) -> str:
    return f"{many} queries still wait for an answer"


def reminder_subject(ticket: Ticket) -> str:
    return f"Query {shown(ticket.id)} still waits for an answer"


def reminder_mail(told: str, question: str, ticket: Ticket, office: Office) -> str:
    """The text of a reminder by e-mail, around what the desk is told as well."""
    return _LETTER.join([told, *_quoted(question), answer_it(ticket.id, office), WRITTEN_BY_ITSELF])


def digest(office: Office, counts: Mapping[State, int], oldest: Sequence[tuple[Ticket, str]], now: datetime) -> str:
    """All that waits, in a few lines. `oldest` are queries, each with the title of who holds it, empty for nobody."""
    total = sum(counts.values())
    parted = ", ".join(f"{number} {_STATES[state]}" for state, number in counts.items() if number)
    many = "1 query waits" if total == 1 else f"{total} queries wait"
    first = f"{many} for {office.name}: {parted}. {'The oldest' if total > len(oldest) else 'Oldest first'}:"
    return "\n".join([first, *(_line(ticket, holder, now) for ticket, holder in oldest)])


def digest_subject(total: int) -> str:
    return "1 query waits" if total == 1 else f"{total} queries wait"


def digest_mail(told: str, office: Office) -> str:
    return _LETTER.join([told, f"They can be answered {_where(office)}.", WRITTEN_BY_ITSELF])


def answer_it(ticket: str, office: Office) -> str:
    """Where a query can be answered."""
    return f"It can be answered {_where(office)}, as {shown(ticket)}."


def undelivered(one: Delivery) -> str:
    """That something could not be brought to the asker of a query, what it was, and why."""
    return f"{_what(one)} could not be brought to its asker{_why(one)}. They do not have it."


def several_undelivered(several: Sequence[Delivery], more: int) -> str:
    """The same of several at once; `more` are not named."""
    first = f"{len(several) + more} messages could not be brought to those who asked. They do not have them:"
    rest = [f"and {more} more"] if more else []
    return "\n".join([first, *(f"{_what(one)}{_why(one)}" for one in several), *rest])


def undelivered_subject(tickets: Sequence[str]) -> str:
    queries = list(dict.fromkeys(tickets))
    if len(queries) == 1:
        return f"The asker of query {shown(queries[0])} could not be reached"
    return f"The askers of {len(queries)} queries could not be reached"


def undelivered_mail(told: str, office: Office) -> str:
    """The text of a mail that says so. It holds nothing of what was to be brought."""
    to_do = f"What was to be said stands with the query, {_where(office)}. Whoever runs the bot can have it sent again."
    return _LETTER.join([told, to_do, WRITTEN_BY_ITSELF])


def office_hours(passed: timedelta) -> str:
    """Office time in whole hours, or in minutes where it is less than one."""
    hours = int(passed.total_seconds() // 3600)
    return (
        _count(hours, "office hour")
        if hours
        else f"{_count(int(passed.total_seconds() // 60), 'minute')} of office time"
    )


def _what(one: Delivery) -> str:
    return _TOLD.get(one.about, "What was said of {query}").format(query=shown(one.ticket))


def _why(one: Delivery) -> str:
    fault = " ".join(one.fault.split()).rstrip(".")
    return f": {fault}" if fault else ""


def _line(ticket: Ticket, holder: str, now: datetime) -> str:
    held = f"held by {holder}" if holder else "taken by nobody"
    return f"{shown(ticket.id)}: {age(ticket.opened, now)}, from {ROLE_NAMES[ticket.role]}, {held}"


def _posts(ticket: Ticket, office: Office) -> str:
    return listed([f"the {post}" for post in ticket.to]) or office.name


def _where(office: Office) -> str:
    if not office.desk:
        return "with the command `verse chat`"
    return f"at the desk {_PLATFORMS.get(office.desk.partition(':')[0], '')}".rstrip()


def _quoted(question: str) -> list[str]:
    if not question:
        return []
    return [f"What was asked:\n{excerpt(question, LONGEST_QUESTION)}"]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
