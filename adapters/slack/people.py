"""Who writes, as Slack knows them: their name as it is shown, and how they belong to the workspace."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.platforms import Later
from adapters.slack.checking_tokens import Installed, SlackAway, TokenRefused, asked
from adapters.slack.places import PLATFORM, user_of
from bot.messages import Message
from bot.people import Person, Standing

_KEPT = 600.0  # seconds
_MOST = 20_000  # people who are kept
_LONGEST_WAIT = 5.0  # seconds that a message waits here for an answer, before it is put off
_LONGEST_NAME = 80  # characters; Slack has it so too
_REST, _REST_OF_TOKEN = 2.0, 30.0  # seconds for which a Slack that is away, or refuses the token, is left alone
_STRANGERS = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, until a time by the clock."""

    name: str
    standing: Standing
    until: float


class People:
    """Asks Slack about each person once in ten minutes. To be made on the loop that serves."""

    def __init__(
        self, client: AsyncWebClient, ours: Callable[[], Installed | None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._ours, self._clock = client, ours, clock
        self._loop = asyncio.get_running_loop()
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Known]] = {}
        self._away_until, self._why_away = 0.0, ""

    def prefetch(self, user: str) -> None:
        """Begins to ask about somebody whose message was just kept. To be called on the loop."""
        if self._of(user) is None and self._clock() >= self._away_until:
            self._ask(user)

    def introduced(self, message: Message) -> Message:
        """The message with the name of whoever wrote it, and how they belong. To be called from a thread of its own.

        Raises:
            Later: Slack cannot say now.
        """
        user = user_of(message.person.account)
        here = message.conversation.partition(":")[0] == PLATFORM
        if not here or not user or message.standing is Standing.OUTSIDER:
            return message
        known = self._of(user) or self._waited_for(user)
        return replace(message, person=Person(message.person.account, known.name), standing=known.standing)

    async def close(self) -> None:
        """Ends what is still asked."""
        asking = list(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    def _of(self, user: str) -> Known | None:
        known = self._known.get(user)
        return known if known is not None and known.until > self._clock() else None

    def _waited_for(self, user: str) -> Known:
        left = self._away_until - self._clock()
        if left > 0:
            raise Later(left, self._why_away, in_doubt=False)
        asking = self._asked(user)
        try:
            future = asyncio.run_coroutine_threadsafe(asking, self._loop)
        except RuntimeError as error:  # the loop has ended
            asking.close()
            raise Later(None, type(error).__name__, in_doubt=False) from None
        try:
            return future.result(_LONGEST_WAIT)
        except (TimeoutError, CancelledError) as error:
            future.cancel()
            raise Later(None, type(error).__name__, in_doubt=False) from None

    async def _asked(self, user: str) -> Known:
        return await asyncio.shield(self._ask(user))

    def _ask(self, user: str) -> asyncio.Task[Known]:
        """The one question about somebody that is on its way."""
        task = self._asking.get(user)
        if task is None:
            task = self._asking[user] = asyncio.create_task(self._look_up(user))
            task.add_done_callback(lambda done: self._settle(user, done))
        return task

    def _settle(self, user: str, task: asyncio.Task[Known]) -> None:
        del self._asking[user]
        if task.cancelled() or task.exception() is not None:  # whoever waits is told; nobody else need be
            return
        self._known[user] = task.result()
        self._known.move_to_end(user)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def _look_up(self, user: str) -> Known:
        until = self._clock() + _KEPT
        try:
            told, _ = await asked(lambda: self._client.users_info(user=user))
        except TokenRefused as error:
            raise self._put_off(_REST_OF_TOKEN, error.code) from None
        except SlackAway as error:
            if error.why in _STRANGERS:
                return Known("", Standing.OUTSIDER, until)
            raise self._put_off(_REST if error.after is None else error.after, error.why) from None
        found = told.get("user")
        if not isinstance(found, dict):
            raise self._put_off(_REST, "no_user")
        return Known(_name(found), _standing(found, self._ours()), until)

    def _put_off(self, seconds: float, why: str) -> Later:
        self._away_until, self._why_away = self._clock() + seconds, why
        return Later(seconds, why, in_doubt=False)


def _name(user: dict[str, Any]) -> str:
    """A name as it is shown in the workspace."""
    profile = user.get("profile")
    found = [profile.get("display_name"), profile.get("real_name")] if isinstance(profile, dict) else []
    named = next((name for name in (*found, user.get("real_name")) if isinstance(name, str) and name.strip()), "")
    return " ".join(named.split())[:_LONGEST_NAME]


def _standing(user: dict[str, Any], ours: Installed | None) -> Standing:
    """How somebody belongs; a bot belongs nowhere."""
    grid = user.get("enterprise_user")
    teams = [user.get("team_id"), *(grid.get("teams") or [] if isinstance(grid, dict) else [])]
    if user.get("is_stranger") or user.get("is_bot") or ours is None or ours.team not in teams:
        return Standing.OUTSIDER
    return Standing.GUEST if user.get("is_restricted") or user.get("is_ultra_restricted") else Standing.OWN
