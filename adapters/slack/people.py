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
_LAST_KNOWN = 86_400.0  # seconds more for which it is better than nothing, where Slack cannot say
_MOST = 20_000  # people who are kept
_MOST_AT_ONCE = 10  # questions on their way; the connections are for what is to be said as well
_MOMENT = 0.3  # seconds since Slack was asked in which a message waits here; then it is put off, and others go on
_LONGEST_WAIT = 5.0  # seconds for which the loop may be too busy to say even that
_LONGEST_NAME = 80  # characters; Slack has it so too
_REST, _REST_OF_TOKEN = 2.0, 30.0  # seconds for which a Slack that is away, or refuses the token, is left alone
_STRANGERS = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, until a time by the clock."""

    name: str
    standing: Standing
    until: float


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question that is on its way, since a time by the loop."""

    task: "asyncio.Task[Known]"
    since: float


class People:
    """Asks Slack about each person once in ten minutes, and goes by what it said last while it cannot say. To be made
    on the loop that serves. `token_refused` is told where Slack does not take the token, with its word for why."""

    def __init__(
        self,
        client: AsyncWebClient,
        ours: Callable[[], Installed | None],
        clock: Callable[[], float] = time.monotonic,
        token_refused: Callable[[str], None] = lambda _code: None,
    ) -> None:
        self._client, self._ours, self._clock, self._token_refused = client, ours, clock, token_refused
        self._loop = asyncio.get_running_loop()
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._asking: dict[str, _Asking] = {}
        self._at_once = asyncio.Semaphore(_MOST_AT_ONCE)
        self._away_until, self._why_away = 0.0, ""

    def prefetch(self, user: str) -> None:
        """Begins to ask about somebody whose message was just kept. To be called on the loop."""
        if self._of(user) is None and self._clock() >= self._away_until:
            self._ask(user)

    def known_standing(self, user: str) -> Standing | None:
        """How somebody belongs, where that is known already."""
        known = self._of(user)
        return known.standing if known is not None else None

    async def standing_of(self, user: str) -> Standing | None:
        """How somebody belongs; None where Slack cannot say now. To be called on the loop."""
        try:
            known = self._of(user) or await asyncio.shield(self._ask(user).task)
        except Later:
            known = self._last(user)
        return known.standing if known is not None else None

    def introduced(self, message: Message) -> Message:
        """The message with the name of whoever wrote it, and how they belong. To be called from a thread of its own.

        Raises:
            Later: Slack cannot say now.
        """
        user = user_of(message.person.account)
        here = message.conversation.partition(":")[0] == PLATFORM
        if not here or not user or message.standing is Standing.OUTSIDER:
            return message
        known = self._of(user)
        if known is None:
            try:
                known = self._waited_for(user)
            except Later:
                known = self._last(user)
                if known is None:
                    raise
        return replace(message, person=Person(message.person.account, known.name), standing=known.standing)

    async def close(self) -> None:
        """Ends what is still asked."""
        asking = [one.task for one in self._asking.values()]
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    def _of(self, user: str) -> Known | None:
        known = self._known.get(user)
        return known if known is not None and known.until > self._clock() else None

    def _last(self, user: str) -> Known | None:
        """What Slack said last, within a day."""
        known = self._known.get(user)
        return known if known is not None and known.until + _LAST_KNOWN > self._clock() else None

    def _waited_for(self, user: str) -> Known:
        left = self._away_until - self._clock()
        if left > 0:
            raise Later(left, self._why_away, in_doubt=False)
        asking = self._soon(user)
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

    async def _soon(self, user: str) -> Known:
        """What Slack says within a moment of being asked. Who waits for it holds up everybody who is known."""
        asking = self._ask(user)
        await asyncio.wait({asking.task}, timeout=max(0.0, asking.since + _MOMENT - self._loop.time()))
        if not asking.task.done():
            raise Later(None, "not_known_yet", in_doubt=False)
        return asking.task.result()

    def _ask(self, user: str) -> "_Asking":
        """The one question about somebody that is on its way."""
        asking = self._asking.get(user)
        if asking is None:
            task = asyncio.create_task(self._look_up(user))
            asking = self._asking[user] = _Asking(task, self._loop.time())
            task.add_done_callback(lambda done: self._settle(user, done))
        return asking

    def _settle(self, user: str, task: asyncio.Task[Known]) -> None:
        del self._asking[user]
        if task.cancelled() or task.exception() is not None:  # whoever waits is told; nobody else need be
            return
        self._known[user] = task.result()
        self._known.move_to_end(user)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def _look_up(self, user: str) -> Known:
        had_to_wait = self._at_once.locked()
        async with self._at_once:
            left = self._away_until - self._clock()
            if had_to_wait and left > 0:
                raise Later(left, self._why_away, in_doubt=False)
            return await self._looked_up(user)

    async def _looked_up(self, user: str) -> Known:
        until = self._clock() + _KEPT
        try:
            told, _ = await asked(lambda: self._client.users_info(user=user))
        except TokenRefused as error:
            self._token_refused(error.code)
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
