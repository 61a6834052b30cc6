"""What goes out: values addressed to a conversation, for a platform to render."""

from dataclasses import dataclass

from knowledge.answers import Answer, Citation, Reason, Unanswered


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


Reply = Answered | NotAnswered | Asked | Told
