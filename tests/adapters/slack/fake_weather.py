"""Bad weather for the stand-in: faults that a test asks for, and the limits on rates that Slack publishes."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
_TIERS = {
    "apps.connections.open": 3,
    "assistant.threads.setStatus": 4,
    "assistant.threads.setSuggestedPrompts": 4,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "users.info": 4,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}


@dataclass(slots=True)
class Fault:
    """What is done to the next `times` calls of `method`: "*" is any, "response_url" a post to one of those.

    `applied` carries the call out before it fails: where the caller simply tries again, it is there twice. `drop` cuts
    the line instead of answering; `delay` is in seconds.
    """

    method: str = "*"
    times: int = 1
    status: int = 200
    error: str = ""
    retry_after: int | str | None = None
    delay: float = 0.0
    drop: bool = False
    applied: bool = False

    def matches(self, method: str) -> bool:
        return self.times > 0 and self.method in ("*", method)


@dataclass(slots=True)
class _Bucket:
    per_second: float
    burst: float
    at: float
    level: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.burst

    def wait(self, now: float) -> float:
        """Takes one; 0 where there was one, otherwise the seconds until there is."""
        self.level = min(self.burst, self.level + (now - self.at) * self.per_second)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.per_second


class RateLimits:
    """Each method's calls a minute in a workspace, and a post a second in a channel."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def retry_after(self, method: str, args: dict[str, Any]) -> int:
        """0 where the call may pass, otherwise whole seconds to wait."""
        now = self._clock()
        return math.ceil(max((bucket.wait(now) for bucket in self._for(method, args, now)), default=0.0))

    def _for(self, method: str, args: dict[str, Any], now: float) -> Iterator[_Bucket]:
        if method == "chat.postMessage":
            yield self._bucket((method, str(args.get("channel"))), 1, 5, now)
            yield self._bucket((method, ""), 10, 60, now)
        elif method in _TIERS:
            per_minute = _PER_MINUTE[_TIERS[method]]
            yield self._bucket((method, ""), per_minute / 60, per_minute / 2, now)

    def _bucket(self, key: tuple[str, str], per_second: float, burst: float, now: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(per_second, max(1.0, burst), now))
