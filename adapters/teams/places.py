"""Places in Teams, as the conversations of the bot name them. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PLATFORM = "teams"
_PART = r"[A-Za-z0-9%._~-]"
_WRITTEN = re.compile(
    rf"{PLATFORM}:(?P<channel>{_PART}{{1,400}})(?::(?P<thread>{_PART}{{0,80}})(?::(?P<person>{_PART}{{1,200}}):open)?)?"
)
_DIRECTORY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said.

    `channel` is the id of a channel or a group chat (19:...), or that of a person, which is the personal chat with
    them: what is there is for them alone. `thread` is the id of the message that a thread of a channel hangs from, and
    of a dialog its own name. `person` is who asked in a channel or a group chat, where everybody reads the answer.
    """

    channel: str
    thread: str = ""
    person: str = ""

    @classmethod
    def of(cls, conversation: str) -> "Place":
        """The place that a conversation names.

        Raises:
            ValueError: it names none in Teams.
        """
        read = _WRITTEN.fullmatch(conversation)
        if read is None:
            raise ValueError("no conversation of Teams")
        return cls(unquote(read["channel"]), unquote(read["thread"] or ""), unquote(read["person"] or ""))

    @property
    def conversation(self) -> str:
        """The place as a conversation: teams:CHANNEL[:THREAD[:PERSON:open]], each part escaped as in an address, so
        that a channel reads as in the link to it."""
        parts = [PLATFORM, _escaped(self.channel)]
        if self.thread or self.person:
            parts.append(_escaped(self.thread))
        if self.person:
            parts += [_escaped(self.person), "open"]
        return ":".join(parts)

    @property
    def direct(self) -> bool:
        """Whether it is between one person and the bot."""
        return not is_shared(self.channel)

    @property
    def alone(self) -> "Place":
        """Where the one person who asked there reads what is for nobody else: the chat with them."""
        return Place(self.person) if self.person else self

    @property
    def everybody(self) -> "Place":
        """The same thread, for everybody who reads it."""
        return Place(self.channel, self.thread)


def is_shared(channel: str) -> bool:
    """Whether this is the id of a channel or a group chat, and of no person."""
    return channel.startswith("19:")


def account_of(directory_id: str, user: str) -> str:
    """The account of somebody: by their id in the directory, which any app and the admin of the tenant see; of who has
    none there, by the id that Teams gives them for this bot."""
    known = directory_id.casefold()
    return f"{PLATFORM}:{known if _DIRECTORY_ID.fullmatch(known) else _escaped(user)}"


def person_of(account: str) -> str:
    """What stands for somebody in a place; empty where the account is of another platform."""
    platform, _, person = account.partition(":")
    return unquote(person) if platform == PLATFORM else ""


def _escaped(part: str) -> str:
    return quote(part, safe="")
