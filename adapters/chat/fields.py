"""Forms as they are asked and as they come back, whatever platform shows them. Pure.

What comes back comes through the client, so that nothing in it is taken for granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.chat.buttons import Pressable
from adapters.chat.kept import Kept
from adapters.chat.pieces import Piece

LONGEST_GIVEN = 3_000  # characters that a field takes


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: what it comes back as, and what it reads."""

    value: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A field for words. With `lines` there can be several lines; `before` stands in it from the start."""

    name: str
    label: str
    hint: str = ""
    before: str = ""
    most: int = LONGEST_GIVEN  # characters
    optional: bool = False
    lines: bool = True


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field in which one is chosen of a few; `before` is the value that is chosen from the start."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    before: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SomeOf:
    """A menu from which several can be chosen, at most so many. There has to be something to choose."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    most: int
    hint: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticked:
    """A box to tick."""

    name: str
    label: str
    choice: Choice
    before: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A field in which a member of the organisation is chosen."""

    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Row:
    """What can be pressed in a form beside sending it."""

    buttons: tuple[Pressable, ...]


Field = Written | OneOf | SomeOf | Ticked | Somebody
FormPart = Piece | Field | Divider | Row


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what it is called, what sends it off and what leaves it, its parts from above, and what it keeps."""

    title: str
    submit: str
    close: str
    parts: tuple[FormPart, ...]
    kept: Kept


@dataclass(slots=True)
class Given:
    """What was given in a form, by the names of its fields: words as they were typed, and values as they were chosen
    (a person is their id). What is wrong with it is gathered in `faults`."""

    typed: Mapping[str, str]
    chosen: Mapping[str, Sequence[str]]
    faults: dict[str, str] = field(default_factory=dict)
