"""Lines of a terminal and of a file, read as messages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console.inbound import BadInput, Line, lines_from, message_from, role_from
from bot.messages import Message
from knowledge.clauses import ROLES, Party


def read(*rows: bytes, society: str | None = "larks", role: str | None = "member") -> list[Line]:
    return list(lines_from(rows, society, role))


def message_of(line: Line) -> Message:
    assert line.message is not None, line.error
    return line.message


def test_a_whole_line_is_a_message() -> None:
    (line,) = read(b'{"id": "h1", "society": "oars", "role": "fellow", "question": "Can I?"}\n')

    assert line.id == "h1"
    assert line.error == ""
    assert message_of(line).text == "Can I?"
    assert message_of(line).society == "oars"
    assert message_of(line).role is Party.FELLOW


def test_what_a_line_leaves_out_comes_from_the_command() -> None:
    (line,) = read(b'{"question": "Can I?"}', society="oars", role="staff")

    assert line.id == "line 1"
    assert message_of(line).society == "oars"
    assert message_of(line).role is Party.STAFF


def test_nothing_is_made_up_where_neither_says() -> None:
    (line,) = read(b'{"question": "Can I?", "society": null, "role": null}', society=None, role=None)

    assert message_of(line).society is None
    assert message_of(line).role is None


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"nonsense", "not JSON"),
        (b'{"question": "Can I?"', "not JSON"),
        (b"{'question': 'Can I?'}", "not JSON"),
        (b'{"question": "a"} {"question": "b"}', "not JSON"),
        (b'"Can I?"', "not a JSON object"),
        (b'["Can I?"]', "not a JSON object"),
        (b"17", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"{}", "'question' is missing or is not text"),
        (b'{"question": 17}', "'question' is missing or is not text"),
        (b'{"question": null}', "'question' is missing or is not text"),
        (b'{"question": ["Can I?"]}', "'question' is missing or is not text"),
        (b'{"question": "Can I?", "society": 17}', "'society' is not text"),
        (b'{"question": "Can I?", "society": ["larks"]}', "'society' is not text"),
        (b'{"question": "Can I?", "role": 17}', "'role' is not text"),
        (b'{"question": "Can I?", "role": {"a": 1}}', "'role' is not text"),
        (b'{"question": "Can I?", "role": "king"}', "the role 'king' is unknown"),
        (b'{"question": "Can I\xff?"}', "not UTF-8 text"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8 text"),
        (b"[" * 100_000, "not JSON"),
        (b'{"question":' * 100_000, "not JSON"),
        (b"\x00\x01\x02", "not JSON"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_rest_goes_on(row: bytes, error: str) -> None:
    before, bad, after = read(b'{"question": "before"}', row, b'{"question": "after"}')

    assert message_of(before).text == "before"
    assert bad.message is None
    assert error in bad.error
    assert "\n" not in bad.error
    assert message_of(after).text == "after"


@pytest.mark.parametrize("row", [b'{"id": "h7"}', b'{"id": "h7", "question": "a", "role": "king"}'])
def test_an_error_carries_the_id_of_its_line(row: bytes) -> None:
    assert read(row)[0].id == "h7"


def test_a_line_without_an_id_has_its_number() -> None:
    assert [line.id for line in read(b"\n", b"nonsense", b"", b'{"question": "a"}')] == ["line 2", "line 4"]


def test_blank_lines_are_passed_over() -> None:
    assert [message_of(line).text for line in read(b"", b"  \t \r\n", b'{"question": "a"}', b"\n")] == ["a"]


def test_the_order_is_kept() -> None:
    rows = [json.dumps({"id": str(number), "question": "a"}).encode() for number in range(200)]

    assert [line.id for line in read(*rows)] == [str(number) for number in range(200)]


def test_a_byte_order_mark_before_the_first_line_is_no_fault() -> None:
    assert message_of(read(b'\xef\xbb\xbf{"question": "a"}')[0]).text == "a"


def test_each_line_is_a_conversation_of_its_own() -> None:
    lines = read(b'{"question": "a"}', b'{"question": "b"}')

    assert len({message_of(line).conversation for line in lines}) == 2


def test_text_beyond_ascii_is_kept_as_it_was_written() -> None:
    for text in ("Puis-je partager ça ?", "🎵", "\u202eabc", "é" * 5000):
        row = json.dumps({"question": text}, ensure_ascii=False).encode()
        assert message_of(read(row)[0]).text == text


def test_a_message_keeps_the_text_as_it_was_typed() -> None:
    typed = message_from("  Can I? \n", "here", "larks", "trainee")

    assert typed == Message("console:here", "  Can I? \n", "larks", Party.TRAINEE)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_named(role: Party) -> None:
    assert role_from(str(role)) is role


def test_no_role_is_none() -> None:
    assert role_from(None) is None


@pytest.mark.parametrize("role", ["king", "members", "", "national_office", "trustees"])
def test_an_unknown_role_is_refused_with_those_that_there_are(role: str) -> None:
    with pytest.raises(BadInput) as refused:
        role_from(role)

    assert all(known in str(refused.value) for known in ROLES)


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_any_bytes_give_one_line_for_each_row_that_is_not_blank(rows: list[bytes]) -> None:
    lines = read(*rows)

    assert len(lines) == sum(bool(row.strip()) for row in rows)
    assert all((line.message is None) == bool(line.error) for line in lines)
