"""Which way a message goes, as a table: what was said last, what is said now, and where it is taken."""

from dataclasses import replace

import pytest

from bot.ports import Turn
from bot.routing import Route, Way, route
from knowledge.answers import Citation
from knowledge.clauses import Party
from knowledge.flows.flow import NOT_SURE

SOCIETIES = ("larks", "oars")
CITED = Citation("larks/a/b", "larks", "the Larks' rules", "second", "A", "Words.", official=False)
FRESH = None
ANSWERED = Turn("larks", Party.MEMBER, question="Can I record the rehearsal?", citations=(CITED,))
OFFERED = Turn(
    "larks",
    Party.MEMBER,
    question="Can I record the rehearsal?",
    options=("Yes, the conductor has", "No, or I have not asked"),
    citations=(CITED,),
)
STEP = Turn(
    "larks",
    Party.MEMBER,
    question="Can I record the rehearsal?",
    options=("Yes, the conductor has", "No, or I have not asked", NOT_SURE),
    flow="larks/recording",
    about="Can I record the rehearsal?",
)
AUTHOR = replace(STEP, options=("A company", "A member or a colleague", "None of these, and help is near", NOT_SURE))
ASIDE = replace(STEP, question="What is social media?", options=())
UNCITED = Turn("larks", Party.MEMBER, question="Is it going to rain?")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("1", "Yes, the conductor has"),
        ("2", "No, or I have not asked"),
        ("2.", "No, or I have not asked"),
        ("1)", "Yes, the conductor has"),
        (" 1 ", "Yes, the conductor has"),
        ("Yes, the conductor has", "Yes, the conductor has"),
        ("YES, THE CONDUCTOR HAS.", "Yes, the conductor has"),
        ("yes", "Yes, the conductor has"),
        ("No!", "No, or I have not asked"),
        ("n", "No, or I have not asked"),
        ("y", "Yes, the conductor has"),
    ],
)
def test_an_option_is_taken_by_its_number_or_by_its_words(text: str, option: str) -> None:
    assert route(text, OFFERED, SOCIETIES) == Route(Way.OPTION, option)


@pytest.mark.parametrize("text", ["0", "3", "-1", "99999999999", "½", "1 or 2", "maybe"])
def test_what_is_no_option_is_not_taken_for_one(text: str) -> None:
    assert route(text, OFFERED, SOCIETIES).way is not Way.OPTION


def test_a_number_that_was_not_offered_is_no_question() -> None:
    assert route("7", ANSWERED, SOCIETIES).way is Way.NO_OPTION
    assert route("7", FRESH, SOCIETIES).way is Way.NO_OPTION


