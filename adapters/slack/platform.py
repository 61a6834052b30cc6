"""Slack as the sender sees it: each reply goes to its place, takes the place of what it answers, or falls back."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery.platforms import Later, Parcel
from adapters.slack.calling import Calling, Told
from adapters.slack.faults import Means, NotKnown, Turned, not_there, unfit, unreachable, unreadable
from adapters.slack.going import Going, Progress, is_first
from adapters.slack.outgoing import Outgoing, Post, outgoing_of
from adapters.slack.places import Place
from adapters.slack.posting import AS_IT_IS, Posting, is_person, person_of
from adapters.slack.showing import ON_ITS_WAY, Showing, Views

_REMEMBERED = 10_000  # replies that are partly said
_NOT_INVITED = 300.0  # seconds after which a desk is tried again to which the bot was not invited
_WITHOUT_SCOPE = 300.0  # seconds after which what the app may not do is tried again
_EDITS = 2  # attempts at an edit that Slack turns down in words that are not known here; then it is said anew

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
    """Delivers to one workspace. Its client shares one session, and tries nothing again by itself. `on_its_way` are
    seconds: after each of them a modal is looked for once more which another process may be opening."""

    pace = 0.0

    def __init__(
        self,
        client: AsyncWebClient,
        views: Views,
        app: App,
        clock: Callable[[], float] = time.monotonic,
        on_its_way: Sequence[float] = ON_ITS_WAY,
    ) -> None:
        self._client, self._app, self._calling = client, app, Calling(client, app, clock)
        self._showing, self._posting = Showing(self._calling, views, on_its_way), Posting(self._calling, clock)
        self._begun: OrderedDict[str, Progress] = OrderedDict()  # what is partly said, by key

    async def deliver(self, parcel: Parcel) -> str:
        """Delivers it; the receipt is CHANNEL:TS of what can be edited, and empty where nothing can.

        Raises:
            Later: Slack may take it later.
            Refused: it never will.
        """
        try:
            outgoing = outgoing_of(parcel.payload)
            place = Place.of(outgoing.conversation)  # what is for one person is said in a thread of theirs for all too
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
            raise _given_up(error, outgoing, place, bool(progress.said)) from None
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
                await self._update(going, channel, ts, post)
                return f"{channel}:{ts}"
            return await self._posting.post(going, channel, thread, post, part)

        try:
            await going.each(say)
        except Turned as error:
            if error.means not in (Means.GONE, Means.NOT_THERE):
                raise
            return False
        return True

    async def _update(self, going: Going, channel: str, ts: str, post: Post) -> None:
        blocks = list(post.blocks)  # empty ones too: else those of before would stay
        try:
            await self._calling.call(
                self._client.chat_update, channel=channel, ts=ts, text=post.text, blocks=blocks, parse=AS_IT_IS
            )
        except NotKnown as error:  # it would hold up whatever else its place is to show
            if going.parcel.attempt < _EDITS:
                raise
            raise Turned(error.why, Means.GONE) from None

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
                parse=AS_IT_IS,
                thread_ts=place.thread if origin.in_thread and place.thread else None,
            )
            return ""

        await going.each(say)
        return ""


def _given_up(error: Turned, outgoing: Outgoing, place: Place, in_doubt: bool) -> Exception:
    """What follows where there was no other way."""
    match error.means:
        case Means.SCOPE:  # whatever does not need it goes on
            _log.error("not allowed", conversation=place.conversation, fault=error.code)
            return Later(_WITHOUT_SCOPE, error.code, in_doubt, everywhere=False)
        case Means.UNFIT:
            return unfit(error.code)
        case Means.NOT_THERE if outgoing.subject or outgoing.beside:  # it comes once the bot was invited to the desk
            _log.error("desk not reached", conversation=place.conversation, fault=error.code)
            return Later(_NOT_INVITED, error.code, in_doubt=False, everywhere=False)
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
