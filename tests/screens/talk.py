"""The shipped bot on a Monday morning, what is said and pressed, and what comes of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.acts import Act
from bot.assistant import Assistant
from bot.messages import Message
from bot.office import Office, Offices
from bot.people import Person, StaffMember
from bot.replies import Reply
from knowledge.encoding import MiniLM
from knowledge.library import Library
from tests.conftest import KEPT, assistant_of, guides_of, nothing_told, shipped

SOCIETY = "ipem"
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


def talk_of(library: Library, encoder: MiniLM, asker: str, staff: str, desk: str) -> Talk:
    """One that nothing was said in yet, between these accounts; its desk is this conversation."""
    at_desk = Person(staff, "A Colleague")
    store = MemoryStore(lambda: _MONDAY)
    with store.work() as work:
        work.staff.add(StaffMember(at_desk, SOCIETY, "Communications and Development Manager"))
    offices = Offices({one.society: Office(one.society, one.office, desk=desk) for one in library.policies})
    bot = assistant_of(library, guides_of(library, encoder), store, kind=Assistant, offices=offices)
    return Talk(bot, Person(asker, "An Asker"), at_desk)


def shipped_library() -> tuple[Library, MiniLM]:
    """The policies as they are shipped, and what reads them."""
    encoder = MiniLM.installed()
    return Library.open(shipped(), KEPT, encoder, encoder.name, nothing_told), encoder
