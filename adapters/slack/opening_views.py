"""Modals on their way: each opens at once, and what it is to show comes later, by its external id."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.checking_tokens import SlackAway, TokenRefused, asked
from adapters.slack.outgoing import View

_MOST = 2_000  # views that are remembered
_LONGEST_WAIT = 3.0  # seconds; a trigger is good for no longer
UNTIL_SHOWN = 0.3  # seconds after which Slack shows what a form was answered with; before that it would undo an update
_TOO_MANY = "push_limit_reached"  # views on top of each other

_log = structlog.get_logger()

Seen = tuple[str, str]  # a view's id and its hash, either of which may be empty


class OpeningViews:
    """The modals that this process has opened. `until_shown` is in seconds."""

    def __init__(self, client: AsyncWebClient, until_shown: float = UNTIL_SHOWN) -> None:
        self._client, self._until_shown = client, until_shown
        self._known: OrderedDict[str, asyncio.Future[Seen | None]] = OrderedDict()
        self._running: set[asyncio.Task[Seen | None]] = set()

    def open(self, view: View, trigger: str, over: str = "", otherwise: Callable[[], None] = lambda: None) -> None:
        """Opens a view. `over` is the id of the modal on top of which it belongs; `otherwise` is called where Slack
        does not show it."""
        opening = self._begun(self._open(view, trigger, over, otherwise))
        if view.get("external_id"):
            self._keep(view["external_id"], opening)

    def answered(self, external_id: str) -> None:
        """Says that a form was sent off, and answered with a view of that external id, which is shown any moment."""
        self._keep(external_id, self._begun(self._shown_soon()))

    def remember(self, external_id: str, view: str, hash_of: str) -> None:
        """Keeps the id and the hash of a view that is open, as a payload of it tells them."""
        known: asyncio.Future[Seen | None] = asyncio.get_running_loop().create_future()
        known.set_result((view, hash_of))
        self._keep(external_id, known)

    def knows(self, external_id: str) -> bool:
        """Whether it was this process that had a view opened, or its form answered."""
        return external_id in self._known

    async def opened(self, external_id: str) -> Seen | None:
        """The id of a view, and its hash the first time that it is asked for; waits for one that is on its way. None
        where it is not known here, or could not be opened."""
        known = self._known.get(external_id)
        if known is None:
            return None
        done, _ = await asyncio.wait({known}, timeout=_LONGEST_WAIT)
        seen = None if not done or known.cancelled() else known.result()
        if seen is not None and self._known.get(external_id) is known:
            self.remember(external_id, seen[0], "")  # whoever asks will change it
        return seen

    async def close(self) -> None:
        """Ends what is still on its way."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _begun(self, work: Coroutine[Any, Any, Seen | None]) -> asyncio.Task[Seen | None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def _keep(self, external_id: str, known: asyncio.Future[Seen | None]) -> None:
        self._known[external_id] = known
        self._known.move_to_end(external_id)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def _open(self, view: View, trigger: str, over: str, otherwise: Callable[[], None]) -> Seen | None:
        try:
            if over:
                return await self._push(view, trigger, over)
            told, _ = await asked(lambda: self._client.views_open(trigger_id=trigger, view=view))
        except (TokenRefused, SlackAway) as error:
            _log.warning("view not opened", platform="slack", fault=str(error))
            otherwise()
            return None
        return _seen_in(told)

    async def _push(self, view: View, trigger: str, over: str) -> Seen | None:
        try:
            told, _ = await asked(lambda: self._client.views_push(trigger_id=trigger, view=view))
        except SlackAway as error:
            if error.why != _TOO_MANY:
                raise
            told, _ = await asked(lambda: self._client.views_update(view_id=over, view=view))
        return _seen_in(told)

    async def _shown_soon(self) -> Seen | None:
        await asyncio.sleep(self._until_shown)
        return None


def _seen_in(told: dict[str, Any]) -> Seen | None:
    view = told.get("view")
    return (str(view.get("id") or ""), str(view.get("hash") or "")) if isinstance(view, dict) else None
