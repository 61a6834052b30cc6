"""A thread with two people in it: what one says is never put to the other, nor sent on with what they ask."""

import pytest

from adapters.alone import Alone
from bot.acts import Escalate
from bot.messages import Message
from bot.people import Person
from bot.replies import Asked, Concluded, Guided, Previewed, Reply, Told
from bot.tickets import Part
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.talking import text_of
from tests.conftest import assistant_of

THREAD = "chat:room:1"
ANN, BEN = Person("chat:a", "Ann"), Person("chat:b", "Ben")


class Thread:
    """One thread, and who says what in it."""

    def __init__(self, assistant: Alone) -> None:
        self._assistant = assistant

    def say(self, who: Person, text: str, society: str | None = "larks") -> list[Reply]:
        return self._assistant.handle(Message(THREAD, text, society, None, who))

    def dossier(self, who: Person) -> str:
        """All that would go to the office with what somebody asked last."""
        return "\n".join(part.text for part in self.parts(who))

    def parts(self, who: Person) -> tuple[Part, ...]:
        with self._assistant.store.work() as work:
            turn = work.conversations.last(THREAD, who.account)
        assert turn is not None
        (shown,) = self._assistant.handle(Message(THREAD, "", "larks", None, who, Escalate(turn.exchange)))
        assert isinstance(shown, Previewed)
        return shown.parts


@pytest.fixture
def thread(sample_library: Library, sample_guides: Guides) -> Thread:
    return Thread(assistant_of(sample_library, sample_guides))


def test_what_one_answered_in_a_flow_is_not_the_others(thread: Thread) -> None:
    (begun,) = thread.say(ANN, "Record a rehearsal")
    assert isinstance(begun, Guided)
    thread.say(ANN, "1")
    assert not any(isinstance(one, Guided | Concluded) for one in thread.say(BEN, "1"))
    (anew,) = thread.say(BEN, "Record a rehearsal")

    assert isinstance(anew, Guided)
    assert anew.follow_up == begun.follow_up
    assert "responses" in [part.id for part in thread.parts(ANN)]
    assert "responses" not in [part.id for part in thread.parts(BEN)]


def test_an_addition_adds_to_ones_own_question_alone(thread: Thread) -> None:
    thread.say(ANN, "May I print an advert for my secret clinic in the programme?")
    thread.say(BEN, "and on the noticeboard?")

    assert "clinic" not in thread.dossier(BEN)


def test_a_draft_is_mended_by_whoever_gave_it(thread: Thread) -> None:
    thread.say(ANN, "check this draft: Secret words about the clinic and the choir")
    thread.say(ANN, "1")
    replies = thread.say(BEN, "1")

    assert "clinic" not in " ".join(text_of(reply) for reply in replies)


def test_a_society_and_a_role_are_taken_for_oneself(thread: Thread) -> None:
    thread.say(ANN, "larks", None)
    thread.say(ANN, "I am a trainee", None)
    (asked,) = thread.say(BEN, "May I wear a hat on stage?", None)
    assert isinstance(asked, Asked)
    thread.say(BEN, "larks", None)

    with thread._assistant.store.work() as work:
        turns = [work.conversations.last(THREAD, who.account) for who in (ANN, BEN)]
    assert [turn.role for turn in turns if turn] == [Party.TRAINEE, Party.MEMBER]


def test_a_question_that_waits_for_its_society_is_answered_to_whoever_asked(thread: Thread) -> None:
    thread.say(ANN, "May I talk of my secret clinic on stage?", None)
    replies = thread.say(BEN, "larks", None)

    assert [type(one) for one in replies] == [Told]
    assert "clinic" not in text_of(replies[0])
