"""A role that somebody says of themselves: they need not say it again in another conversation."""

import pytest

from adapters.alone import Alone
from bot.acts import Escalate, Greet, Send, ShowHome
from bot.messages import Message
from bot.people import NOBODY, Person
from bot.replies import Answered, Overview, Reply
from bot.telling import buttons_of, in_plain_text
from knowledge.clauses import Party
from knowledge.library import Library
from tests.conftest import assistant_of

ANN, BEN = Person("slack:U1", "Ann Asker"), Person("slack:U2", "Ben Other")
QUESTION = "can I take a camera in a racing boat"


class Speaker:
    """Somebody who asks in many conversations."""

    def __init__(self, bot: Alone, who: Person = ANN, society: str | None = "oars", role: Party | None = None) -> None:
        self.bot, self._who, self._society, self._role = bot, who, society, role

    def says(self, text: str, conversation: str = "slack:D1:1") -> list[Reply]:
        return self.bot.handle(Message(conversation, text, self._society, self._role, self._who))

    def role_in(self, conversation: str) -> Party:
        """As what they are answered there."""
        for reply in self.says(QUESTION, conversation):
            if isinstance(reply, Answered):
                return reply.answer.role
        raise AssertionError(conversation)


@pytest.fixture
def bot(sample_library: Library) -> Alone:
    return assistant_of(sample_library)


@pytest.fixture
def ann(bot: Alone) -> Speaker:
    return Speaker(bot)


def test_in_a_new_conversation_it_is_known(ann: Speaker) -> None:
    ann.says("I am a trainee")

    assert ann.role_in("slack:D1:2") is Party.TRAINEE
    assert ann.role_in("slack:C7:8:U1") is Party.TRAINEE


def test_it_is_taken_on_from_one_conversation_to_the_next(ann: Speaker) -> None:
    ann.says("I am a trainee")
    ann.role_in("slack:D1:2")
    with ann.bot.store.work() as work:
        turn = work.conversations.last("slack:D1:2", ANN.account)

    assert turn is not None
    assert turn.role_said


def test_the_answer_that_turns_on_it_shows_it(ann: Speaker) -> None:
    ann.says("I am a trainee")
    answers = [in_plain_text(one) for one in ann.says("should I tell the coach my time trial first?", "slack:D1:2")]

    assert any("you asked as a trainee" in told for told in answers)


def test_who_says_another_one_is_that_from_then_on(ann: Speaker) -> None:
    ann.says("I am a trainee")
    ann.says("I am a member", "slack:D1:2")

    assert ann.role_in("slack:D1:3") is Party.MEMBER


def test_a_conversation_that_has_begun_goes_on_as_it_was(ann: Speaker) -> None:
    before = ann.role_in("slack:D1:1")
    ann.says("I am a trainee", "slack:D1:2")

    assert before is ann.role_in("slack:D1:1") is Party.MEMBER
    assert ann.role_in("slack:D1:3") is Party.TRAINEE


def test_nobody_is_asked_for_as_what_they_were_only_taken(ann: Speaker) -> None:
    Speaker(ann.bot, role=Party.STAFF).role_in("slack:D1:1")

    assert ann.role_in("slack:D1:2") is Party.MEMBER


def test_what_a_platform_knows_goes_before_it(ann: Speaker) -> None:
    ann.says("I am a trainee")

    assert Speaker(ann.bot, role=Party.STAFF).role_in("slack:D1:2") is Party.STAFF


def test_it_is_nobody_elses(ann: Speaker) -> None:
    ann.says("I am a trainee")

    assert Speaker(ann.bot, BEN).role_in("slack:D2:1") is Party.MEMBER
    assert Speaker(ann.bot, Person("teams:U1")).role_in("teams:D1:1") is Party.MEMBER


def test_of_who_is_not_known_nothing_is_remembered_elsewhere(bot: Alone) -> None:
    somebody = Speaker(bot, NOBODY)
    somebody.says("I am a trainee")

    assert somebody.role_in("slack:D1:2") is Party.MEMBER


def test_what_is_said_to_one_society_is_none_of_anothers(ann: Speaker) -> None:
    Speaker(ann.bot, society="larks").says("I am a trainee")

    assert ann.role_in("slack:D1:2") is Party.MEMBER


def test_it_is_known_as_well_once_a_society_is_chosen(bot: Alone) -> None:
    Speaker(bot).says("I am a trainee")
    ann = Speaker(bot, society=None)
    ann.says("oars", "slack:D1:2")

    assert ann.role_in("slack:D1:2") is Party.TRAINEE


def test_what_was_said_before_the_society_was_chosen_counts_for_it(bot: Alone) -> None:
    ann = Speaker(bot, society=None)
    ann.says("I am a trainee", "slack:D1:1")
    ann.says("oars", "slack:D1:1")

    assert Speaker(bot).role_in("slack:D1:2") is Party.TRAINEE


def test_a_query_goes_out_under_it(ann: Speaker) -> None:
    ann.says("I am a trainee")
    (answered,) = ann.says(QUESTION, "slack:D1:2")
    (escalate,) = (one.act for one in buttons_of(answered) if isinstance(one.act, Escalate))
    ann.bot.handle(Message("slack:D1:2", "", "oars", None, ANN, Send(escalate.exchange, True)))

    with ann.bot.store.work() as work:
        ticket = work.tickets.get("1")
    assert ticket is not None
    assert ticket.role is Party.TRAINEE


def test_looking_at_the_first_page_or_being_welcomed_changes_nothing_of_it(ann: Speaker) -> None:
    ann.says("I am a trainee")
    (shown,) = ann.bot.handle(Message("slack:U1:home", "", "oars", None, ANN, ShowHome()))
    ann.bot.handle(Message("slack:D1:9", "", "oars", None, ANN, Greet()))

    assert isinstance(shown, Overview)
    assert ann.role_in("slack:D1:9") is Party.TRAINEE
