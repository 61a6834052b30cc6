"""The whole bot on a database, with a clock that the test sets, and people who sit before it at terminals."""

import io
import queue
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from adapters.console.chat import Chatter, chat
from adapters.console.stored import StoredTalk
from adapters.delivery.handling import Handling
from adapters.duties import duties_of
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.sql import SqlStore
from adapters.stored import RENDERS, Stored
from bot.accounts.listed_accounts import put_listed_on_register
from bot.people import Person, StaffMember
from tests.adapters.chat.running import Setting, parts_of

_END, _WIDE = None, " "


class Clock:
    """The time, as a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class Bot:
    """One process of the bot on a database; a second on the same one is a replica of it."""

    def __init__(self, setting: Setting, url: str, clock: Clock) -> None:
        self.setting, self.clock = setting, clock
        self.database, parts = Database(url, pool=10), parts_of(setting)
        self.store = SqlStore(self.database, clock)
        inbox, outbox, assistant = Inbox(self.database), Outbox(self.database), parts.assistant
        handling = Handling(self.store, inbox, outbox, assistant.handle, assistant.failed, RENDERS)
        self.stored = Stored(parts, self.database, self.store, inbox, outbox, handling)
        self._duties = {duty.name: duty.do for duty in duties_of(self.stored)}
        with self.store.work() as work:
            put_listed_on_register(parts.checklists, parts.offices, work)
            for name, title in setting.staff.items():
                work.staff.add(StaffMember(Person(f"console:{name}", name), setting.society, title))

    @contextmanager
    def chat(self, name: str) -> Iterator["Terminal"]:
        """Somebody's `verse chat`, for as long as it is entered."""
        who = Chatter(name, self.setting.society, None, self.setting.office.name)
        terminal = Terminal(self, who)
        try:
            yield terminal
        finally:
            terminal.end()

    def duty(self, *names: str) -> int:
        """Has the bot do these duties; how much it says."""
        return sum(int(str(self._duties[name]() or 0)) for name in names or ("nudge", "recheck", "review", "remind"))

    def said_to(self, conversation: str) -> list[str]:
        """What waits to be sent to a conversation, of those that no terminal shows."""
        return [text for where, text in self.waiting() if where == conversation]

    def waiting(self) -> list[tuple[str, str]]:
        """Where something waits to be sent, and what, in order."""
        from adapters.storage.queues import outbox

        with self.database.reading() as connection:
            rows = connection.execute(
                outbox.select().where(outbox.c.sent.is_(None), outbox.c.failed.is_(None)).order_by(outbox.c.id)
            )
            return [(row.conversation, str(row.payload)) for row in rows]

    def close(self) -> None:
        self.database.close()


class Terminal:
    """Somebody before their terminal: each line that they type returns what stood there afterwards, in one line."""

    def __init__(self, bot: Bot, who: Chatter) -> None:
        self._typed: queue.Queue[str | None] = queue.Queue()
        self._shown: queue.Queue[str] = queue.Queue()
        self._out, self._read, self._fault = io.StringIO(), 0, list[BaseException]()
        self._ended = False
        self.sees = ""  # what came last
        self._thread = threading.Thread(target=self._run, args=(bot, who), daemon=True)
        self._thread.start()
        self._wait()

    def types(self, *lines: str) -> str:
        """Types lines, one after the other; what came of the last."""
        for line in lines:
            bot_clock_passes = line
            self._typed.put(bot_clock_passes)
            self._wait()
        return self.sees

    def presses(self, label: str, *then: str) -> str:
        """Types the number of what is offered under this label, the latest where there are several."""
        return self.types(self.number(label), *then)

    def number(self, label: str) -> str:
        found = re.findall(rf"(?<!\S)(\d+)\. {re.escape(label)}", self.sees)
        assert found, f"no “{label}” in: {self.sees}"
        return str(found[-1])

    def offers(self, label: str) -> bool:
        return re.search(rf"(?<!\S)(\d+)\. {re.escape(label)}", self.sees) is not None

    def end(self) -> None:
        """Ends the chat, as the end of what is typed does."""
        if self._ended:
            return
        self._ended = True
        self._typed.put(_END)
        self._thread.join(30)
        if self._fault:
            raise self._fault[0]

    def _run(self, bot: Bot, who: Chatter) -> None:
        stored = bot.stored
        try:
            with StoredTalk(stored.store, stored.inbox, stored.outbox, stored.handling, who.account) as talk:
                chat(talk, who, self._source(), self._out)
        except BaseException as error:  # shown to whoever waits
            self._fault.append(error)
        self._shown.put("")

    def _source(self) -> Any:
        return _Source(self._typed, self._shown)

    def _wait(self) -> None:
        self._shown.get(timeout=60)
        if self._fault:
            raise self._fault[0]
        whole = self._out.getvalue()
        self.raw, self._read = whole[self._read :], len(whole)
        self.sees = _WIDE.join(self.raw.replace("  | ", "").split())


class _Source(io.TextIOBase):
    """Lines that somebody types, who is told when the next is wanted."""

    def __init__(self, typed: "queue.Queue[str | None]", wanted: "queue.Queue[str]") -> None:
        self._typed, self._wanted = typed, wanted

    def isatty(self) -> bool:
        return False

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        self._wanted.put("")
        line = self._typed.get()
        return "" if line is None else f"{line}\n"
