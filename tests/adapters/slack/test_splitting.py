"""Long texts, cut where the sense allows, and blocks dealt out to messages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.chat.buttons import Pressable
from adapters.chat.cutting import length
from adapters.chat.pieces import clean, context, quoted, rich, said, section, words
from adapters.chat.pressing import Does
from adapters.slack.blocks import LONGEST_BLOCK, shown
from adapters.slack.buttons import actions
from adapters.slack.outgoing import Block, escaped
from adapters.slack.splitting import MOST_BLOCKS, at_sense, dealt, fits, shortened, text_of
from bot.acts import Say

SENTENCE = "We sing on Tuesdays. "
TEXTS = st.builds(
    lambda word, times: word * times,
    st.one_of(st.text(min_size=1), st.sampled_from([SENTENCE, "a", "& ", "👩‍👩‍👧", "e\u0301", "\n\n", "One.\nTwo. "])),
    st.integers(1, 800),
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_text_is_as_long_as_it_is_when_it_is_escaped() -> None:
    assert at_sense("&" * 10, 20) == ["&&&&"] * 2 + ["&&"]


@settings(deadline=None)
@given(TEXTS, st.integers(5, 400))
def test_no_word_of_a_cut_text_is_lost_and_each_piece_is_short_enough(text: str, most: int) -> None:
    pieces = at_sense(text, most)

    assert squeezed("".join(pieces)) == squeezed(text)
    assert all(length(escaped(piece)) <= most for piece in pieces)
    assert all(piece.strip() for piece in pieces)


@settings(deadline=None)
@given(TEXTS, st.integers(8, 400))
def test_a_shortened_text_is_short_enough_and_says_that_there_is_more(text: str, most: int) -> None:
    short = shortened(text, most)

    assert length(escaped(short)) <= most
    assert short == text or short.endswith("…")


def test_a_long_piece_becomes_several_blocks_of_its_kind() -> None:
    long = rich(section(words("The question", bold=True)), section(words(SENTENCE * 300)))
    blocks = shown(long)

    assert len(blocks) == 3
    assert blocks[0]["elements"][0]["elements"][0] == {"type": "text", "text": "The question", "style": {"bold": True}}
    assert squeezed(text_of(blocks)) == squeezed("The question" + SENTENCE * 300)
    assert {block["type"] for block in shown(context(SENTENCE * 300))} == {"context"}


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_no_word_of_a_long_piece_is_lost(texts: list[str]) -> None:
    blocks = shown(rich(*(section(words(text), words(text, bold=True)) for text in texts)))

    assert all(length(escaped(text_of([block]))) <= LONGEST_BLOCK for block in blocks)
    assert squeezed(text_of(blocks)) == squeezed(clean("".join(text * 2 for text in texts)))


def row(*labels: str) -> list[Block]:
    return actions([Pressable(label, Say(label), Does.STEP) for label in labels])


def test_what_belongs_together_comes_in_one_message() -> None:
    groups = [shown(quoted(SENTENCE * 60), context("The rules")) for _ in range(5)]
    posts = dealt(groups)

    assert len(posts) == 2
    assert all([post[-1]] == shown(context("The rules")) for post in posts)


def test_buttons_stay_with_what_they_are_about() -> None:
    question = [*shown(said("Which of these do you sing?")), *row("Yes", "No")]
    posts = dealt([shown(said(SENTENCE * 140), said(SENTENCE * 50)), question])

    assert posts[-1] == question


def test_a_message_has_no_more_blocks_than_slack_takes() -> None:
    posts = dealt([shown(said(str(number))) for number in range(100)])

    assert [len(post) for post in posts] == [MOST_BLOCKS, MOST_BLOCKS, 100 - 2 * MOST_BLOCKS]


def test_a_group_that_no_message_holds_is_parted_between_its_blocks() -> None:
    blocks = shown(*(said(f"{number} {SENTENCE * 40}") for number in range(12)))
    posts = dealt([blocks])

    assert all(fits(post) for post in posts)
    assert [block for post in posts for block in post] == blocks


def test_nothing_to_say_makes_no_message() -> None:
    assert dealt([]) == []
