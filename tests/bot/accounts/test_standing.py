"""Where somebody stands who takes posts through a flow: what is given is not asked, and nothing is asked twice."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.accounts.standing import Standing, standing
from bot.enrolments import Enrolment, EnrolmentState, StepAnswer
from bot.people import Person
from knowledge.flows.flow import Response
from knowledge.flows.matching import Guides
from knowledge.onboarding.checklist import Checklist, Checklists, StepKind

NOW = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
ANN = Person("slack:UANN", "Ann Lark")
CONSENT, AT_HOME = "Yes, the conductor has", "To practise at home"


def playing(checklists: Checklists, *given: str) -> Checklist:
    """The step that plays a flow alone, with the one post whose responses are two."""
    checklist = checklists.by_society["larks"]
    (step,) = (one for one in checklist.steps if one.kind is StepKind.PLAY)
    posts = tuple(post for post in step.posts if post.id == "at-home")
    return replace(checklist, steps=(replace(step, posts=posts, given=given),))


def at(checklist: Checklist, guides: Guides, *answers: tuple[str, str]) -> Standing | None:
    said = tuple(StepAnswer("recording", item, given, NOW) for item, given in answers)
    enrolment = Enrolment("E1", "larks", "R1", ANN, ANN, EnrolmentState.UNDER_WAY, NOW, NOW, "slack:UANN:", said)
    return standing(enrolment, checklist, guides)


def test_the_flow_begins_after_what_is_given(sample_checklists: Checklists, sample_guides: Guides) -> None:
    found = at(playing(sample_checklists, "consent"), sample_guides)

    assert found is not None
    assert found.ask is not None
    assert (found.ask.id, found.item, found.begins) == ("use", "at-home:1:use", True)
    assert found.path == (Response("consent", CONSENT),)


def test_without_anything_given_it_is_asked_from_its_first_step(
    sample_checklists: Checklists, sample_guides: Guides
) -> None:
    found = at(playing(sample_checklists), sample_guides)
    then = at(playing(sample_checklists), sample_guides, ("at-home:1:consent", CONSENT))

    assert found is not None
    assert found.ask is not None
    assert (found.ask.id, found.path, found.begins) == ("consent", (), True)
    assert then is not None
    assert then.ask is not None
    assert (then.ask.id, then.begins) == ("use", False)


def test_what_was_answered_before_it_was_given_is_not_asked_again(
    sample_checklists: Checklists, sample_guides: Guides
) -> None:
    found = at(playing(sample_checklists, "consent"), sample_guides, ("at-home:1:consent", CONSENT))

    assert found is not None
    assert found.ask is not None
    assert found.ask.id == "use"
    assert at(playing(sample_checklists, "gone"), sample_guides) is not None  # a step that the flow has no more
