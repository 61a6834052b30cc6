"""What tells who somebody is, is found and masked; what does not is left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.official import masked
from knowledge.rulings.identifying import What, identifying, without

NAMES = ("Wilhelmina Quillfeather", "Mark Younghusbandry", "Zoë van der Tulip-Meadow", "Bea")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Can Wilhelmina post it?", "Can [name] post it?"),
        ("WILHELMINA QUILLFEATHER asks", "[name] asks"),
        ("wilhelmina quillfeather's photo", "[name] photo"),
        ("as wilhelmina_q says", "as [name]_q says"),
        ("signed W. Quillfeather", "signed [name]"),
        ("Zoe or Zoë Tulip-Meadow", "[name] or [name]"),
        ("ask Bea, please", "ask [name], please"),
        ("Dr Snodgrassington said so", "[name] said so"),
        ("write to a.person@example.org", "write to [address]"),
        ("a.person at example dot org", "[address]"),
        ("see https://x.example/some/1234, and go", "see [address], and go"),
        ("linkedin.com/in/some-body is theirs", "[address] is theirs"),
        ("we live in ZZ9 9ZZ", "we live in [address]"),
        ("tag @some_one and @a@b.example", "tag [handle] and [handle]"),
        ("ring 01632 960123", "ring [number]"),
        ("membership no. 4567", "membership no. [number]"),
        ("member number M1234", "member number [number]"),
        ("id AB123456", "id [number]"),
        ("the patient 943 476 5919", "the patient [number]"),
        ("wilhel\u200bmina and ＠ｓｏｍｅ", "[name] and [handle]"),
    ],
)
def test_what_identifies_somebody_is_masked(text: str, clean: str) -> None:
    assert without(text, NAMES) == clean


@pytest.mark.parametrize(
    ("asker", "text", "clean"),
    [
        ("Jo Marsh", "Marsh said so to jo", "[name] said so to [name]"),
        ("Ann Lark", "ask annlark99 or ann_lark", "ask [name] or [name]"),
        ("Mark Li", "mark it for Li", "[name] it for [name]"),
        (
            "An May",
            "May a member print an advert, as Ms May and An do?",
            "May a member print an advert, as [name] and [name] do?",
        ),
    ],
)
def test_of_an_asker_every_part_of_the_name_is_masked_but_words_that_every_question_needs(
    asker: str, text: str, clean: str
) -> None:
    assert without(text, (), (), (asker,)) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Can a member put the logo on an X account?",
        "mark my words: you may post on 21/11/2026 or 2026-11-21",
        "Between 2019-2024 we had 10,000 followers, or 12.5 a day, and then 100000 followers",
        "Mark it as read.",
        "This beak and the beacon",
        "rule 4, ISO 27001, COVID-19, from 9 to 5",
        "there is no 2024 edition",
        "It costs £12000.",
        "[name] wrote to [address] as [handle], [number]",
    ],
)
def test_what_identifies_nobody_is_left(text: str) -> None:
    assert without(text, NAMES) == text


def test_an_everyday_word_is_a_name_only_in_capitals_within_a_sentence_or_after_a_title() -> None:
    assert without("Yesterday Mark asked us to mark it", NAMES) == "Yesterday [name] asked us to mark it"
    assert without("we met Mr mark", NAMES) == "we met Mr mark"
    assert without("we met Mr Mark", NAMES) == "we met [name]"


def test_the_society_s_own_handles_are_left() -> None:
    assert without("tag @TheLarks, not @nobody_else", (), {"@thelarks"}) == "tag @TheLarks, not [handle]"


def test_spans_are_the_places_in_the_text_as_it_was_given() -> None:
    text = "“Wilhelmina” is\u200b ＠ｓｏｍｅ_one"
    first, second = identifying(text, NAMES)

    assert (text[first.start : first.end], first.what) == ("Wilhelmina", What.NAME)
    assert (text[second.start : second.end], second.what) == ("＠ｓｏｍｅ_one", What.HANDLE)


@given(
    st.lists(
        st.sampled_from(
            [
                "Wilhelmina",
                "Quillfeather",
                "mark",
                "@some",
                "a@b.example",
                "01632 960123",
                "Dr",
                "[name]",
                ".",
                "post",
                "é",
            ]
        )
        | st.text(max_size=6),
        max_size=12,
    ).map(" ".join)
)
def test_spans_never_overlap_and_what_is_masked_stays_masked(text: str) -> None:
    spans = identifying(text, NAMES)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    clean = without(text, NAMES)
    assert "quillfeather" not in clean.casefold()
    assert masked(clean, [NAMES[0]]) == clean
