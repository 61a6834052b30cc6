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
Act = Say | CheckDraft | ShowHome | Greet | AskersAct | DesksAct
