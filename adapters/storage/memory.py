"""Stores that forget when the process ends: for one terminal, and for tests."""

from bot.ports import Turn


class MemoryConversations:
    """Remembers the last turn of each conversation while the process runs."""

    def __init__(self) -> None:
        self._turns: dict[str, Turn] = {}

    def last(self, conversation: str) -> Turn | None:
        return self._turns.get(conversation)

    def put(self, conversation: str, turn: Turn) -> None:
        self._turns[conversation] = turn
