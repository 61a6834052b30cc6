"""What those who run an account are told of a message for them, each alone; nobody else learns who they are."""

from bot import wording_of_messages as wording
from bot.acts import AnswerMessage
from bot.messages import own_place
from bot.ports import Work
from bot.register import AccountState, RegisterEntry
from bot.replies import TO_ADMIN, Button, Told
from bot.ticket_keys import MESSAGE, came_of
from bot.tickets import Ticket


def account_of(ticket: Ticket, work: Work) -> RegisterEntry | None:
    """The account that a message is for; None where the ticket is no message, or the account is no longer used."""
    kind, name = came_of(ticket.key)
    entry = work.register.get(name) if kind == MESSAGE else None
    return entry if entry is not None and entry.state is not AccountState.CLOSED else None


def told_admins(ticket: Ticket, entry: RegisterEntry, text: str, words: str) -> list[Told]:
    """A sentence about a message to each who runs the account, with its writer's words and the way to answer."""
    answer = (Button("answer_message", wording.ANSWER, AnswerMessage(ticket.id)),)
    places = dict.fromkeys(own_place(one.person.account) for one in entry.admins if one.person.account)
    return [Told(place, text, words=words, ticket=ticket.id, buttons=answer, about=TO_ADMIN) for place in places]


def told_of_more(ticket: Ticket, words: str, is_reopened: bool, work: Work) -> list[Told]:
    """What they are told where its writer adds to a message, or opens it again; nothing of any other query."""
    entry = account_of(ticket, work)
    if entry is None:
        return []
    text = (wording.opened_again if is_reopened else wording.added)(ticket, entry.handle, bool(words))
    return told_admins(ticket, entry, text, words)
