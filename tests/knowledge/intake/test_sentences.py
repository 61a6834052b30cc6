"""A document is cut where its sentences end, and nothing of it gets lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.documents import Block, Document, Kind
from knowledge.intake.sentences import Sentence, sentences
from tests.knowledge.intake.otters import PUBLISHED, heading, item, paragraph, row


def said(*blocks: Block) -> list[str]:
    return [one.text for one in sentences(Document(blocks)).kept]


def kept(*blocks: Block) -> tuple[Sentence, ...]:
    return sentences(Document(blocks)).kept


@pytest.mark.parametrize(
    "parts",
    [
        ["Always swim with a friend.", "Wear a bright cap!", "Is the tide out?", "Then stay ashore."],
        ["Bring tea, e.g. Darjeeling or i.e. Assam.", "Share it."],
        ["Ask Dr. Example or Prof. Sample of St. Mary's first.", "They know."],
        ["Do not thank XYZ Ltd saying Nothing beats them.", "Never praise Brrr Ltd. Towels in public."],
        ["Write to ann.example@example.org before you post.", "Wait for her reply."],
        ["Keep 1.5 metres away.", "Stay under 2.75 knots."],
        ["Letters of J. K. Sample are private.", "So are those of A. Example."],
        ["It says “no pictures.”", "That is final."],
        ["Post nothing ('not even a cap.')", "Then rest."],
        ["Some swim at night (Never alone.)", "Others do not."],
        ["Photos are fine.", "“Nobody” is not a name.", "(Neither is this.)"],
        ["See no. 5 and nos. 7 and 8 below.", "Read them."],
        ["The office may say no.", "Then the answer stands."],
        ["Tag us.", "@otternews reads every tag.", "#otters is the word."],
        ["Nobody is called “etc.” here.", "Really?", "Really."],
    ],
    ids=lambda parts: parts[0][:24],
)
def test_a_paragraph_is_cut_where_a_sentence_ends_and_nowhere_else(parts: list[str]) -> None:
    assert said(paragraph(" ".join(parts))) == parts


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("Privacy. Do not show the face of a child.", "Privacy", "Do not show the face of a child."),
        ("Tone: Keep every word as kind as you can.", "Tone", "Keep every word as kind as you can."),
        ("Safety – Never tell where somebody is to swim.", "Safety", "Never tell where somebody is to swim."),
        ("Photographs and films. Ask before you take one.", "Photographs and films", "Ask before you take one."),
        ("Sponsorship. Say in each post who paid.", "Sponsorship", "Say in each post who paid."),
    ],
)
def test_a_label_that_opens_a_paragraph_is_a_heading_of_it(text: str, label: str, rest: str) -> None:
    (one,) = kept(heading("Club accounts"), paragraph(text))

    assert (one.text, one.section) == (rest, ("Club accounts", label))


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Example reads every post first.",
        "No. 5 of the rules is about towels.",
        "Date: 4th March 2021",
        "Never shout. Whisper instead, they will hear you.",
        "Protect your password. Change it each year.",
        "The Vice Captain - Juniors writes about races on a page of her own.",
        "The channels are: Ripple and Splash.",
        "Ann writes at 7.30 and Ben at 8.15 each day.",
        "Please note: The badge belongs to all of the club.",
    ],
)
def test_what_belongs_to_a_sentence_is_no_label(text: str) -> None:
    assert kept(paragraph(text))[0].section == ()
    assert " ".join(said(paragraph(text))) == text


@pytest.mark.parametrize(
    "text",
    [
        "Trustees only: You may write to the press about a race. You may film it.",
        "Trustees only: You may film. You may write.",
        "Except at galas. Members may post pictures of the pool.",
        "Unless agreed: You may write to the press about a race.",
        "For staff: You may write to the press about a race.",
        "Volunteers. You may film a race.",
        "When racing – Members may post pictures of their own lane.",
    ],
)
def test_words_that_say_for_whom_or_when_stay_with_all_that_they_limit(text: str) -> None:
    (one,) = kept(heading("Accounts"), paragraph(text))

    assert (one.text, one.section) == (text, ("Accounts",))


def test_a_label_holds_for_its_own_paragraph_only() -> None:
    found = kept(heading("Accounts"), paragraph("Privacy. Hide faces. Hide names."), paragraph("Be kind."))

    assert [one.section for one in found] == [("Accounts", "Privacy"), ("Accounts", "Privacy"), ("Accounts",)]


def test_headings_are_the_path_to_a_sentence_and_the_only_one_of_the_first_level_is_the_title() -> None:
    read = sentences(
        Document(
            (
                heading("Otters online", 1),
                heading("Accounts", 2),
                heading("Tone", 3),
                paragraph("Be kind."),
                heading("Register", 2),
                paragraph("It is long."),
            )
        )
    )

    assert read.title == "Otters online"
    assert [one.section for one in read.kept] == [("Accounts", "Tone"), ("Register",)]


def test_several_headings_of_the_first_level_are_sections_and_none_is_the_title() -> None:
    read = sentences(Document((heading("One", 1), paragraph("Be kind."), heading("Two", 1), paragraph("Be short."))))

    assert read.title == ""
    assert [one.section for one in read.kept] == [("One",), ("Two",)]


def test_each_item_knows_the_sentence_that_leads_into_it_at_either_depth() -> None:
    found = kept(
        paragraph("Account holders must:"),
        item("answer questions", mark="(a)"),
        item("hide", mark="(b)"),
        item("faces of children", 2),
        item("names of guests", 2),
        item("keep the password."),
        paragraph("Nothing else is asked."),
        item("an item of nothing"),
    )

    leads = {one.text: one.lead and found[one.lead - 1].text for one in found}
    assert leads == {
        "Account holders must:": None,
        "answer questions": "Account holders must:",
        "hide": "Account holders must:",
        "faces of children": "hide",
        "names of guests": "hide",
        "keep the password.": "Account holders must:",
        "Nothing else is asked.": None,
        "an item of nothing": None,
    }
    assert found[0].announces
    assert not found[-2].announces


def test_an_item_of_two_sentences_has_the_lead_for_both() -> None:
    found = kept(paragraph("You should:"), item("Ask first. Post later."))

    assert [(one.text, one.lead) for one in found[1:]] == [("Ask first.", 1), ("Post later.", 1)]


def test_a_heading_ends_a_list() -> None:
    found = kept(paragraph("You should:"), heading("Tone"), item("Be kind."))

    assert found[-1].lead is None


def test_the_row_that_heads_a_table_leads_into_the_others_and_rows_are_not_cut() -> None:
    found = kept(
        paragraph("These exist:"),
        row("Account | Looked after by", 1),
        row("@otternews | Swim Secretary. Since 2020."),
        row("@otterpups | Junior Captain"),
    )

    assert [(one.text, one.lead) for one in found] == [
        ("These exist:", None),
        ("Account | Looked after by", 1),
        ("@otternews | Swim Secretary. Since 2020.", 2),
        ("@otterpups | Junior Captain", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Otters Swimming Club Development Site",
        "» Read more » Other news",
        "Back to top",
        "© Otters Swimming Club",
        "Page 2 of 7",
        "Regatta 2031",
    ],
)
def test_lines_of_the_website_are_left_out(text: str) -> None:
    read = sentences(Document((heading("Tone"), paragraph("Be kind."), paragraph(text))))

    assert [one.text for one in read.kept] == ["Be kind."]
    assert [(one.text, one.number) for one in read.left_out] == [(text, 0)]


@pytest.mark.parametrize(
    "name", ["Corporate Sponsors", "Members Area", "Related links", "Latest news:", "Share this page"]
)
def test_what_stands_under_a_heading_of_the_website_is_left_out(name: str) -> None:
    read = sentences(Document((heading("Tone"), paragraph("Be kind."), heading(name), paragraph("We thank Brrr Ltd."))))

    assert [one.text for one in read.left_out] == ["We thank Brrr Ltd."]


@pytest.mark.parametrize(
    "text",
    [
        "Members must never thank a sponsor by name.",
        "You should read more about this in the handbook.",
        "Do not follow us into deep water.",
    ],
)
def test_a_rule_is_kept_wherever_it_stands(text: str) -> None:
    assert said(heading("Sponsorship"), paragraph(text)) == [text]


def test_a_short_line_that_says_something_is_kept() -> None:
    assert said(paragraph("Ask first"), paragraph("E-mail: swim@example.org"), paragraph("Towels, caps, shoes.")) == [
        "Ask first",
        "E-mail: swim@example.org",
        "Towels, caps, shoes.",
    ]


def test_places_and_pages_come_from_the_block() -> None:
    block = Block(Kind.PARAGRAPH, "Be kind. Be short.", page=3)
    document = Document((heading("Tone"), block))
    first, second = sentences(document).kept

    assert (first.block, first.page) == (second.block, second.page) == (1, 3)
    assert document.text[second.start : second.end] == "Be short."


def test_the_policy_of_the_otters_is_kept_without_its_site() -> None:
    read = sentences(PUBLISHED)

    assert read.title == "Otters online"
    assert [one.text for one in read.left_out] == [
        "Otters Swimming Club Development Site",
        "We thank Brrr Ltd for the towels.",
        "» Read more » Other news",
    ]
    assert len(read.kept) == 22


def test_a_document_of_nothing_says_nothing() -> None:
    read = sentences(Document(()))

    assert (read.title, read.kept, read.left_out) == ("", (), ())


WORDS = (
    "Privacy. Tone: – Safety e.g. Ltd. no. 5 Dr. Ann Example you must » read more News (so) “Kind.” 'short.' [1] ... ?!"
    " : | ann@example.org @otters 1.5 J. K. a.m. Otters swim. Never! alone #caps"
)
PIECES = st.one_of(
    st.sampled_from(WORDS.split()),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map(lambda pieces: " ".join(" ".join(pieces).split())).filter(bool)
BLOCKS = st.one_of(
    st.builds(heading, TEXTS, st.integers(1, 6)),
    st.builds(paragraph, TEXTS),
    st.builds(item, TEXTS, st.integers(1, 3)),
    st.builds(row, TEXTS, st.integers(1, 2)),
)
DOCUMENTS = st.lists(BLOCKS, max_size=12).map(lambda blocks: Document(tuple(blocks)))


@given(DOCUMENTS)
def test_sentences_are_the_text_at_their_places_in_order_and_only_labels_and_headings_stand_between(
    document: Document,
) -> None:
    read = sentences(document)
    found = sorted([*read.kept, *read.left_out], key=lambda one: one.start)

    assert [one.number for one in read.kept] == list(range(1, len(read.kept) + 1))
    assert list(read.kept) == sorted(read.kept, key=lambda one: one.start)
    for one in found:
        assert one.text == document.text[one.start : one.end] == one.text.strip() != ""
        assert one.lead is None or 0 < one.lead < one.number
    for before, after in pairwise(found):
        assert before.end <= after.start
    for place, (block, start) in enumerate(zip(document.blocks, document.starts, strict=True)):
        own = [one for one in found if one.block == place]
        if block.kind is Kind.HEADING:
            assert own == []
            continue
        assert own, "a block with text has a sentence"
        end = start + len(block.text)
        assert start <= own[0].start
        assert own[-1].end <= end
        label = document.text[start : own[0].start].strip(" .:–—-")
        assert label == "" or own[0].section[-1].strip(" –—-") == label
        places = [one.end for one in own], [*(one.start for one in own[1:]), end]
        assert "".join(document.text[one:other] for one, other in zip(*places, strict=True)).strip() == ""


@given(DOCUMENTS)
def test_cutting_the_same_document_again_gives_the_same(document: Document) -> None:
    assert sentences(document) == sentences(document)
