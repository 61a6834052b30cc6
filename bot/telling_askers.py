"""What an asker is told when staff act on a query of theirs. Pure."""

from bot import wording_of_queries as wording
from bot.acts import AddToQuery, GiveName, ReopenQuery, ShowMyQueries, Withdraw
from bot.office import Office
from bot.replies import WITHDRAWN_RULING, Button, Reply, Told
from bot.tickets import Move, State, Ticket, What
from knowledge.answers import Citation


def told_asker(
    ticket: Ticket, move: Move, office: Office, title: str = "", citations: tuple[Citation, ...] = ()
) -> list[Reply]:
    """What the asker is told of a move of staff; nothing where it does not concern them, or nobody is left to tell.

    `ticket` is as it is after the move, `title` the post of whoever made it, and `citations` are of the clauses that
    a ruling rests on.
    """
    match move.what:
        case What.CLAIMED:
            return _told(ticket, move.what, wording.claimed(ticket, office, title))
        case What.ASKED_BACK:
            told = wording.asked_back(ticket, office, title)
            return _told(ticket, move.what, told, move.text, buttons=(add_to(ticket, wording.REPLY),))
        case What.ASKED_FOR_NAME:
            buttons = (give_name(ticket), add_to(ticket, wording.ADD))
            return _told(ticket, move.what, wording.asked_for_name(ticket, office, title), buttons=buttons)
        case What.ANSWERED:
            told = wording.answered(ticket, office, title)
            return _told(ticket, move.what, told, move.text, citations, what_fits(ticket))
        case What.CLOSED:
            told = wording.closed(ticket, office, title)
            return _told(ticket, move.what, told, move.text, buttons=what_fits(ticket))
        case What.REOPENED:
            told = wording.reopened(ticket, office, title)
            return _told(ticket, move.what, told, move.text, buttons=what_fits(ticket))
        case _:
            return []


def told_of_withdrawn(
    ticket: Ticket, office: Office, reason: str = "", citations: tuple[Citation, ...] = ()
) -> list[Reply]:
    """What the asker is told when the ruling that answered them is withdrawn."""
    text = wording.ruling_withdrawn(ticket, office, reason)
    return _told(ticket, WITHDRAWN_RULING, text, reason, citations, what_fits(ticket))


def told_of_taking_up(ticket: Ticket, office: Office) -> list[Reply]:
    """What somebody is told who called an answer wrong, when staff make a query of it."""
    return _told(ticket, What.TAKEN_UP, wording.taken_up(ticket, office), buttons=what_fits(ticket))


def what_fits(ticket: Ticket) -> tuple[Button, ...]:
    """What an asker can do about a query as it stands; what takes it back is last, where no second press reaches it."""
    mine = my_queries()
    if ticket.state in (State.ANSWERED, State.CLOSED):
        return (Button("reopen", wording.REOPEN, ReopenQuery(ticket.id)), mine)
    return (mine, add_to(ticket, wording.ADD), Button("withdraw", wording.WITHDRAW, Withdraw(ticket.id)))


def my_queries() -> Button:
    return Button("my_queries", wording.MY_QUERIES, ShowMyQueries())


def give_name(ticket: Ticket) -> Button:
    return Button("give_name", wording.GIVE_NAME, GiveName(ticket.id))


def add_to(ticket: Ticket, label: str) -> Button:
    """Adds a line to a query, which the platform asks for."""
    return Button("add", label, AddToQuery(ticket.id, ""))


def _told(
    ticket: Ticket,
    about: str,
    text: str,
    words: str = "",
    citations: tuple[Citation, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> list[Reply]:
    if not ticket.asker.account or not ticket.conversation:
        return []
    return [Told(ticket.conversation, text, citations, words, ticket.id, buttons, about)]
