"""The one door: a message in, a list of replies out, each addressed to a conversation."""

from dataclasses import replace

from bot import acts
from bot.accounts.accounts import Accounts
from bot.admitting import Admitting
from bot.checking import Checking, as_typed
from bot.conversing import Conversing
from bot.desk import Desk
from bot.desk_words import act_from
from bot.escalating import Escalating
from bot.exchanges import Ending, Exchange
from bot.gaps_desk import GapsDesk
from bot.home import Home
from bot.messages import Message
from bot.office import Offices
from bot.ports import Turn, Work
from bot.precedents import Precedents, contradicted
from bot.recording import ending_of, is_pasted, question_before, recorded, with_buttons
from bot.replies import Button, Reply, Said, Told
from bot.replying import FOUND, offered
from bot.routing import Route, Way, route
from bot.ruling_desk import RulingDesk
from bot.suggesting import Suggesting
from bot.wording import TRY_AGAIN, UNSURE, broken
from bot.wording_of_desk import FOR_THE_DESK
from bot.wording_of_flows import said
from bot.wording_of_queries import CHOSEN
from bot.words_that_act import means_home
from knowledge.answers import Reason
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklists

# What staff do at their desk alone; the rest about accounts is anybody's, and shows them more wherever they are.
_AT_DESK = (
    acts.DesksAct
    | acts.AgreeTakeOver
    | acts.EndEnrolment
    | acts.ApproveRequest
    | acts.PutEntry
    | acts.CloseEntry
    | acts.ReopenEntry
    | acts.Invite
    | acts.AddAdmin
    | acts.RemoveAdmin
    | acts.ShowReviews
)


