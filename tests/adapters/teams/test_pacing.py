"""Teams is given no more than it takes, and everybody who has to wait has a turn of their own."""

from bisect import bisect_left
from itertools import count

from adapters.teams.pacing import Pacing
from tests.adapters.teams.sending_out import Clock


def sent(pacing: Pacing, clock: Clock, seconds: float, conversations: int = 1) -> list[float]:
    """When messages were let in, where there is always more to say, and each comes back when it was told to."""
    numbers, due, times = count(), [(clock.now, str(number)) for number in range(50)], list[float]()
    until = clock.now + seconds
    while due[0][0] < until:
        at, key = due.pop(0)
        clock.now = max(clock.now, at)
        wait = pacing.wait(f"C{int(key) % conversations}", key)
        if wait:
            due.append((clock.now + wait, key))
        else:
            times.append(clock.now)
            due.append((clock.now, str(50 + next(numbers))))
        due.sort(key=lambda one: one[0])
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(bisect_left(times, begin + seconds - 0.02) - first for first, begin in enumerate(times))


def test_a_conversation_is_never_given_more_than_it_takes_and_nearly_that() -> None:
    clock = Clock()
    times = sent(Pacing(clock), clock, 3 * 3600)

    assert [most_within(times, seconds) for seconds in (1, 2, 30, 3600)] == [7, 8, 60, 1800]
    assert len(times) == 3 * 1800


def test_all_conversations_together_are_not_either() -> None:
    clock = Clock()
    times = sent(Pacing(clock), clock, 5, conversations=40)

    assert most_within(times, 1) == 30
    assert len(times) == 5 * 30


def test_some_go_at_once_and_the_others_each_in_its_turn() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    assert [pacing.wait("C1", str(number)) for number in range(10)] == [0] * 7 + [1, 2, 2]

    assert pacing.wait("C2", "a") == 0
    clock.now += 1
    assert [pacing.wait("C1", str(number)) for number in (8, 7)] == [1, 0]


def test_one_that_waits_in_its_conversation_takes_no_turn_of_the_others() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(40):
        pacing.wait("C1", str(number))

    assert [pacing.wait(f"D{number}", f"d{number}") for number in range(24)] == [0] * 23 + [1]


def test_whoever_comes_a_moment_too_early_is_let_in() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(8):
        pacing.wait("C1", str(number))
    clock.now += 0.995

    assert pacing.wait("C1", "7") == 0


def test_a_conversation_that_is_to_be_left_alone_is() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.rest("C1", 30)

    assert (pacing.wait("C1", "a"), pacing.wait("C2", "b")) == (30, 0)
    clock.now += 30
    assert pacing.wait("C1", "a") == 0


def test_what_is_over_is_not_kept_for_ever() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    for number in range(2_000):
        clock.now += 100
        for again in range(9):
            pacing.wait(f"C{number}", f"{number} {again}")

    assert len(pacing._each) < 50
    assert len(pacing._turns) < 10
