"""What is kept of a message and its replies, and which reply bears the buttons."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.alone import Alone
from adapters.storage.memory import MemoryStore
from bot.acts import Escalate, PassOn, Say, ShowMyQueries
from bot.dossiers import dossier_of
from bot.exchanges import Ending, Exchange, main_of, question_of
from bot.messages import Message
from bot.people import Person
from bot.ports import Turn
from bot.recording import with_buttons
from bot.replies import Answered, Asked, Button, FollowUp, Guided, NotAnswered, Previewed, Told
from knowledge.answers import Reason
from knowledge.clauses import Party
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.conftest import assistant_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WREN = Person("console:wren", "Wren")
TWO = (Button("escalate", "Ask the choir office", Say("a")), Button("right", "This is right", Say("b")))


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: NOON)


@pytest.fixture
def choir(sample_library: Library, sample_guides: Guides, store: MemoryStore) -> Alone:
    return assistant_of(sample_library, sample_guides, store)


def said(choir: Alone, text: str, conversation: str = "console:a", society: str | None = "larks") -> Exchange:
    choir.handle(Message(conversation, text, society, None, WREN))
    with choir.store.work() as work:
        turn = work.conversations.last(conversation, WREN.account)
        kept = work.exchanges.get(turn.exchange) if turn else None
    assert kept is not None
    return kept


def test_an_answer_is_kept_with_its_clauses_and_its_verdict(choir: Alone) -> None:
    kept = said(choir, "May I sing a solo at a rival choir's concert?")

    assert (kept.asked, kept.society, kept.role) == (
        "May I sing a solo at a rival choir's concert?",
        "larks",
        Party.MEMBER,
    )
    assert (kept.person, kept.at) == (WREN, NOON)
    assert kept.told
    assert all(clause.startswith("larks/") for clause in kept.clauses)


def test_what_was_not_answered_is_kept_under_its_reason(choir: Alone) -> None:
    assert said(choir, "?!").ending == Reason.VAGUE


def test_a_step_of_a_flow_is_kept_with_what_was_answered_before(choir: Alone) -> None:
    said(choir, "can I record the rehearsal")
    kept = said(choir, "1")

    assert kept.ending == Ending.GUIDED
    assert len(kept.said) == 1


@pytest.mark.parametrize(
    ("lines", "question"),
    [
        (["May I record the rehearsal?", "member"], "May I record the rehearsal?"),
        (["May I record the rehearsal?", "I am a trainee", "why?", "member"], "May I record the rehearsal?"),
        (["can I record the rehearsal", "1", "2"], "can I record the rehearsal"),
        (["May I post photographs of the concert?", "1", "trainee"], "May I post photographs of the concert?"),
        (["Who was Arne?", "flows", "1", "1"], "Record a rehearsal"),
        (["can I record the rehearsal", "Who was Arne?", "go on"], "can I record the rehearsal"),
        (["What may I wear?", "And on a tour?"], "What may I wear, and on a tour?"),
    ],
)
def test_an_option_a_role_and_the_like_are_kept_under_the_question_that_they_belong_to(
    choir: Alone, lines: list[str], question: str
) -> None:
    kept = [said(choir, line) for line in lines][-1]

    assert (kept.asked, kept.question, question_of(kept)) == (lines[-1], question, question)


@pytest.mark.parametrize(
    "lines",
    [
        ["May I post photographs of the concert?", "May I record the rehearsal?"],
        ["member"],
    ],
)
def test_a_question_is_kept_as_its_own(choir: Alone, lines: list[str]) -> None:
    kept = [said(choir, line) for line in lines][-1]

    assert (kept.question, question_of(kept)) == ("", lines[-1])


def test_a_question_of_one_society_is_not_kept_under_a_role_at_another(choir: Alone) -> None:
    said(choir, "May I record the rehearsal?")

    assert said(choir, "member", society="oars").question == ""


def test_what_was_chosen_beside_an_answer_goes_to_the_office_with_the_question(choir: Alone) -> None:
    for line in ("May I post photographs of the concert?", "1"):
        kept = said(choir, line)

    (shown,) = choir.handle(Message("console:a", "", "larks", None, WREN, Escalate(kept.id)))

    assert isinstance(shown, Previewed)
    parts = {part.id: part.text for part in shown.parts}
    assert parts["question"] == "May I post photographs of the concert?"
    assert parts["responses"] == "Chosen: Yes: from a group's account, or as somebody who speaks for it."


def test_an_option_that_broke_is_kept_with_the_question_and_with_what_it_chose(
    choir: Alone, store: MemoryStore
) -> None:
    said(choir, "May I post photographs of the concert?")

    with store.work() as work:
        choir.assistant.failed(Message("console:a", "", "larks", None, WREN, Say("1")), work, "abc123")
        (kept,) = work.exchanges.ended("larks", [Ending.FAILED], 5)

    assert (kept.asked, kept.question) == ("1", "May I post photographs of the concert?")
    assert kept.said == (("Chosen:", "Yes: from a group's account, or as somebody who speaks for it"),)


def test_nothing_is_kept_while_nobody_knows_whose_policy_is_meant(choir: Alone, store: MemoryStore) -> None:
    choir.handle(Message("console:a", "May I record the rehearsal?", None, None, WREN))

    with store.work() as work:
        assert work.exchanges.get("1") is None


def test_what_was_said_before_is_found_for_the_same_person_alone(choir: Alone, store: MemoryStore) -> None:
    said(choir, "May I record the rehearsal?")
    choir.handle(Message("console:a", "May I sing loudly?", "larks", None, Person("console:robin")))
    kept = said(choir, "And may I film it?")

    with store.work() as work:
        before = work.exchanges.before(kept, 10)

    assert [exchange.asked for exchange in before] == ["May I record the rehearsal?"]


def test_what_broke_is_kept_and_bears_the_way_to_the_office(choir: Alone, store: MemoryStore) -> None:
    message = Message("console:a", "May I record the rehearsal?", "larks", None, WREN)

    with store.work() as work:
        (told,) = choir.assistant.failed(message, work, "abc123")
        assert isinstance(told, Told)
        assert "abc123" in told.text
        assert told.buttons[0].name == "escalate"
        (kept,) = work.exchanges.ended("larks", [Ending.FAILED], 5)

    assert kept.asked == message.text


def test_an_option_at_which_something_broke_is_kept_as_what_was_asked(choir: Alone, store: MemoryStore) -> None:
    option = "Can a member record the rehearsal?"

    with store.work() as work:
        (told,) = choir.assistant.failed(Message("console:a", "", "larks", None, WREN, Say(option)), work, "abc123")
        (kept,) = work.exchanges.ended("larks", [Ending.FAILED], 5)

    assert kept.asked == option
    assert [button.act for button in getattr(told, "buttons", ())] == [Escalate(kept.id)]


def test_where_something_breaks_before_the_society_is_known_the_reference_is_told(
    choir: Alone, store: MemoryStore
) -> None:
    with store.work() as work:
        (told,) = choir.assistant.failed(Message("console:a", "Hm?", None, None, WREN), work, "abc123")

    assert isinstance(told, Told)
    assert "abc123" in told.text
    assert told.buttons == ()


def test_a_button_that_says_words_is_taken_as_words(choir: Alone) -> None:
    replies = choir.handle(Message("console:a", "", "larks", None, WREN, Say("help")))

    assert isinstance(replies[0], Told)


def test_an_act_is_not_kept_as_something_asked(choir: Alone, store: MemoryStore) -> None:
    choir.handle(Message("console:a", "", "larks", None, WREN, ShowMyQueries()))

    with store.work() as work:
        assert work.exchanges.get("1") is None


def test_the_reply_that_rules_bears_the_buttons_and_its_own_come_after_the_first(choir: Alone) -> None:
    replies = choir.handle(Message("console:a", "can I record the rehearsal", "larks", None, WREN))
    guided = next(reply for reply in replies if isinstance(reply, Guided))

    first, *others = guided.buttons

    assert first.name == "escalate"
    assert "stop" in [button.name for button in others]


def test_what_reaches_whoever_runs_an_account_comes_before_the_office(choir: Alone) -> None:
    (answer,) = choir.handle(Message("console:a", "can I sing a solo at a rival choir's concert", "larks", None, WREN))
    assert isinstance(answer, Answered | NotAnswered)
    pass_on, other = Button("pass_on", "Pass a message on", PassOn("1")), Button("more", "More", Say("c"))

    (shown,) = with_buttons([replace(answer, buttons=(pass_on, other))], TWO)

    assert isinstance(shown, Answered | NotAnswered)
    assert shown.buttons == (pass_on, TWO[0], other, TWO[1])


def test_a_question_back_bears_no_buttons() -> None:
    asked = Asked("console:a", FollowUp("Which society is this about?", ("larks", "oars")))

    assert with_buttons([asked], TWO) == [asked]


def test_a_remark_beside_an_answer_stays_as_it_is(choir: Alone) -> None:
    replies = choir.handle(Message("console:a", "What may I wear?", "larks", None, WREN))
    remark = Told("console:a", "By the way.")

    shown = with_buttons([remark, *replies], TWO)

    assert shown[0] == remark
    assert isinstance(shown[1], Answered | NotAnswered | Guided)
    assert shown[1].buttons[0] == TWO[0]


def test_a_turn_keeps_what_it_knew_beside_the_exchange(choir: Alone, store: MemoryStore) -> None:
    said(choir, "I am a trainee")

    with store.work() as work:
        turn = work.conversations.last("console:a", WREN.account)

    assert isinstance(turn, Turn)
    assert turn.role is Party.TRAINEE


def test_only_what_nothing_was_said_before_says_all_by_itself(choir: Alone, store: MemoryStore) -> None:
    first = said(choir, "May I record the rehearsal?")
    second = said(choir, "Do I need written permission?")

    with store.work() as work:
        assert dossier_of(first, work).alone
        assert not dossier_of(second, work).without(("line:1:asked", "line:1:said")).alone


def test_of_several_things_said_that_which_answers_is_kept_apart(choir: Alone) -> None:
    said(choir, "can I record the rehearsal")
    kept = said(choir, "What may I wear?")

    assert "is kept. To take it up again" in kept.told
    assert kept.told.startswith(f"{kept.main}\n\n")
    assert main_of(kept) == kept.main
    assert "is kept" not in kept.main


def test_of_one_thing_said_nothing_is_apart(choir: Alone) -> None:
    kept = said(choir, "What may I wear?")

    assert (kept.main, main_of(kept)) == ("", kept.told)


def test_what_is_pasted_into_a_flow_is_kept_as_a_post_with_the_question_of_the_flow(choir: Alone) -> None:
    said(choir, "can I record the rehearsal")
    kept = said(choir, "We taped it behind the conductor's back #singing")

    assert (kept.post, kept.question) == (kept.asked, "can I record the rehearsal")


def test_a_draft_whose_account_is_asked_for_is_kept_as_one(choir: Alone) -> None:
    said(choir, "check my post")

    assert said(choir, "We sang in town on Sunday").post == "We sang in town on Sunday"


def test_no_question_that_others_go_with_holds_the_post_that_came_with_it(choir: Alone) -> None:
    said(choir, "can I record this rehearsal?\n> We rehearse in the hall")
    kept = said(choir, "I am a trainee")

    assert kept.question == "can I record this rehearsal?"
