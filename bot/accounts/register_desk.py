"""What is done about the register: shown, kept by staff, confirmed and left by those who run an account, written to."""

from collections.abc import Sequence

from bot import wording_of_register as wording
from bot.accounts.agreeing import Agreeing
from bot.accounts.answering_messages import AnsweringMessages
from bot.accounts.changing_entries import Overtaken
from bot.accounts.confirming_entries import Confirming
from bot.accounts.finding import Finding
from bot.accounts.keeping_register import KeepingRegister
from bot.accounts.leaving import Leaving
from bot.accounts.messages_to_admins import PassingOn
from bot.accounts.reviewing import Reviewing
from bot.accounts.showing_entries import ShowingEntries
from bot.accounts.showing_register import ShowingRegister
from bot.accounts.waiting_messages import waiting_messages
from bot.acts import (
    AddAdmin,
    AnswerMessage,
    CloseEntry,
    ConfirmEntry,
    Leave,
    PassOn,
    PutEntry,
    RemoveAdmin,
    ReopenEntry,
    ShowEntry,
    ShowRegister,
    ShowReviews,
    Stay,
)
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import RegisterEntry
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.staffing import refusal
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists


class RegisterDesk:
    """The register in one unit of work. Nobody changes or is told what is another society's."""

    def __init__(
        self, library: Library, checklists: Checklists, offices: Offices, precedents: Precedents, work: Work
    ) -> None:
        self._library, self._checklists, self._offices = library, checklists, offices
        self._precedents, self._work = precedents, work
        self._register = ShowingRegister(library, checklists, offices, work)
        self._entries = ShowingEntries(self._register, offices, work)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an act on the register, for whoever acts and for all whom it concerns. Who is not known is told
        so, and nothing is done."""
        if not message.person.account:
            return [Told(message.conversation, wording.NOT_KNOWN)]
        finding = Finding(self._library, self._offices, self._work, message)
        try:
            return self._act(message, finding)
        except Overtaken:
            return [Told(message.conversation, wording.TRY_AGAIN)]

    def _act(self, message: Message, finding: Finding) -> list[Reply]:
        match message.act:
            case ShowRegister() as act:
                return self._show_register(message, act, finding)
            case ShowEntry() as act:
                return self._show_entry(message, act, finding)
            case ShowReviews() as act:
                return self._show_reviews(message, act, finding)
            case PutEntry() | CloseEntry() | ReopenEntry() | AddAdmin() | RemoveAdmin() as act:
                agreeing = Agreeing(self._library, self._checklists, self._offices, self._precedents, self._work)
                return KeepingRegister(finding, self._entries, agreeing, self._offices, self._work).act(message, act)
            case Leave() | Stay() as act:
                return Leaving(finding, self._offices, self._work).act(message, act)
            case ConfirmEntry() as act:
                return Confirming(finding, self._offices, self._work).act(message, act)
            case PassOn() as act:
                passing_on = PassingOn(
                    self._library, self._checklists, self._offices, self._precedents, finding, self._work
                )
                return passing_on.act(message, act)
            case AnswerMessage() as act:
                answering = AnsweringMessages(self._library, self._offices, self._precedents, finding, self._work)
                return answering.act(message, act)
            case _:
                raise TypeError(f"{type(message.act).__name__} is no act on the register")

    def _show_register(self, message: Message, act: ShowRegister, finding: Finding) -> list[Reply]:
        society = finding.society(act.society)
        if not society:
            return [finding.which_society(act)]
        if finding.member_at(society) is not None:
            shown: list[Reply] = [self._register.to_staff(society, act.only, message.conversation)]
        else:
            shown = self._register.to_members(society, message.conversation)
        theirs = [one for one in finding.own() if one.society == society]
        return [*shown, *self._messages(message, theirs)]

    def _show_entry(self, message: Message, act: ShowEntry, finding: Finding) -> list[Reply]:
        found = finding.entries(act.entry)
        if not found:
            show = Button("register", wording.SHOW_REGISTER, ShowRegister(finding.society()))
            return [Told(message.conversation, wording.NO_ENTRY, buttons=(show,))]
        if len(found) > 1:
            return [which_account(message.conversation, found)]
        (entry,) = found
        admin = finding.admin_of(entry)
        if finding.member_at(entry.society) is not None:
            shown = self._entries.to_staff(entry, message.conversation, admin)
            return [shown, *self._messages(message, [entry] if admin else [])]
        if admin is not None:
            return [self._entries.to_admin(entry, admin, message.conversation), *self._messages(message, [entry])]
        return [self._register.entry_to_members(entry, message.conversation)]

    def _messages(self, message: Message, entries: Sequence[RegisterEntry]) -> list[Reply]:
        """What waits for an answer of whoever runs these accounts, where anything does."""
        waiting = waiting_messages(entries, self._offices, self._work, message.conversation)
        return [waiting] if waiting else []

    def _show_reviews(self, message: Message, act: ShowReviews, finding: Finding) -> list[Reply]:
        society = finding.society(act.society)
        if not society and self._work.staff.societies(message.person.account):
            return [finding.which_society(act)]
        if finding.member_at(society) is None:
            return [refusal(message)]
        reviewing = Reviewing(self._library, self._checklists, self._offices, self._work)
        return [reviewing.listed(society, message.conversation)]


def which_account(conversation: str, entries: tuple[RegisterEntry, ...]) -> Listed:
    """Accounts to choose from, where words do not tell which is meant."""
    listed = tuple(
        Entry(
            wording.title(one.handle, one.platform, one.group),
            buttons=(Button("show_entry", wording.SHOW, ShowEntry(one.id)),),
        )
        for one in entries
    )
    return Listed(conversation, wording.WHICH_ACCOUNT, listed)
