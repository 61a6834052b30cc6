"""The bot as a terminal reaches it on a database: what is typed goes through the inbox, answers through the outbox."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from types import TracebackType

from adapters.console.payload import Arrival, arrival_from
from adapters.delivery.handling import Handling, Store
from adapters.delivery.platforms import Parcel
from adapters.delivery.sending import Sender
from adapters.delivery.working import Worker
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from bot.messages import Message

PLATFORM = "console"
_PATIENCE = 30.0
_POLL = 0.1  # seconds


class NotHandledYet(Exception):
    """A message that is kept and not handled in time; it will be."""


class Box:
    """What has been delivered to a terminal, until it is shown."""

    reads_back = False
    pace = 0.0

    def __init__(self) -> None:
        self._parcels: list[Parcel] = []

    async def deliver(self, parcel: Parcel) -> str:
        """Takes a parcel."""
        self._parcels.append(parcel)
        return ""

    async def find(self, key: str, conversation: str) -> str | None:
        """Nothing that was shown can be looked up."""
        return None

    def emptied(self) -> list[Parcel]:
        """All that came, in order; it is in here no longer."""
        parcels, self._parcels = self._parcels, []
        return parcels


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
        self._store, self._inbox, self._box, self._patience = store, inbox, Box(), patience
        under = f"{account}:"
        self._worker = Worker(inbox, handling, under=under)
        self._sender = Sender(outbox, {PLATFORM: self._box}, under=under)
        self._runner = asyncio.Runner()

    def __enter__(self) -> "StoredTalk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.close()

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

    def arrived(self) -> Sequence[Arrival]:
        """What has come for whoever is at this terminal since this was called last, in order."""
        self._runner.run(self._worker.drain())  # what was not handled in time before
        self._runner.run(self._sender.drain())
        return [arrival_from(parcel.payload, parcel.repeat) for parcel in self._box.emptied()]

    def desks(self, account: str) -> Sequence[str]:
        """The societies at whose desks somebody may act."""
        with self._store.work() as work:
            return work.staff.societies(account)
