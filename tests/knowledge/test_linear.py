"""Grams, rows and the logistic regression that is applied without scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from knowledge.linear import Grams, LinearModel, Row, letter_grams, packed, unpacked, word_pairs, word_triples

RANDOM = np.random.default_rng(7)
DENSE = RANDOM.normal(size=(60, 8)).astype(np.float32)
THREE = [("alto", "bass", "tenor")[number % 3] for number in range(60)]
TWO = [("alto", "bass")[number % 2] for number in range(60)]


def fitted(labels: list[str]) -> LinearModel:
    return LinearModel.fit([Row.of(vector) for vector in DENSE], labels, 8, strength=2.0)


@pytest.mark.parametrize("labels", [THREE, TWO], ids=["three classes", "two classes"])
def test_its_probabilities_are_those_of_scikit_learn(labels: list[str]) -> None:
    model = fitted(labels)
    reference = LogisticRegression(C=2.0, max_iter=200, tol=1e-3).fit(DENSE, np.array(labels))
    ours = np.array([model.probabilities(Row.of(vector)) for vector in DENSE])
    assert model.classes == reference.classes_.tolist()
    assert np.abs(ours - reference.predict_proba(DENSE)).max() < 1e-4


def test_the_same_examples_give_the_same_model_to_the_last_bit() -> None:
    first, second = fitted(THREE), fitted(THREE)
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.offsets.tobytes() == second.offsets.tobytes()


def test_a_model_comes_back_whole_from_its_arrays() -> None:
    model = fitted(THREE)
    again = LinearModel.from_arrays(model.arrays())
    row = Row.of(DENSE[0])
    assert again.classes == model.classes
    assert again.probabilities(row).tolist() == model.probabilities(row).tolist()


def test_a_sparse_row_counts_as_the_dense_one_with_zeros() -> None:
    model = fitted(THREE)
    dense = np.zeros(8, np.float32)
    dense[[2, 5]] = 1
    assert model.probabilities(Row.ones([2, 5])) == pytest.approx(model.probabilities(Row.of(dense)))


def test_a_row_without_features_still_has_probabilities() -> None:
    assert fitted(THREE).probabilities(Row.ones([])).sum() == pytest.approx(1)


@given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=8, max_size=8))
def test_probabilities_sum_to_one_for_any_row(values: list[float]) -> None:
    chances = fitted_once.probabilities(Row.of(np.array(values, np.float32)))
    assert np.isfinite(chances).all()
    assert chances.sum() == pytest.approx(1, abs=1e-4)


fitted_once = fitted(THREE)


def test_rows_are_moved_weighed_and_joined() -> None:
    row = Row.joined([Row.ones([0, 1]), Row.ones([0]).times(3).moved(5)])
    assert row.places.tolist() == [0, 1, 5]
    assert row.values.tolist() == [1, 1, 3]


def test_letter_grams_mark_the_edges_of_words() -> None:
    assert letter_grams("No") == [" n", "no", "o ", " no", "no ", " no "]


def test_word_grams_run_over_words_and_the_question_mark() -> None:
    assert word_pairs("May I sing?") == ["may", "i", "sing", "?", "may i", "i sing", "sing ?"]
    assert word_triples("may i sing")[-1] == "may i sing"


def test_grams_that_only_one_text_had_are_left_out() -> None:
    grams = Grams.fit(word_pairs, ["sing loud", "sing soft"])
    assert grams.vocabulary == ["sing"]
    assert "sing" in grams
    assert "loud" not in grams


def test_the_row_of_a_text_has_length_one_or_none() -> None:
    grams = Grams.fit(word_pairs, ["sing loud now", "sing loud then", "sing soft"])
    assert np.linalg.norm(grams("sing loud loud").values) == pytest.approx(1)
    assert grams("unheard of").values.size == 0
    assert grams("").values.size == 0


def test_a_rarer_gram_weighs_more() -> None:
    grams = Grams.fit(word_pairs, ["sing loud", "sing loud", "sing", "sing"])
    row = dict(zip(grams("sing loud").places.tolist(), grams("sing loud").values.tolist(), strict=True))
    assert row[grams.vocabulary.index("loud")] > row[grams.vocabulary.index("sing")]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1)))
def test_words_come_back_whole_from_one_array(words: list[str]) -> None:
    assert unpacked(packed(words)) == words


@given(st.text(max_size=60))
def test_any_text_can_be_cut_into_grams(text: str) -> None:
    for cut in (letter_grams, word_pairs, word_triples):
        assert all(isinstance(gram, str) and "\n" not in gram for gram in cut(text))
