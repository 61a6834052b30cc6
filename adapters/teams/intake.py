"""What is for the bot of what Teams sends: that is kept before Teams is told that it arrived, and nothing else is."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from adapters.chat import wording_of_intake
from adapters.chat.bodies import Body, Malformed
from adapters.chat.door import Door
from adapters.chat.working_status import WorkingStatus
from adapters.storage.subjects import ANSWER
from adapters.teams import inbound
from adapters.teams import wording_of_teams as wording
from adapters.teams.asides import Asides
from adapters.teams.dialogs import over_form
from adapters.teams.keeping import Ack, Awaited, Done, Keeping, told
from adapters.teams.origin import Origin
from adapters.teams.places import PLATFORM, account_of
from adapters.teams.placing import whose
from adapters.teams.presses import Presses
from adapters.teams.references import Reference, References, Scope
from adapters.teams.waiting import Waiting
from adapters.teams.whereabouts import Ours, reaches
from bot import desk_words
from bot.acts import Act, Rate, Remark
from bot.following import LONGEST_LINE

_WITHIN = 2.5  # seconds for keeping what came
_NAMED_WITHIN = 1.0  # seconds for learning who is mentioned at a desk
_HELP = "help"

_log = structlog.get_logger()

Reached = Mapping[str, Reference]  # by the conversation of the bot's that stands for it


class Accounts(Protocol):
    """Whose account an id of Teams' is."""

    async def account_of(self, reference: Reference, user: str) -> str:
        """The account of somebody in a conversation whom Teams gives this id."""
        ...


