"""What a button, a form or a command does, apart from words: values that a platform carries back as they were given.

Whoever presses is in the message. `exchange`, `ticket` and `ruling` are ids. `version` is the one that was shown: an
act on a ticket that has moved on since is refused, and who was first is told.
"""

from dataclasses import dataclass

from bot.tickets import State
from knowledge.clauses import Verdict
from knowledge.questions import Account


@dataclass(frozen=True, slots=True)
class Say:
    """Says words, as if they had been typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """Shows what would go to the office. Sends nothing."""

    exchange: str


@dataclass(frozen=True, slots=True)
class Send:
    """Sends what was shown, without the parts that are left out (their `Part.id`), and with a line of the asker's.

    `shortened` is the post as it is to go, with words of it left out; empty where it goes as it is.
    """

    exchange: str
    named: bool
    left_out: tuple[str, ...] = ()
    added: str = ""
    shortened: str = ""


@dataclass(frozen=True, slots=True)
class LeaveUnsent:
    """Leaves what was shown unsent."""

    exchange: str


@dataclass(frozen=True, slots=True)
class AddToQuery:
    """Adds words of the asker's to a query of theirs; they answer what staff asked back, where something was."""

    ticket: str
    text: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Takes a query of the asker's own back."""

    ticket: str


@dataclass(frozen=True, slots=True)
class ReopenQuery:
    """Opens a query of the asker's own again, with what is still unclear."""

    ticket: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class GiveName:
    """The asker agrees that the desk sees their name."""

    ticket: str


@dataclass(frozen=True, slots=True)
class ShowMyQueries:
    """What became of the asker's queries."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Whether an answer was right, with a reason where it was not."""

    exchange: str
    right: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShowContext:
    """Shows the clauses of an answer among those that stand around them."""

    exchange: str


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """Shows an answer of the asker's own to everybody in the conversation `to`."""

    exchange: str
    to: str


@dataclass(frozen=True, slots=True)
class Refer:
    """Shows what would go to the office of a message that somebody wrote, perhaps the asker. Sends nothing."""

    words: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """Checks a draft for the account that it will go out from."""

    draft: str
    account: Account


@dataclass(frozen=True, slots=True)
class ShowHome:
    """What somebody sees first: what can be asked, what became of their queries, and for staff what waits."""


@dataclass(frozen=True, slots=True)
class Greet:
    """Welcomes somebody who has opened a conversation with the bot; once, however often they do."""


@dataclass(frozen=True, slots=True)
class ShowQueue:
    """The queries at the desk of a society. Empty fields leave nothing out; `words` are searched for in the text."""

    society: str = ""
    states: tuple[State, ...] = (State.OPEN, State.CLAIMED)
    words: str = ""
    topic: str = ""  # the id of a clause, or how it begins: ipem/retweeting
    role: str = ""
    mine: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowTicket:
    """One query with all that is known about it."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Takes a query."""

    ticket: str
    version: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Gives a query to another member of staff, by their account."""

    ticket: str
    version: int
    to: str


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """A ruling for all, as staff word it: the question in general words, the verdict, and the clauses it rests on."""

    question: str
    verdict: Verdict
    clauses: tuple[str, ...]
    words: str  # the answer, in general words


@dataclass(frozen=True, slots=True)
class AnswerQuery:
    """Answers a query, and all that are joined to it. With a ruling, what identifies anybody is shown first: only where
    `confirmed` is set is anything saved or sent."""

    ticket: str
    version: int
    text: str
    ruling: RulingDraft | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AskBack:
    """Asks the asker something."""

    ticket: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What staff say beside a query among themselves. It goes to nobody, and is offered to be sent on."""

    ticket: str
    words: str


@dataclass(frozen=True, slots=True)
class AskForName:
    """Asks an asker whose name is withheld to give it."""

    ticket: str
    version: int


