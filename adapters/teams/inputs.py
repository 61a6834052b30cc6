"""Fields of a form as elements of a card, and how what was given in them is read back. Pure.

The id of an input begins with what tells it from all else that comes back with a press. Titles of choices that stand
open, and of boxes to tick, are read as Markdown by the clients, unlike labels and what is typed.
"""

import re
from collections.abc import Mapping
from typing import Any, assert_never

from adapters.chat.cutting import shortened
from adapters.chat.fields import Choice, Field, Given, OneOf, Somebody, SomeOf, Ticked, Written
from adapters.chat.pieces import context
from adapters.teams import wording_of_dialogs as wording
from adapters.teams.elements import Element, shown
from adapters.teams.markdown import escaped

_GIVEN = "given."  # before the name of a field
_PERSON, _BY_ID = "person.", "id."  # before that of one in which somebody is chosen, and in which their id is typed
_UNTICKED = "no"
_LONGEST_TITLE = 150  # characters of a choice
_LONGEST_ID = 60  # characters
_DIRECTORY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def elements_of_field(field: Field) -> list[Element]:
    """A field, with what is shown above it and its hint below."""
    match field:
        case Written():
            return [*shown(*field.above), _written(field), *_hint(field.hint)]
        case OneOf():
            return [_one_of(field), *_hint(field.hint)]
        case SomeOf():
            return [_some_of(field), *_hint(field.hint)]
        case Ticked():
            return [_ticked(field), *_hint(field.hint)]
        case Somebody():
            return [_picker(field), *_hint(field.hint), _by_id(field), *_hint(wording.BY_ID_HINT)]
        case _:
            assert_never(field)


def given_in(data: Mapping[str, Any]) -> Given:
    """What was given in a form, from the data of the press that sent it."""
    typed = _texts(data, _GIVEN)
    chosen = {name: tuple(filter(None, value.split(","))) for name, value in typed.items()}
    people = {name: person.strip() for name, person in (_texts(data, _BY_ID) | _texts(data, _PERSON)).items()}
    for name, person in people.items():
        chosen[name] = (person,) if _DIRECTORY_ID.fullmatch(person) else ()
    return Given(typed, chosen, {name: wording.NO_ID for name, person in people.items() if person and not chosen[name]})


def _texts(data: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """The words that came back under a prefix, by name; none that are empty."""
    found = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _written(field: Written) -> Element:
    element = _input(field, "Input.Text", {"isMultiline": field.lines, "maxLength": field.most})
    before = {"value": field.begins_with} if field.begins_with else {}
    return element | before | _required(field.optional, wording.FILL_IN)


def _one_of(field: OneOf) -> Element:
    if field.menu:
        titles = [{"title": shortened(one.label, _LONGEST_TITLE), "value": one.value} for one in field.choices]
        shape: Element = {"style": "filtered", "choices": titles}
    else:
        shape = {"style": "expanded", "wrap": True, "choices": [_choice(one) for one in field.choices]}
    element = _input(field, "Input.ChoiceSet", shape)
    before = {"value": str(field.before)} if any(one.value == field.before for one in field.choices) else {}
    return element | before | _required(field.optional, wording.CHOOSE)


def _some_of(field: SomeOf) -> Element:
    choices = [_choice(one) for one in field.choices]
    shape = {"style": "expanded", "wrap": True, "isMultiSelect": True, "choices": choices}
    chosen = [one.value for one in field.choices if one.value in field.before][: field.most]
    return _input(field, "Input.ChoiceSet", shape) | ({"value": ",".join(chosen)} if chosen else {})


def _ticked(field: Ticked) -> Element:
    on = field.choice.value
    shape = {"title": escaped(field.choice.label), "valueOn": on, "valueOff": _UNTICKED, "wrap": True}
    return _input(field, "Input.Toggle", shape | {"value": on if field.before else _UNTICKED})


def _picker(field: Somebody) -> Element:
    people = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    element = {"type": "Input.ChoiceSet", "id": f"{_PERSON}{field.name}", "label": field.label}
    return element | {"style": "filtered", "choices": [], "choices.data": people}


def _by_id(field: Somebody) -> Element:
    return {"type": "Input.Text", "id": f"{_BY_ID}{field.name}", "label": wording.BY_ID, "maxLength": _LONGEST_ID}


def _input(field: Field, kind: str, shape: Element) -> Element:
    return {"type": kind, "id": f"{_GIVEN}{field.name}", "label": field.label, **shape}


def _required(optional: bool, otherwise: str) -> Element:
    return {} if optional else {"isRequired": True, "errorMessage": otherwise}


def _hint(text: str) -> list[Element]:
    return [one | {"spacing": "small"} for one in shown(context(text))]


def _choice(one: Choice) -> Element:
    title = wording.choice(one.label, one.description) if one.description else one.label
    return {"title": escaped(shortened(title, _LONGEST_TITLE)), "value": str(one.value)}
