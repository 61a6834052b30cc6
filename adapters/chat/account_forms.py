"""What is asked for an act about accounts and those who run them, and the act with what was given. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from adapters.chat import wording_of_account_forms as wording
from adapters.chat.acts_to_fill import AboutAccounts
from adapters.chat.fields import Choice, Given, OneOf, Somebody, Written
from bot.account_requests import Field as RequestField
from bot.accounts.answering_messages import LONGEST_ANSWER
from bot.accounts.entry_texts import LONGEST
from bot.accounts.messages_to_admins import LONGEST_MESSAGE
from bot.acts import (
    Act,
    AddAdmin,
    AnswerMessage,
    AnswerStep,
    ApproveRequest,
    ConfirmEntry,
    FillRequest,
    Invite,
    Link,
    PassOn,
    PutEntry,
)
from bot.following import LONGEST_LINE
from bot.wording_of_requests import question

_CODE = 40  # characters, with whatever stands between them
_OF_REQUEST = {
    RequestField.HANDLE: 200,
    **{RequestField(name): LONGEST[name] for name in ("group", "purpose", "audience")},
}
_LONGEST_OF_REQUEST = 2_000  # characters of any other field of a request
_WORDS, _WHO, _YES, _NO, _TWO, _FEWER = "words", "who", "yes", "no", "two", "fewer"


Asks = Written | OneOf | Somebody


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for an act: what that is called, what sends it off, and the fields."""

    title: str
    submit: str
    fields: tuple[Asks, ...]


def asked_for(act: AboutAccounts) -> Asked:
    """What is asked for an act; what it has already stands in the fields."""
    match act:
        case AnswerStep():
            field = _in_words(wording.STEP_LABEL, wording.STEP_HINT, LONGEST["purpose"], act.given)
            return Asked(wording.STEP_TITLE, wording.STEP, (field,))
        case Invite():
            who = Somebody(_WHO, wording.INVITE_WHO, hint=wording.INVITE_HINT)
            return Asked(wording.INVITE_TITLE, wording.INVITE, (who,))
        case AddAdmin():
            who = Somebody(_WHO, wording.ADMIN_WHO, hint=wording.ADMIN_HINT)
            return Asked(wording.ADMIN_TITLE, wording.ADD_ADMIN, (who,))
        case PutEntry():
            return _entry(act)
        case ConfirmEntry():
            return Asked(wording.CONFIRM_TITLE, wording.CONFIRM, _as_it_stands(act))
        case PassOn():
            field = _in_words(wording.PASS_ON_LABEL, wording.PASS_ON_HINT, LONGEST_MESSAGE, act.words)
            return Asked(wording.PASS_ON_TITLE, wording.PASS_ON, (field,))
        case AnswerMessage():
            field = _in_words(wording.REPLY_LABEL, wording.REPLY_HINT, LONGEST_ANSWER, act.text)
            return Asked(wording.REPLY_TITLE, wording.REPLY, (field,))
        case FillRequest():
            return Asked(wording.FILL_TITLE, wording.FILL, (_of_request(act),))
        case ApproveRequest():
            return Asked(wording.APPROVE_TITLE, wording.APPROVE, _to_approve(act))
        case Link():
            code = _in_a_line("code", wording.CODE, wording.CODE_HINT, act.code, _CODE)
            return Asked(wording.LINK_TITLE, wording.LINK, (code,))
        case _:
            assert_never(act)


def with_given(act: AboutAccounts, given: Given, account_of: Callable[[str], str]) -> Act:
    """The act with what was given; what is wrong with that is among the faults. `account_of` makes an account of the
    id of whoever was chosen."""
    match act:
        case AnswerStep():
            return replace(act, given=given.words(_WORDS, LONGEST["purpose"], wording.STEP_MISSING))
        case Invite() | AddAdmin():
            return replace(act, account=account_of(given.person(_WHO, wording.WHO_MISSING)))
        case PutEntry():
            return _entry_given(act, given)
        case ConfirmEntry():
            return _confirmed(act, given)
        case PassOn():
            return replace(act, words=given.words(_WORDS, LONGEST_MESSAGE, wording.PASS_ON_MISSING))
        case AnswerMessage():
            return replace(act, text=given.words(_WORDS, LONGEST_ANSWER, wording.REPLY_MISSING))
        case FillRequest(field=RequestField.ADMINS):
            people = given.people(_WHO, wording.WHO_MISSING)
            return replace(act, given=" ".join(map(account_of, people)))
        case FillRequest():
            return replace(act, given=given.words(_WORDS, _longest(act), wording.FILL_MISSING))
        case ApproveRequest():
            return _approved(act, given)
        case Link():
            return replace(act, code=given.words("code", _CODE, wording.CODE_MISSING))
        case _:
            assert_never(act)


