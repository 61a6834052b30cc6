"""The values of a checklist: its steps, each of which rests on clauses. Pure."""

from dataclasses import dataclass
from enum import StrEnum

WRITTEN_FIELDS = ("purpose", "audience")  # of the register, which a step can have written
# What is asked of a group that wants an account, in order.
REQUEST_FIELDS = ("group", "purpose", "audience", "content", "watching", "handle", "questions", "admins")


class StepKind(StrEnum):
    """What is to be done in a step."""

    READ = "read"  # and said that it was read
    JUDGE = "judge"  # example posts, one good and one bad at least
    PLAY = "play"  # posts, taken through a flow
    WRITE = "write"  # something about the account, in words of one's own
    CHECK = "check"  # something that has to be done elsewhere


@dataclass(frozen=True, slots=True)
class Example:
    """An invented post that may go out, or may not, and why, in words no stronger than the clauses of its step."""

    id: str
    post: str
    fine: bool
    why: str


@dataclass(frozen=True, slots=True)
class PlayedPost:
    """An invented post that is taken through a flow. `responses` are the labels that fit it, by step of the flow, and
    `end` the outcome to which they lead."""

    id: str
    post: str
    responses: tuple[tuple[str, str], ...]
    end: str


@dataclass(frozen=True, slots=True)
class CheckOption:
    """An answer to what has to be done elsewhere: whether that settles it, and what is said to it. What is not settled
    is told to staff in the record."""

    label: str
    settles: bool
    words: str


@dataclass(frozen=True, slots=True)
class ChecklistStep:
    """One step. `words` say it in a few sentences; `clauses` are those that it rests on, the first foremost.

    Of the rest only what its kind needs is there: `examples` (JUDGE), `flow` and `posts` and the steps of the flow that
    are `given` and not asked (PLAY), `field` of the register (one of `WRITTEN_FIELDS`) and `example` of what could be
    written (WRITE), `options` (CHECK).
    """

    id: str
    kind: StepKind
    title: str
    words: str
    clauses: tuple[str, ...]
    examples: tuple[Example, ...] = ()
    flow: str = ""
    posts: tuple[PlayedPost, ...] = ()
    given: tuple[str, ...] = ()
    field: str = ""
    example: str = ""
    options: tuple[CheckOption, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestRules:
    """What a request for a new account rests on, and an example of each of its fields, by the field's name."""

    agree: str  # the clause on what a group agrees first
    tell: str  # on whom it tells
    advice: str  # on who can advise a group that is not sure
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as a policy lists it."""

    handle: str
    platform: str
    group: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """How somebody is set up in one society. `register` is the clause that lists its accounts, and `accounts` those."""

    society: str
    register: str
    accounts: tuple[ListedAccount, ...]
    steps: tuple[ChecklistStep, ...]
    request: RequestRules

    def step(self, name: str) -> ChecklistStep | None:
        return next((step for step in self.steps if step.id == name), None)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that somebody is shown, each once, in order."""
        return tuple(dict.fromkeys(clause for step in self.steps for clause in step.clauses))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Every clause that it names, each once."""
        request = self.request
        return tuple(dict.fromkeys([*self.clauses, self.register, request.agree, request.tell, request.advice]))


@dataclass(frozen=True, slots=True)
class Checklists:
    """The checklists that can be used, by society."""

    by_society: dict[str, Checklist]

    def of(self, society: str) -> Checklist | None:
        """None where nobody has written one for that society."""
        return self.by_society.get(society)
