"""A message for whoever runs an account: shown first, then a query that they answer, or the office does."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot import wording_of_messages as wording
from bot.accounts.finding import Finding
from bot.acts import LeaveUnsent, PassOn, ShowRegister
from bot.cards import asker_name
from bot.following import Following
from bot.limiting import Limiting
from bot.messages import Message
from bot.notices import notices_of
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import AccountState, RegisterEntry
from bot.replies import Button, Reply, Told
from bot.telling_admins import told_admins
from bot.telling_askers import what_fits
from bot.ticket_keys import key_of_message
from bot.tickets import Dossier, Part, Ticket, What
from bot.wording_of_cards import NO_NAME, WITHHELD
from bot.wording_of_register import CHANGE_IT, NO_ENTRY, SHOW_REGISTER
from bot.wording_of_times import expected
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import plain

LONGEST_MESSAGE = 500  # characters
_DAY = timedelta(days=1)


class PassingOn:
    """Passes messages on in one unit of work. Nobody is told who runs an account."""

    def __init__(
        self,
        library: Library,
        checklists: Checklists,
        offices: Offices,
        precedents: Precedents,
        finding: Finding,
        work: Work,
    ) -> None:
        self._checklists, self._offices, self._finding, self._work = checklists, offices, finding, work
        self._limiting = Limiting(offices, work)
        self._following = Following(library, offices, precedents, work)
        self._library = library

    def act(self, message: Message, act: PassOn) -> list[Reply]:
        """What comes of it: what would go or, once that was confirmed, a query, and a word to all who run it."""
        entry = self._finding.entry(act.entry)
        if entry is None:
            show = Button("register", SHOW_REGISTER, ShowRegister())
            return [Told(message.conversation, NO_ENTRY, words=act.words, buttons=(show,))]
        office, words = self._offices.of(entry.society), plain(act.words)
        if entry.state is AccountState.CLOSED:
            return [Told(message.conversation, wording.not_used(entry.handle, office), words=act.words)]
        if not words:
            write = Button("pass_on", wording.PASS_ON, PassOn(entry.id))
            return [Told(message.conversation, wording.WHAT_TO_SAY, buttons=(write,))]
        if len(act.words.strip()) > LONGEST_MESSAGE:
            told = wording.too_long(len(act.words.strip()), LONGEST_MESSAGE)
            return [
                Told(
                    message.conversation, told, words=act.words, buttons=(Button("again", CHANGE_IT, PassOn(entry.id)),)
                )
            ]
        there = self._sent_before(message, entry, words)
        if there is not None:
            told = wording.sent_before(there, entry.handle)
            return [Told(message.conversation, told, ticket=there.id, buttons=what_fits(there))]
        too_many = self._limiting.too_many_of(message.person.account, entry.society)
        if too_many:
            return [Told(message.conversation, too_many, words=words)]
        return self._send(message, entry, words, act.named) if act.confirmed else [self._preview(message, entry, words)]

    def _preview(self, message: Message, entry: RegisterEntry, words: str) -> Told:
        office = self._offices.of(entry.society)
        told = wording.preview(entry.handle, office, _is_run(entry), expected(office, self._work.now))
        send = PassOn(entry.id, words, confirmed=True)
        buttons = (
            Button("send_named", wording.WITH_NAME, replace(send, named=True)),
            Button("send_unnamed", wording.WITHOUT_NAME, send),
            Button("leave", wording.LEAVE, LeaveUnsent("")),
        )
        return Told(message.conversation, told, words=words, buttons=buttons)

    def _send(self, message: Message, entry: RegisterEntry, words: str, named: bool) -> list[Reply]:
        office, clauses = self._offices.of(entry.society), self._clauses(entry.society)
        wanted = Ticket(
            id="",
            key=key_of_message(entry.id, _unique(message, words, self._work.now)),
            society=entry.society,
            role=self._finding.role,
            asker=message.person,
            named=named,
            conversation=message.conversation,
            to=office.posts_for(clauses),
            dossier=_dossier(entry, words, clauses),
            opened=self._work.now,
        )
        ticket, fresh = self._work.tickets.open(wanted)
        if not fresh:
            told = wording.sent_before(ticket, entry.handle)
            return [Told(message.conversation, told, ticket=ticket.id, buttons=what_fits(ticket))]
        text = wording.sent(ticket, entry.handle, office, _is_run(entry), expected(office, self._work.now))
        told_asker = Told(message.conversation, text, ticket=ticket.id, buttons=what_fits(ticket), about=What.SENT)
        to_admins = self._to_admins(entry, ticket, words, office)
        return [told_asker, *to_admins, *self._following.desk(ticket), *notices_of(ticket, office)]

    def _to_admins(self, entry: RegisterEntry, ticket: Ticket, words: str, office: Office) -> list[Reply]:
        """The message to each who runs the account, with the name of its writer where they gave it."""
        name = asker_name(ticket, office)
        told = wording.to_admin(ticket, entry.handle, "" if name in (WITHHELD, NO_NAME) else name, office)
        return [*told_admins(ticket, entry, told, words)]

    def _sent_before(self, message: Message, entry: RegisterEntry, words: str) -> Ticket | None:
        """The query that the same words of the same person became today or yesterday: a button is pressed twice."""
        keys = (key_of_message(entry.id, _unique(message, words, at)) for at in (self._work.now, self._work.now - _DAY))
        return next(filter(None, map(self._work.tickets.of_key, keys)), None)

    def _clauses(self, society: str) -> tuple[str, ...]:
        checklist = self._checklists.of(society)
        held = checklist is not None and self._library.clause(checklist.register) is not None
        return (checklist.register,) if checklist and held else ()


def _is_run(entry: RegisterEntry) -> bool:
    return any(one.person.account for one in entry.admins)


def _dossier(entry: RegisterEntry, words: str, clauses: tuple[str, ...]) -> Dossier:
    parts = (
        Part("question", wording.THE_MESSAGE, words, can_go=False),
        Part("account", wording.FOR_WHOM, wording.of_account(entry.handle, entry.group), can_go=False),
    )
    return Dossier(words, parts, clauses, alone=True)


def _unique(message: Message, words: str, at: datetime) -> str:
    """What tells a message from all others of a day, and does not say whose or which it is."""
    digest = sha256(f"{message.person.account}\n{words}\n{at.date().isoformat()}".encode()).hexdigest()
    return digest[:32]
