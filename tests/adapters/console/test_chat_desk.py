"""Both sides of a terminal: its numbers, what waits on the other side, and the lines of the desk."""

import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import wording_of_rulings
from bot.assistant import Assistant
from bot.desk_words import LINES
from bot.messages import Message
from bot.ports import Work
from bot.replies import Reply
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.adapters.console.talking import OFFICE, Post, typed
from tests.conftest import assistant_of

FEE = "how much is the annual membership fee"
SENT = f"{FEE}\nask the choir office\n1\n"


class Fragile(Assistant):
    """An assistant whose desk breaks."""

    def handle(self, message: Message, work: Work) -> list[Reply]:
        if message.act is not None:
            raise RuntimeError("the desk is broken")
        return super().handle(message, work)


@pytest.fixture
def post(sample_library: Library, sample_guides: Guides) -> Post:
    made = Post(assistant_of(sample_library, sample_guides))
    made.employ("larks", "robin", "Choir Secretary")
    return made


def test_what_can_be_pressed_is_numbered_after_the_options(sample_library: Library) -> None:
    shown = typed(Post(assistant_of(sample_library)), "can I record the rehearsal\n")

    assert "  2. No, or I have not asked\n\n  3. " in shown
    assert re.search(r"  3\. .*Ask the choir office", shown)


def test_a_number_of_an_option_is_said_and_one_after_it_is_pressed(sample_library: Library) -> None:
    post = Post(assistant_of(sample_library))

    assert "No, you must not." in typed(post, "can I record the rehearsal\n2\n")
    assert "This would go to the choir office" in typed(post, "can I record the rehearsal\n5\n")


def test_numbers_stand_until_there_is_something_else_to_choose_from(post: Post) -> None:
    shown = typed(post, "how much is the annual membership fee\n1\n3\nleave out a\n3\n2\n")

    assert "Thank you. I have noted that it was right." in shown
    assert "I have sent nothing." in shown
    assert "Sent to the choir office as Q1, without your name." in shown
    assert "What the bot answered" not in typed(post, "desk\nshow 1\n", name="robin")


def test_a_number_that_is_not_there_changes_nothing(post: Post) -> None:
    shown = typed(post, f"{FEE}\n3\n9\n3\n")

    assert "Please choose a number from 1 to 3." in shown
    assert shown.endswith("I have sent nothing.\nGoodbye.\n")


def test_words_that_a_button_needs_are_asked_for_and_can_be_left(post: Post) -> None:
    shown = typed(post, f"{SENT}2\n\n2\nIt is urgent.\n")

    assert shown.count("What would you like to add? An empty line leaves it.") == 2
    assert "Nothing was changed." in shown
    assert "I have added that to Q1" in shown


def test_a_dialogue_that_the_end_of_the_input_breaks_off_changes_nothing(post: Post) -> None:
    shown = typed(post, f"{SENT}2\n")

    assert shown.endswith("Nothing was changed.\nGoodbye.\n")


def test_who_is_on_the_list_is_told_of_the_desk(post: Post) -> None:
    assert "“desk” takes you to the desk" in typed(post, "", name="robin")
    assert "“desk”" not in typed(post, "", name="ann")


def test_the_desk_is_refused_to_others_and_they_go_on_as_askers(post: Post) -> None:
    shown = typed(post, "desk\nHello\n", name="ann")

    assert "verse staff add console:ann --society larks" in shown
    assert "desk> " not in shown
    assert "Hello. I am a bot" in shown


def test_both_sides_have_numbers_of_their_own(post: Post) -> None:
    shown = typed(post, f"{SENT}desk\n2\nback\nmy queries\n", name="robin")

    assert "Q1 is yours." in shown
    assert "The Choir Secretary at the choir office has taken up Q1" in shown.replace("\n", " ")


def test_what_comes_for_the_other_side_waits_there_and_is_counted_once(post: Post) -> None:
    shown = typed(post, f"{SENT}desk\nclaim 1\nqueue\nanswer 1 Ask the treasurer.\n1\nback\n", name="robin")
    at_desk, as_asker = shown.split("> back\n")

    assert at_desk.count("1 message for you as the asker. “back” shows it.") == 1
    assert at_desk.count("2 messages for you as the asker. “back” shows them.") == 1
    assert "Ask the treasurer." in as_asker


def test_an_answer_waits_until_its_asker_is_at_a_terminal_again(post: Post) -> None:
    typed(post, SENT, name="ann")
    typed(post, "desk\nanswer 1 Ask the treasurer.\n1\n", name="robin")

    assert "treasurer" not in typed(post, "", name="wren")
    shown = typed(post, "", name="ann")
    assert "While you were away:" in shown
    assert "  | Ask the treasurer." in shown
    assert "treasurer" not in typed(post, "", name="ann")


