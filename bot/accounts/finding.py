"""Whose register somebody means, and which account on it; what is another society's is as if it were not there."""

from dataclasses import replace

from bot.accounts.naming import find
from bot.acts import ShowRegister, ShowReviews
from bot.messages import Message
from bot.office import Offices
from bot.people import Person, StaffMember
from bot.ports import Work
from bot.register import Admin, RegisterEntry
from bot.replies import Button, Entry, Listed
from bot.wording_of_desk import SHOW_HERE
from bot.wording_of_register import WHOSE_REGISTER
from knowledge.clauses import Party
from knowledge.library import Library

_ID_DIGITS = 18


class Finding:
    """Finds for one message: who writes, in which societies, and which account they name."""

    def __init__(self, library: Library, offices: Offices, work: Work, message: Message) -> None:
        self._library, self._offices, self._work, self._message = library, offices, work, message

    @property
    def accounts(self) -> tuple[str, ...]:
        """All by which whoever writes is known; none for who is not known."""
        account = self._message.person.account
        return self._work.links.accounts(account) if account else ()

    def society(self, asked: str = "") -> str:
        """The society that is meant: the one asked for, if they may see it, else that of the conversation, else the
        only one where they are staff, else the only one whose policy is held. Empty where none of these tells."""
        own, there = self._work.staff.societies(self._message.person.account), self._there
        if asked in own:
            return asked
        if asked and there in ("", asked):
            return asked if asked in self._library.societies else ""
        if there:
            return there
        held = self._library.societies
        return own[0] if len(own) == 1 else held[0] if len(held) == 1 else ""

    def which_society(self, act: ShowRegister | ShowReviews) -> Listed:
        """The registers to choose from, with the same act for each."""
        own = self._work.staff.societies(self._message.person.account)
        entries = tuple(
            Entry(self._offices.of(one).name, (one,), (Button("show", SHOW_HERE, replace(act, society=one)),))
            for one in own or self._library.societies
        )
        return Listed(self._message.conversation, WHOSE_REGISTER, entries)

    def entry(self, name: str) -> RegisterEntry | None:
        """The account of an id or a handle, in a society of whoever writes; None where there is none."""
        name = name.strip()
        if name.isascii() and name.isdecimal() and len(name) <= _ID_DIGITS:
            found = self._work.register.get(str(int(name)))
            if found is not None and found.society in self._societies:
                return found
        found_by_handle = (self._work.register.of_handle(society, name) for society in self._societies if name)
        return next(filter(None, found_by_handle), None)

    def entries(self, words: str) -> tuple[RegisterEntry, ...]:
        """The accounts of an id, a handle or other words; several where these do not tell which."""
        exact = self.entry(words)
        if exact is not None:
            return (exact,)
        return tuple(found for society in self._societies for found in find(words, self._work.register.of(society)))

    def own(self, words: str = "") -> tuple[RegisterEntry, ...]:
        """The accounts that whoever writes runs, closed ones aside; with words, those of them that these name."""
        mine = [one for one in self._work.register.run_by(self.accounts) if one.society in self._societies]
        exact = self.entry(words) if words.strip() else None
        if exact is not None:
            return tuple(one for one in mine if one.id == exact.id)
        return find(words, mine) if words.strip() else tuple(mine)

    def admin_of(self, entry: RegisterEntry) -> Admin | None:
        """Whoever writes, as somebody who runs an account; None where they do not."""
        return entry.admin(self.accounts) if self.accounts else None

    def known_as(self, admin: Admin) -> Person:
        """Whoever writes, as an admin by the account that they have on the register: by the name that they bring."""
        person = self._message.person
        return person if person.name and person.account == admin.person.account else admin.person

    def member_at(self, society: str) -> StaffMember | None:
        """Whoever writes, as staff of a society: by the account that they write from, and by no other."""
        account = self._message.person.account
        return self._work.staff.member(society, account) if account else None

    def person(self, member: StaffMember | None = None) -> Person:
        """Whoever writes, by the name on the staff list where they bring none."""
        person = self._message.person
        return person if person.name or member is None else member.person

    @property
    def role(self) -> Party:
        """What whoever writes says they are."""
        turn = self._work.conversations.last(self._message.conversation, self._message.person.account)
        return self._message.role or (turn.role if turn else Party.MEMBER)

    @property
    def _there(self) -> str:
        """The society of the place or the conversation where somebody writes; empty where neither tells."""
        turn = self._work.conversations.last(self._message.conversation, self._message.person.account)
        return self._message.society or (turn.society if turn else "")

    @property
    def _societies(self) -> tuple[str, ...]:
        """The societies whose accounts whoever writes can speak of: that of the place, and those where they are staff;
        where it is open all that are held, that of the conversation first."""
        own, place = self._work.staff.societies(self._message.person.account), self._message.society
        there = (place,) if place else (self._there, *self._library.societies)
        return tuple(dict.fromkeys(one for one in (*there, *own) if one))
