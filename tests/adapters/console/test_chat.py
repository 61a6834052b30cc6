"""A conversation through a pipe and at a terminal."""

import io
import re

import pytest

from adapters.alone import Alone
from bot.assistant import Assistant
from bot.messages import Message
from bot.ports import Work
from bot.replies import Reply
from knowledge.library import Library
from tests.adapters.console.talking import OFFICE, typed
from tests.conftest import assistant_of

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

    def handle(self, message: Message, work: Work) -> list[Reply]:
        if "Mrs Sparrow" in message.text:
            raise RuntimeError(f"cannot answer {message.text}")
        return super().handle(message, work)


@pytest.fixture
def assistant(sample_library: Library) -> Alone:
    return assistant_of(sample_library)


@pytest.fixture
def broken(sample_library: Library) -> Alone:
    return assistant_of(sample_library, kind=Broken)


def test_a_pipe_is_read_to_its_end(assistant: Alone) -> None:
    shown = typed(assistant, io.StringIO("can I record the rehearsal\n2\n"))

    assert "It depends" in shown
    assert "\nNo, you must not." in shown
    assert shown.endswith("Goodbye.\n")


def test_a_last_line_without_an_end_is_read_too(assistant: Alone) -> None:
    assert "Never record a rehearsal" in typed(assistant, io.StringIO("can I record the rehearsal"))


def test_a_pipe_shows_what_was_said_so_that_it_reads_as_a_conversation(assistant: Alone) -> None:
    shown = typed(assistant, io.StringIO("Hello\nhelp\n"))

    assert re.findall(r"^> .*$", shown, re.MULTILINE) == ["> Hello", "> help"]


def test_a_terminal_is_prompted_and_its_lines_are_not_repeated(assistant: Alone) -> None:
    shown = typed(assistant, Terminal("Hello\nquit\n"))

    assert shown.count("\n> ") == 2
    assert "> Hello" not in shown
    assert shown.endswith("Goodbye.\n")


@pytest.mark.parametrize("word", ["quit", "exit", "bye", "q", "QUIT", "  quit  "])
def test_a_word_ends_the_conversation(assistant: Alone, word: str) -> None:
    shown = typed(assistant, io.StringIO(f"Hello\n{word}\ncan I record the rehearsal\n"))

    assert shown.endswith("Goodbye.\n")
    assert "rehearsal" not in shown


def test_the_end_of_input_ends_the_conversation(assistant: Alone) -> None:
    assert typed(assistant, io.StringIO("")).endswith("Goodbye.\n")
    assert typed(assistant, Terminal("")).endswith("Goodbye.\n")


def test_ctrl_c_at_the_prompt_ends_the_conversation_kindly(assistant: Alone) -> None:
    shown = typed(assistant, Interrupted("Hello\n"))

    assert "Hello. I am a bot" in shown
    assert shown.endswith("Goodbye.\n")


def test_blank_lines_are_no_messages(assistant: Alone) -> None:
    shown = typed(assistant, io.StringIO("\n   \n\t\nHello\n\n"))

    assert re.findall(r"^> .*$", shown, re.MULTILINE) == ["> Hello"]


def test_the_society_is_asked_for_and_taken_by_its_number(assistant: Alone) -> None:
    shown = typed(assistant, io.StringIO("can I record the rehearsal\n1\n"), society=None)

    assert "Which society is this about?" in shown
    assert "  1. larks\n  2. oars" in shown
    assert "Never record a rehearsal" in shown


def test_bytes_that_are_no_text_are_answered_with_a_sentence(assistant: Alone) -> None:
    source = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00\n"), encoding="utf-8")

    shown = typed(assistant, source)

    assert "I cannot tell what you would like to know." in shown
    assert shown.endswith("Goodbye.\n")


def test_halves_of_characters_are_answered_with_a_sentence(assistant: Alone) -> None:
    """What Python makes of undecodable bytes in a C locale."""
    shown = typed(assistant, io.StringIO("\udcff\udcfe\n"))

    assert "I cannot tell what you would like to know." in shown
    shown.encode("utf-8")


def test_what_is_typed_cannot_steer_the_terminal_when_it_is_repeated(assistant: Alone) -> None:
    shown = typed(assistant, io.StringIO("Hello \x1b[2J\u202e\x07\n"))

    assert not set(shown) & {"\x1b", "\u202e", "\x07"}


def test_a_failure_gives_a_reference_and_the_office(broken: Alone, capsys: pytest.CaptureFixture[str]) -> None:
    shown = typed(broken, io.StringIO(f"{SECRET}\nHello\n"))
    logged = capsys.readouterr().err

    told = re.search(r"Something went wrong here, and I give no ruling\. Please ask (.+) and quote (\w+)\.", shown)
    assert told is not None
    assert told[1] == OFFICE
    assert told[2] in logged
    assert "RuntimeError" in logged


def test_a_failure_leaves_no_trace_of_the_question(broken: Alone, capsys: pytest.CaptureFixture[str]) -> None:
    typed(broken, Terminal(f"{SECRET}\n"))
    logged = capsys.readouterr().err

    assert "Sparrow" not in logged
    assert "Traceback" not in logged


def test_a_failure_does_not_end_the_conversation(broken: Alone, capsys: pytest.CaptureFixture[str]) -> None:
    shown = typed(broken, io.StringIO(f"{SECRET}\nHello\n"))
    capsys.readouterr()

    assert "Hello. I am a bot" in shown


def test_two_chats_share_nothing(assistant: Alone) -> None:
    typed(assistant, io.StringIO("larks\nI am a Fellow\ncan I record the rehearsal\n"), society=None)

    assert "Which society" in typed(assistant, io.StringIO("1\n"), society=None)
