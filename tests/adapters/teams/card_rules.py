"""What Teams refuses or garbles in an Adaptive Card, as far as it is known, and what the house asks of one besides."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.adapters.teams.card_kinds import ACTIONS, CARD, COLUMN, ELEMENTS, NEEDED, TEXT_RUN, Check

Node = dict[str, Any]
_Found = Iterator[tuple[str, str]]  # a JSON pointer, and what is wrong there

MESSAGE, DIALOG = "message", "dialog"
LARGEST = {MESSAGE: 28 * 1024, DIALOG: 80 * 1024}  # bytes; a message with all else in it has 100 KB as UTF-16
MOST_ACTIONS = 6  # of a row: Teams leaves out what comes after
MOST_WHO_REFRESH = 60
# Bytes of what a button sends back: ours, so that no card grows by what its buttons keep. A form is sent along with it.
LARGEST_DATA = {MESSAGE: 6_000, DIALOG: 16_000}
# Titles of choices that stand open and of boxes to tick are read as markdown by the clients, unlike all else here.
_MARKDOWN = re.compile(r"(?<!\\)\[[^\]]*\]\(|(?<!\\)(?:\*\*?|__?)(?=\S)[^*_]+(?<![\\\s])(?:\*\*?|__?)|(?<!\\)`|<\w+>")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where it stands, as a JSON pointer."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.message}"


def card_problems(card: Any, surface: str = MESSAGE) -> list[Problem]:
    """Everything that is wrong with the card of a message or of a dialog."""
    if not isinstance(card, dict):
        return [Problem("", "must be an object")]
    return [Problem(*found) for found in (*_whole(card, surface), *_card(card, surface))]


def texts(node: Any) -> list[str]:
    """All that a card shows in words, in order: running text, labels, titles, choices and what stands in fields."""
    if isinstance(node, list):
        return [words for one in node for words in texts(one)]
    if not isinstance(node, dict):
        return []
    shown = ("text", "label", "title", "placeholder", "value") if "type" in node else ("title",)
    own = [node[name] for name in shown if isinstance(node.get(name), str)]
    below = ("body", "items", "columns", "inlines", "actions", "choices", "card")
    return own + [words for name in below for words in texts(node.get(name))]


def _whole(card: Node, surface: str) -> _Found:
    """What holds for the card as one."""
    try:
        size = len(json.dumps(card, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        yield "", "holds half a character"
        return
    if size > LARGEST[surface]:
        yield "", f"has {size} bytes, over {LARGEST[surface]}"
    ids: set[str] = set()
    for at, node in _nodes(card, ""):
        if node is None:
            yield at, "must not be null: leave it out"
        elif isinstance(node, dict) and isinstance(name := node.get("id"), str) and _kind(node) in _HAVE_IDS:
            if name in ids:
                yield f"{at}/id", f"`{name}` is already in use"
            ids.add(name)


_HAVE_IDS = ELEMENTS.keys() | ACTIONS.keys() | {"Column"}


def _nodes(node: Any, at: str) -> Iterator[tuple[str, Any]]:
    yield at, node
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _nodes(value, f"{at}/{name}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _nodes(value, f"{at}/{number}")


def _card(card: Node, surface: str, at: str = "", inner: bool = False) -> _Found:
    if card.get("type") != "AdaptiveCard":
        yield f"{at}/type", "must be AdaptiveCard"
    yield from _fields(card, {**CARD, "actions": _array}, () if inner else NEEDED["AdaptiveCard"], at)
    if not card.get("body") and not card.get("actions"):
        yield at, "shows nothing"
    for number, element in enumerate(_list(card.get("body"))):
        yield from _element(element, surface, f"{at}/body/{number}")
    if "actions" in card:
        yield from _row(card["actions"], surface, f"{at}/actions", inner)
    if "refresh" in card:
        yield from _refresh(card["refresh"], surface, f"{at}/refresh")


def _refresh(refresh: Any, surface: str, at: str) -> _Found:
    action = refresh.get("action") if isinstance(refresh, dict) else None
    if surface == DIALOG or not isinstance(action, dict):
        yield at, "needs an action, and is of messages alone"
        return
    if action.get("type") != "Action.Execute" or not action.get("verb"):
        yield f"{at}/action", "must be an Action.Execute with a verb"
    who = refresh.get("userIds")
    if (
        not isinstance(who, list)
        or not 1 <= len(who) <= MOST_WHO_REFRESH
        or not all(isinstance(one, str) for one in who)
    ):
        yield f"{at}/userIds", f"must be 1 to {MOST_WHO_REFRESH} ids; without any, all who look on refresh it"


def _element(element: Any, surface: str, at: str) -> _Found:
    kind = _kind(element)
    if kind in ("TextBlock", "FactSet"):
        yield f"{at}/type", f"{kind} reads markdown in what it is given: RichTextBlock does not"
        return
    if kind not in ELEMENTS:
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    yield from _fields(element, ELEMENTS[kind], NEEDED[kind], at)
    if kind == "RichTextBlock":
        yield from _runs(element.get("inlines"), f"{at}/inlines")
    elif kind == "Container":
        yield from _items(element, surface, at)
    elif kind == "ColumnSet":
        yield from _columns(element.get("columns"), surface, f"{at}/columns")
    elif kind == "ActionSet":
        yield from _row(element.get("actions"), surface, f"{at}/actions")
    elif kind.startswith("Input."):
        yield from _input(element, at)


def _runs(inlines: Any, at: str) -> _Found:
    if not _list(inlines):
        yield at, "must be an array of 1 item or more"
    for number, run in enumerate(_list(inlines)):
        if _kind(run) != "TextRun":
            yield f"{at}/{number}", "must be a TextRun"
        else:
            yield from _fields(run, TEXT_RUN, NEEDED["TextRun"], f"{at}/{number}")


def _items(holder: Node, surface: str, at: str) -> _Found:
    if not _list(holder.get("items")):
        yield f"{at}/items", "must be an array of 1 item or more"
    for number, element in enumerate(_list(holder.get("items"))):
        yield from _element(element, surface, f"{at}/items/{number}")
    if "selectAction" in holder:
        yield from _action(holder["selectAction"], surface, f"{at}/selectAction")


def _columns(columns: Any, surface: str, at: str) -> _Found:
    if not _list(columns):
        yield at, "must be an array of 1 item or more"
    for number, column in enumerate(_list(columns)):
        if not isinstance(column, dict) or column.get("type", "Column") != "Column":
            yield f"{at}/{number}", "must be a Column"
        else:
            yield from _fields(column, COLUMN, NEEDED["Column"], f"{at}/{number}")
            yield from _items(column, surface, f"{at}/{number}")


def _row(actions: Any, surface: str, at: str, inner: bool = False) -> _Found:
    if not 1 <= len(_list(actions)) <= MOST_ACTIONS:
        yield at, f"must have 1 to {MOST_ACTIONS} items"
    for number, action in enumerate(_list(actions)):
        here = f"{at}/{number}"
        if inner and _kind(action) == "Action.ShowCard":
            yield f"{here}/type", "a card within a card shows no further one"
        yield from _action(action, surface, here)


def _action(action: Any, surface: str, at: str) -> _Found:
    kind = _kind(action)
    if kind not in ACTIONS:
        yield f"{at}/type", f"unsupported type: {kind}"
        return
    if surface == DIALOG and kind == "Action.Execute":
        yield f"{at}/type", "is not answered in a dialog: Action.Submit is"
    yield from _fields(action, ACTIONS[kind], NEEDED[kind], at)
    if len(json.dumps(action.get("data", {})).encode()) > LARGEST_DATA[surface]:
        yield f"{at}/data", f"has more than {LARGEST_DATA[surface]} bytes"
    if "fallback" in action:
        yield from _fallback(action, surface, f"{at}/fallback")
    if kind == "Action.ShowCard" and isinstance(action.get("card"), dict):
        yield from _card(action["card"], surface, f"{at}/card", inner=True)


def _fallback(action: Node, surface: str, at: str) -> _Found:
    """What an old client shows instead has to come to the same."""
    instead = action["fallback"]
    if _kind(instead) != "Action.Submit":
        yield at, "must be an Action.Submit"
        return
    yield from _action(instead, surface, at)
    if instead.get("title") != action.get("title"):
        yield f"{at}/title", "must be that of the action"
    sent = instead.get("data")
    if not isinstance(sent, dict) or not (action.get("data") or {}).items() <= sent.items():
        yield f"{at}/data", "must hold the data of the action"


def _input(element: Node, at: str) -> _Found:
    if element.get("isRequired") and not element.get("errorMessage"):
        yield f"{at}/errorMessage", "must say what is wrong where something has to be given"
    if element["type"] == "Input.Text" and len(str(element.get("value", ""))) > element.get("maxLength", 10**9):
        yield f"{at}/value", "is longer than maxLength"
    if element["type"] == "Input.ChoiceSet":
        yield from _choices(element, at)
    if element["type"] == "Input.Toggle" and _MARKDOWN.search(str(element.get("title", ""))):
        yield f"{at}/title", "is read as markdown: escape it"


def _choices(element: Node, at: str) -> _Found:
    choices = _list(element.get("choices"))
    if not choices and "choices.data" not in element:
        yield f"{at}/choices", "must be an array of 1 item or more"
    if "choices.data" in element:
        query = element["choices.data"]
        if not isinstance(query, dict) or query.get("type") != "Data.Query" or not query.get("dataset"):
            yield f"{at}/choices.data", "must be a Data.Query with a dataset"
    values = []
    for number, choice in enumerate(choices):
        here = f"{at}/choices/{number}"
        if (
            not isinstance(choice, dict)
            or choice.keys() != {"title", "value"}
            or not all(map(_filled, choice.values()))
        ):
            yield here, "must have a title and a value, and nothing else"
            continue
        values.append(choice["value"])
        if element.get("isMultiSelect") and "," in choice["value"]:
            yield f"{here}/value", "must have no comma where several are chosen"
        if element.get("style") == "expanded" and _MARKDOWN.search(choice["title"]):
            yield f"{here}/title", "is read as markdown: escape it"
    if len(set(values)) < len(values):
        yield f"{at}/choices", "must have values that differ"
    before = str(element.get("value", ""))
    chosen = [one for one in (before.split(",") if element.get("isMultiSelect") else [before]) if one]
    if choices and any(one not in values for one in chosen):
        yield f"{at}/value", "must be of the choices"


def _fields(node: Node, known: Mapping[str, Check], needed: tuple[str, ...], at: str) -> _Found:
    for name in needed:
        if name not in node:
            yield f"{at}/{name}", "is missing"
    for name, value in node.items():
        if name == "type" or value is None:
            continue  # told of elsewhere
        if name not in known:
            yield f"{at}/{name}", f"invalid additional property: {name}"
        elif wrong := known[name](value):
            yield f"{at}/{name}", wrong


def _kind(node: Any) -> str:
    kind = node.get("type") if isinstance(node, dict) else None
    return kind if isinstance(kind, str) else ""


def _array(value: Any) -> str:
    return "" if isinstance(value, list) else "must be an array"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
