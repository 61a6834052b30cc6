"""What a lesson says beside its clauses: each caution once in a step, and one number of steps from the first on."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.acts import AcceptInvitation, AnswerStep, Invite, ShowOnboarding
from bot.replies import Lesson
from bot.telling import in_plain_text
from knowledge.flows.matching import Guides
from knowledge.library import Library
from knowledge.onboarding.checklist import Checklist, Checklists, ChecklistStep
from tests.bot.accounts.onboarding_room import ROOK, WREN, Choir, labels, lesson

NOTE = "The photographer named on the noticeboard may have changed since."


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides) -> Choir:
    return Choir(sample_library, sample_guides)


def with_only(choir: Choir, name: str, change: Callable[[ChecklistStep], ChecklistStep]) -> None:
    """A choir whose checklist is this step alone, as it is changed."""
    held: Checklist = choir.checklists.by_society["larks"]
    steps = tuple(change(step) for step in held.steps if step.id == name)
    choir.checklists = Checklists({"larks": replace(held, steps=steps)})


def wrongly(choir: Choir, shown: Lesson, name: str) -> list[Lesson]:
    """All that is shown of a step to who answers it as it is not best, and tries nothing again."""
    every = [shown]
    while isinstance(act := every[-1].buttons[0].act, AnswerStep) and act.step == name:
        best = choir.best(every[-1], wrong=True)
        every.append(lesson(choir.does(best)))
    return [*every[:-1], replace(every[-1], told=replace(every[-1].told, opening="", citations=()))]


def said(lessons: list[Lesson], sentence: str) -> int:
    return sum(in_plain_text(one).count(sentence) for one in lessons)


def test_a_caution_is_said_once_in_a_step_however_often_its_clause_is_quoted(choir: Choir) -> None:
    with_only(choir, "tone", lambda step: replace(step, clauses=("larks/concerts/credit",)))
    shown = wrongly(choir, choir.under_way(), "tone")
    assert len(shown) == 5
    assert said(shown, NOTE) == 1


def test_a_caution_that_only_an_end_brings_is_said_at_the_first_such_end(choir: Choir) -> None:
    with_only(
        choir,
        "recording",
        lambda step: replace(
            step,
            clauses=("larks/rehearsals/recording",),
            posts=tuple(replace(step.posts[0], id=name) for name in ("one", "two")),
        ),
    )
    first = choir.under_way()
    assert NOTE not in in_plain_text(first)
    shown = [first]
    while isinstance(shown[-1].buttons[0].act, AnswerStep):
        shown.append(lesson(choir.does(choir.best(shown[-1]))))
    ends = [one for one in shown if one.before.opening.startswith("That fits this post.")]
    assert [one.before.remarks for one in ends] == [NOTE, ""]


def test_a_step_that_is_taken_up_again_in_its_middle_shows_its_words_and_clause_again(choir: Choir) -> None:
    with_only(choir, "tone", lambda step: step)
    shown = choir.under_way()
    after = lesson(choir.does(choir.best(shown)))
    assert (after.told.opening, after.told.citations) == ("Here is another post.", ())
    choir.later(days=5)
    resumed = lesson(choir.does(ShowOnboarding()))
    assert resumed.told.opening.startswith("Keep every post on this account friendly.")
    assert [one.clause for one in resumed.told.citations] == ["larks/accounts/tone"]
    assert (resumed.post, labels(resumed)) == (after.post, labels(after))


def test_the_invitation_counts_the_steps_as_the_steps_count_themselves(choir: Choir) -> None:
    invitation = lesson(choir.does(Invite("1", WREN.account), ROOK))
    first = lesson(choir.does(AcceptInvitation("1")))
    counted = re.search(r"(\d+) short steps, about a minute each", invitation.told.opening)
    assert counted is not None
    assert first.progress == f"Step 1 of {counted[1]}"