class Assistant:
    """Answers from a library, guides, checks, and carries queries to the desk and rulings back."""

    def __init__(
        self,
        library: Library,
        guides: Guides,
        checking: Checking,
        sharing: Sharing,
        offices: Offices,
        precedents: Precedents,
        checklists: Checklists,
    ) -> None:
        self._library, self._guides, self._checking, self._sharing = library, guides, checking, sharing
        self._checklists = checklists
        self._offices, self._precedents, self._suggesting = offices, precedents, Suggesting(library)

    @property
    def societies(self) -> tuple[str, ...]:
        return self._library.societies

    def get_ready(self) -> None:
        """Finds what is suggested to members, which takes a while, before anybody waits for it."""
        for society in self.societies:
            self._suggesting.questions(society, Party.MEMBER)
            self._suggesting.about_taking_over(society, Party.MEMBER)

    def handle(self, message: Message, work: Work) -> list[Reply]:
        """What to say to a message, to whoever is to hear of it. The society is asked for where nothing tells it."""
        turned_away = Admitting(self._library, self._offices, work).refused(message)
        if turned_away is not None:
            return turned_away
        typed = message.act is None
        message, escalating = _in_words(message), self._escalating(work)
        before = _before(message, work) if message.act is None else None
        if message.act is None and _is_for_desk(message, work):
            return [Told(message.conversation, FOR_THE_DESK)]
        if message.act is None:
            last = work.exchanges.get(before.exchange) if before and before.exchange else None
            message = replace(
                message, act=escalating.meant(message.text, last) or self._of_accounts(message, before, work, typed)
            )
        if message.act is not None:
            return self._act(message, work, escalating)
        refused = escalating.refused(message)
        if refused is not None:
            return refused
        if means_home(message.text) and self._taken(message, before).way is not Way.OPTION:
            return self._home(work).act(message, acts.ShowHome())
        told = self._conversing(work).handle(message)
        told = self._accounts(work).beside(message, self._whose(message, before), told)
        replies = self._kept(_as_asked(message, before), before, told, work, escalating)
        if not typed:
            return replies
        in_flow = before is not None and (before.guided or before.checking)
        way, found = self._taken(message, before).way, ending_of(told) in FOUND
        return [*replies, *offered(message, way, in_flow, found, self._offices, work)]

    def failed(self, message: Message, work: Work, reference: str) -> list[Reply]:
        """What to say where a message could not be handled: a reference, and the way to the office.

        What was asked goes on from there; what was pressed can be pressed again.
        """
        turned_away = Admitting(self._library, self._offices, work).refused(message)
        if turned_away is not None:
            return turned_away
        message, turn = _in_words(message), _before(message, work)
        society = message.society or (turn.society if turn else "")
        office = self._offices.of(society).name
        told = Told(message.conversation, broken(reference, office))
        if message.act is not None:
            return [replace(told, buttons=(Button("again", TRY_AGAIN, message.act),))]
        if society not in self._library.societies:
            return [told]
        before = turn if turn and turn.society == society else None
        kept = work.exchanges.add(
            Exchange(
                "",
                message.conversation,
                message.person,
                society,
                (turn.role if turn else None) or message.role or Party.MEMBER,
                work.now,
                message.text,
                told.text,
                Ending.FAILED,
                said=tuple((one.ask, one.label) for one in self._chosen(message, before)),
                question=self._question(message, before, before, work),
            )
        )
        if turn:
            work.conversations.put(message.conversation, replace(turn, exchange=kept.id))
        return [replace(told, buttons=self._escalating(work).buttons(kept, True))]

    def _act(self, message: Message, work: Work, escalating: Escalating) -> list[Reply]:
        if isinstance(message.act, acts.AdminsAct | acts.RegistersAct | acts.RequestsAct | acts.LinksAct):
            return self._accounts(work).act(message)
        self._accounts(work).other_done(message)
        match message.act:
            case acts.CheckDraft() as act:
                return self._check(message, act, work, escalating)
            case acts.ShowHome() | acts.Greet() as act:
                return self._home(work).act(message, act)
            case (
                acts.Escalate()
                | acts.Send()
                | acts.LeaveUnsent()
                | acts.AddToQuery()
                | acts.Withdraw()
                | acts.ReopenQuery()
                | acts.GiveName()
                | acts.ShowMyQueries()
                | acts.Rate()
                | acts.ShowContext()
                | acts.ShareAnswer()
                | acts.Refer()
            ):
                return escalating.act(message)
            case acts.ShowRulings() | acts.WithdrawRuling() | acts.KeepRuling():
                return RulingDesk(self._library, self._offices, self._precedents, work).act(message)
            case acts.ShowGaps() | acts.ShowWrong() | acts.TakeUp() | acts.Settle():
                return GapsDesk(self._library, self._offices, self._precedents, work).act(message)
            case _:
                return Desk(self._library, self._offices, self._precedents, work).act(message)

    def _check(self, message: Message, act: acts.CheckDraft, work: Work, escalating: Escalating) -> list[Reply]:
        """What is found in a draft that came by itself, kept as if it had been asked for in words."""
        refused = escalating.refused(message)
        if refused is not None:
            return refused
        asked = replace(message, text=as_typed(act.draft), act=None)
        before = _before(asked, work)
        return self._kept(asked, before, self._conversing(work).check(asked, act.draft, act.account), work, escalating)

    def _escalating(self, work: Work) -> Escalating:
        return Escalating(self._library, self._offices, self._precedents, work)

    def _accounts(self, work: Work) -> Accounts:
        return Accounts(
            self._library,
            self._guides,
            self._checklists,
            self._offices,
            self._precedents,
            work,
        )

    def _of_accounts(self, message: Message, before: Turn | None, work: Work, typed: bool) -> acts.Act | None:
        """The act on accounts that words mean, which were typed or pressed."""
        return self._accounts(work).meant(message, self._whose(message, before), typed)

    def _whose(self, message: Message, before: Turn | None) -> str:
        """The society whose policy a message is about; empty where nothing tells it, or none of it is held."""
        held = self._library.societies
        society = message.society or (before.society if before else "") or (held[0] if len(held) == 1 else "")
        return society if society in held else ""

    def _conversing(self, work: Work) -> Conversing:
        library, guides, checking, sharing = self._library, self._guides, self._checking, self._sharing
        return Conversing(library, guides, checking, sharing, self._precedents, self._checklists, work)

    def _home(self, work: Work) -> Home:
        return Home(self._library, self._suggesting, self._offices, self._precedents, self._checklists, work)

    def _said(self, turn: Turn) -> tuple[Said, ...]:
        """What was answered in the flow that was spoken of last."""
        flow = self._guides.named(turn.flow) if turn.guided else None
        return said(flow, [one for one in turn.responses if flow.step(one.step)]) if flow else ()

    def _question(self, message: Message, before: Turn | None, after: Turn | None, work: Work) -> str:
        """The question that a message belongs to where it asks none itself."""
        last = work.exchanges.get(before.exchange) if before and before.exchange else None
        return question_before(message.text, self._taken(message, before), before, after, last)

    def _chosen(self, message: Message, before: Turn | None) -> tuple[Said, ...]:
        """What was chosen, this time and before, of what was offered beside an answer."""
        taken = self._taken(message, before)
        chosen = (*(before.chosen if before else ()), taken.text)
        return (Said(CHOSEN, "; ".join(chosen)),) if taken.way is Way.OPTION else ()

    def _taken(self, message: Message, before: Turn | None) -> Route:
        return route(message.text, before, self._library.societies)

    def _kept(
        self, message: Message, before: Turn | None, replies: list[Reply], work: Work, escalating: Escalating
    ) -> list[Reply]:
        """The replies with their buttons, once what was asked and said is kept."""
        turn = _before(message, work)
        if turn is None or not turn.society:
            return replies
        if before is not None and before.society != turn.society:  # nothing said of one bears on another
            before = None
        question = self._question(message, before, turn, work)
        steps = turn.guided or (before is not None and (before.guided or before.checking))  # of a flow or a check
        said = self._said(turn) if steps else self._chosen(message, before)
        pasted = is_pasted(message.text, self._taken(message, before), before, turn)
        kept = work.exchanges.add(recorded(message, turn, replies, said, work.now, question, pasted))
        passing = kept.ending == Reason.SMALL_TALK and bool(
            turn.question and turn.exchange
        )  # what was spoken of goes on
        work.conversations.put(message.conversation, turn if passing else replace(turn, exchange=kept.id))
        unsure = kept.confidence < UNSURE or any(contradicted(reply) for reply in replies)
        return with_buttons(replies, escalating.buttons(kept, unsure))


def _in_words(message: Message) -> Message:
    """The message; where it is a button that only says words, as if they had been typed."""
    return replace(message, text=message.act.text, act=None) if isinstance(message.act, acts.Say) else message


def _is_for_desk(message: Message, work: Work) -> bool:
    """Whether somebody of the staff writes, where they are an asker, what is typed at a desk; a query of their own is
    theirs to see there."""
    act, account = act_from(message.text), message.person.account
    if not isinstance(act, _AT_DESK) or isinstance(act, acts.ShowWrong | acts.ShowStaff) or not account:
        return False
    if not work.staff.societies(account):
        return False
    ticket = work.tickets.get(act.ticket) if isinstance(act, acts.ShowTicket) else None
    return ticket is None or ticket.asker.account != account


def _before(message: Message, work: Work) -> Turn | None:
    """The last turn of the person of a message in its conversation."""
    return work.conversations.last(message.conversation, message.person.account)


def _as_asked(message: Message, before: Turn | None) -> Message:
    """The message; where it only says whose policy is meant, the question that waited for that."""
    waited = before is not None and not before.society and before.question
    return replace(message, text=before.question) if before is not None and waited else message
