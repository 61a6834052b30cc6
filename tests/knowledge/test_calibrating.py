"""From a score to the chance of being right."""

import pytest

from knowledge.calibrating import Calibration, log_odds

SCORES = [-3.0, -2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0]


def test_a_higher_score_is_a_higher_chance_where_high_scores_were_right() -> None:
    curve = Calibration.fit(SCORES, [score > 0 for score in SCORES])
    chances = [curve(score) for score in SCORES]
    assert chances == sorted(chances)
    assert chances[0] < 0.1
    assert chances[-1] > 0.9


def test_a_higher_score_is_a_lower_chance_where_low_scores_were_right() -> None:
    curve = Calibration.fit(SCORES, [score < 0 for score in SCORES])
    assert curve(3.0) < 0.1 < 0.9 < curve(-3.0)


def test_scores_that_tell_nothing_leave_the_share_that_was_right() -> None:
    curve = Calibration.fit([1.0] * 40, [number % 4 > 0 for number in range(40)])
    assert curve(1.0) == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize("right", [[True] * 3, [False] * 3, []])
def test_without_cases_of_both_kinds_the_chance_is_even(right: list[bool]) -> None:
    curve = Calibration.fit([0.1, 0.5, 0.9][: len(right)], right)
    assert curve(0.1) == curve(0.9) == 0.5


def test_it_comes_back_whole_from_its_arrays() -> None:
    curve = Calibration.fit(SCORES, [score > 0 for score in SCORES])
    assert Calibration.from_arrays(curve.arrays()) == curve


def test_the_log_odds_of_an_even_chance_are_nothing_and_those_of_certainty_are_bounded() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(0.9) == pytest.approx(-log_odds(0.1))
    assert 10 < log_odds(1.0) < 20
    assert -20 < log_odds(0.0) < -10
