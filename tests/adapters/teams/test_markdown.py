"""The markdown of Teams' messages: read as CommonMark reads it, with tables and what is struck through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from adapters.chat.pieces import clean, context, preformatted, quoted, rich, said, section, words
from adapters.teams.markdown import escaped, text_of

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.sampled_from("*_~`[]()<>#+-=|!:.@&\\\"'1 \t\nab"), max_size=60),
)


def kinds(text: str) -> set[str]:
    """The kinds of what a reader of markdown finds."""
    tokens = READER.parse(text)
    return {one.type for token in tokens for one in (token, *(token.children or []))}


def read(text: str) -> str:
    """What is read there, without spaces."""
    tokens = (one for token in READER.parse(text) for one in token.children or [])
    return squeezed("".join(one.content for one in tokens))


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_that_anybody_wrote_is_read_as_a_mark(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN
    assert read(escaped(text)) == squeezed(clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _slanted_ ~~gone~~ `code`", "# A heading", "- one\n- two", "1. one", "12) one", "> quoted", "a\n===",
        "    code", "\tcode", "***", "[here](https://evil.example)", "![x](y)", "<https://evil.example>",
        "<at>Kim</at>",
        "<b>x</b>", "&lt;b&gt;", "| a | b |\n|---|---|\n| c | d |", "[1]", "\\*", "ends in a backslash\\",
        "```\ncode\n```", "[x]: https://evil.example",
    ],
)  # fmt: skip
def test_marks_stand_as_they_were_written(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN
    assert read(escaped(text)) == squeezed(text)


def test_no_address_in_a_text_is_one_that_a_client_finds() -> None:
    for text in ("https://evil.example/x", "www.evil.example", "mailto:kim@evil.example", "evil.example"):
        assert text not in escaped(text)


def test_what_is_no_citation_does_not_read_like_one() -> None:
    assert "[1]" not in escaped("See [1].")


def test_pieces_are_paragraphs_and_quotes_stand_behind_a_bar() -> None:
    piece = rich(section(words("No.", bold=True), words(" Not here.\nNor there.")))

    assert text_of(piece) == "**No.** Not here.\n\nNor there."
    assert text_of(quoted("One\n\ntwo")) == "> One\n>\n> two"
    assert text_of(rich(preformatted("To copy"))) == "> To copy"
    assert text_of(context("The rules · 2")) == "The rules · 2"
    assert text_of(said("A line\nand one", bold=True)) == "**A line**\n\n**and one**"


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_bold_and_quoted_words_hold_whatever_was_written(text: str) -> None:
    bold, quote = kinds(text_of(said(text, bold=True))), kinds(text_of(quoted(text)))

    assert bold <= PLAIN | {"strong_open", "strong_close"}
    assert quote <= PLAIN | {"blockquote_open", "blockquote_close"}
