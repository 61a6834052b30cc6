"""Fields of a form as blocks, and how what was given in them is read back. Pure.

A field is a block whose id is its name, and so is that of the element in it.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from adapters.chat.fields import Choice, Field, Given, OneOf, Somebody, SomeOf, Ticked, Written
from adapters.slack.blocks import shown
from adapters.slack.framing import labelled
from adapters.slack.outgoing import Block
from adapters.slack.splitting import shortened

_LONGEST_OPTION = 75  # characters of an option's label
_MOST_OPTIONS = 100


def blocks_of_field(field: Field) -> list[Block]:
    """A field, with what is shown above it."""
    match field:
        case Written():
            return [*shown(*field.above), _input(field, _written(field), field.optional)]
        case OneOf():
            return [_input(field, _one_of(field), field.optional)]
        case SomeOf():
            return [_input(field, _some_of(field), optional=True)]
        case Ticked():
            return [_input(field, _ticked(field), optional=True)]
        case Somebody():
            return [_input(field, {"type": "multi_users_select" if field.several else "users_select"}, optional=False)]
        case _:
            assert_never(field)


def given_in(view: Mapping[str, Any]) -> Given:
    """What was given in a form, from the `view` of a payload.

    Raises:
        ValueError: it has no state.
    """
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    if not isinstance(values, dict):
        raise ValueError("a form without what was given in it")
    states = {name: _state(inside, name) for name, inside in values.items()}
    typed = {name: state["value"] for name, state in states.items() if isinstance(state.get("value"), str)}
    return Given(typed, {name: _chosen(state) for name, state in states.items()})


def _state(inside: object, name: str) -> Mapping[str, Any]:
    given = inside.get(name) if isinstance(inside, dict) else None
    return given if isinstance(given, dict) else {}


def _chosen(state: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of all that was chosen or ticked, or the ids of who were."""
    several, users = state.get("selected_options"), state.get("selected_users")
    options = several if isinstance(several, list) else [state.get("selected_option")]
    values = [one.get("value") for one in options if isinstance(one, dict)]
    people = users if isinstance(users, list) else [state.get("selected_user")]
    return tuple(value for value in (*values, *people) if isinstance(value, str) and value)


def _written(field: Written) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": field.lines, "max_length": field.most}
    return element | {"initial_value": field.begins_with} if field.begins_with else element


def _one_of(field: OneOf) -> Block:
    options = [_option(one) for one in field.choices]
    kind = "static_select" if field.menu else "radio_buttons"
    element: Block = {"type": kind, "options": options}
    chosen = next((one for one in options if one["value"] == field.before), None)
    return element | {"initial_option": chosen} if chosen else element


def _some_of(field: SomeOf) -> Block:
    options = [_option(one) for one in field.choices[:_MOST_OPTIONS]]
    element: Block = {"type": "multi_static_select", "options": options, "max_selected_items": field.most}
    chosen = [one for one in options if one["value"] in field.before][: field.most]
    return element | {"initial_options": chosen} if chosen else element


def _ticked(field: Ticked) -> Block:
    option = _option(field.choice)
    element: Block = {"type": "checkboxes", "options": [option]}
    return element | {"initial_options": [option]} if field.before else element


def _input(field: Field, element: Block, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.name,
        "label": labelled(field.label),
        "element": {**element, "action_id": field.name},
        "optional": optional,
    }
    return block | {"hint": labelled(field.hint)} if field.hint else block


def _option(one: Choice) -> Block:
    option: Block = {"text": labelled(shortened(one.label, _LONGEST_OPTION)), "value": one.value}
    return option | {"description": labelled(one.description)} if one.description else option
