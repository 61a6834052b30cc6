"""Which queries are joined, so that one answer goes to several askers, and which could be. Changes nothing."""

from bot.dossiers import said_in
from bot.ports import Wanted, Work
from bot.ticket_keys import asks_something
from bot.tickets import WAITING, Ticket
from knowledge.lexical import terms
from knowledge.library import Library
from knowledge.rulings.likeness import ASKS_THE_SAME, groups

_LOOKED_AT = 100  # waiting queries, oldest first, among which like ones are sought
_COMPARED = 6  # by meaning, which takes some ten milliseconds each
_SHARED = 0.3  # least share of its words that a query on other clauses has in common with one


def lead_of(ticket: Ticket, work: Work) -> Ticket | None:
    """The ticket whose answer answers this one as well; None where it stands for itself, as it does again when that
    one waits no longer."""
    lead = work.tickets.get(ticket.joined_to) if ticket.joined_to else None
    return lead if lead is not None and lead.waits and lead.society == ticket.society else None


def led_by(ticket: Ticket, work: Work) -> tuple[Ticket, ...]:
    """The tickets that wait for the answer to this one, oldest first."""
    return tuple(one for one in work.tickets.joined_to(ticket.id) if one.waits and one.society == ticket.society)


def like(ticket: Ticket, library: Library, work: Work) -> tuple[Ticket, ...]:
    """Waiting queries of the same society that ask the same and are not joined to any, oldest first."""
    if not asks_something(ticket.key):
        return ()
    waiting = work.tickets.queue(Wanted(ticket.society, WAITING), 0, _LOOKED_AT).tickets
    free = [one for one in waiting if one.id != ticket.id and asks_something(one.key) and lead_of(one, work) is None]
    near = sorted(free, key=lambda one: -_nearness(one, ticket))[:_COMPARED]
    candidates = [one for one in near if _nearness(one, ticket) >= _SHARED]
    if not candidates:
        return ()
    texts = [said_in(ticket.dossier), *(said_in(one.dossier) for one in candidates)]
    same = next(group for group in groups(texts, library.retrieval.vector, ASKS_THE_SAME) if 0 in group)
    found = {candidates[place - 1].id for place in same if place}
    return tuple(one for one in waiting if one.id in found)


def _nearness(one: Ticket, other: Ticket) -> float:
    """How near two queries are by words and clauses, cheaply."""
    words, others = set(terms(said_in(one.dossier))), set(terms(said_in(other.dossier)))
    shared = len(words & others) / max(len(words | others), 1)
    return shared + (1.0 if set(one.dossier.clauses) & set(other.dossier.clauses) else 0.0)
