"""Where in Teams something was written or pressed, as it goes along with a message so that it is answered there."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from adapters.chat.pressing import Becomes


class Waits(StrEnum):
    """What somebody's client waits for, for a few seconds."""

    NOTHING = ""
    CARD = "card"  # the card that takes the place of the one that was pressed
    LOOK = "look"  # a card as it is for who looks at it; said nowhere else
    DIALOG = "dialog"  # what an open dialog shows next


@dataclass(frozen=True, slots=True)
class Origin:
    """What is needed to answer in place.

    `invoke` is the key of what Teams waits on for an answer, and `waits` what kind of one. `activity` is the id of the
    message in which something was pressed; with `replaces` the answer takes its place. `becomes` is the form that a
    dialog is to become. `at_desk` says that it was at a desk, and `card` is the ticket whose card
    there it was pressed on.
    """

    invoke: str = ""
    waits: Waits = Waits.NOTHING
    activity: str = ""
    replaces: bool = False
    becomes: Becomes | None = None
    at_desk: bool = False
    card: str = ""

    @classmethod
    def of(cls, text: str) -> "Origin":
        """The origin that was made into this text; an empty one of an empty text.

        Raises:
            ValueError: it is none.
        """
        return _ORIGIN.validate_json(text) if text else cls()

    def as_text(self) -> str:
        """The origin as JSON."""
        return _ORIGIN.dump_json(self, exclude_defaults=True).decode()


_ORIGIN: TypeAdapter[Origin] = TypeAdapter(Origin)
