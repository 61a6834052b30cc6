"""The steps of a checklist as plain text, and how far somebody is."""

import pytest

from bot.telling import cited_in, in_plain_text
from bot.wording_of_lessons import how_far
from tests.adapters.slack.lessons import CONSENT, FLASH, INVITATION, JUDGE, PLAY


@pytest.mark.parametrize(
    ("progress", "bar"),
    [
        ("Step 1 of 18", (0, 10)),
        ("Step 3 of 18", (1, 9)),
        ("Step 18 of 18", (9, 1)),
        ("Question 2 of 2", (5, 5)),
        ("", None),
        ("Step 0 of 4", None),
        ("Step 5 of 4", None),
        ("Step 1 of 0", None),
        ("Almost there", None),
        (f"Step {'9' * 400} of 3", None),
    ],
)
def test_a_bar_shows_what_is_done_and_only_where_that_is_known(progress: str, bar: tuple[int, int] | None) -> None:
    assert how_far(progress, 10) == bar


def test_a_step_as_text_says_first_what_comes_of_the_last_answer_and_last_what_is_asked() -> None:
    assert in_plain_text(JUDGE).split("\n\n") == [
        "Not quite. Nobody asked the conductor. the Larks' rules: “No flash in concerts.” It is practice, so here is"
        " another one.",
        "Running @larks_sing for the altos · Step 4 of 9",
        "These are offered as points that may help. the Larks' rules, in our summary: Ask the conductor first.",
        "An invented post:\nWe sang like angels last night!\nHere is all of it, and the tenors' faces.",
        "Would you post it?",
    ]


def test_what_was_answered_about_a_post_stands_below_it() -> None:
    assert "So far:\n• Has the conductor consented? Yes, the conductor has." in in_plain_text(PLAY)


def test_what_is_not_there_leaves_no_gap() -> None:
    heading, told = in_plain_text(INVITATION).split("\n\n")

    assert heading == "Running @larks_sing for the altos"
    assert told.startswith("You are invited")


def test_a_step_cites_the_clauses_of_both_its_parts_each_once() -> None:
    assert cited_in(JUDGE) == (FLASH, CONSENT)
