"""Handles what came in: what the bot does about a message and what it says are kept together, or neither is."""

import secrets
import uuid
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import sqlalchemy as sa
import structlog

from adapters.delivery.platforms import Later
from adapters.storage.inbox import Inbox, Taken
from adapters.storage.outbox import Outbox
from bot import wording
from bot.messages import Message
from bot.ports import Work
from bot.replies import Card, Mail, Reply, Told, about
from bot.telling import in_full

Answer = Callable[[Message, Work], list[Reply]]
Failed = Callable[[Message, Work, str], list[Reply]]
Render = Callable[[Reply, str, bool], dict[str, Any] | None]  # None: it is shown there already
Prepare = Callable[[Message], Message]

_MOST_ATTEMPTS = 8  # of one message; it may be what ends the process
_SHORTEST_REST, _LONGEST_REST = 1.0, 60.0  # seconds after which a message is taken again that met a database's fault
_NOT_HERE = "nothing here reaches this platform; in office.toml, set the desk to a conversation of"

_log = structlog.get_logger()


class StoredWork(Work, Protocol):
    """A unit of work that is a transaction of the database in which the two queues are."""

    @property
    def connection(self) -> sa.Connection: ...


class Store(Protocol):
    """Opens units of work."""

    def work(self) -> AbstractContextManager[StoredWork]: ...

    def reading(self) -> AbstractContextManager[StoredWork]: ...


class LostClaim(Exception):
    """Somebody else has the row by now."""


