"""The desk's cards: one message each, whatever a query holds, whose first line says how it stands."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from adapters.chat.cutting import length
from adapters.slack.cards import post_of_card
from adapters.slack.outgoing import Post
from adapters.slack.splitting import LONGEST_POST, LONGEST_TEXT, MOST_BLOCKS, size
from bot.replies import Card
from bot.tickets import Part, State
from tests.adapters.chat.written import LONG_CARD, cards
from tests.adapters.slack.block_kit import blocks_problems
from tests.adapters.slack.replies import CARD, card


def shown(post: Post) -> str:
    return json.dumps(post.blocks, ensure_ascii=False)


def first_line(post: Post) -> str:
    line: str = post.blocks[0]["elements"][0]["elements"][0]["text"]
    return line


def labels(post: Post) -> list[str]:
    rows = [block["elements"] for block in post.blocks if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row]


def is_sound(post: Post) -> None:
    assert blocks_problems(list(post.blocks)) == []
    assert len(post.blocks) <= MOST_BLOCKS
    assert size(list(post.blocks)) <= LONGEST_POST
    assert 1 <= length(post.text) <= LONGEST_TEXT
    assert "<" not in post.text


@pytest.mark.parametrize("state", State)
def test_the_first_line_says_in_words_how_the_query_stands(state: State) -> None:
    post = post_of_card(card(state, f"Q12 · {state}"))

    assert first_line(post).endswith(f"Q12 · {state}")
    assert post.text.startswith(first_line(post))


def test_what_would_not_stay_true_is_not_on_it() -> None:
    assert "17 h" not in shown(post_of_card(replace(CARD, age="17 h")))


def test_each_state_has_a_symbol_of_its_own() -> None:
    assert len({first_line(post_of_card(card(state, "Q12")))[0] for state in State}) == len(State)


def test_a_short_card_is_whole() -> None:
    post = post_of_card(CARD)

    for words in (
        "All of it?",
        "Ask the conductor first.",
        "No, not even a part of one.",
        "sent by the asker",
        "by e-mail",
    ):
        assert words in shown(post)
    assert "Show all of it" not in labels(post)
    is_sound(post)


def test_clauses_stand_with_the_ids_by_which_staff_name_them() -> None:
    assert "second edition · [larks/a/b]" in shown(post_of_card(CARD))


def test_the_asker_is_quoted_and_the_bot_is_too() -> None:
    quotes = [
        element["elements"][0]["text"]
        for block in post_of_card(CARD).blocks
        for element in block["elements"]
        if element["type"] == "rich_text_quote"
    ]

    assert quotes[:2] == ["May I film?\nAll of it?", "I find nothing on that."]


def test_a_long_card_is_one_message_and_a_button_shows_all() -> None:
    post = post_of_card(LONG_CARD)

    assert labels(post)[-1] == "Show all of it"
    assert "“Show all of it” shows the rest." in shown(post)
    assert "32 more are left out" in shown(post)  # 28 parts and 4 clauses
    assert "0. I sing high." in shown(post)
    assert "39. I sing high." in shown(post)
    assert "…" in shown(post)
    is_sound(post)


def test_a_card_that_is_a_little_too_long_keeps_as_much_as_has_room() -> None:
    parts = tuple(Part(f"line:{n}", "You asked", "I sing high. " * 200) for n in range(5))
    post = post_of_card(replace(CARD, parts=parts))

    assert "more" not in shown(post)
    assert size(list(post.blocks)) > LONGEST_POST // 2


def test_what_is_wanted_first_stands_out_and_closing_does_not() -> None:
    (claim, *others) = post_of_card(CARD).blocks[-1]["elements"]

    assert (claim["text"]["text"], claim["style"]) == ("Claim it", "primary")
    assert [one for one in others if "style" in one] == []


@settings(max_examples=12, deadline=None)
@given(cards("<!channel> ", "&", "👩‍👩‍👧", "Sing. ", "\n", "\x00"))
def test_a_card_is_one_message_whatever_was_written(one: Card) -> None:
    is_sound(post_of_card(one))
