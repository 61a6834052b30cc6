"""Logs carry ids: whatever else somebody hands to them is left out."""

import ast
import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog

from adapters import logs

ROOMS = [Path(__file__).parents[2] / room for room in ("adapters", "bot", "knowledge")]
METHODS = {"debug", "info", "warning", "error", "exception", "critical"}


class Recorded(StringIO):
    """What was logged while a test ran."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        return self.lines[-1]


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    """The log of this test, as `verse serve` would write it; then the log is as it was."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level = root.level
    stream = Recorded()
    logs.set_up(stream)
    yield stream
    root.handlers[:], root.level = before, level
    structlog.reset_defaults()


def test_an_event_is_a_line_of_json_with_its_time_and_its_ids(recorded: Recorded) -> None:
    structlog.get_logger().info("message handled", ticket=12, platform="slack", conversation="slack:C1:17.3")

    assert recorded.last.pop("timestamp").endswith("Z")
    assert {key: value for key, value in recorded.last.items() if key != "timestamp"} == {
        "event": "message handled",
        "level": "info",
        "ticket": 12,
        "platform": "slack",
        "conversation": "slack:C1:17.3",
    }


def test_a_key_that_is_not_known_is_left_out(recorded: Recorded) -> None:
    structlog.get_logger().info("message handled", ticket=1, question="May I?", name="Ann", token="x0xb")

    assert not recorded.last.keys() & {"question", "name", "token"}


@pytest.mark.parametrize("value", ["two words", "ann@choir.example", "x" * 121, "a\nb", ["May I?"]])
def test_a_value_that_can_be_words_or_an_address_is_left_out(recorded: Recorded, value: object) -> None:
    structlog.get_logger().info("message handled", reference=value)

    assert recorded.last["reference"] == "[not logged]"


def test_a_conversation_by_mail_is_told_with_its_title_in_one_piece(recorded: Recorded) -> None:
    structlog.get_logger().info("reply sent", conversation="email:larks:Choir Secretary", platform="email")

    assert recorded.last["conversation"] == "email:larks:Choir_Secretary"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("conversation", "email:larks:ann@choir.example Ann"),
        ("conversation", "email:larks:May I share this?"),
        ("conversation", "slack:C1:two words"),
        ("reference", "email:larks:two words"),
    ],
)
def test_nothing_else_with_spaces_is_told(recorded: Recorded, key: str, value: str) -> None:
    structlog.get_logger().info("reply sent", **{key: value})

    assert recorded.last[key] == "[not logged]"


@pytest.mark.parametrize("how", ["exception", "exc_info", "instance"])
def test_of_an_exception_its_class_and_place_are_told_and_not_its_words(recorded: Recorded, how: str) -> None:
    log = structlog.get_logger()
    try:
        raise ValueError("May I retweet this?")
    except ValueError as error:
        match how:
            case "exception":
                log.exception("message failed", reference="R1")
            case "exc_info":
                log.error("message failed", reference="R1", exc_info=True)
            case _:
                log.error("message failed", reference="R1", exc_info=error)

    assert recorded.last["fault"] == "ValueError"
    assert recorded.last["trace"].startswith("test_logs.py:")
    assert "retweet" not in recorded.getvalue()


def test_of_what_a_library_logs_only_the_place_is_told(recorded: Recorded) -> None:
    try:
        raise KeyError("ann@choir.example")
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling %s", "May I retweet this?")
    logging.getLogger("another").warning("May I retweet this?")

    first, second = recorded.lines
    assert (first["logger"], first["fault"], first["event"]) == ("aiohttp.server", "KeyError", "library")
    assert second["where"].startswith("test_logs.py:")
    assert "retweet" not in recorded.getvalue()
    assert "choir" not in recorded.getvalue()


def test_requests_are_not_logged(recorded: Recorded) -> None:
    logging.getLogger("aiohttp.access").info("GET /?question=May+I")

    assert recorded.getvalue() == ""


def test_in_a_terminal_it_is_written_for_eyes() -> None:
    class Terminal(Recorded):
        def isatty(self) -> bool:
            return True

    root, before, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    terminal = Terminal()
    logs.set_up(terminal)
    try:
        structlog.get_logger().info("message handled", ticket=12, question="May I?")
    finally:
        root.handlers[:], root.level = before, level
        structlog.reset_defaults()

    assert "message handled" in terminal.getvalue()
    assert "ticket=12" in terminal.getvalue()
    assert "May I?" not in terminal.getvalue()


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """Each call of a logger in the rooms, with where it stands."""
    for file in sorted(file for room in ROOMS for file in room.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in METHODS
                and ast.unparse(node.func.value) in ("log", "_log", "self._log", "logger", "_logger")
            ):
                yield f"{file.parent.name}/{file.name}:{node.lineno}", node


def test_each_event_in_the_code_is_a_constant_and_each_key_is_one_that_may_be_logged() -> None:
    faults = []
    for place, call in _calls():
        event = call.args[0] if call.args else None
        if not (isinstance(event, ast.Constant) and isinstance(event.value, str)):
            faults.append(f"{place}: the event is no constant")
        keys = {keyword.arg for keyword in call.keywords if keyword.arg} - {"exc_info"}
        if unknown := keys - logs.KEYS:
            faults.append(f"{place}: {unknown} may not be logged; see adapters/logs.py")

    assert faults == []
