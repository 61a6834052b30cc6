"""Forms of Slack as somebody fills them in, and their state as Slack sends it."""

from collections.abc import Mapping

from tests.adapters.slack.fake_workspace import Node
from tests.adapters.slack.reading import fields_in, read

Given = str | list[str]  # in a field: words, the label of what is chosen, or of all that is


def state_of(view: Node, given: Mapping[str, Given]) -> Node:
    """The state of a form: what stood in its fields, or was put there."""
    left, values = dict(given), {}
    for block in fields_in(view):
        label, element = block["label"]["text"], block["element"]
        name = next((one for one in left if label.lower().startswith(one.lower())), None)
        value = _filled(element, left.pop(name)) if name is not None else _initial(element)
        empty = not next((one for kind, one in value.items() if kind != "type"), None)
        assert not (given and empty and not block.get("optional")), f"Slack asks that “{label}” be filled in"
        values[block["block_id"]] = {element["action_id"]: value}
    assert not left, f"no field {', '.join(left)} in: {read(view)}"
    return values


def _initial(element: Node) -> Node:
    match element["type"]:
        case "plain_text_input":
            return {"type": element["type"], "value": element.get("initial_value")}
        case "checkboxes" | "multi_static_select":
            return {"type": element["type"], "selected_options": element.get("initial_options", [])}
        case "users_select":
            return {"type": element["type"], "selected_user": element.get("initial_user")}
        case "multi_users_select":
            return {"type": element["type"], "selected_users": element.get("initial_users", [])}
        case _:
            return {"type": element["type"], "selected_option": element.get("initial_option")}


def _filled(element: Node, given: Given) -> Node:
    match element["type"]:
        case "plain_text_input":
            assert len(given) <= element.get("max_length", 3000), "Slack takes no more characters"
            return {"type": element["type"], "value": given or None}
        case "checkboxes" | "multi_static_select":
            labels = [given] if isinstance(given, str) else given
            return {"type": element["type"], "selected_options": [_option(element, one) for one in labels]}
        case "users_select":
            return {"type": element["type"], "selected_user": given}
        case "multi_users_select":
            return {"type": element["type"], "selected_users": [given] if isinstance(given, str) else given}
        case _:
            return {"type": element["type"], "selected_option": _option(element, str(given))}


def _option(element: Node, label: str) -> Node:
    found = [one for one in element["options"] if str(one["text"]["text"]).startswith(label)]
    assert found, f"no option “{label}” among {[one['text']['text'] for one in element['options']]}"
    return {name: found[0][name] for name in ("text", "value")}
