"""What is for the bot of what Slack sends: that is kept before Slack is told that it arrived, and nothing else is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.slack import inbound, manifest
from adapters.slack import wording_of_slack as wording
from adapters.slack.asides import Asides
from adapters.slack.bodies import Body
from adapters.slack.checking_tokens import Installed
from adapters.slack.forms import Faults, acknowledgement, form_for, submitted
from adapters.slack.framing import Kept, labelled, loading_view, modal
from adapters.slack.opening_views import OpeningViews
from adapters.slack.origin import Form, Origin
from adapters.slack.outgoing import View
from adapters.slack.people import People
from adapters.slack.places import Place, account_of
from adapters.slack.placing import Placed, is_at, own_place, placed
from adapters.slack.working_status import WorkingStatus
from bot import desk_words
from bot.acts import Act, CheckDraft, Greet, Refer, Remark, ShowHome, ShowMyQueries
from bot.messages import Message
from bot.people import Person, Standing
from knowledge.questions import Account

_WITHIN = 2.5  # seconds; Slack waits three
_HELP = "help"
_CARD = "card:"
_LONGEST_DRAFT = 2_900  # characters; a field of a form holds 3,000

_log = structlog.get_logger()

Accept = Callable[[str, Message], Awaitable[bool]]


class Threads(Protocol):
    """In which threads the bot answers without being mentioned. Each may raise SQLAlchemyError."""

    def answers(self, conversation: str) -> bool: ...

    def leave(self, thread: str) -> None: ...

    def come_back(self, conversation: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about this workspace: the society whose it is, the conversations that are desks, and those in
    which everybody sees an answer."""

    society: str | None
    desks: frozenset[str] = frozenset()
    open_conversations: frozenset[str] = frozenset()


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
        decided: Decided,
        threads: Threads,
        subject_of: Callable[[str, str], str],
        people: People,
        views: OpeningViews,
        status: WorkingStatus,
        asides: Asides,
        came: Callable[[str], None],
        tokens_gone: Callable[[], None],
    ) -> None:
        self._accept, self._decided, self._threads, self._subject_of = accept, decided, threads, subject_of
        self._people, self._views, self._status, self._asides = people, views, status, asides
        self._came, self._tokens_gone = came, tokens_gone

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
        if not wrote.words and wrote.files:
            self._asides.say(wrote.key, wording.ONLY_WORDS, wrote.channel, wrote.who.user, wrote.thread)
            self._came("ignored")
            return
        card = act.ticket if isinstance(act, Remark) else ""
        origin = Origin(in_thread=bool(wrote.thread), card=card)
        if await self._keep(wrote.key, wrote.who, place.conversation, origin, act, wrote.words or _HELP):
            self._status.begin(wrote.key, place)

    async def _mentioned(self, wrote: inbound.Wrote, place: Place) -> Act | None:
        """What a mention does at a desk; None where it is words. It brings the bot back into a thread that it left."""
        if wrote.thread:
            await asyncio.to_thread(self._threads.come_back, _of_one(place))
        return desk_words.act_from(wrote.typed) if is_at(self._decided.desks, wrote.channel) else None

    async def _remark(self, wrote: inbound.Wrote) -> Remark | None:
        """What staff say beside a card, among themselves."""
        if not wrote.words or not wrote.thread or not is_at(self._decided.desks, wrote.channel):
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
            case "check" if len(rest) <= _LONGEST_DRAFT:
                form = form_for(CheckDraft(rest.strip(), Account.PERSONAL), place.conversation)
                self._open_form(said.key, said.who, form, said.trigger, said.channel)
                return
            case "check":
                words = f"check: {rest}"
            case "queries" if not rest:
                act = ShowMyQueries()
            case "onboarding" if not rest:
                act = ShowHome()  # where to begin with it differs from policy to policy, and stands there
            case _ if is_at(self._decided.desks, said.channel):
                act = desk_words.act_from(said.words)
        await self._keep(said.key, said.who, place.conversation, Origin(url=said.url), act, words)

    async def _opened(self, opened: inbound.Opened) -> None:
        if opened.home:
            place, act = Place(opened.who.user, "home"), ShowHome()
            await self._keep(opened.key, opened.who, place.conversation, Origin(), act)
        elif await self._keep(opened.key, opened.who, Place(opened.channel).conversation, Origin(), Greet()):
            self._asides.prompt(opened.channel, wording.PROMPTS_TITLE, manifest.PROMPTS)

    async def _picked(self, picked: inbound.Picked) -> None:
        who, place = picked.who, own_place(picked.who.user, picked.key)
        if picked.name == manifest.CHECK_POST:
            form = form_for(CheckDraft("", Account.PERSONAL), place.conversation)
            self._open_form(picked.key, who, form, picked.trigger)
        elif picked.name not in (manifest.CAN_I_RETWEET, manifest.REFER_TO_OFFICE):
            self._came("ignored")
        elif not picked.words:
            only_words = modal([{"type": "section", "text": labelled(wording.ONLY_WORDS)}], Kept(place.conversation))
            self._open_form(picked.key, who, only_words, picked.trigger)
        else:
            refers = picked.name == manifest.REFER_TO_OFFICE
            act = Refer(picked.words) if refers else None
            words = "" if refers else wording.whether_to_share(picked.words)
            origin = Origin(view=picked.key, form=Form.SEND if refers else None)
            if await self._keep(picked.key, who, place.conversation, origin, act, words):
                self._views.open(loading_view(picked.key), picked.trigger)

    async def _submitted(self, sent: inbound.Submitted) -> Ack:
        try:
            read = submitted(sent.view)
        except ValueError:
            self._came("ignored")
            return Ack(body={"response_action": "clear"})
        told = Ack(body=acknowledgement(read, sent.key))
        if isinstance(read, Faults):
            self._came("ignored")
        elif await self._keep(sent.key, sent.who, read.conversation, Origin(view=sent.key, card=read.card), read.act):
            self._views.answered(sent.key)
        return told

    async def _pushed(self, push: inbound.Pushed) -> None:
        what, user = push.what, push.who.user
        if what is None or (what.who and what.who != user):
            self._came("ignored")
            if push.channel:
                words = wording.OLD_BUTTON if what is None else wording.NOT_YOURS
                self._asides.say(push.key, words, push.channel, user, push.thread)
            return
        is_desk = is_at(self._decided.desks, push.channel)
        card = await self._card(push.channel, push.ts) if is_desk and push.ts else ""
        try:
            come_to = placed(push, what, is_desk, card)
        except ValueError:
            self._came("ignored")
            return
        form = _form(come_to)
        if form is not None:
            self._open_form(push.key, push.who, form, push.trigger, push.channel, come_to.over)
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

    def _for(self, user: str, place: Place) -> Place:
        """The place in which somebody is answered in a channel."""
        openly = is_at(self._decided.open_conversations, place.channel) and not is_at(
            self._decided.desks, place.channel
        )
        return Place(place.channel, place.thread, user, openly)

    def _open_form(
        self, key: str, who: inbound.Who, form: View, trigger: str, channel: str = "", over: str = ""
    ) -> None:
        """Opens a form. Nothing is kept until it is submitted."""

        def too_late() -> None:
            if channel:
                self._asides.say(key, wording.NOT_IN_TIME, channel, who.user)

        self._views.open(form, trigger, over, too_late)
        self._people.prefetch(who.user)
        self._came("accepted")

    async def _keep(
        self, key: str, who: inbound.Who, conversation: str, origin: Origin, act: Act | None, words: str = ""
    ) -> bool:
        """Keeps what somebody said or did; False where it was kept before."""
        text, person = "" if act is not None else words, Person(account_of(who.user))
        society, standing = self._decided.society, who.standing
        message = Message(
            conversation, text, society, person=person, act=act, standing=standing, origin=origin.as_text()
        )
        new = await self._accept(key, message)
        self._came("accepted" if new else "repeated")
        if new and who.standing is Standing.OWN:
            self._people.prefetch(who.user)
        return new


def _form(come_to: Placed) -> View | None:
    """The form that asks for what an act still needs; None where it is carried out as it is."""
    if not come_to.asks:
        return None
    try:
        return form_for(come_to.act, come_to.conversation, come_to.origin.card)
    except ValueError:
        return None


def _of_one(place: Place) -> str:
    """The conversation of one person in a thread, whoever else reads it."""
    return Place(place.channel, place.thread, place.person).conversation
