"""Somebody who goes through a checklist at a terminal and knows what is best, whatever it shows first."""

import re
from collections.abc import Mapping, Sequence

from bot.acts import ConfirmRead
from bot.replies import Lesson, Reply
from knowledge.onboarding.checklist import Checklist, ChecklistStep
from tests.scenarios.at_terminals import Terminal

_MOST = 120  # answers to one checklist


class Learner:
    """Answers steps. `says` are the words or the label with which they answer a step, by its title, where the first
    that is offered is not it."""

    def __init__(self, checklist: Checklist, says: Mapping[str, str]) -> None:
        self._checklist, self._says = checklist, says

    def goes_on(self, who: Terminal, until: str) -> str:
        """What stands there once this is said, after everything before it was answered as it should be.

        Raises:
            AssertionError: it is never said, or something is asked that has no answer here.
        """
        for _ in range(_MOST):
            if until in _open(who.sees):
                return who.sees
            who.types(self.best(who.sees))
            if "1. Keep it " in who.sees:  # words of one's own, which are shown before they count
                who.presses("Keep it")
        raise AssertionError(who.sees)

    def best(self, shown: str) -> str:
        """The best answer to what is open."""
        asked = _open(shown)
        step = next((one for one in self._checklist.steps if f": {one.title} · Step" in asked), None)
        assert step is not None, shown
        return self._of_post(step, asked) or self._says.get(step.title) or _first(asked)

    def _of_post(self, step: ChecklistStep, asked: str) -> str:
        """The answer to a post: whether it is fine, or what of the flow fits it."""
        example = next((one for one in step.examples if " ".join(one.post.split()) in asked), None)
        if example is not None:
            return "Fine to post" if example.fine else "Better not"
        played = next((one for one in step.posts if " ".join(one.post.split()) in asked), None)
        fitting = (label for _, label in played.responses) if played else iter(())
        return next((label for label in fitting if _is_offered(label, asked)), "")


def confirming(replies: Sequence[Reply]) -> ConfirmRead:
    """What confirms all that the last lesson shows, which is among these replies."""
    return next(
        button.act
        for one in replies
        if isinstance(one, Lesson)
        for button in one.buttons
        if isinstance(button.act, ConfirmRead)
    )


def wrong(judgement: str) -> str:
    """The other judgement."""
    return "Better not" if judgement == "Fine to post" else "Fine to post"


def _open(shown: str) -> str:
    """The step that is open: below it nothing else stands, above it what is said to the answer before."""
    found = [one.start() for one in re.finditer(r"@[\w.-]+(?:: [^·]{1,80})? · Step \d+ of", shown)]
    return shown[found[-1] :] if found else shown


def _is_offered(label: str, asked: str) -> bool:
    return re.search(rf"(?<!\S)\d+\. {re.escape(label)}(?= |$)", asked) is not None


def _first(asked: str) -> str:
    found = re.search(r"(?<!\S)1\. (.+?)(?= \d+\. |$)", asked)
    assert found is not None, asked
    return found[1]
