"""What a terminal needs of the bot."""

from collections.abc import Sequence
from typing import Protocol

from adapters.console.payload import Arrival
from bot.messages import Message

DESK = "desk"  # how the last part of a conversation at the desk begins; no other part does, which are hexadecimal


class Talk(Protocol):
    """The bot as a terminal reaches it."""

    def say(self, message: Message) -> None:
        """Takes a message in, and handles it; what that comes to is delivered."""
        ...

    def arrived(self, at_desk: bool) -> Arrival | None:
        """What has come next for whoever is at this terminal, for the side at which they sit; None where nothing is
        left. It counts as sent once `shown` is called, and comes again where it is not."""
        ...

    def shown(self) -> None:
        """What has come last stands on the screen."""
        ...

    def waiting(self, at_desk: bool) -> int:
        """How much waits for a side."""
        ...

    def desks(self, account: str) -> Sequence[str]:
        """The societies at whose desks somebody may act."""
        ...

    def has_ruling(self, name: str) -> bool:
        """Whether there is a ruling of this id, so that nothing is asked about one that there is not."""
        ...
