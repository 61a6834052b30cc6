"""Messages and modals of Slack as somebody reads them, and the buttons and fields that they find there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.adapters.slack.fake_workspace import Node


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button, in its block."""

    label: str
    block: Node
    element: Node


def read(seen: Node) -> str:
    """What stands in a message or a view, a line a line; buttons in square brackets, fields with what is in them."""
    if "blocks" not in seen:
        return str(seen.get("text", ""))
    title = [str(seen["title"]["text"])] if "title" in seen else []
    lines = [line for block in seen["blocks"] for line in _lines(block)]
    submit = [f"[{seen['submit']['text']}]"] if "submit" in seen else []
    return "\n".join(title + lines + submit)


def buttons_in(seen: Node) -> list[Pressable]:
    """The buttons of a message or a view, in order."""
    return [
        Pressable(element["text"]["text"], block, element)
        for block in seen.get("blocks", [])
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if element.get("type") == "button"
    ]


def fields_in(view: Node) -> list[Node]:
    """The blocks of a view that ask for something, each with a `label` and an `element`."""
    return [block for block in view["blocks"] if block["type"] == "input"]


def _lines(block: Node) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element)
        case "header" | "markdown":
            yield block["text"] if isinstance(block["text"], str) else block["text"]["text"]
        case "section":
            yield from (one["text"] for one in [block.get("text"), *block.get("fields", [])] if one)
        case "context":
            yield " ".join(one["text"] for one in block["elements"])
        case "actions":
            yield " ".join(_control(one) for one in block["elements"])
        case "input":
            yield f"{block['label']['text']}: {_control(block['element'])}"


def _rich(element: Node, before: str = "") -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for one in element["elements"]:
            yield from _rich(one, "• ")
        return
    before = "| " if element["type"] == "rich_text_quote" else before
    said = "".join(_leaf(leaf) for leaf in element["elements"])
    yield from (f"{before}{line}" for line in said.split("\n"))


def _leaf(leaf: Node) -> str:
    known = {"user": "user_id", "emoji": "name", "broadcast": "range", "channel": "channel_id"}
    return str(leaf.get("text") or leaf.get(known.get(leaf["type"], "url"), ""))


def _control(element: Node) -> str:
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    if "options" in element:
        chosen: list[Any] = element.get("initial_options") or [element.get("initial_option")]
        marks = ((one, "x" if one in chosen else " ") for one in element["options"])
        return " ".join(f"({mark}) {one['text']['text']}" for one, mark in marks)
    return str(element.get("initial_value", ""))
