"""What the assistant says and remembers, on two small policies and a store that is real."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.alone import Alone
from bot import wording
from bot.messages import Message
from bot.replies import HELP, Answered, Asked, NotAnswered, Reply, Told
from knowledge.answers import Reason
from knowledge.clauses import Party, Verdict
from knowledge.library import Library
from tests.bot.talking import Talk, Turns, cited, text_of
from tests.conftest import assistant_of

RECORD = "can I record the rehearsal"
CAMERA = "can I take a camera in a racing boat"


@pytest.fixture
def conversations() -> Turns:
    return Turns()


@pytest.fixture
def assistant(sample_library: Library, conversations: Turns) -> Alone:
    return assistant_of(sample_library, store=conversations.store)


@pytest.fixture
def choir(assistant: Alone) -> Talk:
    """A conversation on a platform that knows the society."""
    return Talk(assistant, "console:choir:1", "larks")


@pytest.fixture
def stranger(assistant: Alone) -> Talk:
    """A conversation on a platform that does not know the society."""
    return Talk(assistant, "console:stranger:1")


def answered(replies: list[Reply]) -> Answered:
    """The answer that a list of replies ends with."""
    last = replies[-1]
    assert isinstance(last, Answered), last
    return last


def test_a_question_of_a_known_society_is_answered_from_its_policy(choir: Talk) -> None:
    reply = answered(choir.say("can I record a rehearsal without asking the conductor"))

    assert reply.answer.verdict is Verdict.NO
    assert cited(reply)[0] == "larks/rehearsals/recording"


def test_the_society_is_asked_for_where_nobody_knows_it(stranger: Talk) -> None:
    (reply,) = stranger.say(RECORD)

    assert isinstance(reply, Asked)
    assert reply.follow_up.options == ("larks", "oars")


@pytest.mark.parametrize("named", ["1", "larks", "Larks.", "I am in larks"])
def test_the_question_that_waited_for_the_society_is_then_answered(stranger: Talk, named: str) -> None:
    stranger.say(RECORD)
    noted, reply = stranger.say(named)

    assert isinstance(noted, Told)
    assert noted.text == "Noted: I answer from the Larks' rules."
    assert cited(reply)[0] == "larks/rehearsals/recording"


def test_the_society_is_asked_for_only_once(stranger: Talk) -> None:
    stranger.say(RECORD)
    stranger.say("2")

    assert cited(answered(stranger.say(CAMERA)))[0] == "oars/water/cameras"


def test_a_society_named_first_needs_no_asking(stranger: Talk) -> None:
    (noted,) = stranger.say("oars")

    assert isinstance(noted, Told)
    assert cited(answered(stranger.say(CAMERA)))[0] == "oars/water/cameras"


def test_the_society_can_be_changed_in_a_conversation_that_chose_it(stranger: Talk) -> None:
    stranger.say("oars")
    stranger.say(CAMERA)
    stranger.say("larks")

    assert all(clause.startswith("larks/") for reply in stranger.say(RECORD) for clause in cited(reply))


def test_the_society_of_a_workspace_is_not_changed_by_what_somebody_types(choir: Talk) -> None:
    choir.say("oars")

    assert all(clause.startswith("larks/") for reply in choir.say(CAMERA) for clause in cited(reply))


def test_what_an_answer_turns_on_is_asked_back_with_its_options(choir: Talk) -> None:
    reply = answered(choir.say(RECORD))

    assert reply.answer.verdict is Verdict.DEPENDS
    assert reply.follow_up is not None
    assert reply.follow_up.text == "Has the conductor consented to the recording?"
    assert reply.follow_up.options == ("Yes, the conductor has", "No, or I have not asked")


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [
        ("1", Verdict.YES),
        ("2", Verdict.NO),
        ("Yes, the conductor has", Verdict.YES),
        ("no, or I have not asked", Verdict.NO),
        ("yes", Verdict.YES),
        ("No.", Verdict.NO),
    ],
)
def test_an_option_settles_what_the_answer_turned_on(choir: Talk, taken: str, verdict: Verdict) -> None:
    choir.say(RECORD)
    reply = answered(choir.say(taken))

    assert reply.answer.verdict is verdict
    assert reply.follow_up is None
    assert cited(reply)[0] == "larks/rehearsals/recording"


def test_options_are_gone_once_something_else_is_asked(choir: Talk, conversations: Turns) -> None:
    choir.say(RECORD)
    choir.say("Hello")
    turn = conversations.last(choir.name)

    assert turn is not None
    assert turn.options == ()


def test_why_repeats_the_clauses_and_sends_to_the_office(choir: Talk) -> None:
    before = answered(choir.say(RECORD))
    (reply,) = choir.say("why?")

    assert isinstance(reply, Told)
    assert cited(reply) == cited(before)
    assert reply.text.endswith("ask the choir office.")


def test_who_says_names_policy_section_and_edition(choir: Talk) -> None:
    before = answered(choir.say(RECORD))
    (reply,) = choir.say("who says?")

    assert cited(reply) == cited(before)
    for named in ("The Larks, a choir", "Singing and sharing", "Rehearsals", "second edition", "our summary"):
        assert named in text_of(reply)


def test_who_says_claims_no_summary_of_an_official_text(stranger: Talk) -> None:
    stranger.say("oars")
    answered(stranger.say(CAMERA))
    (reply,) = stranger.say("who says?")

    assert "summary" not in text_of(reply)


def test_why_and_who_says_leave_the_turn_as_it_was(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("why?")
    choir.say("who says?")

    assert answered(choir.say("2")).answer.verdict is Verdict.NO


def test_an_addition_is_asked_together_with_the_question_before(choir: Talk, conversations: Turns) -> None:
    choir.say("can I invite a friend to an open rehearsal?")
    reply = answered(choir.say("and on LinkedIn?"))
    turn = conversations.last(choir.name)

    assert "larks/rehearsals/invite" in cited(reply)
    assert turn is not None
    assert turn.question == "can I invite a friend to an open rehearsal, and on LinkedIn?"


@pytest.mark.parametrize("role", [Party.TRAINEE, Party.FELLOW, Party.STAFF, Party.ACCOUNT_ADMIN, Party.GROUP])
def test_a_role_that_is_told_is_noted_and_used(choir: Talk, role: Party) -> None:
    (noted,) = choir.say(f"role: {role}")
    reply = answered(choir.say(RECORD))

    assert wording.ROLE_NAMES[role] in text_of(noted)
    assert reply.answer.role is role


def test_a_changed_role_answers_the_last_question_again(choir: Talk) -> None:
    assert answered(choir.say(RECORD)).answer.role is Party.MEMBER
    noted, reply = choir.say("I am a Fellow")

    assert isinstance(noted, Told)
    assert answered([reply]).answer.role is Party.FELLOW
    assert cited(reply)[0] == "larks/rehearsals/recording"


def test_a_role_keeps_what_was_chosen_before(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("2")

    assert answered(choir.say("I am a trainee")).answer.verdict is Verdict.NO


def test_what_the_asker_says_of_themselves_goes_before_what_the_platform_says(assistant: Alone) -> None:
    talk = Talk(assistant, "console:role:1", "larks", Party.STAFF)
    assert answered(talk.say(RECORD)).answer.role is Party.STAFF

    talk.say("I am a trainee")

    assert answered(talk.say(RECORD)).answer.role is Party.TRAINEE


def test_the_role_a_platform_knows_is_used(assistant: Alone) -> None:
    talk = Talk(assistant, "console:role:2", "larks", Party.FELLOW)

    assert answered(talk.say(RECORD)).answer.role is Party.FELLOW


def test_the_role_is_a_member_where_nobody_says(choir: Talk) -> None:
    assert answered(choir.say(RECORD)).answer.role is Party.MEMBER


def test_help_says_what_can_be_asked(choir: Talk, sample_library: Library) -> None:
    (reply,) = choir.say("help")

    assert text_of(reply) == wording.help_text(sample_library.policy_of("larks"))
    assert isinstance(reply, Told)
    assert reply.about == HELP


def test_a_gap_cites_the_clause_that_says_what_is_missing(choir: Talk) -> None:
    (reply,) = choir.say("what may not stand in a concert programme")

    assert isinstance(reply, NotAnswered)
    assert reply.reason is Reason.GAP
    assert cited(reply) == ["larks/concerts/programme"]


@pytest.mark.parametrize("text", ["", "   ", "?!?", "🎵🎶", "\x00\x01", "\u202e"])
def test_a_message_without_words_is_too_vague(choir: Talk, text: str) -> None:
    (reply,) = choir.say(text)

    assert isinstance(reply, NotAnswered)
    assert reply.reason is Reason.VAGUE


def test_every_reply_is_addressed_to_the_conversation_of_its_message(assistant: Alone) -> None:
    said = [
        RECORD,
        "larks",
        "1",
        "why?",
        "who says?",
        "and on LinkedIn?",
        "I am a trainee",
        "help",
        "Hello",
        "",
        "oars",
    ]
    for name in ("slack:C1:17.1", "console:x:"):
        talk = Talk(assistant, name)
        for text in said:
            assert {reply.conversation for reply in talk.say(text)} == {name}


def test_a_turn_of_another_conversation_never_leaks(assistant: Alone) -> None:
    """Neither its society, its role, its question nor its options."""
    mine, other = Talk(assistant, "slack:C1:1"), Talk(assistant, "slack:C1:2")
    other.say("larks")
    other.say("I am a trainee")
    other.say(RECORD)

    (reply,) = mine.say("1")
    assert isinstance(reply, Asked)
    mine.say("oars")
    assert answered(mine.say(CAMERA)).answer.role is Party.MEMBER
    assert all(clause.startswith("oars/") for text in ("why?", "who says?") for clause in cited(mine.say(text)[0]))
    assert answered(other.say("2")).answer.verdict is Verdict.NO


def test_conversations_side_by_side_say_what_each_would_alone(sample_library: Library) -> None:
    script = [RECORD, "1", "why?", "I am a Fellow", "what about backstage photographs"]

    def alone(name: str) -> list[str]:
        talk = Talk(assistant_of(sample_library), name, "larks")
        return [text_of(reply) for text in script for reply in talk.say(text)]

    assistant = assistant_of(sample_library)
    talks = [Talk(assistant, name, "larks") for name in ("a", "b")]
    together: dict[str, list[str]] = {"a": [], "b": []}
    for text in script:
        for talk in talks:
            together[talk.name] += [text_of(reply) for reply in talk.say(text)]

    assert together == {name: alone(name) for name in together}


def test_the_same_conversation_gives_the_same_replies(sample_library: Library) -> None:
    def replies() -> list[Reply]:
        talk = Talk(assistant_of(sample_library), "a", "larks")
        return [reply for text in (RECORD, "2", "who says?") for reply in talk.say(text)]

    assert replies() == replies()


anything = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["can", "I", "record", "why?", "and", "larks", "1", "no", "?", "I am a trainee", "\n", "\u202e", "🎵"]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=st.lists(anything, min_size=1, max_size=4), society=st.sampled_from([None, "larks", "oars"]))
def test_any_text_gets_at_least_one_reply_with_text(
    sample_library: Library, said: list[str], society: str | None
) -> None:
    assistant = assistant_of(sample_library)
    for text in said:
        replies = assistant.handle(Message("console:any:1", text, society))
        assert replies
        for reply in replies:
            assert text_of(reply).strip()
            assert reply.conversation == "console:any:1"
