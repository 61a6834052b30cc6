"""What was decided about the workspace in which the bot is. Pure."""

from dataclasses import dataclass

from adapters.slack.places import Place
from bot.people import Standing


@dataclass(frozen=True, slots=True)
class Decided:
    """The society whose workspace it is, the conversations that are desks, those in which everybody sees an answer, and
    who is admitted besides the workspace's own members."""

    society: str | None
    desks: frozenset[str] = frozenset()
    open_conversations: frozenset[str] = frozenset()
    admitted: frozenset[Standing] = frozenset()

    def is_desk(self, channel: str) -> bool:
        """Whether a channel is a desk."""
        return Place(channel).conversation in self.desks

    def is_open(self, channel: str) -> bool:
        """Whether everybody in a channel sees an answer; never at a desk."""
        return Place(channel).conversation in self.open_conversations and not self.is_desk(channel)

    def admits(self, standing: Standing) -> bool:
        """Whether people of this standing are answered. Staff are, whatever theirs is."""
        return standing is Standing.OWN or standing in self.admitted
