"""What can be pressed: which button does what, and how it stands out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from adapters.chat.acts_to_fill import asks_when_pressed, without_given
from adapters.chat.cutting import CUT, Measure, length, shortened
from adapters.chat.pieces import clean
from adapters.chat.pressing import Does
from bot.acts import (
    AcceptInvitation,
    Act,
    AddStaff,
    AddToQuery,
    AnswerMessage,
    AnswerQuery,
    AnswerStep,
    ApproveRequest,
    AskAdvice,
    AskBack,
    CheckDraft,
    Claim,
    Close,
    CloseEntry,
    ConfirmChange,
    ConfirmEntry,
    ConfirmRead,
    DeclineInvitation,
    DropRequest,
    EndEnrolment,
    Escalate,
    FillRequest,
    HandOver,
    Join,
    Leave,
    PassOn,
    PutEntry,
    Rate,
    RemoveAdmin,
    RemoveStaff,
    ReopenQuery,
    RequestAccount,
    Say,
    ShowContext,
    ShowOnboarding,
    Unlink,
    Withdraw,
    WithdrawRuling,
)
from bot.replies import Button, FollowUp

_TAKES_AWAY = (
    Close
    | Withdraw
    | WithdrawRuling
    | RemoveStaff
    | DeclineInvitation
    | EndEnrolment
    | RemoveAdmin
    | CloseEntry
    | Leave
    | DropRequest
    | Unlink
)
_GOES_ON = (  # what takes the place of the message that it was offered in, where that is one step after another
    Say
    | ShowOnboarding
    | AcceptInvitation
    | AnswerStep
    | ConfirmRead
    | ConfirmChange
    | RequestAccount
    | FillRequest
    | AskAdvice
)


class Style(StrEnum):
    """How a button stands out."""

    PLAIN = ""
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it is pressed."""

    label: str
    act: Act
    does: Does
    style: Style = Style.PLAIN


def pressable(button: Button, in_place: bool = False) -> Pressable:
    """A button of a reply. With `in_place`, what goes on from the message by pressing it takes its place."""
    does = does_what(button.act)
    if in_place and does is Does.ACT and isinstance(button.act, _GOES_ON):
        does = Does.STEP
    return Pressable(button.label, button.act, does, Style.PRIMARY if isinstance(button.act, Claim) else Style.PLAIN)


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
            return Does.FORM if asks_when_pressed(act) else Does.ACT


def takes_away(one: Pressable) -> bool:
    """Whether pressing it takes something away at once."""
    return one.does is Does.ACT and isinstance(one.act, _TAKES_AWAY)


def label_of(label: str, most: int, measure: Measure = length) -> str:
    """A label in one line, at most so long, shortened at a word where it is too long."""
    return shortened(in_one_line(label), most, measure) or CUT


def in_one_line(label: str) -> str:
    """A label as it stands on a button."""
    return " ".join(clean(label).split())


def without_words(one: Pressable) -> Pressable | None:
    """The button that asks for its words again; None where there is no form that does."""
    bare = _without_words(one.act)
    return replace(one, act=bare, does=does_what(bare)) if bare else None


def _without_words(act: Act) -> Act | None:
    match act:
        case AnswerQuery():
            return replace(act, text="", ruling=None, confirmed=False)
        case AskBack() | AddToQuery() | ReopenQuery():
            return replace(act, text="")
        case Close() | WithdrawRuling() | Rate(right=False):
            return replace(act, reason="")
        case CheckDraft():
            return replace(act, draft="")
        case AnswerStep(item="words") | PutEntry() | ConfirmEntry(active=True) | PassOn() | AnswerMessage():
            return without_given(act)
        case FillRequest() | ApproveRequest():
            return without_given(act)
        case _:
            return None