def test_nobody_answers_what_they_have_not_seen(post: Post) -> None:
    typed(post, SENT, name="ann")
    shown = typed(post, "desk\nanswer 1\nAsk the treasurer.\n1\n", name="robin")

    assert shown.index("Q1 · open") < shown.index("Your answer, as the asker will read it.")
    assert "Q1 is answered." in shown


def test_an_answer_to_a_query_that_is_not_there_asks_for_no_words(post: Post) -> None:
    shown = typed(post, "desk\nanswer 7\nqueue\n", name="robin")

    assert "There is no such query at this desk." in shown
    assert "Your answer" not in shown


def test_a_query_that_has_moved_on_since_it_was_shown_is_not_moved_again(post: Post) -> None:
    post.employ("larks", "wren")
    typed(post, SENT, name="ann")

    class Meanwhile(io.StringIO):
        """Another terminal closes the query while somebody writes an answer here."""

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed has it read bytes
            line = super().readline()
            if "treasurer" in line:
                typed(post, "desk\nclose 1 Asked twice.\n", name="wren")
            return line

    shown = typed(post, Meanwhile("desk\nshow 1\nanswer 1\nAsk the treasurer.\n1\n"), name="robin")

    assert "wren closed q1 first" in shown.casefold()
    assert "Asked twice." in typed(post, "", name="ann")


def test_lines_that_are_none_say_what_can_be_typed(post: Post) -> None:
    shown = typed(post, "desk\nclaim\ncan I record the rehearsal\nhelp\n", name="robin")

    assert "That is typed so: claim 12" in shown
    assert "I do not know that command." in shown
    assert all(line in shown for line in LINES)


def test_no_line_is_wider_than_a_terminal(post: Post) -> None:
    typed(post, SENT, name="ann")
    shown = typed(post, "desk\nhelp\nclaim\nhm\nshow 1\nanswer 1\ndraft\n2\nMay I?\n3\n\n\nback\n", name="robin")

    assert max(len(line) for line in shown.splitlines()) <= 96


def test_staff_of_two_societies_choose_whose_desk_it_is(post: Post) -> None:
    post.employ("oars", "robin")
    typed(post, SENT, name="ann")

    shown = typed(post, "desk\n1\nshow 1\nqueue\n", society=None, name="robin")

    assert "At which desk?" in shown
    assert shown.count("Q1 · just now") == 2


def test_the_society_of_the_chat_is_the_desk_that_one_comes_to(post: Post) -> None:
    post.employ("oars", "robin")

    assert "At which desk?" not in typed(post, "desk\n", society="oars", name="robin")


def test_a_failure_at_the_desk_gives_a_reference(sample_library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    post = Post(assistant_of(sample_library, kind=Fragile))
    post.employ("larks", "robin")

    shown = typed(post, "desk\nclaim 1\nback\nHello\n", name="robin")

    assert shown.count(f"Please ask {OFFICE} and quote") == 2
    assert "Hello. I am a bot" in shown
    assert "RuntimeError while answering" in capsys.readouterr().err


SAID = st.sampled_from(
    [
        *(
            "desk",
            "back",
            "help",
            "queue",
            "queue mine",
            "claim 1",
            "answer 1 Do.",
            "answer 1",
            "ask 1",
            "close 1",
            "hand 1",
        ),
        *(
            "reopen 1",
            "join 1 2",
            "rulings",
            "gaps",
            "wrong",
            "staff",
            "my queries",
            "withdraw Q1",
            FEE,
            "can I record",
        ),
        *(
            "1",
            "2",
            "3",
            "4",
            "9",
            "",
            "draft",
            "leave out a",
            "add: a line",
            "ask the choir office",
            "larks/rehearsals/recording",
        ),
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID | st.text(max_size=20), max_size=15))
def test_nothing_that_is_typed_breaks_either_side(
    sample_library: Library, capsys: pytest.CaptureFixture[str], lines: list[str]
) -> None:
    post = Post(assistant_of(sample_library))
    post.employ("larks", "robin")

    shown = typed(post, "\n".join([*SENT.splitlines(), *lines]), name="robin")

    assert shown.endswith("Goodbye.\n")
    assert "while answering" not in capsys.readouterr().err


def test_no_reason_is_asked_for_a_ruling_that_is_not_there(post: Post) -> None:
    shown = typed(post, "desk\nwithdraw 9\n", name="robin")

    assert "Why is it taken back?" not in shown
    assert wording_of_rulings.NO_SUCH_RULING in " ".join(shown.split())
