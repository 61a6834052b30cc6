"""What a terminal needs of the bot."""

from collections.abc import Sequence
from typing import Protocol

from adapters.console.payload import Arrival
from bot.messages import Message


class Talk(Protocol):
    """The bot as a terminal reaches it."""

    def say(self, message: Message) -> None:
        """Takes a message in, and handles it; what that comes to is delivered."""
        ...

    def arrived(self) -> Sequence[Arrival]:
        """What has been delivered to whoever is at this terminal since this was called last, in order."""
        ...

    def desks(self, account: str) -> Sequence[str]:
        """The societies at whose desks somebody may act."""
        ...
