"""What is for the bot of what Slack sends: that is kept before Slack is told that it arrived, and nothing else is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.chat import wording_of_intake
from adapters.chat.bodies import Body
from adapters.chat.door import Door
from adapters.chat.forms import Faults, look_at
from adapters.chat.introducing import Introduction
from adapters.chat.people import People
from adapters.chat.pressing import Becomes
from adapters.chat.working_status import WorkingStatus
from adapters.delivery.accepting import Accept
from adapters.slack import inbound, manifest
from adapters.slack import wording_of_slack as wording
from adapters.slack.asides import Asides
from adapters.slack.checking_tokens import Installed
from adapters.slack.forms import acknowledgement, submitted
from adapters.slack.forms_at_once import check_form, form_of_press, form_of_shortcut, unread
from adapters.slack.framing import loading_view
from adapters.slack.opening_views import OpeningViews
from adapters.slack.origin import Origin
from adapters.slack.outgoing import View
from adapters.slack.places import Place, account_of
from adapters.slack.placing import kept_place, own_place, placed
from adapters.workspace import Workspace
from bot import desk_words
from bot.acts import Act, Greet, Refer, Remark, ShowHome, ShowMyQueries, ShowOnboarding
from bot.messages import Message
from bot.people import Person, Standing

_WITHIN = 2.5  # seconds; Slack waits three
_HELP, _CHECK = "help", "check"
_CARD = "card:"
_LONGEST_DRAFT = 2_900  # characters; a field of a form holds 3,000

_log = structlog.get_logger()


class Threads(Protocol):
    """In which threads the bot answers without being mentioned, and whose they are. Each may raise SQLAlchemyError."""

    def is_of(self, conversation: str, account: str) -> bool: ...

    def answers(self, conversation: str) -> bool: ...

    def leave(self, thread: str) -> None: ...

    def come_back(self, conversation: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Ack:
    """What Slack is told at once."""

    status: int = 200
    body: dict[str, Any] | None = None


class Intake:
    """Takes what Slack sends. `came` is told what became of each; `subject_of` says which card a message at a desk is;
    `tokens_gone` is called where Slack says that tokens were revoked."""

    def __init__(
        self,
        *,
        accept: Accept,
        workspace: Workspace,
        threads: Threads,
        subject_of: Callable[[str, str], str],
        people: People,
        door: Door,
        views: OpeningViews,
        status: WorkingStatus,
        asides: Asides,
        came: Callable[[str], None],
        tokens_gone: Callable[[], None],
    ) -> None:
        self._accept, self._workspace, self._threads, self._subject_of = accept, workspace, threads, subject_of
        self._people, self._views, self._status, self._asides = people, views, status, asides
        self._door, self._came, self._tokens_gone = door, came, tokens_gone

    async def take(self, body: Body, ours: Installed) -> Ack:
        """Keeps what is for the bot, and says what Slack is to be told: 503 where it could not be kept."""
        try:
            async with asyncio.timeout(_WITHIN):
                return await self._take(inbound.read(body, ours))
        except (SQLAlchemyError, TimeoutError) as error:
            _log.warning("not taken in", platform="slack", fault=type(error).__name__)
            self._came("away")
            return Ack(503)

    async def _take(self, came: inbound.Came) -> Ack:
        match came:
            case inbound.Wrote():
                await self._wrote(came)
            case inbound.Commanded():
                await self._commanded(came)
            case inbound.Pushed():
                await self._pushed(came)
            case inbound.Picked():
                await self._picked(came)
            case inbound.Submitted():
                return await self._submitted(came)
            case inbound.Opened():
                await self._opened(came)
            case inbound.TokensGone():
                self._tokens_gone()
                self._came("accepted")
            case inbound.Ignored():
                self._came("ignored")
        return Ack()

    async def _wrote(self, wrote: inbound.Wrote) -> None:
        place, act = Place(wrote.channel, wrote.thread or wrote.ts), None
        if wrote.channel[0] != "D":
            place = self._for(wrote.who.user, place)
            act = await (self._mentioned(wrote, place) if wrote.us else self._remark(wrote))
            if not wrote.us and act is None and not await self._is_spoken_with(wrote, place):
                self._came("ignored")
                return
        if not wrote.words and wrote.files and not await self._door.turns_away(wrote.who):
            thread = wrote.thread or (wrote.ts if wrote.channel[0] == "D" else "")
            self._asides.say(wrote.key, wording_of_intake.ONLY_WORDS, wrote.channel, wrote.who.user, thread)
            self._came("ignored")
            return
        card = act.ticket if isinstance(act, Remark) else ""
        at_desk = self._is_desk(wrote.channel)
        origin = Origin(in_thread=bool(wrote.thread), at_desk=at_desk, card=card)
        if await self._keep(wrote.key, wrote.who, place.conversation, origin, act, wrote.words or _HELP):
            self._status.begin(wrote.key, place.conversation)

    async def _mentioned(self, wrote: inbound.Wrote, place: Place) -> Act | None:
        """What a mention does at a desk; None where it is words. It brings the bot back into a thread that it left."""
        if wrote.thread:
            await asyncio.to_thread(self._threads.come_back, _of_one(place))
        return desk_words.act_from(wrote.typed) if self._is_desk(wrote.channel) else None

    async def _remark(self, wrote: inbound.Wrote) -> Remark | None:
        """What staff say beside a card, among themselves."""
        if not wrote.words or not wrote.thread or not self._is_desk(wrote.channel):
            return None
        ticket = await self._card(wrote.channel, wrote.thread)
        return Remark(ticket, wrote.words) if ticket else None

    async def _is_spoken_with(self, wrote: inbound.Wrote, place: Place) -> bool:
        """Whether a message that does not mention the bot goes on with what it says in that thread. It leaves where
        people talk among themselves."""

        def look() -> bool:
            if not wrote.others and self._threads.answers(_of_one(place)):
                return True
            self._threads.leave(place.everybody.conversation)
            return False

        return bool(wrote.thread and (wrote.words or wrote.files)) and await asyncio.to_thread(look)

    async def _commanded(self, said: inbound.Commanded) -> None:
        first, _, rest = said.words.partition(" ")
        place, words = Place(said.channel, "", said.who.user), said.words or _HELP
        act: Act | None = None
        match first.casefold():
            case "check" if len(rest) <= _LONGEST_DRAFT and not await self._door.turns_away(said.who):
                self._open_form(said, check_form(rest.strip(), place))
                return
            case "check":
                words = f"{_CHECK}: {rest}"
            case "queries" if not rest:
                act = ShowMyQueries()
            case "onboarding" if not rest:
                act = ShowOnboarding()
            case _ if self._is_desk(said.channel):
                act = desk_words.act_from(said.words)
        origin = Origin(url=said.url, at_desk=self._is_desk(said.channel))
        await self._keep(said.key, said.who, place.conversation, origin, act, words)

    async def _opened(self, opened: inbound.Opened) -> None:
        if opened.home:
            place, act = Place(opened.who.user, "home"), ShowHome()
            await self._keep(opened.key, opened.who, place.conversation, Origin(), act)
        elif await self._keep(opened.key, opened.who, Place(opened.channel).conversation, Origin(), Greet()):
            who = opened.who
            prompts = Introduction(self._workspace.society).prompts
            self._asides.prompt(opened.channel, wording.PROMPTS_TITLE, prompts, lambda: self._door.lets_in(who))

    async def _picked(self, picked: inbound.Picked) -> None:
        name, place = picked.name, own_place(picked.who.user, picked.key)
        if name not in (manifest.CHECK_POST, manifest.CAN_I_RETWEET, manifest.REFER_TO_OFFICE):
            self._came("ignored")
            return
        form = form_of_shortcut(picked, place)
        if form is not None and not await self._door.turns_away(picked.who):
            self._open_form(picked, form)
            return
        refers = name == manifest.REFER_TO_OFFICE
        act = Refer(picked.words, picked.own) if refers else None
        words = _CHECK if name == manifest.CHECK_POST else wording_of_intake.whether_to_share(picked.words)
        origin = Origin(view=picked.key, form=Becomes.SEND if refers else None)
        if await self._keep(picked.key, picked.who, place.conversation, origin, act, words):
            self._views.open(loading_view(picked.key), picked.trigger)

    async def _submitted(self, sent: inbound.Submitted) -> Ack:
        try:
            read = submitted(sent.view)
        except ValueError:
            self._came("ignored")
            return Ack(body=unread(sent.view, own_place(sent.who.user, sent.key)))
        told = Ack(body=acknowledgement(read, sent.key))
        if isinstance(read, Faults):
            self._came("ignored")
            return told
        conversation = await self._kept(read.conversation, sent.who.user, sent.key)
        if await self._keep(sent.key, sent.who, conversation, Origin(view=sent.key, card=read.card), read.act):
            self._views.answered(sent.key)
            return told
        # It was taken the first time, and Slack did not hear of it: what came of it is shown, and nothing done twice.
        if await self._keep(sent.again, sent.who, conversation, Origin(view=sent.again), look_at(read.act)):
            self._views.answered(sent.again)
        return Ack(body=acknowledgement(read, sent.again))

    async def _pushed(self, push: inbound.Pushed) -> None:
        what, user = push.what, push.who.user
        if what is None or (what.who and what.who != user):
            self._came("ignored")
            if push.channel:
                words = wording_of_intake.OLD_BUTTON if what is None else wording_of_intake.NOT_YOURS
                self._asides.say(push.key, words, push.channel, user, push.thread, push.url)
            return
        on_card = push.ts and self._is_desk(push.channel)
        card = await self._card(push.channel, push.ts) if on_card else ""
        try:
            come_to = placed(push, what, self._workspace, card)
        except ValueError:
            self._came("ignored")
            return
        if push.view is not None:
            come_to = replace(come_to, conversation=await self._kept(come_to.conversation, user, push.key))
        form = form_of_press(come_to)
        if form is not None and not await self._door.turns_away(push.who):
            self._open_form(push, form, come_to.over)
            return
        if push.view is not None and not come_to.opens and not come_to.asks:
            self._views.remember(come_to.origin.view, str(push.view.get("id") or ""), str(push.view.get("hash") or ""))
        new = await self._keep(push.key, push.who, come_to.conversation, come_to.origin, come_to.act)
        if new and come_to.opens:
            self._views.open(loading_view(push.key), push.trigger, come_to.over)

    async def _card(self, channel: str, ts: str) -> str:
        """The ticket whose card a message at a desk is; empty where it is none."""
        desk = Place(channel).conversation
        subject = await asyncio.to_thread(self._subject_of, desk, f"{channel}:{ts}")
        return subject.removeprefix(_CARD) if subject.startswith(_CARD) else ""

    async def _kept(self, conversation: str, user: str, key: str) -> str:
        """The conversation that a modal keeps, where it is that of whoever acts in it, and else a place of theirs."""
        place = kept_place(conversation, user)
        if place is not None and not place.person and place.channel != user:
            there = place.conversation
            is_theirs = await asyncio.to_thread(self._threads.is_of, there, account_of(user))
            place = place if is_theirs else None
        return (place or own_place(user, key)).conversation

    def _is_desk(self, channel: str) -> bool:
        return self._workspace.is_desk(Place(channel).conversation)

    def _for(self, user: str, place: Place) -> Place:
        """The place in which somebody is answered in a channel."""
        return Place(place.channel, place.thread, user, self._workspace.is_open(Place(place.channel).conversation))

    def _open_form(self, came: inbound.Commanded | inbound.Pushed | inbound.Picked, form: View, over: str = "") -> None:
        """Opens a form. Nothing is kept until it is submitted."""

        def too_late() -> None:
            if not isinstance(came, inbound.Picked) and came.channel:
                self._asides.say(came.key, wording.NOT_IN_TIME, came.channel, came.who.user, url=came.url)

        self._views.open(form, came.trigger, over, too_late)
        self._people.prefetch(came.who.user)
        self._came("accepted")

    async def _keep(
        self, key: str, who: inbound.Who, conversation: str, origin: Origin, act: Act | None, words: str = ""
    ) -> bool:
        """Keeps what somebody said or did; False where it was kept before."""
        text, person = "" if act is not None else words, Person(account_of(who.user))
        society, standing = self._workspace.society, who.standing
        message = Message(
            conversation, text, society, person=person, act=act, standing=standing, origin=origin.as_text()
        )
        new = await self._accept(key, message)
        self._came("accepted" if new else "repeated")
        if new and who.standing is Standing.OWN:
            self._people.prefetch(who.user)
        return new


def _of_one(place: Place) -> str:
    """The conversation of one person in a thread, whoever else reads it."""
    return Place(place.channel, place.thread, place.person).conversation
