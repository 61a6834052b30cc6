"""Reminders of queries that wait too long, and the digest of each working day.

Whoever runs this looks now and then whether something is due, in a work that only reads, and where it is says it in
another. Each step is said at most once, by a mark that the store keeps, and nothing is said while the office is closed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import wording_of_notices as wording
from bot.acts import Claim, ShowQueue, ShowTicket
from bot.hours import before_office_time, is_open, office_time
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
    """A ticket that waits too long: since when, at which step, and after how many times that it was reopened."""

    ticket: Ticket
    since: datetime
    step: int
    reopened: int

    def mark(self, step: int) -> str:
        """The key under which a step is said once."""
        return f"remind:{self.ticket.id}:{step}:{self.reopened}"


@dataclass(frozen=True, slots=True)
class _Said:
    """A reminder that is to be said: for how much office time the ticket has waited, and whom to write to."""

    ticket: Ticket
    waited: timedelta
    step: int
    posts: tuple[str, ...]


class Reminding:
    """What is due at the time of one unit of work."""

    def __init__(self, library: Library, offices: Offices, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work

    def is_due(self) -> bool:
        """Whether there is something for `due` to say, or to mark. Nothing is changed by asking."""
        for office, own in self._open_offices():
            digest = self._digest_mark(office)
            if self._late(office, own) or (digest and not self._work.asked([digest])):
                return True
        return False

    def due(self) -> list[Reply]:
        """Reminders and digests that are due now, marked as said. Asking again at once brings nothing."""
        replies: list[Reply] = []
        for office, own in self._open_offices():
            replies += self._reminders(office, own) + self._digest(office, own)
        return replies

    def _open_offices(self) -> Iterator[tuple[Office, list[Ticket]]]:
        """The offices that are there now, each with its tickets that wait, oldest first."""
        waiting = self._work.tickets.waiting()
        ids = {ticket.id for ticket in waiting}
        alone = [ticket for ticket in waiting if ticket.joined_to not in ids]  # whose answer is not another's
        for society in dict.fromkeys([*self._library.societies, *(ticket.society for ticket in alone)]):
            office = self._offices.of(society)
            if is_open(office.hours, self._work.now):
                yield office, [ticket for ticket in alone if ticket.society == society]

    def _reminders(self, office: Office, tickets: Sequence[Ticket]) -> list[Reply]:
        late = [said for one in self._late(office, tickets) if (said := self._marked(one, office)) is not None]
        if len(late) > MOST_ALONE:
            return self._said_together(office, late)
        return [reply for one in late for reply in self._said_alone(office, one)]

    def _late(self, office: Office, tickets: Sequence[Ticket]) -> list[_Late]:
        """What waits too long and was not said yet, of tickets of one office."""
        wanted = ((SECOND, office.reminders.second), (FIRST, office.reminders.first))
        befores = [(step, before_office_time(office.hours, self._work.now, time)) for step, time in wanted]
        begins = {
            step: before for step, before in befores if before is not None
        }  # who waits since then is at that step
        latest = max(begins.values(), default=None)
        old = [ticket for ticket in tickets if latest is not None and ticket.opened <= latest]
        histories = self._work.tickets.histories([ticket.id for ticket in old])
        late = [one for ticket in old if (one := _step(ticket, histories[ticket.id], begins)) is not None]
        said = self._work.asked([one.mark(one.step) for one in late])
        return [one for one in late if one.mark(one.step) not in said]

    def _marked(self, late: _Late, office: Office) -> _Said | None:
        """What is to be said, marked as said; None where somebody else was first."""
        if not self._work.first(late.mark(late.step)):
            return None
        posts, waited = late.ticket.to, office_time(office.hours, late.since, self._work.now)
        if late.step == SECOND:
            own = posts if self._work.first(late.mark(FIRST)) else ()  # a step that was missed is said with this
            posts = (*own, office.reminders.second_post)
        return _Said(late.ticket, waited, late.step, posts)

    def _said_alone(self, office: Office, late: _Said) -> list[Reply]:
        ticket = late.ticket
        told = wording.reminder(ticket, office, late.waited, self._holder(ticket), late.step == SECOND, self._work.now)
        text = wording.reminder_mail(told, shown_question(ticket, office), ticket, office)
        at_desk = self._at_desk(office, told, ticket.id, self._buttons(ticket))
        return [*at_desk, *mails(late.posts, office, wording.reminder_subject(ticket), text, ticket.id)]

    def _said_together(self, office: Office, late: Sequence[_Said]) -> list[Reply]:
        shown = [(one.ticket, self._holder(one.ticket)) for one in late[:MOST_NAMED]]
        told = wording.reminders(office, shown, len(late) - len(shown), self._work.now)
        posts = dict.fromkeys(post for one in late for post in one.posts or (DESK,))
        at_desk = self._at_desk(office, told, "", (self._queue(office),))
        subject = wording.reminders_subject(len(late))
        return [*at_desk, *mails(posts, office, subject, wording.digest_mail(told, office))]

    def _digest(self, office: Office, tickets: Sequence[Ticket]) -> list[Reply]:
        """All that waits, once a working day. A day on which nothing waited at that time has none."""
        mark = self._digest_mark(office)
        if not mark or not self._work.first(mark) or not tickets:
            return []
        states = Counter(ticket.state for ticket in tickets)
        oldest = [(ticket, self._holder(ticket)) for ticket in tickets[:OLDEST]]
        told = wording.digest(office, {state: states[state] for state in WAITING}, oldest, self._work.now)
        at_desk = self._at_desk(office, told, "", (self._queue(office),))
        posts = () if office.addresses.get(DESK) else tuple(office.addresses)  # somebody has to see it
        subject = wording.digest_subject(len(tickets))
        return [*at_desk, *mails(posts, office, subject, wording.digest_mail(told, office))]

    def _digest_mark(self, office: Office) -> str:
        """The key under which today's digest is said once; empty where its time has not come."""
        local = self._work.now.astimezone(office.hours.zone)
        return f"digest:{office.society}:{local.date()}" if _digest_is_due(office, local) else ""

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


def _step(ticket: Ticket, moves: Sequence[Move], begins: Mapping[int, datetime]) -> _Late | None:
    """At which step a ticket is; None where it is at none yet, or waits for its asker."""
    since = _waits_since(moves)
    for step, begin in begins.items():
        if since is not None and since <= begin:
            return _Late(ticket, since, step, sum(move.what is What.REOPENED for move in moves))
    return None


def _waits_since(moves: Sequence[Move]) -> datetime | None:
    """Since when staff are waited for: what an asker adds unasked puts nothing off. None where the asker is."""
    since: datetime | None = None
    for move in moves:
        match move.what:
            case What.SENT | What.TAKEN_UP | What.REOPENED:
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
