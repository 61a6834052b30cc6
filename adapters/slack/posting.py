"""Messages that stay: each is posted once, in a channel, a thread or direct messages, as fast as Slack bears it."""

import time
from collections import OrderedDict
from collections.abc import Callable

from adapters.delivery.platforms import Later
from adapters.slack.calling import Calling
from adapters.slack.faults import Means, Turned, unreachable
from adapters.slack.going import Going, is_first
from adapters.slack.outgoing import Post
from adapters.slack.pacing import Pacing
from adapters.slack.places import Place
from adapters.slack.reading_back import mark, parts_there

AS_IT_IS = "none"  # how Slack reads a text: no name, channel or address in it becomes a link
_REMEMBERED = 10_000  # people whose direct messages are known


class Posting:
    """Posts in one workspace. `clock` is in seconds."""

    def __init__(self, calling: Calling, clock: Callable[[], float] = time.monotonic) -> None:
        self._calling, self._pacing = calling, Pacing(clock)
        self._direct: OrderedDict[str, str] = OrderedDict()  # the channel of direct messages with a person

    async def directly(self, going: Going) -> str:
        """Sends it as direct messages."""
        person = person_of(going.place)
        if not person:
            raise unreachable("no person")
        try:
            channel = self._direct.get(person) or await self._opened(person)
            return await self.posted(going, channel, "")
        except Turned as error:
            if error.means in (Means.NOT_THERE, Means.GONE):
                self._direct.pop(person, None)
                raise unreachable(error.code) from None
            raise

    async def _opened(self, person: str) -> str:
        told = await self._calling.call(self._calling.client.conversations_open, users=person)
        channel = str((told.get("channel") or {}).get("id") or "")
        if not channel:
            raise Later(None, "no channel", in_doubt=False)
        self._direct[person] = channel
        if len(self._direct) > _REMEMBERED:
            self._direct.popitem(last=False)
        return channel

    async def posted(self, going: Going, channel: str, thread: str, broadcast: bool = False) -> str:
        """Posts what is not there yet."""
        if going.parcel.doubtful:
            await self.look(going, channel, thread)
        wait = self._pacing.wait(channel, going.parcel.key, going.left) if going.left else 0
        if wait:
            raise Later(wait, "paced", in_doubt=False, everywhere=False)

        async def say(post: Post, part: str) -> str:
            return await self.post(going, channel, thread, post, part, broadcast and is_first(part))

        await going.each(say)
        return going.progress.receipt

    async def look(self, going: Going, channel: str, thread: str) -> None:
        """Looks which parts have arrived; where it may not look, whoever gets it is told."""
        there = await parts_there(self._calling, channel, thread, going.parcel.key)
        going.repeats = there is None
        going.found(channel, there or {})

    async def post(
        self, going: Going, channel: str, thread: str, post: Post, part: str, broadcast: bool = False
    ) -> str:
        """Posts one part; gives its receipt, CHANNEL:TS."""
        try:
            told = await self._calling.call(
                self._calling.client.chat_postMessage,
                channel=channel,
                text=post.text,
                blocks=list(post.blocks) or None,
                thread_ts=thread or None,
                reply_broadcast=True if broadcast and thread else None,
                unfurl_links=False,
                unfurl_media=False,
                parse=AS_IT_IS,
                metadata=mark(going.parcel.key, part),
            )
        except Later as error:
            if error.after and not error.everywhere:
                self._pacing.rest(channel, error.after)
            raise
        return f"{told.get('channel') or channel}:{told.get('ts') or ''}"


def person_of(place: Place) -> str:
    """Whom a direct message would reach; "" where it is for a channel."""
    return place.person or (place.channel if is_person(place.channel) else "")


def is_person(channel: str) -> bool:
    """Whether what stands for a channel is a person's own id."""
    return channel[0] in "UW"
