"""What Slack refuses in blocks, modals and Home: its rules, as far as they are known, applied without asking it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.adapters.slack.block_kit_elements import INPUT_ONLY, element_problems, input_problems, text_problems

Node = dict[str, Any]
_Check = Callable[[Node, str], Iterator[tuple[str, str]]]

MESSAGE, MODAL, HOME = "message", "modal", "home"
MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
LONGEST_TEXT = 40_000  # characters; of an update without blocks 4,000
# Slack documents no limit for all blocks together, and answers msg_blocks_too_long a little above this.
LONGEST_BLOCKS = 13_000
_LARGEST_VIEW = 250_000  # bytes
_LONGEST_NAMES = (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255))
_MESSAGE_ONLY = {"markdown", "context_actions", "table"}
_FIELDS = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text", "level"},
    "markdown": {"text"},
    "context": {"elements"},
    "context_actions": {"elements"},
    "actions": {"elements"},
    "divider": set(),
    "input": {"label", "hint", "element", "optional", "dispatch_action"},
    "image": {"alt_text", "image_url", "slack_file", "title"},
    "rich_text": {"elements"},
    "table": {"rows", "column_settings"},
}
_VIEW_FIELDS = {
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "external_id",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
}
_RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
_RICH_LEAVES = {"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "team"}
_STYLES = {"bold", "italic", "strike", "code", "underline"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What Slack refuses, and where it stands, as a JSON pointer."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


def blocks_problems(blocks: Any, surface: str = MESSAGE) -> list[Problem]:
    """Everything that is wrong with the blocks of a message, a modal or Home."""
    return [Problem(*found) for found in _blocks(blocks, surface, "/blocks")]


def view_problems(view: Any) -> list[Problem]:
    """Everything that is wrong with a modal or a Home."""
    return [Problem(*found) for found in _view(view)]


def text_total(node: Any) -> int:
    """How many characters of text stand anywhere in blocks."""
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(text_total(value) for value in node.values() if isinstance(value, dict | list))
    return sum(map(text_total, node)) if isinstance(node, list) else 0


def _view(view: Any) -> Iterator[tuple[str, str]]:
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in (MODAL, HOME):
        yield "/view/type", "must be modal or home"
        return
    for name in sorted(view.keys() - _VIEW_FIELDS):
        yield f"/view/{name}", f"invalid additional property: {name}"
    for name, limit in _LONGEST_NAMES:
        if len(view.get(name) or "") > limit:
            yield f"/view/{name}", f"must be no more than {limit} characters"
    for name in ("title", "submit", "close"):
        if kind == HOME and name in view:
            yield f"/view/{name}", "not allowed on a home view"
        elif kind == MODAL and (name == "title" or name in view):
            yield from text_problems(view.get(name), f"/view/{name}", 24, plain=True)
    yield from _blocks(view.get("blocks"), kind, "/view/blocks")
    if kind == MODAL and "submit" not in view and _has_input(view.get("blocks")):
        yield "/view/submit", "required when a modal has an input block"
    if len(json.dumps(view)) > _LARGEST_VIEW:
        yield "/view", "larger than 250 kB"


def _has_input(blocks: Any) -> bool:
    return isinstance(blocks, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)


def _blocks(blocks: Any, surface: str, at: str) -> Iterator[tuple[str, str]]:
    if not isinstance(blocks, list):
        yield at, "must be an array"
        return
    if not 1 <= len(blocks) <= MOST_BLOCKS[surface]:
        yield at, f"must have 1 to {MOST_BLOCKS[surface]} items"
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in _FIELDS:
            yield f"{here}/type", f"unsupported type: {kind}"
            continue
        if surface != MESSAGE and kind in _MESSAGE_ONLY:
            yield f"{here}/type", f"{kind} is not allowed in a {surface} view"
        yield from _block_id(block, here, seen)
        for name in sorted(block.keys() - _FIELDS[kind] - {"type", "block_id"}):
            yield f"{here}/{name}", f"invalid additional property: {name}"
        yield from _CHECKS.get(kind, _nothing)(block, here)
    markdown = sum(len(one.get("text") or "") for one in blocks if isinstance(one, dict) and one["type"] == "markdown")
    if markdown > 12_000:
        yield at, f"markdown blocks total {markdown} characters, over 12000"


def _block_id(block: Node, at: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    name = block.get("block_id")
    if name is None:
        return
    if not isinstance(name, str) or not 1 <= len(name) <= 255:
        yield f"{at}/block_id", "must be a string of 1 to 255 characters"
    elif name in seen:
        yield f"{at}/block_id", f"`{name}` already in use"
    seen.add(str(name))


def _nothing(_block: Node, _at: str) -> Iterator[tuple[str, str]]:
    return iter(())


def _section(block: Node, at: str) -> Iterator[tuple[str, str]]:
    fields = block.get("fields") or []
    if "text" not in block and not fields:
        yield at, "needs text or fields"
    if "text" in block:
        yield from text_problems(block["text"], f"{at}/text", 3000)
    if len(fields) > 10:
        yield f"{at}/fields", "must be no more than 10 items"
    for number, one in enumerate(fields):
        yield from text_problems(one, f"{at}/fields/{number}", 2000)
    if "accessory" in block:
        yield from element_problems(block["accessory"], f"{at}/accessory")


def _header(block: Node, at: str) -> Iterator[tuple[str, str]]:
    yield from text_problems(block.get("text"), f"{at}/text", 150, plain=True)


def _markdown(block: Node, at: str) -> Iterator[tuple[str, str]]:
    text = block.get("text")
    if not isinstance(text, str) or not 1 <= len(text) <= 12_000:
        yield f"{at}/text", "must be 1 to 12000 characters"


def _context(block: Node, at: str) -> Iterator[tuple[str, str]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        yield f"{at}/elements", "must have 1 to 10 items"
        return
    for number, one in enumerate(elements):
        here = f"{at}/elements/{number}"
        if not isinstance(one, dict) or one.get("type") != "image":
            yield from text_problems(one, here, 3000)
        elif not one.get("alt_text"):
            yield here, "image needs alt_text"


def _actions(block: Node, at: str, most: int = 25, only: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= most:
        yield f"{at}/elements", f"must have 1 to {most} items"
        return
    seen: set[str] = set()
    for number, one in enumerate(elements):
        here = f"{at}/elements/{number}"
        yield from element_problems(one, here)
        kind, name = (one.get("type"), one.get("action_id")) if isinstance(one, dict) else (None, None)
        if (only and kind not in only) or kind in INPUT_ONLY:
            yield f"{here}/type", f"{kind} is not allowed here"
        if name in seen:
            yield f"{here}/action_id", f"`{name}` already in use"
        seen |= {str(name)} if name else set()


def _context_actions(block: Node, at: str) -> Iterator[tuple[str, str]]:
    yield from _actions(block, at, 5, frozenset({"feedback_buttons", "icon_button"}))


def _image(block: Node, at: str) -> Iterator[tuple[str, str]]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield at, "needs image_url or slack_file"
    if not 1 <= len(block.get("alt_text") or "") <= 2000:
        yield f"{at}/alt_text", "must be 1 to 2000 characters"


def _rich_text(block: Node, at: str) -> Iterator[tuple[str, str]]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        yield f"{at}/elements", "must be an array of 1 item or more"
        return
    for number, one in enumerate(elements):
        yield from _rich_part(one, f"{at}/elements/{number}")


def _rich_part(part: Any, at: str) -> Iterator[tuple[str, str]]:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in _RICH_PARTS:
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    if not isinstance(part.get("elements"), list):
        yield f"{at}/elements", "must be an array"
        return
    wanted = {"rich_text_list": {"rich_text_section"}, "rich_text_preformatted": {"text", "link"}}
    for number, leaf in enumerate(part["elements"]):
        here = f"{at}/elements/{number}"
        found = leaf.get("type") if isinstance(leaf, dict) else None
        if found not in wanted.get(kind, _RICH_LEAVES):
            yield f"{here}/type", f"unsupported type: {found}"
        elif kind == "rich_text_list":
            yield from _rich_part(leaf, here)
        else:
            yield from _rich_leaf(leaf, here)
    if kind == "rich_text_list" and part.get("style") not in ("bullet", "ordered"):
        yield f"{at}/style", "must be bullet or ordered"


def _rich_leaf(leaf: Node, at: str) -> Iterator[tuple[str, str]]:
    if leaf["type"] == "text" and not (isinstance(leaf.get("text"), str) and leaf["text"]):
        yield f"{at}/text", "must be more than 0 characters"
    if leaf["type"] == "link" and not 1 <= len(leaf.get("url") or "") <= 3000:
        yield f"{at}/url", "must be 1 to 3000 characters"
    style = leaf.get("style", {})
    if not isinstance(style, dict) or style.keys() - _STYLES:
        yield f"{at}/style", "must be an object of bold, italic, strike, code, underline"


_CHECKS: dict[str, _Check] = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": input_problems,
    "image": _image,
    "rich_text": _rich_text,
}
