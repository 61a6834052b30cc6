"""The real onboarding on a small library, and its reminders, for processes that are killed."""

from pathlib import Path
from typing import Any

from bot.accounts.accounts import Accounts
from bot.accounts.lessons import Lessons
from bot.accounts.nudging import Nudging
from bot.messages import Message
from bot.office import Office, Offices
from bot.ports import Work
from bot.precedents import Precedents
from bot.replies import Lesson, Reply, Told
from knowledge import policy_files
from knowledge.flows import files as flow_files
from knowledge.flows.matching import Guides
from knowledge.index import build
from knowledge.library import Library
from knowledge.onboarding import files as checklist_files
from knowledge.vectors import VectorCache
from tests.adapters.delivery.standing_in import PLATFORM

SOCIETY, DESK = "larks", f"{PLATFORM}:desk"
_TESTS = Path(__file__).parent.parent
_SAMPLE, _KEPT = _TESTS / "sample_policies", _TESTS / ".data"


def _untold(_stage: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


class OnboardingBot:
    """What a press comes to, and what is said unasked."""

    def __init__(self) -> None:
        index = build(policy_files.load([_SAMPLE]), None, VectorCache(_KEPT, "none"), _untold)
        self._library = Library(index, None)
        flows = flow_files.load([_SAMPLE / "flows"], index.clauses).flows
        self._guides = Guides(flows, self._library, _KEPT, None, "none", _untold)
        self.checklists, faults = checklist_files.load([_SAMPLE / "onboarding"], index.clauses, flows)
        assert not faults, faults
        self._offices = Offices({SOCIETY: Office(SOCIETY, "the choir office", DESK)})
        self._precedents = Precedents(self._library)

    def answer(self, message: Message, work: Work) -> list[Reply]:
        door = Accounts(self._library, self._guides, self.checklists, self._offices, self._precedents, work)
        return door.act(message)

    def failed(self, message: Message, _work: Work, reference: str) -> list[Reply]:
        return [Told(message.conversation, f"Something broke: {reference}")]

    def nudging(self, work: Work) -> Nudging:
        return Nudging(self._library, self.checklists, self._offices, work)

    def lessons(self, work: Work) -> Lessons:
        return Lessons(self._library, self._guides, self.checklists, self._offices, work)


def rendered(reply: Reply, _origin: str, _further: bool) -> dict[str, Any]:
    """A reply as the stand-in has it: its kind, and the words by which it is told from others."""
    words = ""
    if isinstance(reply, Told):
        words = reply.text
    elif isinstance(reply, Lesson):
        words = f"{reply.title}, {reply.progress}"
    return {"kind": type(reply).__name__, "text": words}


BOT = OnboardingBot()
RENDERS = {PLATFORM: rendered}
