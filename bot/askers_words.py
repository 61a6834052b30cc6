"""The words in which askers put a question that a ruling answered: whoever asks in the same words is answered too."""

from dataclasses import replace

from bot.ports import Work
from bot.rulings import Ruling
from bot.tickets import State, Ticket, What
from knowledge.rulings.precedents import Form, How, Near

_FEWEST_WORDS, _LONGEST = 4, 300  # words and characters of a question, to say enough by itself
_ADDED_TO = (What.ADDED, What.ASKED_BACK)  # what was answered is more than what was asked at first


def answered_with(ruling: Ruling, work: Work) -> tuple[Ticket, ...]:
    """The tickets that this very ruling answered last: none that was only joined to one of them."""
    first = work.tickets.get(ruling.ticket) if ruling.ticket else None
    several = (first, *work.tickets.joined_to(first.id)) if first is not None else ()
    return tuple(ticket for ticket in several if ticket.ruling == ruling.id)


def own_words(ticket: Ticket, work: Work) -> str:
    """What somebody asked, where that says all by itself; empty where it goes with a post, with what was said before,
    answered or added, for then the same words may ask of something else."""
    dossier = ticket.dossier
    question = dossier.question.strip()
    told = any(part.id in ("responses", "post") for part in dossier.parts)
    if told or not dossier.alone or dossier.added.strip() or "\n" in question or len(question) > _LONGEST:
        return ""
    if len(question.split()) < _FEWEST_WORDS or any(move.what in _ADDED_TO for move in work.tickets.history(ticket.id)):
        return ""
    return question


def as_it_is_now(near: Near, work: Work) -> Near:
    """A ruling that bears on a question; only as a like one where it was on the same one in words that hold no more."""
    return near if near.how is How.LIKE or is_still_same(near, work) else replace(near, how=How.LIKE)


def is_still_same(near: Near, work: Work) -> bool:
    """Whether a question still is the same: somebody's words are only as long as their query is as it was answered.
    A query may be reopened, added to, answered otherwise or forgotten, which changes no ruling."""
    return any(not form.ticket or _still_asks(form, near.precedent.id, work) for form in near.by)


def _still_asks(form: Form, ruling: str, work: Work) -> bool:
    ticket = work.tickets.get(form.ticket)
    return (
        ticket is not None
        and (ticket.ruling, ticket.state) == (ruling, State.ANSWERED)
        and (own_words(ticket, work), ticket.role) == (form.text, form.role)
    )
