"""What this room needs and does not make: an adapter fills it, and the contract tests say what is expected."""

from dataclasses import dataclass
from typing import Protocol

from knowledge.answers import Citation
from knowledge.clauses import Party


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of a conversation: what was asked last, by whom, and what was offered in return."""

    society: str
    role: Party
    question: str = ""  # as it was answered, with what was added to it
    base: str = ""  # as it was asked
    chosen: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class Conversations(Protocol):
    """Remembers the last turn of each conversation."""

    def last(self, conversation: str) -> Turn | None:
        """The turn put last, or None."""
        ...

    def put(self, conversation: str, turn: Turn) -> None:
        """Replaces what was remembered."""
        ...
