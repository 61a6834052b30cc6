"""A channel is given no more than it bears, and everybody who waits for it has a turn of their own."""

import pytest

from adapters.slack.pacing import Pacing
from tests.adapters.slack.sending_out import Clock


def test_some_go_at_once_and_the_others_one_a_second_each_in_its_turn() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    assert [pacing.wait("C1", str(number)) for number in range(8)] == [0, 0, 0, 0, 0, 1, 2, 3]

    clock.now += 1
    assert [pacing.wait("C1", str(number)) for number in (6, 5, 7, 6)] == [1, 0, 2, 1]
    clock.now += 2
    assert [pacing.wait("C1", str(number)) for number in (6, 7)] == [0, 0]


def test_whoever_comes_a_moment_too_early_is_let_in() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    waits = [pacing.wait("C1", str(number)) for number in range(6)]
    clock.now += waits[-1] - 0.04

    assert pacing.wait("C1", "5") == 0


def test_channels_do_not_wait_for_each_other_and_rest_is_soon_over() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(5):
        pacing.wait("C1", str(number))

    assert pacing.wait("C2", "a") == 0
    clock.now += 5
    assert [pacing.wait("C1", f"again {number}") for number in range(5)] == [0] * 5


def test_several_at_once_count_for_as_many() -> None:
    pacing = Pacing(Clock())

    assert [pacing.wait("C1", "a", 4), pacing.wait("C1", "b", 3), pacing.wait("C1", "c")] == [0, 0, 3]


def test_a_channel_that_is_to_be_left_alone_is() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.rest("C1", 30)

    assert pacing.wait("C1", "a") == 30
    clock.now += 30
    assert pacing.wait("C1", "a") == 0


@pytest.mark.parametrize("of", ["channels", "turns"])
def test_what_is_over_is_not_kept_for_ever(of: str) -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(5_000):
        clock.now += 100 if number % 100 == 0 else 0
        for again in range(6):
            pacing.wait(f"C{number}", f"{number} {again}")

    assert len(pacing._full if of == "channels" else pacing._turns) <= 1_101


def test_channels_in_which_nobody_ever_has_to_wait_are_not_kept_for_ever_either() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(5_000):
        clock.now += 1
        assert pacing.wait(f"C{number}", str(number)) == 0

    assert len(pacing._full) <= 1_001
