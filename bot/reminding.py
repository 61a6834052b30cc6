"""Reminders of queries that wait too long, and the digest of each working day.

Whoever runs this asks now and then what is due. Each step is said at most once, by a mark that the store keeps, and
nothing is said while the office is closed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import wording_of_notices as wording
from bot.acts import Claim, ShowQueue, ShowTicket
from bot.hours import after_office_time, is_open, office_time
from bot.notices import DESK, mails, shown_question
from bot.office import Office, Offices
from bot.ports import Work
from bot.replies import Button, Reply, Told
from bot.tickets import WAITING, Move, State, Ticket, What
from bot.wording_of_cards import CLAIM, show
from knowledge.library import Library

FIRST, SECOND = 1, 2  # the steps
MOST_ALONE = 3  # reminders of one society that are said one by one; more at once are said in one
MOST_NAMED = 10  # of these, that are named
OLDEST = 5  # queries that a digest names


@dataclass(frozen=True, slots=True)
class _Late:
    """A ticket that waits too long: since when, for how much office time, at which step, and whom to write to."""

    ticket: Ticket
    waited: timedelta
    step: int
    posts: tuple[str, ...]


class Reminding:
    """What is due at the time of one unit of work."""

    def __init__(self, library: Library, offices: Offices, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work

    def due(self) -> list[Reply]:
        """Reminders and digests that are due now, marked as said. Asking again at once brings nothing."""
        waiting = self._work.tickets.waiting()
        ids = {ticket.id for ticket in waiting}
        alone = [ticket for ticket in waiting if ticket.joined_to not in ids]  # whose answer is not another's
        replies: list[Reply] = []
        for society in dict.fromkeys([*self._library.societies, *(ticket.society for ticket in alone)]):
            office = self._offices.of(society)
            if is_open(office.hours, self._work.now):
                own = [ticket for ticket in alone if ticket.society == society]
                replies += self._reminders(office, own) + self._digest(office, own)
        return replies

    def _reminders(self, office: Office, tickets: Sequence[Ticket]) -> list[Reply]:
        late = [found for ticket in tickets if (found := self._late(ticket, office)) is not None]
        if len(late) > MOST_ALONE:
            return self._said_together(office, late)
        return [reply for one in late for reply in self._said_alone(office, one)]

    def _late(self, ticket: Ticket, office: Office) -> _Late | None:
        """What is to be said of a ticket now, marked as said; None where nothing is."""
        reminders = office.reminders
        if not self._has_waited(ticket.opened, min(reminders.first, reminders.second), office):
            return None
        moves = self._work.tickets.history(ticket.id)
        since = _waits_since(moves)
        if since is None:
            return None
        key = f"remind:{ticket.id}:{{}}:{sum(move.what is What.REOPENED for move in moves)}"
        if self._has_waited(since, reminders.second, office):
            if not self._work.first(key.format(SECOND)):
                return None
            own = ticket.to if self._work.first(key.format(FIRST)) else ()  # a step that was missed is said with this
            return _Late(ticket, self._waited(since, office), SECOND, (*own, reminders.second_post))
        if self._has_waited(since, reminders.first, office) and self._work.first(key.format(FIRST)):
            return _Late(ticket, self._waited(since, office), FIRST, ticket.to)
        return None

    def _has_waited(self, since: datetime, wanted: timedelta, office: Office) -> bool:
        """Whether that much office time has passed since then; found without counting all that did."""
        over = after_office_time(office.hours, since, wanted)
        return over is not None and over <= self._work.now

    def _waited(self, since: datetime, office: Office) -> timedelta:
        return office_time(office.hours, since, self._work.now)

    def _said_alone(self, office: Office, late: _Late) -> list[Reply]:
        ticket = late.ticket
        told = wording.reminder(ticket, office, late.waited, self._holder(ticket), late.step == SECOND, self._work.now)
        text = wording.reminder_mail(told, shown_question(ticket, office), ticket, office)
        at_desk = self._at_desk(office, told, ticket.id, self._buttons(ticket))
        return [*at_desk, *mails(late.posts, office, wording.reminder_subject(ticket), text, ticket.id)]

    def _said_together(self, office: Office, late: Sequence[_Late]) -> list[Reply]:
        shown = [(one.ticket, self._holder(one.ticket)) for one in late[:MOST_NAMED]]
        told = wording.reminders(office, shown, len(late) - len(shown), self._work.now)
        posts = dict.fromkeys(post for one in late for post in one.posts or (DESK,))
        at_desk = self._at_desk(office, told, "", (self._queue(office),))
        subject = wording.reminders_subject(len(late))
        return [*at_desk, *mails(posts, office, subject, wording.digest_mail(told, office))]

    def _digest(self, office: Office, tickets: Sequence[Ticket]) -> list[Reply]:
        """All that waits, once a working day. A day on which nothing waited at that time has none."""
        local = self._work.now.astimezone(office.hours.zone)
        if not _digest_is_due(office, local) or not self._work.first(f"digest:{office.society}:{local.date()}"):
            return []
        if not tickets:
            return []
        states = Counter(ticket.state for ticket in tickets)
        oldest = [(ticket, self._holder(ticket)) for ticket in tickets[:OLDEST]]
        told = wording.digest(office, {state: states[state] for state in WAITING}, oldest, self._work.now)
        at_desk = self._at_desk(office, told, "", (self._queue(office),))
        posts = () if office.addresses.get(DESK) else tuple(office.addresses)  # somebody has to see it
        subject = wording.digest_subject(len(tickets))
        return [*at_desk, *mails(posts, office, subject, wording.digest_mail(told, office))]

    def _holder(self, ticket: Ticket) -> str:
        """The job title of who has a ticket; empty where nobody has it."""
        if ticket.state is not State.CLAIMED:
            return ""
        member = self._work.staff.member(ticket.society, ticket.holder.account)
        return member.title if member and member.title else wording.SOMEBODY

    def _at_desk(self, office: Office, told: str, ticket: str, buttons: tuple[Button, ...]) -> list[Reply]:
        return [Told(office.desk, told, ticket=ticket, buttons=buttons)] if office.desk else []

    def _buttons(self, ticket: Ticket) -> tuple[Button, ...]:
        to_see = Button("show", show(ticket.id), ShowTicket(ticket.id))
        to_claim = Button("claim", CLAIM, Claim(ticket.id, ticket.version))
        return (to_see, to_claim) if ticket.state is State.OPEN else (to_see,)

    def _queue(self, office: Office) -> Button:
        return Button("queue", wording.SHOW_QUEUE, ShowQueue(office.society))


def _waits_since(moves: Sequence[Move]) -> datetime | None:
    """Since when staff are waited for: what an asker adds unasked puts nothing off. None where the asker is."""
    since: datetime | None = None
    for move in moves:
        match move.what:
            case What.SENT | What.REOPENED:
                since = move.at
            case What.ASKED_BACK:
                since = None
            case What.ADDED:
                since = since or move.at
    return since


def _digest_is_due(office: Office, local: datetime) -> bool:
    """Whether the time of today's digest has come, while the office is open. A time outside its hours means when it
    opens."""
    opens, closes = office.hours.days[local.weekday()]
    at = office.reminders.digest
    return local.time() >= (at if opens <= at < closes else opens)
