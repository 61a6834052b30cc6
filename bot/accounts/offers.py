"""What was offered to somebody by what they did last about accounts, so that words can take it as a press does."""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from bot import acts
from bot.accounts.waiting import is_next_said
from bot.messages import Message, own_place, same_place
from bot.ports import Offer, Turn, Work
from bot.replies import Button, Reply
from bot.telling import buttons_of
from knowledge.clauses import Party
from knowledge.questions import plain

ASK, KEEP = "ask", "keep_typed"  # buttons below a question that a yes answers
_TAKEN = {  # by words as by a press; what staff do to others is pressed
    one.__name__: one
    for one in (
        acts.AcceptInvitation,
        acts.AnswerStep,
        acts.AskAdvice,
        acts.ConfirmRead,
        acts.DeclineInvitation,
        acts.DropRequest,
        acts.FillRequest,
        acts.Leave,
        acts.LeaveUnsent,
        acts.Link,
        acts.OfferLink,
        acts.PassOn,
        acts.RequestAccount,
        acts.SendRequest,
        acts.ShowOnboarding,
        acts.Snooze,
        acts.Stay,
        acts.TakeOver,
        acts.Unlink,
    )
}
_LONGEST = 80  # characters of a label
_FRESH = timedelta(hours=1)  # for so long a yes or a no is about it: something else may have been said unasked since
_WELL = r"please|thanks?|thank you"
YES = re.compile(
    rf"(?:yes|yep|yeah|y)(?:[\s,.!]+(?:{_WELL}|do|i am|i have|i will|keep it|go ahead))*[\s.!]*", re.IGNORECASE
)
NO = re.compile(rf"(?:no|nope|n)(?:[\s,.!]+(?:{_WELL}|i am not|i have not|not now|stay))*[\s.!]*", re.IGNORECASE)
_STAY = re.compile(rf"(?:stay|i stay|i will stay)(?:[\s,.!]+(?:{_WELL}))*[\s.!]*", re.IGNORECASE)


def noted(message: Message, replies: Sequence[Reply], work: Work) -> None:
    """Keeps what these replies offer to whoever wrote or pressed, in place of what was offered to them there before."""
    if not message.person.account:
        return
    here = [one for one in replies if one.conversation == message.conversation]
    found = tuple(_offer(button) for one in here for button in buttons_of(one) if type(button.act).__name__ in _TAKEN)
    place = _place(message)
    work.conversations.last(message.conversation, message.person.account)  # held first, as where words are taken
    turn = work.conversations.last(place, message.person.account)
    if turn is None and found:
        society = message.society or ""
        said = work.conversations.role_of(message.person.account, society)
        turn = Turn(society, message.role or said or Party.MEMBER, by=message.person.account, role_said=bool(said))
    if turn is not None and (found or turn.offers):
        work.conversations.put(place, replace(turn, offers=found, offered=work.now if found else None))


def offered(message: Message, work: Work) -> tuple[Button, ...]:
    """What was offered last to whoever writes where they write, as long as they have asked nothing since."""
    turn = work.conversations.last(_place(message), message.person.account) if message.person.account else None
    if turn is None or not turn.offers or not is_next_said(message, turn.offered, work):
        return ()
    return tuple(Button(one.name, one.label, _TAKEN[one.act](**dict(one.fields))) for one in turn.offers)  # type: ignore[arg-type]


def taken(message: Message, work: Work) -> acts.Act | None:
    """What a whole message takes of it, by its label. A yes keeps somebody's own words, and neither sends nor leaves
    anything: that is asked again, to be pressed or named; a no takes back. Where a question back stands in its
    conversation, it is for that."""
    said = plain(message.text).rstrip(".! ").casefold()
    if not said or len(said) > _LONGEST or message.text.rstrip().endswith("?"):
        return None
    turn = work.conversations.last(message.conversation, message.person.account)
    there = () if turn is not None and turn.options else offered(message, work)
    labelled = [one.act for one in there if one.label.casefold().rstrip(".! ") == said]
    if labelled:
        return labelled[0] if all(one == labelled[0] for one in labelled) else None
    if not is_fresh(message, work):
        return None
    if YES.fullmatch(said):
        kept = [one.act for one in there if one.name == KEEP]
        return kept[0] if len(kept) == 1 else _asked_again(there)
    return _no(there) if NO.fullmatch(said) or _STAY.fullmatch(said) else None


def is_fresh(message: Message, work: Work) -> bool:
    """Whether what was offered last to whoever writes was offered just now."""
    turn = work.conversations.last(_place(message), message.person.account) if message.person.account else None
    return turn is not None and turn.offered is not None and work.now - turn.offered <= _FRESH


def _asked_again(there: Sequence[Button]) -> acts.Act | None:
    """What shows once more what was asked, and does nothing else."""
    asked = [one.act for one in there if one.name == ASK or isinstance(one.act, acts.ConfirmRead)]
    for one in (*asked, *_leaving(there)):
        match one:
            case acts.TakeOver() | acts.AskAdvice():
                return replace(one, confirmed=False)
            case acts.ConfirmRead(enrolment=name):
                return acts.ShowOnboarding(name)
            case acts.Leave():
                return acts.Leave("")
            case _:
                continue
    return None


def _no(there: Sequence[Button]) -> acts.Act | None:
    for one in (one.act for one in there if one.name in (ASK, KEEP)):
        match one:
            case acts.AnswerStep(enrolment=name):
                return acts.ShowOnboarding(name)
            case acts.FillRequest(request=name) | acts.AskAdvice(request=name):
                return acts.RequestAccount(name)
            case _:
                continue
    stays = [one.act for one in there if isinstance(one.act, acts.Stay)]
    return stays[0] if len(stays) == 1 and _leaving(there) else None


def _leaving(there: Sequence[Button]) -> list[acts.Act]:
    """Leaving an account, where it was asked whether somebody does: staying is offered beside it."""
    stays = {one.act.entry for one in there if isinstance(one.act, acts.Stay)}
    return [one.act for one in there if isinstance(one.act, acts.Leave) and one.act.entry in stays]


def _offer(button: Button) -> Offer:
    return Offer(button.name, button.label, type(button.act).__name__, tuple(asdict(button.act).items()))


def _place(message: Message) -> str:
    """Where it is kept: in the chat with one person alone each message may have a place of its own."""
    alone = own_place(message.person.account)
    return alone if same_place(alone, message.conversation) else message.conversation
