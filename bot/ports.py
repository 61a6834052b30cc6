"""What this room needs and does not make: an adapter fills it, and the contract tests say what is expected."""

from dataclasses import dataclass
from typing import Protocol

from knowledge.answers import Citation
from knowledge.clauses import Party
from knowledge.flows.flow import Response
from knowledge.questions import Account


@dataclass(frozen=True, slots=True)
class Turn:
    """What is remembered of a conversation: what was asked last, by whom, and what was offered in return.

    Of a guided decision only its id, the question that it was begun with and the responses are kept: where they have
    led is found by replaying them.
    """

    society: str
    role: Party
    question: str = ""  # as it was answered, with what was added to it
    base: str = ""  # as it was asked
    chosen: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    flow: str = ""
    about: str = ""  # the question that the flow was begun with, or its title
    responses: tuple[Response, ...] = ()
    checking: bool = False  # whether what was said last belongs to the check of a draft
    draft: str = ""  # that is being checked, also while something else is asked; empty while it is waited for
    account: Account | None = None  # that the draft will go out from

    @property
    def guided(self) -> bool:
        """Whether what was said last belongs to the flow, and not to another question that was asked meanwhile."""
        return bool(self.flow) and self.question == self.about and not self.checking


class Conversations(Protocol):
    """Remembers the last turn of each conversation."""

    def last(self, conversation: str) -> Turn | None:
        """The turn put last, or None."""
        ...

    def put(self, conversation: str, turn: Turn) -> None:
        """Replaces what was remembered."""
        ...