class Intake:
    """Takes what Teams sends. `came` is told what became of each. `posted_under` says of a receipt where that stands,
    and what it is about; it may raise SQLAlchemyError. A client is answered within so many seconds since it asked."""

    def __init__(
        self,
        *,
        ours: Ours,
        references: References,
        posted_under: Callable[[str], tuple[str, str] | None],
        accounts: Accounts,
        keeping: Keeping,
        presses: Presses,
        door: Door,
        waiting: Waiting,
        status: WorkingStatus,
        asides: Asides,
        came: Callable[[str], None],
        answered_within: float,
    ) -> None:
        self._ours, self._references, self._posted_under = ours, references, posted_under
        self._accounts, self._keeping, self._presses, self._door = accounts, keeping, presses, door
        self._waiting, self._status, self._asides, self._came = waiting, status, asides, came
        self._answered_within = answered_within

    async def take(self, activity: Body) -> Ack:
        """Keeps what is for the bot, and says what Teams is to be told: 503 where it could not be kept, unless somebody
        waits who can be told so."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        try:
            came = inbound.read(activity, self._ours)
            reached = {} if isinstance(came, inbound.Ignored | inbound.Unknown) else reaches(activity, self._ours)
        except Malformed:
            self._came("unreadable")
            return Ack(400)
        try:
            async with asyncio.timeout(_WITHIN):
                if not self._references.are_kept(reached):
                    await asyncio.to_thread(self._keep_references, reached)
                done = await self._take(came, reached)
        except (SQLAlchemyError, TimeoutError) as error:
            _log.warning("not taken in", platform=PLATFORM, fault=type(error).__name__)
            self._came("away")
            body = told(came, wording.NOT_TAKEN)
            return Ack(503) if body is None else Ack(200, body)
        if isinstance(done, Ack):
            return done
        body = await self._waiting.answer(done.key, max(0.0, since + self._answered_within - loop.time()))
        return Ack(200, over_form(body, done.form) if body is not None else done.otherwise)

    async def _take(self, came: inbound.Read, reached: Reached) -> Ack | Awaited:
        match came:
            case inbound.Wrote():
                return await self._wrote(came, reached)
            case inbound.Pushed():
                return await self._pushed(came, reached)
            case inbound.Looked():
                return await self._presses.looked(came)
            case inbound.Picked():
                return await self._presses.picked(came)
            case inbound.Submitted():
                return await self._presses.sent_off(came)
            case inbound.Rated():
                return await self._rated(came)
            case inbound.Moved():
                _log.info("app moved", platform=PLATFORM, act="added" if came.there else "removed")
                self._came("accepted")
                return Ack()
            case inbound.Unknown():
                return self._ignored(Ack(501))
            case inbound.Ignored():
                return self._ignored()

    def _keep_references(self, reached: Reached) -> None:
        for place, reference in reached.items():
            self._references.keep(place, reference)

    async def _wrote(self, wrote: inbound.Wrote, reached: Reached) -> Ack:
        who, chat = wrote.who, wrote.chat
        if chat.scope is not Scope.PERSONAL and not wrote.us:
            return self._ignored()
        if not wrote.words and wrote.files and not await self._door.turns_away(who):
            self._say(wrote, wording_of_intake.ONLY_WORDS, reached)
            return self._ignored()
        at_desk = self._presses.at_desk(chat)
        act = await self._desk_act(wrote, reached) if at_desk else None
        place = chat.place(who) if act is None else who.own
        origin = Origin(at_desk=at_desk, card=act.ticket if isinstance(act, Remark) else "")
        done = Done(place.conversation, origin, act, wrote.words or _HELP)
        if await self._keeping.keep(wrote, done):
            self._status.begin(wrote.key, place.conversation)
        return Ack()

    async def _desk_act(self, wrote: inbound.Wrote, reached: Reached) -> Act | None:
        """What a mention does at a desk: what was typed there, or what staff say beside a card, as a remark about that;
        None where it is words."""
        act = desk_words.act_from(await self._typed(wrote, reached[wrote.chat.conversation]))
        if act is not None or not wrote.words:
            return act
        ticket = await self._presses.card(wrote.chat, wrote.chat.thread)
        return Remark(ticket, wrote.words) if ticket and await self._door.lets_to_the_desk(wrote.who) else None

    async def _typed(self, wrote: inbound.Wrote, reference: Reference) -> str:
        """What was typed, with the accounts of whoever is mentioned, as far as Teams can say whose they are."""
        typed = wrote.typed
        try:
            async with asyncio.timeout(_NAMED_WITHIN):
                for user in sorted(wrote.others, key=len, reverse=True):
                    account = await self._accounts.account_of(reference, user)
                    typed = typed.replace(account_of("", user), account)
        except TimeoutError:
            pass  # they stay as the message has them, and the bot says that it knows no such account
        return typed

    async def _pushed(self, push: inbound.Pushed, reached: Reached) -> Ack | Awaited:
        what = push.what
        if what is not None and what.who in ("", push.who.account):
            return await self._presses.pushed(push, what)
        words = wording_of_intake.OLD_BUTTON if what is None else wording_of_intake.NOT_YOURS
        body = told(push, words)
        if body is not None:
            return self._ignored(Ack(200, body))
        self._say(push, words, reached)
        return self._ignored()

    async def _rated(self, rated: inbound.Rated) -> Ack:
        """Whether an answer helped. It is for who asked to say; what others say of it in a channel is left out."""
        found = await asyncio.to_thread(self._posted_under, f"{rated.chat.id} {rated.activity}")
        conversation, subject = found or ("", "")
        if not subject.startswith(ANSWER) or whose(conversation) != rated.who.person:
            return self._ignored(Ack(200, {}))
        rate = Rate(subject.removeprefix(ANSWER), rated.right, rated.reason[:LONGEST_LINE])
        await self._keeping.keep(rated, Done(rated.who.own.conversation, Origin(), rate))
        return Ack(200, {})

    def _say(self, came: inbound.Came, words: str, reached: Reached) -> None:
        """Says a line where something was written or pressed."""
        chat = came.chat
        personal = chat.scope is Scope.PERSONAL
        reference = reached[came.who.account if personal else chat.conversation]
        self._asides.say(came.key, words, reference, chat.thread)

    def _ignored(self, ack: Ack | None = None) -> Ack:
        self._came("ignored")
        return ack or Ack()
