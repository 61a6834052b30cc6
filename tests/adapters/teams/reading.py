"""Messages and dialogs of Teams as somebody reads them, and the buttons and fields that they find there."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.adapters.teams.fake_rules import CARD

Node = dict[str, Any]

_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|\*\*")  # a sign that stands for itself, or one that makes bold


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button, and the card that it is in; None for a suggested action, which stands below a message."""

    label: str
    action: Node
    card: Node | None


def read(seen: Node) -> str:
    """What stands in a message or a dialog, a line a line; buttons in square brackets, fields with what is in them."""
    title = [str(seen["title"])] if seen.get("title") else []
    text = [_as_shown(str(seen["text"]), str(seen.get("textFormat", "")))] if seen.get("text") else []
    cards = [line for card in cards_in(seen) for line in _lines(card)]
    suggested = [f"[{one['title']}]" for one in seen.get("suggestedActions", {}).get("actions", [])]
    return "\n".join(title + text + cards + suggested)


def cards_in(seen: Node) -> list[Node]:
    """The Adaptive Cards of a message or a dialog."""
    if "card" in seen:
        return [seen["card"]] if seen["card"] else []
    return [one["content"] for one in seen.get("attachments", []) if one["contentType"] == CARD]


def buttons_in(seen: Node) -> list[Pressable]:
    """The buttons of a message or a dialog, in order; those that another one shows come after it."""
    found = [button for card in cards_in(seen) for button in _buttons(card, card)]
    suggested = seen.get("suggestedActions", {}).get("actions", [])
    return found + [Pressable(str(one["title"]), one, None) for one in suggested]


def fields_in(card: Node) -> list[Node]:
    """The inputs of a card, in order."""
    return [one for one in _nodes(card) if str(one.get("type", "")).startswith("Input.")]


def label_of(field: Node) -> str:
    """What a field is called."""
    return _as_shown(
        str(field.get("label") or field.get("title") or field.get("placeholder") or field["id"]), "markdown"
    )


def _as_shown(text: str, kind: str) -> str:
    """The words of a message, without what makes them look as they do."""
    if kind != "markdown":
        return text
    return html.unescape(_MARKED.sub(lambda found: found[1] or "", text)).replace("\n\n", "\n")


def _nodes(node: Any) -> Iterator[Node]:
    """An element and all that is in it, from the top down."""
    if isinstance(node, list):
        for one in node:
            yield from _nodes(one)
    elif isinstance(node, dict):
        yield node
        for name in ("body", "items", "columns", "actions", "card"):
            yield from _nodes(node.get(name))


def _buttons(node: Node, card: Node) -> Iterator[Pressable]:
    for one in _nodes(node):
        if str(one.get("type", "")).startswith("Action."):
            yield Pressable(str(one.get("title", "")), one, card)


def _lines(node: Node) -> Iterator[str]:
    match str(node.get("type", "")):
        case "RichTextBlock":
            yield "".join(one if isinstance(one, str) else str(one["text"]) for one in node["inlines"])
            return
        case "TextBlock":
            yield str(node["text"])
            return
        case "Image":
            yield str(node["altText"])
            return
        case "ActionSet":
            yield " ".join(_shown(one) for one in node["actions"])
            return
        case kind if kind.startswith("Input."):
            yield f"{label_of(node)}: {_in_field(node)}"
            return
    for name in ("body", "items", "columns"):
        for one in node.get(name, []):
            yield from _lines(one)
    if node.get("actions"):
        yield " ".join(_shown(one) for one in node["actions"])


def _shown(action: Node) -> str:
    inner = f" ({' '.join(_lines(action['card']))})" if "card" in action else ""
    return f"[{action.get('title', '')}]{inner}"


def _in_field(field: Node) -> str:
    if "choices" in field:
        chosen = str(field.get("value", "")).split(",") if field.get("isMultiSelect") else [field.get("value")]
        shown = ((one, _as_shown(str(one["title"]), "markdown")) for one in field["choices"])
        return " ".join(f"({'x' if one['value'] in chosen else ' '}) {title}" for one, title in shown)
    return str(field.get("value", ""))
