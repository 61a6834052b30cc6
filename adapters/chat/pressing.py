"""What pressing a button of ours does. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.acts import Act


class Does(StrEnum):
    """What pressing comes to."""

    ACT = "act"  # it is carried out, and answered where it was pressed
    STEP = "step"  # the answer takes the place of the message
    OPENS = "opens"  # a modal or dialog opens, and is filled with the answer
    FORM = "form"  # a modal or dialog opens that asks for what the act still needs


class Becomes(StrEnum):
    """A form that a modal or dialog is to become once what it shows is known."""

    ANSWER = "answer"  # to a query: the drafted answer, for this case or as a ruling
    SEND = "send"  # what would go to the office, to be trimmed


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed: what it does, the act, and the one person who may (empty: whoever sees it)."""

    does: Does
    act: Act
    who: str = ""