class Handling:
    """Turns one message into what is kept and what is to be sent, in one transaction.

    `failed` says something, with a reference, where `answer` broke. `renders` are by platform; a reply to another one
    is kept as failed, for staff to see. What is for a platform that is switched `off` is not said at all. `prepare` is
    given each message before its transaction begins, for what takes long and only reads, and gives it with what is
    known of whoever wrote it; where it raises `Later`, the message is taken again then. A render is given the message's
    `origin` with each reply to the message's own conversation, and whether one of those has gone before.
    """

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        outbox: Outbox,
        answer: Answer,
        failed: Failed,
        renders: Mapping[str, Render],
        off: Container[str] = (),
        prepare: Prepare = lambda message: message,
    ) -> None:
        self._store, self._inbox, self._outbox = store, inbox, outbox
        self._answer, self._failed, self._renders = answer, failed, renders
        self._off, self._prepare = off, prepare
        self._not_counted: Counter[int] = Counter()  # attempts of rows that met a database which could not be told so

    def handle(self, taken: Taken) -> None:
        """Handles a message that was claimed. It is handled once it returns, or is given back where the database
        failed, or somebody else has it.

        Raises:
            SQLAlchemyError: the database is away; the claim ends by itself.
        """
        try:
            if taken.attempts - self._not_counted[taken.id] > _MOST_ATTEMPTS:
                self._apologise(taken, "TooManyAttempts")
            else:
                self._try(taken)
        except LostClaim:
            _log.warning("claim lost", event_id=taken.event, attempt=taken.attempts)
        except sa.exc.SQLAlchemyError as error:
            _log.warning("put off", event_id=taken.event, attempt=taken.attempts, fault=type(error).__name__)
            self._put_off(taken, type(error).__name__)
        else:
            del self._not_counted[taken.id]

    def carry_out(self, name: str, make: Callable[[Work], list[Reply]]) -> int:
        """Does something that nobody wrote in about, such as reminding, and queues what it says; gives how many that
        is. `make` sees to it that nothing is said twice.

        Raises:
            Exception: whatever `make` or the database raises; then nothing is kept.
        """
        with self._store.work() as work:
            return self._put(work, f"{name}:{uuid.uuid4().hex}", make(work))

    def _put_off(self, taken: Taken, fault: str) -> None:
        """Gives a message back, for longer the longer it has waited. A fault of the database is never its own."""
        try:
            self._inbox.put_off(taken, _rest(taken), fault)
        except sa.exc.SQLAlchemyError:
            self._not_counted[taken.id] += 1
            raise

    def _try(self, taken: Taken) -> None:
        try:
            message = self._prepare(taken.message())
            self._in_one_work(taken, message, lambda work: self._answer(message, work))
        except Later as error:
            _log.warning("put off", event_id=taken.event, attempt=taken.attempts, fault=error.why)
            self._inbox.put_off(taken, error.after or _rest(taken), error.why)
        except Exception as error:
            if isinstance(error, LostClaim) or _may_pass(error):
                raise
            self._apologise(taken, type(error).__name__)
        else:
            _log.info("message handled", event_id=taken.event, conversation=taken.conversation, attempt=taken.attempts)

    def _apologise(self, taken: Taken, fault: str) -> None:
        """Says that something broke; where even that breaks, in a sentence that needs nothing which could."""
        reference = secrets.token_hex(4)
        _log.error("message failed", event_id=taken.event, reference=reference, fault=fault)
        try:
            message = _as_far_as_known(taken)
            self._in_one_work(taken, message, lambda work: self._failed(message, work, reference), fault)
        except Exception as error:
            if isinstance(error, LostClaim) or _may_pass(error):
                raise
            _log.error("said plainly", event_id=taken.event, reference=reference, fault=type(error).__name__)
            said = wording.broken(reference, wording.SOME_OFFICE)
            plain = {"conversation": taken.conversation, "text": said}
            with self._held(taken, fault) as work:
                self._outbox.put(work.connection, f"{taken.event}:plain", taken.conversation, plain)

    def _in_one_work(
        self, taken: Taken, message: Message, say: Callable[[StoredWork], list[Reply]], fault: str | None = None
    ) -> None:
        with self._held(taken, fault) as work:
            self._put(work, taken.event, say(work), message)

    @contextmanager
    def _held(self, taken: Taken, fault: str | None) -> Iterator[StoredWork]:
        """A work at whose end the message is handled."""
        with self._store.work() as work:
            if not self._inbox.handled(work.connection, taken, fault):
                raise LostClaim
            yield work

    def _put(self, work: StoredWork, event: str, replies: Iterable[Reply], message: Message | None = None) -> int:
        """Queues what is said, and gives how much that is. Only the first to the message's own conversation can answer
        in its place."""
        put, further = 0, False
        for number, reply in enumerate(replies):
            key, to, ticket = f"{event}:{number}", reply.conversation, _ticket_of(reply)
            platform = to.partition(":")[0]
            render = self._renders.get(platform)
            if platform in self._off:
                continue
            if render is None:
                _log.warning("no such platform", event_id=event, platform=platform)
                plain = {"conversation": to, "text": in_full(reply)}
                fault = f"{_NOT_HERE} {', '.join(sorted(self._renders))}"
                self._outbox.put_failed(work.connection, key, to, plain, ticket, fault, about(reply))
                continue
            origin = message.origin if message is not None and to == message.conversation else None
            payload = render(reply, origin or "", origin is not None and further)
            if payload is not None:
                put += self._outbox.put(work.connection, key, to, payload, ticket, about(reply))
                further = further or origin is not None
        return put


def _may_pass(error: Exception) -> bool:
    """Whether the database failed in a way that another attempt may not meet."""
    if isinstance(error, sa.exc.DBAPIError):
        return error.connection_invalidated or isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    return isinstance(error, sa.exc.TimeoutError)  # no connection became free


def _as_far_as_known(taken: Taken) -> Message:
    try:
        return taken.message()
    except ValueError:
        return Message(taken.conversation, "")


def _rest(taken: Taken) -> float:
    """For how many seconds a message is left that could not be handled now."""
    return min(max(_SHORTEST_REST, taken.age / 2), _LONGEST_REST)


def _ticket_of(reply: Reply) -> str:
    return reply.ticket if isinstance(reply, Told | Card | Mail) else ""
