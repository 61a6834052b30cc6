"""How many messages Teams takes: in each conversation, and in all of them together."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

# How many messages within how many seconds.
_IN_ONE = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
_IN_ALL = ((30, 1.0),)
_NEARLY = 0.01  # seconds by which one may be too early
_FORGOTTEN = 60.0  # seconds after its turn in which whoever had it may still come
_CLEARED = 60.0  # seconds after which what is over is cleared away again


class _Windows:
    """So many within so many seconds, for several such at once. Turns are given in order, each once."""

    def __init__(self, limits: tuple[tuple[int, float], ...]) -> None:
        self._limits, self._longest = limits, max(seconds for _, seconds in limits)
        self._turns: deque[float] = deque(maxlen=max(most for most, _ in limits))
        self._rests_until = 0.0

    def take(self, now: float) -> float:
        """When the next turn is; it is given to whoever asks."""
        turns = self._turns
        turn = max(now, self._rests_until, *(turns[-most] + seconds for most, seconds in self._limits_reached()))
        turns.append(turn)
        return turn

    def rest(self, until: float) -> None:
        self._rests_until = max(self._rests_until, until)

    def is_over(self, now: float) -> bool:
        """Whether nothing that was said counts any more."""
        return self._rests_until <= now and (not self._turns or self._turns[-1] + self._longest <= now)

    def _limits_reached(self) -> list[tuple[int, float]]:
        return [(most, seconds) for most, seconds in self._limits if len(self._turns) >= most]


@dataclass(frozen=True, slots=True)
class _Turn:
    at: float
    of_all: bool  # whether it is one among all conversations


class Pacing:
    """Gives whoever has to wait a turn of their own, so that many do not come back at once. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all, self._each = _Windows(_IN_ALL), dict[str, _Windows]()
        self._turns: dict[str, _Turn] = {}  # by key
        self._cleared = clock()

    def wait(self, conversation: str, key: str) -> float:
        """In how many seconds a message may be sent there; 0: now. The turn of a key is kept for it."""
        now = self._clock()
        self._clear(now)
        turn = self._turns.pop(key, None) or _Turn(self._of(conversation).take(now), of_all=False)
        if turn.at - now <= _NEARLY and not turn.of_all:  # of all only what may go there takes a turn
            turn = _Turn(self._all.take(now), of_all=True)
        if turn.at - now <= _NEARLY:
            return 0.0
        self._turns[key] = turn
        return turn.at - now

    def rest(self, conversation: str, seconds: float) -> None:
        """Teams itself asks to leave a conversation alone for so long."""
        self._of(conversation).rest(self._clock() + seconds)

    def _of(self, conversation: str) -> _Windows:
        return self._each.setdefault(conversation, _Windows(_IN_ONE))

    def _clear(self, now: float) -> None:
        if now < self._cleared + _CLEARED:
            return
        self._cleared = now
        self._turns = {key: turn for key, turn in self._turns.items() if turn.at + _FORGOTTEN > now}
        self._each = {name: each for name, each in self._each.items() if not each.is_over(now)}
