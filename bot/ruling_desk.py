"""What staff do about rulings: make one with an answer, look at those that stand, keep and withdraw them."""

from collections.abc import Callable
from datetime import date

from bot import wording_of_rulings as wording
from bot.acts import AnswerQuery, KeepRuling, ShowRulings, WithdrawRuling
from bot.askers_words import answered_with
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import StaffMember
from bot.ports import Work
from bot.precedents import Precedents, changed_clauses
from bot.proposing_rulings import Proposing, tidied
from bot.replies import CHANGED_RULING, Button, Entry, Listed, Reply, Told
from bot.rulings import Ruling, flagged, kept, withdrawn
from bot.staffing import desk_of, member_at, refusal
from bot.telling_askers import told_of_withdrawn, what_fits
from bot.tickets import State, Ticket
from bot.wording_of_times import day
from knowledge.library import Library
from knowledge.questions import plain

LONGEST_REASON = 1_000  # characters
_MOST_SHOWN = 20


class RulingDesk:
    """Makes rulings, and shows and changes those that stand. Only staff of a society change its rulings."""

    def __init__(self, library: Library, offices: Offices, precedents: Precedents, work: Work) -> None:
        self._library, self._offices, self._precedents, self._work = library, offices, precedents, work
        self._proposing = Proposing(library, offices, precedents, work)

    def make(self, ticket: Ticket, act: AnswerQuery, member: StaffMember) -> tuple[Ruling, list[Reply]]:
        """The ruling that was confirmed, kept, and what is to be said to those whom one on the same question had
        answered: such are withdrawn.

        Raises:
            ValueError: the act has no ruling, or it was not confirmed, or cannot be kept; see `Proposing`.
        """
        if act.ruling is None or not act.confirmed or self._proposing.propose(ticket, act, ""):
            raise ValueError("a ruling is made only as it was confirmed")
        draft, office = tidied(act.ruling), self._offices.of(ticket.society)
        self._work.rulings.hold()  # before it is seen what it takes the place of: two may be made at once
        self._precedents.unsettled(self._work)
        told: list[Reply] = []
        for before in self._proposing.replaced(draft, ticket):
            ruling = self._work.rulings.get(before.id)
            if ruling is not None and ruling.stands and self._work.rulings.change(withdrawn(ruling, self._work.now)):
                told += self._told(ruling, office) if office.tell_of_withdrawn else []
        posts = self._library.policy_of(ticket.society).posts
        made = self._work.rulings.add(
            Ruling(
                id="",
                society=ticket.society,
                question=draft.question,
                verdict=draft.verdict,
                words=draft.words,
                clauses=draft.clauses,
                texts=self._texts(draft.clauses),
                ticket=ticket.id,
                owner=member.title or (posts[0] if posts else office.name),
                made=self._work.now,
                by=member.person,
                review=self._next_review(office),
                role=ticket.role,
            )
        )
        return made, told

    def act(self, message: Message) -> list[Reply]:
        """What comes of showing, keeping or withdrawing rulings; a refusal for whoever is not staff there."""
        match message.act:
            case ShowRulings(society):
                member = desk_of(society, message, self._offices, self._work)
                if not isinstance(member, StaffMember):
                    return [member]
                return [self._listed(member.society, message.conversation)]
            case KeepRuling(name, version):
                return self._changed(message, name, version, self._keep)
            case WithdrawRuling(name, version, reason, tell):
                if len(reason) > LONGEST_REASON:
                    return [Told(message.conversation, wording.TOO_LONG_REASON)]

                def withdraw(ruling: Ruling, conversation: str) -> list[Reply] | None:
                    return self._withdraw(ruling, plain(reason), tell, conversation)

                return self._changed(message, name, version, withdraw)
            case _:
                raise TypeError(f"{type(message.act).__name__} is no act on rulings")

    def _changed(
        self, message: Message, name: str, version: int, change: Callable[[Ruling, str], list[Reply] | None]
    ) -> list[Reply]:
        """What comes of a change that staff ask for; where somebody was first, how the rulings stand now."""
        ruling = self._work.rulings.get(name)
        account = message.person.account
        if ruling is None and account and self._work.staff.societies(account):
            return [Told(message.conversation, wording.NO_SUCH_RULING)]
        if ruling is None or member_at(ruling.society, message, self._work) is None:
            return [refusal(message)]
        if not ruling.stands:
            return [Told(message.conversation, wording.ALREADY_WITHDRAWN)]
        self._precedents.unsettled(self._work)
        done = change(ruling, message.conversation) if version in (0, ruling.version) else None
        if done is not None:
            return done
        listed = self._listed(ruling.society, message.conversation)
        return [Told(message.conversation, wording.MOVED_ON), listed]

    def _keep(self, ruling: Ruling, conversation: str) -> list[Reply] | None:
        if any(self._library.clause(name) is None for name in ruling.clauses):
            return [Told(conversation, wording.GONE)]
        review = self._next_review(self._offices.of(ruling.society))
        if not self._work.rulings.change(kept(ruling, review, self._texts(ruling.clauses))):
            return None
        return [Told(conversation, wording.KEPT)]

    def _withdraw(self, ruling: Ruling, reason: str, tell: bool, conversation: str) -> list[Reply] | None:
        if not self._work.rulings.change(withdrawn(ruling, self._work.now)):
            return None
        office = self._offices.of(ruling.society)
        told = self._told(ruling, office, reason) if tell or office.tell_of_withdrawn else []
        return [Told(conversation, wording.withdrawn(len(told))), *told]

    def _told(self, ruling: Ruling, office: Office, reason: str = "") -> list[Reply]:
        """What those are told whom a ruling answered that is withdrawn."""
        tickets = _told_by(ruling, self._work)
        return [reply for ticket in tickets for reply in told_of_withdrawn(ticket, office, reason)]

    def _texts(self, clauses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._library.index.clauses[name].text for name in clauses)

    def _next_review(self, office: Office) -> date:
        return self._today(office) + office.review_after

    def _today(self, office: Office) -> date:
        return self._work.now.astimezone(office.hours.zone).date()

    def _listed(self, society: str, conversation: str) -> Listed:
        office = self._offices.of(society)
        today = self._today(office)
        rulings = [ruling for ruling in self._work.rulings.of(society) if ruling.stands]  # latest first
        rulings.sort(key=lambda ruling: (not self._is_out_of_date(ruling), ruling.review > today))
        entries = tuple(self._entry(ruling, office, today) for ruling in rulings[:_MOST_SHOWN])
        heading = wording.heading(office.name, len(rulings), len(entries))
        return Listed(conversation, heading, entries, "" if entries else wording.NO_RULINGS)

    def _is_out_of_date(self, ruling: Ruling) -> bool:
        return bool(ruling.flagged or changed_clauses(ruling, self._library))

    def _entry(self, ruling: Ruling, office: Office, today: date) -> Entry:
        changed = tuple(dict.fromkeys([*ruling.flagged, *changed_clauses(ruling, self._library)]))
        lines = [
            ruling.question,
            wording.in_short(ruling.verdict, ruling.words),
            wording.rests_on(ruling.clauses),
            wording.owned(ruling.owner, wording.on_day(ruling.review)),
        ]
        if changed:
            lines.insert(0, wording.has_changed(changed))
        if ruling.review <= today:
            lines.insert(0, wording.is_due(wording.on_day(ruling.review)))
        withdraw = WithdrawRuling(ruling.id, ruling.version, tell=office.tell_of_withdrawn)
        buttons = (
            Button("keep_ruling", wording.KEEP, KeepRuling(ruling.id, ruling.version)),
            Button("withdraw_ruling", wording.WITHDRAW, withdraw),
        )
        return Entry(wording.entry(ruling.id, ruling.verdict, day(ruling.made, office)), tuple(lines), buttons)


