"""Answering a query, and all that are joined to it: one answer, to every asker by themselves."""

from dataclasses import replace

from bot import wording_of_desk as wording
from bot.acts import AnswerQuery, ShowTicket
from bot.joined import lead_of, led_by
from bot.moving import Acting, Moving, Overtaken
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.proposing_rulings import Proposing
from bot.replies import Button, Reply
from bot.ruling_desk import RulingDesk
from bot.rulings import Ruling
from bot.telling_askers import told_asker
from bot.tickets import Move, MoveRefused, State, Ticket, What
from bot.wording_of_cards import show
from knowledge.answers import Citation
from knowledge.library import Library

_TRIES = 3  # at a joined query on which its asker acts at the same moment


class Answering:
    """Answers with staff's words, and with a ruling for all where they make one."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, moving: Moving, work: Work) -> None:
        self._library, self._moving, self._work = library, moving, work
        self._rulings = RulingDesk(library, offices, precedents, work)
        self._proposing = Proposing(library, offices, precedents, work)

    def answer(self, at: Acting, act: AnswerQuery, words: str) -> list[Reply]:
        """What comes of an answer. `words` are what goes to the askers; they are neither empty nor too long.

        Raises:
            MoveRefused: the query does not wait.
            Overtaken: somebody was first; nothing was sent.
        """
        if not at.ticket.waits:
            raise MoveRefused(f"{at.ticket.id} does not wait")
        lead = lead_of(at.ticket, self._work)
        if lead is not None:
            there = Button("show", show(lead.id), ShowTicket(lead.id))
            return [at.told(wording.answer_the_other(at.ticket.id, lead.id), words, (there,))]
        shown = self._proposing.propose(at.ticket, act, at.conversation) if act.ruling else []
        if shown:
            return shown
        ruling: Ruling | None = None
        told: list[Reply] = []
        if act.ruling:
            at = self._held(at)
            ruling, told = self._rulings.make(at.ticket, act, at.member)
        name = ruling.id if ruling else ""
        made = self._moving.make(at, What.ANSWERED, words, ruling=name)
        joined, left_out = self._joined(at, words, name)
        return [*self._told(at, made, joined, left_out, self._citations(ruling)), *told]

    def _held(self, at: Acting) -> Acting:
        """The query in the hands of who answers it. After this move nobody can be first any more in this work, so that
        no ruling is made, and none replaced, for an answer that is not given."""
        what = What.CLAIMED if at.ticket.state is State.OPEN else What.HANDED_OVER
        return replace(at, ticket=self._moving.make(at, what)[0])

    def _joined(self, at: Acting, words: str, ruling: str) -> tuple[list[tuple[Ticket, Move]], list[str]]:
        """The moves of the joined queries, and the ids of those that moved on meanwhile."""
        made: list[tuple[Ticket, Move]] = []
        left_out: list[str] = []
        for one in led_by(at.ticket, self._work):
            moved = self._answered(replace(at, ticket=one), words, ruling)
            if moved is None:
                left_out.append(one.id)
            else:
                made.append(moved)
        return made, left_out

    def _answered(self, at: Acting, words: str, ruling: str) -> tuple[Ticket, Move] | None:
        """A joined query answered, as it stands by now; None where it no longer waits for that answer."""
        joined_to = at.ticket.joined_to
        for _ in range(_TRIES):
            now = self._work.tickets.get(at.ticket.id)
            if now is None or not now.waits or now.joined_to != joined_to:
                return None
            try:
                return self._moving.make(replace(at, ticket=now), What.ANSWERED, words, ruling=ruling)
            except Overtaken:
                continue
        return None

    def _told(
        self,
        at: Acting,
        made: tuple[Ticket, Move],
        joined: list[tuple[Ticket, Move]],
        left_out: list[str],
        citations: tuple[Citation, ...],
    ) -> list[Reply]:
        ticket, office, others = made[0], self._moving.office(at), [one for one, _ in joined]
        said = wording.answered_all(ticket.id, [one.id for one in others]) if others else ""
        said = said or wording.done(ticket, What.ANSWERED)
        if left_out:
            said = f"{said} {wording.left_out(left_out)}"
        askers = [
            reply
            for one, move in (made, *joined)
            for reply in told_asker(one, move, office, at.member.title, citations)
        ]
        return [at.told(said), *self._moving.cards(at, ticket, others), *askers]

    def _citations(self, ruling: Ruling | None) -> tuple[Citation, ...]:
        return self._library.cite(ruling.clauses, ruling.society) if ruling else ()