@pytest.mark.parametrize("text", ["yes", "No", "Yes, the conductor has"])
def test_nothing_is_an_option_where_none_was_offered(text: str) -> None:
    assert route(text, ANSWERED, SOCIETIES).way is Way.QUESTION
    assert route(text, FRESH, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("text", ["why?", "Why", "but why?", "Why not?", "how come?", "why is that??", "WHY"])
def test_why_is_asked_of_the_answer_before(text: str) -> None:
    assert route(text, ANSWERED, SOCIETIES).way is Way.WHY


@pytest.mark.parametrize(
    "text", ["who says?", "Who says so?", "says who?", "source?", "where does it say that?", "which clause is that?"]
)
def test_who_says_is_asked_of_the_answer_before(text: str) -> None:
    assert route(text, ANSWERED, SOCIETIES).way is Way.SOURCE


@pytest.mark.parametrize("turn", [FRESH, UNCITED])
@pytest.mark.parametrize("text", ["why?", "who says?"])
def test_without_an_answer_to_speak_of_why_and_who_says_are_questions(text: str, turn: Turn | None) -> None:
    assert route(text, turn, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize(
    "text", ["why may members not record a rehearsal?", "who says what goes on the noticeboard of the choir?"]
)
def test_a_question_of_its_own_that_opens_with_why_or_who_says_stays_one(text: str) -> None:
    assert route(text, ANSWERED, SOCIETIES) == Route(Way.QUESTION, text)


@pytest.mark.parametrize("text", ["and on LinkedIn?", "what about a concert?", "But at home?", "or by phone?"])
def test_an_addition_is_joined_to_the_question_before(text: str) -> None:
    taken = route(text, ANSWERED, SOCIETIES)
    added = text.replace("what about", "and").replace("But", "but")

    assert taken == Route(Way.ADDITION, f"Can I record the rehearsal, {added}")


@pytest.mark.parametrize(
    "text",
    [
        "also, can I bring a friend?",
        "and if my neighbour's cousin's choir sings with us in the summer at the lake, who then decides?",
        "orchestras are allowed, are they?",
        "Android phones: may they be used?",
    ],
)
def test_what_stands_on_its_own_is_no_addition(text: str) -> None:
    assert route(text, ANSWERED, SOCIETIES) == Route(Way.QUESTION, text)


def test_an_addition_to_nothing_is_a_question() -> None:
    assert route("and on LinkedIn?", FRESH, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am a trainee", Party.TRAINEE),
        ("I'm a trainee.", Party.TRAINEE),
        ("im a student", Party.TRAINEE),
        ("as a Fellow", Party.FELLOW),
        ("fellow", Party.FELLOW),
        ("role: staff", Party.STAFF),
        ("I am on the staff", Party.STAFF),
        ("I am an employee", Party.STAFF),
        ("I am an admin", Party.ACCOUNT_ADMIN),
        ("account_admin", Party.ACCOUNT_ADMIN),
        ("We are a group", Party.GROUP),
        ("I am a member", Party.MEMBER),
        ("I am not a member", Party.ANYONE),
        ("anyone", Party.ANYONE),
    ],
)
@pytest.mark.parametrize("turn", [FRESH, ANSWERED, OFFERED])
def test_a_role_is_what_the_asker_says(text: str, role: Party, turn: Turn | None) -> None:
    assert route(text, turn, SOCIETIES) == Route(Way.ROLE, role=role)


@pytest.mark.parametrize("text", ["I am a trainee, can I sing?", "Are trainees members?", "I am staffing a stall"])
def test_a_question_that_mentions_a_role_is_a_question(text: str) -> None:
    assert route(text, FRESH, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("text", ["larks", "Larks", "LARKS.", "society: larks", "I am in larks", "for larks"])
def test_a_society_is_named_in_a_word(text: str) -> None:
    assert route(text, FRESH, SOCIETIES) == Route(Way.SOCIETY, "larks")


@pytest.mark.parametrize("text", ["finches", "what do the larks say?", "lark"])
def test_a_society_that_is_not_held_is_not_taken(text: str) -> None:
    assert route(text, FRESH, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("text", ["help", "HELP!", "what can you do?", "how does this work?", "commands"])
def test_help_is_asked_for_in_plain_words(text: str) -> None:
    assert route(text, FRESH, SOCIETIES).way is Way.HELP


@pytest.mark.parametrize("text", ["Can I get help with a photograph?", "", "   ", "???", "🎵🎵"])
def test_whatever_else_is_said_is_a_question(text: str) -> None:
    assert route(text, FRESH, SOCIETIES) == Route(Way.QUESTION, text.strip())


def test_marks_that_cannot_be_seen_hide_no_command() -> None:
    assert route("wh\u200by?", ANSWERED, SOCIETIES).way is Way.WHY
    assert route("\u202e1", OFFERED, SOCIETIES).way is Way.OPTION


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("change", Way.CHANGE),
        ("Change my answer.", Way.CHANGE),
        ("change that", Way.CHANGE),
        ("back", Way.BACK),
        ("go back", Way.BACK),
        ("undo", Way.BACK),
        ("start again", Way.AGAIN),
        ("Start over!", Way.AGAIN),
        ("restart", Way.AGAIN),
        ("stop", Way.STOP),
        ("never mind", Way.STOP),
        ("cancel", Way.STOP),
        ("go on", Way.GO_ON),
        ("continue", Way.GO_ON),
        ("where were we?", Way.GO_ON),
    ],
)
def test_a_flow_is_steered_by_plain_words(text: str, way: Way) -> None:
    assert route(text, STEP, SOCIETIES).way is way
    assert route(text, ASIDE, SOCIETIES).way is way
    assert route(text, ANSWERED, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("text", ["can I change the record?", "stop the choir from singing", "back up my files"])
def test_a_question_with_such_a_word_steers_no_flow(text: str) -> None:
    assert route(text, STEP, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("turn", [FRESH, ANSWERED, STEP, ASIDE])
@pytest.mark.parametrize("text", ["flows", "guides", "Guides!", "list the guides", "what can you guide me through?"])
def test_the_flows_are_asked_for_in_plain_words(text: str, turn: Turn | None) -> None:
    assert route(text, turn, SOCIETIES).way is Way.FLOWS


@pytest.mark.parametrize(
    "text",
    [
        *("Not sure", "not sure.", "I'm not sure", "I am really not sure", "not quite certain", "unsure", "dunno"),
        *("I don't know", "no idea!", "I can't tell", "hard to say", "who knows?"),
    ],
)
def test_not_sure_is_said_in_many_ways(text: str) -> None:
    assert route(text, STEP, SOCIETIES) == Route(Way.OPTION, NOT_SURE)


@pytest.mark.parametrize(
    ("text", "option"),
    [("company", "A company"), ("a colleague", "A member or a colleague"), ("member", "A member or a colleague")],
)
def test_an_option_of_a_step_is_named_by_part_of_it(text: str, option: str) -> None:
    assert route(text, AUTHOR, SOCIETIES) == Route(Way.OPTION, option)


@pytest.mark.parametrize("text", ["an", "company?", "comp", "a member of a company", "colleague or company"])
def test_a_part_that_may_mean_something_else_names_no_option(text: str) -> None:
    assert route(text, AUTHOR, SOCIETIES).way is Way.QUESTION


@pytest.mark.parametrize("text", ["help", "No", "no!"])
def test_a_short_word_within_a_label_does_not_name_it(text: str) -> None:
    assert route(text, AUTHOR, SOCIETIES).way is not Way.OPTION


def test_part_of_an_option_names_it_only_while_the_flow_is_at_it() -> None:
    aside = replace(AUTHOR, question="What is social media?")

    assert route("company", aside, SOCIETIES).way is Way.QUESTION


def test_no_is_never_taken_for_not_sure() -> None:
    assert route("no", STEP, SOCIETIES) == Route(Way.OPTION, "No, or I have not asked")
    assert route("n", replace(STEP, options=("It is", "It is not", NOT_SURE)), SOCIETIES).way is Way.QUESTION
