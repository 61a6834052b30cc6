"""What staff do about queries: each act is checked against the list of the ticket's society and against its version."""

from dataclasses import replace

from bot import wording_of_desk as wording
from bot import wording_of_news as news
from bot.acts import (
    AddStaff,
    AnswerQuery,
    AskBack,
    AskForName,
    Claim,
    Close,
    HandOver,
    Join,
    Remark,
    RemoveStaff,
    ReopenTicket,
    ShowQueue,
    ShowStaff,
    ShowTicket,
)
from bot.answering_queries import Answering
from bot.cards import is_withdrawn, staff_name
from bot.freeing import freed
from bot.joining import Joining
from bot.messages import Message
from bot.moving import LONGEST, Acting, Moving, Overtaken, ticket_named, written
from bot.office import Offices
from bot.people import StaffMember
from bot.ports import Work
from bot.precedents import Precedents
from bot.queueing import Queue
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.staffing import Staffing, member_at, refusal
from bot.telling_askers import told_asker
from bot.tickets import MoveRefused, State, What
from knowledge.library import Library

_OnTicket = ShowTicket | Claim | HandOver | AnswerQuery | AskBack | AskForName | Close | ReopenTicket | Join


class Desk:
    """The desk in one unit of work: its queue, its tickets, its staff list. No act reaches another society's."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._offices, self._work = offices, work
        self._queue, self._staffing = Queue(library, offices, work), Staffing(offices, work)
        self._moving = Moving(library, offices, precedents, work)
        self._answering = Answering(library, offices, precedents, self._moving, work)
        self._joining = Joining(library, self._moving, work)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an act of staff, for them, for the desk and for the askers whom it concerns.

        Who is not on the list of the society gets `wording_of_desk.REFUSED`, and nothing is done.
        """
        match message.act:
            case ShowQueue() as act:
                return self._queue.show(message, act)
            case ShowStaff() | AddStaff() | RemoveStaff():
                return self._staffing.act(message)
            case Remark() as act:
                return self._remark(message, act)
            case (
                ShowTicket()
                | Claim()
                | HandOver()
                | AnswerQuery()
                | AskBack()
                | AskForName()
                | Close()
                | ReopenTicket()
                | Join() as act
            ):
                return self._on_ticket(message, act)
            case _:
                raise TypeError(f"{type(message.act).__name__} is no act of this desk")

    def _remark(self, message: Message, act: Remark) -> list[Reply]:
        """What somebody of the staff says beside a query, to be sent on if they want that; nothing to anybody else, for
        people talk there."""
        ticket, words = ticket_named(act.ticket, self._work), written(act)
        member = member_at(ticket.society, message, self._work) if ticket else None
        if ticket is None or member is None:
            return []
        at = Acting(member, ticket, message)
        if not words:
            return [at.told(news.NO_WORDS)]
        if not ticket.asker.account:
            return [at.told(news.nobody_to_send_to(ticket.id))]
        if not ticket.waits:
            return [at.told(news.not_sent_now(ticket.id, ticket.state))]
        if len(words) > LONGEST:
            return [at.told(news.too_long_to_send(len(words), LONGEST))]
        buttons = (
            Button("answer", news.AS_ANSWER, AnswerQuery(ticket.id, ticket.version, words)),
            Button("ask_back", news.AS_QUESTION, AskBack(ticket.id, ticket.version, words)),
        )
        return [at.told(news.NOT_SENT, words, buttons)]

    def _on_ticket(self, message: Message, act: _OnTicket) -> list[Reply]:
        ticket = ticket_named(act.ticket, self._work)
        member = member_at(ticket.society, message, self._work) if ticket else None
        if ticket is None and message.person.account and self._work.staff.societies(message.person.account):
            return [Told(message.conversation, wording.NO_SUCH)]
        if ticket is None or member is None:
            return [refusal(message)]
        at = Acting(member, ticket, message)
        if isinstance(act, ShowTicket):
            return [self._moving.card(ticket, at.conversation)]
        if act.version and act.version != ticket.version:
            return self._moving.second(at, act, act.version)
        try:
            return self._move(at, act)
        except MoveRefused:
            return self._moving.second(at, act, 0)
        except Overtaken:
            return self._moving.second(at, act, ticket.version)

    def _move(
        self, at: Acting, act: Claim | HandOver | AnswerQuery | AskBack | AskForName | Close | ReopenTicket | Join
    ) -> list[Reply]:
        match act:
            case Claim():
                return self._claim(at)
            case HandOver():
                return self._hand_over(at, act)
            case AnswerQuery():
                return self._worded(at, act, What.ANSWERED) or self._answering.answer(at, act, written(act))
            case AskBack():
                return self._worded(at, act, What.ASKED_BACK) or self._told(at, What.ASKED_BACK, written(act))
            case AskForName():
                if at.ticket.named:
                    return [at.told(wording.named_already(at.ticket.id))]
                return self._told(at, What.ASKED_FOR_NAME)
            case Close():
                return self._worded(at, act, What.CLOSED) or self._close(at, written(act))
            case ReopenTicket():
                return self._reopen(at)
            case Join():
                return self._joining.join(at, act)

    def _worded(self, at: Acting, act: AnswerQuery | AskBack | Close, what: What) -> list[Reply]:
        """What is said to words that cannot go as they are; nothing where they can."""
        words = written(act)
        if not words:
            return [at.told(wording.NO_WORDS[what])]
        return [at.told(wording.too_long(len(words), LONGEST), words)] if len(words) > LONGEST else []

    def _claim(self, at: Acting) -> list[Reply]:
        if at.ticket.state is State.CLAIMED and at.ticket.holder.account == at.person.account:
            return [at.told(wording.yours_already(at.ticket.id))]
        after, move = self._moving.make(at, What.CLAIMED)
        joined, askers = self._moving.taken_up_with(at, after)
        askers = [*told_asker(after, move, self._moving.office(at), at.member.title), *askers]
        said = wording.done(after, What.CLAIMED, joined=[one.id for one in joined])
        return [at.told(said), *self._moving.cards(at, after, joined), *askers]

    def _hand_over(self, at: Acting, act: HandOver) -> list[Reply]:
        office, listed = self._moving.office(at), self._work.staff.of(at.ticket.society)
        account = act.to.strip()
        if not account:
            return [self._whom_to(at, act, listed)]
        to = next((one for one in listed if one.person.account == account), None)
        if to is None:
            return [at.told(wording.NOT_ON_LIST), self._whom_to(at, act, listed)]
        name = staff_name(to.person, to.society, office, self._work)
        if at.ticket.state is State.CLAIMED and at.ticket.holder.account == account:
            return [at.told(wording.theirs_already(at.ticket.id, name))]
        after, move = self._moving.make(at, What.HANDED_OVER, holder=to.person)
        taken_up = at.ticket.state is State.OPEN  # the asker hears that once, whoever it is
        told = told_asker(after, replace(move, what=What.CLAIMED), office, to.title) if taken_up else []
        joined, askers = self._moving.taken_up_with(at, after, at.ticket.holder)
        told = [*told, *askers]
        said = wording.done(after, What.HANDED_OVER, name, [one.id for one in joined])
        return [at.told(said), *self._moving.cards(at, after, joined), *told]

    def _whom_to(self, at: Acting, act: HandOver, listed: tuple[StaffMember, ...]) -> Listed:
        office = self._moving.office(at)
        entries = []
        for one in listed:
            if one.person.account == at.ticket.holder.account:
                continue
            label = wording.TAKE_IT if one.person.account == at.person.account else wording.TO_THEM
            button = Button("hand_over", label, replace(act, version=at.ticket.version, to=one.person.account))
            entries.append(Entry(staff_name(one.person, one.society, office, self._work), buttons=(button,)))
        heading = wording.whom_to(at.ticket.id) if entries else wording.NOBODY_ELSE
        return Listed(at.conversation, heading, tuple(entries))

    def _close(self, at: Acting, reason: str) -> list[Reply]:
        after, move = self._moving.make(at, What.CLOSED, reason)
        free = freed(after, self._work)
        told = wording.done(after, What.CLOSED)
        if free:
            told = f"{told} {wording.freed([one.id for one in free])}"
        asker = told_asker(after, move, self._moving.office(at), at.member.title)
        return [at.told(told), *self._moving.cards(at, after, free), *asker]

    def _reopen(self, at: Acting) -> list[Reply]:
        if not at.ticket.waits and is_withdrawn(self._work.tickets.history(at.ticket.id)):
            return [at.told(wording.taken_back(at.ticket.id))]
        replies = self._told(at, What.REOPENED)
        ruling = self._work.rulings.get(at.ticket.ruling) if at.ticket.ruling else None
        if ruling is not None and ruling.stands:
            replies.append(at.told(wording.ruling_stands(ruling.id)))
        return replies

    def _told(self, at: Acting, what: What, text: str = "") -> list[Reply]:
        """Makes a move, and tells who made it, the desk and the asker."""
        after, move = self._moving.make(at, what, text)
        asker = told_asker(after, move, self._moving.office(at), at.member.title)
        return [at.told(wording.done(after, what)), *self._moving.cards(at, after), *asker]
