"""Short lines that the app says by itself, and prompts: worth saying now, and not worth keeping for later."""

from collections.abc import Awaitable, Callable, Sequence

from adapters.chat.asides import Background
from adapters.delivery.platforms import Later, Refused
from adapters.slack.calling import Calling
from adapters.slack.checking_tokens import SlackAway, TokenRefused, asked
from adapters.slack.faults import Turned
from adapters.slack.outgoing import escaped
from adapters.slack.places import PLATFORM
from adapters.slack.posting import AS_IT_IS

_FAULTS = (TokenRefused, SlackAway, Later, Refused)


class Asides:
    """Says each line once, in the background."""

    def __init__(self, calling: Calling) -> None:
        self._calling, self._client = calling, calling.client
        self._background = Background(PLATFORM, _FAULTS)

    def say(self, key: str, words: str, channel: str, user: str, thread: str = "", url: str = "") -> None:
        """Says a line to one person, in a channel or a thread of it, or in a thread of direct messages; once under a
        key. By a response URL it gets to where the bot is not as well."""
        self._background.once(key, "line", lambda: self._say(escaped(words), channel, user, thread, url))

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

        self._background.begin("prompts", offer)

    async def close(self) -> None:
        """Ends what is still on its way."""
        await self._background.close()

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
