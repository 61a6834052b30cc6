"""Setting somebody up to run an account, in one unit of work: from the invitation to the record."""

from bot import acts
from bot import wording_of_onboarding as wording
from bot.accounts.accepting import Accepting
from bot.accounts.agreeing import Agreeing
from bot.accounts.inviting import Inviting
from bot.accounts.lessons import Lessons
from bot.accounts.rechecking import Rechecking
from bot.accounts.showing import Showing
from bot.accounts.stepping import Stepping
from bot.accounts.taking_over import TakingOver
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Reply, Told
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists


class Onboarding:
    """What is done about enrolments: by whoever is invited, by admins, and by staff."""

    def __init__(
        self,
        library: Library,
        guides: Guides,
        checklists: Checklists,
        offices: Offices,
        precedents: Precedents,
        work: Work,
    ) -> None:
        lessons = Lessons(library, guides, checklists, offices, work)
        agreeing = Agreeing(library, checklists, offices, precedents, work)
        self._showing = Showing(library, lessons, checklists, offices, work)
        self._inviting = Inviting(library, checklists, offices, precedents, work)
        self._taking_over = TakingOver(library, self._showing, checklists, offices, precedents, work)
        self._accepting = Accepting(self._showing, agreeing, offices, work)
        self._stepping = Stepping(library, lessons, self._showing, offices, work)
        self._rechecking = Rechecking(library, checklists, offices, work)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an act, for whoever does it, for staff, and for all whom it concerns.

        What is somebody else's is as if it were not there. Who is not known is told so, and nothing is done.
        """
        if not message.person.account:
            return [Told(message.conversation, wording.NOT_KNOWN)]
        match message.act:
            case acts.ShowOnboarding() as act:
                return self._showing.act(message, act)
            case acts.TakeOver() as act:
                return self._taking_over.act(message, act)
            case acts.Invite() | acts.AgreeTakeOver() | acts.EndEnrolment() as act:
                return self._inviting.act(message, act)
            case acts.AcceptInvitation() | acts.DeclineInvitation() | acts.Snooze() as act:
                return self._accepting.act(message, act)
            case acts.AnswerStep() as act:
                return self._stepping.answer(message, act)
            case acts.ConfirmRead() as act:
                return self._stepping.confirm(message, act)
            case acts.ConfirmChange() as act:
                return self._rechecking.confirm(message, act)
            case _:
                raise TypeError(f"{type(message.act).__name__} is no act of onboarding")
