"""Rows of buttons in Slack. Pure."""

from collections.abc import Sequence
from typing import Any

from adapters.chat.buttons import Pressable, in_one_line, label_of, takes_away, without_words
from adapters.chat.cutting import CUT
from adapters.chat.pieces import context
from adapters.chat.wording_of_messages import ARE_YOU_SURE, AT_ONCE, LEAVE_IT, asks_again, does_not_fit
from adapters.slack.blocks import shown
from adapters.slack.outgoing import Block, escaped_length
from adapters.slack.pressing import value_of
from adapters.slack.splitting import shortened

LONGEST_LABEL = 75  # characters
MOST_IN_A_ROW = 25
_LONGEST_IN_CONFIRM = 30  # characters
_DANGER = "danger"


def actions(offered: Sequence[Pressable], who: str = "") -> list[Block]:
    """Buttons below each other in as many blocks as they take; `who` may press them, empty for whoever sees them.

    An act that is too long for a button asks for its words again, or is left out; a line below says so.
    """
    elements: list[dict[str, Any]] = []
    notes: list[Block] = []
    for one in offered:
        value = value_of(one.act, who)
        if value is None:
            bare = without_words(one)
            value = value_of(bare.act, who) if bare else None
            notes += shown(context(asks_again(one.label) if value else does_not_fit(one.label)))
            one = bare or one
        if value is not None:
            elements.append(_button(one, value))
    rows: list[Block] = [{"type": "actions", "elements": list(row)} for row in _rows(elements)]
    return [*rows, *notes]


def fits_on_button(label: str) -> bool:
    """Whether the whole of a label in one line is shown."""
    return shortened(label, LONGEST_LABEL) == label


def _rows(elements: Sequence[dict[str, Any]]) -> list[Sequence[dict[str, Any]]]:
    return [elements[start : start + MOST_IN_A_ROW] for start in range(0, len(elements), MOST_IN_A_ROW)]


def _button(one: Pressable, value: str) -> dict[str, Any]:
    label = label_of(one.label, LONGEST_LABEL, escaped_length)
    button = {"type": "button", "text": _plain(label), "action_id": str(one.does), "value": value}
    styled = {"style": str(one.style)} if one.style else {}
    return button | styled | (_to_be_sure(one) if takes_away(one) else {})


def _to_be_sure(one: Pressable) -> dict[str, Any]:
    """What Slack asks before a press that takes something away at once."""
    texts = {
        "title": ARE_YOU_SURE,
        "text": AT_ONCE,
        "confirm": shortened(in_one_line(one.label), _LONGEST_IN_CONFIRM) or CUT,
        "deny": LEAVE_IT,
    }
    return {"confirm": {name: _plain(text) for name, text in texts.items()} | {"style": _DANGER}}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
