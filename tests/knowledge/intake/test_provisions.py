"""How a document is cut: one provision a clause, with its exceptions, its reasons and what leads into it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.documents import Block, Document, Kind
from knowledge.intake.provisions import provisions


def heading(text: str, level: int = 2) -> Block:
    return Block(Kind.HEADING, text, level)


def paragraph(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text)


def item(text: str, level: int = 1, mark: str = "") -> Block:
    return Block(Kind.ITEM, text, level, mark)


def row(text: str, level: int = 2) -> Block:
    return Block(Kind.ROW, text, level)


def cut(*blocks: Block) -> list[str]:
    document = Document(blocks)
    return [one.words(document.text) for one in provisions(document)]


def test_a_sentence_with_a_rule_of_its_own_is_one() -> None:
    assert cut(paragraph("You must not shout. You should reply kindly.")) == [
        "You must not shout.",
        "You should reply kindly.",
    ]


def test_what_explains_a_rule_or_makes_an_exception_stays_with_it() -> None:
    whole = "You must not name children. This is because they are young. However, parents may name their own child."

    assert cut(paragraph(whole)) == [whole]
    assert cut(paragraph("You must not fly here."), paragraph("Unless a warden agrees, that is final.")) == [
        "You must not fly here. Unless a warden agrees, that is final."
    ]


def test_an_item_comes_with_the_words_that_lead_into_it() -> None:
    assert cut(paragraph("You must not:"), item("post adverts"), item("share:"), item("names", 2), item("swear")) == [
        "You must not: post adverts",
        "You must not: share: names",
        "You must not: swear",
    ]


def test_a_list_of_conditions_is_never_cut_from_its_rule() -> None:
    assert cut(
        paragraph("You must not fly at night unless:"), item("the field is lit, and"), item("two wardens watch.")
    ) == ["You must not fly at night unless: the field is lit, and two wardens watch."]


def test_a_verb_below_words_that_leave_it_out_does_not_become_the_rule() -> None:
    document = Document((paragraph("You will be dismissed if you:"), item("post names"), item("sell string")))
    (found,) = provisions(document)

    assert document.text[found.rule.start : found.rule.end] == "You will be dismissed if you:"


def test_a_row_comes_with_the_row_that_heads_its_table() -> None:
    assert cut(row("Platform | Who may post", 1), row("Facebook | Wardens"), row("X | Nobody")) == [
        "Platform | Who may post\n\nFacebook | Wardens",
        "Platform | Who may post\n\nX | Nobody",
    ]


def test_a_question_comes_with_its_answer() -> None:
    assert cut(
        heading("Questions"), paragraph("Can I post from the field?"), paragraph("Yes, you may post from it.")
    ) == ["Can I post from the field? Yes, you may post from it."]


def test_headings_and_numbers_are_no_part_of_a_rule() -> None:
    document = Document((heading("You must read this"), paragraph("2.1 Reply kindly."), item("(a) Tag the club.")))
    found = provisions(document)

    assert [one.words(document.text) for one in found] == ["Reply kindly.", "Tag the club."]
    assert {one.section for one in found} == {("You must read this",)}


def test_a_rule_that_points_back_is_marked() -> None:
    document = Document(
        (paragraph("Kites are dear."), paragraph("They must be insured."), paragraph("This policy is new."))
    )

    assert [one.points_back for one in provisions(document)] == [False, True, False]


words = st.lists(
    st.sampled_from(["You", "must", "not", "should", "may", "post", "unless", "however", "it", "this", ":", ".", "?"]),
    min_size=1,
)
lines = words.map(" ".join)
blocks = st.one_of(
    st.builds(heading, lines, st.integers(1, 4)),
    st.builds(paragraph, lines),
    st.builds(item, lines, st.integers(1, 3)),
    st.builds(row, lines, st.integers(1, 2)),
)


@given(st.lists(blocks, max_size=8))
def test_provisions_are_stretches_in_order_and_no_stretch_is_own_to_two(some: list[Block]) -> None:
    document = Document(tuple(some))
    own = [stretch for one in provisions(document) for stretch in one.own]

    assert all(0 <= one.start < one.end <= len(document.text) for one in own)
    assert all(before.end <= after.start for before, after in pairwise(own))
    assert all("\n" not in document.text[one.start : one.end] for one in own)
