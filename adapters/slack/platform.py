"""Slack as the sender sees it: each reply goes to its place, takes the place of what it answers, or falls back."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.platforms import Later, Parcel
from adapters.slack.calling import WITHOUT_TOKEN, Calling, Told
from adapters.slack.faults import Means, Turned, not_there, unfit, unreachable, unreadable
from adapters.slack.going import Going, Progress, is_first
from adapters.slack.outgoing import Post, outgoing_of
from adapters.slack.places import Place
from adapters.slack.posting import Posting, is_person, person_of
from adapters.slack.showing import Showing, Views

_REMEMBERED = 10_000  # replies that are partly said

_log = structlog.get_logger()


class Status(Protocol):
    """What Slack shows while an answer is on its way."""

    async def over(self, conversation: str) -> None:
        """The answer is there."""
        ...


class App(Told, Protocol):
    """The app to which this belongs."""

    @property
    def status(self) -> Status: ...


class SlackPlatform:
    """Delivers to one workspace. Its client shares one session, and tries nothing again by itself."""

    pace = 0.0

    def __init__(
        self, client: AsyncWebClient, views: Views, app: App, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._app, self._calling = client, app, Calling(client, app)
        self._showing, self._posting = Showing(self._calling, views), Posting(self._calling, clock)
        self._begun: OrderedDict[str, Progress] = OrderedDict()  # what is partly said, by key

    async def deliver(self, parcel: Parcel) -> str:
        """Delivers it; the receipt is CHANNEL:TS of what can be edited, and empty where nothing can.

        Raises:
            Later: Slack may take it later.
            Refused: it never will.
        """
        try:
            outgoing, place = outgoing_of(parcel.payload), Place.of(parcel.conversation)
        except ValueError:
            raise unreadable() from None
        progress = self._begun.pop(parcel.key, None) or Progress()
        await self._app.status.over(parcel.conversation)
        receipt = None
        try:
            receipt = await self._delivered(Going(parcel, outgoing, place, progress))
        except Later as error:
            error.in_doubt |= bool(progress.said)
            raise
        except Turned as error:
            raise _given_up(error, parcel.conversation, place, bool(progress.said)) from None
        finally:
            if receipt is None and progress.said:
                _remember(self._begun, parcel.key, progress)
        return receipt

    async def _delivered(self, going: Going) -> str:
        if going.outgoing.view is not None and await self._showing.shown(going, going.outgoing.view):
            return await self._further(going) if going.outgoing.posts_too else ""
        try:
            if await self._in_place(going):
                return going.progress.receipt
            return await self._said(going)
        except Turned as error:
            if error.means not in (Means.NOT_THERE, Means.GONE) or not person_of(going.place):
                raise
            return await self._posting.directly(going)

    async def _said(self, going: Going) -> str:
        """Says it in its place, as something new."""
        place, outgoing = going.place, going.outgoing
        if place.alone and not outgoing.lasting:
            return await self._whispered(going)
        if person_of(place) and not place.openly:
            return await self._posting.directly(going)
        beside = _where(going.parcel.earlier) if outgoing.beside else None
        try:
            if beside is not None:
                return await self._posting.posted(going, place.channel, beside[1], broadcast=True)
            return await self._posting.posted(going, place.channel, place.thread)
        except Turned as error:  # what it hangs from is gone
            if error.means is not Means.GONE or place.openly:
                raise
            return await self._posting.posted(going, place.channel, "")

    async def _further(self, going: Going) -> str:
        """Says besides what a view cannot hold."""
        if person_of(going.place):
            return await self._posting.directly(going)
        return await self._posting.posted(going, going.place.channel, going.place.thread)

    async def _in_place(self, going: Going) -> bool:
        """Has it take the place of what it is the latest state of, or of what was pressed; whether that was there."""
        outgoing, place = going.outgoing, going.place
        origin = outgoing.origin
        edits: tuple[str, str] | None = None
        if outgoing.subject and going.parcel.earlier:
            edits = _where(going.parcel.earlier)
        elif origin.replaces and origin.ts and not place.alone and not is_person(place.channel):
            edits = place.channel, origin.ts
        elif origin.replaces and origin.url and not origin.ts:
            return await self._replaced(going)
        if edits is None:
            return False
        return await self._edited(going, *edits)

    async def _edited(self, going: Going, channel: str, ts: str) -> bool:
        """Edits a message; what one message cannot hold is posted in its thread. Whether it is there."""
        thread = going.place.thread or ts
        if going.parcel.doubtful and len(going.outgoing.posts) > 1:
            await self._posting.look(going, channel, thread)
            going.repeats = False

        async def say(post: Post, part: str) -> str:
            if is_first(part):
                blocks = list(post.blocks)  # empty ones too: else those of before would stay
                await self._calling.call(
                    self._client.chat_update, channel=channel, ts=ts, text=post.text, blocks=blocks
                )
                return f"{channel}:{ts}"
            return await self._posting.post(going, channel, thread, post, part)

        try:
            await going.each(say)
        except Turned as error:
            if error.means not in (Means.GONE, Means.NOT_THERE):
                raise
            return False
        return True

    async def _replaced(self, going: Going) -> bool:
        """Replaces what one person alone sees."""
        origin = going.outgoing.origin

        async def say(post: Post, part: str) -> str:
            first = is_first(part)
            await self._calling.respond(origin.url, _body(post, origin.in_thread, going.place, replaces=first))
            return ""

        try:
            await going.each(say)
        except Turned as error:
            if error.means is not Means.GONE:
                raise
            return False
        return True

    async def _whispered(self, going: Going) -> str:
        """Shows it to one person alone, by the response URL as long as it is good."""
        origin, place = going.outgoing.origin, going.place
        url = origin.url
        going.repeats = going.parcel.doubtful

        async def say(post: Post, part: str) -> str:
            nonlocal url
            if url:
                try:
                    await self._calling.respond(url, _body(post, origin.in_thread, place))
                    return ""
                except Turned as error:
                    if error.means is not Means.GONE:
                        raise
                    url = ""
            await self._calling.call(
                self._client.chat_postEphemeral,
                channel=place.channel,
                user=place.person,
                text=post.text,
                blocks=list(post.blocks) or None,
                thread_ts=place.thread if origin.in_thread and place.thread else None,
            )
            return ""

        await going.each(say)
        return ""


def _given_up(error: Turned, conversation: str, place: Place, in_doubt: bool) -> Exception:
    """What follows where there was no other way."""
    match error.means:
        case Means.SCOPE:  # whatever does not need it goes on
            _log.error("not allowed", conversation=conversation, fault=error.code)
            return Later(WITHOUT_TOKEN, error.code, in_doubt, everywhere=False)
        case Means.UNFIT:
            return unfit(error.code)
    return unreachable(error.code) if place.direct else not_there(error.code)


def _remember(kept: OrderedDict[str, Any], key: str, value: object) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _REMEMBERED:
        kept.popitem(last=False)


def _where(receipt: str) -> tuple[str, str] | None:
    """Channel and ts of what was posted; None where the receipt tells of none."""
    channel, _, ts = receipt.partition(":")
    return (channel, ts) if channel and ts else None


def _body(post: Post, in_thread: bool, place: Place, replaces: bool = False) -> dict[str, Any]:
    """What a response URL is given."""
    thread = {"thread_ts": place.thread} if in_thread and place.thread and not replaces else {}
    shown = {"text": post.text, "blocks": list(post.blocks)} if post.blocks else {"text": post.text}
    return {"response_type": "ephemeral", "replace_original": replaces, **shown, **thread}
