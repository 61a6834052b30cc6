"""Posts told apart from what people ask and remark."""

import time

import pytest

from bot.posts_in_messages import is_like_a_post, with_post, without_post


@pytest.mark.parametrize(
    "text",
    [
        "Come along #singing",
        "@larks sang",
        "We sang.\n\n  Twice.",
        "“We sang on Sunday in town”  ",
        "We sang for the town on Sunday afternoon",
    ],
)
def test_a_post_is_known_by_its_marks_or_by_its_length(text: str) -> None:
    assert is_like_a_post(text)


@pytest.mark.parametrize("text", ["", "None of these", "None of these\n \n", "may I share it with a friend too?"])
def test_an_answer_and_a_question_are_no_posts(text: str) -> None:
    assert not is_like_a_post(text)


@pytest.mark.parametrize("blank", ["\n", "\n ", " \n", "\r\n", "\t"])
@pytest.mark.parametrize("end", ["", "“"])
def test_empty_lines_without_end_are_read_quickly(blank: str, end: str) -> None:
    before = time.process_time()
    is_like_a_post("hello" + blank * 40_000 + end)

    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Can we share this? “We sang on Sunday in town.”", "Can we share this?"),
        ("Can we share this?\nWe sang on Sunday in town.", "Can we share this?"),
        ("Can we share this?\n> Sing!", "Can we share this?"),
        ("I want to share this: “Did we sing on Sunday in town?”", "I want to share this"),
        ("I read the rules: can we sing on Sunday in town?", "I read the rules: can we sing on Sunday in town?"),
        ("Can we share this?", "Can we share this?"),
    ],
)
def test_what_is_asked_is_told_apart_from_a_post(text: str, asked: str) -> None:
    assert without_post(text) == asked
    assert (with_post(text) is None) is (asked == text)
