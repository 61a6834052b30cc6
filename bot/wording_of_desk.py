"""Every sentence that staff are told at the desk. It says what to do next without naming one platform's commands."""

from collections.abc import Sequence

from bot.acts import ShowQueue
from bot.tickets import WAITING, State, Ticket, What
from bot.wording import ROLE_NAMES
from bot.wording_of_cards import at_start, listed
from bot.wording_of_queries import shown
from knowledge.clauses import Party

REFUSED = (
    "That is for the staff of this desk, and you are not on its list, so nothing was done. "
    "Somebody who is on the list can add you, or whoever runs this bot."
)
YOU = "you"
WHICH_DESK = "At which desk? You are on the list of more than one."
SHOW_HERE = "This one"
SHOW, CLAIM = "Show it", "Claim it"
NEXT_PAGE, PAGE_BEFORE = "Next", "Back"
EVERYTHING = "All that wait"
DO_ANYWAY = "Do it all the same"
JOIN_THEM = "Join them"
TO_THEM = "Hand it to them"
TAKE_IT = "I take it"
TAKE_OFF = "Take off the list"
ADD_SOMEBODY = "Add somebody"
NO_WORDS = {
    What.ANSWERED: "An answer needs words. Write what the asker should know; nothing was sent.",
    What.ASKED_BACK: "What would you like to ask? Write the question; nothing was sent.",
    What.CLOSED: "The asker is told why, so give the reason in a sentence. Nothing was closed.",
}
FOR_THE_DESK = "That is for the desk: write it there, or say “home” to see what waits."
EMPTY_QUEUE = "Nothing waits at this desk."
NOT_AN_ACCOUNT = (
    "I do not know whom you mean. At a desk in a chat, mention them with @; elsewhere give their account: the "
    "platform, a colon, and their id there, without spaces, as in “slack:U0123”. Nobody was added."
)
NOBODY_THERE = {  # by the platform
    "slack": "People in Slack go by their member id, which begins with U or W, as in “slack:U0123”; “Copy member ID” is"
    " in their profile. Nobody was added.",
    "teams": "I do not know them in Teams. Whoever is mentioned has to be in the team of this desk: add them to the"
    " team, and mention them once more. In place of a mention goes the object id that Microsoft Entra has for them, as"
    " in “teams:01234567-89ab-cdef-0123-456789abcdef”. Nobody was added.",
}
NOT_ALONE = (
    "Nobody else is on the list, and without anybody no query would be answered. Add somebody first; "
    "whoever runs this bot can take the last one off."
)
NOBODY_ELSE = "Nobody else is on the list of this desk. Add somebody first."
NOT_ON_LIST = (
    "Whoever you named is not on the list of this desk, so nothing was handed over. Add them first, or choose another."
)
NO_SUCH = "There is no such query at this desk."
CONFIRM_JOIN = "Nothing is joined until you say so."
NOT_TO_BE_JOINED = "This is no question, so nothing can be joined to it. Nothing was changed."
NOTHING_JOINED = "Nothing was joined."


def too_long(length: int, most: int) -> str:
    return f"That is too long: {length:,} characters, and {most:,} can go. Nothing was sent. Here it is, to shorten."


# Moves


def first_was(ticket: str, who: str, what: What, text: str, when: str) -> str:
    """Who moved a query before somebody else could: "Alex answered Q12 first, at 10:04."."""
    name = shown(ticket)
    deed = {
        What.SENT: f"sent {name}",
        What.TAKEN_UP: f"made {name}",
        What.CLAIMED: f"claimed {name}",
        What.HANDED_OVER: f"handed {name} over",
        What.ASKED_BACK: f"asked the asker of {name} something",
        What.ASKED_FOR_NAME: f"asked for the name on {name}",
        What.ADDED: f"added to {name}",
        What.NAMED: f"gave their name on {name}",
        What.ANSWERED: f"answered {name}",
        What.CLOSED: f"closed {name}",
        What.WITHDRAWN: f"took {name} back",
        What.REOPENED: f"opened {name} again",
        What.JOINED: f"joined {name} {text}" if text else f"set {name} free of the query that it was joined to",
    }[what]
    return f"You {deed} {when}." if who == YOU else f"{at_start(who)} {deed} first, {when}."


