"""What somebody sees first, and the welcome to who has just come."""

from dataclasses import replace

from bot import wording_of_home as wording
from bot.accounts.waiting_messages import waiting_messages
from bot.acts import (
    Greet,
    Say,
    ShowGaps,
    ShowHome,
    ShowMyQueries,
    ShowOnboarding,
    ShowQueue,
    ShowRegister,
    ShowRulings,
    ShowStaff,
    ShowWrong,
    TakeOver,
)
from bot.following import Following
from bot.keys_of_people import key_of_welcome
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.queueing import Queue
from bot.replies import Button, Entry, Listed, Overview, Reply, Told
from bot.staffing import member_at
from bot.suggesting import Suggesting
from bot.wording_of_queries import YOUR_QUERIES
from knowledge.clauses import Party
from knowledge.library import Library
from knowledge.official import without_names
from knowledge.onboarding.checklist import Checklists


class Home:
    """Shows what can be asked, what became of somebody's queries and, to staff, what waits; in one unit of work."""

    def __init__(
        self,
        library: Library,
        suggesting: Suggesting,
        offices: Offices,
        precedents: Precedents,
        checklists: Checklists,
        work: Work,
    ) -> None:
        self._library, self._suggesting, self._offices, self._work = library, suggesting, offices, work
        self._checklists = checklists
        self._following = Following(library, offices, precedents, work)
        self._queue = Queue(library, offices, work)

    def act(self, message: Message, act: ShowHome | Greet) -> list[Reply]:
        """The overview; or the welcome, once to each person, and to nobody who is not known."""
        society, role = self._whose(message)
        if isinstance(act, ShowHome):
            return [self._overview(message, society, role)]
        account = message.person.account
        if not account or not self._work.first(key_of_welcome(account)):
            return []
        if society:
            text = wording.welcome(self._library.policy_of(society), self._offices.of(society))
        else:
            text = wording.welcome_of_several()
        return [Told(message.conversation, text, buttons=self._suggestions(society, role))]

    def _overview(self, message: Message, society: str, role: Party) -> Overview:
        if society:
            opening = wording.opening(self._library.policy_of(society), self._offices.of(society))
        else:
            opening = wording.opening_of_several()
        return Overview(
            message.conversation,
            opening,
            self._suggestions(society, role),
            self._taking_over(message, society, role),
            self._queries(message),
            self._desk(message, society),
            self._messages(message, society),
        )

    def _taking_over(self, message: Message, society: str, role: Party) -> Entry:
        """How to take over an account: by the checklist of the society, or where there is none by a question."""
        if self._checklists.of(society) is None:
            asked = self._suggesting.about_taking_over(society, role) if society else wording.ABOUT_TAKING_OVER[0]
            return Entry(wording.TAKING_OVER, (wording.BEGIN_WITH_THIS,), (Button("onboarding", asked, Say(asked)),))
        begin = Button("onboarding", wording.I_TAKE_OVER, TakeOver())
        account = message.person.account
        accounts = self._work.links.accounts(account) if account else ()
        if not any(one.is_open for one in self._work.enrolments.of(accounts)):
            return Entry(wording.TAKING_OVER, (wording.STEP_BY_STEP,), (begin,))
        go_on = Button("onboarding", wording.GO_ON, ShowOnboarding())
        return Entry(wording.TAKING_OVER, (wording.BEGUN,), (go_on, begin))

    def _suggestions(self, society: str, role: Party) -> tuple[Button, ...]:
        """Questions to begin with; where it is not known whose policy is meant, the societies to choose from."""
        if not society:
            held = (self._library.policy_of(one) for one in self._library.societies)
            return tuple(Button("suggest", one.organisation, Say(one.society)) for one in held)
        hidden = self._offices.of(society).hide_names
        questions = self._suggesting.questions(society, role)
        return tuple(Button("suggest", one, Say(one)) for one in questions if one == without_names(one, hidden))

    def _queries(self, message: Message) -> Listed:
        (mine,) = self._following.act(message, ShowMyQueries())
        if isinstance(mine, Listed):
            return mine
        remarks = mine.text if isinstance(mine, Told) else ""
        return Listed(message.conversation, YOUR_QUERIES, (), remarks)

    def _messages(self, message: Message, society: str) -> Listed | None:
        """What waits for an answer of whoever runs an account; of every society, where none is named."""
        account = message.person.account
        entries = self._work.register.run_by(self._work.links.accounts(account)) if account else ()
        here = [one for one in entries if society in ("", one.society)]
        return waiting_messages(here, self._offices, self._work, message.conversation)

    def _desk(self, message: Message, society: str) -> Listed | None:
        """What waits at the desk, for its staff; at the only one where somebody may act, where none is named."""
        account = message.person.account
        own = self._work.staff.societies(account) if account else ()
        desk = society or (own[0] if len(own) == 1 else "")
        if not desk or member_at(desk, message, self._work) is None:
            return None
        (queue,) = self._queue.show(message, ShowQueue(desk))
        if not isinstance(queue, Listed):
            return None
        further = (
            Button("rulings", wording.RULINGS, ShowRulings(desk)),
            Button("gaps", wording.GAPS, ShowGaps(desk)),
            Button("wrong", wording.CALLED_WRONG, ShowWrong(desk)),
            Button("register", wording.REGISTER, ShowRegister(desk)),
            Button("staff", wording.STAFF_LIST, ShowStaff(desk)),
        )
        return replace(queue, buttons=(*queue.buttons, *further))

    def _whose(self, message: Message) -> tuple[str, Party]:
        """The society whose policy is meant, empty where that is not known, and as what somebody asks."""
        held, account = self._library.societies, message.person.account
        turn = self._work.conversations.last(message.conversation, account)
        society = message.society or (turn.society if turn else "") or (held[0] if len(held) == 1 else "")
        role = turn.role if turn and turn.society == society else message.role
        return society, role or self._work.conversations.role_of(account, society) or Party.MEMBER
