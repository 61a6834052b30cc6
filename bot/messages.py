"""What comes in: a message that somebody wrote in a conversation."""

from dataclasses import dataclass

from knowledge.clauses import Party


@dataclass(frozen=True, slots=True)
class Message:
    """`conversation` is platform:channel:thread. Society and role are None where the platform does not know them."""

    conversation: str
    text: str
    society: str | None = None
    role: Party | None = None