def nothing_done(first: str, who: str, words: bool) -> str:
    """That an act came second, to `who`'s; `words` says that what was written with it is given back."""
    told = f"{first} {'Nothing more' if who == YOU else 'Nothing of yours'} was done."
    return (
        f"{told} Here is what you wrote; look at the query as it stands, and then do as you see fit." if words else told
    )


def not_now(ticket: Ticket, first: str, who: str, words: bool) -> str:
    """That the state does not allow an act, and by whom it came to be so."""
    told = first if who == YOU else f"{shown(ticket.id)} is {ticket.state}, so that cannot be done now. {first}"
    if not ticket.waits:
        told = f"{told} If need be, open it again first."
    return f"{told} Here is what you wrote." if words else told


def taken_back(ticket: str) -> str:
    return f"The asker took {shown(ticket)} back, so it stays closed unless they open it again."


def yours_already(ticket: str) -> str:
    return f"You have {shown(ticket)} already."


def theirs_already(ticket: str, name: str) -> str:
    return f"{name} has {shown(ticket)} already."


def named_already(ticket: str) -> str:
    return f"You can see already who asks {shown(ticket)}."


def done(ticket: Ticket, what: What, holder: str = "", joined: Sequence[str] = ()) -> str:
    """That a move was made, and of which queries joined to it as well."""
    name = _names([ticket.id, *joined])
    are, asker, each = ("are", "askers", "each") if joined else ("is", "asker", "it")
    match what:
        case What.CLAIMED:
            return f"{name} {are} yours. The {asker} {'are' if joined else 'is'} told that {each} was taken up."
        case What.HANDED_OVER:
            return f"{name} {are} with {holder} now."
        case What.ASKED_BACK:
            return f"Your question about {name} goes to the asker. Their reply will stand with the query."
        case What.ASKED_FOR_NAME:
            return f"The asker of {name} is asked for their name. They need not give it."
        case What.CLOSED:
            return f"{name} is closed, and the asker is told why."
        case What.REOPENED:
            return f"{name} is open again."
        case _:
            return f"{name} is answered. The answer goes to the asker."


def answered_all(ticket: str, others: Sequence[str]) -> str:
    askers = len(others) + 1
    return f"{_names([ticket, *others])} are answered. The answer goes to {askers} askers, each by themselves."


def left_out(others: Sequence[str]) -> str:
    """Joined queries that moved on while the answer was given."""
    verb = "was" if len(others) == 1 else "were"
    return f"{_names(others)} {verb} left out: something else happened there at the same moment. Look at it once more."


def freed(others: Sequence[str]) -> str:
    """Queries that were joined to one that is closed."""
    verb = "waits" if len(others) == 1 else "wait"
    return f"{_names(others)}, joined to it until now, still {verb} for an answer."


def ruling_stands(ruling: str) -> str:
    return f"Ruling {ruling}, which came of it, still stands. Withdraw it if it no longer holds."


def answer_the_other(ticket: str, lead: str) -> str:
    return (
        f"{shown(ticket)} is joined to {shown(lead)}, and one answer serves both. Answer {shown(lead)}. "
        "Nothing was sent. Here is what you wrote."
    )


def whom_to(ticket: str) -> str:
    return f"Who should have {shown(ticket)}?"


# Joining


def recipients(lead: str, many: int) -> str:
    return f"One answer to {shown(lead)} would go to these {many} askers, each by themselves. None sees another."


def recipient(ticket: Ticket, name: str) -> str:
    return f"{shown(ticket.id)} · {ROLE_NAMES.get(ticket.role, ROLE_NAMES[Party.ANYONE])} · {name}"


def joined(lead: str, others: Sequence[str], askers: int) -> str:
    verb = "is" if len(others) == 1 else "are"
    return f"{_names(others)} {verb} joined to {shown(lead)}: its answer goes to {askers} askers, each by themselves."


def name_another(ticket: str) -> str:
    return f"Name at least one query other than {shown(ticket)}. {NOTHING_JOINED}"


