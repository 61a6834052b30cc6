"""Who somebody is and how they belong, as the rosters of conversations have it."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote

from adapters.delivery.platforms import Later, Refused
from adapters.teams.connector import Connector
from adapters.teams.faults import Means, Turned
from adapters.teams.places import Place, account_of, is_shared
from adapters.teams.reaching import Reaching, kept
from adapters.teams.references import Reference, References
from bot.people import Standing

_GUEST, _OWN = "guest", "user"  # the roles that a roster gives to people of ours


class Roster:
    """The rosters of one tenant; where that is not named, nobody is asked whether they are of it."""

    def __init__(self, connector: Connector, references: References, tenant: str) -> None:
        self._connector, self._references, self._tenant = connector, references, tenant.casefold()
        self._reaching = Reaching(connector, references, tenant)

    async def look_up(self, user: str, where: str) -> tuple[str, Standing]:
        """The name of somebody, and how they belong: by the chat with them, else by the conversation `where` they have
        written, else by a chat that is begun with them. Whom none of these has belongs nowhere.

        Raises:
            Later: nobody can say now; of them alone, where it is not `everywhere`.
        """
        person = Place(unquote(user))
        own = await kept(lambda: self._references.of(person.conversation))
        member = own.user if own is not None and own.user else person.channel
        async for reference in self._having(person, own, where):
            found = await self._found(reference, member)
            if found is not None:
                return _words(found, "name"), self._standing(found)
        return "", Standing.OUTSIDER

    async def account_of(self, reference: Reference, user: str) -> str:
        """The account of somebody in a conversation whom Teams gives this id for the bot; where nobody can say, that of
        a person whom the directory does not know."""
        try:
            found = await self._found(reference, user) or {}
        except Later:
            found = {}
        return account_of(_words(found, "aadObjectId") or _words(found, "objectId"), user)

    async def _having(self, person: Place, own: Reference | None, where: str) -> AsyncIterator[Reference]:
        """The conversations that may have them, one after another."""
        if own is not None and own.conversation:
            yield own
        channel = _channel(where)
        there = await kept(lambda: self._references.of(channel)) if channel else None
        if there is not None:
            yield there
        if own is not None and own.conversation:
            return
        try:
            begun = await self._reaching.reference(person)
        except Refused:
            return
        except Later as error:  # the others need not wait for this one
            raise Later(None, error.why, in_doubt=False, everywhere=False) from None
        yield begun

    async def _found(self, reference: Reference, member: str) -> dict[str, Any] | None:
        """Somebody in a conversation; None where they are not in it, or it is not there any more."""
        try:
            return await self._connector.member(reference, member)
        except Turned as error:
            if error.means is Means.NOT_THERE:
                return None
            raise Later(None, error.code, in_doubt=False, everywhere=False) from None

    def _standing(self, found: dict[str, Any]) -> Standing:
        """How somebody belongs; who is of no tenant and of no known role belongs nowhere."""
        role = _words(found, "userRole").casefold()
        is_ours = not self._tenant or _words(found, "tenantId").casefold() == self._tenant
        if not is_ours or role not in (_GUEST, _OWN, ""):
            return Standing.OUTSIDER
        return Standing.GUEST if role == _GUEST else Standing.OWN


def _channel(where: str) -> str:
    """The channel or the group chat that a conversation is in; "" where it is in none."""
    try:
        place = Place.of(where)
    except ValueError:
        return ""
    return Place(place.channel).conversation if is_shared(place.channel) else ""


def _words(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""