@dataclass(frozen=True, slots=True)
class Close:
    """Closes a query with a reason, which the asker is told."""

    ticket: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """Opens a query again from the desk."""

    ticket: str
    version: int


@dataclass(frozen=True, slots=True)
class Join:
    """Joins other open queries to this one, so that one answer goes to every asker. Every recipient is shown first:
    only where `confirmed` is set is anything joined."""

    ticket: str
    version: int
    others: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ShowRulings:
    """The rulings of a society, those that need a look first."""

    society: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRuling:
    """Takes a ruling back: it is cited no longer. `tell` has those told whose query it answered."""

    ruling: str
    version: int
    reason: str = ""
    tell: bool = False


@dataclass(frozen=True, slots=True)
class KeepRuling:
    """Says that a ruling still holds, until its next review; that clears what was flagged."""

    ruling: str
    version: int


@dataclass(frozen=True, slots=True)
class ShowGaps:
    """What the policy fails to say."""

    society: str = ""


@dataclass(frozen=True, slots=True)
class ShowWrong:
    """The answers that askers called wrong."""

    society: str = ""


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Makes a ticket of an answer that somebody called wrong; of a question that is open, one without its asker."""

    exchange: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Says that an answer which somebody called wrong is seen to: a clause is mended, or nothing has to be."""

    exchange: str


@dataclass(frozen=True, slots=True)
class ShowStaff:
    """Who may act at the desk."""

    society: str = ""


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Puts somebody on the staff list."""

    society: str
    account: str
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RemoveStaff:
    """Takes somebody off the staff list."""

    society: str
    account: str


@dataclass(frozen=True, slots=True)
class ShowOnboarding:
    """Where somebody stands who is being set up to run an account: the next step; without an id, of their own."""

    enrolment: str = ""


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Says that somebody has taken over an account, by its handle or by what else names it. Only where `confirmed` is
    set are staff asked to agree."""

    account: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Invite:
    """Invites somebody (platform:id) to run an account on the register. Of an admin who leaves it is a proposal, to
    which staff agree."""

    entry: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class AgreeTakeOver:
    """Staff agree that the person of a ticket's enrolment is to run the account: they are invited."""

    ticket: str
    version: int


@dataclass(frozen=True, slots=True)
class EndEnrolment:
    """Staff end an enrolment."""

    enrolment: str
    version: int


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Somebody who was invited accepts, and begins."""

    enrolment: str


@dataclass(frozen=True, slots=True)
class DeclineInvitation:
    """Somebody who was invited declines, or gives it up."""

    enrolment: str


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """Answers a step of a checklist: `item` is what of it, `given` the option or words."""

    enrolment: str
    step: str
    item: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Puts the reminders of an enrolment off."""

    enrolment: str


@dataclass(frozen=True, slots=True)
class ConfirmRead:
    """Says that every clause of a checklist was read, in the words that were shown, of which `shown` is a digest; that
    ends it."""

    enrolment: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmChange:
    """Answers the question about a clause that has changed since it was confirmed."""

    enrolment: str
    clause: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """An admin says that they are leaving an account; without an id, the only one that they run."""

    entry: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """An admin takes that back."""

    entry: str


@dataclass(frozen=True, slots=True)
class ConfirmEntry:
    """An admin says whether an account is still active, for the same purpose (else for which), and who has access."""

    entry: str
    version: int
    active: bool = True
    purpose: str = ""  # empty: the same
    access: str = ""  # "two" or "fewer"


@dataclass(frozen=True, slots=True)
class PassOn:
    """Passes a member's message on to whoever runs an account. Only where `confirmed` is set does anything go."""

    entry: str
    words: str = ""
    named: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AnswerMessage:
    """An admin answers a message that was passed on to them, by its ticket."""

    ticket: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RequestAccount:
    """Begins the request of a group for a new account, or goes on with it."""

    request: str = ""


