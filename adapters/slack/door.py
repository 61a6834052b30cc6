"""Who is let in, as far as the app has to know before the bot does: for whom forms open, and to whom questions are
suggested."""

import asyncio
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from adapters.slack.decided import Decided
from adapters.slack.inbound import Who
from adapters.slack.people import People
from adapters.slack.places import account_of
from bot.people import Standing


class Door:
    """The door of one workspace. `is_staff` tells of an account whether it may act at the desk, who is let in always;
    it may raise SQLAlchemyError."""

    def __init__(self, decided: Decided, people: People, is_staff: Callable[[str], bool]) -> None:
        self._decided, self._people, self._is_staff = decided, people, is_staff

    async def turns_away(self, who: Who) -> bool:
        """Whether it is known already that somebody is not let in. The bot then says so, and they are asked nothing."""
        known = self._people.known_standing(who.user) if who.standing is Standing.OWN else who.standing
        return known is not None and not await self._admits(who, known)

    async def lets_in(self, who: Who) -> bool:
        """Whether somebody is let in, for which Slack is asked; not where nobody can say now."""
        standing = await self._people.standing_of(who.user) if who.standing is Standing.OWN else who.standing
        try:
            return standing is not None and await self._admits(who, standing)
        except SQLAlchemyError:
            return False

    async def _admits(self, who: Who, standing: Standing) -> bool:
        return self._decided.admits(standing) or await asyncio.to_thread(self._is_staff, account_of(who.user))
