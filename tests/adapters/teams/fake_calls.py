"""Calls to the stand-in for Teams, and how often a bot may make them."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_Windows = tuple[tuple[float, int], ...]


class Method(StrEnum):
    """What a call is for, as faults and counts name it."""

    SEND = "send"
    TYPING = "typing"
    UPDATE = "update"
    DELETE = "delete"
    CREATE = "create"
    MEMBER = "member"
    MEMBERS = "members"
    OPENID = "openid"
    KEYS = "keys"
    DISCOVERY = "discovery"
    TOKEN = "token"


OPEN = (Method.OPENID, Method.KEYS, Method.DISCOVERY, Method.TOKEN)  # to whoever has no token
_MANY: _Windows = ((1, 7), (2, 8), (30, 60), (3600, 1800))  # seconds, and how many messages in a chat meanwhile
_LOOKS: _Windows = ((1, 14), (2, 16), (30, 120), (3600, 3600))
_IN_ALL: _Windows = ((1, 30),)


@dataclass(slots=True)
class Call:
    """A call as it came, and what was answered. `at` is by the monotonic clock, one for all processes of a machine.
    `about` is the message or the member that it names; `result` the id of what was sent or opened."""

    at: float
    method: Method
    region: str
    conversation: str
    about: str
    body: Any
    authorization: str
    status: int = 200
    error: str = ""
    result: str = ""
    why: str = ""  # it was refused, in words

    @property
    def done(self) -> bool:
        return self.status < 300 and not self.error


class Limits:
    """How often a bot may call, in one chat and in all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[float]] = {}

    def retry_after(self, call: Call) -> int:
        """0 where the call may pass, otherwise whole seconds to wait."""
        if call.method in OPEN:
            return 0
        kind = _LOOKS if call.method in (Method.MEMBER, Method.MEMBERS) else _MANY
        name = "look" if kind is _LOOKS else "say"
        wanted = [((name, call.conversation), kind), (("", ""), _IN_ALL)]
        wait = max(self._wait(self._calls.setdefault(key, deque()), windows) for key, windows in wanted)
        if not wait:
            for key, _ in wanted:
                self._calls[key].append(self._clock())
        return math.ceil(wait)

    def _wait(self, calls: deque[float], windows: _Windows) -> float:
        now, longest = self._clock(), windows[-1][0]
        while calls and calls[0] <= now - longest:
            calls.popleft()
        full = [(calls[-most] + seconds - now) for seconds, most in windows if len(calls) >= most]
        return max(0.0, *full) if full else 0.0
