"""What can be pressed: which button does what, and how it stands out. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from adapters.chat.pressing import Does
from bot.acts import Act


class Style(StrEnum):
    """How a button stands out."""

    PLAIN = ""
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it is pressed."""

    label: str
    act: Act
    does: Does
    style: Style = Style.PLAIN
