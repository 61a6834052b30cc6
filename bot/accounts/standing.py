"""Where an enrolment stands in its checklist, found by replaying what was answered. Pure.

Nothing that was answered is asked again, also where the checklist or a flow has changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import takewhile

from bot.enrolments import Enrolment, StepAnswer
from bot.wording_of_steps import BETTER_NOT, FINE, GO_ON, HAVE_READ, TRY_AGAIN
from knowledge.clauses import Party
from knowledge.flows.flow import Flow, Outcome, Position, Response, ResponseError, Step, position
from knowledge.flows.matching import Guides
from knowledge.onboarding.checklist import Checklist, ChecklistStep, Example, PlayedPost, StepKind

WORDS = "words"  # the item of a step that is answered in words of one's own
_AGAIN = "again"
_ATTEMPTS = (1, 2)  # at one post


@dataclass(frozen=True, slots=True)
class Standing:
    """The question that is open: which step, the how-many-th (from 1), and what of it. `options` are the labels that
    answer it, in order; `in_words` says that words of one's own do. `fresh` says that nothing of the step was answered
    yet.

    Of an example to judge there is `example`; of a post that is played there are `post`, `flow`, the `attempt` at it,
    the `path` so far, and the open step `ask` of the flow, None where the post may be tried again; `begins` says that
    nothing was answered at this attempt yet.
    """

    step: ChecklistStep
    number: int
    item: str
    options: tuple[str, ...]
    in_words: bool = False
    fresh: bool = True
    example: Example | None = None
    post: PlayedPost | None = None
    flow: Flow | None = None
    attempt: int = 1
    path: tuple[Response, ...] = ()
    ask: Step | None = None
    begins: bool = False


def standing(enrolment: Enrolment, checklist: Checklist, guides: Guides) -> Standing | None:
    """What an enrolment is to answer next; None where only the end is left, at which all clauses are confirmed."""
    for number, step in enumerate(checklist.steps, 1):
        found = _open(enrolment, step, number, guides)
        if found is not None:
            return replace(found, fresh=all(one.step != step.id for one in enrolment.answers))
    return None


def ended(flow: Flow, post: PlayedPost, path: Sequence[Response]) -> tuple[Outcome | None, Response | None]:
    """The outcome to which a post was taken, and the first response on the way that does not fit it."""
    fitting = dict(post.responses)
    astray = next((one for one in path if fitting.get(one.step) != one.label), None)
    return position(flow, path, Party.ACCOUNT_ADMIN).outcome, astray


def after(at: Standing, given: str) -> Position | None:
    """Where an answer leads in the flow that is played; None where none is."""
    if at.flow is None or at.ask is None:
        return None
    return position(at.flow, (*at.path, Response(at.ask.id, given)), Party.ACCOUNT_ADMIN)


def open_checks(enrolment: Enrolment, checklist: Checklist) -> tuple[ChecklistStep, ...]:
    """What has to be done elsewhere and was not, as far as it was asked."""
    checks = (step for step in checklist.steps if step.kind is StepKind.CHECK)
    return tuple(step for step in checks if (said := enrolment.answered(step.id)) is not None and not said.right)


def written(enrolment: Enrolment, checklist: Checklist) -> tuple[tuple[ChecklistStep, str], ...]:
    """The steps that were answered in words, with these; until the end they can be changed."""
    steps = ((step, enrolment.answered(step.id, WORDS)) for step in checklist.steps if step.kind is StepKind.WRITE)
    return tuple((step, said.given) for step, said in steps if said is not None)


def cited_before(enrolment: Enrolment, at: Standing) -> tuple[str, ...]:
    """The clauses that were cited in a step until now: its own, and those of the ends to which its posts came."""
    names = list(at.step.clauses)
    for post in at.step.posts if at.flow else ():
        for attempt in _ATTEMPTS:
            answers = _of_attempt(enrolment, at.step, post, attempt)
            if at.flow is None or all(one.right is None for one in answers):
                continue
            ends = (_replayed(at.flow, _given(at.step, post), answers).outcome, at.flow.outcome(post.end))
            names += [name for end in ends if end is not None for name in end.clauses]
    return tuple(dict.fromkeys(names))


def _open(enrolment: Enrolment, step: ChecklistStep, number: int, guides: Guides) -> Standing | None:
    match step.kind:
        case StepKind.READ:
            return None if enrolment.answered(step.id) else Standing(step, number, "", (HAVE_READ,))
        case StepKind.CHECK:
            labels = tuple(option.label for option in step.options)
            return None if enrolment.answered(step.id) else Standing(step, number, "", labels)
        case StepKind.WRITE:
            return None if enrolment.answered(step.id, WORDS) else Standing(step, number, WORDS, (), in_words=True)
        case StepKind.JUDGE:
            return _judging(enrolment, step, number)
        case StepKind.PLAY:
            flow = guides.named(step.flow)
            return _playing(enrolment, step, number, flow) if flow else None


def _judging(enrolment: Enrolment, step: ChecklistStep, number: int) -> Standing | None:
    """The next example: one that is fine and one that is not, in an order of each person's own; after a wrong answer
    another of the kind, while there is one."""
    shuffled = sorted(step.examples, key=lambda one: sha256(f"{enrolment.id}:{step.id}:{one.id}".encode()).digest())
    kinds = {fine: [one for one in shuffled if one.fine is fine] for fine in (True, False)}
    firsts = [kinds[fine].pop(0) for fine in (True, False) if kinds[fine]]
    waiting = sorted(firsts, key=shuffled.index)
    while waiting:
        example = waiting.pop(0)
        said = enrolment.answered(step.id, example.id)
        if said is None:
            return Standing(step, number, example.id, (FINE, BETTER_NOT), example=example)
        if said.right is False and kinds[example.fine]:
            waiting.insert(0, kinds[example.fine].pop(0))
    return None


def _playing(enrolment: Enrolment, step: ChecklistStep, number: int, flow: Flow) -> Standing | None:
    """The open question about the next post: of the flow or, where a post came to a wrong end, whether to try again."""
    for post in step.posts:
        for attempt in _ATTEMPTS:
            answers = _of_attempt(enrolment, step, post, attempt)
            if any(one.right is not None for one in answers):
                if answers[-1].right or attempt == _ATTEMPTS[-1]:
                    break
                again = enrolment.answered(step.id, f"{post.id}:{_AGAIN}")
                if again is None:
                    again_or_on = (TRY_AGAIN, GO_ON)
                    return Standing(step, number, f"{post.id}:{_AGAIN}", again_or_on, post=post, flow=flow)
                if again.given != TRY_AGAIN:
                    break
                continue
            reached = _replayed(flow, _given(step, post), answers)
            if reached.step is None:  # the flow has changed so that what was answered ends it
                break
            item = f"{post.id}:{attempt}:{reached.step.id}"
            shown = Standing(step, number, item, reached.step.labels, post=post, flow=flow, attempt=attempt)
            return replace(shown, path=reached.path, ask=reached.step, begins=not answers)
    return None


def _given(step: ChecklistStep, post: PlayedPost) -> list[tuple[str, str]]:
    return [one for one in post.responses if one[0] in step.given]


def _of_attempt(enrolment: Enrolment, step: ChecklistStep, post: PlayedPost, attempt: int) -> list[StepAnswer]:
    begin = f"{post.id}:{attempt}:"
    return [one for one in enrolment.answers if one.step == step.id and one.item.startswith(begin)]


def _replayed(flow: Flow, given: Sequence[tuple[str, str]], answers: Sequence[StepAnswer]) -> Position:
    """Where what is given, and answers after it, lead in a flow, as far as they still fit it."""
    responses = [Response(*one) for one in given]
    responses += [Response(one.item.rsplit(":", 1)[1], one.given) for one in answers]
    fitting = list(takewhile(lambda one: _fits(flow, one), responses))
    try:
        return position(flow, fitting, Party.ACCOUNT_ADMIN)
    except ResponseError:
        return position(flow, (), Party.ACCOUNT_ADMIN)


def _fits(flow: Flow, response: Response) -> bool:
    step = flow.step(response.step)
    return step is not None and response.label in step.labels
