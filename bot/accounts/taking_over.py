"""Somebody says that they have taken over an account: which one, whether they run it already, and who has to agree."""

from bot import wording_of_onboarding as wording
from bot.accounts.agreeing import Agreeing
from bot.accounts.enrolling import standing
from bot.accounts.finding import Finding
from bot.accounts.naming import is_handle_of
from bot.accounts.showing import Showing
from bot.acts import TakeOver
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import AccountState, RegisterEntry
from bot.replies import Button, Reply, Told
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists


class TakingOver:
    """Takes what somebody says of an account of theirs, in one unit of work. Staff are asked once they confirm it."""

    def __init__(
        self,
        library: Library,
        showing: Showing,
        checklists: Checklists,
        offices: Offices,
        precedents: Precedents,
        work: Work,
    ) -> None:
        self._library, self._showing, self._checklists = library, showing, checklists
        self._offices, self._work = offices, work
        self._agreeing = Agreeing(library, checklists, offices, precedents, work)

    def act(self, message: Message, act: TakeOver) -> list[Reply]:
        """What comes of it, for whoever says it and for the desk."""
        finding = Finding(self._library, self._offices, self._work, message)
        found = finding.entries(act.account) if act.account.strip() else ()
        if len(found) == 1:
            return self._of(message, found[0], act, finding)
        society = finding.society()
        if found:
            return [self._which(message, found, wording.which_account(self._offices.of(found[0].society).name))]
        if not society:
            return [Told(message.conversation, wording.WHOSE_ACCOUNT)]
        return [self._none(message, society, bool(act.account.strip()))]

    def _none(self, message: Message, society: str, was_named: bool) -> Told:
        office, entries = self._offices.of(society).name, self._in_use(society)
        if self._checklists.of(society) is None:
            return Told(message.conversation, wording.no_checklist(society, office))
        if not entries:
            return Told(message.conversation, wording.empty_register(office))
        told = wording.not_on_register(office) if was_named else wording.which_account(office)
        return self._which(message, entries, told)

    def _in_use(self, society: str) -> tuple[RegisterEntry, ...]:
        return tuple(one for one in self._work.register.of(society) if one.state is not AccountState.CLOSED)

    def _which(self, message: Message, entries: tuple[RegisterEntry, ...], told: str) -> Told:
        buttons = (Button("take_over", entry.handle, TakeOver(entry.handle)) for entry in entries)
        return Told(message.conversation, told, buttons=tuple(buttons))

    def _of(self, message: Message, entry: RegisterEntry, act: TakeOver, finding: Finding) -> list[Reply]:
        office = self._offices.of(entry.society).name
        if self._checklists.of(entry.society) is None:
            return [Told(message.conversation, wording.no_checklist(entry.society, office))]
        if entry.state is AccountState.CLOSED:
            return [Told(message.conversation, wording.is_closed(entry, office))]
        there = standing(entry, message.person.account, self._work)
        mine = self._showing.theirs(there.id, message) if there is not None else None
        if mine is not None:
            return self._showing.one(message, mine)
        if there is not None:  # somebody else has proposed them
            return [Told(message.conversation, wording.not_agreed_yet(entry, office))]
        if finding.member_at(entry.society) is not None or finding.admin_of(entry) is not None:
            return self._begun(message, entry, finding)  # nobody else has to agree
        if act.confirmed:
            words = wording.take_over(entry)
            return self._agreeing.ask(message, entry, message.person, words) or self._again(message, entry)
        return [self._to_confirm(message, entry, act, office)]

    def _to_confirm(self, message: Message, entry: RegisterEntry, act: TakeOver, office: str) -> Told:
        called = "" if is_handle_of(act.account, entry) or "@" not in act.account else wording.renamed(entry)
        ask = Button("ask", wording.ask_to_agree(office), TakeOver(entry.handle, confirmed=True))
        text = " ".join(filter(None, [called, wording.would_ask(entry, office)]))
        return Told(message.conversation, text, words=wording.take_over(entry), buttons=(ask,))

    def _begun(self, message: Message, entry: RegisterEntry, finding: Finding) -> list[Reply]:
        """The invitation at once, of who runs the account already, or is staff."""
        enrolment = self._agreeing.enrolled(entry, message.person, finding.person(finding.member_at(entry.society)))
        return self._showing.one(message, enrolment) if enrolment else self._again(message, entry)

    def _again(self, message: Message, entry: RegisterEntry) -> list[Reply]:
        """What is there already, where the same was asked at the same moment."""
        there = standing(entry, message.person.account, self._work)
        mine = self._showing.theirs(there.id, message) if there is not None else None
        if mine is not None:
            return self._showing.one(message, mine)
        return [Told(message.conversation, wording.not_agreed_yet(entry, self._offices.of(entry.society).name))]
