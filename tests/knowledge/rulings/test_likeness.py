"""Texts that ask much the same come into one group, with an encoder and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encoding import Floats, MiniLM
from knowledge.rulings.likeness import ALIKE, ASKS_THE_SAME, groups

QUESTIONS = (
    "Can we stream our annual meeting live on YouTube?",
    "may I put my slides online after the conference",
    "is it allowed to broadcast the annual meeting on youtube live",
    "who signs off the budget",
    "is it ok to share my slides online once the conference is over",
    "Can we stream our annual  meeting LIVE on YouTube?",
)


def no_vector(_text: str) -> Floats | None:
    return None


def test_questions_that_ask_much_the_same_are_grouped_by_meaning(encoder: MiniLM) -> None:
    found = groups(QUESTIONS, lambda text: encoder.encode([text])[0], ALIKE)

    assert found == [[0, 2, 5], [1, 4], [3]]


def test_without_an_encoder_they_are_grouped_by_their_words() -> None:
    found = groups(QUESTIONS, no_vector, ALIKE)

    assert found == [[0, 2, 5], [1], [3], [4]]


def test_the_stricter_likeness_parts_what_the_other_joins(encoder: MiniLM) -> None:
    both = ("may I answer a journalist on X", "Can I reply to a reporter on Twitter?")

    assert ALIKE < ASKS_THE_SAME
    assert groups(both, lambda text: encoder.encode([text])[0], 0.99) == [[0], [1]]


def test_a_text_that_differs_only_in_case_and_space_is_encoded_once() -> None:
    asked: list[str] = []

    def noting(text: str) -> Floats | None:
        asked.append(text)
        return None

    groups([QUESTIONS[0], QUESTIONS[5], "else"], noting)

    assert asked == [QUESTIONS[0], "else"]


@pytest.mark.parametrize(("texts", "found"), [([], []), (["one"], [[0]]), (["", " ", "?"], [[0, 1], [2]])])
def test_few_or_empty_texts_are_no_trouble(texts: list[str], found: list[list[int]]) -> None:
    assert groups(texts, no_vector) == found


@given(st.lists(st.text(alphabet="abc ?", max_size=12), max_size=12))
def test_each_place_is_in_one_group_and_groups_stand_in_the_order_of_the_texts(texts: list[str]) -> None:
    found = groups(texts, no_vector)

    assert sorted(place for group in found for place in group) == list(range(len(texts)))
    assert [group[0] for group in found] == sorted(group[0] for group in found)
    assert all(group == sorted(group) for group in found)
    assert found == groups(texts, no_vector)
