"""Who may act at a desk: whether somebody is staff of a society, and the list itself, which staff keep."""

import re
from dataclasses import replace

from bot import wording_of_desk as wording
from bot.acts import AddStaff, RemoveStaff, ShowGaps, ShowQueue, ShowRulings, ShowStaff, ShowWrong
from bot.cards import staff_name
from bot.messages import Message
from bot.office import Offices
from bot.people import Person, StaffMember
from bot.ports import Wanted, Work
from bot.replies import Button, Entry, Listed, Reply, Told
from bot.tickets import WAITING
from knowledge.questions import plain

_AT_A_DESK = ShowQueue | ShowStaff | AddStaff | RemoveStaff | ShowRulings | ShowGaps | ShowWrong
_ACCOUNT = re.compile(r"[a-z][a-z0-9_-]{0,31}:\S{1,200}")
_IDS = {  # how a platform calls people, where that can be told from anything else
    "slack": re.compile(r"[UW][A-Z0-9]{1,30}"),
    "teams": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
PLATFORMS = ("console", "slack", "teams")  # on which people are written to
LONGEST_NAME = 100  # characters of a name or a job title
_HELD = 50  # queries of somebody taken off the list that are named


def member_at(society: str, message: Message, work: Work) -> StaffMember | None:
    """The person of a message as staff of a society; None where they are not on its list."""
    return work.staff.member(society, message.person.account) if message.person.account else None


def refusal(message: Message) -> Told:
    """What somebody is told who is not on the list; it does not say whether what they named is there."""
    return Told(message.conversation, wording.REFUSED)


def desk_of(asked: str, message: Message, offices: Offices, work: Work) -> StaffMember | Told | Listed:
    """The person of a message as staff of the society that they ask for, or of their own where they name none.

    Else what to reply: a refusal, or the desks to choose from, with the same act for each.
    """
    account = message.person.account
    own = work.staff.societies(account) if account else ()
    society = asked or (own[0] if len(own) == 1 else "")
    member = member_at(society, message, work) if society else None
    if member is not None:
        return member
    if asked or not own or not isinstance(message.act, _AT_A_DESK):
        return refusal(message)
    entries = tuple(
        Entry(offices.of(one).name, (one,), (Button("show", wording.SHOW_HERE, replace(message.act, society=one)),))
        for one in own
    )
    return Listed(message.conversation, wording.WHICH_DESK, entries)


class Staffing:
    """Shows the staff list of a society and changes it, for those who are on it."""

    def __init__(self, offices: Offices, work: Work) -> None:
        self._offices, self._work = offices, work

    def act(self, message: Message) -> list[Reply]:
        """What comes of showing the list, adding somebody or taking somebody off."""
        act = message.act
        if not isinstance(act, ShowStaff | AddStaff | RemoveStaff):
            raise TypeError(f"{type(act).__name__} is no act on a staff list")
        member = desk_of(act.society, message, self._offices, self._work)
        if not isinstance(member, StaffMember):
            return [member]
        match act:
            case ShowStaff():
                return [self._listed(member.society, message.conversation)]
            case AddStaff():
                return self._add(replace(act, society=member.society), message.conversation)
            case RemoveStaff():
                return self._remove(replace(act, society=member.society), message)

    def _listed(self, society: str, conversation: str) -> Listed:
        office = self._offices.of(society)
        entries = tuple(
            Entry(
                wording.staff_entry(self._name(one), one.person.account),
                buttons=(Button("remove", wording.TAKE_OFF, RemoveStaff(society, one.person.account)),),
            )
            for one in self._work.staff.of(society)
        )
        add = Button("add", wording.ADD_SOMEBODY, AddStaff(society, ""))
        return Listed(conversation, wording.staff_heading(office.name), entries, buttons=(add,))

    def _add(self, act: AddStaff, conversation: str) -> list[Reply]:
        account = act.account.strip()
        if not is_account(account):
            return [Told(conversation, wording.NOT_AN_ACCOUNT)]
        if not may_be_of_somebody(account):
            return [Told(conversation, wording.NOBODY_THERE[account.partition(":")[0]])]
        before = self._work.staff.member(act.society, account)
        name = one_line(act.name) or (before.person.name if before else "")
        title = one_line(act.title) or (before.title if before else "")
        member = StaffMember(Person(account, name), act.society, title)
        self._work.staff.add(member)
        office = self._offices.of(act.society)
        told = wording.added(self._name(member), office.name, before is None)
        return [Told(conversation, told), self._listed(act.society, conversation)]

    def _remove(self, act: RemoveStaff, message: Message) -> list[Reply]:
        listed, account, conversation = self._work.staff.held(act.society), act.account.strip(), message.conversation
        if all(one.person.account != message.person.account for one in listed):  # they were taken off just now
            return [refusal(message)]
        member = next((one for one in listed if one.person.account == account), None)
        if member is None:
            return [Told(conversation, wording.not_listed(account))]
        if len(listed) == 1:
            return [Told(conversation, wording.NOT_ALONE)]
        name = self._name(member)
        self._work.staff.remove(act.society, account)
        held = self._work.tickets.queue(Wanted(act.society, WAITING, holder=account), 0, _HELD).tickets
        return [Told(conversation, wording.removed(name, [ticket.id for ticket in held]))]

    def _name(self, member: StaffMember) -> str:
        return staff_name(member.person, member.society, self._offices.of(member.society), self._work)


def is_account(account: str) -> bool:
    """Whether this can be the account of somebody on a platform."""
    return _ACCOUNT.fullmatch(account) is not None and plain(account) == account


def may_be_of_somebody(account: str) -> bool:
    """Whether its platform has ids like that of this account; nobody would ever come with another."""
    platform, _, name = account.partition(":")
    return platform not in _IDS or bool(_IDS[platform].fullmatch(name))


def is_reached(account: str) -> bool:
    """Whether this can be the account of somebody to whom something can be said unasked."""
    return is_account(account) and account.partition(":")[0] in PLATFORMS and may_be_of_somebody(account)


def one_line(text: str) -> str:
    """A name or a title, on one line and not too long."""
    return " ".join(plain(text).split())[:LONGEST_NAME]
