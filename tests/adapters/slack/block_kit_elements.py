"""What Slack refuses in the elements of blocks: texts, buttons, menus, and fields to write in."""

from collections.abc import Iterator
from typing import Any

Found = Iterator[tuple[str, str]]  # a JSON pointer, and what is wrong there

INPUT_ONLY = {"plain_text_input", "rich_text_input", "email_text_input", "url_text_input", "number_input", "file_input"}
_BUTTON_LIKE = {"button", "workflow_button", "overflow", "feedback_buttons", "icon_button"}
_MOST_OPTIONS = {
    "static_select": 100,
    "multi_static_select": 100,
    "overflow": 5,
    "checkboxes": 10,
    "radio_buttons": 10,
}
_MARKED_OPTIONS = {"checkboxes", "radio_buttons"}  # the only ones whose options may hold mrkdwn
_SHARED = {"type", "action_id", "focus_on_load"}
_CHOICE = _SHARED | {"options", "confirm"}
_FIELDS = {
    "button": {"type", "action_id", "text", "value", "url", "style", "confirm", "accessibility_label"},
    "plain_text_input": _SHARED
    | {"placeholder", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
    "static_select": _CHOICE | {"placeholder", "option_groups", "initial_option"},
    "multi_static_select": _CHOICE | {"placeholder", "option_groups", "initial_options", "max_selected_items"},
    "overflow": _CHOICE,
    "checkboxes": _CHOICE | {"initial_options"},
    "radio_buttons": _CHOICE | {"initial_option"},
}


def text_problems(text: Any, at: str, longest: int, plain: bool = False) -> Found:
    """What is wrong with a text object."""
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield at, "must be a text object"
        return
    if plain and text["type"] != "plain_text":
        yield f"{at}/type", "must be plain_text"
    value = text.get("text")
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        yield f"{at}/text", f"must be 1 to {longest} characters"
    known = {"type", "text", "emoji"} if text["type"] == "plain_text" else {"type", "text", "verbatim"}
    for name in sorted(text.keys() - known):
        yield f"{at}/{name}", f"invalid additional property: {name}"


def input_problems(block: dict[str, Any], at: str) -> Found:
    """What is wrong with an input block."""
    yield from text_problems(block.get("label"), f"{at}/label", 2000, plain=True)
    if "hint" in block:
        yield from text_problems(block["hint"], f"{at}/hint", 2000, plain=True)
    element = block.get("element")
    if not isinstance(element, dict) or element.get("type") in _BUTTON_LIKE:
        yield f"{at}/element", "must be an input element"
        return
    yield from element_problems(element, f"{at}/element")


def element_problems(element: Any, at: str) -> Found:
    """What is wrong with a button, a menu or a field."""
    kind = element.get("type") if isinstance(element, dict) else None
    known = _BUTTON_LIKE | INPUT_ONLY | _MOST_OPTIONS.keys() | {"image"}
    if not isinstance(kind, str) or (kind not in known and not kind.endswith(("_select", "picker"))):
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    if len(element.get("action_id") or "") > 255:
        yield f"{at}/action_id", "must be no more than 255 characters"
    for name in sorted(element.keys() - _FIELDS.get(kind, element.keys())):
        yield f"{at}/{name}", f"invalid additional property: {name}"
    if "placeholder" in element:
        yield from text_problems(element["placeholder"], f"{at}/placeholder", 150, plain=True)
    if "confirm" in element:
        yield from _confirmed(element["confirm"], f"{at}/confirm")
    if kind in ("button", "icon_button"):
        yield from _button(element, at)
    elif kind == "feedback_buttons":
        yield from _feedback(element, at)
    elif kind == "plain_text_input":
        yield from _written(element, at)
    elif kind in _MOST_OPTIONS and "option_groups" not in element:
        yield from _options(element, kind, at)


def _button(element: dict[str, Any], at: str) -> Found:
    if element["type"] == "button":
        yield from text_problems(element.get("text"), f"{at}/text", 75, plain=True)
        if element.get("style") not in (None, "primary", "danger"):
            yield f"{at}/style", "must be primary or danger"
    for name, longest in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        if len(element.get(name) or "") > longest:
            yield f"{at}/{name}", f"must be no more than {longest} characters"


def _feedback(element: dict[str, Any], at: str) -> Found:
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if not isinstance(button, dict) or not button.get("value"):
            yield f"{at}/{name}", "needs text and value"
        else:
            yield from text_problems(button.get("text"), f"{at}/{name}/text", 75, plain=True)


def _written(element: dict[str, Any], at: str) -> Found:
    longest = element.get("max_length", 3000)
    if not 1 <= longest <= 3000:
        yield f"{at}/max_length", "must be 1 to 3000"
    if len(element.get("initial_value") or "") > min(longest, 3000):
        yield f"{at}/initial_value", "must be no more than max_length characters"
    if element.get("initial_value") == "":
        yield f"{at}/initial_value", "must be more than 0 characters"


def _confirmed(confirm: Any, at: str) -> Found:
    if not isinstance(confirm, dict):
        yield at, "must be a confirmation object"
        return
    yield from text_problems(confirm.get("title"), f"{at}/title", 100, plain=True)
    yield from text_problems(confirm.get("text"), f"{at}/text", 300)
    for name in ("confirm", "deny"):
        if name in confirm:
            yield from text_problems(confirm[name], f"{at}/{name}", 30, plain=True)


def _options(element: dict[str, Any], kind: str, at: str) -> Found:
    options = element.get("options")
    if not isinstance(options, list) or not 1 <= len(options) <= _MOST_OPTIONS[kind]:
        yield f"{at}/options", f"must have 1 to {_MOST_OPTIONS[kind]} items"
        return
    for number, option in enumerate(options):
        here = f"{at}/options/{number}"
        yield from text_problems(option.get("text"), f"{here}/text", 75, plain=kind not in _MARKED_OPTIONS)
        if not 1 <= len(option.get("value") or "") <= 150:
            yield f"{here}/value", "must be 1 to 150 characters"
        if "description" in option:
            yield from text_problems(option["description"], f"{here}/description", 75, plain=True)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        yield f"{at}/options", "must have values that differ"
    if "initial_option" in element and element["initial_option"] not in options:
        yield f"{at}/initial_option", "must be one of the options"
    initial = element.get("initial_options")
    if initial is not None and (not initial or any(one not in options for one in initial)):
        yield f"{at}/initial_options", "must be 1 of the options or more"
