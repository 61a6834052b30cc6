"""A form as it comes back when somebody submits it: what stood in its fields, but for what they gave."""

from typing import Any

from adapters.slack.outgoing import Block, View

Given = str | None | list[str]  # words or the value that is chosen; the values of several


def filled(view: View, **given: Given) -> dict[str, Any]:
    """The `view` of the payload. Fields are named by their block ids, with "__" for ":"."""
    wanted = {name.replace("__", ":"): value for name, value in given.items()}
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert wanted.keys() <= {block["block_id"] for block in inputs}, "no such field"
    values = {
        block["block_id"]: {block["element"]["action_id"]: _state(block, wanted.get(block["block_id"], _before(block)))}
        for block in inputs
    }
    return view | {"id": "V1", "hash": "1.a", "state": {"values": values}}


def _before(block: Block) -> Given:
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            return element.get("initial_value")  # type: ignore[no-any-return]
        case "radio_buttons":
            return element.get("initial_option", {}).get("value")  # type: ignore[no-any-return]
        case "users_select" | "multi_users_select":
            return None
        case _:
            return [option["value"] for option in element.get("initial_options", [])]


def _state(block: Block, given: Given) -> dict[str, Any]:
    element = block["element"]
    match element["type"]:
        case "plain_text_input":
            return {"type": "plain_text_input", "value": given}
        case "users_select":
            return {"type": "users_select", "selected_user": given}
        case "multi_users_select":
            return {"type": "multi_users_select", "selected_users": given or []}
        case "radio_buttons":
            chosen = next((one for one in element["options"] if one["value"] == given), None)
            return {"type": "radio_buttons", "selected_option": chosen}
        case kind:
            chosen = [one for one in element["options"] if one["value"] in (given or [])]
            return {"type": kind, "selected_options": chosen}
