"""The desk's cards: one message each, whatever a query holds, whose first line says how it stands."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from adapters.chat.pieces import said
from adapters.teams.cards import post_of_card
from adapters.teams.elements import card_of, cut, shown, size
from adapters.teams.outgoing import Card, Post
from bot import replies
from bot.tickets import Part, State
from tests.adapters.chat.written import LONG_CARD, cards
from tests.adapters.slack.replies import CARD, CITATION, card
from tests.adapters.teams.card_rules import card_problems, texts


def card_in(post: Post) -> Card:
    """The card, as it is with the ids of as many staff as there can be."""
    assert post.card is not None
    return post.card | {"refresh": post.card["refresh"] | {"userIds": [f"29:{n:080}" for n in range(60)]}}


def labels(post: Post) -> list[str]:
    rows = [element["actions"] for element in card_in(post)["body"] if element["type"] == "ActionSet"]
    return [action["title"] for row in rows for action in row]


def said_in(post: Post) -> str:
    return "\n".join(texts(card_in(post)))


@pytest.mark.parametrize("state", State)
def test_the_first_line_says_in_words_how_the_query_stands(state: State) -> None:
    post = post_of_card(card(state, f"Q12 · {state}"))

    assert texts(card_in(post))[0].endswith(f"Q12 · {state}")
    assert post.plain.startswith(texts(card_in(post))[0])
    assert card_in(post)["fallbackText"].startswith(texts(card_in(post))[0])


def test_what_would_not_stay_true_is_not_on_it() -> None:
    assert "17 h" not in said_in(post_of_card(replace(CARD, age="17 h")))


def test_a_short_card_is_whole() -> None:
    post = post_of_card(CARD)

    for words in (
        "All of it?",
        "Ask the conductor first.",
        "second edition · [larks/a/b]",
        "No, not even a part of one.",
        "sent by the asker",
        "by e-mail",
    ):
        assert words in said_in(post)
    assert "Show all of it" not in labels(post)
    assert card_problems(card_in(post)) == []


def test_each_line_stands_by_itself_since_not_every_client_breaks_them() -> None:
    lines = [words for words in texts(card_in(post_of_card(CARD))) if "\n" in words]

    assert lines == []
    assert {"May I film?", "All of it?"} <= set(texts(card_in(post_of_card(CARD))))


def test_a_long_card_is_one_message_and_a_button_shows_all() -> None:
    post = post_of_card(LONG_CARD)

    assert labels(post)[-1] == "Show all of it"
    assert "“Show all of it” shows the rest." in said_in(post)
    assert "32 more are left out" in said_in(post)  # 28 parts and 4 clauses
    assert "0. I sing high." in said_in(post)
    assert "39. I sing high." in said_in(post)
    assert card_problems(card_in(post)) == []


def test_a_long_text_is_cut_and_what_stands_for_a_card_is_how_it_begins() -> None:
    pieces = cut(said("We sing on Tuesdays. " * 1_000))

    assert len(pieces) > 3
    assert all(size(shown(piece)) <= 6_000 for piece in pieces)
    assert len(card_of(shown(pieces[0]), "We sing. " * 1_000)["fallbackText"]) <= 500


def test_what_is_said_in_the_place_of_a_card_is_read_as_markdown_and_escaped() -> None:
    hostile = "Our [barber](https://evil.example/x) and ![him](https://evil.example/y) *sing* <at>Alex</at>"
    told = card_of([], hostile)["fallbackText"]
    tokens = [one for token in MarkdownIt().parse(told) for one in (token, *(token.children or []))]

    assert {one.type for one in tokens} <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}
    assert "".join(one.content for one in tokens if one.type.startswith("text")) == hostile


@pytest.mark.parametrize(
    "text",
    [
        "{{DATE(2026-01-01T00:00:00Z,SHORT)}}",
        "{{{TIME(2026-01-01T00:00:00Z)}}}",
        "{{{{{{DATE(2026-01-01T00:00:00Z)}}",
    ],
)
def test_no_text_is_told_as_a_date(text: str) -> None:
    card = card_of(shown(said(f"At {text}.")), f"At {text}.")
    (run,) = texts(card)

    assert run.replace("\u2060", "") == f"At {text}."
    assert "{{" not in run
    assert "{{DATE(2026-01-01T00:00:00Z" not in card["fallbackText"]


def test_what_is_put_between_braces_counts_where_a_text_is_cut() -> None:
    assert all(size(shown(piece)) <= 6_000 for piece in cut(said("{" * 20_000)))


def test_a_card_with_very_much_of_everything_is_one_message_all_the_same() -> None:
    lines, parts = ("a\n" * 300,) * 20, tuple(Part("p", "a\n" * 300, "a\n" * 300) for _ in range(30))
    cited = (replace(CITATION, quote="a\n" * 300),) * 9
    full = replace(CARD, parts=parts, beside=parts, facts=lines, history=lines, delivery=lines, citations=cited)

    assert card_problems(card_in(post_of_card(full))) == []


@settings(max_examples=15, deadline=None)
@given(cards("<at>x</at> ", "&", "👩‍👩‍👧", "Sing. ", "\n", "a\n", '"', "\x00"))
def test_a_card_is_one_message_whatever_was_written(one: replies.Card) -> None:
    assert card_problems(json.loads(json.dumps(card_in(post_of_card(one))))) == []