def _in_words(label: str, hint: str, most: int, before: str) -> Written:
    return Written(_WORDS, label, hint=hint, before=before, most=most)


def _in_a_line(name: str, label: str, hint: str, before: str, most: int, optional: bool = False) -> Written:
    return Written(name, label, hint=hint, before=before, most=most, optional=optional, lines=False)


def _entry(act: PutEntry) -> Asked:
    """All about a new account, or of one that is there what is to be changed."""
    new = not act.entry
    keeps = "" if new else wording.KEEPS
    handle_hint = wording.HANDLE_HINT if new else wording.KEEPS_HANDLE
    fields = (
        _in_a_line("handle", wording.HANDLE, handle_hint, act.handle, LONGEST["handle"], optional=not new),
        _in_a_line(
            "platform",
            wording.PLATFORM,
            keeps or wording.PLATFORM_HINT,
            act.platform,
            LONGEST["platform"],
            optional=not new,
        ),
        _in_a_line("group", wording.GROUP, keeps or wording.GROUP_HINT, act.group, LONGEST["group"], optional=not new),
        Written("purpose", wording.PURPOSE, wording.PURPOSE_HINT, act.purpose, LONGEST["purpose"], optional=True),
        Written("audience", wording.AUDIENCE, keeps, act.audience, LONGEST["audience"], optional=True),
    )
    if new:
        return Asked(wording.ADD_TITLE, wording.ADD, fields)
    return Asked(wording.CHANGE_TITLE, wording.CHANGE, fields)


def _entry_given(act: PutEntry, given: Given) -> PutEntry:
    new = not act.entry
    return replace(
        act,
        handle=given.words("handle", LONGEST["handle"], wording.HANDLE_MISSING if new else ""),
        platform=given.words("platform", LONGEST["platform"], wording.PLATFORM_MISSING if new else ""),
        group=given.words("group", LONGEST["group"], wording.GROUP_MISSING if new else ""),
        purpose=given.words("purpose", LONGEST["purpose"]),
        audience=given.words("audience", LONGEST["audience"]),
    )


def _as_it_stands(act: ConfirmEntry) -> tuple[Asks, ...]:
    """The questions of the yearly confirmation. How many have access need not be said of an account that is not used
    any more."""
    active = (Choice(_YES, wording.ACTIVE_YES), Choice(_NO, wording.ACTIVE_NO))
    access = (Choice(_TWO, wording.ACCESS_TWO), Choice(_FEWER, wording.ACCESS_FEWER))
    return (
        OneOf("active", wording.ACTIVE, active, before=_YES if act.active else _NO),
        Written(
            "purpose", wording.NEW_PURPOSE, wording.NEW_PURPOSE_HINT, act.purpose, LONGEST["purpose"], optional=True
        ),
        OneOf("access", wording.ACCESS, access, before=act.access, optional=True),
    )


def _confirmed(act: ConfirmEntry, given: Given) -> ConfirmEntry:
    active = given.choice("active") != _NO
    access = given.choice("access", wording.ACCESS_MISSING if active else "")
    known = access if access in (_TWO, _FEWER) else ""
    return replace(act, active=active, purpose=given.words("purpose", LONGEST["purpose"]), access=known)


def _of_request(act: FillRequest) -> Asks:
    if act.field == RequestField.ADMINS:
        return Somebody(_WHO, wording.ADMINS, hint=wording.ADMINS_HINT, several=True)
    label = question(RequestField(act.field)) if act.field in set(RequestField) else wording.FILL_OTHERWISE
    return _in_words(label, wording.FILL_HINT, _longest(act), act.given)


def _longest(act: FillRequest) -> int:
    return next((most for field, most in _OF_REQUEST.items() if field == act.field), _LONGEST_OF_REQUEST)


def _to_approve(act: ApproveRequest) -> tuple[Asks, ...]:
    return (
        _in_a_line("handle", wording.HANDLE, wording.HANDLE_HINT, act.handle, LONGEST["handle"]),
        _in_a_line("platform", wording.PLATFORM, wording.APPROVE_HINT, act.platform, LONGEST["platform"]),
        Written("words", wording.APPROVE_WORDS, wording.APPROVE_WORDS_HINT, act.words, LONGEST_LINE, optional=True),
    )


def _approved(act: ApproveRequest, given: Given) -> ApproveRequest:
    return replace(
        act,
        handle=given.words("handle", LONGEST["handle"], wording.HANDLE_MISSING),
        platform=given.words("platform", LONGEST["platform"], wording.PLATFORM_MISSING),
        words=given.words(_WORDS, LONGEST_LINE),
    )
