"""A conversation through a pipe and at a terminal, and a file of questions."""

import io
import json
import re
from typing import NoReturn

import pytest

from adapters.console import app
from adapters.console.inbound import BadInput, Line, lines_from
from bot.assistant import Assistant
from bot.messages import Message
from bot.replies import Reply
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.conftest import assistant_of

OFFICE = "the choir office"
SECRET = "may I tell you about Mrs Sparrow's operation"


class Terminal(io.StringIO):
    """A source that says that somebody sits at it."""

    def isatty(self) -> bool:
        return True


class Interrupted(Terminal):
    """A terminal at which Ctrl-C is pressed once its lines are read."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed has it read bytes
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


class Broken(Assistant):
    """An assistant that cannot answer a question, though it can say hello."""

    def handle(self, message: Message) -> list[Reply]:
        if "Mrs Sparrow" in message.text:
            raise RuntimeError(f"cannot answer {message.text}")
        return super().handle(message)


@pytest.fixture
def assistant(sample_library: Library) -> Assistant:
    return assistant_of(sample_library)


@pytest.fixture
def broken(sample_library: Library) -> Assistant:
    return assistant_of(sample_library, kind=Broken)


def talk(assistant: Assistant, source: io.StringIO | io.TextIOWrapper, society: str | None = "larks") -> str:
    out = io.StringIO()
    app.chat(assistant, society, None, source, out, OFFICE)
    return out.getvalue()


def test_a_pipe_is_read_to_its_end(assistant: Assistant) -> None:
    shown = talk(assistant, io.StringIO("can I record the rehearsal\n2\n"))

    assert "It depends" in shown
    assert "\nNo, you must not." in shown
    assert shown.endswith("Goodbye.\n")


def test_a_last_line_without_an_end_is_read_too(assistant: Assistant) -> None:
    assert "Never record a rehearsal" in talk(assistant, io.StringIO("can I record the rehearsal"))


def test_a_pipe_shows_what_was_said_so_that_it_reads_as_a_conversation(assistant: Assistant) -> None:
    shown = talk(assistant, io.StringIO("Hello\nhelp\n"))

    assert re.findall(r"^> .*$", shown, re.MULTILINE) == ["> Hello", "> help"]


def test_a_terminal_is_prompted_and_its_lines_are_not_repeated(assistant: Assistant) -> None:
    shown = talk(assistant, Terminal("Hello\nquit\n"))

    assert shown.count("\n> ") == 2
    assert "> Hello" not in shown
    assert shown.endswith("Goodbye.\n")


@pytest.mark.parametrize("word", ["quit", "exit", "bye", "q", "QUIT", "  quit  "])
def test_a_word_ends_the_conversation(assistant: Assistant, word: str) -> None:
    shown = talk(assistant, io.StringIO(f"Hello\n{word}\ncan I record the rehearsal\n"))

    assert shown.endswith("Goodbye.\n")
    assert "rehearsal" not in shown


def test_the_end_of_input_ends_the_conversation(assistant: Assistant) -> None:
    assert talk(assistant, io.StringIO("")).endswith("Goodbye.\n")
    assert talk(assistant, Terminal("")).endswith("Goodbye.\n")


def test_ctrl_c_at_the_prompt_ends_the_conversation_kindly(assistant: Assistant) -> None:
    shown = talk(assistant, Interrupted("Hello\n"))

    assert "Hello. I am a bot" in shown
    assert shown.endswith("Goodbye.\n")


def test_blank_lines_are_no_messages(assistant: Assistant) -> None:
    shown = talk(assistant, io.StringIO("\n   \n\t\nHello\n\n"))

    assert re.findall(r"^> .*$", shown, re.MULTILINE) == ["> Hello"]


def test_the_society_is_asked_for_and_taken_by_its_number(assistant: Assistant) -> None:
    shown = talk(assistant, io.StringIO("can I record the rehearsal\n1\n"), society=None)

    assert "Which society is this about?" in shown
    assert "  1. larks\n  2. oars" in shown
    assert "Never record a rehearsal" in shown


def test_bytes_that_are_no_text_are_answered_with_a_sentence(assistant: Assistant) -> None:
    source = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00\n"), encoding="utf-8")

    shown = talk(assistant, source)

    assert "I cannot tell what you would like to know." in shown
    assert shown.endswith("Goodbye.\n")


def test_halves_of_characters_are_answered_with_a_sentence(assistant: Assistant) -> None:
    """What Python makes of undecodable bytes in a C locale."""
    shown = talk(assistant, io.StringIO("\udcff\udcfe\n"))

    assert "I cannot tell what you would like to know." in shown
    shown.encode("utf-8")


def test_what_is_typed_cannot_steer_the_terminal_when_it_is_repeated(assistant: Assistant) -> None:
    shown = talk(assistant, io.StringIO("Hello \x1b[2J\u202e\x07\n"))

    assert not set(shown) & {"\x1b", "\u202e", "\x07"}


def test_a_failure_gives_a_reference_and_the_office(broken: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    shown = talk(broken, io.StringIO(f"{SECRET}\nHello\n"))
    logged = capsys.readouterr().err

    told = re.search(r"Something went wrong here, and I give no ruling\. Please ask (.+) and quote (\w+)\.", shown)
    assert told is not None
    assert told[1] == OFFICE
    assert told[2] in logged
    assert "RuntimeError" in logged


def test_a_failure_leaves_no_trace_of_the_question(broken: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    talk(broken, Terminal(f"{SECRET}\n"))
    logged = capsys.readouterr().err

    assert "Sparrow" not in logged
    assert "Traceback" not in logged


def test_a_failure_does_not_end_the_conversation(broken: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    shown = talk(broken, io.StringIO(f"{SECRET}\nHello\n"))
    capsys.readouterr()

    assert "Hello. I am a bot" in shown


def test_two_chats_share_nothing(assistant: Assistant) -> None:
    talk(assistant, io.StringIO("larks\nI am a Fellow\ncan I record the rehearsal\n"), society=None)

    assert "Which society" in talk(assistant, io.StringIO("1\n"), society=None)


def test_an_unknown_role_is_refused_before_anything_is_said(assistant: Assistant) -> None:
    with pytest.raises(BadInput, match="the role 'king' is unknown"):
        app.chat(assistant, "larks", "king", io.StringIO("Hello\n"), io.StringIO(), OFFICE)


def answer_all(assistant: Assistant, *rows: str, society: str | None = "larks") -> list[dict[str, object]]:
    written: list[str] = []
    lines = lines_from([row.encode() for row in rows], society, "member")
    app.answer_lines(assistant, lines, written.append)
    assert all("\n" not in line for line in written)
    return [json.loads(line) for line in written]


def test_each_line_is_answered_in_its_order(assistant: Assistant) -> None:
    rows = [json.dumps({"id": str(number), "question": "Hello"}) for number in range(20)]

    assert [shape["id"] for shape in answer_all(assistant, *rows)] == [str(number) for number in range(20)]


def test_a_bad_line_gives_its_error_and_the_rest_goes_on(assistant: Assistant) -> None:
    before, bad, after = answer_all(
        assistant, '{"id": "a", "question": "Hello"}', '{"id": "b"}', '{"id": "c", "question": "Hello"}'
    )

    assert bad == {"id": "b", "error": "'question' is missing or is not text"}
    assert "error" not in before
    assert "error" not in after


def test_a_line_of_a_society_that_is_not_held_gives_its_error(assistant: Assistant) -> None:
    bad, after = answer_all(
        assistant, '{"id": "a", "question": "Hello", "society": "finches"}', '{"id": "b", "question": "Hello"}'
    )

    assert bad == {"id": "a", "error": "no policy of 'finches' is held"}
    assert after["society"] == "larks"


def test_a_line_without_a_society_gives_its_error(assistant: Assistant) -> None:
    (bad,) = answer_all(assistant, '{"id": "a", "question": "Hello"}', society=None)

    assert set(bad) == {"id", "error"}
    assert "SOCIETY" in str(bad["error"])


def test_a_line_knows_nothing_of_the_line_before(assistant: Assistant) -> None:
    first, second = answer_all(assistant, '{"question": "can I record the rehearsal"}', '{"question": "1"}')

    assert first["verdict"] == "depends"
    assert second["verdict"] == "not_covered"


def test_a_line_that_a_flow_settles_depends_and_names_its_options(
    sample_library: Library, sample_guides: Guides
) -> None:
    first, second = answer_all(
        assistant_of(sample_library, sample_guides), '{"question": "can I record the rehearsal"}', '{"question": "2"}'
    )

    assert first["verdict"] == "depends"
    assert first["unanswered"] is None
    assert first["follow_up"] == {
        "text": "Has the conductor consented to the recording?",
        "options": ["Yes, the conductor has", "No, or I have not asked", "Not sure"],
    }
    assert second["verdict"] == "not_covered"


def test_a_line_may_hold_half_a_character(assistant: Assistant) -> None:
    (shape,) = answer_all(assistant, '{"id": "\\ud800", "question": "can I record \\udfff the rehearsal"}')

    assert shape["verdict"] == "depends"


def test_a_failure_on_a_line_is_not_swallowed(sample_library: Library) -> None:
    """An unexpected fault ends a batch loudly; it never leaves a line out in silence."""

    class Failing(Assistant):
        def handle(self, message: Message) -> NoReturn:
            raise RuntimeError(message.conversation)

    lines = [Line("a", Message("file:1", "Hello", "larks"))]
    with pytest.raises(RuntimeError):
        app.answer_lines(assistant_of(sample_library, kind=Failing), lines, print)
