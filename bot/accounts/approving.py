"""Staff approve a request for a new account: it goes on the register, its admins are invited, the group is told."""

from dataclasses import replace

from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest, Field, RequestState, proposed
from bot.accounts.enrolling import Contended
from bot.accounts.entry_texts import PLATFORM, fault_in, in_one_line
from bot.accounts.inviting import Inviting
from bot.accounts.request_words import admins_of
from bot.acts import ApproveRequest, Invite, ReopenTicket
from bot.following import LONGEST_LINE
from bot.messages import Message
from bot.moving import Acting, Moving, Overtaken, ticket_named
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.register import Change, RegisterEntry, RegisterMove
from bot.replies import Button, Reply, Told
from bot.staffing import member_at, refusal
from bot.telling_askers import told_asker
from bot.ticket_keys import came_of
from bot.tickets import MoveRefused, What
from bot.wording_of_desk import NO_SUCH
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists
from knowledge.questions import plain


class Approving:
    """What staff do to grant a request, in one unit of work. Closing its ticket refuses it."""

    def __init__(
        self, library: Library, checklists: Checklists, offices: Offices, precedents: Precedents, work: Work
    ) -> None:
        self._offices, self._work = offices, work
        self._moving = Moving(library, offices, precedents, work)
        self._inviting = Inviting(library, checklists, offices, precedents, work)

    def approve(self, message: Message, act: ApproveRequest) -> list[Reply]:
        """What comes of it, for whoever approves, the desk, the group and those who are invited. Of two at once the
        second is told who was first; a handle that is taken changes nothing.

        Raises:
            Contended: the handle was taken at this very moment; nothing of this work is to be kept. Tried again, that
                is told.
        """
        ticket = ticket_named(act.ticket, self._work)
        member = member_at(ticket.society, message, self._work) if ticket else None
        if ticket is None and message.person.account and self._work.staff.societies(message.person.account):
            return [Told(message.conversation, NO_SUCH)]
        if ticket is None or member is None:
            return [refusal(message)]
        at = Acting(member, ticket, message)
        kind, name = came_of(ticket.key)
        if kind != "request":
            return [at.told(wording.NO_REQUEST), self._moving.card(ticket, at.conversation)]
        if (act.version and act.version != ticket.version) or not ticket.waits:
            return self._moving.second(at, act, act.version if act.version != ticket.version else 0)
        request = self._work.requests.get(name)
        if request is None or not request.given:
            return [at.told(wording.NO_LONGER_KEPT)]
        there = self._work.register.get(request.entry) if request.entry else None
        if there is not None:
            return [at.told(wording.approved_already(there.handle)), self._moving.card(ticket, at.conversation)]
        found = self._entry(at, act, request)
        if not isinstance(found, RegisterEntry):
            return [found]
        try:
            return self._granted(at, request, found, plain(act.words))
        except (MoveRefused, Overtaken):
            return self._moving.second(at, act, ticket.version)

    def _entry(self, at: Acting, act: ApproveRequest, request: AccountRequest) -> RegisterEntry | Told:
        """The account that would go on the register; else why it cannot."""
        handle, platform = proposed(request.of(Field.HANDLE))
        handle, platform = in_one_line(act.handle) or handle, in_one_line(act.platform) or platform
        entries = self._work.register.of(request.society)
        again = Button(
            "approve", wording.APPROVE, replace(act, version=at.ticket.version, handle="", platform=platform)
        )
        taken = next((one for one in entries if _bare(one.handle) == _bare(handle)), None)
        fault = ""
        if not handle:
            fault = wording.NO_HANDLE
        elif not platform:
            fault, again = wording.NO_PLATFORM, replace(again, act=replace(act, handle=handle, platform=""))
        elif taken is not None:
            fault = wording.on_register_already(taken.handle, taken.group)
        fault = fault or fault_in(Field.HANDLE, handle, entries) or fault_in(PLATFORM, platform, entries)
        if not fault and len(plain(act.words)) > LONGEST_LINE:
            fault = wording.too_long(len(plain(act.words)), LONGEST_LINE)
        if fault:
            return at.told(fault, act.words, (again,))
        return RegisterEntry(
            id="",
            society=request.society,
            handle=handle,
            platform=platform,
            group=in_one_line(request.of(Field.GROUP)),
            purpose=in_one_line(request.of(Field.PURPOSE)),
            audience=in_one_line(request.of(Field.AUDIENCE)),
        )

    def _granted(self, at: Acting, request: AccountRequest, wanted: RegisterEntry, words: str) -> list[Reply]:
        """The ticket is moved first: whoever is second there does nothing.

        Raises:
            MoveRefused: the ticket does not wait.
            Overtaken: somebody was first.
            Contended: somebody gave the handle to another account meanwhile.
        """
        office, admins = self._moving.office(at), admins_of(request, at.ticket.asker)
        text = wording.approved(wanted.handle, wanted.platform, office, bool(admins))
        after, move = self._moving.make(at, What.ANSWERED, f"{text}\n\n{words}" if words else text)
        entry = self._added(at, wanted)
        granted = replace(request, state=RequestState.APPROVED, entry=entry.id, version=request.version + 1)
        self._work.requests.change(granted)
        invited: list[Reply] = []
        for person in admins:
            invited += self._inviting.invite(entry, person, at.person)
        told = wording.approved_for_staff(after.id, entry.handle, len(admins))
        buttons: tuple[Button, ...] = ()
        asked = request.of(Field.QUESTIONS)
        if not admins:
            buttons = (Button("invite", wording.INVITE, Invite(entry.id)),)
        if asked and not words:
            told = f"{told} {wording.questions_open(asked, after.id)}"
            buttons = (*buttons, Button("reopen", wording.ANSWER_QUESTIONS, ReopenTicket(after.id, after.version)))
        asker = told_asker(after, move, office, at.member.title)
        return [at.told(told, buttons=buttons), *self._moving.cards(at, after), *asker, *invited]

    def _added(self, at: Acting, wanted: RegisterEntry) -> RegisterEntry:
        """The account on the register.

        Raises:
            Contended: somebody put one of its handle there at this very moment, for whomever; nothing of this is kept.
        """
        move = RegisterMove("", 1, self._work.now, at.person, Change.ADDED)
        added = self._work.register.add(wanted, move)
        if added is None:
            raise Contended(wanted.handle)
        return added


def _bare(handle: str) -> str:
    """A handle, however it is written."""
    return handle.removeprefix("@").casefold()
