"""Places in Slack, as the conversations of the bot name them. Pure."""

import re
from dataclasses import dataclass

PLATFORM = "slack"
_CHANNEL, _THREAD, _PERSON = r"[A-Z][A-Z0-9]{1,30}", r"[\w.-]{0,80}", r"[UW][A-Z0-9]{1,30}"
_WRITTEN = re.compile(
    rf"{PLATFORM}:(?P<channel>{_CHANNEL})(?::(?P<thread>{_THREAD})(?::(?P<person>{_PERSON})(?P<openly>:open)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said.

    `channel` is the id of a channel or of direct messages; where it is that of a person (U...), it is before their own
    eyes, in a modal or on their Home, and in direct messages with them where neither is open. `thread` is the ts of the
    message that it hangs from; of a modal its own name. `person` is whom it is for alone; with `openly`, who asked in a
    thread that everybody reads.
    """

    channel: str
    thread: str = ""
    person: str = ""
    openly: bool = False

    @classmethod
    def of(cls, conversation: str) -> "Place":
        """The place that a conversation names.

        Raises:
            ValueError: it names none in Slack.
        """
        read = _WRITTEN.fullmatch(conversation)
        if read is None:
            raise ValueError("no conversation of Slack")
        return cls(read["channel"], read["thread"] or "", read["person"] or "", bool(read["openly"]))

    @property
    def conversation(self) -> str:
        """The place as a conversation: slack:CHANNEL[:THREAD[:PERSON[:open]]]."""
        parts = [PLATFORM, self.channel]
        if self.thread or self.person:
            parts.append(self.thread)
        if self.person:
            parts += [self.person, *(["open"] if self.openly else [])]
        return ":".join(parts)

    @property
    def alone(self) -> bool:
        """Whether it is in a channel, and only one person sees it."""
        return bool(self.person) and not self.openly

    @property
    def direct(self) -> bool:
        """Whether it is between one person and the bot."""
        return self.channel[0] in "DUW"

    @property
    def everybody(self) -> "Place":
        """The same thread, for everybody who reads it."""
        return Place(self.channel, self.thread)


def account_of(user: str) -> str:
    """The account of a member of the workspace, by the id that Slack gives them."""
    return f"{PLATFORM}:{user}"


def user_of(account: str) -> str:
    """The id that Slack gives to whom this account is of; empty where it is of another platform."""
    platform, _, user = account.partition(":")
    return user if platform == PLATFORM else ""
