"""A form as it goes along with what is given in it, so that it can be shown again though nothing was kept. Pure.

It comes back through the client of whoever filled it in, and is shown to nobody else.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from pydantic import TypeAdapter

from adapters.chat.buttons import Pressable, Style
from adapters.chat.fields import Field, Form, FormPart, Given, OneOf, Row, Somebody, SomeOf, Ticked, Written
from adapters.chat.kept import Kept
from adapters.chat.pressing import Does
from adapters.storage.carried import act_from_json, act_to_json

_KIND = "part"
_SHAPES: dict[str, TypeAdapter[FormPart]] = {
    kind.__name__: TypeAdapter(kind) for kind in get_args(FormPart) if kind is not Row
}


def as_text(form: Form) -> str:
    """A form as JSON, without what it keeps and without what stands in its fields."""
    parts = [_part_to_json(_without_words(part)) for part in form.parts]
    return json.dumps([form.title, form.submit, form.close, parts], ensure_ascii=False)


def form_from(text: str, kept: Kept) -> Form:
    """The form that was made into this text.

    Raises:
        ValueError: it is none.
    """
    try:
        title, submit, close, parts = json.loads(text)
        return Form(str(title), str(submit), str(close), tuple(_part_from_json(dict(one)) for one in parts), kept)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("no form") from error


def filled(form: Form, given: Given) -> Form:
    """The form with what was given standing in its fields."""
    return replace(form, parts=tuple(_filled(part, given) for part in form.parts))


def labels_of(form: Form) -> dict[str, str]:
    """What each field is called, by its name."""
    return {part.name: part.label for part in form.parts if isinstance(part, Field)}


def _filled(part: FormPart, given: Given) -> FormPart:
    match part:
        case Written() | Somebody():
            return replace(part, before=given.typed.get(part.name, ""))
        case OneOf():
            return replace(part, before=given.choice(part.name))
        case SomeOf():
            return replace(part, before=given.choices(part.name))
        case Ticked():
            return replace(part, before=part.choice.value in given.choices(part.name))
        case _:
            return part


def _without_words(part: FormPart) -> FormPart:
    return replace(part, before="") if isinstance(part, Written | Somebody) else part


def _part_to_json(part: FormPart) -> dict[str, Any]:
    if isinstance(part, Row):
        return {_KIND: Row.__name__, "buttons": [_button_to_json(one) for one in part.buttons]}
    kind = type(part).__name__
    return {_KIND: kind, **_SHAPES[kind].dump_python(part, mode="json", exclude_defaults=True)}


def _part_from_json(kept: dict[str, Any]) -> FormPart:
    kind = str(kept.pop(_KIND))
    if kind == Row.__name__:
        return Row(tuple(_button_from_json(*one) for one in kept["buttons"]))
    return _SHAPES[kind].validate_json(json.dumps(kept))


def _button_to_json(one: Pressable) -> Sequence[Any]:
    return [one.label, act_to_json(one.act), one.does, one.style]


def _button_from_json(label: str, act: dict[str, Any], does: str, style: str) -> Pressable:
    return Pressable(str(label), act_from_json(act), Does(does), Style(style))
