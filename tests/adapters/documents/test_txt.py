"""Plain text: broken lines, headings that only their wording shows, lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.lines import joined
from knowledge.intake.documents import Block, Kind
from tests.adapters.documents.conftest import Reading

BODY = """\
Every hive of the Guild stands at the edge of the meadow, where a keeper who
walks past it in the dark will meet it with a shin before he meets it with an
eye. This is deliberate.
"""


def kinds(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in blocks]


def test_lines_that_are_broken_within_a_paragraph_are_joined(blocks: Reading) -> None:
    (block,) = blocks(".txt", BODY)

    assert block.text == " ".join(BODY.split())
    assert block.lines == (1, 3)


@pytest.mark.parametrize(
    "heading",
    ["Where hives stand", "What do we mean by a hive?", "The Guild’s own hives", "WHERE HIVES STAND", "Hives (all)"],
)
def test_a_short_line_over_a_paragraph_is_a_heading(heading: str, blocks: Reading) -> None:
    glued_after = blocks(".txt", f"{heading}\n{BODY}")
    glued_both = blocks(".txt", f"{BODY}{heading}\n{BODY}")
    alone = blocks(".txt", f"{BODY}\n{heading}\n\n{BODY}")

    assert [block.kind for block in glued_after] == [Kind.HEADING, Kind.PARAGRAPH]
    assert [block.kind for block in glued_both] == [Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]
    assert [block.kind for block in alone] == [Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]
    assert alone[1].text == heading


@pytest.mark.parametrize("line", ["You will:", "Date: 1st May 2013", "12 May 2013", "It stands.", "@hive - the Warden"])
def test_a_lead_in_a_date_a_sentence_or_an_entry_is_no_heading(line: str, blocks: Reading) -> None:
    assert Kind.HEADING not in {block.kind for block in blocks(".txt", f"{BODY}\n{line}\n{BODY}")}


def test_underlined_lines_are_headings(blocks: Reading) -> None:
    first, _, second, _ = blocks(".txt", f"hives\n=====\n{BODY}\nof the meadow\n---\n{BODY}")

    assert (first.text, first.level) == ("hives", 1)
    assert (second.text, second.level) == ("of the meadow", 2)


def test_numbered_headings_have_the_depth_of_their_number(blocks: Reading) -> None:
    read = blocks(".txt", f"3 Hives\n\n{BODY}\n3.2 Their entrances\n\n{BODY}\n3.2.1 By night\n{BODY}")

    assert [(block.mark, block.text, block.level) for block in read if block.kind is Kind.HEADING] == [
        ("3", "Hives", 2),
        ("3.2", "Their entrances", 3),
        ("3.2.1", "By night", 4),
    ]


def test_a_list_that_is_numbered_is_no_row_of_headings(blocks: Reading) -> None:
    read = blocks(".txt", "A keeper must:\n1. Light the smoker\n2. Close the gate\n3. Go home")

    assert [(block.kind, block.mark) for block in read[1:]] == [(Kind.ITEM, "1"), (Kind.ITEM, "2"), (Kind.ITEM, "3")]


def test_items_have_their_mark_and_depth_and_no_bullet(blocks: Reading) -> None:
    read = blocks(
        ".txt",
        "3.2.1 A keeper must carry:\n(a) a veil that\n    has no holes;\n  (i) or a patched one;\n(b) a lamp.\n\n"
        "• honey\n  - wax",
    )

    assert [(block.mark, block.level, block.text) for block in read] == [
        ("3.2.1", 1, "A keeper must carry:"),
        ("(a)", 2, "a veil that has no holes;"),
        ("(i)", 3, "or a patched one;"),
        ("(b)", 2, "a lamp."),
        ("", 3, "honey"),
        ("", 4, "wax"),
    ]


def test_the_letter_i_after_h_is_a_letter(blocks: Reading) -> None:
    read = blocks(".txt", "\n".join(f"({letter}) a thing;" for letter in "abcdefghij"))

    assert {block.level for block in read} == {1}


def test_a_number_within_a_sentence_is_no_mark(blocks: Reading) -> None:
    text = (
        "The meadow was bought by the Guild, so the books of the Warden tell us, in\n"
        "1903. Nobody knows from whom it was that\nthe Guild then bought it."
    )

    assert len(blocks(".txt", text)) == 1


def test_paragraphs_on_lines_of_their_own_stay_apart(blocks: Reading) -> None:
    lines = ["Hives stand still.", "Bees, when the evening is a warm one, do not.", "Keepers who move one report it."]

    assert [block.text for block in blocks(".txt", "\n".join(lines))] == lines


def test_a_line_set_in_by_a_lost_bullet_begins_a_block(blocks: Reading) -> None:
    principle = (
        "Calm. Whoever opens a hive in anger will close it in regret, and a keeper who is\nof the Guild is never angry."
    )

    assert len(blocks(".txt", f"{principle}\n {principle}\n {principle}")) == 3


def test_entries_on_lines_of_their_own_are_blocks(blocks: Reading) -> None:
    read = blocks(".txt", f"{BODY}\nHives on the net\n@hive_one - The first hive\n@hive_two - Night hive\n@wax - Shop")

    assert kinds(read)[1:] == [
        ("heading", "Hives on the net"),
        ("paragraph", "@hive_one - The first hive"),
        ("paragraph", "@hive_two - Night hive"),
        ("paragraph", "@wax - Shop"),
    ]


def test_tabs_and_bars_make_rows(blocks: Reading) -> None:
    read = blocks(".txt", "Matter\tPost\nHoney\tWarden\n\n| Stings | Almoner |\n| Wax | Chandler |")

    assert kinds(read) == [
        ("row", "Matter | Post"),
        ("row", "Honey | Warden"),
        ("row", "Stings | Almoner"),
        ("row", "Wax | Chandler"),
    ]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (
            "The Guild has a news-\nletter. The newsletter is late.",
            "The Guild has a newsletter. The newsletter is late.",
        ),
        ("The Guild is night-\nloving, in the main.", "The Guild is night-loving, in the main."),
        ("The Guild is un\u00ad\nmoved by daylight.", "The Guild is unmoved by daylight."),
    ],
)
def test_a_word_broken_by_a_hyphen_is_joined_as_the_document_writes_it(
    broken: str, whole: str, blocks: Reading
) -> None:
    assert [block.text for block in blocks(".txt", broken)] == [whole]


def test_white_space_is_one_space_and_all_else_is_as_published(blocks: Reading) -> None:
    (block,) = blocks(".txt", "\ufeff“Hives”\u00a0–\tof\u200b the ﬁrst\u2003or\u00ad der…")

    assert block.text == "“Hives” – of the ﬁrst or der…"


@given(st.lists(st.text(st.characters(categories=["L", "P"]), min_size=1), min_size=1))
def test_joining_keeps_every_letter(texts: list[str]) -> None:
    assert [c for c in joined(texts, set()) if c != " "] == list("".join(texts))
