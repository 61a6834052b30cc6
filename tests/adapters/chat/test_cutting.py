"""Long texts, cut where the sense allows, and pieces with them."""

import pytest

from adapters.chat.cutting import at_sense, dealt, length, shortened, text_of, within
from adapters.chat.pieces import Rich, Section, Small, context, preformatted, quoted, rich, said, section, words

SENTENCE = "We sing on Tuesdays. "


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One two. Three four.", ["One two.", "Three four."]),
        ("Said he, “Go.” Then he went.", ["Said he, “Go.”", "Then he went."]),
        ("A line here\nand one there", ["A line here", "and one there"]),
        ("First. Second\n\nthird fourth", ["First. Second", "third fourth"]),
        ("no sentence ends in here", ["no sentence", "ends in here"]),
        ("a_word_longer_than_that", ["a_word_longer_th", "an_that"]),
    ],
)
def test_a_text_is_cut_where_the_sense_allows(text: str, pieces: list[str]) -> None:
    assert at_sense(text, 16) == pieces


def test_what_is_shown_as_one_character_is_not_cut() -> None:
    family = "👩‍👩‍👧"

    assert at_sense(family * 4, 30) == [family * 3, family]
    assert all(not piece.startswith("\u0301") for piece in at_sense("e\u0301" * 40, 5))


def test_a_platform_measures_in_its_own_way() -> None:
    assert length("👩") == 2
    assert at_sense("&" * 10, 20, lambda text: 5 * len(text)) == ["&&&&"] * 2 + ["&&"]
    assert shortened("We sing.", 8) == "We sing."
    assert shortened("We sing.", 8, lambda text: 2 * len(text)) == "We …"


def test_a_long_piece_becomes_several_of_its_kind() -> None:
    long = rich(section(words("The question", bold=True)), section(words(SENTENCE * 30)))
    cut = within(long, 300)

    assert len(cut) > 2
    assert isinstance(cut[0], Rich)
    assert cut[0].elements[0] == Section((words("The question", bold=True),))
    assert squeezed(text_of(cut)) == squeezed(text_of([long]))
    assert all(isinstance(one, Small) for one in within(context(SENTENCE * 30), 300))
    assert within(said("short"), 300) == [said("short")]
    assert len(within(quoted(SENTENCE * 30), 300)) == len(within(rich(preformatted(SENTENCE * 30)), 300)) == 3


def test_what_belongs_together_is_dealt_out_together() -> None:
    groups = [[["a"], ["b"]], [["c", "d"], ["e"]], [["f"]]]

    assert dealt(groups, lambda units: len(units) <= 3) == [["a", "b"], ["c", "d", "e"], ["f"]]
    assert dealt(groups, lambda units: len(units) <= 2) == [["a", "b"], ["c", "d"], ["e", "f"]]
    assert dealt(groups, lambda units: True) == [["a", "b", "c", "d", "e", "f"]]
    assert dealt([], lambda units: True) == []
