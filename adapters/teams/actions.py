"""Buttons of Adaptive Cards, and what they carry. Pure.

What is carried comes back through the client, so that every act is checked again by the bot.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from adapters.chat.buttons import Pressable, in_one_line, label_of, takes_away, without_words
from adapters.chat.cutting import length
from adapters.chat.pieces import context, said
from adapters.chat.pressing import Does
from adapters.chat.wording_of_messages import asks_again, does_not_fit
from adapters.storage.carried import act_to_json, as_text
from adapters.teams import wording_of_messages as wording
from adapters.teams.elements import Element, shown, size
from bot.acts import Act

Action = dict[str, Any]

LONGEST_LABEL = 60  # characters
MOST_IN_A_ROW = 6
_WIDTH_OF_CARD, _WIDTH_OF_BUTTON, _WIDTH_OF_CHARACTER = 470, 38, 7  # pixels, on a narrow screen of a desk
_LONGEST_TOOLTIP = 200
_HOLDING = ("body", "items", "columns", "actions", "card", "fallback")  # what holds elements or actions
_LONGEST_ACT = 1_200  # bytes; a button of a message carries it twice


def rows(offered: Sequence[Pressable], make: Callable[[Pressable], Action]) -> list[Element]:
    """Buttons beside each other, in as many rows as they take. `make` makes the action of each from what it does and
    its label as it is shown; what takes something away at once is asked again.

    An act that is too long for a button asks for its words again, or is left out; a line below says so.
    """
    actions: list[Action] = []
    notes: list[Element] = []
    for one in offered:
        if not _is_carried(one):
            bare = without_words(one)
            label = label_of(one.label, LONGEST_LABEL)
            notes += shown(context(asks_again(label) if bare else does_not_fit(label)))
            if bare is None:
                continue
            one = bare
        actions.append(_action(one, make))
    return [*({"type": "ActionSet", "actions": each} for each in _sets(actions)), *notes]


def fits_on_button(label: str) -> bool:
    """Whether the whole of a label in one line is shown."""
    return length(label) <= LONGEST_LABEL


def carried_by_card(act: Act) -> dict[str, Any]:
    """An act as a card carries it: Teams takes no null, and what is not there is read back as that; nor does it take
    halves of characters."""
    carried: dict[str, Any] = json.loads(as_text(act_to_json(act)))
    return {name: value for name, value in carried.items() if value is not None}


def in_message(who: str) -> Callable[[Pressable], Action]:
    """What makes the actions of a message, which `who` may press; empty for whoever sees them."""

    def make(one: Pressable) -> Action:
        carried = {"act": carried_by_card(one.act)} | ({"who": who} if who else {})
        submit = {"type": "Action.Submit", "title": one.label, "data": {"does": str(one.does), **carried}}
        if one.does in (Does.OPENS, Does.FORM):
            return submit | {"data": {"msteams": {"type": "task/fetch"}, "does": str(one.does), **carried}}
        execute = {"type": "Action.Execute", "title": one.label, "verb": str(one.does), "data": carried}
        return execute | {"fallback": submit}

    return make


def belonging(card: Element, conversation: str) -> Element:
    """A card whose buttons go on in this conversation, as far as it is of whoever presses them: that of a dialog, for
    which what they answer came too late."""
    placed: Element = _placed(card, conversation)
    return placed


def _placed(node: Any, conversation: str) -> Any:
    if isinstance(node, list):
        return [_placed(one, conversation) for one in node]
    if not isinstance(node, dict):
        return node
    own = {name: _placed(value, conversation) if name in _HOLDING else value for name, value in node.items()}
    pressed = node.get("type") in ("Action.Execute", "Action.Submit")
    return own | ({"data": {**node["data"], "place": conversation}} if pressed else {})


def _sets(actions: Sequence[Action]) -> list[list[Action]]:
    """As many actions beside each other as a card is wide: Teams cuts off what goes beyond it."""
    sets: list[list[Action]] = []
    left = 0
    for action in actions:
        wide = _WIDTH_OF_BUTTON + _WIDTH_OF_CHARACTER * length(action["title"])
        if not sets or wide > left or len(sets[-1]) == MOST_IN_A_ROW:
            sets.append([])
            left = _WIDTH_OF_CARD
        sets[-1].append(action)
        left -= wide
    return sets


def _action(one: Pressable, make: Callable[[Pressable], Action]) -> Action:
    label = label_of(one.label, LONGEST_LABEL)
    whole = {} if fits_on_button(in_one_line(one.label)) else {"tooltip": label_of(one.label, _LONGEST_TOOLTIP)}
    if takes_away(one):
        return {"type": "Action.ShowCard", "title": label, "card": _to_be_sure(one, label, make)}
    style = {"style": "positive"} if one.style else {}
    return make(replace(one, label=label)) | style | whole


def _to_be_sure(one: Pressable, label: str, make: Callable[[Pressable], Action]) -> Element:
    """What is shown before something is taken away at once: Teams itself asks nothing."""
    sure = make(replace(one, label=label_of(wording.yes(label), LONGEST_LABEL))) | {"style": "destructive"}
    return {"type": "AdaptiveCard", "body": shown(said(wording.are_you_sure(one.act, label))), "actions": [sure]}


def _is_carried(one: Pressable) -> bool:
    return size(act_to_json(one.act)) <= _LONGEST_ACT
