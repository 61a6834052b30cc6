"""The whole bot on a database, with a clock that the test sets, and people who sit before it at terminals."""

import io
import queue
import re
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TextIO, cast

from adapters.console.chat import Chatter, chat
from adapters.console.stored import StoredTalk
from adapters.delivery.handling import Handling
from adapters.duties import duties_of
from adapters.storage.database import Database
from adapters.storage.inbox import Inbox
from adapters.storage.outbox import Outbox
from adapters.storage.queues import outbox as outbox_table
from adapters.storage.sql import SqlStore
from adapters.stored import RENDERS, Stored
from bot.accounts.listed_accounts import put_listed_on_register
from bot.acts import Act
from bot.messages import Message
from bot.people import Person, StaffMember
from bot.replies import Reply
from tests.adapters.chat.running import Setting, parts_of

_PATIENCE = 60.0  # seconds until a terminal that shows nothing is given up
_ABOUT_ACCOUNTS = ("nudge", "recheck", "review")


class Clock:
    """The time, as a test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class Bot:
    """One process of the bot on a database; a second one there is its replica."""

    def __init__(self, setting: Setting, url: str, clock: Clock) -> None:
        self.setting, self.database, parts = setting, Database(url, pool=10), parts_of(setting)
        self.store = SqlStore(self.database, clock)
        inbox, outbox, assistant = Inbox(self.database), Outbox(self.database), parts.assistant
        handling = Handling(self.store, inbox, outbox, assistant.handle, assistant.failed, RENDERS)
        self.stored = Stored(parts, self.database, self.store, inbox, outbox, handling)
        self._assistant = assistant
        self._duties = {duty.name: duty.do for duty in duties_of(self.stored)}
        with self.store.work() as work:
            put_listed_on_register(parts.checklists, parts.offices, work)
            for name, title in setting.staff.items():
                work.staff.add(StaffMember(Person(f"console:{name}", name), setting.society, title))

    @contextmanager
    def chat(self, name: str) -> Iterator["Terminal"]:
        """Somebody's `verse chat`, for as long as it is entered."""
        terminal = Terminal(self.stored, Chatter(name, self.setting.society, None, self.setting.office.name))
        try:
            yield terminal
        finally:
            terminal.end()

    def does(self, name: str, *acts: Act) -> list[Reply]:
        """What comes of the last of these acts of somebody's, whatever shows them; nothing of it is sent."""
        account, replies = f"console:{name}", list[Reply]()
        with self.store.work() as work:
            for act in acts:
                message = Message(f"{account}:", "", self.setting.society, person=Person(account, name), act=act)
                replies = self._assistant.handle(message, work)
        return replies

    def duty(self, *names: str) -> int:
        """Has the bot do what it does unasked, or these duties; how much it says."""
        return sum(int(str(self._duties[name]())) for name in names or _ABOUT_ACCOUNTS)

    def told(self, conversation: str) -> list[str]:
        """What waits to be sent to a conversation, in order."""
        waits = outbox_table.c.sent.is_(None) & (outbox_table.c.conversation == conversation)
        with self.database.reading() as connection:
            found = connection.execute(outbox_table.select().where(waits).order_by(outbox_table.c.id))
            return [str(row.payload) for row in found]

    def close(self) -> None:
        self.database.close()


class Terminal:
    """Somebody before their terminal. `sees` is what came last, in one line; `whole` is all that stands there."""

    def __init__(self, stored: Stored, who: Chatter) -> None:
        self._typed, self._wanted = queue.Queue[str](), queue.Queue[None]()
        self._out, self._fault, self.sees = io.StringIO(), list[BaseException](), ""
        self._thread = threading.Thread(target=self._run, args=(stored, who), daemon=True)
        self._thread.start()
        self._wait()

    @property
    def whole(self) -> str:
        return _in_one_line(self._out.getvalue())

    def types(self, *lines: str) -> str:
        """What comes of the last of these lines."""
        for line in lines:
            self._typed.put(f"{line}\n")
            self._wait()
        return self.sees

    def presses(self, label: str, *then: str) -> str:
        """Types the number of what is offered, of the latest where it is offered twice, and what is asked for then."""
        offered = re.findall(rf"(?<!\S)(\d+)\. {re.escape(label)}", self.sees)
        assert offered, f"no “{label}” in: {self.sees}"
        return self.types(str(offered[-1]), *then)

    def end(self) -> None:
        """Ends the chat, as the end of what is typed does."""
        self._typed.put("")
        self._thread.join(_PATIENCE)
        self._raise()

    def _run(self, stored: Stored, who: Chatter) -> None:
        source = _Typing(self._typed, self._wanted)
        try:
            with StoredTalk(stored.store, stored.inbox, stored.outbox, stored.handling, who.account) as talk:
                chat(talk, who, cast(TextIO, source), self._out)
        except BaseException as error:  # for whoever waits
            self._fault.append(error)
        self._wanted.put(None)

    def _wait(self) -> None:
        """Until the next line is wanted."""
        before = len(self._out.getvalue()) if self.sees else 0
        self._wanted.get(timeout=_PATIENCE)
        self._raise()
        self.sees = _in_one_line(self._out.getvalue()[before:])

    def _raise(self) -> None:
        if self._fault:
            raise self._fault.pop()


class _Typing:
    """Lines that are typed once they are wanted: as much of a pipe as a terminal's chat uses."""

    def __init__(self, typed: "queue.Queue[str]", wanted: "queue.Queue[None]") -> None:
        self._typed, self._wanted = typed, wanted

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self._wanted.put(None)
        return self._typed.get()


def at_once(*pressing: tuple[Bot, str, Act]) -> list[str]:
    """What each is told where several press something at the same moment, each by a bot of their own."""
    places, taken = [], []
    for number, (bot, name, act) in enumerate(pressing):
        place, person = f"console:{name}:{uuid.uuid4().hex}", Person(f"console:{name}", name)
        bot.stored.inbox.accept(place, Message(place, "", bot.setting.society, person=person, act=act))
        taken += bot.stored.inbox.claim(f"{place}{number}", 1)
        places.append(place)
    start = threading.Barrier(len(pressing))

    def handle(number: int) -> None:
        start.wait(_PATIENCE)
        pressing[number][0].stored.handling.handle(taken[number])

    with ThreadPoolExecutor(len(pressing)) as pool:
        list(pool.map(handle, range(len(pressing))))
    return [" ".join(bot.told(place)) for (bot, _, _), place in zip(pressing, places, strict=True)]


def _in_one_line(text: str) -> str:
    return " ".join(text.replace("  | ", "").split())
