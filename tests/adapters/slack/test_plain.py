"""What is said as plain text is said whole, in pieces that are taken."""

import html

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.outgoing import Post, escaped
from adapters.slack.plain import in_plain


def test_a_short_text_is_one_piece_without_blocks() -> None:
    assert in_plain(Post(" Yes. ", ({"type": "divider"},))) == (Post("Yes."),)
    assert in_plain(Post("")) == (Post("…"),)


def test_a_long_one_is_cut_between_paragraphs_or_lines_or_sentences_or_words() -> None:
    for between in ("\n\n", "\n", ". ", " "):
        first, second = in_plain(Post(f"{'a' * 3_000}{between}{'b' * 3_000}"))

        assert first.text.rstrip(".") == "a" * 3_000
        assert second.text == "b" * 3_000


@given(st.lists(st.sampled_from(["word", "&", "<@U1>", "\n\n", ".", "x" * 700, "é" * 90]), max_size=60), st.booleans())
def test_nothing_is_lost_and_no_character_is_cut_in_two(words: list[str], apart: bool) -> None:
    text = (" " if apart else "").join(words)
    pieces = in_plain(Post(escaped(text)))

    assert all(1 <= len(piece.text) <= 3_500 for piece in pieces)
    said = "".join(html.unescape(piece.text) for piece in pieces)
    assert "".join(said.split()) == ("".join(text.split()) or "…")
    assert all("&" not in piece.text or html.unescape(piece.text) != piece.text for piece in pieces)
