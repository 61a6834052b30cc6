"""How a place is reached: by what was kept of it, or as anybody else of the tenant is."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from adapters.delivery.platforms import Later
from adapters.teams.connector import Connector
from adapters.teams.faults import Turned, never_met
from adapters.teams.places import PLATFORM, Place, is_shared
from adapters.teams.references import Reference, References, Scope

_UNKNOWN = "nobody has written to the app there yet"
_NOT_INVITED = 300.0  # seconds after which it is tried again
_GROUP_CHATS = "@thread.v2"  # the end of the id of a group chat; a channel's is another

_Got = TypeVar("_Got")


class Reaching:
    """The references of one tenant, and the chats that are begun in it."""

    def __init__(self, connector: Connector, references: References, tenant: str) -> None:
        self._connector, self._references, self._tenant = connector, references, tenant.casefold()

    async def reference(self, place: Place) -> Reference:
        """How a place is reached, where its conversation is known or can be begun.

        Raises:
            Later: nobody of the tenant has written yet, or the chat with a person cannot be begun now.
            Refused: it cannot be begun at all.
        """
        key = Place(place.channel).conversation
        own = await kept(lambda: self._references.of(key))
        if own is not None and own.conversation:
            return own
        known = own or await kept(lambda: self._references.latest(self._tenant))
        if known is None:
            raise Later(_NOT_INVITED, _UNKNOWN, in_doubt=False, everywhere=False)
        if is_shared(place.channel):
            scope = Scope.GROUP if place.channel.endswith(_GROUP_CHATS) else Scope.CHANNEL
            return replace(known, scope=scope, conversation=place.channel, user="")
        return await self._begun(key, known, own.user if own is not None else "", place.channel)

    async def anew(self, place: Place, reference: Reference) -> Reference | None:
        """The chat with a person begun anew, where Teams does not know the one that was kept; None where it gives that
        one once more, or none.

        Raises:
            Later: it cannot be begun now.
        """
        try:
            conversation = await self._connector.open(reference, reference.user or place.channel)
        except Turned:
            return None
        if conversation == reference.conversation:
            return None
        begun = replace(reference, conversation=conversation)
        await kept(lambda: self._references.keep(Place(place.channel).conversation, begun))
        return begun

    async def users(self, accounts: frozenset[str]) -> list[str]:
        """The ids that Teams gives to whom these accounts are of, as far as they are known."""
        ours = frozenset(one for one in accounts if one.startswith(f"{PLATFORM}:"))
        known = await kept(lambda: self._references.users(ours)) if ours else {}
        return [known[account] for account in sorted(known)]

    async def _begun(self, key: str, known: Reference, user: str, person: str) -> Reference:
        """The chat with a person who has none with the app yet, by how they or anybody else of the tenant is reached.
        `user` is the id that Teams gives them, where it is known."""
        try:
            conversation = await self._connector.open(known, user or person)
        except Turned as error:
            raise never_met(error.code) from None
        begun = replace(known, scope=Scope.PERSONAL, conversation=conversation, user=user)
        await kept(lambda: self._references.keep(key, begun))
        return begun


async def kept(call: Callable[[], _Got]) -> _Got:
    """What is kept, for which nobody on the loop waits.

    Raises:
        Later: the database is away.
    """
    try:
        return await asyncio.to_thread(call)
    except SQLAlchemyError as error:
        raise Later(None, type(error).__name__, in_doubt=False) from None