@dataclass(frozen=True, slots=True)
class FillRequest:
    """Says something for a request: `field` is one of `bot.account_requests.Field`."""

    request: str
    field: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Sends a request, as it was shown, to the post that it is for."""

    request: str
    version: int


@dataclass(frozen=True, slots=True)
class DropRequest:
    """Gives a request up that was not sent."""

    request: str


@dataclass(frozen=True, slots=True)
class AskAdvice:
    """Says that a group is not sure whether it needs an account: shows who can advise it. Only where `confirmed` is set
    are they asked."""

    request: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ApproveRequest:
    """Staff approve the request of a ticket: the account is put on the register, and its admins are invited. `words`
    go to the group with that, such as what to say about naming and branding; they may be empty."""

    ticket: str
    version: int
    handle: str = ""
    platform: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class OfferLink:
    """Gives somebody a code to type on another platform, so that they are known to be the same person there."""


@dataclass(frozen=True, slots=True)
class Link:
    """Takes such a code."""

    code: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """Parts the accounts that were linked with this one."""


@dataclass(frozen=True, slots=True)
class ShowRegister:
    """The register of a society. `only` leaves the rest out: "unconfirmed", or "admins" for those that need one."""

    society: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """One account with its history, by its id or what names it."""

    entry: str


@dataclass(frozen=True, slots=True)
class PutEntry:
    """Puts an account on the register, or changes one. Empty fields of one that is there stay as they are."""

    society: str
    entry: str = ""
    version: int = 0
    handle: str = ""
    platform: str = ""
    group: str = ""
    purpose: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class CloseEntry:
    """Says that an account is no longer used."""

    entry: str
    version: int


@dataclass(frozen=True, slots=True)
class ReopenEntry:
    """Says that it is used again."""

    entry: str
    version: int


@dataclass(frozen=True, slots=True)
class AddAdmin:
    """Notes somebody as an admin of an account who runs it already, without having them invited."""

    entry: str
    version: int
    account: str = ""


@dataclass(frozen=True, slots=True)
class RemoveAdmin:
    """Takes somebody off the admins of an account."""

    entry: str
    version: int
    account: str


@dataclass(frozen=True, slots=True)
class ShowReviews:
    """What of policies, rulings and the register is due to be looked at in the next days."""

    society: str = ""


AdminsAct = (
    ShowOnboarding
    | TakeOver
    | Invite
    | AgreeTakeOver
    | EndEnrolment
    | AcceptInvitation
    | DeclineInvitation
    | AnswerStep
    | Snooze
    | ConfirmRead
    | ConfirmChange
)
RegistersAct = (
    ShowRegister
    | ShowEntry
    | PutEntry
    | CloseEntry
    | ReopenEntry
    | AddAdmin
    | RemoveAdmin
    | Leave
    | Stay
    | ConfirmEntry
    | PassOn
    | AnswerMessage
    | ShowReviews
)
RequestsAct = RequestAccount | FillRequest | SendRequest | DropRequest | AskAdvice | ApproveRequest
LinksAct = OfferLink | Link | Unlink
AskersAct = (
    Escalate
    | Send
    | LeaveUnsent
    | AddToQuery
    | Withdraw
    | ReopenQuery
    | GiveName
    | ShowMyQueries
    | Rate
    | ShowContext
    | ShareAnswer
    | Refer
)
DesksAct = (
    ShowQueue
    | ShowTicket
    | Claim
    | HandOver
    | AnswerQuery
    | AskBack
    | Remark
    | AskForName
    | Close
    | ReopenTicket
    | Join
    | ShowRulings
    | WithdrawRuling
    | KeepRuling
    | ShowGaps
    | ShowWrong
    | TakeUp
    | Settle
    | ShowStaff
    | AddStaff
    | RemoveStaff
)
Act = Say | CheckDraft | ShowHome | Greet | AskersAct | DesksAct | AdminsAct | RegistersAct | RequestsAct | LinksAct
