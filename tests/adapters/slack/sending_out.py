"""What SlackPlatform is tested with: the stand-in, an app that is told of its token, and modals that wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.platforms import Later, Parcel, Refused
from adapters.slack.origin import Origin
from adapters.slack.outgoing import Outgoing, Post, payload_of
from adapters.slack.platform import SlackPlatform
from tests.adapters.slack.fake_slack import BOT_TOKEN, FakeSlack

_Got = TypeVar("_Got")

KEY = "slack:T0FAKE001:C1:17.1:0"


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class App:
    """Remembers what it is told."""

    tokens: list[str] = field(default_factory=list)
    over_in: list[str] = field(default_factory=list)

    def token_refused(self, code: str) -> None:
        self.tokens.append(code)

    def token_good(self) -> None:
        self.tokens.append("good")

    @property
    def status(self) -> "App":
        return self

    async def over(self, conversation: str) -> None:
        self.over_in.append(conversation)


class Views:
    """The modals of which this process knows."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, str]] = {}

    def knows(self, external_id: str) -> bool:
        return external_id in self.known

    async def opened(self, external_id: str) -> tuple[str, str] | None:
        return self.known.get(external_id)

    def remember(self, external_id: str, view: str, hash_of: str) -> None:
        self.known[external_id] = (view, hash_of)


@dataclass
class Bench:
    """A platform with its stand-in."""

    slack: FakeSlack
    platform: SlackPlatform
    app: App
    views: Views
    clock: Clock

    @property
    def calls(self) -> list[str]:
        """The methods called, in order."""
        return [call.method for call in self.slack.calls]

    def texts(self, channel: str, thread: str = "") -> list[str]:
        """What the bot has posted in a channel, or in a thread of it."""
        messages = self.slack.workspace.messages[channel].values()
        return [one["text"] for one in messages if "bot_id" in one and one.get("thread_ts", "") == thread]

    def whispers(self, user: str) -> list[str]:
        return [one["text"] for one in self.slack.workspace.ephemerals if one["to"] == user]

    async def ends(self, parcel: Parcel) -> str | Later | Refused:
        """What becomes of a parcel: its receipt, or why there is none."""
        try:
            return await self.platform.deliver(parcel)
        except (Later, Refused) as error:
            return error


def at_bench(test: Callable[[Bench], Awaitable[_Got]]) -> _Got:
    """Runs a test's coroutine beside a stand-in of its own."""

    async def run() -> _Got:
        async with bench() as made:
            return await test(made)

    return asyncio.run(run())


@asynccontextmanager
async def bench(**how: Any) -> AsyncIterator[Bench]:
    """A platform whose session is short of patience."""
    async with FakeSlack(**how) as slack, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.5)) as session:
        client = AsyncWebClient(BOT_TOKEN, slack.api_url, session=session, retry_handlers=[])
        app, views, clock = App(), Views(), Clock()
        yield Bench(slack, SlackPlatform(client, views, app, clock, on_its_way=(0.0, 0.0)), app, views, clock)


def parcel(
    conversation: str,
    *texts: str,
    key: str = KEY,
    doubtful: bool = False,
    earlier: str = "",
    origin: Origin | None = None,
    **further: Any,
) -> Parcel:
    """A reply of so many posts, each with a block, as it comes to the platform."""
    posts = tuple(Post(text, (block(text),)) for text in texts)
    outgoing = Outgoing(conversation, posts, origin or Origin(), **further)
    return Parcel(key, "slack", conversation, payload_of(outgoing), doubtful=doubtful, earlier=earlier)


def block(text: str) -> dict[str, Any]:
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [leaf]}


def modal(text: str, external_id: str = "") -> dict[str, Any]:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Policy"}, "blocks": [block(text)]}
    return view | ({"external_id": external_id} if external_id else {})
