"""Forms as they are asked and as they come back, whatever platform shows them. Pure.

What comes back comes through the client, so that nothing in it is taken for granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.chat import wording_of_forms as wording
from adapters.chat.buttons import Pressable
from adapters.chat.cutting import length
from adapters.chat.kept import Kept
from adapters.chat.pieces import Piece, clean, quoted, said

LONGEST_GIVEN = 3_000  # characters that a field takes
LONGEST_CHOICE = 150  # characters of the value of a choice
MOST_CHOICES = 100  # in a menu


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

    @property
    def begins_with(self) -> str:
        """What stands in it from the start; nothing where that is too long for it."""
        return self._words if self._holds else ""

    @property
    def above(self) -> tuple[Piece, ...]:
        """What is shown above it: the words from before, where they are too long for it."""
        return () if self._holds else (said(wording.too_long_before(self.most)), quoted(self._words))

    @property
    def _words(self) -> str:
        return clean(self.before).strip()

    @property
    def _holds(self) -> bool:
        return length(self._words) <= self.most


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field in which one is chosen of a few; in a `menu`, of `MOST_CHOICES` at most. `before` is the value that is
    chosen from the start."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    hint: str = ""
    before: str = ""
    optional: bool = False
    menu: bool = False


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
    """A field in which a member of the organisation is chosen, or `several`. `before` is what was typed in it, where
    that can be."""

    name: str
    label: str
    hint: str = ""
    several: bool = False
    before: str = ""


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

    def words(self, name: str, most: int, missing: str = "") -> str:
        """What was written in a field. A fault where it is longer than `most`, or where it is blank and `missing` says
        what to do about that."""
        text = clean(self.typed.get(name, "")).strip()
        if len(text) > most:
            self.faults[name] = wording.too_long(most)
        elif missing and not text:
            self.faults[name] = missing
        return text

    def choice(self, name: str, missing: str = "") -> str:
        """What was chosen of several; a fault where nothing was, and `missing` says what to do about that."""
        value = next(iter(self.choices(name)), None)
        if value is None and missing:
            self.faults[name] = missing
        return value or ""

    def choices(self, name: str) -> tuple[str, ...]:
        """All that was chosen or ticked."""
        return tuple(self.chosen.get(name, ()))

    def person(self, name: str, missing: str) -> str:
        """The id of who was chosen; a fault where nobody was, and `missing` says what to do about that."""
        return next(iter(self.people(name, missing)), "")

    def people(self, name: str, missing: str) -> tuple[str, ...]:
        """The ids of all who were chosen, each once; a fault where nobody was, and `missing` says what to do about
        that."""
        people = tuple(dict.fromkeys(self.choices(name)))
        if not people:
            self.faults.setdefault(name, missing)
        return people
