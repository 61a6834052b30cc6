"""Messages and acts as JSON: an act comes back as what it was, though many have the same fields."""

import json
from dataclasses import replace
from typing import Any, get_args

from pydantic import TypeAdapter

from bot.acts import Act
from bot.messages import Message

_NAME = "act"
_ACTS: dict[str, TypeAdapter[Act]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Act)}
_MESSAGE = TypeAdapter(Message)


def act_to_json(act: Act) -> dict[str, Any]:
    """An act as an object, with its kind in "act"."""
    kind = type(act).__name__
    return {_NAME: kind, **_ACTS[kind].dump_python(act, mode="json")}


def act_from_json(kept: dict[str, Any]) -> Act:
    """The act that was made into this object.

    Raises:
        ValueError: it is none, or not one that is known here.
    """
    kind = _ACTS.get(str(kept.get(_NAME)))
    if kind is None:
        raise ValueError("not the object of an act")
    fields = {name: value for name, value in kept.items() if name != _NAME}
    return kind.validate_json(as_text(fields))  # of JSON, lists are tuples and words are members of their enumeration


def message_to_json(message: Message) -> dict[str, Any]:
    """A message as an object."""
    kept: dict[str, Any] = _MESSAGE.dump_python(replace(message, act=None), mode="json")
    return kept | {_NAME: None if message.act is None else act_to_json(message.act)}


def message_from_json(kept: dict[str, Any]) -> Message:
    """The message that was made into this object.

    Raises:
        ValueError: it is none.
    """
    message = _MESSAGE.validate_json(as_text(kept | {_NAME: None}))
    return message if kept.get(_NAME) is None else replace(message, act=act_from_json(kept[_NAME]))


def as_text(kept: dict[str, Any]) -> str:
    """An object as a text that every database takes. Halves of characters, which no encoding has, become "?"."""
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace").decode()
