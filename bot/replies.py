"""What goes out: values addressed to a conversation, for a platform to render."""

from dataclasses import dataclass

from bot.acts import Act
from bot.tickets import Part, State, What
from knowledge.answers import Answer, Citation, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.flows.sharing import Shared
from knowledge.posts.drafts import Draft, Finding

# What a reply is that tells of no move:
WITHDRAWN_RULING, CHANGED_RULING, CARD, NOTICE = "withdrawn_ruling", "changed_ruling", "card", "notice"
HELP = "help"  # how the bot is used, to which a platform adds what can be done there
CONFIRMS = frozenset({What.SENT, What.ADDED})  # what an asker is told of that they did themselves
OWN = "own"  # what is for whoever asked alone, though it quotes clauses
TO_ADMIN = "to_admin"  # what is said unasked to who runs an account or is to run it; staff hear where it is given up
NEWS = "news"  # what has come from an asker since, told at the desk where a card is edited and nobody would notice


@dataclass(frozen=True, slots=True)
class Button:
    """Something that can be done about what is said. `name` is the contract's (`escalate`), `label` is shown.

    An act that needs words of the person (an answer, a reason, a line) comes with them empty, and the platform asks for
    them before it is carried back.
    """

    name: str
    label: str
    act: Act


@dataclass(frozen=True, slots=True)
class CitedRuling:
    """A ruling of an office as it is cited beside clauses: what was asked in general words, and what was ruled.

    `source` reads "ruling of National Office, 21 November 2026"; `remark` says how it bears on what was asked now.
    """

    id: str
    source: str
    question: str
    verdict: Verdict
    words: str
    clauses: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question back, and the options that answer it."""

    text: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is said of one thing asked: the verdict, the clauses that it rests on, and what belongs beside them."""

    opening: str
    citations: tuple[Citation, ...]
    remarks: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer. Its citations have been checked."""

    conversation: str
    paragraphs: tuple[Paragraph, ...]
    next_step: str
    follow_up: FollowUp | None
    answer: Answer
    rulings: tuple[CitedRuling, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The end of a question without a ruling, with its reason."""

    conversation: str
    paragraph: Paragraph
    reason: Reason
    unanswered: Unanswered
    rulings: tuple[CitedRuling, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """An answer that rests on a ruling of the office, where the policy by itself leaves the question open. The clauses
    that the ruling rests on are cited with it, and have been checked."""

    conversation: str
    told: Paragraph
    ruling: CitedRuling
    verdict: Verdict
    confidence: float
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question back before anything can be answered."""

    conversation: str
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence or two from the bot itself; with citations where it speaks of clauses.

    `words` are somebody else's (staff's answer, an asker's line), shown as theirs. `ticket` is what it is about, and
    `about` the move that it tells its asker of (`What`), `WITHDRAWN_RULING`, `CHANGED_RULING` or, about no ticket,
    `HELP` or `TO_ADMIN`.
    """

    conversation: str
    text: str
    citations: tuple[Citation, ...] = ()
    words: str = ""
    ticket: str = ""
    buttons: tuple[Button, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the asker answered in a guided decision, beside what was asked."""

    ask: str
    label: str


@dataclass(frozen=True, slots=True)
class Guided:
    """The next step of a guided decision. `told` opens it, and is empty on the way; `said` is what was understood, and
    `settles` are the clauses of whose "it depends" it makes a decision."""

    conversation: str
    title: str
    told: Paragraph
    said: tuple[Said, ...]
    hint: str
    follow_up: FollowUp
    confidence: float
    settles: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Concluded:
    """The end of a guided decision. Its citations have been checked.

    `said` is how it was reached, `copy` a line to copy, and `letter` a text that the asker may send to the office.
    """

    conversation: str
    title: str
    verdict: Verdict
    told: Paragraph
    copy: str
    said: tuple[Said, ...]
    hint: str
    next_step: str
    letter: str
    confidence: float
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as it is shown: what it is, where it stands, its clause, and what mends it, empty where nothing safe
    does. Lines and columns count from 1."""

    finding: Finding
    severity: str
    line: int
    column: int
    citation: Citation
    mend: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a draft, most serious first. The options of `follow_up` mend it.

    `mended` says that the draft is no longer as its writer gave it, and is to be shown.
    """

    conversation: str
    draft: Draft
    opening: str
    findings: tuple[ShownFinding, ...]
    remarks: str
    follow_up: FollowUp | None
    mended: bool = False
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Words of a post, and what they show."""

    words: str
    means: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a post that somebody wants to share came to, and the words in it that decided."""

    shared: Shared
    opening: str
    seen: tuple[Seen, ...]
    remarks: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """All that would go to the office, before it goes: each part can be left out where `can_go`, and a line added.

    `buttons` send it, named or not, or leave it.
    """

    conversation: str
    exchange: str
    opening: str
    parts: tuple[Part, ...]
    remarks: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket as the desk sees it, always as it stands now: one card a ticket, edited and not repeated if it can be.

    `facts` are short lines (asker, role, topic, whose it is), `parts` the dossier, `beside` what helps to answer
    (earlier rulings, like queries), `history` a line a move, `delivery` a line for each reply about it; `clauses` are
    all that a ruling on it could rest on, `citations` those that the bot cited. All of it stays true while nothing
    happens, but for `age` ("3 h"), which is of the moment: a card that stays leaves it out.
    """

    conversation: str
    ticket: str
    version: int
    state: State
    heading: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    beside: tuple[Part, ...] = ()
    history: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    draft: str = ""  # an answer drafted from the nearest ruling, for a person to change and send
    buttons: tuple[Button, ...] = ()
    age: str = ""
    clauses: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several things listed, with what can be done about it."""

    heading: str
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things of one kind: a queue, an asker's queries, rulings, gaps, recipients before a join."""

    conversation: str
    heading: str
    entries: tuple[Entry, ...]
    remarks: str = ""
    buttons: tuple[Button, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody sees first: what the bot is for, what can be asked, how to take over an account, what became of
    their queries, and for staff what waits at the desk."""

    conversation: str
    opening: str
    suggestions: tuple[Button, ...]
    onboarding: Entry
    queries: Listed
    desk: Listed | None = None
    messages: Listed | None = None  # for whoever runs an account: what waits for an answer of theirs


@dataclass(frozen=True, slots=True)
class Lesson:
    """A step of a checklist, or where one stands. `title` is what for, `progress` how far ("Step 3 of 18").

    `before` is what is said to what was just answered, with its clauses; its opening is empty where nothing was.
    `post` is an invented one, shown as such, and `said` what was answered about it so far.
    """

    conversation: str
    title: str
    progress: str
    before: Paragraph
    told: Paragraph
    post: str = ""
    said: tuple[Said, ...] = ()
    buttons: tuple[Button, ...] = ()
    about: str = ""  # TO_ADMIN where nobody asked for it


@dataclass(frozen=True, slots=True)
class Mail:
    """A notice by e-mail. `conversation` is email:SOCIETY:JOB TITLE, with no title for the whole desk."""

    conversation: str
    subject: str
    text: str
    ticket: str = ""


Reply = (
    Answered
    | NotAnswered
    | Ruled
    | Asked
    | Told
    | Guided
    | Concluded
    | Checked
    | Previewed
    | Card
    | Listed
    | Overview
    | Lesson
    | Mail
)


def about(reply: Reply) -> str:
    """What a reply about a ticket is, in a word; empty where it tells of nothing in particular."""
    match reply:
        case Told() | Lesson() | Listed():
            return reply.about
        case Card():
            return CARD
        case Mail():
            return NOTICE
        case _:
            return ""
