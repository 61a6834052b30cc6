"""Joining queries that ask the same, so that one answer goes to every asker; who they are is shown first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import wording_of_desk as wording
from bot.acts import Join
from bot.cards import asker_name
from bot.joined import lead_of, led_by, like
from bot.moving import Acting, Moving, Overtaken, ticket_named
from bot.ports import Work
from bot.replies import Button, Entry, Listed, Reply
from bot.ticket_keys import asks_something
from bot.tickets import MoveRefused, State, Ticket, What
from bot.wording_of_queries import excerpt
from knowledge.library import Library

_QUESTION = 300  # characters of each question that are shown before a join
_NAME = 20  # characters of what was named and is no query


class Joining:
    """Joins waiting queries of one society to one of them."""

    def __init__(self, library: Library, moving: Moving, work: Work) -> None:
        self._library, self._moving, self._work = library, moving, work

    def join(self, at: Acting, act: Join) -> list[Reply]:
        """Every recipient of the one answer, to confirm; where that is done, what was joined.

        Raises:
            MoveRefused: the query that the others are to be joined to does not wait.
            Overtaken: somebody was first with it.
        """
        if not at.ticket.waits:
            raise MoveRefused(f"{at.ticket.id} does not wait")
        if not asks_something(at.ticket.key):
            return [at.told(wording.NOT_TO_BE_JOINED)]
        lead = lead_of(at.ticket, self._work)
        if lead is not None:
            return [at.told(wording.join_to_lead(at.ticket.id, lead.id)), self._moving.card(lead, at.conversation)]
        named = act.others or tuple(one.id for one in like(at.ticket, self._library, self._work))
        others, left_out = self._joinable(at.ticket, named)
        remarks = wording.not_joinable(left_out) if left_out else ""
        if not others:
            return [at.told(f"{remarks} {wording.NOTHING_JOINED}" if remarks else wording.name_another(at.ticket.id))]
        if not act.confirmed:
            return [self._recipients(at, act, others, remarks)]
        return self._joined(at, others, left_out)

    def _joinable(self, ticket: Ticket, named: Sequence[str]) -> tuple[list[Ticket], list[str]]:
        """The tickets that can be joined to one, with those joined to them already; and the ids that cannot."""
        found: dict[str, Ticket] = {}
        left_out: list[str] = []
        for name in dict.fromkeys(named):
            one = ticket_named(name, self._work)
            if one is not None and one.id == ticket.id:
                continue
            there = one is not None and one.society == ticket.society and one.waits and asks_something(one.key)
            if one is None or not there or lead_of(one, self._work) is not None:
                left_out.append(excerpt(name.strip().lstrip("Qq"), _NAME))
                continue
            found |= {each.id: each for each in (one, *led_by(one, self._work))}
        return list(found.values()), left_out

    def _recipients(self, at: Acting, act: Join, others: Sequence[Ticket], remarks: str) -> Listed:
        office = self._moving.office(at)
        everyone = [at.ticket, *led_by(at.ticket, self._work), *others]
        entries = tuple(
            Entry(wording.recipient(one, asker_name(one, office)), (excerpt(one.dossier.question, _QUESTION),))
            for one in everyone
        )
        confirmed = replace(act, version=at.ticket.version, others=tuple(one.id for one in others), confirmed=True)
        return Listed(
            at.conversation,
            wording.recipients(at.ticket.id, len(everyone)),
            entries,
            f"{wording.CONFIRM_JOIN} {remarks}".strip(),
            (Button("join", wording.JOIN_THEM, confirmed),),
        )

    def _joined(self, at: Acting, others: Sequence[Ticket], left_out: list[str]) -> list[Reply]:
        """The query itself moves as well: who answers it meanwhile, by an older card, has not seen every recipient. It
        does so last, when it is known what was joined to it."""
        joined: list[Ticket] = []
        for one in others:
            try:
                after, _ = self._moving.make(
                    replace(at, ticket=one), What.JOINED, wording.joined_to(at.ticket.id), joined_to=at.ticket.id
                )
            except Overtaken:
                left_out.append(one.id)
            else:
                joined.append(after)
        if not joined:
            return [at.told(f"{wording.not_joinable(left_out)} {wording.NOTHING_JOINED}")]
        names = [one.id for one in joined]
        try:
            lead, _ = self._moving.make(at, What.JOINED, wording.joined_with(names))
        except Overtaken:
            self._parted(at, joined, {one.id: one.joined_to for one in others})
            raise
        told = [wording.joined(lead.id, names, len(led_by(lead, self._work)) + 1)]
        told += [wording.not_joinable(left_out)] if left_out else []
        taken_up, askers = self._moving.taken_up_with(at, lead) if lead.state is State.CLAIMED else ([], [])
        changed = list({one.id: one for one in (*joined, *taken_up)}.values())
        return [at.told(" ".join(told)), *self._moving.cards(at, lead, changed), *askers]

    def _parted(self, at: Acting, joined: Sequence[Ticket], before: Mapping[str, str]) -> None:
        """Takes back what was joined to a query at which somebody was first. `before` is what each was joined to."""
        for one in joined:
            to = before[one.id]
            self._moving.make(replace(at, ticket=one), What.JOINED, wording.joined_as_before(to), joined_to=to)
