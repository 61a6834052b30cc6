"""The values that answering gives back: an answer with its citations, or a named reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.clauses import Clause, Party, Policy, TurnsOn, Verdict
from knowledge.official import Extract
from knowledge.questions import Reading


class Reason(StrEnum):
    """Why a question ends without an answer."""

    OUT_OF_SCOPE = "out_of_scope"
    GAP = "gap"
    OTHER_SOCIETY = "other_society"
    SMALL_TALK = "small_talk"
    MANIPULATION = "manipulation"
    ABUSE = "abuse"
    VAGUE = "vague"


class Note(StrEnum):
    """What an answer has to say beside its clause, so that it is no stronger than the clause."""

    NOT_BOUND = "not_bound"  # it speaks to people who run such accounts, and this is not one
    EMPLOYEES = "employees"  # it does not bind the asker itself, but the asker is held to the like
    NO_LIMIT = "no_limit"  # it binds only who represents the society
    UNLISTED = "unlisted"  # a platform that the source does not name; it rests on the general definition
    RENAMED = "renamed"  # X is what Twitter is called now
    INCOMPLETE = "incomplete"  # the copy lacks rules that may say otherwise


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, of which society, and who they say they are; `chosen` are options taken when asked back."""

    text: str
    society: str
    role: Party = Party.MEMBER
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause quoted word for word from the edition in force; `extracts` are the places of an official quote."""

    clause: str
    policy: str
    known_as: str
    edition: str
    section: str
    quote: str
    official: bool
    page: int | None = None
    extracts: tuple[Extract, ...] = ()
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the things asked came to: its verdict and the clauses that it rests on, the first foremost."""

    question: str
    reading: Reading
    verdict: Verdict
    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...]
    turns_on: TurnsOn | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that ended without a ruling. `document` is one that the policy names and that is not held."""

    question: str
    reason: Reason
    policy: Policy
    clauses: tuple[Clause, ...] = ()
    citations: tuple[Citation, ...] = ()
    document: str | None = None
    unreadable: bool = False
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to everything that was asked; at least one part is answered, and every citation has been checked."""

    policy: Policy
    role: Party
    parts: tuple[Part, ...]
    unanswered: tuple[Unanswered, ...]
    citations: tuple[Citation, ...]

    @property
    def verdict(self) -> Verdict:
        """The common verdict where the parts agree, else information where a part asks for it, else it depends."""
        return common_verdict([part.verdict for part in self.parts])

    @property
    def turns_on(self) -> TurnsOn | None:
        """What to ask back: the fact that the first part to depend on one turns on."""
        return next((part.turns_on for part in self.parts if part.turns_on), None)

    @property
    def confidence(self) -> float:
        return min(part.confidence for part in self.parts)


def common_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    found = set(verdicts)
    if len(found) == 1:
        return found.pop()
    return Verdict.INFO if Verdict.INFO in found else Verdict.DEPENDS
