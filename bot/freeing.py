"""Queries that were joined to one which nobody will answer any more."""

from bot.people import NOBODY
from bot.ports import Work
from bot.tickets import Ticket, What, moved


def freed(ticket: Ticket, work: Work) -> list[Ticket]:
    """Sees that what was joined to this query is still answered: the oldest that waits stands by itself from now on,
    and the others are joined to that one. Gives those that changed."""
    waiting = [one for one in work.tickets.joined_to(ticket.id) if one.waits]
    changed: list[Ticket] = []
    for one in waiting:
        first = "" if one is waiting[0] else waiting[0].id
        after, move = moved(one, What.JOINED, NOBODY, work.now, joined_to=first)
        if work.tickets.move(after, move):
            changed.append(after)
    return changed
