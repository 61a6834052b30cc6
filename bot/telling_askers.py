"""What an asker is told when staff act on a query of theirs. Pure."""

from bot import wording_of_queries as wording
from bot.acts import AddToQuery, GiveName, ReopenQuery, ShowMyQueries, Withdraw
from bot.office import Office
from bot.replies import Button, Reply, Told
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
            return _told(ticket, wording.claimed(ticket, office, title))
        case What.ASKED_BACK:
            return _told(
                ticket, wording.asked_back(ticket, office, title), move.text, buttons=(_add(ticket, wording.REPLY),)
            )
        case What.ASKED_FOR_NAME:
            buttons = (give_name(ticket), _add(ticket, wording.ADD))
            return _told(ticket, wording.asked_for_name(ticket, office, title), buttons=buttons)
        case What.ANSWERED:
            return _told(ticket, wording.answered(ticket, office, title), move.text, citations, what_fits(ticket))
        case What.CLOSED:
            return _told(ticket, wording.closed(ticket, office, title), move.text, buttons=what_fits(ticket))
        case What.REOPENED:
            return _told(ticket, wording.reopened(ticket, office, title), move.text, buttons=what_fits(ticket))
        case _:
            return []


def told_of_withdrawn(
    ticket: Ticket, office: Office, reason: str = "", citations: tuple[Citation, ...] = ()
) -> list[Reply]:
    """What the asker is told when the ruling that answered them is withdrawn."""
    text = wording.ruling_withdrawn(ticket, office, reason)
    return _told(ticket, text, reason, citations, what_fits(ticket))


def told_of_taking_up(ticket: Ticket, office: Office) -> list[Reply]:
    """What somebody is told who called an answer wrong, when staff make a query of it."""
    return _told(ticket, wording.taken_up(ticket, office), buttons=what_fits(ticket))


def what_fits(ticket: Ticket) -> tuple[Button, ...]:
    """What an asker can do about a query as it stands."""
    mine = Button("my_queries", wording.MY_QUERIES, ShowMyQueries())
    if ticket.state in (State.ANSWERED, State.CLOSED):
        return (Button("reopen", wording.REOPEN, ReopenQuery(ticket.id)), mine)
    return (_add(ticket, wording.ADD), Button("withdraw", wording.WITHDRAW, Withdraw(ticket.id)), mine)


def give_name(ticket: Ticket) -> Button:
    return Button("give_name", wording.GIVE_NAME, GiveName(ticket.id))


def _add(ticket: Ticket, label: str) -> Button:
    return Button("add", label, AddToQuery(ticket.id, ""))


def _told(
    ticket: Ticket,
    text: str,
    words: str = "",
    citations: tuple[Citation, ...] = (),
    buttons: tuple[Button, ...] = (),
) -> list[Reply]:
    if not ticket.asker.account or not ticket.conversation:
        return []
    return [Told(ticket.conversation, text, citations, words, ticket.id, buttons)]
