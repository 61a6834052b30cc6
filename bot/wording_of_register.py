"""What is said of the register: to staff who keep it, to members, and to those who run an account."""

from collections.abc import Sequence

from bot.office import Office
from bot.register import AccountState, Change
from bot.wording_of_cards import at_start, listed

NOT_KNOWN = (
    "I cannot tell who you are here, so I can do nothing about accounts for you. Please write to me by yourself."
)
NO_ENTRY = "There is no such account on this register."
NO_HANDLE = (
    "That cannot be a handle: it is up to 60 letters, digits, dots, hyphens and underscores without blanks, as in "
    "“@Example_SIG”. Nothing was changed."
)
WHOSE_REGISTER = "Whose register? I hold the policies of more than one society."
WHICH_ACCOUNT = "Which account do you mean?"
NOBODY_RUNS_IT = "Nobody is known to run it"
SOMEBODY_WHOM = "Tell me whom to note as an admin, as platform:id (“slack:U0123”). Nobody was added."
NO_ACCOUNT_OF_SOMEBODY = (
    "That is nobody's account in Slack, in Teams or at a terminal, and I can reach people nowhere else: write it as in "
    "“slack:U0123”, “teams:01234567-89ab-cdef-0123-456789abcdef” or “console:wren”. Nobody was added."
)
TRY_AGAIN = "Somebody else was at this account at the same moment, so nothing was changed. Please try once more."
NOTHING_NEW = "It stands so already; nothing was changed."

CHANGE_IT = "Change it"
SHOW, SHOW_REGISTER, INVITE, CHANGE, CLOSE, REOPEN = (
    "Show",
    "Show the register",
    "Invite somebody",
    "Change",
    "Close it",
    "It is used again",
)
ADD_ADMIN, REMOVE_ADMIN, ADD_ENTRY, ALL_OF_THEM = "Note an admin", "Take off", "Add an account", "All accounts"
ONLY_ADMINS, ONLY_UNCONFIRMED, REVIEWS = (
    "Only those that need an admin",
    "Only the unconfirmed",
    "What is due for review",
)
THE_ACCOUNT, HISTORY, END, SHOW_RECORD = "The account", "What happened", "End this", "Show the record"

_FIELDS = {
    "handle": "the handle",
    "platform": "the platform",
    "group": "the group",
    "purpose": "the purpose",
    "audience": "the audience",
}
_STATES = {
    AccountState.ACTIVE: "in use",
    AccountState.NEEDS_ADMIN: "needs an admin",
    AccountState.CLOSED: "no longer used",
}
_DEEDS = {
    Change.ADDED: "put on the register",
    Change.CHANGED: "changed",
    Change.ADMIN_ADDED: "noted as an admin",
    Change.ADMIN_REMOVED: "taken off the admins",
    Change.LEAVING: "said to be leaving",
    Change.STAYING: "said to be staying after all",
    Change.CONFIRMED: "confirmed",
    Change.CLOSED: "closed",
    Change.REOPENED: "in use again",
}
_CHANGES = {
    Change.ADDED: "added",
    Change.CHANGED: "changed",
    Change.ADMIN_ADDED: "noted an admin of",
    Change.ADMIN_REMOVED: "took an admin off",
    Change.LEAVING: "said to be leaving",
    Change.STAYING: "said to be staying at",
    Change.CONFIRMED: "confirmed",
    Change.CLOSED: "closed",
    Change.REOPENED: "opened",
}


# What may stand in an entry


def too_long(field: str, length: int, most: int) -> str:
    return f"That is too long for {_FIELDS[field]}: {length:,} characters, and {most} can stand there."


def identifies(field: str) -> str:
    return (
        f"Please leave people's names, addresses and numbers out of {_FIELDS[field]}: none of them belong on the "
        "register. Nothing was changed."
    )


def missing(handle: str, fields: Sequence[str]) -> str:
    what = handle or "The account"
    return f"{what} is not on the register yet. To put it there I need {listed([_FIELDS[one] for one in fields])}."


# The list


def heading(organisation: str, shown: int, only: str) -> str:
    needs = {"admins": "in need of an admin", "unconfirmed": "not confirmed within the last year"}
    return f"{organisation}: {_accounts(shown)} {needs.get(only, 'on the register')}"


def empty(only: str) -> str:
    return "There are none." if only else "No account is on this register yet."


def counts(total: int, lacking: int, unconfirmed: int) -> str:
    lack, were = ("has" if lacking == 1 else "have"), ("was" if unconfirmed == 1 else "were")
    return (
        f"Of {_accounts(total)} in use, {lacking} {lack} fewer than two admins who stay, and {unconfirmed} {were} "
        "not confirmed within the last year."
    )


def more(left_out: int) -> str:
    return f"{_accounts(left_out)} more: name one to see it."


def title(handle: str, platform: str, group: str) -> str:
    return " · ".join(filter(None, (handle, platform, group)))


def run_by(names: Sequence[str]) -> str:
    return f"Run by {listed(names)}"


def leaving(name: str, since: str) -> str:
    return f"{name} (leaving, said on {since})"


