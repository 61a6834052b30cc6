"""Whether a text repeats what somebody wrote."""

import pytest

from adapters.storage.quoting import Wording, strings

WORDING = Wording(
    ["Wren Example", "slack:U7"], ["Who keeps the robes in the cellar on rainy days?", "Not so.", "ok", ""]
)


@pytest.mark.parametrize(
    "text",
    [
        "… the robes in\nthe CELLAR on rainy …",
        "Q1: “Who keeps the robes in” and more",
        "asked by wren example, a member",
        "slack:U7",
    ],
)
def test_names_and_five_words_in_a_row_are_found_however_they_are_shown(text: str) -> None:
    assert WORDING.is_repeated_in(text)


@pytest.mark.parametrize("text", ["", "Who keeps the keys in the cellar?", "ok", "Wren", "slack:U77", "not so"])
def test_less_than_that_may_be_anybodys(text: str) -> None:
    assert not WORDING.is_repeated_in(text)


def test_few_words_are_found_together() -> None:
    assert Wording([], ["heronsecret"]).is_repeated_in("It is a heronsecret, I hear.")


def test_where_nothing_was_written_nothing_is_repeated() -> None:
    assert not Wording([], []).is_repeated_in("")
    assert not Wording(["", "?"], []).is_repeated_in("")


def test_every_text_of_a_value_is_looked_at() -> None:
    assert list(strings({"a": ["b", {"c": "d"}, 1, None], "e": "f"})) == ["b", "d", "f"]
