"""Short lines that the app says by itself, and prompts: worth saying now, and not worth keeping for later."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.checking_tokens import SlackAway, TokenRefused, asked
from adapters.slack.outgoing import escaped

_MOST_AT_ONCE = 50  # further ones are left out: nobody waits for them
_MOST_REMEMBERED = 1_000

_log = structlog.get_logger()


class Asides:
    """Says each line once, in the background."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._said: OrderedDict[str, None] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    def say(self, key: str, words: str, channel: str, user: str, thread: str = "") -> None:
        """Says a line to one person, in a channel or a thread of it; once under a key."""
        if self._is_new(key):
            self._begin(
                "line",
                lambda: self._client.chat_postEphemeral(
                    channel=channel, user=user, text=escaped(words), thread_ts=thread or None
                ),
            )

    def prompt(self, channel: str, title: str, prompts: Sequence[str]) -> None:
        """Offers up to four questions in direct messages."""
        offered = [{"title": prompt, "message": prompt} for prompt in prompts[:4]]
        # Without the ts of a thread: with it Slack says that all is well, and shows nothing.
        self._begin(
            "prompts",
            lambda: self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=offered
            ),
        )

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

    def _begin(self, what: str, call: Callable[[], Awaitable[AsyncSlackResponse]]) -> None:
        if len(self._running) < _MOST_AT_ONCE:
            task = asyncio.create_task(self._quietly(what, call))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _quietly(self, what: str, call: Callable[[], Awaitable[AsyncSlackResponse]]) -> None:
        try:
            await asked(call)
        except (TokenRefused, SlackAway) as error:
            _log.warning("not said", platform="slack", act=what, fault=str(error))
