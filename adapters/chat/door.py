"""Who is let in, as far as an app has to know before the bot does: for whom forms open, and to whom questions are
suggested."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from adapters.workspace import Workspace
from bot.people import Standing


class Visitor(Protocol):
    """Somebody who did something: what the platform calls them, and what it says beside that of how they belong."""

    @property
    def user(self) -> str: ...

    @property
    def standing(self) -> Standing: ...


class Known(Protocol):
    """What is known of people by what the platform calls them."""

    def known_standing(self, user: str) -> Standing | None:
        """How somebody belongs, where that is known already."""
        ...

    async def standing_of(self, user: str) -> Standing | None:
        """How somebody belongs; None where the platform cannot say now."""
        ...


class Door:
    """The door of one workspace. `is_staff` tells of what the platform calls somebody whether they may act at the desk,
    who are let in always; it may raise SQLAlchemyError."""

    def __init__(self, workspace: Workspace, people: Known, is_staff: Callable[[str], bool]) -> None:
        self._workspace, self._people, self._is_staff = workspace, people, is_staff

    async def turns_away(self, who: Visitor) -> bool:
        """Whether it is known already that somebody is not let in. The bot then says so, and they are asked nothing."""
        known = self._people.known_standing(who.user) if who.standing is Standing.OWN else who.standing
        return known is not None and not await self._admits(who, known)

    async def lets_in(self, who: Visitor) -> bool:
        """Whether somebody is let in, for which the platform is asked; not where nobody can say now."""
        standing = await self._people.standing_of(who.user) if who.standing is Standing.OWN else who.standing
        try:
            return standing is not None and await self._admits(who, standing)
        except SQLAlchemyError:
            return False

    async def lets_to_the_desk(self, who: Visitor) -> bool:
        """Whether somebody may act at the desk. It may raise SQLAlchemyError."""
        return await asyncio.to_thread(self._is_staff, who.user)

    async def _admits(self, who: Visitor, standing: Standing) -> bool:
        return self._workspace.admits(standing) or await self.lets_to_the_desk(who)
