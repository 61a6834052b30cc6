"""All that is done about the accounts that speak in a society's name, behind one door, in one unit of work."""

from bot import acts
from bot.accounts.finding import Finding
from bot.accounts.left_waiting import left_waiting
from bot.accounts.lessons import Lessons
from bot.accounts.linking import Linking
from bot.accounts.offering_requests import with_request
from bot.accounts.offers import noted
from bot.accounts.onboarding import Onboarding
from bot.accounts.register_desk import RegisterDesk
from bot.accounts.requesting import Requesting
from bot.accounts.typed_words import asked_back
from bot.accounts.waiting import shown_here
from bot.accounts.who_runs import WhoRuns
from bot.accounts.words import meant
from bot.limiting import Limiting
from bot.messages import Message
from bot.office import Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Reply
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

# What sends somebody something, or may be tried over and over. A checklist is gone through as quickly as one likes.
_LIMITED = (
    acts.TakeOver
    | acts.Invite
    | acts.PassOn
    | acts.AnswerMessage
    | acts.RequestAccount
    | acts.AskAdvice
    | acts.SendRequest
    | acts.AskAdvice
    | acts.OfferLink
    | acts.Link
)
_LOOKS_UP = acts.ShowRegister | acts.ShowEntry | acts.ShowReviews


class Accounts:
    """Onboarding, the register, requests for new accounts, and links between what one person is called elsewhere."""

    def __init__(
        self,
        library: Library,
        guides: Guides,
        checklists: Checklists,
        offices: Offices,
        precedents: Precedents,
        work: Work,
    ) -> None:
        self._library, self._checklists, self._offices, self._work = library, checklists, offices, work
        self._lessons = Lessons(library, guides, checklists, offices, work)
        self._limiting = Limiting(offices, work)
        self._onboarding = Onboarding(library, guides, checklists, offices, precedents, work)
        self._register = RegisterDesk(library, checklists, offices, precedents, work)
        self._requesting = Requesting(library, checklists, offices, precedents, work)
        self._linking = Linking(work)
        self._who_runs = WhoRuns(library, checklists, offices, work)

    def meant(self, message: Message, society: str, typed: bool) -> acts.Act | None:
        """The act that a whole message means, or that its words are for; None where it is to be taken as words. What
        was not `typed` was pressed as words to say."""
        return meant(message, society, self._lessons, self._work, typed)

    def act(self, message: Message) -> list[Reply]:
        """What comes of an act on accounts, for whoever acts and for all whom it concerns. What it offers can be
        said in words next; what was asked of them before gives way to it, unless they only look something up."""
        asked = asked_back(message, self._work)
        replies: list[Reply] = [asked] if asked else self._done(message)
        if not isinstance(message.act, _LOOKS_UP):
            shown_here(message, self._work)
        noted(message, replies, self._work)
        return replies

    def other_done(self, message: Message) -> None:
        """Notes that somebody did something else: what was offered to them here is no longer taken in words."""
        noted(message, (), self._work)

    def _done(self, message: Message) -> list[Reply]:
        limited = isinstance(message.act, _LIMITED) and not self._is_invited_by_staff(message)
        refused = self._limiting.refused(message) if limited else None
        if refused is not None:
            return refused
        if isinstance(message.act, acts.RegistersAct):
            return self._register.act(message)
        if isinstance(message.act, acts.RequestsAct):
            return self._requesting.act(message)
        if isinstance(message.act, acts.LinksAct):
            return self._linking.act(message)
        return self._onboarding.act(message)

    def _is_invited_by_staff(self, message: Message) -> bool:
        """Whether staff invite somebody to run an account of theirs, which they may do for as many as they like."""
        if not isinstance(message.act, acts.Invite):
            return False
        finding = Finding(self._library, self._offices, self._work, message)
        entry = finding.entry(message.act.entry)
        return entry is not None and finding.member_at(entry.society) is not None

    def beside(self, message: Message, society: str, replies: list[Reply]) -> list[Reply]:
        """What was answered to words, with what the register adds to it, the way to a request where that is next, and
        that a step or a request waits meanwhile."""
        checklist = self._checklists.of(society)
        offered = with_request(replies, checklist) if checklist else replies
        told = self._who_runs.beside(message, offered)
        if told is not offered:
            noted(message, told, self._work)
        return [*told, *left_waiting(message, replies, self._work)]
