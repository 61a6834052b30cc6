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

_GIVEN, _BY_ID = "given.", "id."  # before the name of a field, and of one in which the id of a person is typed
_UNTICKED = "no"
_LONGEST_TITLE = 150  # characters of a choice
_LONGEST_ID = 60  # characters
_DIRECTORY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def elements_of_field(field: Field) -> list[Element]:
    """A field, with what is shown above it and its hint below."""
    match field:
        case Written():
            return [*shown(*field.above), _written(field), *_hint(field)]
        case OneOf():
            return [_one_of(field), *_hint(field)]
        case SomeOf():
            return [_some_of(field), *_hint(field)]
        case Ticked():
            return [_ticked(field), *_hint(field)]
        case Somebody():
            return [_picker(field), *_hint(field), _by_id(field), *shown(context(wording.BY_ID_HINT))]
        case _:
            assert_never(field)


def given_in(data: Mapping[str, Any]) -> Given:
    """What was given in a form, from the data of the press that sent it."""
    typed = {
        name.removeprefix(_GIVEN): value
        for name, value in data.items()
        if isinstance(value, str) and name.startswith(_GIVEN)
    }
    given = Given(typed, {name: tuple(filter(None, value.split(","))) for name, value in typed.items()})
    return _with_people(given, data)


def _with_people(given: Given, data: Mapping[str, Any]) -> Given:
    """What was given, with the ids of people that were typed where nobody was chosen. A fault where that is none."""
    chosen, faults = dict(given.chosen), {}
    for name in (one.removeprefix(_BY_ID) for one in data if one.startswith(_BY_ID)):
        person = given.choice(name) or str(data[f"{_BY_ID}{name}"]).strip()
        known = _DIRECTORY_ID.fullmatch(person)
        chosen[name] = (person.lower(),) if known else ()
        if person and not known:
            faults[name] = wording.NO_ID
    return Given(given.typed, chosen, faults)


def _written(field: Written) -> Element:
    element = _input(field, "Input.Text", {"isMultiline": field.lines, "maxLength": field.most})
    before = {"value": field.begins_with} if field.begins_with else {}
    return element | before | _required(field.optional, wording.FILL_IN)


def _one_of(field: OneOf) -> Element:
    choices = [_choice(one) for one in field.choices]
    element = _input(field, "Input.ChoiceSet", {"style": "expanded", "wrap": True, "choices": choices})
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
    return _input(field, "Input.ChoiceSet", {"style": "filtered", "choices": [], "choices.data": people})


def _by_id(field: Somebody) -> Element:
    return {"type": "Input.Text", "id": f"{_BY_ID}{field.name}", "label": wording.BY_ID, "maxLength": _LONGEST_ID}


def _input(field: Field, kind: str, shape: Element) -> Element:
    return {"type": kind, "id": f"{_GIVEN}{field.name}", "label": field.label, **shape}


def _required(optional: bool, otherwise: str) -> Element:
    return {} if optional else {"isRequired": True, "errorMessage": otherwise}


def _hint(field: Field) -> list[Element]:
    return [one | {"spacing": "small"} for one in shown(context(field.hint))]


def _choice(one: Choice) -> Element:
    title = wording.choice(one.label, one.description) if one.description else one.label
    return {"title": escaped(shortened(title, _LONGEST_TITLE)), "value": str(one.value)}
