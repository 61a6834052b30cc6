"""A file of questions, answered line by line."""

import json
from typing import NoReturn

import pytest

from adapters.alone import Alone
from adapters.console import app
from adapters.console.inbound import Line, lines_from
from bot.assistant import Assistant
from bot.messages import Message
from bot.ports import Work
from knowledge.flows.matching import Guides
from knowledge.library import Library
from tests.conftest import assistant_of


@pytest.fixture
def assistant(sample_library: Library) -> Alone:
    return assistant_of(sample_library)


def answer_all(assistant: Alone, *rows: str, society: str | None = "larks") -> list[dict[str, object]]:
    written: list[str] = []
    lines = lines_from([row.encode() for row in rows], society, "member")
    app.answer_lines(assistant, lines, written.append)
    assert all("\n" not in line for line in written)
    return [json.loads(line) for line in written]


def test_each_line_is_answered_in_its_order(assistant: Alone) -> None:
    rows = [json.dumps({"id": str(number), "question": "Hello"}) for number in range(20)]

    assert [shape["id"] for shape in answer_all(assistant, *rows)] == [str(number) for number in range(20)]


def test_a_bad_line_gives_its_error_and_the_rest_goes_on(assistant: Alone) -> None:
    before, bad, after = answer_all(
        assistant, '{"id": "a", "question": "Hello"}', '{"id": "b"}', '{"id": "c", "question": "Hello"}'
    )

    assert bad == {"id": "b", "error": "'question' is missing or is not text"}
    assert "error" not in before
    assert "error" not in after


def test_a_line_of_a_society_that_is_not_held_gives_its_error(assistant: Alone) -> None:
    bad, after = answer_all(
        assistant, '{"id": "a", "question": "Hello", "society": "finches"}', '{"id": "b", "question": "Hello"}'
    )

    assert bad == {"id": "a", "error": "no policy of 'finches' is held"}
    assert after["society"] == "larks"


def test_a_line_without_a_society_gives_its_error(assistant: Alone) -> None:
    (bad,) = answer_all(assistant, '{"id": "a", "question": "Hello"}', society=None)

    assert set(bad) == {"id", "error"}
    assert "SOCIETY" in str(bad["error"])


def test_a_line_knows_nothing_of_the_line_before(assistant: Alone) -> None:
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


def test_a_line_may_hold_half_a_character(assistant: Alone) -> None:
    (shape,) = answer_all(assistant, '{"id": "\\ud800", "question": "can I record \\udfff the rehearsal"}')

    assert shape["verdict"] == "depends"


def test_a_failure_on_a_line_is_not_swallowed(sample_library: Library) -> None:
    """An unexpected fault ends a batch loudly; it never leaves a line out in silence."""

    class Failing(Assistant):
        def handle(self, message: Message, work: Work) -> NoReturn:
            raise RuntimeError(message.conversation)

    lines = [Line("a", Message("file:1", "Hello", "larks"))]
    with pytest.raises(RuntimeError):
        app.answer_lines(assistant_of(sample_library, kind=Failing), lines, print)
