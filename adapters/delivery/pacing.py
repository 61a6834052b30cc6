"""How long to wait: before a delivery is tried again, and while the database is away."""

import random
from collections.abc import Callable

Backoff = Callable[[int], float]  # seconds to wait after that many attempts, counted from 1

_FIRST, _GROWTH, _LONGEST = 2.0, 4.0, 3600.0  # eight attempts lie within some two hours
_MOST_GROWN = 20  # times; a day of attempts is more than a number can grow
_SHORTEST_ABSENCE, _LONGEST_ABSENCE = 0.2, 5.0


def backoff(chance: random.Random) -> Backoff:
    """Waits that grow with each attempt, spread so that what failed together does not come back together."""
    return lambda attempt: min(_LONGEST, _FIRST * _GROWTH ** min(attempt - 1, _MOST_GROWN)) * chance.uniform(0.5, 1)


def while_away(times: int) -> float:
    """Seconds to wait for the database after it was not there so many times in a row."""
    return float(min(_LONGEST_ABSENCE, _SHORTEST_ABSENCE * 2 ** min(times - 1, 10)))
