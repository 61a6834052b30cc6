"""Who is answered at all: guests and people of other organisations only where the office admits them."""

from bot.accounts.turned_away import told_of_invited
from bot.acts import Greet, Remark
from bot.keys_of_people import key_of_refusal
from bot.messages import Message
from bot.office import Offices
from bot.people import Standing
from bot.ports import Work
from bot.replies import Reply, Told
from bot.wording_of_home import not_admitted
from knowledge.library import Library


class Admitting:
    """The door, in one unit of work. Of who is turned away there, nothing that they say is kept."""

    def __init__(self, library: Library, offices: Offices, work: Work) -> None:
        self._library, self._offices, self._work = library, offices, work

    def refused(self, message: Message) -> list[Reply] | None:
        """What somebody is told who is not answered, and staff who invited them; None where they are. Staff of the
        society always are.

        Who only opens a conversation, perhaps often, is told once, and who talks beside a query with others, nothing.
        """
        if message.standing is Standing.OWN:
            return None
        held, account = self._library.societies, message.person.account
        society = message.society or (held[0] if len(held) == 1 else "")
        office = self._offices.of(society)
        admitted = office.admits_guests if message.standing is Standing.GUEST else office.admits_outsiders
        if admitted or (account and self._is_staff(society, account)):
            return None
        if isinstance(message.act, Remark):
            return []
        if isinstance(message.act, Greet) and not (account and self._work.first(key_of_refusal(account))):
            return []
        refused = Told(message.conversation, not_admitted(message.standing, office))
        return [refused, *told_of_invited(message, self._offices, self._work)]

    def _is_staff(self, society: str, account: str) -> bool:
        own = self._work.staff.societies(account)
        return society in own if society else bool(own)
