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
_PEOPLE, _BY_IDS = "people.", "ids."  # the same where several can be
_UNTICKED = "no"
_LONGEST_TITLE = 150  # characters of a choice
_LONGEST_ID, _LONGEST_IDS = 60, 1_000  # characters
_SEPARATED = re.compile(r"[^\s,;]+")
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
            hint = wording.BY_IDS_HINT if field.several else wording.BY_ID_HINT
            return [_picker(field), *_hint(field.hint), _by_id(field), *_hint(hint)]
        case _:
            assert_never(field)


def given_in(data: Mapping[str, Any]) -> Given:
    """What was given in a form, from the data of the press that sent it."""
    typed = _texts(data, _GIVEN)
    chosen = {name: tuple(filter(None, value.split(","))) for name, value in typed.items()}
    one, several = _people_in(data)
    people: dict[str, tuple[str, ...]] = {name: (person,) for name, person in one.items()}
    people |= {name: tuple(_SEPARATED.findall(ids)) for name, ids in several.items()}
    for name, ids in people.items():
        chosen[name] = ids if all(map(_DIRECTORY_ID.fullmatch, ids)) else ()
    faults = {name: wording.NO_ID for name, ids in people.items() if ids and not chosen[name]}
    return Given(typed | one | several, chosen, faults)


def _people_in(data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Who was chosen or typed in fields for one person, and in those for several, where all of them count."""
    one = _texts(data, _BY_ID) | _texts(data, _PERSON)
    chosen, typed = _texts(data, _PEOPLE), _texts(data, _BY_IDS)
    several = {name: f"{chosen.get(name, '')} {typed.get(name, '')}" for name in chosen | typed}
    return _stripped(one), _stripped(several)


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts without the blanks around them; none that are blank."""
    return {name: text.strip() for name, text in texts.items() if text.strip()}


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
    prefix, more = (_PEOPLE, {"isMultiSelect": True}) if field.several else (_PERSON, {})
    element = {"type": "Input.ChoiceSet", "id": f"{prefix}{field.name}", "label": field.label}
    return element | {"style": "filtered", **more, "choices": [], "choices.data": people}


def _by_id(field: Somebody) -> Element:
    """Where an id is typed, which also keeps who was chosen where a form is shown again."""
    prefix, label, most = (
        (_BY_IDS, wording.BY_IDS, _LONGEST_IDS) if field.several else (_BY_ID, wording.BY_ID, _LONGEST_ID)
    )
    element = {"type": "Input.Text", "id": f"{prefix}{field.name}", "label": label, "maxLength": most}
    return element | ({"value": field.before[:most]} if field.before else {})


def _input(field: Field, kind: str, shape: Element) -> Element:
    return {"type": kind, "id": f"{_GIVEN}{field.name}", "label": field.label, **shape}


def _required(optional: bool, otherwise: str) -> Element:
    return {} if optional else {"isRequired": True, "errorMessage": otherwise}


def _hint(text: str) -> list[Element]:
    return [one | {"spacing": "small"} for one in shown(context(text))]


def _choice(one: Choice) -> Element:
    title = wording.choice(one.label, one.description) if one.description else one.label
    return {"title": escaped(shortened(title, _LONGEST_TITLE)), "value": str(one.value)}