def state(at: AccountState, confirmed: str, review: str, is_due: bool) -> str:
    """Where it stands, when it was confirmed last, and on which day it is to be looked at; empty where never."""
    told = f"{_STATES[at]}; " + (f"last confirmed on {confirmed}" if confirmed else NEVER_CONFIRMED)
    looked_at = "due to be looked at since" if is_due else "to be looked at on"
    return _start(f"{told}; {looked_at} {review}" if review else told)


def is_open(things: Sequence[str]) -> str:
    return f"Open: {'; '.join(things)}"


def lacking(has_one: bool, some_leave: bool) -> str:
    return f"{'only one' if has_one else 'no'} admin{' who stays' if some_leave else ''}"


UNCONFIRMED, NEVER_CONFIRMED = "not confirmed within the last year", "never confirmed"
FEWER_HAVE_ACCESS, SAID_NOT_USED = "an admin said that fewer than two have access", "an admin said that it is not used"


def asks_to_run(name: str, ticket: str) -> str:
    return f"{name} asks to run it" + (f" ({ticket})" if ticket else "")


def is_invited(name: str, since: str) -> str:
    return f"{name} is invited, since {since}"


def is_being_set_up(name: str, since: str) -> str:
    return f"{name} is being set up, since {since}"


# One account


def former(handles: Sequence[str]) -> str:
    return f"Called before: {listed(handles)}"


def purpose(text: str) -> str:
    return f"Purpose: {text}" if text else "Purpose: not written down yet"


def audience(text: str) -> str:
    return f"Audience: {text}" if text else "Audience: not written down yet"


def admin(name: str, since: str, leaves: str) -> str:
    return f"Runs it: {name}, since {since}" + (f"; leaving, said on {leaves}" if leaves else "")


def line(what: Change, when: str, who: str, whom: str, text: str) -> str:
    """A line of the history. `who` is empty where nobody in particular did it, `whom` where it concerns no admin."""
    told = f"{when}: {f'{whom} ' if whom else ''}{_DEEDS[what]}{f' by {who}' if who and who != whom else ''}"
    return f"{told} ({text})" if text else told


def became(field: str, before: str, after: str) -> str:
    return f"{field}: “{before}” became “{after}”" if before else f"{field}: “{after}”"


# What was done


def added(handle: str) -> str:
    return f"{handle} is on the register now. Nobody is noted as running it: invite somebody, or note who does already."


def there_already(handle: str) -> str:
    return f"{handle} is on the register already; nothing was added."


def taken(handle: str, other: str) -> str:
    return f"{handle} is the handle of another account on the register ({other}). Nothing was changed."


def changed(handle: str) -> str:
    return f"{handle} is changed on the register."


def as_it_stands(handle: str) -> str:
    return f"This is how {handle} stands. To change something, press “{CHANGE}”."


def closed(handle: str) -> str:
    return f"{handle} is noted as no longer used. Nobody is asked about it any more."


def closing_ends(handle: str) -> str:
    """Why a query is closed by which agreement was asked that somebody runs an account."""
    return f"{handle} stands on the register as no longer used, so nobody is set up for it."


def closed_already(handle: str) -> str:
    return f"{handle} is noted as no longer used already."


def in_use_already(handle: str) -> str:
    return f"{handle} is noted as in use already."


def reopened(handle: str) -> str:
    return f"{handle} is noted as used again."


def admin_added(name: str, handle: str) -> str:
    return f"{name} is noted as running {handle}."


def admin_already(name: str, handle: str) -> str:
    return f"{name} is noted as running {handle} already."


def admin_removed(name: str, handle: str, left: int) -> str:
    told = f"{name} is no longer noted as running {handle}."
    return told if left else f"{told} Nobody is left who runs it, so it is marked as needing an admin."


def no_admin(handle: str) -> str:
    return f"They are not noted as running {handle}; nothing was changed."


def first_was(who: str, what: Change, handle: str, when: str) -> str:
    """That somebody else changed an account first."""
    deed = _CHANGES[what]
    return f"{at_start(who)} {deed} {handle} first, {when}. Nothing of yours was done; here it is as it stands."


# To those who run it


def you_were_added(handle: str, office: Office) -> str:
    return (
        f"{_start(office.name)} has noted you as one of those who run {handle}. If that is wrong, say “I am leaving”, "
        "or tell them."
    )


def you_were_removed(handle: str, office: Office) -> str:
    return (
        f"{_start(office.name)} has taken you off the register as somebody who runs {handle}. If you still have access "
        "to it, please let them know."
    )


def you_were_closed(handle: str, office: Office) -> str:
    return f"{_start(office.name)} has noted on the register that {handle}, which you run, is no longer used."


def you_run_it(leaves: str) -> str:
    return f"You run it; you said on {leaves} that you are leaving." if leaves else "You run it."


def renamed(before: str, after: str, office: Office) -> str:
    return f"{before}, which you run, is called {after} on the register now. {_start(office.name)} changed that."


def _accounts(many: int) -> str:
    return "1 account" if many == 1 else f"{many} accounts"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