def not_joinable(others: Sequence[str]) -> str:
    """Why some were left out of a join, in one sentence."""
    return (
        f"Left out: {_names(others)}. Only queries of this desk that wait and are not joined to another can be joined."
    )


def join_to_lead(ticket: str, lead: str) -> str:
    return f"{shown(ticket)} is itself joined to {shown(lead)}. Join the others to {shown(lead)}."


def joined_to(lead: str) -> str:
    """What the history says of a query that was joined to another."""
    return f"to {shown(lead)}"


def joined_as_before(lead: str) -> str:
    """What the history says of a query whose joining came to nothing, since somebody was first with the other."""
    return f"to {shown(lead)} as before" if lead else "to nothing after all"


def joined_with(others: Sequence[str]) -> str:
    """What the history says of the query that others were joined to."""
    return f"with {_names(others)}"


# The queue


def queue_heading(office: str, first: int, last: int, total: int, states: Sequence[State]) -> str:
    if not total:
        return f"At the desk of {office}"
    queries = "query" if total == 1 else "queries"
    which = "all" if not states else " or ".join(states)
    shown_now = f", {first} to {last} shown" if last - first + 1 < total else ""
    return f"At the desk of {office}: {total} {queries} ({which}){shown_now}, oldest first"


def nothing_found(act: ShowQueue) -> str:
    """That no query is as it was looked for."""
    role = ROLE_NAMES.get(Party(act.role), act.role) if act.role in set(Party) else act.role
    said = [
        f"has “{act.words}” in it" if act.words else "",
        f"is on {act.topic}" if act.topic else "",
        f"was asked by {role}" if act.role else "",
        "is held by you" if act.mine else "",
    ]
    which = "" if not act.states else "waiting " if act.states == WAITING else f"{' or '.join(act.states)} "
    found = listed([one for one in said if one]) or "is at this desk"
    return f"No {which}query {found}."


def filtered(act: ShowQueue) -> str:
    """What was looked for; empty where nothing was left out by it."""
    said = [
        f"with “{act.words}”" if act.words else "",
        f"on {act.topic}" if act.topic else "",
        f"asked by {ROLE_NAMES.get(Party(act.role), act.role) if act.role in set(Party) else act.role}"
        if act.role
        else "",
        "held by you" if act.mine else "",
    ]
    found = [one for one in said if one]
    return f"Only those {listed(found)}." if found else ""


def queue_entry(ticket: Ticket, waited: str, topic: str) -> str:
    role = ROLE_NAMES.get(ticket.role, ROLE_NAMES[Party.ANYONE])
    role = role.removeprefix("a ").removeprefix("an ")
    return " · ".join([shown(ticket.id), waited, topic or "no clause", role])


def joined_in_queue(lead: str) -> str:
    """What the queue says of a query that is joined to another."""
    return f"Joined to {shown(lead)}, whose answer goes to this asker as well"


def whose(ticket: Ticket, holder: str) -> str:
    """Who holds a query, or how it ended."""
    match ticket.state:
        case State.OPEN:
            return "Nobody has it yet"
        case State.CLAIMED:
            return f"With {holder}"
        case _:
            return ticket.state.capitalize()


# Staff


def staff_heading(office: str) -> str:
    return f"Who may act at the desk of {office}"


def staff_entry(name: str, account: str) -> str:
    return account if name == account else f"{name} · {account}"


def added(name: str, office: str, new: bool) -> str:
    return f"{name} may act at the desk of {office} now." if new else f"Noted for {office}: {name}."


def removed(name: str, held: Sequence[str]) -> str:
    told = f"{name} is off the list."
    return f"{told} {_names(held)} was with them: hand it over." if len(held) == 1 else _held(told, held)


def not_listed(account: str) -> str:
    return f"{account} is not on the list of this desk."


def _held(told: str, held: Sequence[str]) -> str:
    return f"{told} {_names(held)} were with them: hand these over." if held else told


def _names(tickets: Sequence[str]) -> str:
    return listed([shown(ticket) for ticket in tickets])
