"""The bot as a terminal reaches it, on a store that forgets; what arrives has been through JSON, as in a database."""

import io
import json
from collections.abc import Sequence

from adapters.alone import Alone
from adapters.console.chat import Chatter, chat
from adapters.console.payload import Arrival, arrival_from, console_payload
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
            self.boxes.setdefault(f"{platform}:{name}", []).append(json.dumps(console_payload(reply)))

    def employ(self, society: str, name: str, title: str = "") -> None:
        """Puts somebody on the staff list."""
        with self.assistant.store.work() as work:
            work.staff.add(StaffMember(Person(f"console:{name}", name), society, title))


class Line:
    """One terminal's line to it."""

    def __init__(self, post: Post, account: str) -> None:
        self._post, self._account = post, account

    def say(self, message: Message) -> None:
        self._post.take(message)

    def arrived(self) -> Sequence[Arrival]:
        return [arrival_from(json.loads(payload)) for payload in self._post.boxes.pop(self._account, [])]

    def desks(self, account: str) -> Sequence[str]:
        with self._post.assistant.store.work() as work:
            return work.staff.societies(account)


def typed(
    post: Post | Alone, source: io.StringIO | io.TextIOWrapper | str, society: str | None = "larks", name: str = "ann"
) -> str:
    """What stands in a terminal once all of this was typed."""
    out = io.StringIO()
    who = Chatter(name, society, None, OFFICE)
    post = post if isinstance(post, Post) else Post(post)
    chat(Line(post, who.account), who, io.StringIO(source) if isinstance(source, str) else source, out)
    return out.getvalue()
