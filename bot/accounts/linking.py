"""Links what one person is called on several platforms, by a code shown on one and typed on the other."""

from datetime import timedelta

from bot import wording_of_links as wording
from bot.account_requests import RequestState
from bot.accounts.enrolling import is_open_still, leave_one_each
from bot.acts import Link, OfferLink, ShowOnboarding, Unlink
from bot.messages import Message, own_place
from bot.ports import Work
from bot.register import AccountState
from bot.replies import Button, Reply, Told

_MINUTES = 10  # that a code is good for
_MOST_CODES = 5  # typed within an hour
_LONGEST_CODE = 40  # characters, with whatever stands between them
_NO_CHAT = "email"  # nobody shows who they are there


class Linking:
    """Links in one unit of work. They count for onboarding, the register and requests; never for the staff list."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def act(self, message: Message) -> list[Reply]:
        """What comes of it, for whoever acts and for the accounts that are linked, or were.

        Raises:
            TypeError: it is no act on links.
        """
        if not isinstance(message.act, OfferLink | Link | Unlink):
            raise TypeError(f"{type(message.act).__name__} is no act on links")
        account = message.person.account
        if not account:
            return [Told(message.conversation, wording.NOT_KNOWN)]
        if _platform(account) == _NO_CHAT:
            return [Told(message.conversation, wording.NOT_BY_MAIL)]
        match message.act:
            case OfferLink():
                return [self._offer(message, account)]
            case Link(code=code):
                return self._link(message, account, code)
            case Unlink():
                return self._unlink(message, account)

    def _offer(self, message: Message, account: str) -> Told:
        code = self._work.links.offer(account, self._work.now + timedelta(minutes=_MINUTES))
        text = wording.offered(code, _MINUTES, _platform(account))
        return Told(message.conversation, text, buttons=(Button("link", wording.ENTER, Link("")),))

    def _link(self, message: Message, account: str, code: str) -> list[Reply]:
        again = Button("link", wording.ENTER, Link(""))
        if not code.strip():
            return [Told(message.conversation, wording.WHAT_CODE, buttons=(again,))]
        if self._work.links.tried(account) > _MOST_CODES:
            return [Told(message.conversation, wording.TOO_MANY)]
        other = self._work.links.offered_by(code) if len(code) <= _LONGEST_CODE else ""
        if not other:
            return [Told(message.conversation, wording.WRONG, buttons=(again,))]
        if other == account:
            new = Button("offer_link", wording.NEW_CODE, OfferLink())
            return [Told(message.conversation, wording.OWN_CODE, buttons=(new,))]
        fault = self._fault(account, other)
        if fault:
            return [Told(message.conversation, fault)]
        joining = dict.fromkeys(self._work.links.accounts(other), account)  # with which each is linked by this
        joining |= dict.fromkeys(self._work.links.accounts(account)[1:], other)
        self._work.links.link(account, other)
        leave_one_each(account, self._work)
        own = Button("unlink", wording.UNLINK, Unlink())
        here = Told(message.conversation, self._linked(account, other), buttons=(*self._onboarding(account), own))
        return [
            here,
            *(
                Told(own_place(one), f"{self._linked(one, new)} {wording.NOT_ME}", buttons=(own,))
                for one, new in joining.items()
            ),
        ]

    def _fault(self, account: str, other: str) -> str:
        """Why these two cannot be linked; empty where they can."""
        here, there = self._work.links.accounts(account), self._work.links.accounts(other)
        if other in here:
            return wording.linked_already(_platform(other))
        if _platform(account) == _platform(other):
            return wording.same_platform(_platform(other))
        shared = {_platform(one) for one in here} & {_platform(one) for one in there}
        return wording.linked_elsewhere(min(shared)) if shared else ""

    def _linked(self, account: str, other: str) -> str:
        """That two accounts are linked, told to one, with what is together by that."""
        accounts = self._work.links.accounts(account)
        entries = (one for one in self._work.register.run_by(accounts) if one.state is not AccountState.CLOSED)
        open_ones = [one for one in self._work.enrolments.of(accounts) if is_open_still(one, self._work)]
        gathering = [one for one in self._work.requests.of(accounts) if one.state is RequestState.GATHERING]
        handles = [entry.handle for entry in entries]
        return wording.linked(_platform(other), handles, len(open_ones), len(gathering))

    def _onboarding(self, account: str) -> tuple[Button, ...]:
        theirs = self._work.enrolments.of(self._work.links.accounts(account))
        held = any(is_open_still(one, self._work) for one in theirs)
        return (Button("onboarding", wording.SHOW_ONBOARDING, ShowOnboarding()),) if held else ()

    def _unlink(self, message: Message, account: str) -> list[Reply]:
        others = self._work.links.accounts(account)[1:]
        if not others or not self._work.links.unlink(account):
            offer = Button("offer_link", wording.OFFER, OfferLink())
            return [Told(message.conversation, wording.NOT_LINKED, buttons=(offer,))]
        told = wording.unlinked([_platform(one) for one in others])
        parted = wording.parted(_platform(account))
        return [Told(message.conversation, told), *(Told(own_place(one), parted) for one in others)]


def _platform(account: str) -> str:
    return account.partition(":")[0]
