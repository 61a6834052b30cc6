"""The queue of a desk: which queries wait there, found by words, topic, role and holder, a page at a time."""

from dataclasses import replace

from bot import wording_of_desk as wording
from bot.acts import Claim, ShowQueue, ShowTicket
from bot.cards import staff_name, topic_of
from bot.joined import lead_of
from bot.messages import Message
from bot.office import Offices
from bot.people import StaffMember
from bot.ports import Wanted, Work
from bot.replies import Button, Entry, Listed, Reply
from bot.staffing import desk_of
from bot.tickets import State, Ticket
from bot.wording_of_cards import age
from bot.wording_of_queries import excerpt
from knowledge.library import Library
from knowledge.questions import plain

PAGE = 10
_QUESTION = 160  # characters of each question that are shown
_FILTER = 200  # characters of what is looked for


class Queue:
    """Shows the queue of a society to its staff."""

    def __init__(self, library: Library, offices: Offices, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work

    def show(self, message: Message, act: ShowQueue) -> list[Reply]:
        """A page of the queue; a refusal for who is not on the list; the desks to choose from for who is at several."""
        member = desk_of(act.society, message, self._offices, self._work)
        if not isinstance(member, StaffMember):
            return [member]
        act = _tidied(act, member.society)
        wanted = Wanted(
            act.society, act.states, act.words, act.topic, act.role, message.person.account if act.mine else ""
        )
        page = self._work.tickets.queue(wanted, (act.page - 1) * PAGE, PAGE)
        if not page.tickets and page.total:  # it has grown shorter since
            act = replace(act, page=(page.total - 1) // PAGE + 1)
            page = self._work.tickets.queue(wanted, (act.page - 1) * PAGE, PAGE)
        return [self._listed(message.conversation, act, page.tickets, page.total)]

    def _listed(self, conversation: str, act: ShowQueue, tickets: tuple[Ticket, ...], total: int) -> Listed:
        office, first = self._offices.of(act.society), (act.page - 1) * PAGE + 1
        looked_for = wording.filtered(act)
        buttons = []
        if act.page > 1:
            buttons.append(Button("queue", wording.PAGE_BEFORE, replace(act, page=act.page - 1)))
        if first + len(tickets) <= total:
            buttons.append(Button("queue", wording.NEXT_PAGE, replace(act, page=act.page + 1)))
        if looked_for:
            buttons.append(Button("queue", wording.EVERYTHING, ShowQueue(act.society)))
        heading = wording.queue_heading(office.name, first, first + len(tickets) - 1, total, act.states)
        is_plain = not looked_for and act.states == ShowQueue().states
        empty = wording.EMPTY_QUEUE if is_plain else wording.nothing_found(act)
        remarks = looked_for if tickets else empty
        return Listed(conversation, heading, tuple(map(self._entry, tickets)), remarks, tuple(buttons))

    def _entry(self, ticket: Ticket) -> Entry:
        office = self._offices.of(ticket.society)
        holder = staff_name(ticket.holder, ticket.society, office, self._work) if ticket.state is State.CLAIMED else ""
        heading = wording.queue_entry(ticket, age(ticket.opened, self._work.now), topic_of(ticket, self._library))
        lead = lead_of(ticket, self._work)
        buttons = [Button("show", wording.SHOW, ShowTicket(ticket.id))]
        if ticket.state is State.OPEN and lead is None:
            buttons.append(Button("claim", wording.CLAIM, Claim(ticket.id, ticket.version)))
        whose = wording.joined_in_queue(lead.id) if lead else wording.whose(ticket, holder)
        lines = (excerpt(ticket.dossier.question, _QUESTION), whose)
        return Entry(heading, lines, tuple(buttons))


def _tidied(act: ShowQueue, society: str) -> ShowQueue:
    return replace(
        act,
        society=society,
        words=" ".join(plain(act.words).split())[:_FILTER],
        topic=" ".join(plain(act.topic).split())[:_FILTER],
        role=act.role.strip()[:_FILTER],
        page=min(max(act.page, 1), 10**6),
    )
