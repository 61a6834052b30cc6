"""What staff type at a desk, read as acts. Pure.

An act is read as far as it was typed: words that it still needs are empty, and its version is 0, which is the one that
stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.acts import (
    Act,
    AddAdmin,
    AddStaff,
    AgreeTakeOver,
    AnswerQuery,
    ApproveRequest,
    AskBack,
    AskForName,
    Claim,
    Close,
    CloseEntry,
    HandOver,
    Invite,
    Join,
    KeepRuling,
    PutEntry,
    RemoveAdmin,
    RemoveStaff,
    ReopenEntry,
    ReopenTicket,
    Settle,
    ShowEntry,
    ShowGaps,
    ShowQueue,
    ShowRegister,
    ShowReviews,
    ShowRulings,
    ShowStaff,
    ShowTicket,
    ShowWrong,
    TakeUp,
    WithdrawRuling,
)
from bot.tickets import State
from knowledge.clauses import ROLES

_NUMBER = r"[qQ]?#?([0-9]+)"
_NUMBERS = r"(?:(?:,|\band\b|\bwith\b|\s|[qQ#]|[0-9])*)"
_HANDLE = r"(\S+)"


@dataclass(frozen=True, slots=True)
class _Form:
    """A line that can be typed: what it begins with, what may follow, and what that comes to. `shown` is how it reads
    in the help."""

    begins: str
    rest: str
    act: Callable[..., Act]
    shown: str


def act_from(line: str) -> Act | None:
    """The act that a line means; None where it means none."""
    typed = line.strip()
    bare = re.fullmatch(r"[qQ]#?([0-9]+)", typed)
    if bare:
        return ShowTicket(bare[1])
    form, rest = _begun(typed)
    read = re.fullmatch(form.rest, rest, re.DOTALL) if form else None
    return form.act(*(group or "" for group in read.groups())) if form and read else None


def typed_as(line: str) -> str:
    """How a line is typed that begins as this one does; empty where none does."""
    form, _ = _begun(line.strip())
    return form.shown if form else ""


def _begun(typed: str) -> tuple[_Form | None, str]:
    """The form that a line begins as, and what follows."""
    for form in _FORMS:
        begun = re.match(rf"{form.begins}(?=\W|$)", typed, re.IGNORECASE)
        if begun:
            return form, typed[begun.end() :].strip()
    return None, ""


def _queue(words: str) -> ShowQueue:
    """A queue, narrowed by “mine”, a state or “all”, “on” and a clause, “from” and a role, and words."""
    wanted, left = ShowQueue(), words.split()
    while left:
        match [word.casefold() for word in left[:2]]:
            case ["mine", *_]:
                wanted, left = replace(wanted, mine=True), left[1:]
            case ["all", *_]:
                wanted, left = replace(wanted, states=()), left[1:]
            case [state, *_] if state in tuple(State):
                wanted, left = replace(wanted, states=(State(state),)), left[1:]
            case ["on", topic] if "/" in topic:
                wanted, left = replace(wanted, topic=topic), left[2:]
            case ["from", role] if role in ROLES:
                wanted, left = replace(wanted, role=role), left[2:]
            case _:
                return replace(wanted, words=" ".join(left))
    return wanted


def _register(only: str) -> ShowRegister:
    return ShowRegister(only=only.casefold())


def _join(first: str, others: str) -> Join:
    return Join(first, 0, tuple(re.findall(r"[0-9]+", others)))


_QUERIES = (
    _Form("queue", r"(.*)", _queue, "queue, queue mine, queue all, queue answered, queue from member, queue WORDS"),
    _Form("show", _NUMBER, ShowTicket, "show 12"),
    _Form("claim", _NUMBER, lambda ticket: Claim(ticket, 0), "claim 12"),
    _Form(
        "hand(?: over)?",
        rf"{_NUMBER}(?:\s+(?:over\s+)?(?:to\s+)?(\S+))?",
        lambda ticket, to: HandOver(ticket, 0, to),
        "hand 12 to ACCOUNT",
    ),
    _Form("answer", rf"{_NUMBER}(?:[\s:]+(.+))?", lambda ticket, text: AnswerQuery(ticket, 0, text), "answer 12"),
    _Form("ask name", _NUMBER, lambda ticket: AskForName(ticket, 0), "ask name 12"),
    _Form("ask", rf"{_NUMBER}(?:[\s:]+(.+))?", lambda ticket, text: AskBack(ticket, 0, text), "ask 12 WORDS"),
    _Form("close", rf"{_NUMBER}(?:[\s:]+(.+))?", lambda ticket, reason: Close(ticket, 0, reason), "close 12 REASON"),
    _Form("reopen", _NUMBER, lambda ticket: ReopenTicket(ticket, 0), "reopen 12"),
    _Form("join", rf"{_NUMBER}\b({_NUMBERS})", _join, "join 12 14 15"),
)
_RULINGS = (
    _Form("rulings", "", ShowRulings, "rulings"),
    _Form(
        "withdraw(?: ruling)?",
        r"#?([0-9]+)(?:[\s:]+(.+))?",
        lambda ruling, reason: WithdrawRuling(ruling, 0, reason),
        "withdraw ruling 3 REASON",
    ),
    _Form("keep(?: ruling)?", r"#?([0-9]+)", lambda ruling: KeepRuling(ruling, 0), "keep ruling 3"),
    _Form("gaps", "", ShowGaps, "gaps"),
    _Form("wrong", "", ShowWrong, "wrong"),
    _Form("take up", r"#?([0-9]+)", TakeUp, "take up 7"),
    _Form("settle", r"#?([0-9]+)", Settle, "settle 7"),
    _Form("reviews", "", ShowReviews, "reviews"),
)
_ACCOUNTS = (
    _Form("register", r"((?i:unconfirmed|admins)?)", _register, "register, register unconfirmed, register admins"),
    _Form("account", r"(\S.*)", ShowEntry, "account HANDLE"),
    _Form("add account", rf"(?:{_HANDLE})?", lambda handle: PutEntry("", handle=handle), "add account HANDLE"),
    _Form("change account", _HANDLE, lambda handle: PutEntry("", entry=handle), "change account HANDLE"),
    _Form("close account", _HANDLE, lambda handle: CloseEntry(handle, 0), "close account HANDLE"),
    _Form("reopen account", _HANDLE, lambda handle: ReopenEntry(handle, 0), "reopen account HANDLE"),
    _Form(
        "invite",
        rf"(?:(\S+)\s+)?(?:to|for)\s+{_HANDLE}",
        lambda account, handle: Invite(handle, account),
        "invite ACCOUNT to HANDLE",
    ),
    _Form(
        "add admin",
        rf"(?:(\S+)\s+)?(?:to|of)\s+{_HANDLE}",
        lambda account, handle: AddAdmin(handle, 0, account),
        "add admin ACCOUNT to HANDLE",
    ),
    _Form(
        "remove admin",
        rf"(\S+)\s+(?:from|of)\s+{_HANDLE}",
        lambda account, handle: RemoveAdmin(handle, 0, account),
        "remove admin ACCOUNT from HANDLE",
    ),
    _Form("agree", _NUMBER, lambda ticket: AgreeTakeOver(ticket, 0), "agree 12"),
    _Form(
        "approve",
        rf"{_NUMBER}(?:\s+{_HANDLE}(?:\s+on\s+(\S.*))?)?",
        lambda ticket, handle, platform: ApproveRequest(ticket, 0, handle, platform),
        "approve 12 HANDLE on PLATFORM",
    ),
)
_STAFF = (
    _Form("staff", "", ShowStaff, "staff"),
    _Form(
        "add staff",
        r"(?:(\S+)(?:\s+(.+))?)?",
        lambda account, title: AddStaff("", account, title=title),
        "add staff ACCOUNT TITLE",
    ),
    _Form("remove staff", r"(\S+)", lambda account: RemoveStaff("", account), "remove staff ACCOUNT"),
)
GROUPS = (  # what can be typed, as the help has it
    ("Queries", tuple(form.shown for form in _QUERIES)),
    ("Rulings, gaps and review dates", tuple(form.shown for form in _RULINGS)),
    ("Accounts", tuple(form.shown for form in _ACCOUNTS)),
    ("Staff list", tuple(form.shown for form in _STAFF)),
)
LINES = tuple(line for _, lines in GROUPS for line in lines)
_FORMS = sorted(
    (*_QUERIES, *_RULINGS, *_ACCOUNTS, *_STAFF), key=lambda form: -len(form.begins)
)  # “ask name”, then “ask”
