"""Invokes on which somebody's client waits: the answer goes back by the same request, if it comes in time."""

import asyncio
from collections import OrderedDict
from typing import Any

_MOST_REMEMBERED = 2_000
_REMEMBERED = 60.0  # seconds for which what was given is given again; Teams asks again within fifteen

Body = dict[str, Any]


class Waiting:
    """What waits in this process, by the key of the invoke. To be used on the loop that serves."""

    def __init__(self) -> None:
        self._open: dict[str, asyncio.Future[Body]] = {}
        self._given: OrderedDict[str, Body] = OrderedDict()
        self._cards: dict[str, str] = {}  # by key, the ticket on whose card at a desk it was pressed

    def expect(self, key: str, card: str = "") -> bool:
        """Says that an answer is waited for from now on; to be called before what it answers is kept. Whether nothing
        was known of it here. `card` is the ticket on whose card at a desk it was pressed: the new one is an answer."""
        if key in self._open or key in self._given:
            return False
        self._open[key] = asyncio.get_running_loop().create_future()
        if card:
            self._cards[key] = card
        return True

    def forget(self, key: str) -> None:
        """Says that no answer is waited for any more; whatever comes later is said otherwise."""
        self._open.pop(key, None)
        self._cards.pop(key, None)

    async def answer(self, key: str, seconds: float) -> Body | None:
        """What is given for a key that was expected, as soon as it is there; None where nothing comes in time. What was
        given once is given again to whoever asks again: Teams sends an invoke up to three times."""
        future = self._open.get(key)
        if future is not None:
            await asyncio.wait({future}, timeout=seconds)
            self.forget(key)
        return self._given.get(key)

    def give(self, key: str, body: Body) -> bool:
        """Gives the answer to a key; whether somebody waits for it."""
        future = self._open.get(key)
        if future is None or future.done():
            return False
        self._given[key] = body
        asyncio.get_running_loop().call_later(_REMEMBERED, self._given.pop, key, None)
        while len(self._given) > _MOST_REMEMBERED:
            self._given.popitem(last=False)
        future.set_result(body)
        return True

    def give_card(self, card: str, body: Body) -> None:
        """Gives the new card of a ticket to all who wait since they pressed on it."""
        for key in [key for key, of in self._cards.items() if of == card]:
            self.give(key, body)
