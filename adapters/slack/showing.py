"""What takes the place of a modal that waits for it, or is put on somebody's Home."""

from typing import Any, Protocol

import structlog

from adapters.slack.calling import Calling
from adapters.slack.faults import Means, Turned
from adapters.slack.going import Going

_HOME = "home"  # the thread of somebody's Home

_log = structlog.get_logger()


class Views(Protocol):
    """The modals that wait for what they are to show."""

    async def opened(self, external_id: str) -> tuple[str, str] | None:
        """The id of a modal and its hash, either of which may be empty; None where it is not known here."""
        ...

    def remember(self, external_id: str, view: str, hash_of: str) -> None:
        """Keeps them as they are now."""
        ...


class Showing:
    """Shows views. Doing it again changes nothing, so that nobody has to look whether it was done."""

    def __init__(self, calling: Calling, views: Views) -> None:
        self._calling, self._views = calling, views

    async def shown(self, going: Going, view: dict[str, Any]) -> bool:
        """Shows a view in the modal that waits for it, or on a Home. False where it cannot be shown any more."""
        external_id, place = going.outgoing.origin.view, going.place
        try:
            if external_id:
                await self._update_view(external_id, view)
            elif place.thread == _HOME:
                await self._calling.call(self._calling.client.views_publish, user_id=place.channel, view=view)
            else:
                return False
        except Turned as error:
            if error.means is Means.SCOPE:
                raise
            _log.warning("view not shown", conversation=place.conversation, fault=error.code)
            return False
        return True

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
