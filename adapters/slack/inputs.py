"""Fields of a form: how they are put, and how what was given in them is read back. Pure.

A field is a block whose id is its name, and so is that of the element in it. What comes back comes through the client,
so that nothing in it is taken for granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.slack import wording_of_views as wording
from adapters.slack.blocks import clean, quoted, said
from adapters.slack.framing import labelled
from adapters.slack.outgoing import Block
from adapters.slack.splitting import length

LONGEST_GIVEN = 3_000  # characters that a field takes
LONGEST_OPTION, LONGEST_CHOICE = 75, 150  # characters of an option's label, and of its value
_MOST_OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """An option: what it comes back as, and what it reads."""

    value: str
    label: str
    description: str = ""


@dataclass(slots=True)
class Given:
    """What was given in a form, by the names of its fields; what is wrong with it is gathered in `faults`."""

    values: Mapping[str, Any]
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, view: dict[str, Any]) -> "Given":
        """What was given, from the `view` of a payload.

        Raises:
            ValueError: it has no state.
        """
        state = view.get("state")
        values = state.get("values") if isinstance(state, dict) else None
        if not isinstance(values, dict):
            raise ValueError("a form without what was given in it")
        return cls(values)

    def words(self, name: str, most: int, missing: str = "") -> str:
        """What was written in a field. A fault where it is longer than `most`, or where it is blank and `missing` says
        what to do about that."""
        value = self._of(name).get("value")
        text = clean(value).strip() if isinstance(value, str) else ""
        if len(text) > most:
            self.faults[name] = wording.too_long(most)
        elif missing and not text:
            self.faults[name] = missing
        return text

    def choice(self, name: str, missing: str = "") -> str:
        """What was chosen of several; a fault where nothing was, and `missing` says what to do about that."""
        option = self._of(name).get("selected_option")
        value = option.get("value") if isinstance(option, dict) else None
        if not isinstance(value, str) and missing:
            self.faults[name] = missing
        return value if isinstance(value, str) else ""

    def choices(self, name: str) -> tuple[str, ...]:
        """All that was chosen or ticked."""
        options = self._of(name).get("selected_options")
        values = [one.get("value") for one in options if isinstance(one, dict)] if isinstance(options, list) else []
        return tuple(value for value in values if isinstance(value, str))

    def person(self, name: str) -> str:
        """The id of who was chosen; empty where nobody was."""
        user = self._of(name).get("selected_user")
        return user if isinstance(user, str) else ""

    def _of(self, name: str) -> Mapping[str, Any]:
        inside = self.values.get(name)
        given = inside.get(name) if isinstance(inside, dict) else None
        return given if isinstance(given, dict) else {}


def written(
    name: str,
    label: str,
    *,
    hint: str = "",
    before: str = "",
    most: int = LONGEST_GIVEN,
    optional: bool = False,
    lines: bool = True,
) -> list[Block]:
    """A field to write in. What was written `before` stands in it, or above it where it is too long for it."""
    before, most = clean(before).strip(), min(most, LONGEST_GIVEN)
    element: Block = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    if before and length(before) <= most:
        element["initial_value"] = before
    above = [said(wording.too_long_before(most)), quoted(before)] if length(before) > most else []
    return [*above, _field(name, label, element, hint, optional)]


def one_of(
    name: str, label: str, choices: Sequence[Choice], *, hint: str = "", before: str = "", optional: bool = False
) -> Block:
    """A field in which one is chosen of a few."""
    options = [_option(one) for one in choices]
    element: Block = {"type": "radio_buttons", "options": options}
    chosen = next((one for one in options if one["value"] == before), None)
    if chosen:
        element["initial_option"] = chosen
    return _field(name, label, element, hint, optional)


def ticked(name: str, label: str, choice: Choice, *, before: bool, hint: str = "") -> Block:
    """A field with a box to tick."""
    option = _option(choice)
    element: Block = {"type": "checkboxes", "options": [option]}
    if before:
        element["initial_options"] = [option]
    return _field(name, label, element, hint, optional=True)


def some_of(
    name: str, label: str, choices: Sequence[Choice], *, most: int, hint: str = "", before: Sequence[str] = ()
) -> Block:
    """A menu from which several can be chosen. There has to be something to choose."""
    options = [_option(one) for one in choices[:_MOST_OPTIONS]]
    element: Block = {"type": "multi_static_select", "options": options, "max_selected_items": most}
    chosen = [one for one in options if one["value"] in before][:most]
    if chosen:
        element["initial_options"] = chosen
    return _field(name, label, element, hint, optional=True)


def somebody(name: str, label: str, *, hint: str = "") -> Block:
    """A field in which a member of the workspace is chosen."""
    return _field(name, label, {"type": "users_select"}, hint, optional=False)


def _field(name: str, label: str, element: Block, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": labelled(label),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    return block | {"hint": labelled(hint)} if hint else block


def _option(one: Choice) -> Block:
    option: Block = {"text": labelled(one.label), "value": one.value}
    return option | {"description": labelled(one.description)} if one.description else option
