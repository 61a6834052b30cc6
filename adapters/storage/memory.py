"""A store that forgets when the process ends: for one question from the command line, and for tests.

It passes the same contract tests as the database. One work runs at a time, on copies that take the place of what was
there when it ends well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from adapters.storage.memory_accounts import (
    KeptAccounts,
    MemoryEnrolments,
    MemoryLinks,
    MemoryRegister,
    MemoryRequests,
)
from bot.exchanges import Exchange, Rating
from bot.people import Person, StaffMember
from bot.ports import Delivery, Page, Turn, Wanted
from bot.rulings import Ruling
from bot.ticket_keys import key_of_query
from bot.tickets import SAID_LATER, Move, Ticket, What
from knowledge.answers import Reason
from knowledge.clauses import Party

_MINUTE = timedelta(minutes=1)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Kept:
    turns: dict[tuple[str, str], Turn] = field(default_factory=dict)
    heard: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    moves: dict[tuple[str, int], Move] = field(default_factory=dict)
    rulings: dict[str, Ruling] = field(default_factory=dict)
    staff: dict[tuple[str, str], StaffMember] = field(default_factory=dict)
    ratings: dict[tuple[str, str], Rating] = field(default_factory=dict)
    asked_first: dict[str, None] = field(default_factory=dict)
    revision: list[int] = field(default_factory=lambda: [0])
    accounts: KeptAccounts = field(default_factory=KeptAccounts)

    def copied(self) -> "_Kept":
        return _Kept(
            dict(self.turns),
            dict(self.heard),
            dict(self.exchanges),
            dict(self.tickets),
            dict(self.moves),
            dict(self.rulings),
            dict(self.staff),
            dict(self.ratings),
            dict(self.asked_first),
            list(self.revision),
            self.accounts.copied(),
        )


class MemoryStore:
    """Opens units of work on what is kept in this process. `rulings` were kept elsewhere before."""

    def __init__(self, clock: Clock = utc_now, rulings: Sequence[Ruling] = ()) -> None:
        self._clock, self._lock = clock, Lock()
        self._kept = _Kept(rulings={ruling.id: ruling for ruling in rulings})

    @contextmanager
    def work(self) -> Iterator["MemoryWork"]:
        """A unit of work, kept where the block ends without an error."""
        with self._lock:
            kept = self._kept.copied()
            yield MemoryWork(kept, self._clock())
            self._kept = kept


class MemoryWork:
    """One unit of work."""

    def __init__(self, kept: _Kept, now: datetime) -> None:
        self._kept, self.now = kept, now
        self.conversations = MemoryConversations(kept)
        self.exchanges = MemoryExchanges(kept, now)
        self.tickets = MemoryTickets(kept)
        self.rulings = MemoryRulings(kept)
        self.staff = MemoryStaff(kept)
        self.ratings = MemoryRatings(kept)
        self.register = MemoryRegister(kept.accounts)
        self.enrolments = MemoryEnrolments(kept.accounts)
        self.requests = MemoryRequests(kept.accounts)
        self.links = MemoryLinks(kept.accounts, now)

    def first(self, key: str) -> bool:
        fresh = key not in self._kept.asked_first
        self._kept.asked_first[key] = None
        return fresh

    def asked(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset(self._kept.asked_first.keys() & set(keys))


class MemoryConversations:
    """The last turn of each person in each conversation."""

    def __init__(self, kept: _Kept) -> None:
        self._turns = kept.turns

    def last(self, conversation: str, account: str) -> Turn | None:
        return self._turns.get((conversation, account))

    def put(self, conversation: str, turn: Turn) -> None:
        self._turns.pop((conversation, turn.by), None)  # so that the last one put is the last one there
        self._turns[conversation, turn.by] = turn

    def role_of(self, account: str, society: str) -> Party | None:
        theirs = [turn for turn in self._turns.values() if account and turn.by == account and turn.society == society]
        return next((turn.role for turn in reversed(theirs) if turn.role_said), None)


class MemoryExchanges:
    """What was asked and said."""

    def __init__(self, kept: _Kept, now: datetime) -> None:
        self._exchanges, self._tickets, self._heard, self._now = kept.exchanges, kept.tickets, kept.heard, now

    def add(self, exchange: Exchange) -> Exchange:
        added = replace(exchange, id=str(len(self._exchanges) + 1))
        self._exchanges[added.id] = added
        return added

    def get(self, name: str) -> Exchange | None:
        return self._exchanges.get(name)

    def before(self, exchange: Exchange, most: int) -> tuple[Exchange, ...]:
        found = [
            one
            for one in self._exchanges.values()
            if one.conversation == exchange.conversation
            and one.person.account == exchange.person.account
            and int(one.id) < int(exchange.id)
        ]
        return tuple(found[-most:]) if most else ()

    def heard(self, account: str) -> int:
        since, count = self._heard.get(account, (self._now, 0))
        if not self._now - _MINUTE < since <= self._now:
            since, count = self._now, 0
        self._heard[account] = since, count + 1
        return count + 1

    def last_asked(self, account: str) -> datetime | None:
        theirs = [one for one in self._exchanges.values() if account and one.person.account == account]
        return max((one.at for one in theirs if one.ending != Reason.SMALL_TALK), default=None)

    def names(self, society: str) -> tuple[str, ...]:
        known = {one.person.name for one in self._exchanges.values() if one.society == society and one.person.name}
        return tuple(sorted(known))

    def ended(self, society: str, endings: Sequence[str], most: int) -> tuple[Exchange, ...]:
        escalated = {ticket.key for ticket in self._tickets.values()}
        found = [
            one
            for one in self._exchanges.values()
            if one.society == society and (one.ending in endings or key_of_query(one.id) in escalated)
        ]
        return tuple(reversed(found))[:most]


class MemoryTickets:
    """The tickets and their histories."""

    def __init__(self, kept: _Kept) -> None:
        self._tickets, self._moves = kept.tickets, kept.moves

    def open(self, ticket: Ticket, by: Person | None = None) -> tuple[Ticket, bool]:
        there = self.of_key(ticket.key)
        if there is not None:
            return there, False
        opened = replace(ticket, id=str(len(self._tickets) + 1), changed=ticket.opened)
        self._tickets[opened.id] = opened
        first = What.TAKEN_UP if by else What.SENT
        self._moves[opened.id, 1] = Move(opened.id, 1, opened.opened, by or opened.asker, first)
        return opened, True

    def get(self, name: str) -> Ticket | None:
        return self._tickets.get(name)

    def of_key(self, key: str) -> Ticket | None:
        return next((ticket for ticket in self._tickets.values() if ticket.key == key), None)

    def move(self, after: Ticket, move: Move) -> bool:
        before = self._tickets.get(after.id)
        if before is None or before.version != after.version - 1:
            return False
        self._tickets[after.id] = after
        self._moves[after.id, after.version] = move
        return True

    def history(self, name: str) -> tuple[Move, ...]:
        return tuple(move for (ticket, _), move in self._moves.items() if ticket == name)

    def histories(self, names: Sequence[str]) -> Mapping[str, tuple[Move, ...]]:
        return {name: self.history(name) for name in names}

    def of_asker(self, account: str, most: int) -> tuple[Ticket, ...]:
        found = [ticket for ticket in self._tickets.values() if ticket.asker.account == account]
        return tuple(reversed(found))[:most]

    def opened(self, account: str, since: datetime) -> int:
        return sum(
            one.asker.account == account and one.opened >= since and self._moves[one.id, 1].what is What.SENT
            for one in self._tickets.values()
        )

    def queue(self, wanted: Wanted, first: int = 0, most: int = 10) -> Page:
        found = [ticket for ticket in self._tickets.values() if _is_wanted(ticket, self.history(ticket.id), wanted)]
        return Page(tuple(found[first : first + most]), len(found))

    def joined_to(self, name: str) -> tuple[Ticket, ...]:
        return tuple(ticket for ticket in self._tickets.values() if name and ticket.joined_to == name)

    def waiting(self) -> tuple[Ticket, ...]:
        return tuple(ticket for ticket in self._tickets.values() if ticket.waits)

    def deliveries(self, name: str) -> tuple[Delivery, ...]:
        return ()  # nothing is delivered from here

    def undelivered(self) -> tuple[Delivery, ...]:
        return ()


class MemoryRulings:
    """The rulings of every society."""

    def __init__(self, kept: _Kept) -> None:
        self._rulings, self._revision = kept.rulings, kept.revision

    def add(self, ruling: Ruling) -> Ruling:
        added = replace(ruling, id=str(len(self._rulings) + 1))
        self._rulings[added.id] = added
        self._revision[0] += 1
        return added

    def get(self, name: str) -> Ruling | None:
        return self._rulings.get(name)

    def change(self, after: Ruling) -> bool:
        before = self._rulings.get(after.id)
        if before is None or before.version != after.version - 1:
            return False
        self._rulings[after.id] = after
        self._revision[0] += 1
        return True

    def of(self, society: str) -> tuple[Ruling, ...]:
        return tuple(reversed([ruling for ruling in self._rulings.values() if ruling.society == society]))

    def standing(self) -> tuple[Ruling, ...]:
        return tuple(ruling for ruling in self._rulings.values() if ruling.stands)

    def revision(self) -> int:
        return self._revision[0]

    def hold(self) -> None:
        pass  # one unit of work goes on at a time


class MemoryStaff:
    """Who may act at which desk."""

    def __init__(self, kept: _Kept) -> None:
        self._staff = kept.staff

    def member(self, society: str, account: str) -> StaffMember | None:
        return self._staff.get((society, account))

    def of(self, society: str) -> tuple[StaffMember, ...]:
        found = [member for member in self._staff.values() if member.society == society]
        return tuple(sorted(found, key=lambda member: member.person.account))

    def held(self, society: str) -> tuple[StaffMember, ...]:
        return self.of(society)

    def societies(self, account: str) -> tuple[str, ...]:
        return tuple(sorted(society for society, name in self._staff if name == account))

    def add(self, member: StaffMember) -> None:
        self._staff[member.society, member.person.account] = member

    def remove(self, society: str, account: str) -> bool:
        return self._staff.pop((society, account), None) is not None


class MemoryRatings:
    """What askers said of answers."""

    def __init__(self, kept: _Kept) -> None:
        self._ratings = kept.ratings

    def put(self, rating: Rating) -> None:
        self._ratings[rating.exchange.id, rating.person.account] = rating

    def wrong(self, society: str, most: int) -> tuple[Rating, ...]:
        found = [
            rating
            for rating in self._ratings.values()
            if rating.exchange.society == society and not rating.right and not rating.settled
        ]
        return tuple(sorted(found, key=lambda rating: rating.at, reverse=True)[:most])

    def settle(self, exchange: str) -> bool:
        open_ones = {
            key: rating
            for key, rating in self._ratings.items()
            if key[0] == exchange and not rating.right and not rating.settled
        }
        self._ratings.update({key: replace(rating, settled=True) for key, rating in open_ones.items()})
        return bool(open_ones)


def _is_wanted(ticket: Ticket, moves: Sequence[Move], wanted: Wanted) -> bool:
    dossier = ticket.dossier
    said = [*(part.text for part in dossier.parts), *(move.text for move in moves if move.what in SAID_LATER)]
    text = "\n".join([ticket.id, dossier.question, dossier.added, ticket.answer, *said])
    return (
        ticket.society == wanted.society
        and (not wanted.states or ticket.state in wanted.states)
        and (not wanted.role or ticket.role == wanted.role)
        and (not wanted.holder or ticket.holder.account == wanted.holder)
        and (not wanted.topic or any(clause.startswith(wanted.topic) for clause in dossier.clauses))
        and all(word in text.casefold() for word in wanted.words.casefold().split())
    )
