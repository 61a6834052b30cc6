"""What was to be told to an asker and could not be brought: their desk hears of it.

Whoever runs this looks now and then whether anything was given up, in a work that only reads, and where it was says so
in another. Each is said once, by a mark that the store keeps, and again where it was sent anew and given up once more.
What is said here tells of no move, so that nothing is said of what becomes of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording_of_notices as wording
from bot.cards import Drafting, card_of
from bot.notices import DESK, mails
from bot.office import Office, Offices
from bot.ports import Delivery, Work
from bot.replies import CHANGED_RULING, CONFIRMS, NEWS, WITHDRAWN_RULING, Reply, Told
from bot.tickets import Ticket, What
from knowledge.library import Library

MOST_ALONE = 3  # of one society that are said one by one; more at once are said in one
MOST_NAMED = 10  # of these, that are named

_TO_ASKERS = frozenset([*What, WITHDRAWN_RULING, CHANGED_RULING]) - CONFIRMS  # what tells askers of something new


@dataclass(frozen=True, slots=True)
class _Lost:
    """What did not reach an asker, and the query that it was about."""

    delivery: Delivery
    ticket: Ticket


class Undelivered:
    """What was given up by the time of one unit of work."""

    def __init__(self, library: Library, offices: Offices, precedents: Drafting, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work

    def is_due(self) -> bool:
        """Whether there is something for `due` to say. Nothing is changed by asking."""
        return bool(self._lost())

    def due(self) -> list[Reply]:
        """What the desks are told of it, marked as said. Asking again at once brings nothing."""
        lost = [one for one in self._lost() if self._work.first(_mark(one.delivery))]
        replies: list[Reply] = []
        for society in dict.fromkeys(one.ticket.society for one in lost):
            office = self._offices.of(society)
            own = [one for one in lost if one.ticket.society == society]
            replies += self._at_desk(office, [one for one in own if _is_for_desk(one.delivery, office)])
            replies += _by_mail(office, [one for one in own if not _is_for_desk(one.delivery, office)])
        return replies

    def _lost(self) -> list[_Lost]:
        """What was given up and not said yet, oldest first, as far as there is somebody to tell it to."""
        given_up = [one for one in self._work.tickets.undelivered() if one.about in _TO_ASKERS]
        said = self._work.asked([_mark(one) for one in given_up])
        found = [
            _Lost(one, ticket)
            for one in given_up
            if _mark(one) not in said and (ticket := self._work.tickets.get(one.ticket)) is not None
        ]
        return [one for one in found if _can_be_said(one, self._offices.of(one.ticket.society))]

    def _at_desk(self, office: Office, lost: Sequence[_Lost]) -> list[Reply]:
        """The cards of the queries as they stand, and what was given up: a card is edited, which nobody is told of."""
        tickets = {one.ticket.id: one.ticket for one in lost}
        cards: list[Reply] = [
            card_of(ticket, office.desk, self._library, self._offices, self._work, self._precedents)
            for ticket in tickets.values()
        ]
        if len(lost) > MOST_ALONE:
            return [*cards, Told(office.desk, _together(lost))]
        return [
            *cards,
            *(Told(office.desk, wording.undelivered(one.delivery), ticket=one.ticket.id, about=NEWS) for one in lost),
        ]


def _by_mail(office: Office, lost: Sequence[_Lost]) -> list[Reply]:
    if len(lost) > MOST_ALONE:
        posts = dict.fromkeys(post for one in lost for post in one.ticket.to or (DESK,))
        subject = wording.undelivered_subject([one.ticket.id for one in lost])
        return [*mails(posts, office, subject, wording.undelivered_mail(_together(lost), office))]
    return [
        mail
        for one in lost
        for mail in mails(
            one.ticket.to,
            office,
            wording.undelivered_subject([one.ticket.id]),
            wording.undelivered_mail(wording.undelivered(one.delivery), office),
            one.ticket.id,
        )
    ]


def _together(lost: Sequence[_Lost]) -> str:
    named = [one.delivery for one in lost[:MOST_NAMED]]
    return wording.several_undelivered(named, len(lost) - len(named))


def _is_for_desk(delivery: Delivery, office: Office) -> bool:
    """Whether the desk can be told: not where it is the very place that cannot be reached."""
    return office.desk not in ("", delivery.conversation)


def _can_be_said(lost: _Lost, office: Office) -> bool:
    return _is_for_desk(lost.delivery, office) or bool(mails(lost.ticket.to, office, "", ""))


def _mark(delivery: Delivery) -> str:
    """The key under which it is said once; another one each time that it is given up."""
    return f"undelivered:{delivery.id}:{delivery.at.timestamp()}"
