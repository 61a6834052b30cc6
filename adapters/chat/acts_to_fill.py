"""Acts about accounts and those who run them, for which somebody may still have to say something. Pure."""

from dataclasses import replace
from typing import assert_never

from bot.acts import (
    Act,
    AddAdmin,
    AnswerMessage,
    AnswerStep,
    ApproveRequest,
    ConfirmEntry,
    FillRequest,
    Invite,
    Link,
    PassOn,
    PutEntry,
)

AboutAccounts = (
    AnswerStep
    | Invite
    | AddAdmin
    | PutEntry
    | ConfirmEntry
    | PassOn
    | AnswerMessage
    | FillRequest
    | ApproveRequest
    | Link
)


def lacks_words(act: Act) -> bool:
    """Whether an act is one of these and still needs something of a person."""
    match act:
        case (
            AnswerStep(item="words", given="")
            | Invite(account="")
            | AddAdmin(account="")
            | PutEntry(handle="")
            | PutEntry(entry="", platform="")
            | PutEntry(entry="", group="")
            | ConfirmEntry(active=True, access="")
            | PassOn(words="")
            | AnswerMessage(text="")
            | FillRequest(given="")
            | ApproveRequest(handle="")
            | ApproveRequest(platform="")
            | Link(code="")
        ):
            return True
        case _:
            return False


def asks_when_pressed(act: Act) -> bool:
    """Whether somebody who presses a button with this act is asked something first: what it still lacks, or whether
    what it has already is right."""
    return lacks_words(act) or isinstance(act, PutEntry | ApproveRequest)


def without_given(act: AboutAccounts) -> Act:
    """The act as a form keeps it: what a person gives is left out."""
    match act:
        case AnswerStep() | FillRequest():
            return replace(act, given="")
        case Invite() | AddAdmin():
            return replace(act, account="")
        case PutEntry():
            return replace(act, handle="", platform="", group="", purpose="", audience="")
        case ConfirmEntry():
            return replace(act, active=True, purpose="", access="")
        case PassOn():
            return replace(act, words="", confirmed=False)
        case AnswerMessage():
            return replace(act, text="")
        case ApproveRequest():
            return replace(act, handle="", platform="", words="")
        case Link():
            return replace(act, code="")
        case _:
            assert_never(act)
