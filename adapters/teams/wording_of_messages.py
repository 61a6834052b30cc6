"""The sentences and labels that belong to messages in Teams alone."""

from bot.acts import (
    Act,
    Close,
    CloseEntry,
    DeclineInvitation,
    DropRequest,
    EndEnrolment,
    Leave,
    RemoveAdmin,
    RemoveStaff,
    Unlink,
    Withdraw,
    WithdrawRuling,
)
from bot.wording import place_of
from bot.wording_of_queries import shown
from knowledge.answers import Citation

HELP_SUGGESTED = ("Home", "My queries")  # to tap
HELP_HERE = (
    "“My queries” says what became of what you sent.",
    "The menu of any message has “Can I retweet this?”, “Check this post” and one that refers it to the office.",
)
ASK_BY_TYPING = "The buttons of this could not be shown. To have the office asked, type “ask the office”."

LOOK = "See it as it stands"


def name_of(citation: Citation) -> str:
    """What a citation is called where there is little room: the policy, and where in it."""
    return f"{citation.known_as[:1].upper()}{citation.known_as[1:]} · {place_of(citation)}"


def yes(label: str) -> str:
    """On the button that does at once what another one was pressed for."""
    return f"Yes, {label[:1].lower()}{label[1:]}"


def are_you_sure(act: Act, label: str) -> str:
    """Said before something is taken away at once, by the button with this label."""
    match act:
        case Withdraw():
            return f"Withdraw {shown(act.ticket)}? Nobody at the office will answer it then."
        case WithdrawRuling():
            return f"Withdraw ruling {act.ruling}? It is not cited any more then."
        case Close():
            return f"Close {shown(act.ticket)}? The asker is told why."
        case RemoveStaff():
            return "Take them off the list? They cannot act at the desk any more then."
        case DeclineInvitation():
            return "Decline? The account is not yours to run then, and the office is told."
        case EndEnrolment():
            return "End it? They are not set up for the account then, and are told so."
        case RemoveAdmin():
            return "Take them off the account? They are told, and no longer asked about it."
        case CloseEntry():
            return "Close the account? It stands on the register as no longer used then."
        case Leave():
            return "Are you leaving? The office is told, so that somebody else can be found."
        case DropRequest():
            return "Give the request up? What was gathered for it is not sent to anybody."
        case Unlink():
            return "Part your accounts? What is about accounts that you run stands with each by itself then."
        case _:
            return f"“{label}”: are you sure? It is done at once."
