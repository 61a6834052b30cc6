"""What takes the place of a modal that waits for it, or is put on somebody's Home."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

import structlog

from adapters.slack.calling import Calling
from adapters.slack.faults import Means, NotKnown, Turned
from adapters.slack.going import Going

ON_ITS_WAY = (1.0, 2.0)  # seconds that a modal which another process opens is given, each before one more look
_HOME = "home"  # the thread of somebody's Home

_log = structlog.get_logger()


class Views(Protocol):
    """The modals that wait for what they are to show."""

    def knows(self, external_id: str) -> bool:
        """Whether it was this process that had it opened, or its form answered."""
        ...

    async def opened(self, external_id: str) -> tuple[str, str] | None:
        """The id of a modal and its hash, either of which may be empty; None where it is not known here."""
        ...

    def remember(self, external_id: str, view: str, hash_of: str) -> None:
        """Keeps them as they are now."""
        ...


class Showing:
    """Shows views. Doing it again changes nothing, so that nobody has to look whether it was done."""

    def __init__(self, calling: Calling, views: Views, on_its_way: Sequence[float] = ON_ITS_WAY) -> None:
        self._calling, self._views, self._on_its_way = calling, views, on_its_way

    async def shown(self, going: Going, view: dict[str, Any]) -> bool:
        """Shows a view in the modal that waits for it, or on a Home. False where it cannot be shown any more and is to
        be said otherwise; a Home is not, since it would be at every opening of it."""
        external_id, place = going.outgoing.origin.view, going.place
        try:
            if external_id:
                await self._in_modal(external_id, view)
                return True
            if place.thread != _HOME:
                return False
            await self._calling.call(self._calling.client.views_publish, user_id=place.channel, view=view)
        except Turned as error:
            if error.means is Means.SCOPE:
                raise
            _log.warning("view not shown", conversation=place.conversation, fault=error.code)
            return not external_id
        except NotKnown as error:
            if external_id:
                raise
            _log.warning("view not shown", conversation=place.conversation, fault=error.why)
        return True

    async def _in_modal(self, external_id: str, view: dict[str, Any]) -> None:
        """Shows a view in a modal, which another process may be about to open."""
        for seconds in () if self._views.knows(external_id) else self._on_its_way:
            try:
                return await self._update_view(external_id, view)
            except Turned as error:
                if error.means is not Means.GONE:
                    raise
            await asyncio.sleep(seconds)
        return await self._update_view(external_id, view)

    async def _update_view(self, external_id: str, view: dict[str, Any]) -> None:
        name, hash_of = await self._views.opened(external_id) or ("", "")
        which = {"view_id": name} if name else {"external_id": external_id}
        try:
            told = await self._calling.call(self._calling.client.views_update, view=view, hash=hash_of or None, **which)
        except Turned as error:
            if error.means is not Means.CHANGED:
                raise
            told = await self._calling.call(self._calling.client.views_update, view=view, **which)
        shown = told.get("view")
        if isinstance(shown, dict):
            self._views.remember(external_id, str(shown.get("id") or ""), str(shown.get("hash") or ""))
