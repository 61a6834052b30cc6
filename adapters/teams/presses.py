"""What is pressed, picked and sent off in Teams: forms open at once, and whatever else is kept is waited for."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from adapters.chat import wording_of_intake
from adapters.chat.door import Door
from adapters.chat.fields import LONGEST_GIVEN
from adapters.chat.forms import look_at
from adapters.chat.people import People
from adapters.chat.placing import name_of
from adapters.chat.pressing import Becomes, Pressed
from adapters.teams import manifest
from adapters.teams import wording_of_teams as wording
from adapters.teams.dialogs import form_dialog
from adapters.teams.inbound import Came, Looked, Picked, Pushed
from adapters.teams.inbound import Submitted as SentOff
from adapters.teams.invoke_answers import closes, opens
from adapters.teams.keeping import Ack, Awaited, Done, Keeping, soon, told
from adapters.teams.origin import Origin, Waits
from adapters.teams.placing import Placed, kept_place, own_place, placed, placed_in_dialog
from adapters.teams.references import Scope
from adapters.teams.submitted import Faults, PressedInDialog, Submitted, read_submission
from adapters.teams.whereabouts import Chat, Who
from bot.acts import Act, CheckDraft, Refer, Say, ShowTicket
from knowledge.questions import Account

_CARD = "card:"
_AGAIN = ":again"  # after the key of what was taken before
_CHECK = "check"


class Presses:
    """Answers what somebody's client waits for. `is_desk` tells of a conversation whether it is a desk, `subject_of` of
    a conversation and a receipt what stands there; it may raise SQLAlchemyError, as all here may."""

    def __init__(
        self,
        keeping: Keeping,
        door: Door,
        people: People,
        is_desk: Callable[[str], bool],
        subject_of: Callable[[str, str], str],
    ) -> None:
        self._keeping, self._door, self._people = keeping, door, people
        self._is_desk, self._subject_of = is_desk, subject_of

    def at_desk(self, chat: Chat) -> bool:
        """Whether a conversation is a desk."""
        return self._is_desk(chat.conversation)

    async def card(self, chat: Chat, activity: str) -> str:
        """The ticket whose card a message at a desk is; empty where it is none."""
        if not activity or not self.at_desk(chat):
            return ""
        subject = await asyncio.to_thread(self._subject_of, chat.conversation, f"{chat.id} {activity}")
        return subject.removeprefix(_CARD) if subject.startswith(_CARD) else ""

    async def pushed(self, push: Pushed, what: Pressed) -> Ack | Awaited:
        """A button in a message."""
        come_to = placed(push, what, await self.card(push.chat, push.activity), self.at_desk(push.chat))
        form = await self._form(push, come_to)
        if form is not None:
            return form
        done = Done(come_to.conversation, come_to.origin, come_to.act)
        if come_to.origin.waits is Waits.DIALOG:  # which only shows something
            return await self._shown(push, (done, done.under(push.key + _AGAIN)))
        if come_to.origin.invoke:
            return await self._answered(push, done)
        await self._keeping.keep(push, done)
        body = told(push, wording.SOON if push.chat.scope is Scope.PERSONAL else wording.IN_OUR_CHAT)
        return Ack() if body is None else Ack(200, body)

    async def looked(self, looked: Looked) -> Ack | Awaited:
        """A card that is another one for staff who see it."""
        if not await self._door.lets_to_the_desk(looked.who):
            return Ack(200, soon(looked))
        origin = Origin(looked.key, Waits.LOOK, looked.activity, card=looked.ticket)
        return await self._answered(looked, Done(looked.who.own.conversation, origin, ShowTicket(looked.ticket)))

    async def picked(self, picked: Picked) -> Ack | Awaited:
        """A message action."""
        act: Act | None = None
        words, becomes = "", None
        match picked.name:
            case manifest.CHECK_POST:
                draft = CheckDraft(picked.words, Account.PERSONAL)
                asks, place = len(picked.words) <= LONGEST_GIVEN, own_place(picked.who, picked.key)
                form = await self._form(picked, Placed(draft, place.conversation, Origin(), asks))
                if form is not None:
                    return form
                words = f"{_CHECK}: {picked.words}"
            case manifest.CAN_I_RETWEET | manifest.REFER_TO_OFFICE if not picked.words:
                return Ack(200, closes(wording_of_intake.ONLY_WORDS))
            case manifest.CAN_I_RETWEET:
                words = wording_of_intake.whether_to_share(picked.words)
            case manifest.REFER_TO_OFFICE:
                act, becomes = Refer(picked.words, picked.own), Becomes.SEND
            case _:
                return Ack(200, closes(wording_of_intake.OLD_BUTTON))

        def done(key: str) -> Done:  # asked again it is in another place: it goes on with nothing
            origin = Origin(key, Waits.DIALOG, becomes=becomes)
            return Done(own_place(picked.who, key).conversation, origin, act, words, key)

        return await self._shown(picked, (done(picked.key), done(picked.key + _AGAIN)))

    async def sent_off(self, sent: SentOff) -> Ack | Awaited:
        """What was pressed in a dialog, or its form."""
        try:
            read = read_submission(sent.data)
        except ValueError:
            return Ack(200, closes(wording.OLD_FORM))
        match read:
            case Faults():
                return Ack(200, opens(read.dialog))
            case PressedInDialog():
                return await self._pressed_in_dialog(sent, read)
            case Submitted():
                return await self._form_sent(sent, read)

    async def _pressed_in_dialog(self, sent: SentOff, read: PressedInDialog) -> Ack | Awaited:
        if not _may(sent.who, read.what):
            return Ack(200, closes(wording_of_intake.NOT_YOURS))
        come_to = placed_in_dialog(read.what, read.kept, sent.who, sent.key)
        form = await self._form(sent, come_to)
        if form is not None:
            return form
        done = Done(come_to.conversation, come_to.origin, come_to.act)
        if isinstance(come_to.act, Say):  # said twice, it would answer what is asked next
            return await self._shown(sent, (done,))
        return await self._shown(sent, (done, replace(done.under(sent.again), act=look_at(come_to.act))))

    async def _form_sent(self, sent: SentOff, read: Submitted) -> Ack | Awaited:
        conversation = kept_place(read.conversation, sent.who, sent.key).conversation
        origin = Origin(sent.key, Waits.DIALOG, card=read.card)
        answer = await self._keeping.awaited(sent, Done(conversation, origin, read.act), soon(sent), read.again)
        # It may have been taken before, and Teams not have heard of it: what came of it is shown, nothing done twice.
        again = Done(conversation, Origin(sent.again, Waits.DIALOG), look_at(read.act), key=sent.again)
        return answer or await self._shown(sent, (again,))

    async def _shown(self, came: Came, dones: Iterable[Done]) -> Ack | Awaited:
        """Keeps for an open dialog the first of these that was not kept before. Of one that was, and of which nothing
        is known here, another process has given the answer, or this one has before it was started anew: perhaps over a
        line that was broken, so that it came nowhere."""
        for done in dones:
            answer = await self._keeping.awaited(came, done, soon(came))
            if answer is not None:
                return answer
        return Ack(200, closes(wording.LOST))

    async def _answered(self, came: Came, done: Done) -> Ack | Awaited:
        body = soon(came)
        return await self._keeping.awaited(came, done, body) or Ack(200, body)

    async def _form(self, came: Came, come_to: Placed) -> Ack | None:
        """The form that asks for what an act still needs. Nothing is kept until it is sent off; who is not let in is
        asked nothing."""
        if not come_to.asks or await self._door.turns_away(came.who):
            return None
        try:
            form = form_dialog(come_to.act, come_to.conversation, name_of(came.key), come_to.origin.card)
        except ValueError:
            return None
        self._people.prefetch(came.who.user, come_to.conversation)
        return Ack(200, opens(form))


def _may(who: Who, what: Pressed) -> bool:
    return what.who in ("", who.account)
