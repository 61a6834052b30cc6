"""The kinds of elements and actions of Adaptive Cards 1.5 that are used here: what each may hold, and what it must."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], str]  # what is wrong with a value; empty where nothing is

_URL = re.compile(r"https://\S+|data:image/(?:png|svg\+xml)\S+")
_WIDTH = re.compile(r"auto|stretch|[1-9]\d{0,3}(?:px)?")


def text(value: Any) -> str:
    """Words, which there have to be."""
    return "" if isinstance(value, str) and value.strip() else "must be text that is not empty"


def any_text(value: Any) -> str:
    """Words, or none."""
    return "" if isinstance(value, str) else "must be text"


def flag(value: Any) -> str:
    """Yes or no."""
    return "" if isinstance(value, bool) else "must be true or false"


def whole_number(value: Any) -> str:
    """A number of one or more."""
    return "" if isinstance(value, int) and not isinstance(value, bool) and value >= 1 else "must be a whole number"


def width(value: Any) -> str:
    """How wide a column is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return whole_number(value)
    return "" if isinstance(value, str) and _WIDTH.fullmatch(value) else "must be auto, stretch, a weight or pixels"


def url(value: Any) -> str:
    """Where a client may fetch something: over https, or within the card."""
    return "" if isinstance(value, str) and _URL.fullmatch(value) else "must be an https: or data:image address"


def data(value: Any) -> str:
    """What comes back when something is pressed."""
    return "" if isinstance(value, dict) else "must be an object"


def nested(value: Any) -> str:
    """What is looked at by itself."""
    return "" if isinstance(value, dict | list) else "must be an object or an array"


def one_of(*values: str) -> Check:
    """One of a few words, exactly as they are written."""

    def check(value: Any) -> str:
        return "" if value in values else f"must be one of {', '.join(values)}"

    return check


_COLOURS = one_of("default", "dark", "light", "accent", "good", "warning", "attention")
_ALIGNED = one_of("left", "center", "right")
_UPRIGHT = one_of("top", "center", "bottom")
_STYLES = one_of("default", "emphasis", "good", "attention", "warning", "accent")
_ELEMENT: Mapping[str, Check] = {
    "id": text,
    "isVisible": flag,
    "separator": flag,
    "spacing": one_of("none", "small", "default", "medium", "large", "extraLarge", "padding"),
    "height": one_of("auto", "stretch"),
}
_INPUT: Mapping[str, Check] = {**_ELEMENT, "label": text, "isRequired": flag, "errorMessage": text}
_ACTION: Mapping[str, Check] = {
    "id": text,
    "title": text,
    "style": one_of("default", "positive", "destructive"),
    "mode": one_of("primary", "secondary"),
    "isEnabled": flag,
    "tooltip": text,
}
_HOLDS: Mapping[str, Check] = {**_ELEMENT, "items": nested, "style": _STYLES, "bleed": flag, "selectAction": nested}

ELEMENTS: Mapping[str, Mapping[str, Check]] = {
    "RichTextBlock": {**_ELEMENT, "inlines": nested, "horizontalAlignment": _ALIGNED},
    "Container": {**_HOLDS, "verticalContentAlignment": _UPRIGHT, "minHeight": any_text},
    "ColumnSet": {**_ELEMENT, "columns": nested, "style": _STYLES, "bleed": flag, "horizontalAlignment": _ALIGNED},
    "ActionSet": {**_ELEMENT, "actions": nested, "horizontalAlignment": _ALIGNED},
    "Image": {
        **_ELEMENT,
        "url": url,
        "altText": text,
        "size": one_of("auto", "stretch", "small", "medium", "large"),
        "style": one_of("default", "person"),
        "horizontalAlignment": _ALIGNED,
        "width": any_text,
    },
    "Input.Text": {
        **_INPUT,
        "isMultiline": flag,
        "maxLength": whole_number,
        "placeholder": text,
        "regex": text,
        "style": one_of("text", "tel", "url", "email"),
        "value": any_text,
    },
    "Input.ChoiceSet": {
        **_INPUT,
        "choices": nested,
        "choices.data": nested,
        "isMultiSelect": flag,
        "style": one_of("compact", "expanded", "filtered"),
        "value": any_text,
        "placeholder": text,
        "wrap": flag,
    },
    "Input.Toggle": {**_INPUT, "title": text, "value": text, "valueOn": text, "valueOff": text, "wrap": flag},
}
COLUMN: Mapping[str, Check] = {**_HOLDS, "width": width, "verticalContentAlignment": _UPRIGHT}
TEXT_RUN: Mapping[str, Check] = {
    "text": text,
    "color": _COLOURS,
    "fontType": one_of("default", "monospace"),
    "highlight": flag,
    "isSubtle": flag,
    "italic": flag,
    "size": one_of("default", "small", "medium", "large", "extraLarge"),
    "strikethrough": flag,
    "underline": flag,
    "weight": one_of("default", "lighter", "bolder"),
}
ACTIONS: Mapping[str, Mapping[str, Check]] = {
    "Action.Execute": {
        **_ACTION,
        "verb": text,
        "data": data,
        "fallback": nested,
        "associatedInputs": one_of("auto", "none"),
    },
    "Action.Submit": {**_ACTION, "data": data, "associatedInputs": one_of("auto", "none")},
    "Action.ShowCard": {**_ACTION, "card": nested},
    "Action.OpenUrl": {**_ACTION, "url": url},
}
CARD: Mapping[str, Check] = {
    "$schema": text,
    "version": one_of("1.5"),
    "body": nested,
    "fallbackText": text,
    "msteams": data,
    "refresh": nested,
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "AdaptiveCard": ("version", "fallbackText", "body"),
    "RichTextBlock": ("inlines",),
    "TextRun": ("text",),
    "Container": ("items",),
    "ColumnSet": ("columns",),
    "Column": ("items",),
    "ActionSet": ("actions",),
    "Image": ("url", "altText"),
    "Input.Text": ("id", "label"),
    "Input.ChoiceSet": ("id", "label"),
    "Input.Toggle": ("id", "title"),
    "Action.Execute": ("title", "verb", "data", "fallback"),
    "Action.Submit": ("title", "data"),
    "Action.ShowCard": ("title", "card"),
    "Action.OpenUrl": ("title", "url"),
}
