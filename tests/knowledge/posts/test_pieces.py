"""Cutting posts into pieces that are places in the text, and the words that each says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.posts.folding import fold
from knowledge.posts.naming import called, names_of
from knowledge.posts.pieces import cut, said


def pieces_of(text: str, names: str = "larks") -> list[tuple[str, str]]:
    """Each piece as it stands in the text, and what it says."""
    folded = fold(text)
    cut_up = cut(folded, called(names))
    return [(text[slice(*folded.original(piece.start, piece.end))], piece.said) for piece in cut_up]


def said_in(text: str) -> list[str]:
    return [words for _, words in pieces_of(text)]


def test_a_post_is_cut_into_sentences_and_lines() -> None:
    assert said_in("We sang in the hall. Did you hear it too? It was loud enough!\nThe next one is on Monday") == [
        "We sang in the hall.",
        "Did you hear it too?",
        "It was loud enough!",
        "The next one is on Monday",
    ]


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    assert len(said_in("Bring something warm, e.g. a scarf from home. Dr. Lark and J. Finch sing tonight.")) == 2


def test_a_short_piece_joins_its_neighbour() -> None:
    assert said_in("Wow! We sang in the hall. Thank you.") == ["Wow! We sang in the hall. Thank you."]


def test_an_emoji_before_a_new_sentence_ends_the_last() -> None:
    assert said_in("We sang in the hall 🎉 Come to the next concert soon") == [
        "We sang in the hall",
        "Come to the next concert soon",
    ]


def test_links_handles_and_emoji_say_nothing_and_a_hashtag_its_words() -> None:
    text = "@jo_finch the #BestChoir of all sang 🎶 see https://example.org/a?b=c, www.example.org or example.org/x"
    assert said_in(text) == ["@someone the Best Choir of all sang see or"]


def test_hashtags_links_and_handles_at_the_end_are_apart() -> None:
    text = "We sang in the hall tonight #SongsOfTheSea @jo_finch https://example.org 🎶 2/3"
    folded = fold(text)
    body, tail = cut(folded)
    assert (body.said, body.tail) == ("We sang in the hall tonight", False)
    assert (tail.said, tail.tail) == ("Songs Of The Sea @someone", True)


def test_a_post_of_hashtags_alone_is_a_piece() -> None:
    assert said_in("#SongsOfTheSea #choir") == ["Songs Of The Sea choir"]


def test_an_attached_picture_is_a_piece_of_its_own() -> None:
    assert said_in("[photo: the tenors] They sang it. [image: the empty hall]") == [
        "photo: the tenors",
        "They sang it.",
        "image: the empty hall",
    ]


@pytest.mark.parametrize("text", ["1/3 We sang in the hall", "(2/3) We sang in the hall", "We sang in the hall 3/n"])
def test_the_number_of_a_post_in_a_thread_says_nothing(text: str) -> None:
    assert said_in(text) == ["We sang in the hall"]


@pytest.mark.parametrize(
    "text",
    [
        "𝗪𝗲 𝘀𝗮𝗻𝗴 in the hall",
        "Ｗｅ sang in the hall",
        "We s\u200bang in the\u00a0hall",
        "Wе sаng in the hall",
        "We\t sang in the hall",
    ],
)
def test_letters_that_look_plain_are_read_as_plain(text: str) -> None:
    assert pieces_of(text) == [(text, "We sang in the hall")]


def test_words_of_another_alphabet_stay_as_they_are() -> None:
    assert said_in("Мы пели вчера вечером") == ["Мы пели вчера вечером"]


def test_a_society_has_one_name_whatever_it_is_called() -> None:
    names = names_of("larks", [])
    for text in ("Larks sang in the hall", "@larks_tenors sang in the hall", "#Larks2026 sang in the hall"):
        assert pieces_of(text, names)[0][1] == "society sang in the hall"
    assert pieces_of("Skylarks sang in the hall", names)[0][1] == "Skylarks sang in the hall"


def test_a_long_run_of_words_is_cut() -> None:
    assert [len(words.split()) for words in said_in("word " * 100)] == [40, 40, 20]


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u200d", "🎉🎉🎉", "https://example.org", "...", "\u0301\u0301"])
def test_what_says_nothing_has_no_pieces(text: str) -> None:
    assert pieces_of(text) == []


@given(st.text() | st.text("a .!?#@[]/🎉\n\u0301é1", max_size=300))
def test_pieces_of_any_text_lie_in_it_in_order_and_apart(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    end = 0
    for piece in cut(folded):
        assert end <= piece.start < piece.end <= len(folded.text)
        end = piece.end
        start, stop = folded.original(piece.start, piece.end)
        assert 0 <= start < stop <= len(text)
        assert piece.said == " ".join(piece.said.split()) != ""


@given(st.text())
def test_what_is_said_holds_no_link_and_no_other_handle(text: str) -> None:
    words = said(f"{text} @jo https://example.org/x", re.compile("(?!)"))
    assert "@jo" not in words.split()
    assert "https://example.org/x" not in words.split()
