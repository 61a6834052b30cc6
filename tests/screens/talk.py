"""The shipped bot on a Monday morning, what is said and pressed, and what comes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.acts import AcceptInvitation, Act, AnswerStep, Invite
from bot.assistant import Assistant
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.register import Change, RegisterEntry, RegisterMove
from bot.replies import Button, Lesson, Reply
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.conftest import KEPT, assistant_of, checklists_of, guides_of, nothing_told, shipped

SOCIETY, ACCOUNT = "ipem", "@IPEM_MR_SIG"
QUESTION, FLOW = "Can I use the IPEM logo on my own profile?", "Can I retweet this?"
SILENT = "May we put our newsletter behind a login for members?"
_MONDAY = datetime(2026, 11, 23, 10, 4, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Talk:
    """The bot with somebody who asks, and somebody at its desk."""

    bot: Alone
    asker: Person
    staff: Person

    def say(self, text: str, conversation: str) -> list[Reply]:
        return self.bot.handle(Message(conversation, text, SOCIETY, person=self.asker))

    def press(self, act: Act, conversation: str) -> list[Reply]:
        return self.bot.handle(Message(conversation, "", SOCIETY, person=self.asker, act=act))

    def press_as_staff(self, act: Act, conversation: str) -> list[Reply]:
        return self.bot.handle(Message(conversation, "", SOCIETY, person=self.staff, act=act))


def lessons(talk: Talk, conversation: str, at_desk: str) -> Iterator[Lesson]:
    """All that somebody is shown who is invited to run the account and goes through its steps, to the last; they judge
    each example by the first answer, and begin the flow as a company's post in a group's name would have it."""
    invited = talk.press_as_staff(Invite(ACCOUNT, talk.asker.account), at_desk)
    (lesson,) = (reply for reply in invited if isinstance(reply, Lesson))
    yield lesson
    while isinstance(lesson.buttons[0].act, AcceptInvitation | AnswerStep):
        (shown, *_) = talk.press(_chosen(lesson.buttons).act, conversation)
        assert isinstance(shown, Lesson)
        lesson = shown
        yield lesson


def _chosen(buttons: Sequence[Button]) -> Button:
    chosen = next((one for one in buttons if one.label.startswith("A group's account")), buttons[0])
    if isinstance(chosen.act, AnswerStep) and not chosen.act.given:
        return replace(chosen, act=replace(chosen.act, given="To tell people in our field about our meetings."))
    return chosen


def talk_of(library: Library, encoder: MiniLM, asker: str, staff: str, desk: str) -> Talk:
    """One that nothing was said in yet, between these accounts; its desk is this conversation."""
    at_desk = Person(staff, "A Colleague")
    store = MemoryStore(lambda: _MONDAY)
    with store.work() as work:
        work.staff.add(StaffMember(at_desk, SOCIETY, "Communications and Development Manager"))
        entry = RegisterEntry("", SOCIETY, ACCOUNT, "Twitter", "Magnetic Resonance Imaging SIG")
        work.register.add(entry, RegisterMove("", 1, _MONDAY, at_desk, Change.ADDED))
    guides = guides_of(library, encoder)
    offices = Offices({one.society: Office(one.society, one.office, desk=desk) for one in library.policies})
    checklists = checklists_of(library, guides)
    bot = assistant_of(library, guides, store, kind=Assistant, offices=offices, checklists=checklists)
    return Talk(bot, Person(asker, "An Asker"), at_desk)


def shipped_library() -> tuple[Library, MiniLM]:
    """The policies as they are shipped, and what reads them."""
    encoder = MiniLM.installed()
    return Library.open(shipped(), KEPT, encoder, encoder.name, nothing_told), encoder
