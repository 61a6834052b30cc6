"""The values of a guided decision, and the position that a list of responses has led to, found by replaying it."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.clauses import Party, Verdict
from knowledge.flows.predicates import ROUTES, Case

NOT_SURE = "Not sure"  # an option of every step, which no file has to name


class ResponseError(Exception):
    """A list of responses that this flow cannot replay: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Where an option leads if a predicate of `predicates.ROUTES` holds, and where otherwise."""

    predicate: str
    then: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a step. `to` names the step or outcome that it leads to.

    `said` are phrases by which a message shows that it holds, `reads` names a predicate of `predicates.READS` that
    does, and `shows` are signs of a post (see `knowledge.posts`) that do.
    """

    label: str
    to: str | Branch
    said: tuple[str, ...] = ()
    reads: str = ""
    shows: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.to.then, self.to.otherwise) if isinstance(self.to, Branch) else (self.to,)


@dataclass(frozen=True, slots=True)
class Step:
    """One question to the asker. `options` are without the "not sure" that every step has."""

    id: str
    ask: str
    options: tuple[Option, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What is offered, in order, "not sure" last."""
        return (*(option.label for option in self.options), NOT_SURE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An end: a verdict in a few words, and the clauses that it rests on, the first foremost.

    `to_office` sends the asker on to the office whatever the verdict; `copy` is a line that the asker may copy.
    """

    id: str
    verdict: Verdict
    words: str
    clauses: tuple[str, ...]
    to_office: bool = False
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One guided decision of one society. `id` is society/name, and the first of `steps` is where it begins.

    `asks` are ways in which people ask what it decides, `starts` phrases that start it whatever else a message says,
    `settles` the clauses of whose "it depends" it makes a decision.
    """

    id: str
    title: str
    asks: tuple[str, ...]
    starts: tuple[str, ...]
    settles: tuple[str, ...]
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def society(self) -> str:
        return self.id.split("/", 1)[0]

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that it rests on, each once."""
        named = [*self.settles, *(name for outcome in self.outcomes for name in outcome.clauses)]
        return tuple(dict.fromkeys(named))

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.id == name), None)

    def outcome(self, name: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.id == name), None)


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody answered to a step, by its label."""

    step: str
    label: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where responses have led: `path` are those that count, in order.

    It is at a step, or at an outcome, or neither where the last of the path was "not sure".
    """

    path: tuple[Response, ...]
    step: Step | None = None
    outcome: Outcome | None = None

    @property
    def unsure(self) -> bool:
        return self.step is None and self.outcome is None


def position(flow: Flow, responses: Sequence[Response], role: Party) -> Position:
    """Replays the responses from the first step. Those to steps that are not on the way are kept out of the path.

    Of two responses to one step the later counts, so that an earlier one is changed by adding another.

    Raises:
        ResponseError: a response is to no step, or none of its step's options.
    """
    given: dict[str, str] = {}
    for response in responses:
        step = flow.step(response.step)
        if step is None:
            raise ResponseError(f"'{response.step}' is no step of {flow.id}")
        if response.label not in step.labels:
            raise ResponseError(f"'{response.label}' is no option of the step '{response.step}' of {flow.id}")
        given[response.step] = response.label
    path: list[Response] = []
    name = flow.steps[0].id
    while (step := flow.step(name)) is not None:
        if step.id not in given:
            return Position(tuple(path), step=step)
        path.append(Response(step.id, given[step.id]))
        if given[step.id] == NOT_SURE:
            return Position(tuple(path))
        name = _next(flow, path, role)
        if any(response.step == name for response in path):
            raise ResponseError(f"{flow.id} leads back to '{name}'; `verse flows check` says where")
    outcome = flow.outcome(name)
    if outcome is None:
        raise ResponseError(f"{flow.id} leads to '{name}', which it does not have; `verse flows check` says where")
    return Position(tuple(path), outcome=outcome)


def _next(flow: Flow, path: Sequence[Response], role: Party) -> str:
    taken = [option for response in path if (option := _option(flow, response)) is not None]
    to = taken[-1].to
    if isinstance(to, str):
        return to
    signs = frozenset(sign for option in taken for sign in option.shows)
    return to.then if ROUTES[to.predicate](Case(role, signs)) else to.otherwise


def _option(flow: Flow, response: Response) -> Option | None:
    step = flow.step(response.step)
    return next((option for option in step.options if option.label == response.label), None) if step else None
