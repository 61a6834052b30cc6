"""Whole conversations in which something else is asked while a request or a step of a checklist waits."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot import wording_of_requests as wording
from bot.acts import Act, ShowOnboarding
from bot.messages import Message
from bot.replies import Answered, Lesson, NotAnswered, Reply, Told
from bot.wording_of_typed_words import KEEP_IT
from knowledge.library import Library
from tests.bot.accounts.hall import ANN, GIVEN, Hall, button, home, lesson, told
from tests.conftest import assistant_of

QUESTION = "Can I invite a friend to an open rehearsal?"


class Talk:
    """Ann alone with the bot, each message a minute after the one before."""

    def __init__(self, library: Library) -> None:
        hall = Hall(library)
        self.now = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
        self.store = MemoryStore(lambda: self.now)
        self.bot: Alone = assistant_of(
            library, hall.guides, self.store, offices=hall.offices, checklists=hall.checklists
        )

    def says(self, text: str, place: str = "") -> list[Reply]:
        return self._handled(Message(place or home(ANN), text, "larks", person=ANN))

    def presses(self, act: Act, place: str = "") -> list[Reply]:
        return self._handled(Message(place or home(ANN), "", "larks", person=ANN, act=act))

    def keeps(self, text: str, place: str = "") -> list[Reply]:
        """What comes of words for the request once she says that they are for it."""
        return self.presses(button(self.says(text, place), KEEP_IT).act, place)

    def _handled(self, message: Message) -> list[Reply]:
        self.now += timedelta(minutes=1)
        return self.bot.handle(message)


@pytest.fixture
def talk(sample_library: Library) -> Talk:
    return Talk(sample_library)


def test_a_question_in_between_is_answered_as_ever_and_told_what_waits_once(talk: Talk) -> None:
    talk.says("request an account")
    answered, waits = talk.says(QUESTION)
    assert isinstance(answered, Answered)
    assert waits == Told(home(ANN), wording.REQUEST_WAITS, buttons=(button([waits], wording.GO_ON),))
    assert [type(reply) for reply in talk.says(QUESTION)] == [Answered]


def test_what_waits_is_gone_on_with_in_words_or_by_a_button(talk: Talk) -> None:
    talk.says("request an account")
    talk.keeps(GIVEN["group"])
    (_, waits) = talk.says(QUESTION)
    for replies in (talk.says("go on with my request"), talk.presses(button([waits], wording.GO_ON).act)):
        assert lesson(replies).told.opening.startswith("What is the account for?")
    assert lesson(talk.keeps(GIVEN["purpose"])).told.opening.startswith("Whom is it to reach?")


def test_a_courtesy_in_between_leaves_nothing(talk: Talk) -> None:
    talk.says("request an account")
    (thanked,) = talk.says("thank you")
    assert isinstance(thanked, NotAnswered)
    assert isinstance(talk.keeps(GIVEN["group"])[0], Lesson)


def test_elsewhere_nothing_is_said_of_what_waits(talk: Talk) -> None:
    talk.says("request an account")
    assert len(talk.says(QUESTION, "slack:C1:1700000000.000100:UANN")) == 1


def test_each_message_may_have_a_place_of_its_own_on_a_platform_that_has_threads(talk: Talk) -> None:
    talk.says("request an account", "slack:D9:1700000000.000100")
    assert isinstance(talk.keeps(GIVEN["group"], "slack:D9:1700000000.000200")[0], Lesson)
    answered, waits = talk.says(QUESTION, "slack:D9:1700000000.000300")
    assert (type(answered), told([waits])) == (Answered, wording.REQUEST_WAITS)
    assert isinstance(talk.says("To sing", "slack:D9:1700000000.000400")[0], Answered | NotAnswered)


def test_an_onboarding_that_waits_is_spoken_of_too(talk: Talk, sample_library: Library) -> None:
    hall = Hall(sample_library)
    hall.store = talk.store
    entry = hall.has_account("@larks_choir", ANN)
    enrolment = hall.is_enrolled(entry, ANN)
    (_, waits) = talk.says(QUESTION)
    assert told([waits]) == wording.onboarding_waits("@larks_choir")
    assert button([waits], wording.GO_ON_ONBOARDING).act == ShowOnboarding(enrolment)


def test_whoever_is_not_known_hears_of_nothing(talk: Talk) -> None:
    message = Message("slack:D1:1", QUESTION, "larks")
    assert len(talk.bot.handle(message)) == 1


def test_a_request_is_made_in_words_alone(talk: Talk) -> None:
    talk.says("I would like to request an account for our group")
    for words in GIVEN.values():
        talk.says(words)
        talk.says("yes")
    talk.says("none")
    talk.says("yes")
    assert "Q1" in told(talk.says("send it"))
    with talk.store.work() as work:
        ticket = work.tickets.get("1")
    assert ticket is not None
    assert ticket.dossier.question == "A new account for the Evening Larks"
