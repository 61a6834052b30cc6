"""BM25, against values worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import Bm25, terms


def test_scores_are_those_worked_by_hand() -> None:
    """Two texts of two and three terms, k1 1.2 and b 0.4: their norms are 1.2 (0.6 + 0.4 length / 2.5)."""
    scorer = Bm25.fit(["cat sat", "cat cat dog"])
    assert scorer.scores("cat") == pytest.approx([2.2 / (1 + 1.104), 2 * 2.2 / (2 + 1.296)], abs=1e-5)
    assert scorer.scores("dog") == pytest.approx([0, 2.2 / (1 + 1.296)], abs=1e-5)


def test_a_word_that_no_text_has_lowers_the_share() -> None:
    scorer = Bm25.fit(["cat sat", "cat cat dog"])
    known, unknown = math.log(2), math.log(6)
    assert scorer.scores("dog bird")[1] == pytest.approx(2.2 / 2.296 * known / (known + unknown), abs=1e-5)


def test_a_text_that_shares_no_term_scores_nothing() -> None:
    assert Bm25.fit(["sing loud", "row hard"]).scores("walk the dog").tolist() == [0, 0]


@pytest.mark.parametrize("query", ["", "?!", "🎶"])
def test_a_query_without_terms_scores_nothing(query: str) -> None:
    assert Bm25.fit(["sing loud", "row hard"]).scores(query).tolist() == [0, 0]


def test_no_texts_have_no_scores() -> None:
    assert Bm25.fit([]).scores("sing").tolist() == []


def test_texts_without_words_score_nothing() -> None:
    assert Bm25.fit(["", "?"]).scores("sing").tolist() == [0, 0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tweets, tweeting & TWEETED", ["tweet", "tweet", "tweet"]),
        ("policies", ["polic"]),
        ("is as its", ["is", "as", "its"]),
        ("naïve café", ["naïve", "café"]),
        ("", []),
    ],
)
def test_terms_are_lower_case_words_without_common_endings(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_it_comes_back_whole_from_its_arrays() -> None:
    scorer = Bm25.fit(["sing loud", "row hard", "sing and row", "éà sing"])
    again = Bm25.from_arrays(scorer.arrays())
    for query in ("sing", "row hard", "éà", "unheard sing"):
        assert again.scores(query).tolist() == scorer.scores(query).tolist()


def test_a_scorer_without_texts_comes_back_too() -> None:
    assert Bm25.from_arrays(Bm25.fit([]).arrays()).scores("sing").tolist() == []


SCORER = Bm25.fit(["sing loud", "row hard and row far", "a camera in a boat", "bring a friend"])


@given(st.text(max_size=80))
def test_any_query_gets_one_score_a_text(query: str) -> None:
    scores = SCORER.scores(query)
    assert scores.shape == (4,)
    assert (scores >= 0).all()
