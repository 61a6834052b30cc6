"""What can be pressed: which button does what, and how it stands in a message. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.blocks import clean, context
from adapters.slack.outgoing import Block
from adapters.slack.pressing import Does, value_of
from adapters.slack.splitting import CUT, shortened
from adapters.slack.wording_of_messages import ARE_YOU_SURE, AT_ONCE, LEAVE_IT, asks_again, does_not_fit
from bot.acts import (
    Act,
    AddStaff,
    AddToQuery,
    AnswerQuery,
    AskBack,
    CheckDraft,
    Claim,
    Close,
    Escalate,
    HandOver,
    Join,
    Rate,
    RemoveStaff,
    ReopenQuery,
    Say,
    ShowContext,
    Withdraw,
    WithdrawRuling,
)
from bot.replies import Button, FollowUp

LONGEST_LABEL = 75  # characters
MOST_IN_A_ROW = 25
_LONGEST_IN_CONFIRM = 30  # characters
PRIMARY, _DANGER = "primary", "danger"
_TAKES_AWAY = Close | Withdraw | WithdrawRuling | RemoveStaff


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it is pressed in Slack. `style` is empty where it is one like any."""

    label: str
    act: Act
    does: Does
    style: str = ""


def pressable(button: Button, in_place: bool = False) -> Pressable:
    """A button of a reply. With `in_place`, what is said by pressing it takes the place of the message."""
    does = Does.STEP if in_place and isinstance(button.act, Say) else does_what(button.act)
    return Pressable(button.label, button.act, does, PRIMARY if isinstance(button.act, Claim) else "")


def pressables(buttons: Sequence[Button], in_place: bool = False) -> tuple[Pressable, ...]:
    """The same of several, in order."""
    return tuple(pressable(button, in_place) for button in buttons)


def steps(follow_up: FollowUp) -> tuple[Pressable, ...]:
    """The options of a question back."""
    return tuple(Pressable(option, Say(option), Does.STEP) for option in follow_up.options)


def does_what(act: Act) -> Does:
    """What pressing a button with this act comes to, where it is no step."""
    match act:
        case Escalate() | ShowContext() | HandOver(to="") | Join(confirmed=False) | AnswerQuery(text="", ruling=None):
            return Does.OPENS
        case (
            AskBack(text="")
            | Close(reason="")
            | Rate(right=False, reason="")
            | AddToQuery(text="")
            | ReopenQuery(text="")
            | WithdrawRuling(reason="")
            | CheckDraft(draft="")
            | AddStaff(account="")
        ):
            return Does.FORM
        case _:
            return Does.ACT


def actions(offered: Sequence[Pressable], who: str = "") -> list[Block]:
    """Buttons below each other in as many blocks as they take; `who` may press them, empty for whoever sees them.

    An act that is too long for a button asks for its words again, or is left out; a line below says so.
    """
    elements: list[dict[str, Any]] = []
    notes: list[Block] = []
    for one in offered:
        value = value_of(one.act, who)
        if value is None:
            bare = _without_words(one.act)
            value = value_of(bare, who) if bare else None
            notes.append(context(asks_again(one.label) if value else does_not_fit(one.label)))
            one = replace(one, act=bare, does=does_what(bare)) if bare else one
        if value is not None:
            elements.append(_button(one, value))
    rows: list[Block] = [{"type": "actions", "elements": list(row)} for row in _rows(elements)]
    return [*rows, *notes]


def fits_on_button(label: str) -> bool:
    """Whether the whole of a label is shown."""
    return _label(label) == _in_one_line(label)


def _rows(elements: Sequence[dict[str, Any]]) -> list[Sequence[dict[str, Any]]]:
    return [elements[start : start + MOST_IN_A_ROW] for start in range(0, len(elements), MOST_IN_A_ROW)]


def _button(one: Pressable, value: str) -> dict[str, Any]:
    button = {"type": "button", "text": _plain(_label(one.label)), "action_id": str(one.does), "value": value}
    styled = {"style": one.style} if one.style else {}
    at_once = one.does is Does.ACT and isinstance(one.act, _TAKES_AWAY)
    return button | styled | (_to_be_sure(one) if at_once else {})


def _to_be_sure(one: Pressable) -> dict[str, Any]:
    """What Slack asks before a press that takes something away at once."""
    texts = {
        "title": ARE_YOU_SURE,
        "text": AT_ONCE,
        "confirm": shortened(_in_one_line(one.label), _LONGEST_IN_CONFIRM) or CUT,
        "deny": LEAVE_IT,
    }
    return {"confirm": {name: _plain(text) for name, text in texts.items()} | {"style": _DANGER}}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _label(label: str) -> str:
    """A label in one line, shortened at a word where it is too long."""
    return shortened(_in_one_line(label), LONGEST_LABEL) or CUT


def _in_one_line(label: str) -> str:
    return " ".join(clean(label).split())


def _without_words(act: Act) -> Act | None:
    """The act that asks for its words; None where it has no form that does."""
    match act:
        case AnswerQuery():
            return replace(act, text="", ruling=None, confirmed=False)
        case AskBack() | AddToQuery() | ReopenQuery():
            return replace(act, text="")
        case Close() | WithdrawRuling() | Rate(right=False):
            return replace(act, reason="")
        case CheckDraft():
            return replace(act, draft="")
        case _:
            return None
