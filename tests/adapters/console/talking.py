"""The bot as a terminal reaches it, on a store that forgets; what arrives has been through JSON, as in a database."""

import io
import json
from collections.abc import Iterator, Sequence

from adapters.alone import Alone
from adapters.console.chat import Chatter, chat
from adapters.console.payload import Arrival, arrival_from, terminal_payload
from adapters.console.talk import DESK
from bot.messages import Message
from bot.people import Person, StaffMember

OFFICE = "the choir office"


class Post:
    """What was delivered to everybody, by account, until they are at their terminals."""

    def __init__(self, assistant: Alone) -> None:
        self.assistant, self.boxes = assistant, dict[str, list[str]]()

    def take(self, message: Message) -> None:
        for reply in self.assistant.handle(message):
            platform, name, *_ = f"{reply.conversation}::".split(":")
            payload = terminal_payload(reply)
            if payload is not None:
                self.boxes.setdefault(f"{platform}:{name}", []).append(json.dumps(payload))

    def employ(self, society: str, name: str, title: str = "") -> None:
        """Puts somebody on the staff list."""
        with self.assistant.store.work() as work:
            work.staff.add(StaffMember(Person(f"console:{name}", name), society, title))


class Line:
    """One terminal's line to it."""

    def __init__(self, post: Post, account: str) -> None:
        self._post, self._account, self._last = post, account, ""

    def say(self, message: Message) -> None:
        self._post.take(message)

    def arrived(self, at_desk: bool) -> Arrival | None:
        return next(iter(self._for(at_desk)), None)

    def shown(self) -> None:
        self._post.boxes[self._account].remove(self._last)

    def waiting(self, at_desk: bool) -> int:
        return len(list(self._for(at_desk)))

    def _for(self, at_desk: bool) -> Iterator[Arrival]:
        for payload in self._post.boxes.get(self._account, []):
            arrival, self._last = arrival_from(json.loads(payload)), payload
            if arrival.conversation.startswith(f"{self._account}:{DESK}") == at_desk:
                yield arrival

    def desks(self, account: str) -> Sequence[str]:
        with self._post.assistant.store.work() as work:
            return work.staff.societies(account)

    def has_ruling(self, name: str) -> bool:
        with self._post.assistant.store.work() as work:
            return work.rulings.get(name) is not None


def typed(
    post: Post | Alone, source: io.StringIO | io.TextIOWrapper | str, society: str | None = "larks", name: str = "ann"
) -> str:
    """What stands in a terminal once all of this was typed."""
    out = io.StringIO()
    who = Chatter(name, society, None, OFFICE)
    post = post if isinstance(post, Post) else Post(post)
    chat(Line(post, who.account), who, io.StringIO(source) if isinstance(source, str) else source, out)
    return out.getvalue()
