"""Forms of Teams as somebody fills them in, and what their client makes of that."""

from collections.abc import Mapping
from typing import Any

from tests.adapters.teams.reading import Node, fields_in, label_of

Given = (
    str | list[str] | bool
)  # in a field: words, the title of what is chosen, or of all that is; whether it is ticked


def inputs_of(card: Node, given: Mapping[str, Given] = {}, checked: bool = True) -> dict[str, str]:
    """What goes along with a press in a card: by the id of each field what stood there or was put there. Fields are
    named by how their labels begin.

    Raises:
        AssertionError: there is no such field, or their client would not let it be sent; not where it is not `checked`.
    """
    left, values = dict(given), {}
    for field in fields_in(card):
        label = label_of(field)
        name = next((one for one in left if label.casefold().startswith(one.casefold())), None)
        value = _given(field, left.pop(name)) if name is not None else _before(field)
        if checked and field.get("isRequired"):
            assert value, f"Teams asks that “{label}” be filled in"
        if value:
            values[str(field["id"])] = value
    assert not left, f"no field {', '.join(left)} among {[label_of(one) for one in fields_in(card)]}"
    return values


def _before(field: Node) -> str:
    if field["type"] == "Input.Toggle":
        return str(field.get("value", _off(field)))
    return str(field.get("value", ""))


def _given(field: Node, given: Given) -> str:
    match field["type"]:
        case "Input.Toggle":
            return str(field.get("valueOn", "true")) if given else _off(field)
        case "Input.ChoiceSet":
            return ",".join(_value(field, one) for one in ([str(given)] if isinstance(given, str) else _several(given)))
        case _:
            assert len(str(given)) <= field.get("maxLength", 100_000), "Teams takes no more characters"
            return str(given) if given else ""


def _off(field: Node) -> str:
    return str(field.get("valueOff", "false"))


def _several(given: Any) -> list[str]:
    assert isinstance(given, list), "a field of choices takes their titles"
    return given


def _value(field: Node, title: str) -> str:
    """The value of the choice whose title begins so; what was typed, where any person can be chosen."""
    plain = {str(one["title"]).replace("\\", ""): str(one["value"]) for one in field.get("choices", [])}
    found = [value for shown, value in plain.items() if shown.startswith(title)]
    assert found or "choices.data" in field, f"no choice “{title}” among {list(plain)}"
    return found[0] if found else title
