"""The bot as a terminal reaches it on a database: what is typed goes through the inbox, answers through the outbox."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import Sequence
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from adapters.console.payload import Arrival, arrival_from
from adapters.console.talk import DESK
from adapters.delivery.handling import Handling, Store
from adapters.delivery.working import Worker
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Claimed, Outbox
from bot.messages import Message

PLATFORM = "console"
_UNREADABLE = "another edition of this program made it; show the query again"
_PATIENCE = 30.0
_POLL = 0.1  # seconds


class NotHandledYet(Exception):
    """A message that is kept and not handled in time; it will be."""


class StoredTalk:
    """One terminal's line to a database. To be used in a `with` statement.

    What is for others is left to whoever serves them; what comes for `account` waits until their terminal is open.
    `patience` is in seconds: how long a message may take that another process has in hand.
    """

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        outbox: Outbox,
        handling: Handling,
        account: str,
        patience: float = _PATIENCE,
    ) -> None:
        self._store, self._inbox, self._outbox, self._patience = store, inbox, outbox, patience
        self._under, self._desk = f"{account}:", f"{account}:{DESK}"
        self._worker = Worker(inbox, handling, under=self._under)
        self._name = uuid.uuid4().hex
        self._in_hand: Claimed | None = None  # what is being shown
        self._runner = asyncio.Runner()

    def __enter__(self) -> "StoredTalk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()
        if self._in_hand is not None:
            with contextlib.suppress(SQLAlchemyError):  # then its claim ends by itself
                self._outbox.give_back(self._name, [self._in_hand.id])

    def say(self, message: Message) -> None:
        """Takes a message in, and returns once it is handled.

        Raises:
            NotHandledYet: another process has it in hand for too long.
            SQLAlchemyError: the database is away.
        """
        event = f"{PLATFORM}:{uuid.uuid4().hex}"
        self._inbox.accept(event, message)
        until = time.monotonic() + self._patience
        self._runner.run(self._worker.drain())
        while not self._inbox.is_handled(event):
            if time.monotonic() > until:
                raise NotHandledYet
            time.sleep(_POLL)
            self._runner.run(self._worker.drain())

    def arrived(self, at_desk: bool) -> Arrival | None:
        """What has come next for the side at which they sit; None where nothing is left. Nobody else has it while it
        is being shown, and it is sent once that is said with `shown`.

        Raises:
            SQLAlchemyError: the database is away.
        """
        self.shown()  # where that could not be written down before
        self._runner.run(self._worker.drain())  # what was not handled in time before
        under, apart = self._sides(at_desk)
        while rows := self._outbox.claim(self._name, {PLATFORM: 0.0}, 1, under, apart):
            (row,) = rows
            try:
                arrival = arrival_from(row.payload, row.doubtful)
            except ValueError:
                self._outbox.failed(row, _UNREADABLE)
            else:
                self._in_hand = row
                return arrival
        return None

    def shown(self) -> None:
        """What has come last stands on the screen. Raises SQLAlchemy's errors where that cannot be written down."""
        if self._in_hand is not None:
            self._outbox.sent(self._in_hand, "")
            self._in_hand = None

    def waiting(self, at_desk: bool) -> int:
        """How much waits for a side. Raises SQLAlchemy's errors where the database is away."""
        return self._outbox.waiting(*self._sides(at_desk))

    def _sides(self, at_desk: bool) -> tuple[str, str]:
        """How the conversations of a side begin, and how those of the other one do among them."""
        return (self._desk, "") if at_desk else (self._under, self._desk)

    def desks(self, account: str) -> Sequence[str]:
        """The societies at whose desks somebody may act."""
        with self._store.reading() as work:
            return work.staff.societies(account)

    def has_ruling(self, name: str) -> bool:
        """Whether there is a ruling of this id."""
        with self._store.reading() as work:
            return work.rulings.get(name) is not None
