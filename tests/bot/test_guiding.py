"""A guided decision as a conversation, on the small flows of an invented choir."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.alone import Alone
from bot import wording, wording_of_flows
from bot.messages import Message
from bot.ports import Turn
from bot.replies import Answered, Asked, Concluded, Guided, NotAnswered, Reply, Told
from knowledge.clauses import Party, Verdict
from knowledge.flows.flow import NOT_SURE, Flow, Option, Outcome, Response, Step
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.bot.talking import Talk, Turns, cited, text_of
from tests.conftest import KEPT, assistant_of, nothing_told

RECORD = "can I record the rehearsal"
CONSENT = "Has the conductor consented to the recording?"
USE = "What is the recording for?"
HAS, LACKS = "Yes, the conductor has", "No, or I have not asked"
PRACTISE, POST, FRIEND = "To practise at home", "To post it from a choir account", "To invite a friend to the next one"
OTHER = "how do the Larks define social media?"


@pytest.fixture
def conversations() -> Turns:
    return Turns()


@pytest.fixture
def assistant(sample_library: Library, sample_guides: Guides, conversations: Turns) -> Alone:
    return assistant_of(sample_library, sample_guides, conversations.store)


@pytest.fixture
def choir(assistant: Alone) -> Talk:
    return Talk(assistant, "console:choir:1", "larks")


def guided(replies: list[Reply]) -> Guided:
    """The step that a list of replies ends with."""
    last = replies[-1]
    assert isinstance(last, Guided), last
    return last


def concluded(replies: list[Reply]) -> Concluded:
    """The end that a list of replies ends with."""
    last = replies[-1]
    assert isinstance(last, Concluded), last
    return last


def said(reply: Guided | Concluded) -> list[str]:
    return [one.label for one in reply.said]


def test_a_question_that_a_flow_settles_is_answered_by_its_first_step_and_the_clause_it_turns_on(choir: Talk) -> None:
    reply = guided(choir.say(RECORD))

    assert reply.title == "Record a rehearsal"
    assert reply.follow_up.text == CONSENT
    assert reply.follow_up.options == (HAS, LACKS, NOT_SURE)
    assert cited(reply)[0] == "larks/rehearsals/recording"
    assert said(reply) == []


def test_what_the_question_says_is_not_asked_again_and_can_be_changed(choir: Talk) -> None:
    reply = guided(choir.say("may I tape this rehearsal? the conductor has agreed"))

    assert said(reply) == [HAS]
    assert reply.follow_up.text == USE
    assert "“change”" in text_of(reply)


def test_a_question_that_says_everything_is_answered_at_once(choir: Talk) -> None:
    reply = concluded(choir.say("may I tape this rehearsal for practice? the conductor has agreed"))

    assert said(reply) == [HAS, PRACTISE]
    assert reply.verdict is Verdict.INFO


def test_of_several_questions_none_is_passed_over_for_a_flow(choir: Talk) -> None:
    (reply,) = choir.say("can I record the rehearsal? And how do the Larks define social media?")

    assert isinstance(reply, Answered)
    assert {"larks/rehearsals/recording", "larks/about/media"} <= set(cited(reply))


@pytest.mark.parametrize("words", ["1", "1.", HAS, HAS.upper(), "yes", "Yes!", "the conductor has"])
def test_an_option_is_taken_by_number_by_label_and_by_part_of_it(choir: Talk, words: str) -> None:
    choir.say(RECORD)

    assert guided(choir.say(words)).follow_up.text == USE


@pytest.mark.parametrize("words", ["it is for practice", "at home", "I only want it to practise."])
def test_an_option_is_taken_by_words_that_mean_it(choir: Talk, words: str) -> None:
    choir.say(RECORD)
    choir.say("1")

    assert said(concluded(choir.say(words))) == [HAS, PRACTISE]


def test_a_step_on_the_way_does_not_repeat_what_was_just_chosen(choir: Talk) -> None:
    choir.say(RECORD)
    reply = guided(choir.say("1"))

    assert text_of(reply) == ""
    assert said(reply) == []


def test_words_that_were_understood_are_told_back(choir: Talk) -> None:
    choir.say(RECORD)
    reply = guided(choir.say("the conductor has agreed to it"))

    assert said(reply) == [HAS]


def test_an_end_states_verdict_words_clauses_and_how_it_was_reached(choir: Talk) -> None:
    choir.say(RECORD)
    reply = concluded(choir.say("2"))

    assert reply.verdict is Verdict.NO
    assert reply.told.opening == "No, you must not. Not without the conductor's consent. Ask first."
    assert cited(reply) == ["larks/rehearsals/recording"]
    assert "It speaks to members; you asked as a member." in reply.told.remarks
    assert said(reply) == [LACKS]
    assert reply.next_step == "If your case seems different, ask the choir office before you act."
    assert reply.letter == ""


def test_a_yes_under_a_policy_that_lacks_rules_says_so(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    reply = concluded(choir.say("3"))

    assert reply.told.opening == "Yes, you may. You may invite a friend, and say so online."
    assert "lacks a list that may say more" in reply.told.remarks


def test_a_line_to_copy_is_given_as_it_stands(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    reply = concluded(choir.say("2"))

    assert reply.copy == "Recorded with our conductor's consent."
    assert f"{wording_of_flows.TO_COPY}\n{reply.copy}" in text_of(reply)


@pytest.mark.parametrize("words", ["3", "Not sure", "not sure", "I'm not sure", "dunno", "I don't know.", "no idea"])
def test_not_sure_ends_with_the_office_and_a_text_to_send(choir: Talk, words: str) -> None:
    choir.say(RECORD)
    reply = concluded(choir.say(words))

    assert reply.verdict is Verdict.DEPENDS
    assert cited(reply) == ["larks/rehearsals/recording"]
    assert reply.next_step.startswith("I have sent nothing yet. Choose “Ask the choir office”")
    assert reply.letter == (
        "Hello,\n\nMy question: can I record the rehearsal\n\nWhat I can say about it:\n"
        f"- {CONSENT} I am not sure.\n\nI ask as a member. Could you tell me what applies? Thank you."
    )


def test_an_end_that_goes_to_the_office_has_a_text_to_send_whatever_its_verdict(choir: Talk) -> None:
    choir.say("role: staff")
    choir.say(RECORD)
    reply = concluded(choir.say("2"))

    assert reply.verdict is Verdict.NO
    assert "I ask as a member of staff." in reply.letter
    assert f"- {CONSENT} {LACKS}." in reply.letter


def test_a_role_that_is_changed_meanwhile_counts(choir: Talk) -> None:
    choir.say(RECORD)
    noted, step = choir.say("I am staff")
    reply = concluded(choir.say("2"))

    assert text_of(noted) == wording.role_taken(Party.STAFF)
    assert isinstance(step, Guided)
    assert "larks/accounts/employees" in cited(reply)


def test_a_role_that_is_changed_at_the_end_may_change_the_end(choir: Talk) -> None:
    choir.say(RECORD)
    assert concluded(choir.say("2")).letter == ""

    assert concluded(choir.say("I am staff")).letter


def test_an_earlier_answer_is_changed_and_what_still_fits_is_kept(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    choir.say("1")
    (listed,) = choir.say("change")
    assert isinstance(listed, Asked)
    assert listed.follow_up.options == (f"{CONSENT} {HAS}", f"{USE} {PRACTISE}")

    assert guided(choir.say("1")).follow_up.text == CONSENT
    assert said(concluded(choir.say("2"))) == [LACKS]
    choir.say("change")
    choir.say("1")
    assert said(concluded(choir.say("1"))) == [HAS, PRACTISE]


def test_an_option_to_change_is_taken_by_its_words(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    choir.say("change my answer")

    assert guided(choir.say(f"{CONSENT} {HAS}")).follow_up.text == CONSENT


@pytest.mark.parametrize("words", ["change", "back"])
def test_where_nothing_was_answered_that_is_said_and_the_step_asked_again(choir: Talk, words: str) -> None:
    choir.say(RECORD)
    told, step = choir.say(words)

    assert isinstance(told, Told)
    assert isinstance(step, Guided)
    assert step.follow_up.text == CONSENT


def test_back_asks_the_step_before_again(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    choir.say("2")

    assert guided(choir.say("back")).follow_up.text == USE
    assert guided(choir.say("go back")).follow_up.text == CONSENT


def test_start_again_forgets_the_answers(choir: Talk) -> None:
    choir.say("may I tape this rehearsal? the conductor has agreed")

    assert guided(choir.say("start again")).follow_up.text == CONSENT


def test_stop_leaves_the_flow_and_its_options(choir: Talk) -> None:
    choir.say(RECORD)
    (told,) = choir.say("stop")

    assert text_of(told) == wording_of_flows.STOPPED
    assert text_of(choir.say("1")[0]) == wording.no_such_option(0)
    assert isinstance(choir.say("go on")[0], NotAnswered)


def test_another_question_is_answered_and_the_flow_kept_which_is_said_once(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    answer, kept = choir.say(OTHER)
    assert isinstance(answer, Answered)
    assert "“go on”" in text_of(kept)
    (second,) = choir.say("what may not stand in a concert programme")
    assert isinstance(second, NotAnswered)

    step = guided(choir.say("go on"))
    assert step.follow_up.text == USE
    assert said(step) == [HAS]
    assert step.told.opening == wording_of_flows.TAKEN_UP
    assert said(concluded(choir.say("1"))) == [HAS, PRACTISE]


def test_an_option_of_a_question_asked_meanwhile_is_not_taken_for_one_of_the_flow(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say(OTHER)

    assert not isinstance(choir.say("1")[-1], Guided | Concluded)


@pytest.mark.parametrize("words", ["the rehearsals rule", "what is the rule on recording rehearsals"])
def test_a_remark_that_a_clause_clearly_answers_is_a_question(choir: Talk, words: str) -> None:
    choir.say(RECORD)

    assert isinstance(choir.say(words)[0], Answered)


@pytest.mark.parametrize("words", [HAS, LACKS, NOT_SURE])
def test_a_label_said_after_another_question_belongs_to_that_and_the_flow_waits(choir: Talk, words: str) -> None:
    choir.say(RECORD)
    choir.say(OTHER)

    assert not isinstance(choir.say(words)[-1], Guided | Concluded)
    assert guided(choir.say("go on")).follow_up.text == CONSENT


def test_however_often_an_answer_is_changed_one_response_is_kept_for_each_step(
    choir: Talk, conversations: Turns
) -> None:
    choir.say(RECORD)
    choir.say("1")
    for label in (PRACTISE, FRIEND, PRACTISE, FRIEND):
        choir.say(label)
    turn = conversations.last(choir.name)

    assert turn is not None
    assert turn.responses == (Response("consent", HAS), Response("use", FRIEND))


def test_an_option_of_a_flow_is_not_taken_once_the_platform_names_another_society(
    assistant: Alone,
) -> None:
    assistant.handle(Message("a", RECORD, "larks"))
    (told,) = assistant.handle(Message("a", "1", "oars"))

    assert text_of(told) == wording.no_such_option(0)


def test_who_asks_is_still_known_when_the_platform_names_another_society(
    assistant: Alone, conversations: Turns
) -> None:
    assistant.handle(Message("a", "I am staff", "larks"))
    assistant.handle(Message("a", "can I take a camera in a racing boat", "oars"))
    turn = conversations.last("a")

    assert turn is not None
    assert (turn.society, turn.role) == ("oars", Party.STAFF)


def test_another_label_of_the_last_step_changes_the_end(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    choir.say(PRACTISE)

    assert said(concluded(choir.say(FRIEND))) == [HAS, FRIEND]


def test_an_addition_changes_what_it_speaks_of(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")
    choir.say("1")

    assert said(concluded(choir.say("and if it is to post from our choir account?"))) == [HAS, POST]


def test_an_addition_that_says_nothing_of_the_steps_is_a_question_as_ever(choir: Talk) -> None:
    choir.say(RECORD)
    answer, kept = choir.say("and at a concert?")

    assert not isinstance(answer, Guided | Concluded)
    assert "“go on”" in text_of(kept)


def test_the_same_question_again_begins_anew(choir: Talk) -> None:
    choir.say(RECORD)
    choir.say("1")

    assert guided(choir.say(RECORD)).follow_up.text == CONSENT


def test_a_remark_that_no_option_fits_is_answered_with_the_step_again(choir: Talk) -> None:
    choir.say(RECORD)
    told, step = choir.say("erm tricky one")

    assert text_of(told) == wording_of_flows.WHICH_OPTION
    assert isinstance(step, Guided)


def test_a_number_that_is_no_option_is_told_so_and_the_flow_goes_on(choir: Talk) -> None:
    choir.say(RECORD)
    (told,) = choir.say("9")

    assert text_of(told) == wording.no_such_option(3)
    assert guided(choir.say("1")).follow_up.text == USE


def test_why_and_who_says_speak_of_the_clauses_of_the_step(choir: Talk) -> None:
    choir.say(RECORD)

    for words in ("why?", "who says?"):
        assert cited(choir.say(words)[0])[0] == "larks/rehearsals/recording"
    assert guided(choir.say("1")).follow_up.text == USE


@pytest.mark.parametrize("words", ["flows", "guides", "Guides!", "what can you guide me through?", "list the guides"])
def test_the_flows_of_a_society_are_listed_and_started_by_number(choir: Talk, words: str) -> None:
    (listed,) = choir.say(words)

    assert isinstance(listed, Asked)
    assert listed.follow_up.options == ("Record a rehearsal", "Share a post about the choir")
    step = guided(choir.say("1"))
    assert step.follow_up.text == CONSENT
    assert cited(step) == ["larks/rehearsals/recording"]


@pytest.mark.parametrize("title", ["Record a rehearsal", "record a rehearsal.", "RECORD A REHEARSAL"])
def test_a_title_starts_its_flow_at_any_time(choir: Talk, title: str) -> None:
    choir.say(OTHER)

    assert guided(choir.say(title)).follow_up.text == CONSENT


def test_the_text_for_the_office_of_a_flow_without_a_question_names_the_matter(choir: Talk) -> None:
    choir.say("Record a rehearsal")

    assert "I have a question about this: Record a rehearsal." in concluded(choir.say("not sure")).letter


def test_a_flow_that_settles_no_clause_cites_the_first_that_it_rests_on(choir: Talk) -> None:
    assert cited(guided(choir.say("share a post about the choir"))) == ["larks/concerts/photographs"]


def test_a_society_without_flows_says_so_and_answers_as_ever(assistant: Alone) -> None:
    rowers = Talk(assistant, "console:rowers:1", "oars")

    assert "I hold no guides for" in text_of(rowers.say("guides")[0])
    assert isinstance(rowers.say("can I take a camera in a racing boat")[0], Answered)
    assert "guides" not in text_of(rowers.say("help")[0])


def test_help_speaks_of_guides_where_there_are_some(choir: Talk) -> None:
    assert "“guides”" in text_of(choir.say("help")[0])


@pytest.mark.parametrize("words", [RECORD, "Record a rehearsal"])
def test_a_question_that_waited_for_its_society_may_begin_a_flow(assistant: Alone, words: str) -> None:
    stranger = Talk(assistant, "console:stranger:1")
    assert isinstance(stranger.say(words)[0], Asked)

    assert guided(stranger.say("larks")).follow_up.text == CONSENT


def test_the_flows_can_be_asked_for_before_the_society_is_known(assistant: Alone) -> None:
    stranger = Talk(assistant, "console:stranger:1")
    stranger.say("guides")
    listed = stranger.say("larks")[-1]

    assert isinstance(listed, Asked)
    assert "Record a rehearsal" in listed.follow_up.options


def test_a_flow_does_not_follow_into_another_society(assistant: Alone) -> None:
    stranger = Talk(assistant, "console:stranger:1")
    stranger.say("larks")
    stranger.say(RECORD)
    stranger.say("oars")

    assert not any(isinstance(reply, Guided) for reply in stranger.say("go on"))


def test_a_flow_belongs_to_its_conversation(assistant: Alone) -> None:
    mine, other = Talk(assistant, "slack:C1:1", "larks"), Talk(assistant, "slack:C1:2", "larks")
    mine.say(RECORD)

    assert text_of(other.say("1")[0]) == wording.no_such_option(0)
    assert guided(mine.say("1")).follow_up.text == USE


@pytest.mark.parametrize(
    "stale", [Response("consent", "Yes, of course"), Response("colour", "Blue"), Response("use", "To sell it")]
)
def test_a_response_that_no_longer_fits_is_told_and_its_step_asked_again(
    choir: Talk, conversations: Turns, stale: Response
) -> None:
    choir.say(RECORD)
    turn = conversations.last(choir.name)
    assert turn is not None
    conversations.put(choir.name, replace(turn, responses=(Response("consent", HAS), stale)))
    told, step = choir.say("go on")

    assert text_of(told) == wording_of_flows.CHANGED_FLOW
    assert isinstance(step, Guided)
    assert step.follow_up.text == USE


def test_an_option_that_is_no_longer_offered_is_told_and_the_step_asked_again(
    choir: Talk, conversations: Turns
) -> None:
    choir.say(RECORD)
    turn = conversations.last(choir.name)
    assert turn is not None
    conversations.put(choir.name, replace(turn, options=("Yes, last year", "No")))
    told, step = choir.say("1")

    assert text_of(told) == wording_of_flows.CHANGED_FLOW
    assert isinstance(step, Guided)


def test_a_flow_that_is_gone_is_told_kindly(choir: Talk, conversations: Turns) -> None:
    conversations.put(
        choir.name,
        Turn("larks", Party.MEMBER, "Can I?", options=("Yes", "No"), flow="larks/gone", about="Can I?"),
    )
    (told,) = choir.say("1")

    assert text_of(told) == wording_of_flows.gone("the choir office")
    assert guided(choir.say(RECORD)).follow_up.text == CONSENT


def test_answers_to_change_fit_on_a_button_and_are_never_alike() -> None:
    long = "x" * 70
    steps = tuple(
        Step(name, f"Is it so in the case of {name}?", (Option("Yes", "end"), Option(long, "end")))
        for name in ("a", "b", "c")
    )
    flow = Flow("larks/x", "X", (), (), (), steps, (Outcome("end", Verdict.YES, "So.", ("larks/about/media",)),))
    answers = wording_of_flows.said(flow, [Response("a", long), Response("b", long), Response("c", "Yes")])
    options = wording_of_flows.answers_to_change(answers)

    assert options[2] == "Is it so in the case of c? Yes"
    assert len(set(options)) == 3
    assert all(len(option) <= wording_of_flows.LONGEST_OPTION for option in options)


def test_a_platform_that_no_clause_names_is_said_with_the_definition(choir: Talk) -> None:
    choir.say("may I tape Tuesday's rehearsal on TikTok?")
    reply = concluded(choir.say("2"))

    assert cited(reply) == ["larks/rehearsals/recording", "larks/about/media"]
    assert "TikTok is not named" in reply.told.remarks


anything = st.text(max_size=60) | st.sampled_from(
    [
        *("1", "2", "3", "4", "0", HAS, LACKS, PRACTISE, NOT_SURE, "dunno", "yes", "no", "and at home?", RECORD, OTHER),
        *("change", "back", "stop", "start again", "go on", "flows", "why?", "who says?", "help", "I am staff"),
        *("larks", "oars", "Share a post about the choir", "our choir account", "the conductor has agreed", "", "🎵"),
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(anything, min_size=1, max_size=12), society=st.sampled_from([None, "larks"]))
def test_any_sequence_of_messages_in_a_flow_gets_replies(
    sample_library: Library, sample_guides: Guides, texts: list[str], society: str | None
) -> None:
    conversations = Turns()
    assistant = assistant_of(sample_library, sample_guides, conversations.store)
    for text in [RECORD, *texts]:
        replies = assistant.handle(Message("console:any:1", text, society))
        assert replies
        for reply in replies:
            if isinstance(reply, Guided):
                assert reply.follow_up.text
                assert len(reply.follow_up.options) > 1
            else:
                assert text_of(reply).strip()
            if isinstance(reply, Concluded):
                assert reply.told.citations


responses = st.builds(Response, st.sampled_from(["consent", "use", "account", "?"]), st.text(max_size=5)) | st.builds(
    Response, st.sampled_from(["consent", "use"]), st.sampled_from([HAS, LACKS, PRACTISE, POST, NOT_SURE])
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    flow=st.sampled_from(["larks/recording", "larks/share", "larks/gone", "oars/x"]),
    kept=st.lists(responses, max_size=6).map(tuple),
    options=st.lists(st.sampled_from([HAS, LACKS, NOT_SURE, "Share a post about the choir", "?"]), max_size=3).map(
        tuple
    ),
    about=st.sampled_from([RECORD, "", "else"]),
    text=anything,
)
def test_whatever_is_remembered_a_message_gets_replies(
    sample_library: Library,
    sample_guides: Guides,
    flow: str,
    kept: tuple[Response, ...],
    options: tuple[str, ...],
    about: str,
    text: str,
) -> None:
    conversations = Turns()
    conversations.put("a", Turn("larks", Party.MEMBER, RECORD, RECORD, (), options, (), flow, about, kept))

    assert assistant_of(sample_library, sample_guides, conversations.store).handle(Message("a", text))


def test_no_guides_at_all_leave_everything_as_it_is(sample_library: Library) -> None:
    none = Guides((), sample_library, KEPT, None, "none", nothing_told)
    talk = Talk(assistant_of(sample_library, none), "a", "larks")

    assert isinstance(talk.say(RECORD)[0], Answered)
