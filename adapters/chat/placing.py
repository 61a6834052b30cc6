"""What a press comes to before its form can be shown, and what a dialog is called. Pure."""

from hashlib import sha256

from adapters.chat.pressing import Becomes
from bot.acts import Act, AnswerQuery, Escalate, Refer, ShowTicket


def shown_first(act: Act) -> tuple[Act, Becomes | None]:
    """What is carried out so that the form of an act can be shown, and which form that is; the act itself, and None,
    where it has none that shows something first."""
    match act:
        case Escalate() | Refer():
            return act, Becomes.SEND
        case AnswerQuery(text="", ruling=None):
            return ShowTicket(act.ticket), Becomes.ANSWER
        case _:
            return act, None


def name_of(key: str) -> str:
    """What tells a modal or dialog that somebody opened from others of theirs, by the key of the event."""
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:20]
