"""Teams as the sender sees it: each reply goes to whoever waits for it, takes the place of what it answers, or is said
as something new."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

import structlog

from adapters.chat.cutting import shortened
from adapters.delivery.platforms import Later, Parcel
from adapters.storage.subjects import ANSWER
from adapters.teams.activities import activity_of, looked_up_by
from adapters.teams.connector import Connector
from adapters.teams.faults import Means, NotKnown, Turned, not_there, unfit, unreachable, unreadable
from adapters.teams.going import Going, Progress, is_first
from adapters.teams.invoke_answers import opens, says, shows
from adapters.teams.origin import Waits
from adapters.teams.outgoing import Card, Outgoing, Post, outgoing_of
from adapters.teams.pacing import Pacing
from adapters.teams.places import Place
from adapters.teams.reaching import Reaching, kept
from adapters.teams.references import Reference, References, Scope
from adapters.teams.waiting import Waiting

_NOT_INVITED = 300.0  # seconds after which a desk is tried again to which the app was not added
_ONCE_MORE = 60.0  # seconds after which somebody is tried again to whom Teams had no way; it may have been mistaken
_SOON = 0.25  # seconds; what is put off is looked for less often
_EDITS = 2  # attempts at an edit that Teams turns down in a way that is not known here; then it is said anew
_CARD = "card"  # the kind of a subject
_FOR_CARD = 0.5  # seconds in which a new card may come, which says more than a line
_LONGEST_SAID = 200  # characters of what is said beside a card that was pressed

_log = structlog.get_logger()


class Status(Protocol):
    """What Teams shows while an answer is on its way."""

    async def over(self, conversation: str) -> None:
        """The answer is there."""
        ...


class TeamsPlatform:
    """Delivers to one tenant. `waiting` are the clients that wait in this process; `staff` gives the accounts of those
    who work at the desk, for whom its cards are looked up; `was_said` tells of a conversation and a receipt whether
    something was said there with it. Both may raise SQLAlchemyError. `clock` is in seconds."""

    pace = 0.0

    def __init__(
        self,
        connector: Connector,
        references: References,
        waiting: Waiting,
        status: Status,
        *,
        tenant: str,
        staff: Callable[[], Iterable[str]],
        was_said: Callable[[str, str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connector, self._waiting, self._status = connector, waiting, status
        self._staff, self._was_said = staff, was_said
        self._reaching, self._pacing = Reaching(connector, references, tenant), Pacing(clock)

    async def deliver(self, parcel: Parcel) -> str:
        """Delivers it; the receipt is "CONVERSATION ACTIVITY", by Teams' ids, of what can be edited, and empty where
        nothing can.

        Raises:
            Later: Teams may take it later.
            Refused: it never will.
        """
        try:
            outgoing = outgoing_of(parcel.payload)
            going = Going(parcel, outgoing, Place.of(outgoing.conversation), Progress.of(parcel.progress))
        except ValueError:
            raise unreadable() from None
        await self._status.over(parcel.conversation)
        try:
            return await self._delivered(going)
        except Turned as error:
            raise _given_up(error, going) from None
        finally:  # also where this is ended from without
            parcel.progress.update(going.progress.noted())

    async def _delivered(self, going: Going) -> str:
        going = replace(going, outgoing=await self._for_staff(going.outgoing))
        edits = await self._edits(going)
        in_place = bool(edits) and going.outgoing.origin.replaces
        if self._given(going, in_place) and not (going.outgoing.posts_too or in_place):
            return ""
        if going.outgoing.origin.waits is Waits.LOOK:  # nobody waits for it any more
            return ""
        self._told(going.outgoing, in_place)
        if edits and await self._in_place(going, edits):
            return going.progress.receipt
        try:
            return await self._said(going)
        except Turned as error:
            if error.means is not Means.NOT_THERE or not going.place.person:
                raise
        return await self._said(replace(going, place=going.place.alone))

    async def _for_staff(self, outgoing: Outgoing) -> Outgoing:
        """The same, with the ids of those who are shown its card as it is for them."""
        if not any(post.card and "refresh" in post.card for post in outgoing.posts):
            return outgoing
        accounts = frozenset(await kept(self._staff)) if outgoing.for_staff else frozenset[str]()
        users = await self._reaching.users(accounts)
        posts = (replace(one, card=one.card and looked_up_by(one.card, users)) for one in outgoing.posts)
        return replace(outgoing, posts=tuple(posts))

    def _given(self, going: Going, in_place: bool) -> bool:
        """Gives it to whoever waits for it, where it is what they wait for; whether they have it, now or before."""
        outgoing, origin = going.outgoing, going.outgoing.origin
        match origin.waits:
            case Waits.DIALOG if outgoing.dialog is not None:
                body = opens(outgoing.dialog)
            case Waits.LOOK if card := _card(outgoing):
                body = shows(card)
            case Waits.CARD if in_place:
                card, plain = _card(outgoing), outgoing.posts[0].plain if outgoing.posts else ""
                body = shows(card) if card else says(shortened(plain, _LONGEST_SAID))
            case _:
                return False
        going.progress.shown = self._waiting.give(origin.invoke, body) or going.progress.shown
        return going.progress.shown

    def _told(self, outgoing: Outgoing, in_place: bool) -> None:
        """Has those who pressed on a card at a desk wait no longer: they are given the new one, or what they are told
        besides, where there is none."""
        kind, _, ticket = outgoing.subject.partition(":")
        card, origin = _card(outgoing), outgoing.origin
        if kind == _CARD and card:
            self._waiting.give_card(ticket, shows(card))
        if origin.waits is Waits.CARD and not in_place and outgoing.posts:
            line = says(shortened(outgoing.posts[0].plain, _LONGEST_SAID))
            asyncio.get_running_loop().call_later(_FOR_CARD, self._waiting.give, origin.invoke, line)

    async def _edits(self, going: Going) -> str:
        """The id of the message whose place it takes: of what it is the latest state of, or of what was pressed. Before
        others that is only what was said there to the same person: what was pressed is told by their client."""
        outgoing, origin, place = going.outgoing, going.outgoing.origin, going.place
        if outgoing.subject and not outgoing.subject.startswith(ANSWER) and going.parcel.earlier:
            return going.parcel.earlier.partition(" ")[2]
        if not origin.replaces or not origin.activity or outgoing.conversation != going.parcel.conversation:
            return ""
        receipt = f"{place.channel} {origin.activity}"
        if place.direct or await kept(lambda: self._was_said(outgoing.conversation, receipt)):
            return origin.activity
        return ""

    async def _in_place(self, going: Going, edits: str) -> bool:
        """Has it take the place of a message; whether that was there."""
        reference = await self._reaching.reference(going.place)
        thread = going.place.thread if reference.scope is Scope.CHANNEL else ""
        further = thread or (edits if reference.scope is Scope.CHANNEL else "")

        async def say(post: Post, part: str, repeats: bool) -> str:
            if not is_first(part):
                return await self._post(going, reference, further, post, part, repeats)
            await self._update(going, reference, thread, edits, post)
            return f"{reference.conversation} {edits}"

        try:
            await going.each(say)
        except Turned as error:
            if error.means is not Means.NOT_THERE:
                raise
            return False
        return True

    async def _update(self, going: Going, reference: Reference, thread: str, edits: str, post: Post) -> None:
        await self._paced(going, reference, "0")
        try:
            await self._connector.update(reference, edits, activity_of(post), thread)
        except NotKnown as error:  # it would hold up whatever else its place is to show
            if going.parcel.attempt < _EDITS:
                raise
            raise Turned(error.why, Means.NOT_THERE) from None
        except Later as error:
            self._rested(reference, error)
            raise

    async def _said(self, going: Going) -> str:
        """Says it in its place, as something new."""
        reference = await self._reaching.reference(going.place)
        thread = going.place.thread
        if going.outgoing.beside:
            thread = going.parcel.earlier.partition(" ")[2] or thread
        if reference.scope is not Scope.CHANNEL:
            thread = ""

        async def say(post: Post, part: str, repeats: bool) -> str:
            return await self._post(going, reference, thread, post, part, repeats)

        try:
            await going.each(say)
        except Turned as error:
            if error.means is not Means.NOT_THERE:
                raise
            if going.place.direct:  # Teams may have another chat with them by now
                anew = await self._reaching.anew(going.place, reference)
                if anew is None:
                    raise
                reference = anew
            elif not thread or going.place.person:
                raise
            thread = ""  # what it hangs from may be gone
            await going.each(say)
        return going.progress.receipt

    async def _post(self, going: Going, reference: Reference, thread: str, post: Post, part: str, repeats: bool) -> str:
        """Posts one part; gives its receipt."""
        await self._paced(going, reference, part)
        try:
            activity = await self._connector.send(reference, activity_of(post, repeats), thread)
        except Later as error:
            self._rested(reference, error)
            raise
        return f"{reference.conversation} {activity}" if activity else ""

    async def _paced(self, going: Going, reference: Reference, part: str) -> None:
        """Waits for a turn that comes soon."""
        while wait := self._pacing.wait(reference.conversation, f"{going.parcel.key}:{part}"):
            if wait > _SOON:
                raise Later(wait, "paced", in_doubt=False, everywhere=False)
            await asyncio.sleep(wait)

    def _rested(self, reference: Reference, error: Later) -> None:
        if error.after and not error.everywhere:
            self._pacing.rest(reference.conversation, error.after)


def _given_up(error: Turned, going: Going) -> Exception:
    """What follows where there was no other way."""
    place, outgoing = going.place, going.outgoing
    if error.means is not Means.NOT_THERE:
        return unfit(error.code)
    if place.direct or place.person:
        if going.progress.turned_down:
            return unreachable(error.code)
        going.progress.turned_down = True
        return Later(_ONCE_MORE, error.code, in_doubt=False, everywhere=False)
    if outgoing.subject or outgoing.beside:  # it comes once the app was added to the desk's team
        _log.error("desk not reached", conversation=place.conversation, fault=error.code)
        return Later(_NOT_INVITED, error.code, in_doubt=False, everywhere=False)
    return not_there(error.code)


def _card(outgoing: Outgoing) -> Card | None:
    return outgoing.posts[0].card if outgoing.posts else None
