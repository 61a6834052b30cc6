"""What an asker does about an answer: has it sent on, which is shown first, rates it, looks into it, shares it."""

import re

from bot import acts
from bot import wording_of_queries as wording
from bot.context import in_context
from bot.dossiers import dossier_of, post_of, said_in
from bot.exchanges import Ending, Exchange, Rating
from bot.following import LONGEST_LINE, Following
from bot.limiting import Limiting
from bot.messages import Message
from bot.notices import notices_of
from bot.office import Office, Offices
from bot.ports import Work
from bot.posts_left_out import is_shortened
from bot.precedents import Precedents
from bot.referring import fault_in, referral
from bot.replies import Button, Previewed, Reply, Told
from bot.sharing_answers import SharingAnswers
from bot.telling_askers import add_to, my_queries, what_fits
from bot.ticket_keys import key_of_query
from bot.tickets import Dossier, Ticket, What
from bot.wording import UNSURE
from bot.wording_of_context import NOT_YOURS, SHOW_CONTEXT
from bot.words_that_act import NEVER_SENT, RULED, meant
from knowledge.library import Library

_LATEST = 100  # queries of one person that are looked through for the same question
_LOOKED_BACK = 5  # exchanges among which what somebody wants sent on is looked for


class Escalating:
    """What an asker does to have a person answer, in one unit of work."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work
        self._limiting = Limiting(offices, work)
        self._following = Following(library, offices, precedents, work)
        self._sharing = SharingAnswers(library, precedents, work)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an asker's act, for the asker and for the desk. Nothing is told of what is somebody else's."""
        if not isinstance(message.act, acts.AskersAct):
            return []
        refused = self._limiting.refused(message)
        if refused is not None:
            return refused
        match message.act:
            case acts.Escalate(exchange=""):
                return [Told(message.conversation, wording.ASK_FIRST)]
            case acts.Escalate() | acts.Send() | acts.Rate():
                return self._on_exchange(message, message.act)
            case acts.ShowContext() | acts.ShareAnswer():
                return self._on_answer(message, message.act)
            case acts.Refer() as act:
                return [self._refer(message, act)]
            case acts.LeaveUnsent():
                return [Told(message.conversation, wording.LEFT)]
            case _:
                return self._following.act(message, message.act)

    def refused(self, message: Message) -> list[Reply] | None:
        """Why a message is not taken, where somebody asks more than they may; None where it is taken."""
        return self._limiting.refused(message)

    def meant(self, text: str, last: Exchange | None) -> acts.AskersAct | None:
        """The act that a whole message means ("ask National Office", "my queries"); None where it is words like any."""
        said = (*self._work.exchanges.before(last, _LOOKED_BACK), last) if last else ()
        return meant(text, said, self._offices.of(last.society).name if last else "National Office")

    def buttons(self, exchange: Exchange, offered_first: bool) -> tuple[Button, ...]:
        """What can be done about what was just said: have the office asked, say whether it was right, see where its
        clauses stand."""
        if exchange.ending in NEVER_SENT:
            return ()
        office = self._offices.of(exchange.society)
        ask = Button("escalate", wording.ask(office), acts.Escalate(exchange.id))
        if exchange.ending not in RULED:
            return (ask,)
        rate = (
            Button("right", wording.RIGHT, acts.Rate(exchange.id, True)),
            Button("wrong", wording.WRONG, acts.Rate(exchange.id, False)),
        )
        shown = (Button("context", SHOW_CONTEXT, acts.ShowContext(exchange.id)),) if exchange.clauses else ()
        first = offered_first or exchange.confidence < UNSURE
        return (ask, *rate, *shown) if first else (*rate, ask, *shown)

    def _on_exchange(self, message: Message, act: acts.Escalate | acts.Send | acts.Rate) -> list[Reply]:
        exchange = self._own(message, act.exchange)
        if exchange is None:
            return [Told(message.conversation, wording.NO_SUCH_ANSWER)]
        if not exchange.society:
            return [Told(message.conversation, wording.WHOSE_POLICY)]
        match act:
            case acts.Escalate():
                return [self._preview(message, exchange)]
            case acts.Send():
                return self._send(message, exchange, act)
            case acts.Rate():
                return self._rate(message, exchange, act)

    def _on_answer(self, message: Message, act: acts.ShowContext | acts.ShareAnswer) -> list[Reply]:
        exchange = self._own(message, act.exchange)
        if exchange is None:
            return [Told(message.conversation, NOT_YOURS)]
        if isinstance(act, acts.ShareAnswer):
            return self._sharing.share(message, exchange, act)
        return [in_context(message, exchange, self._library)]

    def _own(self, message: Message, name: str) -> Exchange | None:
        """An exchange of whoever acts; None where there is none of that id, or it is somebody else's."""
        exchange, account = self._work.exchanges.get(name), message.person.account
        return exchange if exchange is not None and account and exchange.person.account == account else None

    def _refer(self, message: Message, act: acts.Refer) -> Reply:
        """What would go to the office of a message that somebody wrote."""
        fault = fault_in(act.words)
        if fault:
            return Told(message.conversation, fault)
        if not message.person.account:  # whoever sends something has to be reached
            return Told(message.conversation, wording.NO_SUCH_ANSWER)
        exchange = referral(message, act.words, act.own, self._work)
        if not exchange.society:
            return Told(message.conversation, wording.WHOSE_POLICY)
        return self._preview(message, self._work.exchanges.add(exchange))

    def _preview(self, message: Message, exchange: Exchange) -> Reply:
        there = self._work.tickets.of_key(key_of_query(exchange.id))
        if there is not None:
            return self._sent_before(message, there)
        office, dossier = self._offices.of(exchange.society), dossier_of(exchange, self._work)
        same, too_many = self._same(message, exchange, dossier), self._limiting.too_many_queries(message, exchange.id)
        told = [wording.asked_before(same, self._following.stands(same))] if same else []
        add = (add_to(same, wording.add_to(same)),) if same else ()
        if too_many:
            return Told(message.conversation, " ".join([*told, too_many]), buttons=(*add, my_queries()))
        return Previewed(
            message.conversation,
            exchange.id,
            " ".join([*told, wording.preview(office, office.posts_for(exchange.clauses))]),
            dossier.parts,
            self._remarks(office, exchange, dossier),
            (
                Button("send_named", wording.WITH_NAME, acts.Send(exchange.id, named=True)),
                Button("send_unnamed", wording.WITHOUT_NAME, acts.Send(exchange.id, named=False)),
                *add,
                Button("leave", wording.LEAVE, acts.LeaveUnsent(exchange.id)),
            ),
        )

    def _remarks(self, office: Office, exchange: Exchange, dossier: Dossier) -> str:
        """What belongs below what would go; a message that is referred is quoted by nothing."""
        quotable = post_of(dossier) and exchange.ending != Ending.REFERRED
        told = wording.preview_remarks(office, exchange.role, self._work.now, bool(dossier.clauses))
        return f"{wording.WITHOUT_POST} {told}" if quotable else told

    def _same(self, message: Message, exchange: Exchange, dossier: Dossier) -> Ticket | None:
        """A query of the same person's that waits, and asks the same in the same words."""
        words = _folded(said_in(dossier))
        return next(
            (
                one
                for one in self._work.tickets.of_asker(message.person.account, _LATEST)
                if one.waits and one.society == exchange.society and words and _folded(said_in(one.dossier)) == words
            ),
            None,
        )

    def _send(self, message: Message, exchange: Exchange, act: acts.Send) -> list[Reply]:
        added, office = act.added.strip(), self._offices.of(exchange.society)
        if len(added) > LONGEST_LINE:
            told = Told(message.conversation, wording.too_long(len(added), LONGEST_LINE), words=added)
            return [told, self._preview(message, exchange)]
        whole = post_of(dossier_of(exchange, self._work))
        if not is_shortened(act.shortened, whole):
            return [
                Told(message.conversation, wording.NOT_SHORTENED, words=act.shortened),
                self._preview(message, exchange),
            ]
        wanted = Ticket(
            id="",
            key=key_of_query(exchange.id),
            society=exchange.society,
            role=exchange.role,
            asker=message.person,
            named=act.named,
            conversation=exchange.conversation,
            to=office.posts_for(exchange.clauses),
            dossier=dossier_of(exchange, self._work, added, act.left_out, act.shortened),
            opened=self._work.now,
        )
        ticket, fresh = self._work.tickets.open(wanted)
        if not fresh:
            return [self._sent_before(message, ticket)]
        text = wording.sent(ticket, office, self._work.now)
        told = Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket), about=What.SENT)
        return [told, *self._following.desk(ticket), *notices_of(ticket, office)]

    def _sent_before(self, message: Message, ticket: Ticket) -> Told:
        text = wording.sent_before(ticket, self._offices.of(ticket.society), self._following.stands(ticket))
        return Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket))

    def _rate(self, message: Message, exchange: Exchange, act: acts.Rate) -> list[Reply]:
        reason, office = act.reason.strip(), self._offices.of(exchange.society)
        if len(reason) > LONGEST_LINE:
            return [Told(message.conversation, wording.too_long(len(reason), LONGEST_LINE), words=reason)]
        self._work.ratings.put(Rating(exchange, message.person, act.right, reason, self._work.now))
        if act.right:
            return [Told(message.conversation, wording.HEARD_RIGHT)]
        ticket = self._work.tickets.of_key(key_of_query(exchange.id))
        if ticket is not None:
            text = wording.heard_wrong_sent(ticket, office)
            return [Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket))]
        ask = Button("escalate", wording.ask(office), acts.Escalate(exchange.id))
        return [Told(message.conversation, wording.heard_wrong(office), buttons=(ask,))]


def _folded(question: str) -> str:
    """The words of a question, however they are written."""
    return " ".join(re.findall(r"\w+", question.casefold()))
