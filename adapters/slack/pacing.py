"""How many messages a channel bears: some at once, and one a second from then on."""

import time
from collections.abc import Callable

_BURST = 5.0  # messages that may come at once
_INTERVAL = 1.0  # seconds between two from then on
_NEARLY = 0.05  # seconds by which one may be too early
_FORGOTTEN = 60.0  # seconds after its turn in which whoever had it may still come
_MANY = 1_000  # channels or turns, from which those that are over are cleared away


class Pacing:
    """Gives whoever has to wait a turn of their own, so that many do not come back at once. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full: dict[str, float] = {}  # by channel, when what was let in so far is worked off
        self._turns: dict[str, float] = {}  # by key, when its turn is

    def wait(self, channel: str, key: str, posts: int = 1) -> float:
        """In how many seconds so many messages may be posted there; 0: now. The turn of a key is kept for it."""
        now = self._clock()
        self._clear(now)
        turn = self._turns.pop(key, None)
        if turn is None:
            full = max(self._full.get(channel, now), now)
            self._full[channel] = full + posts * _INTERVAL
            turn = full + _INTERVAL - _BURST * _INTERVAL
        if turn - now <= _NEARLY:
            return 0.0
        self._turns[key] = turn
        return turn - now

    def rest(self, channel: str, seconds: float) -> None:
        """Slack itself asks to leave a channel alone for so long."""
        until = self._clock() + seconds + (_BURST - 1) * _INTERVAL
        self._full[channel] = max(self._full.get(channel, until), until)

    def _clear(self, now: float) -> None:
        if len(self._turns) > _MANY:
            self._turns = {key: turn for key, turn in self._turns.items() if turn + _FORGOTTEN > now}
        if len(self._full) > _MANY:
            self._full = {channel: full for channel, full in self._full.items() if full > now}