def flag_changed(work: Work, library: Library, offices: Offices) -> list[Reply]:
    """Flags the rulings that rest on clauses which no longer read as they did, once for each change.

    Gives what is to be said of it: to the desk, and to those whom such a ruling answered, where the office wants that.
    """
    replies: list[Reply] = []
    for ruling in work.rulings.standing():
        changed = changed_clauses(ruling, library) if ruling.society in library.societies else ()
        if not set(changed) - set(ruling.flagged):
            continue
        after = flagged(ruling, changed)
        if not work.rulings.change(after):
            continue  # somebody is at it; the next look finds it as it is then
        office = offices.of(ruling.society)
        if office.desk:
            buttons = (
                Button("keep_ruling", wording.KEEP, KeepRuling(after.id, after.version)),
                Button("withdraw_ruling", wording.WITHDRAW, WithdrawRuling(after.id, after.version)),
            )
            told = wording.flagged_for_desk(ruling.id, ruling.question, changed)
            replies.append(Told(office.desk, told, buttons=buttons))
        if office.tell_of_withdrawn and not ruling.flagged:
            for ticket in _told_by(ruling, work):
                told = wording.flagged_for_asker(ticket.id, office.name)
                fits = what_fits(ticket)
                replies.append(Told(ticket.conversation, told, ticket=ticket.id, buttons=fits, about=CHANGED_RULING))
    return replies


def _told_by(ruling: Ruling, work: Work) -> list[Ticket]:
    """The tickets that a ruling answered and that rest on it still, as far as there is anybody left to be told."""
    return [
        ticket
        for ticket in answered_with(ruling, work)
        if ticket.state is State.ANSWERED and ticket.asker.account and ticket.conversation
    ]
