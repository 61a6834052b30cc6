"""What goes out: values addressed to a conversation, for a platform to render."""

from dataclasses import dataclass

from knowledge.answers import Answer, Citation, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.flows.sharing import Shared
from knowledge.posts.drafts import Draft, Finding


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
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The end of a question without a ruling, with its reason."""

    conversation: str
    paragraph: Paragraph
    reason: Reason
    unanswered: Unanswered
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question back before anything can be answered."""

    conversation: str
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence or two from the bot itself; with citations where it speaks of clauses."""

    conversation: str
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What the asker answered in a guided decision, beside what was asked."""

    ask: str
    label: str


@dataclass(frozen=True, slots=True)
class Guided:
    """The next step of a guided decision. `told` opens it, and is empty on the way; `said` is what was understood."""

    conversation: str
    title: str
    told: Paragraph
    said: tuple[Said, ...]
    hint: str
    follow_up: FollowUp
    confidence: float
    actions: tuple[str, ...] = ()


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
    actions: tuple[str, ...] = ()


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
    actions: tuple[str, ...] = ()


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


Reply = Answered | NotAnswered | Asked | Told | Guided | Concluded | Checked
