"""Short lines that the app says by itself, and prompts: worth saying now, and not worth keeping for later."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import structlog

from adapters.delivery.platforms import Later, Refused
from adapters.slack.calling import Calling
from adapters.slack.checking_tokens import SlackAway, TokenRefused, asked
from adapters.slack.faults import Turned
from adapters.slack.outgoing import escaped
from adapters.slack.posting import AS_IT_IS

_MOST_AT_ONCE = 50  # further ones are left out: nobody waits for them
_MOST_REMEMBERED = 1_000

_log = structlog.get_logger()


class Asides:
    """Says each line once, in the background."""

    def __init__(self, calling: Calling) -> None:
        self._calling, self._client = calling, calling.client
        self._said: OrderedDict[str, None] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def say(self, key: str, words: str, channel: str, user: str, thread: str = "", url: str = "") -> None:
        """Says a line to one person, in a channel or a thread of it, or in a thread of direct messages; once under a
        key. By a response URL it gets to where the bot is not as well."""
        if self._is_new(key):
            self._begin("line", lambda: self._say(escaped(words), channel, user, thread, url))

    def prompt(self, channel: str, title: str, prompts: Sequence[str], admitted: Callable[[], Awaitable[bool]]) -> None:
        """Offers up to four questions in direct messages, to whom that is for."""
        offered = [{"title": prompt, "message": prompt} for prompt in prompts[:4]]

        async def offer() -> None:
            if not await admitted():
                return
            # Without the ts of a thread: with it Slack says that all is well, and shows nothing.
            await asked(
                lambda: self._client.assistant_threads_setSuggestedPrompts(
                    channel_id=channel, title=title, prompts=offered
                )
            )

        self._begin("prompts", offer)

    async def close(self) -> None:
        """Ends what is still on its way."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _is_new(self, key: str) -> bool:
        if key in self._said:
            return False
        self._said[key] = None
        while len(self._said) > _MOST_REMEMBERED:
            self._said.popitem(last=False)
        return True

    async def _say(self, text: str, channel: str, user: str, thread: str, url: str) -> None:
        if thread and channel[0] == "D":  # there it can stay
            await asked(
                lambda: self._client.chat_postMessage(channel=channel, text=text, parse=AS_IT_IS, thread_ts=thread)
            )
            return
        if url:
            place = {"thread_ts": thread} if thread else {}
            line = {"response_type": "ephemeral", "replace_original": False, "text": text, **place}
            try:
                await self._calling.respond(url, line)
                return
            except Turned:
                pass  # it is used up, or too old
        await asked(
            lambda: self._client.chat_postEphemeral(
                channel=channel, user=user, text=text, parse=AS_IT_IS, thread_ts=thread or None
            )
        )

    def _begin(self, what: str, said: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if len(self._running) < _MOST_AT_ONCE:
            task = asyncio.create_task(self._quietly(what, said))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _quietly(self, what: str, said: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await said()
        except (TokenRefused, SlackAway, Later, Refused) as error:
            _log.warning("not said", platform="slack", act=what, fault=str(error))
